import { describe, expect, it } from "vitest";
import { after, begun } from "../src/views/add/steps";
import { type Item, type Judgement, about, cuts, nextOpen, own, told } from "../src/views/review/marks";

const item = (start: number, end: number, whole = "event", sentence = [0, 20]) => ({ whole, span: [start, end], sentence, words: "", chain: [], values: [], confidence: 1, incident: null }) as unknown as Item;
const said = (person: string, span: number[], field: string, verdict: string, more: object = {}) => ({ id: "", document: "d", span, field, verdict, value: null, note: null, person, decided: "", retired: null, ...more }) as unknown as Judgement;

describe("a text to be coded", () => {
  it("is the text again, with what can be judged", () => {
    const text = "Fire 🏥 hit. They said so.";
    const items = [item(7, 10, "event", [0, 11]), item(0, 11, "claim")];
    const cut = cuts(text, items, items[0] as Item);
    expect(cut.map((one) => one.text).join("")).toBe(text);
    expect(cut.filter((one) => one.here).map((one) => one.text)).toEqual(["hit"]);
    expect(cut.find((one) => one.here)?.item).toBe(0);
    expect(cut.filter((one) => one.sentence).map((one) => one.text).join("")).toBe("Fire 🏥 hit.");
  });
});

describe("judgements", () => {
  const items = [item(0, 2), item(3, 5), item(3, 5, "claim")];
  const history = [said("Mona", [0, 2], "event", "accept"), said("Tarek", [3, 5], "event", "reject"), said("Mona", [3, 5], "claim", "reject", { retired: "later" }), said("Mona", [3, 5], "claim.stance", "correct", { value: "denies" })];
  it("hold on to span and kind", () => {
    expect(about(history, items[2] as Item)).toHaveLength(2);
    expect(own(history, items[2] as Item, "claim", "Mona")).toBeUndefined();
    expect(own(history, items[2] as Item, "claim.stance", "Mona")?.value).toBe("denies");
  });
  it("lead on to what this coder has not judged", () => {
    expect(nextOpen(items, history, "Mona", 0)).toBe(1);
    expect(nextOpen(items, history, "Tarek", 2)).toBe(0);
    expect(nextOpen([items[0] as Item], history, "Mona", 0)).toBeNull();
  });
  it("are told in words", () => expect(told(said("M", [0, 1], "event.place", "correct", { value: "" }))).toBe("corrected to not stated"));
});

describe("a job's steps", () => {
  const step = (kind: string, what = "a.txt", reason: string | null = null) => ({ kind, what, reason, change: null, arrived: [], incidents: [] }) as unknown as Parameters<typeof after>[2];
  it("add up, and one told twice counts once", () => {
    let told = after(begun, 1, step("failed", "b.pdf", "it is empty"));
    told = after(told, 2, step("read"));
    told = after(told, 2, step("read"));
    expect([told.done, told.failures.length, told.failures[0]?.reason]).toEqual([1, 1, "it is empty"]);
    expect(after(told, 3, step("done")).outcome?.kind).toBe("done");
  });
});
