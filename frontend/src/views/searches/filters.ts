// A saved search's filters in words.
import { action } from "../../parts/words";

/** "place Aleppo, contested only"; "every incident" without any. */
export function spelled(filters: Record<string, string>): string {
  const told = Object.entries(filters).map(([name, value]) => {
    if (name === "contested") return value === "true" ? "contested only" : "uncontested only";
    if (name === "box") return "an area of the map";
    if (name === "type") return `kind ${action(value.toLowerCase())}`;
    return `${name} ${value}`;
  });
  return told.join(", ") || "every incident";
}
