import { describe, expect, it } from "vitest";
import { rows, scale } from "../src/views/control/scale";

describe("days along a line", () => {
  it("fill it from the first to the last", () => {
    const along = scale([["2016-08-01", "2016-08-01"], ["2016-08-10", "2016-08-10"]], 1000);
    expect(along.span(["2016-08-01", "2016-08-10"])).toEqual([0, 1000]);
    expect(along.span(["2016-08-06", "2016-08-06"], 1)[0]).toBeCloseTo(500);
    expect(along.cuts).toEqual([]);
  });
  it("cut out what nobody speaks of", () => {
    const along = scale([["2012-07-19", "2012-07-19"], ["2016-08-01", "2016-08-09"]], 1000);
    expect(along.cuts).toHaveLength(1);
    expect(along.labels.map((label) => label.day)).toContain("2016-08-01");
    expect(along.span(["2016-08-09", "2016-08-09"], 1)[0]).toBeGreaterThan(500);
  });
  it("stay on it where they are few", () => {
    const along = scale([["2016-08-01", "2016-08-30"]], 300);
    const [left, size] = along.span(["2016-08-30", "2016-08-30"], 24);
    expect(left + size).toBeLessThanOrEqual(300);
    expect(scale([], 300).labels).toEqual([]);
  });
});

it("marks do not cover each other", () => expect(rows([10, 12, 40, 41, 90], 24)).toEqual([0, 1, 0, 1, 0]));
