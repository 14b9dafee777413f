// @ts-expect-error made at build time, without types
import { countries, provinces } from "../shapes/land.mjs";
import { expect, test } from "vitest";

type Line = [number, number][];

/** No step of a line goes around the globe, and none lies outside of it. */
function whole(lines: readonly Line[]) {
  for (const line of lines) {
    for (let at = 0; at < line.length; at += 1) {
      const [lon, lat] = line[at] as [number, number];
      if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return false;
      // Along the southern edge of Antarctica the map itself is walked from end to end.
      if (at > 0 && lat > -89 && Math.abs(lon - (line[at - 1] as [number, number])[0]) > 180) return false;
    }
  }
  return true;
}

test("no ring of a country crosses the antimeridian", () => {
  const rings: Line[] = countries().features.flatMap((one: { geometry: { type: string; coordinates: never } }) =>
    one.geometry.type === "Polygon" ? one.geometry.coordinates : (one.geometry.coordinates as Line[][]).flat(),
  );
  expect(rings.length).toBeGreaterThan(1000);
  expect(whole(rings)).toBe(true);
});

test("no border between provinces crosses the antimeridian", () => {
  const { geometry } = provinces();
  expect(geometry.type).toBe("MultiLineString");
  expect(geometry.coordinates.length).toBeGreaterThan(3000);
  expect(whole(geometry.coordinates)).toBe(true);
});
