// What the books share: voices with their sentences, words with whose they are, reasons, the way to the next page.
import { useLocation } from "preact-iso";
import { type Shapes, address } from "../../api/client";
import { Quotation, Warn } from "../../parts/parts";

export type Articles = Map<string, Shapes["Article"]>;

export const byKey = (some: readonly Shapes["Article"][]): Articles => new Map(some.map((each) => [each.key, each]));

/** Each voice's sentences; one sentence is shown once. */
export function Voices({ voices, articles }: { voices: readonly Shapes["VoiceRow"][]; articles: Articles }) {
  return (
    <>
      {voices.map((voice, place) => {
        const seen = new Set<string>();
        const copies = [...new Set(voice.copies.map((key) => articles.get(key)?.publisher ?? articles.get(key)?.id ?? key))];
        return (
          <div key={place}>
            {voice.quotes
              .filter((quote) => {
                const at = `${quote.document}:${quote.sentence.join()}`;
                return !seen.has(at) && seen.add(at);
              })
              .map((quote) => (
                <Quotation key={`${quote.document}:${quote.span.join()}`} quote={quote} article={articles.get(quote.document)} />
              ))}
            {copies.length > 0 && <p class="quiet">The same text in {copies.join(", ")}: no further voice.</p>}
          </div>
        );
      })}
    </>
  );
}

export function Reasons({ features, of }: { features: readonly Shapes["Feature"][]; of: string }) {
  if (features.length === 0) return null;
  return (
    <details class="reasons">
      <summary>{of}</summary>
      <ul>
        {features.map((each) => (
          <li key={each.name}>
            {each.name} {each.value.toFixed(2)} × {each.weight}: {each.why}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Words for one thing, with whose they are where several voices tell. */
export function Worded({ label, some, several }: { label: string; some: readonly Shapes["Wording"][]; several: boolean }) {
  if (some.length === 0) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {some.map((each, place) => (
          <div key={place}>
            {each.text}
            {several && <span class="quiet"> ({each.voices.join(", ")})</span>}
          </div>
        ))}
      </dd>
    </>
  );
}

/** A book of before the last change is never shown as today's. */
export function Older({ when }: { when: boolean | undefined }) {
  if (!when) return null;
  return (
    <p class="quiet" role="status">
      The ledger has changed since this was put together. It is being made anew: load the page again in a minute.
    </p>
  );
}

export function Pages({ start, next, found, shown }: { start: number; next: number | null; found: number; shown: number }) {
  const { path, query } = useLocation();
  if (start === 0 && next === null) return null;
  return (
    <nav aria-label="Pages" class="tabs">
      {start > 0 && <a href={address(path, { ...query, start: null })}>To the first</a>}
      <span>
        {start + 1} to {start + shown} of {found}
      </span>
      {next !== null && <a href={address(path, { ...query, start: next })}>Further</a>}
    </nav>
  );
}

/** A choice that stands in the address, with how many there are of each. */
export function Tabs({ name, label, some }: { name: string; label: string; some: readonly (readonly [string, string])[] }) {
  const { path, query } = useLocation();
  return (
    <nav aria-label={label}>
      <ul class="tabs">
        {some.map(([value, words]) => (
          <li key={value}>
            <a href={address(path, { ...query, [name]: value, start: null })} aria-current={(query[name] ?? "") === value ? "true" : undefined}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Documents left out of a book as of a day. */
export function Unsure({ documents }: { documents: readonly Shapes["Article"][] }) {
  if (documents.length === 0) return null;
  return (
    <Warn>
      Left out, as it is not known whether they had appeared by then: {documents.map((each) => each.title ?? each.id).join("; ")}.
    </Warn>
  );
}
