// What changed since the last visit of this selection, or since a day: the filter `changed_since` with a memory.
import { useEffect, useState } from "preact/hooks";
import { day } from "../../parts/words";

const KEY = "rashomon-visits";
const KEPT = 50;
// Coming back within so short a while is the same visit.
const VISIT_MS = 30 * 60 * 1000;

type Visit = { last: string; before: string | null };
type Visits = Record<string, Visit>;

/** The visits with this one to a selection noted; a later look within one visit leaves the visit before as it was. */
export function noted(visits: Visits, selection: string, now: string): Visits {
  const known = visits[selection];
  const same = known && Date.parse(now) - Date.parse(known.last) < VISIT_MS;
  const made: Visit = { last: now, before: same ? known.before : (known?.last ?? null) };
  const all = Object.entries({ ...visits, [selection]: made }).sort(([, a], [, b]) => (a.last < b.last ? 1 : -1));
  return Object.fromEntries(all.slice(0, KEPT));
}

function stored(): Visits {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Visits;
  } catch {
    return {};
  }
}

export function Changed({ selection, since, choose }: { selection: string; since: string | undefined; choose: (since: string | null) => void }) {
  const [before, setBefore] = useState<string | null>(null);
  useEffect(() => {
    const visits = noted(stored(), selection, new Date().toISOString());
    try {
      localStorage.setItem(KEY, JSON.stringify(visits));
    } catch {
      // Without storage there is no last visit to tell of.
    }
    setBefore(visits[selection]?.before ?? null);
  }, [selection]);
  return (
    <>
      <label>
        <span>Changed since</span>
        <input type="date" value={since?.slice(0, 10) ?? ""} onChange={(event) => choose(event.currentTarget.value || null)} />
      </label>
      {before !== null && (
        <button type="button" aria-pressed={since === before} onClick={() => choose(since === before ? null : before)}>
          Changed since my last visit ({day(before)})
        </button>
      )}
    </>
  );
}
