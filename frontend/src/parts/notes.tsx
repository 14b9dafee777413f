// What a reader must know before trusting a list, said once a view: short words, the whole sentence on hover, on focus and for screen readers.
import { useId, useState } from "preact/hooks";
import type { Shapes } from "../api/client";
import { interval } from "./words";

const NOTES = {
  machine: ["machine-extracted", "A program found this in the texts and errs at times: read the quotation. What a person has judged is marked as judged."],
  origins: ["articles are not origins", "N articles are not N origins: outlets repeat one another. Accounts of one origin are counted once; untraced ones name no source that could be followed."],
  copies: ["copies folded", "The same text in several outlets is one voice: it is shown once, with the outlets that repeat it."],
  inferred: ["inferred days", "Where an article does not state its day, the days between which it must have appeared are taken from its own words, and marked as inferred."],
  area: ["areas, not points", "A place is the middle of an area with a radius in which the happening lies; the source did not say where within it."],
  opinion: ["opinion marked", "Editorials, opinion and analysis argue. They are marked, and what they assert goes by their author's voice."],
  forecast: ["not facts", "A forecast or pledge is what somebody expects or promises. Nothing here says that it came true."],
} as const;

export type NoteName = keyof typeof NOTES;

/** The notes that belong to a view, in one line. */
export function Notes({ of }: { of: readonly NoteName[] }) {
  return (
    <ul class="notes" aria-label="Before you trust this">
      {of.map((name) => (
        <li key={name}>
          <Note name={name} />
        </li>
      ))}
    </ul>
  );
}

function Note({ name }: { name: NoteName }) {
  const [near, setNear] = useState(false);
  const id = useId();
  const [words, sentence] = NOTES[name];
  return (
    <span class="note" onMouseEnter={() => setNear(true)} onMouseLeave={() => setNear(false)}>
      <button
        type="button"
        aria-describedby={id}
        onFocus={() => setNear(true)}
        onBlur={() => setNear(false)}
        onKeyDown={(event) => event.key === "Escape" && setNear(false)}
      >
        {words}
      </button>
      <span role="tooltip" id={id} class={near ? "near" : "unseen"}>
        {sentence}
      </span>
    </span>
  );
}

const ARGUES: Record<string, string> = { opinion: "opinion", editorial: "editorial", analysis: "analysis", satire: "satire" };

/** When an article appeared, marked where that is inferred, and where the article argues rather than reports. */
export function Dated({ article }: { article: Shapes["Article"] }) {
  const argues = ARGUES[article.genre ?? ""];
  return (
    <span class="quiet">
      {interval(article.published[0], article.published[1])}
      {article.basis === "inferred" && (
        <>
          {" "}
          <span class="tag" title="No day is stated: it is taken from the article's own words.">
            day inferred
          </span>
        </>
      )}
      {argues && (
        <>
          {" "}
          <span class="tag argues" title="It argues: what it asserts goes by its author's voice.">
            {argues}
          </span>
        </>
      )}
    </span>
  );
}
