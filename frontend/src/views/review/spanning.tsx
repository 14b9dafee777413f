// Which words a finding stands on, and moving them: drag over the text, keys, or these buttons. Each move is said out loud.
import type { Span } from "./span";
import { named } from "./span";

type Props = {
  fields: readonly string[];
  aim: string;
  choose: (field: string) => void;
  spans: readonly Span[];
  signs: readonly string[];
  changed: boolean;
  move: (edge: "start" | "end", by: 1 | -1) => void;
  undo: () => void;
};

const MOVES = [
  ["start", -1, "[", "start a word earlier", "⇤"],
  ["start", 1, "{", "start a word later", "⇥"],
  ["end", -1, "}", "end a word earlier", "⇤"],
  ["end", 1, "]", "end a word later", "⇥"],
] as const;

export function Spanning({ fields, aim, choose, spans, signs, changed, move, undo }: Props) {
  const words = spans.map(([start, end]) => `“${signs.slice(start, end).join("")}”`).join(" and ");
  return (
    <fieldset class={changed ? "spanning row-changed" : "spanning"}>
      <legend>Words in the text</legend>
      <label>
        <span>
          of <kbd>s</kbd>
        </span>
        <select value={aim} onChange={(event) => choose(event.currentTarget.value)}>
          {fields.map((field) => (
            <option key={field} value={field}>
              {named(field)}
            </option>
          ))}
        </select>
      </label>
      <div class="span-moves" role="group" aria-label={`Move the words of ${named(aim)}`}>
        {MOVES.map(([edge, by, key, told, sign]) => (
          <button key={key} type="button" aria-keyshortcuts={key} aria-label={told} title={told} onClick={() => move(edge, by)}>
            {edge === "start" ? `${sign}…` : `…${sign}`} <kbd>{key}</kbd>
          </button>
        ))}
        {changed && (
          <button type="button" class="plain" onClick={undo}>
            undo
          </button>
        )}
      </div>
      <p role="status" class="span-words" dir="auto">
        {named(aim)}: {words || "no words yet: drag over them in the text"}
      </p>
    </fieldset>
  );
}
