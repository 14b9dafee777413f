// One thing after another: from the queue, or all of one document.
import { useLocation } from "preact-iso";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Refused, type Shapes, address, ask, useAnswer } from "../../api/client";
import { Await, documentAt } from "../../parts/parts";
import { Dated } from "../../parts/notes";
import { action, counted } from "../../parts/words";
import { type Draft, Grid, type Said, standingIn } from "./grid";
import { History } from "./history";
import { type Item, cuts, nextOpen, own } from "./marks";
import { type Span, parsed, selected, spelled, trimmed, wordsOf } from "./span";

const NAMES = new Set(["event.actors", "event.recipients", "event.place", "claim.speaker"]);

type Sheet = Shapes["Sheet"];
type Way = { next: () => void; back: () => void; done: () => void };

export function QueueCoding({ person }: { person: string }) {
  const [turn, again] = useState(0);
  const [place, go] = useState(0);
  const { query } = useLocation();
  const whole = query["whole"];
  const asked = useAnswer<Shapes["Queue"]>(address("/api/review/queue", { person, whole, limit: 50 }), turn);
  useEffect(() => go(0), [whole]);
  return (
    <Await asked={asked}>
      {({ waiting, left }) => {
        const one = waiting[Math.min(place, waiting.length - 1)];
        if (!one)
          return (
            <>
              <Kinds whole={whole} />
              <p>Nothing waits for you: you have judged all that there is.</p>
            </>
          );
        const next = () => {
          if (place + 1 < waiting.length) go(place + 1);
          else {
            go(0);
            again(turn + 1);
          }
        };
        return (
          <>
            <Kinds whole={whole} />
            <p class="quiet" role="status">
              {Math.min(place, waiting.length - 1) + 1} of the first {waiting.length}, {counted(left, whole === "event" || whole === "claim" ? whole : "finding")} in all waited when this list was made. What the machine doubts and much hangs on comes first.
            </p>
            <Coding person={person} document={one.document} span={one.span} whole={one.whole} way={{ next, done: next, back: () => go(Math.max(0, place - 1)) }} />
          </>
        );
      }}
    </Await>
  );
}

const KINDS = [
  [undefined, "Events and claims"],
  ["event", "Events"],
  ["claim", "Claims"],
] as const;

