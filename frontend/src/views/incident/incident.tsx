// One incident: fields by accounts, what stands against what, how the toll was told, why these reports were joined.
import { useLocation, useRoute } from "preact-iso";
import { useId, useState } from "preact/hooks";
import { type Shapes, useAnswer } from "../../api/client";
import { Keep } from "../../parts/keep";
import { Await, Chain, Marks, Quotation, RELATION_ORDER, Relation, actorAt, documentAt, relationWords, useTitle } from "../../parts/parts";
import { LATER, type LaterRow, Revised, touching } from "../../parts/later";
import { Dated, Notes } from "../../parts/notes";
import { counted, headline, interval, origins, where } from "../../parts/words";
import { Deciding } from "./deciding";
import { Later } from "./later";
import { Pairs } from "./pairs";
import { Tolls } from "./tolls";
import { Why } from "./why";
import "./incident.css";

type Page = Shapes["IncidentPage"];
type Article = Shapes["Article"];

export function Incident() {
  const { params } = useRoute();
  const [turn, setTurn] = useState(0);
  const path = `/api/incidents/${encodeURIComponent(params["id"] ?? "")}`;
  const asked = useAnswer<Page>(path, turn);
  // It takes longer than the rest, which need not wait for it.
  const later = useAnswer<Shapes["LaterList"]>(asked.value ? `${path}/later` : null, turn);
  useTitle(asked.value ? headline(asked.value.entry) : "Incident");
  return (
    <Await asked={asked} whole>
      {(page) => (
        <Revised.Provider value={later.value?.revisions ?? []}>
          <Told page={page} later={later.value?.revisions ?? []} anew={() => setTurn(turn + 1)} />
        </Revised.Provider>
      )}
    </Await>
  );
}

function Told({ page, later, anew }: { page: Page; later: readonly LaterRow[]; anew: () => void }) {
  const articles = new Map(page.articles.map((one) => [one.key, one]));
  const { entry } = page;
  return (
    <div class="incident">
      <header>
        <h1 dir="auto">{headline(entry)}</h1>
        <p>
          {where(entry)} · {interval(entry.time_start, entry.time_end, "day not stated")}
          {page.time?.basis === "report-date" && " (no day is given: by the report's own)"}
        </p>
        <Parties names={page.parties} />
        <p class="quiet">
          {counted(page.accounts.length, "account")} · {origins(entry.documents, page.origins.length, page.untraced)}
          {page.part_of && (
            <>
              {" · part of "}
              <a href={`/incident/${page.part_of}`}>a wider one</a>
              {page.part_why && ` (${page.part_why})`}
            </>
          )}
        </p>
        <Notes of={["machine", "origins", "copies", "inferred", "area"]} />
        <Keep kind="incident" name={entry.id} />
      </header>
      <Matrix page={page} articles={articles} later={later} />
      <Pairs page={page} articles={articles} />
      <Later rows={later} />
      <Tolls rows={page.tolls} articles={articles} />
      <Behind page={page} articles={articles} />
      <Why page={page} />
      <Deciding page={page} anew={anew} />
      <Parts page={page} />
    </div>
  );
}

function Parties({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p class="quiet">
      Parties, as the accounts name them:{" "}
      {names.map((name, place) => (
        <span key={name}>
          {place > 0 && ", "}
          <a href={actorAt(name)}>
            <bdi>{name}</bdi>
          </a>
        </span>
      ))}
    </p>
  );
}

