import { useLocation, useRoute } from "preact-iso";
import { type Shapes, address, useAnswer } from "../../api/client";
import { Filters } from "../../parts/filters";
import { Keep } from "../../parts/keep";
import { Flagged } from "../../parts/later";
import { Await, Chain, Quotation, Warn, useTitle } from "../../parts/parts";
import { Notes } from "../../parts/notes";
import { counted, day, interval } from "../../parts/words";
import "../books/books.css";
import { Older, Unsure } from "../books/pieces";
import "./control.css";
import { Axis, Contested, KINDS, Lane, Patterns, Sign, Statement, useWidth } from "./lanes";
import { type Days, scale } from "./scale";

const FILTERS = [
  { name: "party", label: "Party" },
  { name: "since", label: "Since", kind: "date" },
  { name: "until", label: "Until", kind: "date" },
  { name: "as_of", label: "As told by (day)", kind: "date" },
] as const;

/** The places that statements of control speak of. */
export function Control() {
  const { query } = useLocation();
  const { place, near, party, since, until, as_of } = query;
  const asked = useAnswer<Shapes["ControlPlaces"]>(address("/api/control", { place, near, party, since, until, as_of }));
  useTitle("Control");
  return (
    <section class="book">
      <h1>Control of places</h1>
      <p class="quiet">Who is said to take, hold, lose or want which place. Each source stands for itself: nothing is voted away, and no map of fronts is drawn from it.</p>
      <Notes of={["machine", "copies", "inferred", "area"]} />
      <Filters fields={[{ name: "place", label: "Place" }, ...FILTERS]} />
      <Await asked={asked}>
        {({ places, unsure, held_back, delay_days, older }) => (
          <>
            <HeldBack count={held_back} days={delay_days} />
            <p role="status">{places.length === 0 ? "No statement meets this." : counted(places.length, "place")}</p>
            <Older when={older} />
            <Unsure documents={unsure} />
            <ul class="places">
              {places.map((each) => (
                <li key={each.id} class={`depth-${Math.min(each.depth, 4)}`}>
                  <a href={address(`/control/${each.id}`, { party, since, until, as_of })}>{each.name}</a>
                  {each.area && <span class="quiet"> (an area in words)</span>}
                  <span class="quiet">
                    {" · "}
                    {counted(each.statements, "statement")} by {counted(each.sources, "source")}
                    {" · "}
                    {interval(each.first, each.last)}
                  </span>
                  {each.contested > 0 && <span class="contested-note"> ▲ {counted(each.contested, "contested stretch", "contested stretches")}</span>}
                  {each.holders.length > 0 && <div class="quiet holders">named: {each.holders.join(", ")}</div>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Await>
    </section>
  );
}

/** No live map of a front: what recent reports say of positions is told late. */
function HeldBack({ count, days }: { count: number; days: number }) {
  if (days === 0) return <Warn>Positions of recent reports are shown at once: the delay is turned off.</Warn>;
  return (
    <p class="quiet">
      No live front line: what reports of the last {days} days say of positions is not shown
      {count > 0 ? ` (${counted(count, "statement")} of the ledger held back)` : " (none is held back now)"}. <code>rashomon serve --delay-days 0</code> shows it.
    </p>
  );
}

/** One place over time, with its parts. */
export function ControlOfPlace() {
  const { query, path, route } = useLocation();
  const id = useRoute().params["id"] ?? "";
  const { party, since, until, as_of, on } = query;
  const asked = useAnswer<Shapes["ControlPage"]>(address(`/api/control/${encodeURIComponent(id)}`, { party, since, until, as_of, on }));
  const choose = (key: string | null) => route(address(path, { ...query, at: key }), true);
  useTitle(asked.value ? `Control of ${asked.value.place.name}` : "Control");
  return (
    <section class="book">
      <p>
        <a href="/control">All places</a>
        {asked.value?.larger.map((each) => (
          <span key={each.id}>
            {" · part of "}
            <a href={`/control/${each.id}`}>{each.name}</a>
          </span>
        ))}
      </p>
      <h1 dir="auto">{asked.value ? `Control of ${asked.value.place.name}` : "Control"}</h1>
      <Notes of={["machine", "copies", "inferred", "area"]} />
      <Filters fields={[...FILTERS, { name: "on", label: "What they say for (day)", kind: "date" }]} />
      <Await asked={asked}>
        {(page) => (
          <Flagged articles={page.articles}>
            <Keep kind="place" name={page.place.name} />
            <HeldBack count={page.held_back} days={page.delay_days} />
            <Place page={page} open={query["at"] ?? null} choose={choose} on={on ?? null} />
          </Flagged>
        )}
      </Await>
    </section>
  );
}

type PlaceProps = { page: Shapes["ControlPage"]; open: string | null; choose: (key: string | null) => void; on: string | null };

function Place({ page, open, choose, on }: PlaceProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const articles = new Map(page.articles.map((each) => [each.key, each]));
  const letters = page.holders.map((each) => each.letter);
  const lanes = page.panels.flatMap((panel) => panel.lanes);
  const days = lanes.flatMap((lane) => [
    ...lane.bars.map((bar) => [bar.start, bar.end] as Days),
    ...lane.statements.flatMap((said) => (said.drawn === null ? [] : [said.drawn as Days])),
  ]);
  const along = scale(days, Math.max(width, 1));
  const kinds = Object.keys(KINDS).filter((kind) => lanes.some((lane) => lane.statements.some((said) => said.shape === kind)));
  const contests = page.panels.flatMap((panel) => panel.contests.map((contest) => ({ contest, panel })));
  return (
    <>
      <Older when={page.older} />
      <Unsure documents={page.unsure} />
      {lanes.length === 0 && <p role="status">No statement is left: widen the days or the party.</p>}
      {on && (
        <section aria-labelledby="on-day">
          <h2 id="on-day">What each source's latest statement says for {day(on)}</h2>
          {page.on.length === 0 && <p class="quiet">Nobody says anything for this day.</p>}
          <ul class="plain-list">
            {page.on.map((row, place) => (
              <li key={place}>
                <p>
                  <Chain names={row.chain} fallback={articles.get(row.quote.document)?.publisher ?? null} />: {row.place}{" "}
                  {row.negative ? "not held by" : "held by"} <strong>{row.holder}</strong>, {row.ground}, {interval(row.start, row.end)}
                </p>
                <Quotation quote={row.quote} article={articles.get(row.quote.document)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {lanes.length > 0 && (
        <section aria-labelledby="lanes">
          <h2 id="lanes">Source by source</h2>
          <Patterns letters={letters} />
          <ul class="legend" aria-label="Holders and signs">
            {page.holders.map((holder, place) => (
              <li key={holder.letter}>
                <svg width="28" height="20" aria-hidden="true">
                  <rect class="bar" x="1" y="1" width="26" height="18" fill={`url(#holder-${place})`} />
                  <text class="bar-letter" x="14" y="14.5">
                    {holder.letter}
                  </text>
                </svg>{" "}
                <span>
                  <b class="unseen">{holder.letter}: </b>
                  {holder.names.join(" = ")}
                </span>
              </li>
            ))}
            {kinds.map((kind) => (
              <li key={kind}>
                <svg width="24" height="24" aria-hidden="true">
                  <Sign shape={kind} />
                </svg>{" "}
                {KINDS[kind]}
              </li>
            ))}
          </ul>
          <p class="quiet">
            Full bar: has it from the change to the report (at most {page.after_days} days are drawn), or as of the report. Half bar, small letter:
            had it before a change.{along.cuts.length > 0 && " // marks a longer time of which no statement speaks."}
          </p>
          <div ref={ref} class="lanes">
            {width > 0 &&
              page.panels.map((panel) => (
                <section key={panel.place.id} class="panel" aria-label={panel.place.name}>
                  <h3>{panel.place.id === page.place.id ? panel.place.name : <a href={`/control/${panel.place.id}`}>{panel.place.name}</a>}</h3>
                  <ul class="plain-list">
                    {panel.lanes.map((lane, place) => (
                      <Lane key={place} lane={lane} scale={along} width={width} letters={letters} articles={articles} open={open} choose={choose} />
                    ))}
                  </ul>
                  {panel.contests.length > 0 && <Contested some={panel.contests} scale={along} width={width} />}
                  <Axis scale={along} width={width} />
                </section>
              ))}
          </div>
        </section>
      )}
      {contests.length > 0 && (
        <section aria-labelledby="contests">
          <h2 id="contests">Where sources part</h2>
          {contests.map(({ contest, panel }, place) => (
            <article key={place} class="contest">
              <h3>
                {panel.place.name}, {interval(contest.start, contest.end)}
              </h3>
              <p class="quiet">
                {[
                  contest.carried && "The later one is a few days later, and nobody tells of a change between.",
                  !contest.carried && !contest.sure && "The days are those between which a report appeared.",
                  contest.attempt && "One tells only of an attempt.",
                ]
                  .filter(Boolean)
                  .join(" ")}
              </p>
              <div class="sides">
                {[contest.a, contest.b].map((side, which) => (
                  <div key={which}>
                    <h4>{side.negative ? `not ${side.holder}` : side.holder}</h4>
                    {side.quotes.map((quote) => (
                      <Quotation key={quote.span.join()} quote={quote} article={articles.get(quote.document)} />
                    ))}
                  </div>
                ))}
              </div>
            </article>
          ))}
        </section>
      )}
      {lanes.length > 0 && (
        <details class="all-statements">
          <summary>All statements as a list</summary>
          {page.panels.map((panel) => (
            <section key={panel.place.id}>
              <h3>{panel.place.name}</h3>
              {panel.lanes.flatMap((lane) => lane.statements.map((said) => <Statement key={said.key} said={said} articles={articles} />))}
            </section>
          ))}
        </details>
      )}
    </>
  );
}
