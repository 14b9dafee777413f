// Incidents as a list, on a map and in time. What is chosen stands in the address.
import { Suspense, lazy } from "preact/compat";
import { useLocation } from "preact-iso";
import { useCallback, useLayoutEffect, useState } from "preact/hooks";
import { type Refused, type Shapes, address, ask, useAnswer } from "../../api/client";
import { Fold } from "../../parts/fold";
import { Await, Marks, useTitle } from "../../parts/parts";
import { Notes } from "../../parts/notes";
import { action, counted, headline, interval, origins, where } from "../../parts/words";
import { Changed } from "./changed";
import { SaveSearch } from "./saving";
import { Timeline } from "./timeline";
import "./overview.css";

const Map = lazy(() => import("./map").then((made) => made.Map));

export const FILTERS = ["since", "until", "place", "party", "type", "publisher", "contested", "box", "changed_since"] as const;
export type Filter = (typeof FILTERS)[number];
type Entry = Shapes["IncidentEntry"];

export function Overview() {
  const { query, route } = useLocation();
  useTitle("Incidents");
  const chosen = Object.fromEntries(FILTERS.map((name) => [name, query[name]])) as Record<Filter, string | undefined>;
  const order = query["order"] ?? "most-told";
  const spelled = address("", { ...chosen });
  const asked = useAnswer<Shapes["OverviewPage"]>(`/api/overview${spelled}`);
  const choose = useCallback(
    (changes: Partial<Record<Filter | "order", string | null>>) => {
      const now = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value) now.set(name, value);
        else now.delete(name);
      }
      const words = now.toString();
      route(words ? `/?${words}` : "/");
    },
    [route],
  );
  return (
    <div class="overview">
      <h1 class="unseen">Incidents</h1>
      <Fold name="Filters" set={FILTERS.filter((name) => chosen[name]).length}>
        <Filters chosen={chosen} facets={asked.value} choose={choose} />
      </Fold>
      <div class="overview-figures" role="status">
        {asked.value && <Totals totals={asked.value.totals} />}
      </div>
      <Notes of={["machine", "origins", "area"]} />
      <section class="overview-map" aria-label="Map of incidents">
        <Suspense fallback={<p class="waiting">The map is loading …</p>}>
          <Map entries={asked.value?.areas ?? []} leftOut={asked.value?.left_out ?? 0} recent={asked.value?.recent ?? 0} delay={asked.value?.delay_days ?? 0} box={chosen.box ?? null} choose={(box) => choose({ box })} />
        </Suspense>
      </section>
      <section class="overview-time" aria-label="Incidents in time">
        {asked.value && (
          <Timeline page={asked.value} since={chosen.since} until={chosen.until} choose={(since, until) => choose({ since, until })} />
        )}
      </section>
      <section class="overview-list" aria-label="List of incidents">
        <List spelled={spelled} order={order} choose={choose} />
      </section>
    </div>
  );
}

function Totals({ totals }: { totals: Shapes["Totals"] }) {
  return (
    <p>
      <strong>{counted(totals.incidents, "incident")}</strong>
      {totals.contested > 0 && <span class="relation-disagree"> ▲ {totals.contested.toLocaleString("en")} contested</span>}
      <span class="quiet"> · {origins(totals.articles, totals.traced, totals.untraced)}</span>
    </p>
  );
}

