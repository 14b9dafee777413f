// The land under the map, made at build time from Natural Earth (public domain, by way of the package world-atlas): countries as GeoJSON in degrees,
// cut at the antimeridian. An uncut set draws Russia and Fiji as bands across the whole map.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { feature } from "topojson-client";

const DEGREES = 180 / Math.PI;

/** Countries with their names, every ring within 180 degrees of the middle. */
export function countries() {
  const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const world = JSON.parse(readFileSync(file, "utf8"));
  const whole = feature(world, world.objects.countries);
  const flat = geoEquirectangular().scale(DEGREES).translate([0, 0]).precision(0).reflectY(true);
  const features = whole.features
    .map((one) => ({ type: "Feature", properties: { name: one.properties.name }, geometry: geoProject(one.geometry, flat) }))
    .filter((one) => one.geometry !== null)
    .map((one) => ({ ...one, geometry: rounded(one.geometry) }));
  return { type: "FeatureCollection", features };
}

function rounded(geometry) {
  const short = (value) => (Array.isArray(value) ? value.map(short) : Math.round(value * 100) / 100);
  return { ...geometry, coordinates: short(geometry.coordinates) };
}

/** Puts `land.json` beside the page; in development it is made when asked for. */
export function land() {
  return {
    name: "land",
    configureServer(server) {
      server.middlewares.use("/land.json", (_request, answer) => {
        answer.setHeader("content-type", "application/json");
        answer.end(JSON.stringify(countries()));
      });
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "land.json", source: JSON.stringify(countries()) });
    },
  };
}
