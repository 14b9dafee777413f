// Spans that a coder moves: with the mouse over the text, or word by word. They count code points, as the ledger does.
import type { Item } from "./marks";

export type Span = readonly [number, number];
export type Words = readonly Span[];

/** Where a span stands that can be moved, by field; the first is that of the whole. */
export function targets(item: Item): string[] {
  return item.values.map((one) => one.field).filter((field) => field.endsWith(".span")).sort((a, b) => a.split(".").length - b.split(".").length);
}

/** A target in words: "the event", "place". */
export function named(field: string): string {
  const parts = field.split(".");
  return parts.length === 2 ? `the ${parts[0]}` : (parts[1] as string);
}

/** "120:131;140:145" as spans. */
export function parsed(value: string): Span[] {
  return value.split(";").flatMap((part) => {
    const found = /^(\d+):(\d+)$/.exec(part);
    return found ? [[Number(found[1]), Number(found[2])] as const] : [];
  });
}

export function spelled(spans: readonly Span[]): string {
  return spans.map(([start, end]) => `${start}:${end}`).join(";");
}

/** Every word of the text. */
export function wordsOf(text: string): Words {
  const found: Span[] = [];
  let units = 0;
  let signs = 0;
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’\-.,][\p{L}\p{M}\p{N}]+)*/gu)) {
    signs += Array.from(text.slice(units, match.index)).length;
    const start = signs;
    signs += Array.from(match[0]).length;
    units = match.index + match[0].length;
    found.push([start, signs]);
  }
  return found;
}

/** The span with one edge a word further; as it was where there is no such word or nothing would be left. */
export function moved([start, end]: Span, edge: "start" | "end", by: 1 | -1, words: Words): Span {
  if (edge === "start") {
    const starts = words.map((word) => word[0]);
    const to = by < 0 ? starts.findLast((at) => at < start) : starts.find((at) => at > start && at < end);
    return [to ?? start, end];
  }
  const ends = words.map((word) => word[1]);
  const to = by > 0 ? ends.find((at) => at > end) : ends.findLast((at) => at < end && at > start);
  return [start, to ?? end];
}

/** The span without white space at its edges; null where nothing else is in it. */
export function trimmed(signs: readonly string[], [start, end]: Span): Span | null {
  let [from, to] = [start, Math.min(end, signs.length)];
  while (from < to && !(signs[from] as string).trim()) from += 1;
  while (to > from && !(signs[to - 1] as string).trim()) to -= 1;
  return from < to ? [from, to] : null;
}

/** What is selected inside the element, whose text is the document's; null where nothing is. */
export function selected(box: HTMLElement): Span | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Array.from(before.toString()).length;
  return [start, start + Array.from(range.toString()).length];
}
