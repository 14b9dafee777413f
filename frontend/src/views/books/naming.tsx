import { useLocation } from "preact-iso";
import { Fragment } from "preact";
import { type Shapes, address, useAnswer } from "../../api/client";
import { Filters } from "../../parts/filters";
import { Await, Quotation, useTitle } from "../../parts/parts";
import { Flagged } from "../../parts/later";
import { Notes } from "../../parts/notes";
import { counted, day } from "../../parts/words";
import "./books.css";
import { type Articles, Older, Pages, Unsure, byKey } from "./pieces";

type Row = Shapes["NameRow"];

export function Naming() {
  const { query } = useLocation();
  const { actor, outlet, voice, since, until, as_of, start } = query;
  const asked = useAnswer<Shapes["NamingPage"]>(address("/api/naming", { actor, outlet, voice, since, until, as_of, start }));
  useTitle("Names");
  return (
    <section class="book">
      <h1>Who calls whom what</h1>
      <p class="quiet">
        Loaded and contested names, by outlet, voice and month. A quoted word is the speaker's, not the outlet's. “+2” are carried in a copied
        passage: words of the text that had them first.
      </p>
      <Notes of={["machine", "copies", "inferred", "opinion"]} />
      <Filters
        fields={[
          { name: "actor", label: "Who is meant" },
          { name: "outlet", label: "Outlet" },
          { name: "voice", label: "Voice", options: [["author", "the outlet's own"], ["quoted", "quoted"]] },
          { name: "since", label: "Published since", kind: "date" },
          { name: "until", label: "Until", kind: "date" },
          { name: "as_of", label: "As told by (day)", kind: "date" },
        ]}
      />
      <Await asked={asked}>
        {(page) => (
          <Flagged articles={page.articles}>
            <p role="status">
              {page.found === 0 ? "No name meets this." : `${counted(page.found, "row")}${page.shifts.length < page.shifts_found && page.shifts.length > 0 ? `; the first ${page.shifts.length} of ${page.shifts_found} changes of an outlet's word` : ""}`}
            </p>
            <Older when={page.older} />
            <Unsure documents={page.unsure} />
            {page.shifts.map((shift, place) => (
              <Shift key={place} shift={shift} articles={byKey(page.articles)} />
            ))}
            {page.rows.length > 0 && <Names page={page} />}
            <Pages start={Number(start ?? 0)} next={page.next} found={page.found} shown={page.rows.length} />
          </Flagged>
        )}
      </Await>
    </section>
  );
}

function Names({ page }: { page: Shapes["NamingPage"] }) {
  const { query, path, route } = useLocation();
  const articles = byKey(page.articles);
  const months: (string | null)[] = [...page.months];
  if (page.rows.some((row) => row.months.some((each) => each.month === null))) months.push(null);
  const at = query["at"];
  return (
    <div class="scroll" role="region" aria-label="Names by month" tabIndex={0}>
      <table class="names">
        <thead>
          <tr>
            <th scope="col">Who is meant</th>
            <th scope="col">Outlet</th>
            <th scope="col">Voice</th>
            <th scope="col">Calls them</th>
            {months.map((month) => (
              <th key={month} scope="col">
                {month ? day(month) : "month unknown"}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row, place) => {
            const before = page.rows[place - 1];
            const opened = row.months.find((each) => at === name(row, each.month));
            return (
              <Fragment key={name(row, "")}>
                <tr>
                  <td>{before?.actor === row.actor && place > 0 ? <span class="unseen">{who(row)}</span> : who(row)}</td>
                  <td>{row.outlet}</td>
                  <td class={row.voice === "own" ? "own" : undefined}>{row.voice === "own" ? "its own" : `quoting ${row.speaker ?? "somebody"}`}</td>
                  <th scope="row">“{row.words}”</th>
                  {months.map((month) => {
                    const told = row.months.find((each) => each.month === month);
                    const key = name(row, month);
                    return (
                      <td key={month}>
                        {told && (
                          <button
                            class="plain"
                            aria-expanded={at === key}
                            aria-label={`${counted(told.mentions, "mention")} in ${counted(told.documents, "document")}${told.carried ? `, ${told.carried} carried` : ""}: show`}
                            onClick={() => route(address(path, { ...query, at: at === key ? null : key }), true)}
                          >
                            {told.mentions || ""}
                            {told.carried > 0 && `+${told.carried}`}
                          </button>
                        )}
                      </td>
                    );
                  })}
                </tr>
                {opened && (
                  <tr class="opened">
                    <td colSpan={4 + months.length}>
                      {opened.quotes.map((quote) => (
                        <Quotation key={`${quote.document}:${quote.span.join()}`} quote={quote} article={articles.get(quote.document)} />
                      ))}
                      {opened.mentions > opened.quotes.length && <p class="quiet">The first {opened.quotes.length} of {opened.mentions}.</p>}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const who = (row: Row) => row.actor ?? "nobody in particular";
const name = (row: Row, month: string | null) => [row.actor ?? "", row.outlet, row.voice, row.speaker ?? "", row.words, month ?? "unknown"].join("|");

function Shift({ shift, articles }: { shift: Shapes["NameShift"]; articles: Articles }) {
  return (
    <article class="entry">
      <h2>
        Another word: {shift.outlet} on {shift.actor}
      </h2>
      {[shift.before, shift.after].map((used) => (
        <div key={used.month}>
          <h3>
            {day(used.month)}: “{used.words}” in {used.mentions} of {counted(used.of, "mention")}
          </h3>
          <Quotation quote={used.quote} article={articles.get(used.quote.document)} />
        </div>
      ))}
    </article>
  );
}
