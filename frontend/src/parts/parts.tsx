// Small pieces that every view uses.
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import type { Asked, Refused, Shapes } from "../api/client";
import { Copying } from "./copying";
import { LaterFlags } from "./later";
import { Dated } from "./notes";
import { cut } from "./words";

/** Who says it through whom, from the publisher inwards. */
export function Chain({ names, fallback, linked = true }: { names: readonly string[]; fallback?: string | null; linked?: boolean }) {
  const shown = names.length > 0 ? names : fallback ? [fallback] : ["unknown publisher"];
  return (
    <span class="chain">
      {shown.map((name, place) => (
        <span key={place}>
          {place > 0 && (
            <span class="chain-step" aria-label="quoting">
              {" › "}
            </span>
          )}
          {linked && (names.length > 0 || fallback) ? (
            <a href={sourceAt(name)}>
              <bdi>{name}</bdi>
            </a>
          ) : (
            <bdi>{name}</bdi>
          )}
        </span>
      ))}
      {shown.length === 1 && <span class="own-voice"> in its own voice</span>}
    </span>
  );
}

/** The address of what a name said as a source. */
export function sourceAt(name: string): string {
  return `/source/${encodeURIComponent(name)}`;
}

/** The address of what is told of a name as an actor. */
export function actorAt(name: string): string {
  return `/actor/${encodeURIComponent(name)}`;
}

/** The address of a document, opened at a span. */
export function documentAt(key: string, span?: readonly number[]): string {
  return span ? `/document/${key}?at=${span[0]}-${span[1]}` : `/document/${key}`;
}

/** A sentence with the words in question marked, who says it, and the way to it in its document. */
export function Quotation({ quote, article }: { quote: Shapes["Quote"]; article?: Shapes["Article"] | undefined }) {
  const offset = quote.sentence[0] as number;
  const [before, words, after] = cut(quote.text, (quote.span[0] as number) - offset, (quote.span[1] as number) - offset);
  return (
    <figure class="quotation">
      <blockquote>
        <p dir="auto">
          {words === quote.words ? (
            <>
              {before}
              <mark>{words}</mark>
              {after}
            </>
          ) : (
            quote.text
          )}
        </p>
      </blockquote>
      <figcaption>
        <Chain names={quote.chain} fallback={article?.publisher ?? null} />
        {article && (
          <>
            {" · "}
            <Dated article={article} />
          </>
        )}
        {" · "}
        <a href={documentAt(quote.document, quote.span as number[])}>in its document</a>
        {" · "}
        <Copying quote={quote} article={article} />
        <LaterFlags quote={quote} />
      </figcaption>
    </figure>
  );
}

const RELATIONS: Record<string, { sign: string; words: string }> = {
  agree: { sign: "●", words: "agrees with another account" },
  compatible: { sign: "◐", words: "compatible: both can be true" },
  vaguer: { sign: "○", words: "says less exactly" },
  disagree: { sign: "▲", words: "disagrees with another account" },
  denied: { sign: "⊘", words: "denied by somebody, or a denial" },
  superseded: { sign: "↻", words: "revised by the same source" },
  different_referent: { sign: "◇", words: "another thing, that looks like it" },
  silent: { sign: "–", words: "says nothing of it, though later" },
};

export const RELATION_ORDER = Object.keys(RELATIONS);

/** The sign of a relation: shape and colour both tell. */
export function Relation({ name, words = false }: { name: string; words?: boolean }) {
  const told = RELATIONS[name] ?? { sign: "?", words: name };
  return (
    <span class={`relation relation-${name}`} title={told.words}>
      <span aria-hidden="true">{told.sign}</span>
      {words ? ` ${name.replaceAll("_", " ")}` : <span class="unseen">{told.words}</span>}
    </span>
  );
}

export function relationWords(name: string): string {
  return RELATIONS[name]?.words ?? name;
}

/** What is waited for, went wrong, or is there; `whole`: it is the whole view, heading and all. */
export function Await<T>({ asked, whole = false, children }: { asked: Asked<T>; whole?: boolean; children: (value: T) => ComponentChildren }) {
  if (asked.error !== null) return <Trouble error={asked.error} again={asked.again} whole={whole} />;
  if (asked.value === null) return <p class="waiting">{asked.waiting ? "Looking …" : ""}</p>;
  return <div aria-busy={asked.waiting}>{children(asked.value)}</div>;
}

function Trouble({ error, again, whole }: { error: Refused; again: () => void; whole: boolean }) {
  const { path } = useLocation();
  const missing = error.status === 404;
  const misunderstood = error.status === 422;
  const title = missing ? "Not in this ledger" : misunderstood ? "This cannot be asked so" : "No answer";
  return (
    <section class="column trouble">
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p class="problem" role="alert">
        {error.message}
      </p>
      {missing && <p>It may have been linked anew under another address since, or be in another ledger. Search for its words above, or go on from here:</p>}
      <p class="ways">
        {!missing && !misunderstood && (
          <button type="button" class="primary" onClick={again}>
            Try again
          </button>
        )}
        {misunderstood && <a href={path}>Ask without filters</a>}
        <a href="/">All incidents</a>
      </p>
    </section>
  );
}

/** What went wrong, said at once. */
export function Problem({ words }: { words: string | null }) {
  return words === null ? null : (
    <p class="problem" role="alert">
      {words}
    </p>
  );
}

/** What people judged of a value: theirs is the last word. */
export function Marks({ judged }: { judged: readonly string[] | undefined }) {
  return (
    <>
      {judged?.map((mark) => (
        <span key={mark} class="tag judged">
          <span aria-hidden="true">✎ </span>
          {mark}
        </span>
      ))}
    </>
  );
}

/** A warning where it belongs. */
export function Warn({ children }: { children: ComponentChildren }) {
  return <p class="warn">{children}</p>;
}

/** The page's title, for the tab and the screen reader. */
export function useTitle(title: string): void {
  document.title = title ? `${title} · Rashomon` : "Rashomon";
}
