// What each source says of one place, along time. Letters and patterns tell holders apart, shapes tell kinds; colour says nothing more.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Shapes } from "../../api/client";
import { Chain, Quotation } from "../../parts/parts";
import { day, interval } from "../../parts/words";
import { type Days, type Scale, rows } from "./scale";

const MARK = 24;
const BAR = 22;
const PATTERNS = ["", "M0 8L8 0", "M4 0V8", "M0 4H8", "M0 0L8 8", "M0 4H8M4 0V8", "M0 0L8 8M0 8L8 0", "M3 3h2v2h-2z"];

export const KINDS: Record<string, string> = {
  change: "a change",
  hold: "a state, as of its report",
  attempted: "an attempt",
  predicted: "expected",
  denied: "said not to be so",
};

export function when(said: Shapes["ControlStatement"]): string {
  if (said.start === null && said.end === null) return "day unknown";
  return said.dated ? interval(said.start, said.end) : `as of ${interval(said.start, said.end)}`;
}

/** The width of an element, followed. */
export function useWidth<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    if (!ref.current) return;
    const watch = new ResizeObserver(([entry]) => set(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(ref.current);
    set(Math.floor(ref.current.clientWidth));
    return () => watch.disconnect();
  }, []);
  return [ref, width] as const;
}

/** The patterns that bars are filled with, one for each holder's letter. */
export function Patterns({ letters }: { letters: readonly string[] }) {
  return (
    <svg class="unseen" width="1" height="1" aria-hidden="true">
      <defs>
        {letters.map((letter, place) => (
          <pattern key={letter} id={`holder-${place}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect class="pattern-ground" width="8" height="8" />
            <path class="pattern-line" d={PATTERNS[place % PATTERNS.length] ?? ""} />
          </pattern>
        ))}
        <pattern id="contested" width="6" height="6" patternUnits="userSpaceOnUse">
          <path class="pattern-contested" d="M0 6L6 0" />
        </pattern>
      </defs>
    </svg>
  );
}

export function Sign({ shape, x = 12, y = 12 }: { shape: string; x?: number; y?: number }) {
  if (shape === "hold") return <circle class="sign full" cx={x} cy={y} r="5" />;
  if (shape === "change") return <path class="sign full" d={`M${x} ${y - 7}l7 12h-14z`} />;
  if (shape === "attempted") return <path class="sign" d={`M${x} ${y - 7}l7 12h-14z`} />;
  if (shape === "predicted") return <path class="sign" d={`M${x} ${y - 7}l7 7l-7 7l-7 -7z`} />;
  return <path class="sign" d={`M${x - 5} ${y - 5}l10 10m0 -10l-10 10`} />;
}

type LaneProps = {
  lane: Shapes["ControlLane"];
  scale: Scale;
  width: number;
  letters: readonly string[];
  articles: Map<string, Shapes["Article"]>;
  open: string | null;
  choose: (key: string | null) => void;
};

/** One source of one place. Each mark is a button that opens its sentence below. */
export function Lane({ lane, scale, width, letters, articles, open, choose }: LaneProps) {
  const publisher = lane.document ? (articles.get(lane.document)?.publisher ?? articles.get(lane.document)?.id ?? null) : null;
  const marks = lane.statements
    .filter((said) => said.drawn !== null)
    .map((said) => {
      const [left, size] = scale.span(said.drawn as Days, 1);
      return { said, left, size, x: Math.min(Math.max(left + size / 2, MARK / 2), width - MARK / 2) };
    })
    .sort((a, b) => a.x - b.x);
  const row = rows(marks.map((mark) => mark.x), MARK);
  const top = lane.bars.length > 0 ? BAR + 4 : 0;
  const height = top + MARK * Math.max(1, ...row.map((each) => each + 1));
  const chosen = lane.statements.find((said) => said.key === open);
  const loose = lane.statements.filter((said) => said.drawn === null);
  return (
    <li class="lane">
      <h4>
        <Chain names={lane.chain} fallback={publisher} />
      </h4>
      {(marks.length > 0 || lane.bars.length > 0) && (
        <svg class="lane-picture" width={width} height={height} role="group" aria-label={`What ${lane.chain.join(" quoting ") || publisher || "this source"} says, in time`}>
          <line class="lane-line" x1="0" x2={width} y1={top + MARK / 2} y2={top + MARK / 2} />
          {lane.bars.map((bar, place) => {
            const [left, size] = scale.span([bar.start, bar.end], 16);
            const tall = bar.earlier ? BAR / 2 : BAR;
            const told = `${bar.holder}${bar.earlier ? " (before a change)" : ""}: ${interval(bar.start, bar.end)}`;
            return (
              <g key={place} role="img" aria-label={told}>
                <title>{told}</title>
                <rect class="bar" x={left} y={(BAR - tall) / 2} width={size} height={tall} fill={`url(#holder-${letters.indexOf(bar.letter)})`} />
                <text class="bar-letter" x={left + size / 2} y={BAR / 2 + 4.5}>
                  {bar.earlier ? bar.letter.toLowerCase() : bar.letter}
                </text>
              </g>
            );
          })}
          {marks.map(({ said, left, size, x }, place) => {
            const y = top + MARK * (row[place] as number) + MARK / 2;
            const turn = () => choose(said.key === open ? null : said.key);
            return (
              <g key={said.key}>
                {size > MARK && <line class="whisker" x1={left} x2={left + size} y1={y} y2={y} />}
                <g
                  class="mark-button"
                  role="button"
                  tabindex={0}
                  aria-expanded={said.key === open}
                  aria-label={`${when(said)}: ${said.says} (${KINDS[said.shape] ?? said.shape})`}
                  onClick={turn}
                  onKeyDown={(event) => {
                    if (event.key !== "Enter" && event.key !== " ") return;
                    event.preventDefault();
                    turn();
                  }}
                >
                  <title>{`${when(said)}: ${said.says}`}</title>
                  <rect class="mark-ground" x={x - MARK / 2} y={y - MARK / 2} width={MARK} height={MARK} rx="4" />
                  <Sign shape={said.shape} x={x} y={y} />
                </g>
              </g>
            );
          })}
        </svg>
      )}
      {loose.length > 0 && (
        <p class="lane-loose">
          Without a day that is known well enough:{" "}
          {loose.map((said) => (
            <button key={said.key} class="plain" aria-expanded={said.key === open} onClick={() => choose(said.key === open ? null : said.key)}>
              {said.says} ({when(said)})
            </button>
          ))}
        </p>
      )}
      {chosen && <Statement said={chosen} articles={articles} />}
    </li>
  );
}

