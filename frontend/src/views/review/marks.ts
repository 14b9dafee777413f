// A document's text cut at what can be judged in it, and what was said of each.
import type { Shapes } from "../../api/client";
import { parsed } from "./span";

export type Item = Shapes["Item"];
export type Judgement = Shapes["Judgement"];

export type Cut = { start: number; text: string; item: number | null; here: boolean; sentence: boolean; aimed: boolean };

/** The text in pieces that joined are the text again; `item`: the place of the innermost thing to judge; `aimed`: in the span that is
 * being moved. Spans count code points. */
export function cuts(text: string, items: readonly Item[], current: Item | null, aims: readonly (readonly [number, number])[] = []): Cut[] {
  const signs = Array.from(text);
  const edges = new Set([0, signs.length]);
  for (const one of items) edges.add(one.span[0] as number).add(one.span[1] as number);
  if (current !== null) edges.add(current.sentence[0] as number).add(current.sentence[1] as number);
  for (const [start, end] of aims) edges.add(start).add(end);
  const ordered = [...edges].filter((edge) => edge <= signs.length).sort((a, b) => a - b);
  const spans = items.map((one, place) => ({ place, from: one.span[0] as number, to: one.span[1] as number })).sort((a, b) => a.from - b.from);
  const result: Cut[] = [];
  let open: typeof spans = [];
  let next = 0;
  for (let number = 0; number + 1 < ordered.length; number += 1) {
    const [start, end] = [ordered[number] as number, ordered[number + 1] as number];
    open = open.filter((one) => one.to > start);
    while (next < spans.length && (spans[next] as (typeof spans)[number]).from <= start) open.push(spans[next++] as (typeof spans)[number]);
    const inner = open.reduce<(typeof spans)[number] | null>((best, one) => (best === null || one.to - one.from < best.to - best.from ? one : best), null);
    const inside = (span: readonly number[]) => start >= (span[0] as number) && end <= (span[1] as number);
    result.push({
      start,
      text: signs.slice(start, end).join(""),
      item: inner?.place ?? null,
      here: current !== null && inside(current.span),
      sentence: current !== null && inside(current.sentence),
      aimed: aims.some(inside),
    });
  }
  return result;
}

/** The judgements on an item, in the order of judging; with `field` those on that field alone. */
export function about(history: readonly Judgement[], item: Item, field?: string): Judgement[] {
  return history.filter(
    (one) =>
      one.span !== null &&
      one.span[0] === item.span[0] &&
      one.span[1] === item.span[1] &&
      (field === undefined ? one.field.split(".")[0] === item.whole : one.field === field),
  );
}

/** What this person last said of a field and still holds. */
export function own(history: readonly Judgement[], item: Item, field: string, person: string): Judgement | undefined {
  return about(history, item, field).findLast((one) => one.person === person && one.retired === null);
}

/** The next thing that this person has not judged as a whole, after a place and round again; null where all is done. */
export function nextOpen(items: readonly Item[], history: readonly Judgement[], person: string, from: number): number | null {
  for (let step = 1; step <= items.length; step += 1) {
    const place = (from + step) % items.length;
    const item = items[place] as Item;
    if (own(history, item, item.whole, person) === undefined) return place;
  }
  return null;
}

export const VERDICTS = [
  ["accept", "a", "Accept"],
  ["reject", "r", "Reject"],
  ["unsure", "u", "Unsure"],
] as const;

export type Verdict = Judgement["verdict"];

/** A verdict in words; with the text, a moved span by the words it stands on. */
export function told(one: Judgement, text?: string): string {
  const words = { accept: "accepted", reject: "rejected", unsure: "unsure", correct: "corrected" }[one.verdict];
  if (one.verdict === "correct" && one.field.endsWith(".span") && one.value && text !== undefined) {
    const signs = Array.from(text);
    return `${words} to ${parsed(one.value).map(([start, end]) => `“${signs.slice(start, end).join("")}”`).join(" and ")}`;
  }
  return one.verdict === "correct" ? `${words} to ${one.value ? `“${one.value}”` : "not stated"}` : words;
}
