// Keeping the chosen filters under a name: /searches then tells what is new in them.
import { useState } from "preact/hooks";
import { Problem } from "../../parts/parts";
import { usePerson } from "../../parts/person";
import { useSending } from "../../parts/sending";

/** `chosen`: the filters; the day of the change is none of the search itself. */
export function SaveSearch({ chosen }: { chosen: Record<string, string | undefined> }) {
  const [person, setPerson] = usePerson();
  const [open, show] = useState(false);
  const [name, write] = useState("");
  const [saved, tell] = useState<string | null>(null);
  const { send, busy, problem } = useSending();
  const save = async () => {
    if (!name.trim() || !person.trim()) return;
    const filters = Object.fromEntries(Object.entries(chosen).filter(([field, value]) => value && field !== "changed_since"));
    if (await send("POST", "/api/searches", { person, name, filters })) {
      tell(name.trim());
      show(false);
    }
  };
  return (
    <>
      <button type="button" aria-expanded={open} onClick={() => show(!open)}>
        Save this search
      </button>
      {open && (
        <fieldset class="save-search">
          <label>
            <span>Its name</span>
            <input value={name} maxLength={100} onInput={(event) => write(event.currentTarget.value)} onKeyDown={(event) => event.key === "Enter" && void save()} />
          </label>
          <label>
            <span>Your name</span>
            <input value={person} maxLength={100} autoComplete="name" onInput={(event) => setPerson(event.currentTarget.value)} />
          </label>
          <button type="button" class="primary" disabled={busy || !name.trim() || !person.trim()} onClick={() => void save()}>
            Save
          </button>
        </fieldset>
      )}
      <span role="status" class="saved">
        {saved && (
          <>
            Saved as <a href="/searches">{saved}</a>.
          </>
        )}
      </span>
      <Problem words={problem} />
    </>
  );
}
