// The name under which a person judges, keeps folders and saves searches: kept in this browser, no password.
import { useState } from "preact/hooks";

const KEPT = "rashomon.coder";

function kept(): string {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

/** The name and how to change it; `keep` false forgets it for now alone. */
export function usePerson(): [string, (name: string, keep?: boolean) => void] {
  const [person, set] = useState(kept);
  const name = (given: string, keep = true) => {
    try {
      if (keep) localStorage.setItem(KEPT, given);
    } catch {
      // Without storage the name is asked for again next time.
    }
    set(given);
  };
  return [person, name];
}

/** Asks for the name. */
export function Name({ give, what, begin }: { give: (name: string) => void; what: string; begin: string }) {
  return (
    <form
      class="column"
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get("person") ?? "").trim();
        if (name) give(name);
      }}
    >
      <label>
        <span>Your name as a coder, kept in this browser</span>
        <input name="person" required maxLength={100} autoComplete="name" defaultValue={kept()} />
      </label>
      <p class="quiet">{what}</p>
      <button type="submit" class="primary">
        {begin}
      </button>
    </form>
  );
}

export function As({ person, change, does }: { person: string; change: () => void; does: string }) {
  return (
    <p class="quiet">
      {does} <strong>{person}</strong>.{" "}
      <button type="button" class="plain" onClick={change}>
        Change
      </button>
    </p>
  );
}