/** What the queue is of. */
function Kinds({ whole }: { whole: string | undefined }) {
  return (
    <nav aria-label="What waits">
      <ul class="tabs">
        {KINDS.map(([kind, words]) => (
          <li key={words}>
            <a href={address("/review", { whole: kind })} aria-current={whole === kind ? "true" : undefined}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function DocumentCoding({ person, document, at }: { person: string; document: string; at: string | undefined }) {
  const found = /^(\d{1,9})-(\d{1,9})$/.exec(at ?? "");
  return <Coding person={person} document={document} span={found ? [Number(found[1]), Number(found[2])] : null} whole={null} way={null} />;
}

/** One document with the thing in question beside it. `way`: where to go after a verdict; null for the next in the document. */
function Coding({ person, document: key, span, whole, way }: { person: string; document: string; span: readonly number[] | null; whole: string | null; way: Way | null }) {
  const [turn, again] = useState(0);
  const asked = useAnswer<Sheet>(address(`/api/review/sheets/${encodeURIComponent(key)}`, { person }), turn);
  const fields = useAnswer<Shapes["Fields"]>("/api/review/fields");
  return (
    <Await asked={asked}>
      {(sheet) =>
        sheet.article.key === key && fields.value !== null ? (
          <Told sheet={sheet} fields={fields.value.fields} person={person} span={span} whole={whole} way={way} changed={() => again((before) => before + 1)} />
        ) : (
          <p class="waiting">Looking …</p>
        )
      }
    </Await>
  );
}

type ToldProps = { sheet: Sheet; fields: Shapes["Field"][]; person: string; span: readonly number[] | null; whole: string | null; way: Way | null; changed: () => void };

function Told({ sheet, fields, person, span, whole, way, changed }: ToldProps) {
  const { items, history, article } = sheet;
  const { route } = useLocation();
  const [chosen, choose] = useState<number | null>(null);
  const [problem, tell] = useState<string | null>(null);
  const [busy, work] = useState(false);
  // Another thing to look at was asked for: what was chosen by hand before no longer counts.
  const asked = `${article.key}:${span?.join("-") ?? ""}`;
  useEffect(() => choose(null), [asked]);
  const given = items.findIndex((one) => span !== null && one.span[0] === span[0] && one.span[1] === span[1] && (whole === null || one.whole === whole));
  const first = given >= 0 ? given : (nextOpen(items, history, person, -1) ?? 0);
  const place = chosen !== null && chosen < items.length ? chosen : first;
  const item = items[place] ?? null;
  const id = item && `${article.key}:${item.whole}:${item.span.join("-")}`;
  // What the coder has written for this thing and not kept yet, and which of its spans is being moved.
  const [kept, keep] = useState<{ of: string | null; draft: Draft; aim: string | null }>({ of: null, draft: {}, aim: null });
  const { draft, aim } = kept.of === id ? kept : { draft: {} as Draft, aim: null };
  const signs = useMemo(() => Array.from(sheet.text), [sheet.text]);
  const words = useMemo(() => wordsOf(sheet.text), [sheet.text]);
  const aimed = aim ?? `${item?.whole ?? "event"}.span`;
  const standing = item === null ? "" : (draft[aimed] ?? standingIn(item, history, aimed, person));
  const spans = useMemo(() => parsed(standing), [standing]);
  const write = (change: (before: Draft) => Draft) => keep((before) => ({ of: id, aim, draft: change(before.of === id ? before.draft : {}) }));
  const put = (some: readonly Span[]) => {
    const name = aimed.slice(0, -".span".length);
    const said = some.map(([start, end]) => signs.slice(start, end).join("")).join("; ");
    // Names are what the words say; a time or the whole has no value of that kind.
    write((before) => ({ ...before, [aimed]: spelled(some), ...(NAMES.has(name) && { [name]: said }) }));
  };
  const parts = useMemo(() => cuts(sheet.text, items, item, spans), [sheet.text, items, item, spans]);
  const sentence = useMemo(() => parts.filter((part) => part.sentence), [parts]);
  const here = useRef<HTMLSpanElement>(null);
  // A drag ends with a click, which must not choose another thing.
  const dragged = useRef(false);
  useLayoutEffect(() => {
    const box = here.current?.closest<HTMLElement>(".review-text");
    // Only the text moves, not the page under the coder's hands.
    if (box && here.current) box.scrollTop += here.current.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }, [asked, place]);

  const at = (to: number) => {
    choose(to);
    if (way === null) {
      const one = items[to] as Item;
      route(`/review?document=${article.key}&at=${one.span[0]}-${one.span[1]}`, true);
    }
  };
  const step = (by: number) => at((place + by + items.length) % items.length);
  const say = async (said: Said[], then: "stay" | "go on"): Promise<void> => {
    if (item === null || busy) return;
    work(true);
    tell(null);
    try {
      for (const one of said) {
        const body = JSON.stringify({ document: article.key, span: item.span, person, ...one });
        await ask<Shapes["Judged"]>("/api/judgements", { method: "POST", headers: { "content-type": "application/json" }, body });
      }
      keep({ of: null, draft: {}, aim: null });
      changed();
      if (then === "go on") {
        if (way !== null && chosen === null) way.done();
        else {
          const next = nextOpen(items, history, person, place);
          if (next !== null && next !== place) at(next);
        }
      }
    } catch (error) {
      tell((error as Refused).message);
      changed();
    } finally {
      work(false);
    }
  };
  return (
    <div class="review-columns">
      <section aria-label="Text">
        <h2 dir="auto">{article.title ?? article.id}</h2>
        <p class="quiet">
          {article.publisher ?? "unknown publisher"} · <Dated article={article} /> · <a href={documentAt(article.key, item?.span as number[] | undefined)}>in its document</a>
          {way !== null && (
            <>
              {" · "}
              <a href={`/review?document=${article.key}`}>code all of it</a>
            </>
          )}
        </p>
        <div
          class="review-text"
          tabIndex={0}
          role="region"
          aria-label="The document's text: drag over words to move the span"
          onMouseUp={(event) => {
            const found = selected(event.currentTarget);
            const span = found && trimmed(signs, found);
            if (span && item !== null) {
              put([span]);
              window.getSelection()?.removeAllRanges();
              dragged.current = true;
            }
          }}
          onMouseDown={() => {
            dragged.current = false;
          }}
        >
          {parts.map((part) => {
            const classes = [part.sentence ? "in-sentence" : "", part.item !== null ? `to-judge to-judge-${(items[part.item] as Item).whole}` : "", part.here ? "here" : "", part.aimed ? "aimed" : ""].filter(Boolean).join(" ");
            return (
              <span
                key={part.start}
                ref={part.here && part.start === item?.span[0] ? here : null}
                class={classes || undefined}
                onClick={part.item !== null ? () => !dragged.current && at(part.item as number) : undefined}
              >
                {part.text}
              </span>
            );
          })}
        </div>
      </section>
      <section class="review-side" aria-label="Judgement">
        {problem !== null && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        {item === null ? (
          <p>Nothing was found in this document that could be judged.</p>
        ) : (
          <Grid
            key={id}
            item={item}
            sentence={sentence}
            fields={fields}
            history={history}
            person={person}
            busy={busy}
            draft={draft}
            write={write}
            aim={aimed}
            choose={(field) => keep({ of: id, draft, aim: field })}
            spans={spans}
            signs={signs}
            words={words}
            place={put}
            say={say}
            next={way !== null && chosen === null ? way.next : () => step(1)}
            back={way !== null && chosen === null ? way.back : () => step(-1)}
          />
        )}
        {items.length > 0 && (
          <details open={way === null}>
            <summary>All in this document ({items.length})</summary>
            <ol class="review-items">
              {items.map((one, number) => {
                const mine = own(history, one, one.whole, person);
                return (
                  <li key={number}>
                    <button type="button" class="plain" aria-current={number === place ? "true" : undefined} onClick={() => at(number)}>
                      {label(one)}
                    </button>
                    {mine && <span class="tag">{mine.verdict}</span>}
                  </li>
                );
              })}
            </ol>
          </details>
        )}
        <History sheet={sheet} go={at} />
      </section>
    </div>
  );
}

export function label(item: Item): string {
  const value = (field: string) => item.values.find((one) => one.field === field)?.value ?? "";
  return item.whole === "event" ? `${action(value("event.action"))}: “${item.words}”` : `${value("claim.speaker") || "somebody"} ${value("claim.stance").replaceAll("-", " ")}`;
}
