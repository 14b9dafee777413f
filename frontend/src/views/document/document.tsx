// The text as it is: page furniture dimmed, captions set apart, passages tinted by who speaks, events and times underlined.
import { useLocation, useRoute } from "preact-iso";
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Shapes, useAnswer } from "../../api/client";
import { Keep } from "../../parts/keep";
import { LATER, LaterMark, type LaterRow } from "../../parts/later";
import { Notes } from "../../parts/notes";
import { Await, Chain, Quotation, Warn, documentAt, useTitle } from "../../parts/parts";
import { action, counted, interval } from "../../parts/words";
import { type Layer, pieces, tinted, voiceOf } from "./pieces";
import "./document.css";

type Page = Shapes["DocumentPage"];

const NONE: readonly LaterRow[] = [];

export function Document() {
  const { params } = useRoute();
  const { query } = useLocation();
  const asked = useAnswer<Page>(`/api/documents/${encodeURIComponent(params["key"] ?? "")}`);
  useTitle(asked.value?.article.title ?? "Document");
  // It takes longer than the rest, which need not wait for it.
  const later = useAnswer<Shapes["LaterList"]>(asked.value?.article.state === "read" ? `/api/later?document=${asked.value.article.key}` : null);
  const mine = later.value?.revisions.filter((row) => row.a.document === asked.value?.article.key);
  return <Await asked={asked} whole>{(page) => <Told page={page} later={mine ?? NONE} at={span(query["at"])} />}</Await>;
}

function span(text: string | undefined): [number, number] | null {
  const found = /^(\d{1,9})-(\d{1,9})$/.exec(text ?? "");
  return found ? [Number(found[1]), Number(found[2])] : null;
}

function Told({ page, later, at }: { page: Page; later: readonly LaterRow[]; at: [number, number] | null }) {
  const [chosen, choose] = useState<Layer | null>(null);
  const parts = useMemo(() => pieces(page, at, later), [page, later, at?.[0], at?.[1]]);
  useEffect(() => {
    if (at !== null) document.getElementById("at")?.scrollIntoView({ block: "center" });
  }, [at?.[0], page.article.key]);
  const { article } = page;
  return (
    <div class="document">
      <header>
        <h1 dir="auto">{article.title ?? article.id}</h1>
        <p>
          {article.publisher ?? "unknown publisher"}
          {page.author && ` · ${page.author}`} · {interval(article.published[0], article.published[1])}
          {article.basis !== "stated" && <span class="tag">day {article.basis}</span>}
          {article.genre && <span class="tag">{article.genre}</span>}
        </p>
        {page.reason === null && (
          <p>
            <a href={`/review?document=${article.key}`}>Review what was read in it</a>
            {later.length > 0 && (
              <span class="later">
                {" "}
                <span aria-hidden="true">⚑ </span>
                {counted(later.length, "passage")} changed later, marked in the text
              </span>
            )}
            {page.judgements.length > 0 && <span class="tag judged">{counted(page.judgements.length, "judgement")} by people</span>}
          </p>
        )}
        <Keep kind="document" name={article.key} />
        {page.reason && <Warn>Not read: {page.reason}</Warn>}
        {(article.genre === "opinion" || article.genre === "editorial") && <Warn>Opinion: its author argues. What it reports goes by its own voice unless it quotes.</Warn>}
        {page.evidence.length > 0 && (
          <details>
            <summary>How its day is known</summary>
            <ul>
              {page.evidence.map((one, number) => (
                <li key={number}>
                  {one.why} {one.span && <a href={documentAt(article.key, one.span as number[])}>in the text</a>}
                </li>
              ))}
            </ul>
          </details>
        )}
        {page.reason === null && <Notes of={["machine", "inferred", "opinion"]} />}
      </header>
      <div class="document-columns">
        <div class="text" lang={page.language}>
          {parts.map((part) =>
            part.layers.length === 0 ? (
              <span key={part.start} id={part.at ? "at" : undefined} class={part.at ? "here" : undefined}>
                {part.text}
              </span>
            ) : (
              <span key={part.start} data-at={part.start} id={part.at ? "at" : undefined} class={[...part.layers.map((layer) => layer.class), part.at ? "here" : ""].join(" ")} title={part.layers.map((layer) => layer.code).join(" · ")} onClick={() => choose(part.layers.at(-1) ?? null)}>
                {part.text}
              </span>
            ),
          )}
        </div>
        <aside class="beside" aria-live="polite">
          {chosen ? <Chosen layer={chosen} page={page} /> : <Found page={page} later={later} choose={choose} />}
          {chosen && (
            <button type="button" onClick={() => choose(null)}>
              All that was found
            </button>
          )}
        </aside>
      </div>
    </div>
  );
}

