import { Quotation, Relation } from "../../parts/parts";
import { counted } from "../../parts/words";
import type { Shapes } from "../../api/client";
import { type Difference, differing } from "./differing";

type Articles = Map<string, Shapes["Article"]>;
// So many are open from the start, of the two gravest relations.
const OPEN = 3;
const GRAVE = new Set(["disagree", "denied"]);
const REASONS = 3;

export function Pairs({ page, articles }: { page: Shapes["IncidentPage"]; articles: Articles }) {
  const found = differing(page.pairs);
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="pairs">
      <h2 id="pairs">Where they differ</h2>
      {found.map((one, number) => (
        <details key={number} class="pair" open={number < OPEN && GRAVE.has(one.relation)}>
          <summary>
            <Relation name={one.relation} words /> <strong>{one.question}</strong>{" "}
            <bdi>{one.sides[0].text}</bdi> / <bdi>{one.sides[1].text}</bdi> <span class="quiet">{passages(one)}</span>
          </summary>
          <div class="sides">
            {one.sides.map((side, which) => (
              <div key={which}>
                {side.quotes.map((quote) => (
                  <Quotation key={`${quote.document}:${quote.span.join()}:${quote.chain.join()}`} quote={quote} article={articles.get(quote.document)} />
                ))}
              </div>
            ))}
          </div>
          {one.whys.slice(0, REASONS).map((why) => (
            <p key={why} class="quiet">
              {why}
            </p>
          ))}
        </details>
      ))}
    </section>
  );
}

function passages(one: Difference): string {
  const count = one.sides[0].quotes.length + one.sides[1].quotes.length;
  return count > 2 ? `in ${counted(count, "passage")}` : "";
}
