// Small pieces that every view uses.
import type { ComponentChildren } from "preact";
import type { Asked, Shapes } from "../api/client";
import { Copying } from "./copying";
import { LaterFlags } from "./later";
import { Dated } from "./notes";

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
  const from = quote.span[0] as number;
  const start = Math.max(0, from - (quote.sentence[0] as number));
  const inside = quote.text.slice(start, start + quote.words.length) === quote.words;
  return (
    <figure class="quotation">
      <blockquote>
        <p dir="auto">
          {inside ? (
            <>
              {quote.text.slice(0, start)}
              <mark>{quote.words}</mark>
              {quote.text.slice(start + quote.words.length)}
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

/** What is waited for, went wrong, or is there. */
export function Await<T>({ asked, children }: { asked: Asked<T>; children: (value: T) => ComponentChildren }) {
  if (asked.error !== null) {
    return (
      <p class="problem" role="alert">
        {asked.error.message}
      </p>
    );
  }
  if (asked.value === null) return <p class="waiting">{asked.waiting ? "Looking …" : ""}</p>;
  return <div aria-busy={asked.waiting}>{children(asked.value)}</div>;
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
