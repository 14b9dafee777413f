import { describe, expect, it } from "vitest";
import { counted, cut, day, headline, interval, origins, where } from "../src/parts/words";

describe("days", () => {
  it("are never more exact than they are", () => {
    expect(day("2016-08-05")).toBe("5 Aug 2016");
    expect(day("2016-08")).toBe("Aug 2016");
    expect(day("2016")).toBe("2016");
  });
  it.each([
    ["2016-08-05", "2016-08-05", "5 Aug 2016"],
    ["2016-08-01", "2016-08-31", "Aug 2016"],
    ["2016-02-01", "2016-02-29", "Feb 2016"],
    ["2016-08-01", "2016-08-30", "1 Aug – 30 Aug 2016"],
    ["2015-12-30", "2016-01-02", "30 Dec 2015 – 2 Jan 2016"],
    ["2016-08-05T05:50", null, "since 5 Aug 2016"],
    [null, "2016-08-05", "by 5 Aug 2016"],
    [null, null, "day unknown"],
  ])("from %s to %s", (start, end, words) => expect(interval(start, end)).toBe(words));
});

describe("figures", () => {
  it("tell articles and origins together", () => expect(origins(20, 4, 3)).toBe("20 articles, 4 traced origins, 3 untraced"));
  it("have their plural", () => expect([counted(1, "article"), counted(1200, "story", "stories")]).toEqual(["1 article", "1,200 stories"]));
});

const entry = { id: "a", type: "ASSAULT", action: "air-strike", actor: null, recipient: null, place: null, lat: null, lon: null, radius_km: null, time_start: null, time_end: null, documents: 1, accounts: 1, contested: false, traced: 0, untraced: 1 };

describe("an incident in a line", () => {
  it("leaves out what nobody says", () => {
    expect(headline(entry)).toBe("air strike");
    expect(headline({ ...entry, actor: "Army", recipient: "town" })).toBe("air strike: Army → town");
    expect(where(entry)).toBe("place not stated");
  });
  it("shows how exactly a place is known", () => {
    expect(where({ place: "Haas", lat: null, radius_km: null })).toBe("Haas (not located)");
    expect(where({ place: "Haas", lat: 35, radius_km: 2.2 })).toBe("Haas (within 2 km)");
  });
});

describe("a text cut at a span", () => {
  it("counts code points, so that no emoji is cut in two", () => {
    expect(cut("😀😀 shells fell", 3, 9)).toEqual(["😀😀 ", "shells", " fell"]);
    expect(cut("𐤀𐤁 قصف 👩‍👩‍👧", 3, 6)).toEqual(["𐤀𐤁 ", "قصف", " 👩‍👩‍👧"]);
  });
  it("gives what there is where the span lies outside", () => expect(cut("ab", -3, 9)).toEqual(["", "ab", ""]));
});
