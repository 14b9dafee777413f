// What stands against what, equal pairs told once: twenty accounts that say "attack" against one that says "airstrike" are one difference.
import type { Shapes } from "../../api/client";

type Pair = Shapes["PairRow"];
type Quote = Shapes["Quote"];
type Side = { text: string; quotes: Quote[] };

export type Difference = { relation: string; question: string; sides: [Side, Side]; whys: string[] };

const FIRST = ["disagree", "denied", "superseded", "different_referent", "vaguer", "compatible"];

/** The gravest relation first. Pairs of one question, relation and two values are one difference, whichever side each stands on. */
export function differing(pairs: readonly Pair[]): Difference[] {
  const found = new Map<string, Difference>();
  for (const { a, b, relation, question, why } of pairs) {
    if (!b || relation === "agree") continue;
    const turned = relation !== "vaguer" && relation !== "superseded" && a.text > b.text;
    const [left, right] = turned ? [b, a] : [a, b];
    const key = JSON.stringify([question, relation, left.text, right.text]);
    const one = found.get(key) ?? { relation, question, sides: [{ text: left.text, quotes: [] }, { text: right.text, quotes: [] }], whys: [] };
    put(one.sides[0].quotes, left.quote);
    put(one.sides[1].quotes, right.quote);
    if (!one.whys.includes(why)) one.whys.push(why);
    found.set(key, one);
  }
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

function rank(one: Difference): number {
  const place = FIRST.indexOf(one.relation);
  return place < 0 ? FIRST.length : place;
}

function put(quotes: Quote[], quote: Quote): void {
  const same = (one: Quote) => one.document === quote.document && one.span.join() === quote.span.join() && one.chain.join() === quote.chain.join();
  if (!quotes.some(same)) quotes.push(quote);
}
