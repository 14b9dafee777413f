import { useLocation } from "preact-iso";
import { type Shapes, address, useAnswer } from "../../api/client";
import { Filters } from "../../parts/filters";
import { Await, Chain, Quotation, useTitle } from "../../parts/parts";
import { Flagged } from "../../parts/later";
import { Notes } from "../../parts/notes";
import { action, counted, interval } from "../../parts/words";
import "./books.css";
import { type Articles, Older, Pages, Reasons, Tabs, Unsure, Voices, Worded, byKey } from "./pieces";

const KINDS = ["ceasefire", "agreement", "commitment", "demand", "offer", "proposal", "request", "threat"].map((kind) => [kind, kind] as const);
const GROUPS = [
  ["contested", "Voices differ on what became of it"],
  ["said", "Somebody says what became of it"],
  ["unresolved", "Unresolved: nobody says what became of it"],
] as const;

export function Pledges() {
  const { query } = useLocation();
  const { id, kind, party, place, status, since, until, as_of, start } = query;
  const asked = useAnswer<Shapes["PledgePage"]>(address("/api/pledges", { id, kind, party, place, status, since, until, as_of, start, limit: 100 }));
  useTitle("Pledges");
  return (
    <section class="book">
      <h1>Pledges</h1>
      <p class="quiet">Ceasefires, agreements, demands, offers, threats. What became of one is always the word of the voice that is named with it.</p>
      <Notes of={["machine", "forecast", "copies", "inferred", "opinion"]} />
      <Filters
        fields={[
          { name: "kind", label: "Kind", options: KINDS },
          { name: "party", label: "Party" },
          { name: "place", label: "Place" },
          { name: "since", label: "Since", kind: "date" },
          { name: "until", label: "Until", kind: "date" },
          { name: "as_of", label: "As told by (day)", kind: "date" },
        ]}
      />
      <Await asked={asked}>
        {(page) => {
          const articles = byKey(page.articles);
          return (
            <Flagged articles={page.articles}>
              <p role="status">
                {counted(page.found, "pledge")}: {page.standings.contested} on which voices differ, {page.standings.said} of which somebody says what
                became, {page.standings.unresolved} unresolved
              </p>
              <Tabs
                name="status"
                label="What became of them"
                some={[
                  ["", "All"],
                  ["contested", "Voices differ"],
                  ["said", "Somebody says"],
                  ["kept", "Said to be kept"],
                  ["broken", "Said to be broken"],
                  ["unresolved", "Unresolved"],
                ]}
              />
              <Older when={page.older} />
              <Unsure documents={page.unsure} />
              {GROUPS.map(([standing, title]) => {
                const some = page.pledges.filter((each) => each.standing === standing);
                return (
                  some.length > 0 && (
                    <section key={standing}>
                      <h2>{title}</h2>
                      {some.map((each) => (
                        <Pledge key={each.id} pledge={each} articles={articles} />
                      ))}
                    </section>
                  )
                );
              })}
              <Pages start={Number(start ?? 0)} next={page.next} found={page.found} shown={page.pledges.length} />
            </Flagged>
          );
        }}
      </Await>
    </section>
  );
}

const sentence = (quote: Shapes["Quote"]) => `${quote.document}:${quote.sentence.join()}`;

function Pledge({ pledge, articles }: { pledge: Shapes["PledgeRow"]; articles: Articles }) {
  const names = (some: readonly Shapes["Wording"][]) => some.map((each) => each.text).join("; ");
  const [by, to] = [names(pledge.by), names(pledge.to)];
  const parties = to ? `${by || "?"} → ${to}` : by;
  const several = pledge.voices.length > 1;
  const said = [...new Set(pledge.said.map((each) => `${action(each.status)} (${each.voice})`))].join("; ");
  const shown = new Set(pledge.voices.flatMap((voice) => voice.quotes.map(sentence)));
  const [start, end] = pledge.day;
  return (
    <article class="entry">
      <h3>
        <a href={address("/pledges", { id: pledge.id })}>{names(pledge.kinds).replaceAll("; ", " / ")}</a>
        {parties && ` · ${parties}`}
        {pledge.places[0] && ` · ${pledge.places[0].text}`}
        {(start || end) && <span class="quiet"> · {start ? interval(start, end) : `reported by ${interval(end, end)}`}</span>}
      </h3>
      <p class={`standing standing-${pledge.standing}`}>
        {pledge.standing === "unresolved" ? "Unresolved: no later claim says what became of it." : pledge.standing === "contested" ? `▲ Contested. Said to be ${said}.` : `Said to be ${said}.`}
      </p>
      <dl>
        <Worded label="called" some={several && pledge.kinds.length > 1 ? pledge.kinds : []} several />
        <Worded label="terms" some={pledge.terms} several={several} />
        <Worded label="condition" some={pledge.conditions} several={several} />
        <Worded label="deadline" some={pledge.deadlines} several={several} />
        <Worded label="lasts" some={pledge.durations} several={several} />
      </dl>
      <Voices voices={pledge.voices} articles={articles} />
      {pledge.said.map((each, place) => (
        <div key={place} class="after">
          <h4>
            Said to be {action(each.status)}, by <Chain names={each.quote.chain} fallback={each.voice} />
          </h4>
          {shown.has(sentence(each.quote)) ? (
            <p class="quiet">In the sentence above that tells of it.</p>
          ) : (
            <Quotation quote={each.quote} article={articles.get(each.quote.document)} />
          )}
          <Reasons features={each.features} of="Why this is taken to speak of it" />
        </div>
      ))}
    </article>
  );
}
