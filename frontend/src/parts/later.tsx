// What was said and changed later by the same source: told wherever the older words are shown, by whoever knows of it.
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { type Shapes, ask } from "../api/client";
import { interval } from "./words";

export type LaterRow = Shapes["LaterRow"];

/** The revisions that the quotations of a view may have to be flagged with. */
export const Revised = createContext<readonly LaterRow[]>([]);

// As many documents as the ledger is asked about at once, and in all: a flag more is not worth a minute of its time.
const AT_ONCE = 40;
const IN_ALL = 200;

/** What is in here is flagged with what its documents' sources said otherwise later. It comes after the rest, which need not wait for it;
 * where it does not come, nothing is flagged. */
export function Flagged({ articles, children }: { articles: readonly Shapes["Article"][]; children: ComponentChildren }) {
  const [rows, set] = useState<readonly LaterRow[]>([]);
  const keys = [...new Set(articles.map((one) => one.key))].slice(0, IN_ALL).join();
  useEffect(() => {
    const control = new AbortController();
    const each = keys ? keys.split(",") : [];
    const asked = Array.from({ length: Math.ceil(each.length / AT_ONCE) }, (_, chunk) => each.slice(chunk * AT_ONCE, (chunk + 1) * AT_ONCE));
    Promise.all(
      asked.map((some) => ask<Shapes["LaterList"]>(`/api/later?${some.map((key) => `document=${key}`).join("&")}`, { signal: control.signal })),
    ).then(
      (lists) => control.signal.aborted || set(lists.flatMap((list) => list.revisions)),
      () => control.signal.aborted || set([]),
    );
    return () => control.abort();
  }, [keys]);
  return <Revised.Provider value={rows}>{children}</Revised.Provider>;
}

export const LATER: Record<string, string> = {
  figure: "figure changed later",
  claim: "changed later",
  correction: "corrected later",
  retraction: "taken back later",
};

/** The revisions whose older passage stands in the sentence of a quotation; `ofValue`: of those about figures, the ones of its very words. */
export function touching(rows: readonly LaterRow[], quote: Pick<Shapes["Quote"], "document" | "span" | "sentence">, ofValue = false): readonly LaterRow[] {
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
export function LaterFlags({ quote }: { quote: Pick<Shapes["Quote"], "document" | "span" | "sentence"> }) {
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
