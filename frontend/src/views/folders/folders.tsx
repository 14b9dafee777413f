// A person's folders: incidents, documents, claims, actors and places, each with private notes.
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { type Shapes, address, useAnswer } from "../../api/client";
import { Await, Problem, Warn, useTitle } from "../../parts/parts";
import { As, Name, usePerson } from "../../parts/person";
import { useSending } from "../../parts/sending";
import { counted, day } from "../../parts/words";
import "./folders.css";

type Page = Shapes["FolderPage"];

export function Folders() {
  useTitle("Folders");
  const { query } = useLocation();
  const [person, name] = usePerson();
  return (
    <section class="folders column">
      <h1>Folders</h1>
      <p class="quiet">
        Yours alone: nobody else's list shows them, and no export of the ledger holds them. They lie in the ledger's file, so whoever is handed that file can read them.
      </p>
      {person === "" ? (
        <Name give={name} what="Folders are kept under it." begin="Open my folders" />
      ) : (
        <>
          <As person={person} does="Folders of" change={() => name("", false)} />
          {query["id"] ? <One key={query["id"]} person={person} id={query["id"]} /> : <All key={person} person={person} />}
        </>
      )}
    </section>
  );
}

function All({ person }: { person: string }) {
  const [turn, again] = useState(0);
  const { send, busy, problem } = useSending();
  const asked = useAnswer<Shapes["FolderList"]>(address("/api/folders", { person }), turn);
  return (
    <Await asked={asked}>
      {({ folders }) => (
        <>
          {folders.length === 0 ? (
            <p>No folder yet. Make one here, then put things into it from an incident, a document, an actor or a place.</p>
          ) : (
            <ul class="folder-list">
              {folders.map((one) => (
                <li key={one.id}>
                  <a href={address("/folders", { id: one.id })}>
                    <bdi>{one.name}</bdi>
                  </a>
                  <span class="quiet">
                    {" · "}
                    {counted(one.items, "thing")} · since {day(one.made)}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <form
            class="new-folder"
            onSubmit={async (event) => {
              event.preventDefault();
              const form = event.currentTarget;
              if (await send("POST", "/api/folders", { person, name: String(new FormData(form).get("name")) })) {
                form.reset();
                again(turn + 1);
              }
            }}
          >
            <label>
              <span>A new folder's name</span>
              <input name="name" required maxLength={100} />
            </label>
            <button type="submit" disabled={busy}>
              Make it
            </button>
          </form>
          <Problem words={problem} />
        </>
      )}
    </Await>
  );
}

const KINDS = [
  ["incident", "Incidents"],
  ["document", "Documents"],
  ["claim", "Claims"],
  ["actor", "Actors"],
  ["place", "Places"],
] as const;

function One({ person, id }: { person: string; id: string }) {
  const [changed, set] = useState<Page | null>(null);
  const [said, tell] = useState("");
  const { route } = useLocation();
  const { send, busy, problem } = useSending();
  const path = `/api/folders/${encodeURIComponent(id)}`;
  const asked = useAnswer<Page>(address(path, { person }));
  const change = async (method: string, to: string, words: string, body?: object) => {
    const page = await send<Page>(method, to, body);
    if (page) {
      set(page);
      tell(words);
    }
  };
  return (
    <Await asked={asked}>
      {(first) => {
        const { folder, items } = changed ?? first;
        return (
          <>
            <p>
              <a href="/folders">All folders</a>
            </p>
            <h2>
              <bdi>{folder.name}</bdi>
            </h2>
            <form
              class="folder-head"
              onSubmit={(event) => {
                event.preventDefault();
                const given = new FormData(event.currentTarget);
                void change("PUT", path, "Kept.", { person, name: String(given.get("name")), note: String(given.get("note")) });
              }}
            >
              <label>
                <span>Name</span>
                <input name="name" required maxLength={100} defaultValue={folder.name} />
              </label>
              <label>
                <span>Private note on the folder</span>
                <textarea name="note" rows={3} maxLength={20000} dir="auto" defaultValue={folder.note} />
              </label>
              <button type="submit" disabled={busy}>
                Keep name and note
              </button>
            </form>
            <p role="status">{said}</p>
            <Problem words={problem} />
            {items.length === 0 && <p>Nothing lies in it yet. Incidents, documents, claims and actors have “Put into a folder”.</p>}
            {KINDS.map(([kind, title]) => {
              const some = items.filter((one) => one.kept.kind === kind);
              return (
                some.length > 0 && (
                  <section key={kind} aria-label={title}>
                    <h3>{title}</h3>
                    <ul class="folder-items">
                      {some.map((one) => (
                        <Thing
                          key={one.kept.key}
                          one={one}
                          busy={busy}
                          note={(note) => void change("PUT", `${path}/items`, "Note kept.", { person, kind, key: one.kept.key, note })}
                          out={() => void change("DELETE", address(`${path}/items`, { person, kind, key: one.kept.key }), "Taken out.")}
                        />
                      ))}
                    </ul>
                  </section>
                )
              );
            })}
            <AddName kind="place" busy={busy} put={(key) => void change("PUT", `${path}/items`, `${key} put in.`, { person, kind: "place", key })} />
            <h3>For yourself</h3>
            <Warn>A file of this folder holds your private notes. Nothing else that leaves the ledger does.</Warn>
            <p class="folder-acts">
              <a class="button" href={address(`${path}/export`, { person, format: "markdown" })} download="folder.md" target="_blank">
                Export as Markdown
              </a>
              <a class="button" href={address(`${path}/export`, { person, format: "json" })} download="folder.json" target="_blank">
                Export as JSON
              </a>
              <button
                type="button"
                disabled={busy}
                onClick={async () => {
                  if (window.confirm(`Throw “${folder.name}” away with its notes?`) && (await send("DELETE", address(path, { person })))) route("/folders");
                }}
              >
                Throw it away
              </button>
            </p>
          </>
        );
      }}
    </Await>
  );
}

function Thing({ one, note, out, busy }: { one: Page["items"][number]; note: (words: string) => void; out: () => void; busy: boolean }) {
  const [words, write] = useState(one.kept.note);
  const label = one.label ?? `${one.kept.key.slice(0, 12)}: no longer in the ledger`;
  return (
    <li>
      {one.address ? (
        <a href={one.address} dir="auto">
          {label}
        </a>
      ) : (
        <span dir="auto">{label}</span>
      )}
      <label>
        <span>Private note</span>
        <textarea rows={words.length > 80 ? 4 : 1} maxLength={20000} dir="auto" value={words} onInput={(event) => write(event.currentTarget.value)} />
      </label>
      <p class="folder-acts">
        {words !== one.kept.note && (
          <button type="button" disabled={busy} onClick={() => note(words)}>
            Keep note
          </button>
        )}
        <button type="button" class="plain" disabled={busy} onClick={out} aria-label={`Take out ${label}`}>
          Take out
        </button>
      </p>
    </li>
  );
}

function AddName({ kind, put, busy }: { kind: string; put: (name: string) => void; busy: boolean }) {
  return (
    <form
      class="new-folder"
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get("name")).trim();
        if (name) put(name);
        event.currentTarget.reset();
      }}
    >
      <label>
        <span>Add a {kind} by name</span>
        <input name="name" required maxLength={200} />
      </label>
      <button type="submit" disabled={busy}>
        Add
      </button>
    </form>
  );
}