function Chosen({ layer, page }: { layer: Layer; page: Page }) {
  if (layer.event) {
    const { event, incident, anchor } = layer.event;
    const by = (field: string) => (
      <>
        <Judged page={page} span={anchor} field={field} /> <Judged page={page} span={anchor} field={`${field}.span`} />
      </>
    );
    return (
      <>
        <h2>
          {action(event.action)} {by("event")}
        </h2>
        <dl>
          <dt>code</dt>
          <dd>
            {event.type} / {action(event.action)} {by("event.type")} {by("event.action")}
          </dd>
          <dt>actors</dt>
          <dd>
            {event.actors.map((party) => party.name ?? "somebody").join(", ") || "not stated"} {by("event.actors")}
          </dd>
          <dt>recipients</dt>
          <dd>
            {event.recipients.map((party) => party.name ?? "somebody").join(", ") || "not stated"} {by("event.recipients")}
          </dd>
          <dt>where</dt>
          <dd>
            {event.place?.name ?? "not stated"} {by("event.place")}
          </dd>
          <dt>when</dt>
          <dd>
            {interval(event.time?.start, event.time?.end, "not stated")} {event.time && `(${event.time.basis})`} {by("event.time")}
          </dd>
          <dt>standing</dt>
          <dd>
            {event.modality}, {event.polarity}, outcome {event.outcome} {by("event.modality")} {by("event.polarity")} {by("event.outcome")}
          </dd>
        </dl>
        {incident && <a href={`/incident/${incident}`}>Its incident, with other accounts</a>}
      </>
    );
  }
  if (layer.claim) {
    const { claim, anchor } = layer.claim;
    const by = (field: string) =>
      anchor && (
        <>
          <Judged page={page} span={anchor} field={field} /> <Judged page={page} span={anchor} field={`${field}.span`} />
        </>
      );
    return (
      <>
        <h2>
          <Chain names={claim.chain} /> {by("claim")} {by("claim.speaker")}
        </h2>
        <dl>
          <dt>said</dt>
          <dd>
            {claim.kind}, {claim.stance.replaceAll("-", " ")}
            {claim.hedge !== "none" && `, ${claim.hedge} hedge`}
            {claim.anonymous && ", unnamed source"} {by("claim.stance")} {by("claim.hedge")}
          </dd>
        </dl>
        <Keep key={layer.claim.key} kind="claim" name={layer.claim.key} words="Put this claim into a folder" />
      </>
    );
  }
  if (layer.later) {
    return (
      <>
        <h2>{layer.words}</h2>
        <p>
          <LaterMark row={layer.later} />
        </p>
        <p class="quiet">{layer.later.why}</p>
        <Quotation quote={layer.later.b} article={layer.later.after} />
      </>
    );
  }
  return <h2>{layer.code}</h2>;
}

/** Marks a value that a person has judged; the last word of all who judged it. */
function Judged({ page, span, field }: { page: Page; span: readonly number[]; field: string }) {
  const last = page.judgements.findLast((one) => one.field === field && one.span !== null && one.span[0] === span[0] && one.span[1] === span[1]);
  if (!last) return null;
  const words = { accept: "accepted", reject: "rejected", correct: "corrected", unsure: "held unsure" }[last.verdict];
  return (
    <span class="tag judged" title={last.note ?? undefined}>
      <span aria-hidden="true">✎ </span>
      {field.split(".").slice(1).join(" ") || field} {words} by {last.person}
    </span>
  );
}

