// What was said and changed later by the same source: told wherever the older words are shown, by whoever knows of it.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Shapes } from "../api/client";
import { interval } from "./words";

export type LaterRow = Shapes["LaterRow"];

/** The revisions that the quotations of a view may have to be flagged with. */
export const Revised = createContext<readonly LaterRow[]>([]);

export const LATER: Record<string, string> = {
  figure: "figure changed later",
  claim: "changed later",
  correction: "corrected later",
  retraction: "taken back later",
};

/** The revisions whose older passage stands in the sentence of a quotation; `ofValue`: of those about figures, the ones of its very words. */
export function touching(rows: readonly LaterRow[], quote: Shapes["Quote"], ofValue = false): readonly LaterRow[] {
  return rows.filter((row) => {
    const [start, end] = (ofValue && row.kind === "figure" ? quote.span : quote.sentence) as [number, number];
    return row.a.document === quote.document && (row.a.span[0] as number) < end && (row.a.span[1] as number) > start;
  });
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

/** The marks of a quotation. */
export function LaterFlags({ quote }: { quote: Shapes["Quote"] }) {
  const rows = touching(useContext(Revised), quote);
  return (
    <>
      {rows.map((row) => (
        <a key={row.id} class="later-flag" href={`/document/${row.b.document}?at=${row.b.span[0]}-${row.b.span[1]}`}>
          <LaterMark row={row} />
        </a>
      ))}
    </>
  );
}
