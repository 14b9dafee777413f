// Records in plain words. Nothing is said more exactly than the source says it.
import type { Shapes } from "../api/client";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "5 Aug 2016", "Aug 2016", "2016"; an instant loses its hour. */
export function day(text: string): string {
  const [year, month, date] = text.slice(0, 10).split("-");
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  return [date ? String(Number(date)) : undefined, name, year].filter(Boolean).join(" ");
}

/** An interval of days: one day, two ends, or an open one. */
export function interval(start: string | null | undefined, end: string | null | undefined, nothing = "day unknown"): string {
  const first = start?.slice(0, 10) ?? null;
  const last = end?.slice(0, 10) ?? null;
  if (first === null && last === null) return nothing;
  if (first === null) return `by ${day(last as string)}`;
  if (last === null) return `since ${day(first)}`;
  if (first === last) return day(first);
  if (whole(first, last)) return day(first.slice(0, 7));
  return first.slice(0, 4) === last.slice(0, 4) ? `${day(first).slice(0, -5)} – ${day(last)}` : `${day(first)} – ${day(last)}`;
}

function whole(first: string, last: string): boolean {
  if (first.slice(0, 7) !== last.slice(0, 7) || !first.endsWith("-01")) return false;
  const [year, month] = first.split("-").map(Number);
  return Number(last.slice(8)) === new Date(Date.UTC(year as number, month as number, 0)).getUTCDate();
}

/** A text before, in and after a span. Spans count code points as Python does; JavaScript's own count would cut an emoji in two. */
export function cut(text: string, start: number, end: number): [string, string, string] {
  const signs = Array.from(text);
  const [from, to] = [Math.max(0, start), Math.max(0, end)];
  return [signs.slice(0, from).join(""), signs.slice(from, to).join(""), signs.slice(to).join("")];
}

/** 1 article, 2 articles. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** Articles are not origins: both are always told together. */
export function origins(articles: number, traced: number, untraced: number): string {
  return `${counted(articles, "article")}, ${counted(traced, "traced origin")}, ${untraced.toLocaleString("en")} untraced`;
}

/** What the vocabulary calls an action, without its hyphens. */
export function action(word: string): string {
  return word.replaceAll(/[-_]/g, " ");
}

/** Who did what to whom, as the first account that says so has it. */
export function headline(entry: Shapes["IncidentEntry"]): string {
  const parties = entry.actor && entry.recipient ? `${entry.actor} → ${entry.recipient}` : (entry.actor ?? entry.recipient ?? "");
  return parties ? `${action(entry.action)}: ${parties}` : action(entry.action);
}

/** The place with how exactly it is known; an area is never a point. */
export function where(entry: Pick<Shapes["IncidentEntry"], "place" | "lat" | "radius_km">): string {
  if (!entry.place) return "place not stated";
  if (entry.lat === null) return `${entry.place} (not located)`;
  return entry.radius_km ? `${entry.place} (within ${Math.round(entry.radius_km)} km)` : entry.place;
}

/** Whether the percent signs of an address stand for letters: `/source/%E0%A4%A` is cut short, and a router that decodes it fails. */
export function decodable(path: string): boolean {
  try {
    // What is not used the bundler leaves out, with the error that is looked for.
    return decodeURIComponent(path).length > 0;
  } catch {
    return false;
  }
}
