// One name: what it said as a source, what is told of it as an actor.
import { useRoute } from "preact-iso";
import { type Shapes, address, useAnswer } from "../../api/client";
import { Keep } from "../../parts/keep";
import { Await, Marks, Quotation, Warn, actorAt, sourceAt, useTitle } from "../../parts/parts";
import { Flagged, Revised } from "../../parts/later";
import { Notes } from "../../parts/notes";
import { action, counted, headline, interval, origins, where } from "../../parts/words";
import { Later } from "../incident/later";
import "./who.css";

type Articles = Map<string, Shapes["Article"]>;

export function Source() {
  const name = useName();
  const asked = useAnswer<Shapes["SourcePage"]>(address("/api/source", { name }));
  // The search for revisions reads whole documents: it comes after the rest.
  const revised = useAnswer<Shapes["LaterList"]>(asked.value ? address("/api/source/revised", { name }) : null);
  useTitle(`${name}: what it said`);
  return (
    <Await asked={asked} whole>
      {(page) => {
        const articles = new Map(page.articles.map((one) => [one.key, one]));
        return (
          <Revised.Provider value={revised.value?.revisions ?? []}>
          <div class="who">
            <header>
              <h1 dir="auto">{page.name}</h1>
              <p>
                As a source: {counted(page.claims, "claim")} in {counted(page.documents, "document")}
                {page.published > 0 && `; publisher of ${counted(page.published, "document")}`}. <a href={actorAt(page.name)}>What is told of it</a>
              </p>
              <Party party={page.party ?? null} />
              <Notes of={["machine", "inferred", "opinion", "origins", "area"]} />
              {page.claims === 0 && page.published === 0 && <p>Nobody of this name is quoted in the ledger.</p>}
            </header>
            <div class="who-columns">
              <div>
                <Sayings id="denied" title="Denied or took back" found={page.denied} articles={articles} />
                <Sayings id="quoted" title="Was quoted for, word for word" found={page.quoted} articles={articles} />
                <Sayings id="asserted" title="Is reported to have said" found={page.asserted} articles={articles} />
                {revised.waiting && <p class="quiet">Looking for what it changed later …</p>}
                <Later rows={revised.value?.revisions ?? []} />
              </div>
              <Incidents entries={page.incidents} />
            </div>
          </div>
          </Revised.Provider>
        );
      }}
    </Await>
  );
}

export function Actor() {
  const name = useName();
  const asked = useAnswer<Shapes["ActorPage"]>(address("/api/actor", { name }));
  useTitle(`${name}: what is told of it`);
  return (
    <Await asked={asked} whole>
      {(page) => {
        const articles = new Map(page.articles.map((one) => [one.key, one]));
        return (
          <Flagged articles={page.articles}>
          <div class="who">
            <header>
              <h1 dir="auto">{page.name}</h1>
              <p>
                As an actor: {counted(page.events, "event")}. {page.claims > 0 && <a href={sourceAt(page.name)}>What it said itself ({counted(page.claims, "claim")})</a>}
              </p>
              <Party party={page.party ?? null} />
              <Notes of={["machine", "inferred", "opinion", "origins", "area"]} />
              {page.events > 0 && <Warn>Told by others as well as by itself: each sentence names who says so. Nothing here is found to be so.</Warn>}
              <Keep kind="actor" name={page.name} />
              {page.events === 0 && <p>No event of the ledger has a part of this name.</p>}
            </header>
            <div class="who-columns">
              <div>
                <Deeds id="did" title="Said to have done" found={page.did} articles={articles} />
                <Deeds id="suffered" title="Said to have been done to it" found={page.suffered} articles={articles} />
                <Deeds id="negated" title="Said not to have happened" found={page.negated} articles={articles} />
              </div>
              <Incidents entries={page.incidents} />
            </div>
          </div>
          </Flagged>
        );
      }}
    </Await>
  );
}

function useName(): string {
  return useRoute().params["name"] ?? "";
}

function Party({ party }: { party: Shapes["Standing"] | null }) {
  return party && <p class="party">party to the conflict{party.side ? `: ${party.side}` : ""}</p>;
}

function Sayings({ id, title, found, articles }: { id: string; title: string; found: Shapes["Sayings"]; articles: Articles }) {
  if (found.total === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <span class="quiet">({found.total.toLocaleString("en")})</span>
      </h2>
      {found.shown.map((said) => (
        <div key={said.key} class="said">
          {said.stance !== "asserts" && <span class="tag">{action(said.stance)}</span>}
          {said.hedge !== "none" && <span class="tag">hedged</span>}
          <Marks judged={said.judged} />
          <Quotation quote={said.quote} article={articles.get(said.quote.document)} />
        </div>
      ))}
      <Rest total={found.total} shown={found.shown.length} />
    </section>
  );
}

function Deeds({ id, title, found, articles }: { id: string; title: string; found: Shapes["Deeds"]; articles: Articles }) {
  if (found.total === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <span class="quiet">({found.total.toLocaleString("en")})</span>
      </h2>
      {found.shown.map((deed) => (
        <div key={deed.key} class="said">
          <p>
            <strong>{action(deed.action)}</strong> {deed.modality !== "asserted" && <span class="tag">{deed.modality}</span>}{" "}
            {deed.incident && <a href={`/incident/${deed.incident}`}>its incident</a>} <Marks judged={deed.judged} />
          </p>
          <Quotation quote={deed.quote} article={articles.get(deed.quote.document)} />
        </div>
      ))}
      <Rest total={found.total} shown={found.shown.length} />
    </section>
  );
}

function Rest({ total, shown }: { total: number; shown: number }) {
  return total > shown ? <p class="quiet">and {(total - shown).toLocaleString("en")} more, not shown</p> : null;
}

function Incidents({ entries }: { entries: readonly Shapes["IncidentEntry"][] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="its-incidents">
      <h2 id="its-incidents">Its incidents</h2>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <a href={`/incident/${entry.id}`} dir="auto">
              {headline(entry)}
            </a>
            <p class="quiet">
              {where(entry)} · {interval(entry.time_start, entry.time_end, "day not stated")} · {origins(entry.documents, entry.traced, entry.untraced)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