/** A statement in full. */
export function Statement({ said, articles }: { said: Shapes["ControlStatement"]; articles: Map<string, Shapes["Article"]> }) {
  const copies = [...new Set(said.copies.map((key) => articles.get(key)?.publisher ?? articles.get(key)?.id ?? key))];
  return (
    <div class="statement">
      <p>
        <svg class="sign-small" width="24" height="24" aria-hidden="true">
          <Sign shape={said.shape} />
        </svg>
        <strong>{said.says}</strong> · {when(said)} <span class="quiet">({KINDS[said.shape] ?? said.shape})</span>
        {said.against.length > 0 && <span class="contested-note"> ▲ another source says otherwise</span>}
      </p>
      <Quotation quote={said.quote} article={articles.get(said.quote.document)} />
      {copies.length > 0 && <p class="quiet">The same text in {copies.join(", ")}: no further source.</p>}
    </div>
  );
}

/** The stretches on which sources part, and the days below. */
export function Contested({ some, scale, width }: { some: readonly Shapes["ControlContest"][]; scale: Scale; width: number }) {
  return (
    <div class="contested-lane">
      <span class="quiet">where they part</span>
      <svg width={width} height="14" role="img" aria-label={some.map((each) => `contested ${interval(each.start, each.end)}`).join("; ")}>
        {some.map((each, place) => {
          const [left, size] = scale.span([each.start, each.end]);
          return <rect key={place} class="contested-bar" x={left} y="2" width={size} height="10" fill="url(#contested)" />;
        })}
      </svg>
    </div>
  );
}

export function Axis({ scale, width }: { scale: Scale; width: number }) {
  return (
    <svg class="axis" width={width} height="24" aria-hidden="true">
      <line class="axis-line" x1="0" x2={width} y1="1" y2="1" />
      {scale.cuts.map((x) => (
        <path key={x} class="axis-cut" d={`M${x - 6} 7l4 -12m4 12l4 -12`} />
      ))}
      {scale.labels.map(({ x, day: first }) => (
        <g key={first}>
          <line class="axis-line" x1={x} x2={x} y1="1" y2="6" />
          <text x={x + 2} y="18">
            {day(first)}
          </text>
        </g>
      ))}
    </svg>
  );
}
