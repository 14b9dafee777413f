import { ErrorBoundary, LocationProvider, Route, Router, lazy, useLocation } from "preact-iso";
import { useEffect, useErrorBoundary, useRef, useState } from "preact/hooks";
import { type Shapes, useAnswer } from "./api/client";
import { Arriving } from "./parts/arriving";
import { useTitle } from "./parts/parts";
import { counted, decodable } from "./parts/words";
const Overview = lazy(() => import("./views/overview/overview").then((made) => made.Overview));
const Incident = lazy(() => import("./views/incident/incident").then((made) => made.Incident));
const Document = lazy(() => import("./views/document/document").then((made) => made.Document));
const Search = lazy(() => import("./views/search/search").then((made) => made.Search));
const Control = lazy(() => import("./views/control/control").then((made) => made.Control));
const ControlOfPlace = lazy(() => import("./views/control/control").then((made) => made.ControlOfPlace));
const Pledges = lazy(() => import("./views/books/pledges").then((made) => made.Pledges));
const Forecasts = lazy(() => import("./views/books/forecasts").then((made) => made.Forecasts));
const Naming = lazy(() => import("./views/books/naming").then((made) => made.Naming));
const Review = lazy(() => import("./views/review/review").then((made) => made.Review));
const Folders = lazy(() => import("./views/folders/folders").then((made) => made.Folders));
const Searches = lazy(() => import("./views/searches/searches").then((made) => made.Searches));
const Add = lazy(() => import("./views/add/add").then((made) => made.Add));
const Source = lazy(() => import("./views/who/who").then((made) => made.Source));
const Actor = lazy(() => import("./views/who/who").then((made) => made.Actor));

const VIEWS = [
  ["/", "Incidents"],
  ["/control", "Control"],
  ["/pledges", "Pledges"],
  ["/forecasts", "Forecasts"],
  ["/naming", "Names"],
  ["/review", "Review"],
  ["/folders", "Folders"],
  ["/searches", "Searches"],
  ["/add", "Add"],
] as const;

export function App() {
  const ledger = useAnswer<Shapes["LedgerPage"]>("/api/ledger").value;
  return (
    <LocationProvider>
      <Arriving />
      <a class="skip" href="#main">
        To the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        {ledger?.documents === 0 && <Bare />}
        <ErrorBoundary>
          <Views />
        </ErrorBoundary>
      </main>
      <Footer ledger={ledger} />
    </LocationProvider>
  );
}

function Header() {
  const { path, route, query } = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, turn] = useState(false);
  useEffect(() => turn(false), [path]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && button.current?.getAttribute("aria-expanded") === "true") {
        turn(false);
        button.current.focus();
      }
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        field.current?.focus();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <header class="top">
      <a class="brand" href="/">
        <img src="/icon.svg" alt="" width="28" height="28" />
        Rashomon
      </a>
      <button ref={button} type="button" class="menu" aria-expanded={open} aria-controls="views" onClick={() => turn(!open)}>
        <span aria-hidden="true">{open ? "✕" : "☰"}</span> Menu
      </button>
      <nav id="views" aria-label="Views" class={open ? "open" : undefined}>
        {VIEWS.map(([to, name]) => (
          <a key={to} href={to} aria-current={(to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`)) ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <form
        role="search"
        class="search"
        onSubmit={(event) => {
          event.preventDefault();
          const words = field.current?.value.trim();
          if (words) route(`/search?q=${encodeURIComponent(words)}`);
        }}
      >
        <input
          ref={field}
          type="search"
          name="q"
          aria-label="Search all passages"
          placeholder="Search (/)"
          defaultValue={path === "/search" ? (query["q"] ?? "") : ""}
        />
      </form>
    </header>
  );
}

function Views() {
  const { path, url } = useLocation();
  const [failed, again] = useErrorBoundary();
  // The way out of a view that failed leads to another address.
  useEffect(again, [url]);
  if (failed) return <Failed />;
  if (!decodable(path)) return <Nowhere />;
  return (
    <Router>
      <Route path="/" component={Overview} />
      <Route path="/incident/:id" component={Incident} />
      <Route path="/document/:key" component={Document} />
      <Route path="/search" component={Search} />
      <Route path="/control" component={Control} />
      <Route path="/control/:id" component={ControlOfPlace} />
      <Route path="/pledges" component={Pledges} />
      <Route path="/forecasts" component={Forecasts} />
      <Route path="/naming" component={Naming} />
      <Route path="/review" component={Review} />
      <Route path="/folders" component={Folders} />
      <Route path="/searches" component={Searches} />
      <Route path="/add" component={Add} />
      <Route path="/source/:name" component={Source} />
      <Route path="/actor/:name" component={Actor} />
      <Route default component={Nowhere} />
    </Router>
  );
}

/** What every view of an empty ledger begins with, but the ones that say so themselves. */
function Bare() {
  const { path } = useLocation();
  if (path === "/" || path === "/add") return null;
  return (
    <p class="warn">
      This ledger is empty: there is nothing to show here yet. <a href="/add">Add documents</a>
    </p>
  );
}

function Footer({ ledger: value }: { ledger: Shapes["LedgerPage"] | null }) {
  return (
    <footer class="bottom">
      <p>Machine-extracted: read the quotation. Rashomon says who says what; it never says who is right.</p>
      {value && (
        <p>
          {value.name}: {counted(value.read, "document")} read, {counted(value.claims, "claim")}, {counted(value.incidents, "incident")}
          {value.pending > 0 && `, ${counted(value.pending, "document")} waiting to be linked`}. Rashomon {value.version}.{" "}
          <a href="/openapi.json" target="_blank" rel="noreferrer">
            API
          </a>
        </p>
      )}
    </footer>
  );
}

/** A view that could not be drawn says so: never a blank page. */
function Failed() {
  useTitle("This view failed");
  return (
    <section class="column trouble">
      <h1>This view failed</h1>
      <p class="problem" role="alert">
        It could not be drawn. Load the page again; where that does not help, the ledger may have been made by another version of Rashomon.
      </p>
      <p>
        <a href="/">All incidents</a>
      </p>
    </section>
  );
}

function Nowhere() {
  useTitle("Nothing here");
  return (
    <section class="column">
      <h1>Nothing here</h1>
      <p>This address leads to no view. Search for words of what you look for above, or begin with one of these:</p>
      <ul>
        {VIEWS.map(([to, name]) => (
          <li key={to}>
            <a href={to}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
