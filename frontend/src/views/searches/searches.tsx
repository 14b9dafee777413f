// Saved searches: what is new in each since its person last looked, or since a day.
import { useLocation } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { type Shapes, address, useAnswer } from "../../api/client";
import { Await, Problem, Quotation, useTitle } from "../../parts/parts";
import { As, Name, usePerson } from "../../parts/person";
import { useSending } from "../../parts/sending";
import { counted, day, headline, interval, where } from "../../parts/words";
import { spelled } from "./filters";
import "./searches.css";

type Search = Shapes["Search"];

export function Searches() {
  useTitle("Saved searches");
  const { query } = useLocation();
  const [person, name] = usePerson();
  return (
    <section class="searches">
      <h1>Saved searches</h1>
      {person === "" ? (
        <Name give={name} what="Your saved searches, and when you last looked, are kept under it." begin="Open my searches" />
      ) : (
        <>
          <As person={person} does="Searches of" change={() => name("", false)} />
          <All key={person} person={person} id={query["id"]} since={query["since"]} />
        </>
      )}
    </section>
  );
}

function All({ person, id, since }: { person: string; id: string | undefined; since: string | undefined }) {
  const [turn, again] = useState(0);
  const { send, busy, problem } = useSending();
  const asked = useAnswer<Shapes["SearchList"]>(address("/api/searches", { person }), turn);
  return (
    <Await asked={asked}>
      {({ searches }) => {
        const chosen = searches.find((one) => one.search.id === id)?.search;
        return (
          <>
            {searches.length === 0 && (
              <p>
                None yet. Choose filters among <a href="/">the incidents</a>, then “Save this search”.
              </p>
            )}
            <ul class="search-list">
              {searches.map(({ search, changed }) => (
                <li key={search.id} aria-current={search.id === id ? "true" : undefined}>
                  <a href={address("/searches", { id: search.id })}>
                    <bdi>{search.name}</bdi>
                  </a>{" "}
                  <span class={changed > 0 ? "tag search-new" : "tag"}>{changed > 0 ? `${counted(changed, "incident")} changed since you looked` : "nothing new"}</span>
                  <p class="quiet">
                    {spelled(search.filters)} · last looked {day(search.visited)} · <a href={address("/", search.filters)}>show its incidents</a> ·{" "}
                    <button
                      type="button"
                      class="plain"
                      disabled={busy}
                      aria-label={`Forget ${search.name}`}
                      onClick={async () => {
                        if (await send("DELETE", address(`/api/searches/${search.id}`, { person }))) again(turn + 1);
                      }}
                    >
                      Forget
                    </button>
                  </p>
                </li>
              ))}
            </ul>
            <Problem words={problem} />
            {chosen && <Visit key={chosen.id} person={person} search={chosen} since={since} />}
          </>
        );
      }}
    </Await>
  );
}

/** What is new in one search; opening it is a visit. */
function Visit({ person, search, since }: { person: string; search: Search; since: string | undefined }) {
  const { route } = useLocation();
  const { send, problem } = useSending();
  const [visit, note] = useState<Search | null>(null);
  useEffect(() => {
    void send<Search>("POST", address(`/api/searches/${search.id}/visit`, { person })).then(note);
  }, [search.id, person]);
  // Before the first return there is no visit before: since it was saved.
  const from = since ?? visit?.before ?? (visit && visit.made);
  const asked = useAnswer<Shapes["NewsPage"]>(from ? address("/api/changes", { ...search.filters, changed_since: from }) : null);
  return (
    <section aria-labelledby="new">
      <h2 id="new">
        New in <bdi>{search.name}</bdi>
      </h2>
      <p class="search-since">
        <label>
          <span>Since</span>
          <input type="date" value={since ?? from?.slice(0, 10) ?? ""} onChange={(event) => route(address("/searches", { id: search.id, since: event.currentTarget.value }))} />
        </label>
        {since && <a href={address("/searches", { id: search.id })}>since my last visit instead</a>}
      </p>
      <Problem words={problem} />
      <Await asked={asked}>{(page) => <News page={page} />}</Await>
    </section>
  );
}

function News({ page }: { page: Shapes["NewsPage"] }) {
  const articles = new Map(page.articles.map((one) => [one.key, one]));
  if (page.found === 0) return <p role="status">No document that came in since {day(page.since)} tells of these incidents.</p>;
  return (
    <>
      <p role="status">
        {counted(page.found, "incident")} with documents that came in since {day(page.since)}
        {page.found > page.incidents.length && `, the ${page.incidents.length} most told shown`}.
      </p>
      {page.incidents.map((one) => (
        <article key={one.entry.id} class="news">
          <h3>
            <a href={`/incident/${one.entry.id}`} dir="auto">
              {headline(one.entry)}
            </a>
          </h3>
          <p class="quiet">
            {where(one.entry)} · {interval(one.entry.time_start, one.entry.time_end, "day not stated")} · {counted(one.documents.length, "new article")}
          </p>
          {one.rows.length === 0 && <p>They add no account, figure, denial or correction.</p>}
          <ul>
            {one.rows.map((row, number) => (
              <li key={number}>
                <details>
                  <summary>
                    <strong>{row.kind}</strong>: <span dir="auto">{row.what}</span>
                  </summary>
                  {row.quotes.map((quote, place) => (
                    <Quotation key={place} quote={quote} article={articles.get(quote.document)} />
                  ))}
                </details>
              </li>
            ))}
          </ul>
        </article>
      ))}
    </>
  );
}
