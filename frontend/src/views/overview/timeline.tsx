// Incidents by month or day as bars; a stretch of them is chosen by dragging, or by the two days in the filters.
import { useRef, useState } from "preact/hooks";
import type { Shapes } from "../../api/client";
import { counted, day } from "../../parts/words";

const HEIGHT = 56;

type Props = {
  page: Shapes["OverviewPage"];
  since: string | undefined;
  until: string | undefined;
  choose: (since: string | null, until: string | null) => void;
};

export function Timeline({ page, since, until, choose }: Props) {
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const box = useRef<SVGSVGElement>(null);
  const bars = filled(page.periods.map((one) => one), page.by);
  if (bars.length === 0) return <p class="quiet">None of these incidents has a day of its own.</p>;
  const most = Math.max(...bars.map((one) => one.incidents), 1);
  const width = 1000 / bars.length;
  const place = (event: PointerEvent) => {
    const frame = (box.current as SVGSVGElement).getBoundingClientRect();
    return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - frame.left) / frame.width) * bars.length)));
  };
  const done = () => {
    if (drag === null) return;
    const [from, to] = [Math.min(...drag), Math.max(...drag)];
    setDrag(null);
    choose(first((bars[from] as Bar).start), last((bars[to] as Bar).start));
  };
  const inside = (bar: Bar, number: number) =>
    drag ? number >= Math.min(...drag) && number <= Math.max(...drag) : (!since || last(bar.start) >= since) && (!until || first(bar.start) <= until);
  return (
    <figure class="timeline">
      <svg
        ref={box}
        viewBox={`0 0 1000 ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Incidents from ${day((bars[0] as Bar).start)} to ${day((bars.at(-1) as Bar).start)}, at most ${most} in a ${page.by}`}
        onPointerDown={(event) => {
          (event.currentTarget as Element).setPointerCapture(event.pointerId);
          setDrag([place(event), place(event)]);
        }}
        onPointerMove={(event) => drag && setDrag([drag[0], place(event)])}
        onPointerUp={done}
        onPointerCancel={() => setDrag(null)}
      >
        {bars.map((bar, number) => {
          const tall = (HEIGHT - 2) * (bar.incidents / most);
          const part = bar.incidents ? tall * (bar.contested / bar.incidents) : 0;
          return (
            <g key={bar.start} class={inside(bar, number) ? "" : "outside"}>
              <rect x={number * width} y={0} width={width} height={HEIGHT} class="slot">
                <title>{`${day(bar.start)}: ${counted(bar.incidents, "incident")}, ${bar.contested} contested`}</title>
              </rect>
              <rect class="bar" x={number * width + width * 0.1} y={HEIGHT - tall} width={width * 0.8} height={tall} />
              <rect class="bar-contested" x={number * width + width * 0.1} y={HEIGHT - part} width={width * 0.8} height={part} />
            </g>
          );
        })}
      </svg>
      <fieldset class="timeline-keys">
        <legend class="unseen">Choose a stretch of time</legend>
        {(["first", "last"] as const).map((end) => {
          const chosen = bars.map((bar, number) => (inside(bar, number) ? number : -1)).filter((number) => number >= 0);
          const at = (end === "first" ? chosen[0] : chosen.at(-1)) ?? (end === "first" ? 0 : bars.length - 1);
          const bar = bars[at] as Bar;
          return (
            <label key={end}>
              <span>
                {end === "first" ? "From" : "To"} {day(bar.start)}
              </span>
              <input
                type="range"
                min={0}
                max={bars.length - 1}
                value={at}
                aria-valuetext={`${day(bar.start)}: ${counted(bar.incidents, "incident")}, ${bar.contested} contested`}
                onChange={(event) => {
                  const to = Number(event.currentTarget.value);
                  const [from, until] = end === "first" ? [to, Math.max(to, chosen.at(-1) ?? to)] : [Math.min(to, chosen[0] ?? to), to];
                  choose(first((bars[from] as Bar).start), last((bars[until] as Bar).start));
                }}
              />
            </label>
          );
        })}
      </fieldset>
      <figcaption class="quiet">
        <span>{day((bars[0] as Bar).start)}</span>
        <span>drag to choose a stretch</span>
        <span>{day((bars.at(-1) as Bar).start)}</span>
      </figcaption>
    </figure>
  );
}

export type Bar = { start: string; incidents: number; contested: number };

/** The periods without gaps, so that a quiet month is seen as one. A gap of many years is left out rather than drawn. */
export function filled(periods: readonly Bar[], by: string): Bar[] {
  const found: Bar[] = [];
  for (const bar of periods) {
    const before = found.at(-1);
    if (before) {
      const missing: Bar[] = [];
      for (let next = following(before.start, by); next < bar.start && missing.length <= 120; next = following(next, by)) {
        missing.push({ start: next, incidents: 0, contested: 0 });
      }
      if (missing.length <= 120) found.push(...missing);
    }
    found.push(bar);
  }
  return found;
}

function following(start: string, by: string): string {
  const [year, month, date] = start.split("-").map(Number) as [number, number, number | undefined];
  const next = by === "month" ? new Date(Date.UTC(year, month, 1)) : new Date(Date.UTC(year, month - 1, (date ?? 1) + 1));
  return next.toISOString().slice(0, by === "month" ? 7 : 10);
}

export function first(start: string): string {
  return start.length === 7 ? `${start}-01` : start;
}

export function last(start: string): string {
  if (start.length !== 7) return start;
  const [year, month] = start.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
