// Days along a line: long stretches of which nobody speaks are cut out, so that a look back of years leaves the rest readable.
export type Days = readonly [string, string];

const DAY = 86_400_000;
const GAP = 45;
const LEAST = 0.12; // of the line, for the shortest piece

const number = (day: string) => Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY);
const named = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

export type Scale = {
  /** Left edge and width of some days, at least `least` wide. */
  span: (days: Days, least?: number) => [number, number];
  /** Where pieces are cut out. */
  cuts: number[];
  /** First days of pieces and as many days between as fit. */
  labels: { x: number; day: string }[];
};

/** Days to positions from 0 to `width`; a cut takes `cut`, a written day `label`. */
export function scale(some: readonly Days[], width: number, cut = 26, label = 92): Scale {
  let pieces: [number, number][] = [];
  for (const [start, end] of [...some].map(([a, b]) => [number(a), number(b)] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = pieces.at(-1);
    if (last && start - last[1] <= GAP) last[1] = Math.max(last[1], end);
    else pieces.push([start, end]);
  }
  const first = pieces[0];
  if (!first) return { span: () => [0, 0], cuts: [], labels: [] };
  if ((pieces.length - 1) * cut > width / 2) pieces = [[first[0], Math.max(...pieces.map((piece) => piece[1]))]];
  const room = width - cut * (pieces.length - 1);
  const total = pieces.reduce((sum, [start, end]) => sum + end - start + 1, 0);
  const weights = pieces.map(([start, end]) => Math.max((end - start + 1) / total, pieces.length > 1 ? LEAST : 0));
  const whole = weights.reduce((sum, each) => sum + each, 0);
  let left = 0;
  const laid = pieces.map(([start, end], place) => {
    const length = (room * (weights[place] as number)) / whole;
    const piece = { start, end, left, length };
    left += length + cut;
    return piece;
  });
  const at = (day: number): number => {
    for (const piece of laid) {
      if (day < piece.start) return piece.left;
      if (day <= piece.end + 1) return piece.left + (piece.length * (day - piece.start)) / (piece.end - piece.start + 1);
    }
    return width;
  };
  const labels: { x: number; day: string }[] = [];
  for (const piece of laid) {
    const step = Math.max(1, Math.ceil(((piece.end - piece.start + 1) * label) / piece.length));
    for (let day = piece.start; day <= piece.end; day += step) {
      const x = at(day);
      const last = labels.at(-1);
      if ((!last || x - last.x >= label) && x + label - 12 <= width) labels.push({ x, day: named(day) });
    }
  }
  if (labels.length === 0) labels.push({ x: 0, day: named(first[0]) });
  return {
    span: ([start, end], least = 9) => {
      const from = at(number(start));
      const size = Math.max(at(number(end) + 1) - from, least);
      return [Math.min(from, Math.max(0, width - size)), size];
    },
    cuts: laid.slice(1).map((piece) => piece.left - cut / 2),
    labels,
  };
}

/** Rows for marks of one size, so that none covers another: the place and the row of each, in the order given. */
export function rows(centres: readonly number[], size: number): number[] {
  const ends: number[] = [];
  return centres.map((centre) => {
    const free = ends.findIndex((end) => centre - size / 2 >= end);
    const row = free === -1 ? ends.length : free;
    ends[row] = centre + size / 2;
    return row;
  });
}
