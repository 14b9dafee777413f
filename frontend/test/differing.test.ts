import { expect, test } from "vitest";
import type { Shapes } from "../src/api/client";
import { decodable } from "../src/parts/words";
import { differing } from "../src/views/incident/differing";

const side = (text: string, start: number) => ({ text, quote: { document: "d", span: [start, start + 3], chain: ["Wire"] } });
const pair = (relation: string, a: [string, number], b: [string, number] | null, why = relation) =>
  ({ field: "action", question: "What was done?", relation, why, a: side(...a), b: b && side(...b) }) as unknown as Shapes["PairRow"];

test("equal pairs are one difference with all its passages, the gravest first", () => {
  const found = differing([
    pair("vaguer", ["attack", 1], ["airstrike", 9]),
    pair("denied", ["no airstrike", 5], ["airstrike", 9], "A denies it"),
    pair("vaguer", ["attack", 2], ["airstrike", 9]),
    pair("denied", ["airstrike", 12], ["no airstrike", 5], "B denies it"),
    pair("agree", ["attack", 1], ["attack", 2]),
    pair("silent", ["attack", 1], null),
  ]);
  expect(found.map((one) => one.relation)).toEqual(["denied", "vaguer"]);
  expect(found[0]?.sides.map((one) => [one.text, one.quotes.length])).toEqual([["airstrike", 2], ["no airstrike", 1]]);
  expect(found[0]?.whys).toEqual(["A denies it", "B denies it"]);
  expect(found[1]?.sides.map((one) => one.quotes.length)).toEqual([2, 1]);
});

test("an address whose percent signs are broken is told from others", () => {
  expect(["/source/%E0%A4%A", "/source/100%", "/source/a%20b", "/source/%D8%A7", "/"].map(decodable)).toEqual([false, false, true, true, true]);
});
