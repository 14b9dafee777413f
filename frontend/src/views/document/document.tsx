// The text as it is: page furniture dimmed, captions set apart, passages tinted by who speaks, events and times underlined.
import { useLocation, useRoute } from "preact-iso";
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Shapes, useAnswer } from "../../api/client";
import { Await, Chain, Warn, useTitle } from "../../parts/parts";
import { action, counted, interval } from "../../parts/words";
import { type Layer, pieces } from "./pieces";
import "./document.css";

type Page = Shapes["DocumentPage"];

export function Document() {
  const { params } = useRoute();
  const { query } = useLocation();
  const asked = useAnswer<Page>(`/api/documents/${encodeURIComponent(params["key"] ?? "")}`);
  useTitle(asked.value?.article.title ?? "Document");
  return <Await asked={asked} whole>{(page) => <Told page={page} at={span(query["at"])} />}</Await>;
}

function span(text: string | undefined): [number, number] | null {
  const found = /^(\d{1,9})-(\d{1,9})$/.exec(text ?? "");
  return found ? [Number(found[1]), Number(found[2])] : null;
}

function Told({ page, at }: { page: Page; at: [number, number] | null }) {
  const [chosen, choose] = useState<Layer | null>(null);
  const parts = useMemo(() => pieces(page, at), [page, at?.[0], at?.[1]]);
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
            {page.judgements.length > 0 && <span class="tag judged">{counted(page.judgements.length, "judgement")} by people</span>}
          </p>
        )}
        {page.reason && <Warn>Not read: {page.reason}</Warn>}
        {(article.genre === "opinion" || article.genre === "editorial") && <Warn>Opinion: its author argues. What it reports goes by its own voice unless it quotes.</Warn>}
        {article.basis === "inferred" && (
          <details>
            <summary>How its day is known</summary>
            <ul>
              {page.evidence.map((one, number) => (
                <li key={number}>{one.why}</li>
              ))}
            </ul>
          </details>
        )}
      </header>
      <div class="document-columns">
        <div class="text" lang={page.language}>
          {parts.map((part) =>
            part.layers.length === 0 ? (
              <span key={part.start} id={part.at ? "at" : undefined} class={part.at ? "here" : undefined}>
                {part.text}
              </span>
            ) : (
              <span key={part.start} id={part.at ? "at" : undefined} class={[...part.layers.map((layer) => layer.class), part.at ? "here" : ""].join(" ")} onClick={() => choose(part.layers.at(-1) ?? null)}>
                {part.text}
              </span>
            ),
          )}
        </div>
        <aside class="beside" aria-live="polite">
          {chosen ? <Chosen layer={chosen} page={page} /> : <Claims page={page} choose={choose} />}
          {chosen && (
            <button type="button" onClick={() => choose(null)}>
              All voices
            </button>
          )}
        </aside>
      </div>
    </div>
  );
}

function Chosen({ layer, page }: { layer: Layer; page: Page }) {
  if (layer.event) {
    const { event, incident } = layer.event;
    const by = (field: string) => <Judged page={page} span={event.trigger} field={field} />;
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
    const { claim } = layer.claim;
    const anchor = claim.content[0] ?? claim.source;
    const by = (field: string) => anchor && <Judged page={page} span={anchor} field={field} />;
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
      </>
    );
  }
  return <h2>{layer.words}</h2>;
}

/** Marks a value that a person has judged; the last word of all who judged it. */
function Judged({ page, span, field }: { page: Page; span: readonly number[]; field: string }) {
  const last = page.judgements.findLast((one) => one.field === field && one.span !== null && one.span[0] === span[0] && one.span[1] === span[1]);
  if (!last) return null;
  const words = { accept: "accepted", reject: "rejected", correct: "corrected", unsure: "held unsure" }[last.verdict];
  return (
    <span class="tag judged" title={last.note ?? undefined}>
      {field.split(".")[1] ?? field} {words} by {last.person}
    </span>
  );
}

function Claims({ page, choose }: { page: Page; choose: (layer: Layer) => void }) {
  const voices = page.claims.filter((one) => one.claim.content.length > 0);
  return (
    <>
      <h2>Who speaks</h2>
      <ol class="voices">
        {voices.map((one) => (
          <li key={one.key}>
            <button type="button" class="plain" onClick={() => choose({ class: "claim", words: one.claim.speaker ?? "", claim: one })}>
              <Chain names={one.claim.chain} linked={false} />
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
