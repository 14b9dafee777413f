import { describe, expect, it } from "vitest";
import { told } from "../src/views/review/marks";
import { moved, named, parsed, spelled, trimmed, wordsOf } from "../src/views/review/span";
import { spelled as filters } from "../src/views/searches/filters";

const text = "Fire 🏥 hit the old town's market, at 10.30 they said.";
const signs = Array.from(text);
const words = wordsOf(text);
const of = ([start, end]: readonly [number, number]) => signs.slice(start, end).join("");

describe("a span that a coder moves", () => {
  it("knows the words in code points", () => expect(words.map(of)).toEqual(["Fire", "hit", "the", "old", "town's", "market", "at", "10.30", "they", "said"]));
  it("moves by a word at either edge", () => {
    const hit = words[1] as readonly [number, number];
    expect(of(moved(hit, "start", -1, words))).toBe("Fire 🏥 hit");
    expect(of(moved(hit, "end", 1, words))).toBe("hit the");
    expect(of(moved(moved(hit, "end", 1, words), "end", -1, words))).toBe("hit");
    expect(of(moved(moved(hit, "end", 1, words), "start", 1, words))).toBe("the");
  });
  it("never goes empty nor out of the text", () => {
    const last = words.at(-1) as readonly [number, number];
    expect(moved(last, "end", 1, words)).toEqual(last);
    expect(moved(last, "start", 1, words)).toEqual(last);
    expect(moved(last, "end", -1, words)).toEqual(last);
    expect(moved(words[0] as readonly [number, number], "start", -1, words)).toEqual([0, 4]);
  });
  it("has no white space at its edges", () => {
    expect(of(trimmed(signs, [4, 11]) as [number, number])).toBe("🏥 hit");
    expect(trimmed(signs, [4, 5])).toBeNull();
  });
  it("is spelled as the ledger does", () => {
    expect(parsed("3:5;7:9")).toEqual([[3, 5], [7, 9]]);
    expect(parsed("x")).toEqual([]);
    expect(spelled([[3, 5], [7, 9]])).toBe("3:5;7:9");
    expect([named("event.span"), named("event.place.span")]).toEqual(["the event", "place"]);
  });
  it("is told by its words", () => {
    const one = { field: "event.span", verdict: "correct", value: "7:14" } as unknown as Parameters<typeof told>[0];
    expect(told(one, text)).toBe("corrected to “hit the”");
  });
});

it("a saved search's filters in words", () => {
  expect(filters({ place: "Harat", contested: "true", type: "ASSAULT" })).toBe("place Harat, contested only, kind assault");
  expect(filters({})).toBe("every incident");
});
