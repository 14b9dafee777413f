// Putting an incident, a document, a claim, an actor or a place into one of one's folders, with a private note.
import { useState } from "preact/hooks";
import { type Shapes, address, useAnswer } from "../api/client";
import { Problem } from "./parts";
import { usePerson } from "./person";
import { useSending } from "./sending";

type Kind = Shapes["Kept"]["kind"];

export function Keep({ kind, name, words = "Put into a folder" }: { kind: Kind; name: string; words?: string }) {
  const [open, show] = useState(false);
  return (
    <details class="keep" open={open} onToggle={(event) => show(event.currentTarget.open)}>
      <summary>{words}</summary>
      {open && <Form kind={kind} name={name} />}
    </details>
  );
}

function Form({ kind, name }: { kind: Kind; name: string }) {
  const [person, setPerson] = usePerson();
  const [turn, again] = useState(0);
  const [folder, choose] = useState("");
  const [done, tell] = useState<Shapes["Folder"] | null>(null);
  const { send, busy, problem } = useSending();
  const mine = useAnswer<Shapes["FolderList"]>(person ? address("/api/folders", { person }) : null, turn);
  const chosen = folder || mine.value?.folders[0]?.id || "new";
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const given = Object.fromEntries([...new FormData(form)].map(([field, value]) => [field, String(value).trim()]));
        const who = person || (given["person"] ?? "");
        if (!person) setPerson(who);
        const id = chosen === "new" ? (await send<Shapes["Folder"]>("POST", "/api/folders", { person: who, name: given["name"] }))?.id : chosen;
        if (!id) return;
        const page = await send<Shapes["FolderPage"]>("PUT", `/api/folders/${id}/items`, { person: who, kind, key: name, note: given["note"] ?? "" });
        choose(id);
        again(turn + 1);
        if (page) tell(page.folder);
      }}
    >
      {!person && (
        <label>
          <span>Your name, kept in this browser</span>
          <input name="person" required maxLength={100} autoComplete="name" />
        </label>
      )}
      <label>
        <span>Folder</span>
        <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          {mine.value?.folders.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
          <option value="new">a new folder</option>
        </select>
      </label>
      {chosen === "new" && (
        <label>
          <span>Its name</span>
          <input name="name" required maxLength={100} />
        </label>
      )}
      <label>
        <span>Private note: it leaves with no export but your own of the folder</span>
        <textarea name="note" rows={2} maxLength={20000} dir="auto" />
      </label>
      <button type="submit" disabled={busy}>
        Put it there
      </button>
      <p role="status">
        {done && (
          <>
            It lies in <a href={address("/folders", { id: done.id })}>{done.name}</a>.
          </>
        )}
      </p>
      <Problem words={problem} />
    </form>
  );
}
