import { describe, expect, it } from "vitest";
import type { Shapes } from "../src/api/client";
import { cited } from "../src/parts/copying";
import { grouped } from "../src/views/incident/why";
import { noted } from "../src/views/overview/changed";

const merge = (score: number, ...names: string[]) =>
  ({ a: "a", b: "b", score, features: names.map((name) => ({ name, value: 1, weight: 1, why: "" })) }) as unknown as Shapes["Merge"];

describe("reasons of merges", () => {
  it("stand once where many merges share them, the commonest first", () => {
    const found = grouped([merge(0.9, "same day"), merge(1, "told side by side"), merge(1, "told side by side")]);
    expect(found.map((group) => [group.reasons, group.merges.length])).toEqual([
      ["told side by side", 2],
      ["same day", 1],
    ]);
  });
});

describe("a copied quotation", () => {
  const quote = { document: "d1", span: [0, 4], sentence: [0, 9], words: "They", text: "They left", chain: ["Plain Wire", "a doctor"], attribution: "A1" } as Shapes["Quote"];
  const article = { key: "d1", id: "w.txt", title: "Left", publisher: "Plain Wire", published: ["2021-05-03", "2021-05-03"], basis: "stated", url: null, added: "2026-01-01T00:00:00Z", genre: null, state: "read" } as Shapes["Article"];
  it("brings its chain, address and capture time", () => {
    const text = cited(quote, { ...article, url: "https://wire.example/1", captured: "2021-05-04T10:00:00Z" }, "http://here");
    expect(text.split("\n")).toEqual(["“They left”", "— Plain Wire › a doctor", "Left, 3 May 2021", "https://wire.example/1", "captured 2021-05-04T10:00:00Z"]);
  });
  it("says so where no capture is known", () => {
    const text = cited(quote, article, "http://here");
    expect(text).toContain("http://here/document/d1?at=0-4");
    expect(text).toContain("no capture time");
  });
});

describe("visits", () => {
  it("tell of the visit before this one, selection by selection", () => {
    const first = noted({}, "", "2026-01-01T10:00:00Z");
    expect(first[""]?.before).toBeNull();
    const second = noted(first, "", "2026-01-03T10:00:00Z");
    expect(second[""]?.before).toBe("2026-01-01T10:00:00Z");
    expect(noted(second, "", "2026-01-03T10:05:00Z")[""]?.before).toBe("2026-01-01T10:00:00Z");
    expect(noted(second, "?type=AID", "2026-01-04T10:00:00Z")["?type=AID"]?.before).toBeNull();
  });
});
