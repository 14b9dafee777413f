// Review: what waits for a coder, most doubt and weight first; each field beside the text; how far coders agree.
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Notes } from "../../parts/notes";
import { useTitle } from "../../parts/parts";
import { AgreementTable } from "./agreement";
import { DocumentCoding, QueueCoding } from "./coding";
import "./review.css";

const KEPT = "rashomon.coder";

function kept(): string {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

export function Review() {
  useTitle("Review");
  const { query } = useLocation();
  const [person, set] = useState(kept);
  const name = (given: string) => {
    try {
      localStorage.setItem(KEPT, given);
    } catch {
      // Without storage the name is asked for again next time.
    }
    set(given);
  };
  const view = query["view"] === "agreement" ? "agreement" : query["document"] ? "document" : "queue";
  return (
    <div class="review">
      <header class="review-head">
        <h1>Review</h1>
        <nav aria-label="Review">
          <a href="/review" aria-current={view === "queue" ? "page" : undefined}>
            Queue
          </a>
          <a href="/review?view=agreement" aria-current={view === "agreement" ? "page" : undefined}>
            Agreement
          </a>
          <a href="/api/review/export" download="judgements.jsonl" target="_blank">
            Export judgements
          </a>
        </nav>
        {person && (
          <p class="quiet">
            You code as <strong>{person}</strong>.{" "}
            <button type="button" class="plain" onClick={() => set("")}>
              Change
            </button>
          </p>
        )}
        <Notes of={["machine", "inferred", "opinion"]} />
      </header>
      {view === "agreement" ? (
        <AgreementTable />
      ) : person === "" ? (
        <Name give={name} />
      ) : view === "document" ? (
        <DocumentCoding key={`${person}:${query["document"]}`} person={person} document={query["document"] as string} at={query["at"]} />
      ) : (
        <QueueCoding key={person} person={person} />
      )}
    </div>
  );
}

function Name({ give }: { give: (name: string) => void }) {
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
      <p class="quiet">Each judgement carries it. Other coders' verdicts are shown only once you have given yours.</p>
      <button type="submit" class="primary">
        Begin
      </button>
    </form>
  );
}
