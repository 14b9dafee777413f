import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { type Shapes, address, useAnswer } from "../../api/client";
import { Filters } from "../../parts/filters";
import { Await, Chain, Quotation, useTitle } from "../../parts/parts";
import { Flagged } from "../../parts/later";
import { Notes } from "../../parts/notes";
import { counted, day, interval } from "../../parts/words";
import "./books.css";
import { SayOutcome } from "./outcome";
import { type Articles, Older, Pages, Reasons, Unsure, Voices, byKey } from "./pieces";

export function Forecasts() {
  const { query } = useLocation();
  const { id, by, open, since, until, as_of, start } = query;
  const asked = useAnswer<Shapes["ForecastPage"]>(address("/api/forecasts", { id, by, open, since, until, as_of, start, limit: 100 }));
  useTitle("Forecasts");
  return (
    <section class="book">
      <h1>Forecasts</h1>
      <p class="quiet">
        Who foretells what, how surely, by when. Sentences of later documents stand beside: proposals, no outcome. How one came out, only a person
        says.
      </p>
      <Notes of={["machine", "forecast", "copies", "inferred", "opinion"]} />
      <Filters
        fields={[
          { name: "by", label: "By" },
          { name: "since", label: "Published since", kind: "date" },
          { name: "until", label: "Until", kind: "date" },
          { name: "as_of", label: "As told by (day)", kind: "date" },
          { name: "open", label: "Only unresolved ones", kind: "check" },
        ]}
      />
      <Await asked={asked}>
        {(page) => {
          const articles = byKey(page.articles);
          const beside = page.forecasts.filter((each) => each.bearings.length > 0).length;
          return (
            <Flagged articles={page.articles}>
              <p role="status">
                {counted(page.found, "forecast")}, {page.open} unresolved; beside {beside} of those shown stands what later documents tell
              </p>
              <Older when={page.older} />
              <Unsure documents={page.unsure} />
              {page.forecasts.map((each) => (
                <Forecast key={each.id} forecast={each} articles={articles} />
              ))}
              <Pages start={Number(start ?? 0)} next={page.next} found={page.found} shown={page.forecasts.length} />
            </Flagged>
          );
        }}
      </Await>
    </section>
  );
}

const SIGNS: Record<string, string> = { for: "● for", against: "▲ against", "after its horizon": "◇ after its horizon" };

function Forecast({ forecast: first, articles }: { forecast: Shapes["ForecastRow"]; articles: Articles }) {
  const [changed, change] = useState<Shapes["ForecastRow"] | null>(null);
  const forecast = changed ?? first;
  const scale = forecast.certainty?.map((each) => `${Math.round(Number(each) * 100)} %`).join(" to ");
  return (
    <article class="entry">
      <h2 class="entry-head">
        <a href={address("/forecasts", { id: forecast.id })}>{forecast.forecaster}</a>: {forecast.statement}
      </h2>
      {forecast.outcomes.length === 0 && <p class="standing standing-unresolved">Unresolved: nobody has said how it came out.</p>}
      {forecast.outcomes.map((each, place) => (
        <p key={place} class={each.holds ? "standing" : "quiet"}>
          <span class="tag judged">a person's word</span> {each.outcome.replaceAll("-", " ")}, says {each.person} ({day(each.decided)}){each.note && `: ${each.note}`}
          {!each.holds && " (said otherwise since)"}
        </p>
      ))}
      <SayOutcome id={forecast.id} said={change} />
      <dl>
        {forecast.horizon && (
          <>
            <dt>by when</dt>
            <dd>{interval(forecast.horizon[0], forecast.horizon[1])}</dd>
          </>
        )}
        {forecast.certainty_words && (
          <>
            <dt>how surely</dt>
            <dd>
              “{forecast.certainty_words}”{scale && <span class="quiet"> ({scale} after a published scale)</span>}
            </dd>
          </>
        )}
        {forecast.condition && (
          <>
            <dt>on condition</dt>
            <dd>{forecast.condition}</dd>
          </>
        )}
      </dl>
      <Voices voices={forecast.voices} articles={articles} />
      {forecast.bearings.map((each, place) => (
        <div key={place} class="after">
          <h3>
            {SIGNS[each.stance] ?? each.stance}, as a later document may be read: <Chain names={each.quote.chain} fallback={articles.get(each.quote.document)?.publisher ?? null} />
          </h3>
          <Quotation quote={each.quote} article={articles.get(each.quote.document)} />
          <Reasons features={each.features} of="Why this is set beside it" />
        </div>
      ))}
    </article>
  );
}
