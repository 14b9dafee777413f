// Incidents as areas: a circle as large as the place is unsure. No tiles and nothing from elsewhere: the land comes with the page.
import * as maplibregl from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { useLocation } from "preact-iso";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Shapes } from "../../api/client";
import { headline, interval, where } from "../../parts/words";
import { ring } from "./ring";

maplibregl.setWorkerUrl(workerUrl);

// Provinces are asked for only from here on: farther out their borders would blur into one another.
const NEAR_ZOOM = 4;

type Entry = Shapes["IncidentEntry"];
type Props = { entries: readonly Entry[]; leftOut: number; recent: number; delay: number; box: string | null; choose: (box: string | null) => void };

function colour(name: string): string {
  // A colour as the browser has resolved it: the style sheet's light-dark() means nothing to the map.
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

export function Map({ entries, leftOut, recent, delay, box, choose }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<maplibregl.Map | null>(null);
  const [ready, setReady] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { route } = useLocation();

  useEffect(() => {
    if (holder.current === null) return;
    let made: maplibregl.Map;
    try {
      made = new maplibregl.Map({
        container: holder.current,
        style: {
          version: 8,
          sources: { land: { type: "geojson", data: "/land.json" }, areas: { type: "geojson", data: empty() }, names: { type: "geojson", data: empty() } },
          layers: [
            { id: "sea", type: "background", paint: { "background-color": colour("--accent-soft") } },
            { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--sheet") } },
            { id: "borders", type: "line", source: "land", paint: { "line-color": colour("--quiet"), "line-width": 1, "line-opacity": 0.6 } },
            { id: "areas", type: "fill", source: "areas", paint: { "fill-color": ["get", "colour"], "fill-opacity": ["get", "strength"] } },
            { id: "edges", type: "line", source: "areas", paint: { "line-color": ["get", "colour"], "line-width": 1.5, "line-dasharray": [2, 1] } },
            {
              id: "names",
              type: "symbol",
              source: "names",
              // Without an address of glyphs the map draws the letters from this machine's own fonts.
              layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 12, "text-padding": 4, "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.5 },
              paint: { "text-color": colour("--ink"), "text-halo-color": colour("--sheet"), "text-halo-width": 1.5 },
            },
          ],
        },
        center: [30, 25],
        zoom: 1.2,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
      });
    } catch {
      setTrouble("This browser cannot draw the map; the list has the same incidents.");
      return;
    }
    made.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    made.on("load", () => setReady(true));
    const nearer = () => {
      if (made.getZoom() < NEAR_ZOOM || made.getSource("provinces")) return;
      made.addSource("provinces", { type: "geojson", data: "/provinces.json" });
      const paint = { "line-color": colour("--quiet"), "line-width": 1, "line-opacity": 0.4, "line-dasharray": [4, 3] };
      made.addLayer({ id: "provinces", type: "line", source: "provinces", minzoom: NEAR_ZOOM, paint }, "borders");
    };
    made.once("load", () => {
      nearer();
      made.on("zoomend", nearer);
    });
    map.current = made;
    return () => {
      map.current = null;
      made.remove();
    };
  }, []);

  useEffect(() => {
    const made = map.current;
    if (made === null || !ready) return;
    const source = made.getSource("areas") as maplibregl.GeoJSONSource;
    source.setData(shapes(entries, colour("--accent"), colour("--disagree")));
    (made.getSource("names") as maplibregl.GeoJSONSource).setData(names(entries));
    if (box === null && entries.length > 0) made.fitBounds(bounds(usual(entries)), { padding: 40, maxZoom: 7, animate: false });
  }, [ready, entries, box]);

  useEffect(() => {
    const made = map.current;
    if (made === null || !ready) return;
    const popup = new maplibregl.Popup({ closeButton: false, maxWidth: "20rem" });
    const over = (event: maplibregl.MapLayerMouseEvent) => {
      const names = (event.features ?? []).map((each) => String(each.properties["told"]));
      made.getCanvas().style.cursor = "pointer";
      popup.setLngLat(event.lngLat).setText([...new Set(names)].slice(0, 4).join(" — ") + (names.length > 4 ? ` — and ${names.length - 4} more` : ""));
      popup.addTo(made);
    };
    const out = () => {
      made.getCanvas().style.cursor = "";
      popup.remove();
    };
    const click = (event: maplibregl.MapLayerMouseEvent) => {
      const ids = [...new Set((event.features ?? []).map((each) => String(each.properties["id"])))];
      if (ids.length === 1) route(`/incident/${ids[0]}`);
      else made.fitBounds(bounds(entries.filter((entry) => ids.includes(entry.id))), { padding: 60, maxZoom: 11 });
    };
    made.on("mousemove", "areas", over);
    made.on("mouseleave", "areas", out);
    made.on("click", "areas", click);
    return () => {
      popup.remove();
      made.off("mousemove", "areas", over);
      made.off("mouseleave", "areas", out);
      made.off("click", "areas", click);
    };
  }, [ready, entries, route]);

  const here = () => {
    const edges = map.current?.getBounds();
    if (edges) choose([edges.getSouth(), edges.getWest(), edges.getNorth(), edges.getEast()].map((each) => each.toFixed(3)).join(","));
  };
  if (trouble !== null) return <p class="warn">{trouble}</p>;
  return (
    <>
      <div ref={holder} class="map" />
      <p class="unseen">The list has the same incidents, with the places in words.</p>
      <p class="map-notes quiet">
        A circle is as large as the place is unsure, not a point.{leftOut > 0 && ` ${leftOut.toLocaleString("en")} less told ones are in the list only.`}
        {recent > 0 && ` ${recent.toLocaleString("en")} of the last ${delay} days ${recent === 1 ? "is" : "are"} drawn wider than told: this is no live map (\`rashomon serve --delay-days 0\` draws them as told).`}{" "}
        <button type="button" class="plain" onClick={here}>
          only what is in view
        </button>
        {box !== null && (
          <>
            {" · "}
            <button type="button" class="plain" onClick={() => choose(null)}>
              everywhere
            </button>
          </>
        )}
      </p>
    </>
  );
}

function empty() {
  return { type: "FeatureCollection" as const, features: [] };
}

function shapes(entries: readonly Entry[], usual: string, contested: string) {
  // The largest first, so that a small area is not hidden under a large one.
  const placed = entries.filter((entry) => entry.lat !== null && entry.lon !== null).sort((a, b) => (b.radius_km ?? 1) - (a.radius_km ?? 1));
  const area = (entry: Entry) => `${entry.lat} ${entry.lon} ${entry.radius_km}`;
  const alike = counts(placed.map(area));
  return {
    type: "FeatureCollection" as const,
    features: placed.map((entry) => ({
      type: "Feature" as const,
      properties: { id: entry.id, strength: strength(alike.get(area(entry)) ?? 1), colour: entry.contested ? contested : usual, told: `${headline(entry)}, ${where(entry)}, ${interval(entry.time_start, entry.time_end, "day not stated")}` },
      geometry: { type: "Polygon" as const, coordinates: [ring(entry.lat as number, entry.lon as number, entry.radius_km ?? 1)] },
    })),
  };
}

function counts(some: readonly string[]): ReadonlyMap<string, number> {
  const found = new globalThis.Map<string, number>();
  for (const one of some) found.set(one, (found.get(one) ?? 0) + 1);
  return found;
}

/** How opaque each of so many circles on one spot is, so that all together are a little darker than one and hide nothing. */
function strength(alike: number): number {
  const together = Math.min(0.16 + 0.03 * (alike - 1), 0.4);
  return 1 - (1 - together) ** (1 / alike);
}

/** The names of the places, those with most incidents first: where two would overlap, the later is left out. */
function names(entries: readonly Entry[]) {
  const placed = entries.filter((entry) => entry.place && entry.lat !== null && entry.lon !== null);
  const often = counts(placed.map((entry) => entry.place as string));
  const first = new globalThis.Map(placed.map((entry) => [entry.place as string, entry]));
  const ordered = [...first].sort(([a], [b]) => (often.get(b) ?? 0) - (often.get(a) ?? 0));
  return {
    type: "FeatureCollection" as const,
    features: ordered.map(([name, entry]) => ({
      type: "Feature" as const,
      properties: { name },
      geometry: { type: "Point" as const, coordinates: [entry.lon as number, entry.lat as number] },
    })),
  };
}

/** Those among which most lie: one that is far from all others would shrink the rest to a dot. The map can be moved to it. */
function usual(entries: readonly Entry[]): readonly Entry[] {
  const placed = entries.filter((entry) => entry.lat !== null && entry.lon !== null);
  if (placed.length < 10) return placed;
  const middle = (some: number[]) => some.sort((a, b) => a - b)[Math.floor(some.length / 2)] as number;
  const [lat, lon] = [middle(placed.map((entry) => entry.lat as number)), middle(placed.map((entry) => entry.lon as number))];
  const far = (entry: Entry) => Math.hypot((entry.lat as number) - lat, (entry.lon as number) - lon);
  return [...placed].sort((a, b) => far(a) - far(b)).slice(0, Math.ceil(placed.length * 0.9));
}

function bounds(entries: readonly Entry[]): [[number, number], [number, number]] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { lat, lon, radius_km } of entries) {
    if (lat === null || lon === null) continue;
    const degrees = Math.min((radius_km ?? 1) / 111, 10);
    [west, east] = [Math.min(west, lon - degrees), Math.max(east, lon + degrees)];
    [south, north] = [Math.min(south, lat - degrees), Math.max(north, lat + degrees)];
  }
  if (west > east) return [[-20, 0], [80, 50]];
  return [[west, Math.max(south, -85)], [east, Math.min(north, 85)]];
}
