// What an account says and its source changed later: a mark at the value, both passages below.
import type { Shapes } from "../../api/client";
import { Quotation } from "../../parts/parts";
import { interval } from "../../parts/words";

export type LaterRow = Shapes["LaterRow"];

export const LATER: Record<string, string> = {
  figure: "figure changed later",
  claim: "changed later",
  correction: "corrected later",
  retraction: "taken back later",
};

/** The revisions whose older passage stands in the sentence of a quotation. */
export function touching(rows: readonly LaterRow[], quote: Shapes["Quote"]): readonly LaterRow[] {
  const [start, end] = quote.sentence as [number, number];
  return rows.filter((row) => row.a.document === quote.document && (row.a.span[0] as number) < end && (row.a.span[1] as number) > start);
}

/** The mark, in words: what became of it, by whom, when. */
export function LaterMark({ row }: { row: LaterRow }) {
  return (
    <span class="later" title={row.why}>
      <span aria-hidden="true">⚑ </span>
      {LATER[row.kind] ?? "changed later"} by {row.source}, {interval(row.after.published[0], row.after.published[1])}
      {row.unannounced && ", without a note"}
    </span>
  );
}

/** Every revision of what the accounts say, old beside new. */
export function Later({ rows }: { rows: readonly LaterRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="later">
      <h2 id="later">What was changed later</h2>
      {rows.map((row) => (
        <div key={row.id} class="pair">
          <p>
            <LaterMark row={row} />
          </p>
          <div class="sides">
            <Quotation quote={row.a} article={row.before} />
            <Quotation quote={row.b} article={row.after} />
          </div>
          <p class="quiet">{row.why}</p>
        </div>
      ))}
    </section>
  );
}
