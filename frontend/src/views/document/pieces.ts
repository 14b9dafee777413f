// A text cut at every edge of what was found in it, so that each piece knows all that covers it.
import type { Shapes } from "../../api/client";
import { LATER, type LaterRow } from "../../parts/later";

type Page = Shapes["DocumentPage"];

export type Layer = {
  class: string;
  words: string;
  /** Said when the pointer rests on it. */
  code: string;
  later?: LaterRow;
  claim?: Page["claims"][number];
  event?: Page["events"][number];
};

export type Piece = { start: number; text: string; layers: Layer[]; at: boolean };

const TINTS = 6;

/** Whose words a claim holds. */
export function voiceOf(one: Page["claims"][number]): string {
  return one.claim.speaker ?? one.claim.chain.at(-1) ?? "";
}

/** The tint of each voice. The outlet's own has none: it is the ground that the others stand out from. */
export function tinted(page: Page): Map<string, number> {
  const tints = new Map<string, number>();
  for (const one of page.claims) {
    const voice = voiceOf(one);
    if (one.claim.chain.length > 1 && one.claim.content.length > 0 && !tints.has(voice)) tints.set(voice, tints.size % TINTS);
  }
  return tints;
}

/** The text in pieces, in order: joined they are the text again. `at`: the span that the address asks for. Spans count code points as
 * Python does, the pieces are cut likewise. */
export function pieces(page: Page, at: readonly [number, number] | null, later: readonly LaterRow[] = []): Piece[] {
  const signs = Array.from(page.text);
  const found: { start: number; end: number; layer: Layer }[] = [];
  const put = (span: readonly number[], layer: Layer) => {
    const [start, end] = span as [number, number];
    if (end > start) found.push({ start, end, layer });
  };
  for (const one of page.boilerplate) put(one.span, { class: `furniture furniture-${one.kind}`, words: one.kind, code: one.kind.replaceAll("-", " ") });
  const tints = tinted(page);
  for (const one of page.claims) {
    const tint = tints.get(voiceOf(one));
    if (tint === undefined) continue;
    const code = one.claim.chain.join(" › ");
    for (const content of one.claim.content) put(content, { class: `claim tint-${tint}`, words: voiceOf(one), code, claim: one });
  }
  for (const row of later) put(row.a.span, { class: "changed", words: LATER[row.kind] ?? "changed later", code: row.why, later: row });
  for (const one of page.times) put(one.span, { class: "time", words: `${one.type} ${one.value}`, code: `${one.type} ${one.value}` });
  for (const one of page.events) {
    const { type, action, modality, polarity } = one.event;
    const code = `${type} ${action}, ${modality}${polarity === "negative" ? ", negated" : ""}`;
    put(one.event.trigger, { class: `event event-${modality}`, words: action, code, event: one });
  }
  const edges = new Set([0, signs.length]);
  for (const { start, end } of found) edges.add(start).add(end);
  if (at !== null) edges.add(Math.min(at[0], signs.length)).add(Math.min(at[1], signs.length));
  const ordered = [...edges].filter((edge) => edge <= signs.length).sort((a, b) => a - b);
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Piece[] = [];
  let open: typeof found = [];
  let next = 0;
  for (let number = 0; number + 1 < ordered.length; number += 1) {
    const [start, end] = [ordered[number] as number, ordered[number + 1] as number];
    open = open.filter((one) => one.end > start);
    while (next < found.length && (found[next] as (typeof found)[number]).start <= start) open.push(found[next++] as (typeof found)[number]);
    result.push({
      start,
      text: signs.slice(start, end).join(""),
      layers: open.map((one) => one.layer),
      at: at !== null && start >= at[0] && end <= at[1],
    });
  }
  return result;
}