/** All that was found, as lists: what the pointer finds in the text, the keyboard finds here. */
function Found({ page, later, choose }: { page: Page; later: readonly LaterRow[]; choose: (layer: Layer) => void }) {
  const tints = tinted(page);
  const voices = new Map<string, Page["claims"]>();
  for (const one of page.claims) {
    if (one.claim.content.length > 0) voices.set(one.claim.chain.join("\n"), [...(voices.get(one.claim.chain.join("\n")) ?? []), one]);
  }
  const signs = useMemo(() => Array.from(page.text), [page]);
  const words = (span: readonly number[]) => signs.slice(span[0], span[1]).join("");
  const show = (span: readonly number[] | undefined, layer: Layer) => {
    choose(layer);
    if (span) document.querySelector(`[data-at="${span[0]}"]`)?.scrollIntoView({ block: "center" });
  };
  return (
    <>
      <h2>Who speaks</h2>
      <ul class="voices">
        {[...voices].map(([chain, some]) => (
          <li key={chain}>
            <span class={`swatch tint-${tints.get(voiceOf(some[0] as Page["claims"][number])) ?? "none"}`} aria-hidden="true" />
            <div>
              <Chain names={(some[0] as Page["claims"][number]).claim.chain} linked={false} />
              <div class="passages">
                {some.map((one, number) => (
                  <button
                    key={one.key}
                    type="button"
                    class="plain"
                    aria-label={`Passage ${number + 1} of ${voiceOf(one)}`}
                    title={words(one.claim.content[0] ?? [0, 0]).slice(0, 200)}
                    onClick={() => show(one.claim.content[0], { class: "claim", words: voiceOf(one), code: chain, claim: one })}
                  >
                    {number + 1}
                  </button>
                ))}
              </div>
            </div>
          </li>
        ))}
      </ul>
      {later.length > 0 && (
        <>
          <h2>Changed later</h2>
          <ul class="found">
            {later.map((row) => (
              <li key={row.id}>
                <button type="button" class="plain" onClick={() => show(row.a.span, { class: "changed", words: LATER[row.kind] ?? "changed later", code: row.why, later: row })}>
                  {row.a.words}
                </button>{" "}
                <LaterMark row={row} />
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{counted(page.events.length, "event")} with codes</summary>
        <ul class="found">
          {page.events.map((one) => (
            <li key={one.key}>
              <button type="button" class="plain" onClick={() => show(one.event.trigger, { class: "event", words: one.event.action, code: one.event.type, event: one })}>
                {words(one.event.trigger)}
              </button>{" "}
              <span class="quiet">
                {one.event.type} {action(one.event.action)}, {one.event.modality}
              </span>
            </li>
          ))}
        </ul>
      </details>
      <details>
        <summary>{counted(page.times.length, "time")} with values</summary>
        <ul class="found">
          {page.times.map((one) => (
            <li key={one.span.join()}>
              <a href={documentAt(page.article.key, one.span as number[])}>{words(one.span)}</a>{" "}
              <span class="quiet">
                {one.type} {one.value}
                {one.start && one.start !== one.value && `, ${interval(one.start, one.end)}`}
              </span>
            </li>
          ))}
        </ul>
      </details>
      <ul class="legend" aria-label="How the text is marked">
        <li>
          <span class="event event-asserted">event</span>, <span class="event">not asserted</span>
        </li>
        <li>
          <span class="time">time</span>
        </li>
        <li>
          <span class="furniture furniture-caption">caption</span>
        </li>
        <li>
          <span class="furniture">page furniture</span>
        </li>
        <li>
          <span class="changed">changed later</span>
        </li>
      </ul>
    </>
  );
}
