import { useLocation } from "preact-iso";
import { type Shapes, address, useAnswer } from "../../api/client";
import { Await, documentAt, useTitle } from "../../parts/parts";
import { Flagged, LaterFlags } from "../../parts/later";
import { Dated, Notes } from "../../parts/notes";
import { counted } from "../../parts/words";

export function Search() {
  const words = useLocation().query["q"] ?? "";
  const asked = useAnswer<Shapes["Found"]>(words ? address("/api/search", { q: words, limit: 50 }) : null);
  useTitle(words ? `“${words}”` : "Search");
  return (
    <section class="column">
      <h1>Passages with “{words}”</h1>
      <p class="quiet">
        All words must stand in one sentence. <code>"a phrase"</code>, <code>begin*</code>, <code>-without</code>.
      </p>
      <Notes of={["inferred", "opinion"]} />
      <Await asked={asked}>
        {(found) => (
          <Flagged articles={found.passages.map((hit) => hit.article)}>
            <p role="status">{found.passages.length === 0 ? "No passage holds all of these words." : counted(found.passages.length, "passage")}</p>
            {found.passages.map((hit) => (
              <figure key={`${hit.article.key}:${hit.span[0]}`} class="quotation">
                <blockquote>
                  <p dir="auto">{marked(hit)}</p>
                </blockquote>
                <figcaption class="quiet">
                  <a dir="auto" href={documentAt(hit.article.key, hit.span as number[])}>{hit.article.title ?? hit.article.id}</a>
                  {" · "}
                  {hit.article.publisher ?? "unknown publisher"}
                  {" · "}
                  <Dated article={hit.article} />
                  <LaterFlags quote={{ document: hit.article.key, span: hit.span, sentence: hit.span }} />
                </figcaption>
              </figure>
            ))}
          </Flagged>
        )}
      </Await>
    </section>
  );
}

function marked(hit: Shapes["FoundPassage"]) {
  // Spans count code points.
  const signs = Array.from(hit.text);
  const words = (from: number, to?: number) => signs.slice(from, to).join("");
  const start = hit.span[0] as number;
  const parts = [];
  let at = 0;
  for (const mark of hit.marks) {
    const [from, to] = [(mark[0] as number) - start, (mark[1] as number) - start];
    parts.push(words(at, from), <mark key={from}>{words(from, to)}</mark>);
    at = to;
  }
  return [...parts, words(at)];
}