function Matrix({ page, articles, later }: { page: Page; articles: Map<string, Article>; later: readonly LaterRow[] }) {
  const { query, route, path } = useLocation();
  const open = query["cell"] ?? null;
  const choose = (cell: string | null) => route(cell ? `${path}?cell=${encodeURIComponent(cell)}` : path, true);
  const who = (account: Page["accounts"][number]) => (
    <>
      <Chain names={account.chain} fallback={articles.get(account.documents[0] ?? "")?.publisher ?? null} />
      {account.party && <span class="party">party to the conflict{account.party.side ? `: ${account.party.side}` : ""}</span>}
      <Marks judged={account.judged} />
      {account.documents.length > 1 && <span class="quiet small">in {counted(account.documents.length, "article")}</span>}
    </>
  );
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">Accounts side by side</h2>
      <Legend />
      <div class="scroll" tabIndex={0} role="region" aria-label="Accounts side by side, scrolls sideways">
        {/* Roles are said out loud: on a narrow screen the table is laid out as blocks, which takes them away. */}
        <table class="matrix" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <td role="cell" />
              {page.accounts.map((account) => (
                <th key={account.id} scope="col" role="columnheader">
                  {who(account)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {page.fields.map((field, row) => (
              <tr key={field} role="row">
                <th scope="row" role="rowheader">
                  {field}
                </th>
                {page.accounts.map((account, column) => {
                  const cell = account.cells[row];
                  const name = `${column}-${field}`;
                  if (!cell || cell.values.length === 0) {
                    return (
                      <td key={account.id} role="cell" class={cell?.relation === "silent" ? "silent" : "empty"}>
                        <Marks judged={cell?.judged} />
                        {cell?.relation === "silent" && (
                          <>
                            <span class="narrow">{who(account)}</span>
                            <Relation name="silent" />
                          </>
                        )}
                      </td>
                    );
                  }
                  return (
                    <td key={account.id} role="cell" class={cell.relation ? `cell cell-${cell.relation}` : "cell"}>
                      <span class="narrow">{who(account)}</span>
                      <Saying cell={cell} later={later} open={open === name} choose={() => choose(open === name ? null : name)} />
                      {open === name && cell.values.map((value, number) => <Quotation key={number} quote={value.quote} article={articles.get(value.quote.document)} />)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What an account says in a field. Its first sentence is shown while the pointer or the focus rests on it, Escape hides it. */
function Saying({ cell, later, open, choose }: { cell: Shapes["Cell"]; later: readonly LaterRow[]; open: boolean; choose: () => void }) {
  const [near, setNear] = useState(false);
  const id = useId();
  const first = cell.values[0]?.quote;
  const changed = [...new Map(cell.values.flatMap((value) => touching(later, value.quote, true)).map((row) => [row.id, row])).values()];
  return (
    <div class="saying" onMouseEnter={() => setNear(true)} onMouseLeave={() => setNear(false)}>
      <button
        type="button"
        aria-expanded={open}
        aria-describedby={near && !open ? id : undefined}
        onClick={choose}
        onFocus={() => setNear(true)}
        onBlur={() => setNear(false)}
        onKeyDown={(event) => event.key === "Escape" && setNear(false)}
      >
        {cell.relation && <Relation name={cell.relation} />} <span dir="auto">{[...new Set(cell.values.map((value) => value.text))].join("; ")}</span>
        <Marks judged={cell.judged} />
        {changed.length > 0 && (
          <span class="later small">
            <span aria-hidden="true">⚑ </span>
            {[...new Set(changed.map((row) => LATER[row.kind] ?? "changed later"))].join(", ")}
          </span>
        )}
      </button>
      {near && !open && first && (
        <span role="tooltip" id={id} class="near" dir="auto">
          “{first.text}”
        </span>
      )}
    </div>
  );
}

function Legend() {
  return (
    <ul class="legend" aria-label="What the signs mean">
      {RELATION_ORDER.map((name) => (
        <li key={name} title={relationWords(name)}>
          <Relation name={name} words />
        </li>
      ))}
    </ul>
  );
}

function Behind({ page, articles }: { page: Page; articles: Map<string, Article> }) {
  return (
    <section aria-labelledby="behind">
      <h2 id="behind">Articles and origins</h2>
      <p>
        {page.origins.length > 0 ? `Traced: ${page.origins.join(", ")}. ` : "No origin could be traced. "}
        {page.untraced > 0 && `${counted(page.untraced, "account")} of unnamed or unknown origin.`}
      </p>
      <ul class="articles">
        {page.articles.map((article) => {
          const copies = page.copies.filter((copy) => copy.a === article.key || copy.b === article.key);
          return (
            <li key={article.key}>
              <a href={documentAt(article.key)} dir="auto">
                {article.title ?? article.id}
              </a>
              <span class="quiet">
                {" · "}
                {article.publisher ?? "unknown publisher"} · <Dated article={article} />
              </span>
              {copies.map((copy) => {
                const other = articles.get(copy.a === article.key ? copy.b : copy.a);
                return (
                  <span key={copy.a + copy.b} class="tag">
                    {copy.kind.replaceAll("-", " ")} with {other?.publisher ?? other?.id}
                    {copy.first === article.key && ", was first"}
                  </span>
                );
              })}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Parts({ page }: { page: Page }) {
  if (page.parts.length === 0) return null;
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">Told as parts of it</h2>
      <ul>
        {page.parts.map((entry) => (
          <li key={entry.id}>
            <a href={`/incident/${entry.id}`} dir="auto">
              {headline(entry)}
            </a>
            <span class="quiet">
              {" · "}
              {where(entry)} · {interval(entry.time_start, entry.time_end, "day not stated")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
