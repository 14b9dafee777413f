// A person says how a forecast came out: their word, with name and day; "unresolved" takes it back.
import { useState } from "preact/hooks";
import type { Shapes } from "../../api/client";
import { Problem } from "../../parts/parts";
import { usePerson } from "../../parts/person";
import { useSending } from "../../parts/sending";

const WORDS = [
  ["came-true", "it came true"],
  ["did-not", "it did not"],
  ["partly", "partly"],
  ["undecidable", "it cannot be decided"],
  ["unresolved", "unresolved (takes my word back)"],
] as const;

export function SayOutcome({ id, said }: { id: string; said: (forecast: Shapes["ForecastRow"]) => void }) {
  const [person, setPerson] = usePerson();
  const [open, show] = useState(false);
  const { send, busy, problem } = useSending();
  return (
    <details class="say-outcome" open={open} onToggle={(event) => show(event.currentTarget.open)}>
      <summary>Say how it came out</summary>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const made = await send<Shapes["ForecastRow"]>("POST", `/api/forecasts/${id}/outcome`, { person, outcome: String(given.get("outcome")), note: String(given.get("note")) });
          if (made) {
            said(made);
            show(false);
          }
        }}
      >
        <label>
          <span>Outcome</span>
          <select name="outcome">
            {WORDS.map(([word, words]) => (
              <option key={word} value={word}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Your name</span>
          <input required value={person} maxLength={100} autoComplete="name" onInput={(event) => setPerson(event.currentTarget.value)} />
        </label>
        <label>
          <span>Why (may stay empty)</span>
          <input name="note" maxLength={2000} />
        </label>
        <button type="submit" disabled={busy}>
          Say so
        </button>
      </form>
      <Problem words={problem} />
    </details>
  );
}