function Filters({
  chosen,
  facets,
  choose,
}: {
  chosen: Record<Filter, string | undefined>;
  facets: Shapes["OverviewPage"] | null;
  choose: (changes: Partial<Record<Filter, string | null>>) => void;
}) {
  const set = (name: Filter) => (event: Event) => choose({ [name]: (event.currentTarget as HTMLInputElement).value.trim() || null });
  const any = FILTERS.some((name) => chosen[name]);
  return (
    <form class="filters" aria-label="Choose incidents" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>From</span>
        <input type="date" value={chosen.since ?? ""} onChange={set("since")} />
      </label>
      <label>
        <span>To</span>
        <input type="date" value={chosen.until ?? ""} onChange={set("until")} />
      </label>
      <label>
        <span>Place</span>
        <input value={chosen.place ?? ""} onChange={set("place")} list="places" maxLength={200} />
        <datalist id="places">{facets?.places.map((one) => <option key={one.value} value={one.value} />)}</datalist>
      </label>
      <label>
        <span>Party</span>
        <input value={chosen.party ?? ""} onChange={set("party")} maxLength={200} />
      </label>
      <label>
        <span>Kind</span>
        <select value={chosen.type ?? ""} onChange={set("type")}>
          <option value="">all</option>
          {chosen.type && !facets?.types.some((one) => one.value === chosen.type) && <option value={chosen.type}>{action(chosen.type.toLowerCase())}</option>}
          {facets?.types.map((one) => (
            <option key={one.value} value={one.value}>
              {action(one.value.toLowerCase())} ({one.incidents})
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Publisher</span>
        <input value={chosen.publisher ?? ""} onChange={set("publisher")} maxLength={200} />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={chosen.contested === "true"}
          onChange={(event) => choose({ contested: event.currentTarget.checked ? "true" : null })}
        />
        <span>Contested only</span>
      </label>
      <Changed
        selection={address("", { ...chosen, changed_since: null })}
        since={chosen.changed_since}
        choose={(since) => choose({ changed_since: since })}
      />
      <button type="button" disabled={!any} onClick={() => choose(Object.fromEntries(FILTERS.map((name) => [name, null])))}>
        Clear
      </button>
      <SaveSearch chosen={chosen} />
    </form>
  );
}

function List({ spelled, order, choose }: { spelled: string; order: string; choose: (changes: { order: string }) => void }) {
  const [rows, setRows] = useState<Entry[]>([]);
  const [judged, setJudged] = useState<ReadonlySet<string>>(new Set());
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const first = useAnswer<Shapes["IncidentList"]>(address(`/api/incidents${spelled}`, {}) + (spelled ? "&" : "?") + `order=${order}`);
  useLayoutEffect(() => {
    if (first.value) {
      setRows(first.value.incidents);
      setJudged(new Set(first.value.judged));
      setNext(first.value.next ?? null);
    }
  }, [first.value]);
  const more = async () => {
    if (next === null) return;
    setProblem(null);
    try {
      const page = await ask<Shapes["IncidentList"]>(`/api/incidents${spelled}${spelled ? "&" : "?"}order=${order}&page=${next}`);
      setRows((before) => [...before, ...page.incidents]);
      setJudged((before) => new Set([...before, ...(page.judged ?? [])]));
      setNext(page.next ?? null);
    } catch (error) {
      setProblem((error as Refused).message);
    }
  };
  return (
    <>
      <label class="order">
        <span>Order</span>
        <select value={order} onChange={(event) => choose({ order: event.currentTarget.value })}>
          <option value="most-told">most told first</option>
          <option value="newest">newest first</option>
          <option value="oldest">oldest first</option>
        </select>
      </label>
      <Await asked={first}>
        {() =>
          rows.length === 0 ? (
            <Empty chosen={spelled !== ""} />
          ) : (
            <>
              <ol class="incidents">
                {rows.map((entry) => (
                  <Row key={entry.id} entry={entry} judged={judged.has(entry.id)} />
                ))}
              </ol>
              {problem !== null && (
                <p class="problem" role="alert">
                  {problem}
                </p>
              )}
              {next !== null && (
                <button type="button" onClick={() => void more()}>
                  More
                </button>
              )}
            </>
          )
        }
      </Await>
    </>
  );
}

function Row({ entry, judged }: { entry: Entry; judged: boolean }) {
  return (
    <li>
      <a href={`/incident/${entry.id}`} class="incident-link" dir="auto">
        {headline(entry)}
      </a>
      <p class="quiet">
        {where(entry)} · {interval(entry.time_start, entry.time_end, "day not stated")}
      </p>
      <p class="quiet">
        {entry.contested && <span class="relation relation-disagree">▲ contested · </span>}
        {counted(entry.accounts, "account")} · {origins(entry.documents, entry.traced, entry.untraced)}{" "}
        {judged && <Marks judged={["judged by people"]} />}
      </p>
    </li>
  );
}

function Empty({ chosen }: { chosen: boolean }) {
  if (chosen) return <p>No incident is like that. Clear a filter to see more.</p>;
  return (
    <div class="column">
      <h2>This ledger holds no incidents yet</h2>
      <p>
        <a href="/add">Add documents</a> here: files, a text or an address. Or read a folder of reports in from the command line:
      </p>
      <pre>rashomon add articles/ --ledger war.db</pre>
    </div>
  );
}
