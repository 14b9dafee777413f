import { describe, expect, it } from "vitest";
import { pieces } from "../src/views/document/pieces";
import { ring } from "../src/views/overview/ring";
import { filled, first, last } from "../src/views/overview/timeline";

describe("the timeline", () => {
  const bar = (start: string) => ({ start, incidents: 1, contested: 0 });
  it("shows quiet months", () => expect(filled([bar("2016-11"), bar("2017-02")], "month").map((one) => one.start)).toEqual(["2016-11", "2016-12", "2017-01", "2017-02"]));
  it("shows quiet days over a leap day", () => expect(filled([bar("2016-02-28"), bar("2016-03-01")], "day").map((one) => one.start)).toEqual(["2016-02-28", "2016-02-29", "2016-03-01"]));
  it("does not draw decades of nothing", () => expect(filled([bar("1950-01"), bar("2016-01")], "month")).toHaveLength(2));
  it("begins and ends a month with its days", () => expect([first("2016-02"), last("2016-02"), last("2016-02-03")]).toEqual(["2016-02-01", "2016-02-29", "2016-02-03"]));
});

describe("a circle on the globe", () => {
  it("is closed and as wide as its radius", () => {
    const points = ring(60, 20, 111.195);
    expect(points[0]).toEqual(points.at(-1));
    expect(Math.max(...points.map(([, lat]) => lat))).toBeCloseTo(61, 2);
    expect(Math.max(...points.map(([lon]) => lon))).toBeGreaterThan(21.9);
  });
});

describe("a text in pieces", () => {
  const nothing = { boilerplate: [], claims: [], times: [], events: [] };
  const page = (text: string, more: object) => ({ text, ...nothing, ...more }) as unknown as Parameters<typeof pieces>[0];
  const event = (start: number, end: number) => ({ key: "k", incident: null, event: { trigger: [start, end], modality: "asserted", action: "attack" } });

  it("is the text again", () => {
    const text = "Rockets hit 🏥 the ward.";
    const cut = pieces(page(text, { events: [event(8, 11)], times: [{ span: [12, 13], type: "TIME", value: "x" }] }), [8, 18]);
    expect(cut.map((one) => one.text).join("")).toBe(text);
    expect(cut.find((one) => one.layers.length > 0)?.text).toBe("hit");
    expect(cut.filter((one) => one.at).map((one) => one.text).join("")).toBe("hit 🏥 the ");
  });
  it("gives a voice one tint and the outlet none", () => {
    const claim = (chain: string[], start: number, end: number) => ({ key: `${start}`, claim: { chain, speaker: chain.at(-1), content: [[start, end]] } });
    const cut = pieces(page("aa bb cc dd", { claims: [claim(["O"], 0, 11), claim(["O", "x"], 0, 2), claim(["O", "y"], 3, 5), claim(["O", "x"], 6, 8)] }), null);
    const tints = cut.filter((one) => one.layers.length > 0).map((one) => one.layers[0]?.class);
    expect(tints).toEqual(["claim tint-0", "claim tint-1", "claim tint-0"]);
  });
});
