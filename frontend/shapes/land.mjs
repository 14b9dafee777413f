// The land under the map, made at build time from Natural Earth (public domain): countries, by way of the package world-atlas, and the borders
// between the admin-1 areas within them (provinces.json, see borders.mjs). GeoJSON in degrees, cut at the antimeridian: an uncut set draws
// Russia and Fiji as bands across the whole map.
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
  const features = whole.features
    .map((one) => ({ type: "Feature", properties: { name: one.properties.name }, geometry: cut(one.geometry) }))
    .filter((one) => one.geometry !== null)
    .map((one) => ({ ...one, geometry: rounded(one.geometry) }));
  return { type: "FeatureCollection", features };
}

/** The borders between provinces of one country, as lines within 180 degrees of the middle. */
export function provinces() {
  const kept = JSON.parse(readFileSync(new URL("provinces.json", import.meta.url), "utf8"));
  return { type: "Feature", properties: {}, geometry: rounded(cut(feature(kept, kept.objects.borders).geometry)) };
}

function cut(geometry) {
  return geoProject(geometry, geoEquirectangular().scale(DEGREES).translate([0, 0]).precision(0).reflectY(true));
}

function rounded(geometry) {
  const short = (value) => (Array.isArray(value) ? value.map(short) : Math.round(value * 100) / 100);
  return { ...geometry, coordinates: short(geometry.coordinates) };
}

const FILES = { "land.json": countries, "provinces.json": provinces };

/** Puts the files beside the page; in development they are made when asked for. */
export function land() {
  return {
    name: "land",
    configureServer(server) {
      for (const [name, make] of Object.entries(FILES)) {
        server.middlewares.use(`/${name}`, (_request, answer) => {
          answer.setHeader("content-type", "application/json");
          answer.end(JSON.stringify(make()));
        });
      }
    },
    generateBundle() {
      for (const [name, make] of Object.entries(FILES)) this.emitFile({ type: "asset", fileName: name, source: JSON.stringify(make()) });
    },
  };
}
