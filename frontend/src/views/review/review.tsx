// Review: what waits for a coder, most doubt and weight first; each field beside the text; how far coders agree.
import { useLocation } from "preact-iso";
import { Notes } from "../../parts/notes";
import { useTitle } from "../../parts/parts";
import { As, Name, usePerson } from "../../parts/person";
import { AgreementTable } from "./agreement";
import { DocumentCoding, QueueCoding } from "./coding";
import "./review.css";

export function Review() {
  useTitle("Review");
  const { query } = useLocation();
  const [person, name] = usePerson();
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
        {person && <As person={person} does="You code as" change={() => name("", false)} />}
        <Notes of={["machine", "inferred", "opinion"]} />
      </header>
      {view === "agreement" ? (
        <AgreementTable />
      ) : person === "" ? (
        <Name give={name} what="Each judgement carries it. Other coders' verdicts are shown only once you have given yours." begin="Begin" />
      ) : view === "document" ? (
        <DocumentCoding key={`${person}:${query["document"]}`} person={person} document={query["document"] as string} at={query["at"]} />
      ) : (
        <QueueCoding key={person} person={person} />
      )}
    </div>
  );
}
