// Files dropped, a text or addresses of pages pasted into the ledger; each step told as it comes; then the way to what came of it.
import { useLocation } from "preact-iso";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Refused, type Shapes, ask } from "../../api/client";
import { Warn, documentAt, useTitle } from "../../parts/parts";
import { counted, headline, interval, where } from "../../parts/words";
import { type Progress, after, begun } from "./steps";
import "./add.css";

type Started = Shapes["Started"];

export function Add() {
  useTitle("Add");
  const { query, route } = useLocation();
  const job = query["job"] ?? null;
  const [problem, tell] = useState<string | null>(null);
  const [sending, send] = useState(false);
  const give = async (address: string, body: BodyInit, headers?: Record<string, string>): Promise<boolean> => {
    tell(null);
    send(true);
    try {
      const started = await ask<Started>(address, { method: "POST", body, ...(headers && { headers }) });
      route(`/add?job=${encodeURIComponent(started.job)}`);
      return true;
    } catch (error) {
      tell((error as Refused).message);
      return false;
    } finally {
      send(false);
    }
  };
  return (
    <section class="column add">
      <h1>Add documents</h1>
      <Files busy={sending} give={(files) => give("/api/documents", files)} />
      <Paste busy={sending} give={(text) => give("/api/documents/text", JSON.stringify(text), { "content-type": "application/json" })} />
      <Pages busy={sending} give={(addresses) => give("/api/documents/addresses", JSON.stringify({ addresses }), { "content-type": "application/json" })} />
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {job !== null && <Steps key={job} job={job} />}
    </section>
  );
}

function Files({ give, busy }: { give: (files: FormData) => Promise<boolean>; busy: boolean }) {
  const [over, hover] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    if (busy || !files || files.length === 0) return;
    const form = new FormData();
    for (const file of files) form.append("files", file, file.name);
    void give(form);
    if (field.current) field.current.value = "";
  };
  return (
    <div
      class={over ? "drop drop-over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        hover(true);
      }}
      onDragLeave={() => hover(false)}
      onDrop={(event) => {
        event.preventDefault();
        hover(false);
        take(event.dataTransfer?.files);
      }}
    >
      <label>
        <span>Drop files here, or choose them</span>
        <input ref={field} type="file" multiple disabled={busy} onChange={(event) => take(event.currentTarget.files)} />
      </label>
      <p class="quiet">Text, HTML, PDF, Word, JSON, JSON Lines, CSV or WARC. They stay on this machine.</p>
    </div>
  );
}

function Paste({ give, busy }: { give: (text: Record<string, string>) => Promise<boolean>; busy: boolean }) {
  return (
    <form
      class="paste"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const told: Record<string, string> = {};
        for (const [name, value] of new FormData(form)) if (typeof value === "string" && value !== "") told[name] = value;
        if (await give({ text: "", ...told })) form.reset();
      }}
    >
      <h2>Or paste a text</h2>
      <label>
        <span>Text</span>
        <textarea name="text" rows={8} required dir="auto" />
      </label>
      <div class="paste-told">
        <label>
          <span>Title, if known</span>
          <input name="title" dir="auto" />
        </label>
        <label>
          <span>Publisher, if known</span>
          <input name="publisher" />
        </label>
        <label>
          <span>Day of publication, if known</span>
          <input name="published" type="date" />
        </label>
        <label>
          <span>Address, if known</span>
          <input name="url" type="url" />
        </label>
      </div>
      <button type="submit" class="primary" disabled={busy}>
        {busy ? "Sending …" : "Read it"}
      </button>
    </form>
  );
}

function Pages({ give, busy }: { give: (addresses: string[]) => Promise<boolean>; busy: boolean }) {
  return (
    <form
      class="paste"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const addresses = String(new FormData(form).get("addresses")).split(/\s+/).filter(Boolean);
        if (await give(addresses)) form.reset();
      }}
    >
      <h2>Or paste addresses of pages</h2>
      <label>
        <span>Addresses, one a line</span>
        <textarea name="addresses" rows={2} required inputMode="url" placeholder="https://" />
      </label>
      <p class="quiet">This machine asks each site for the page, under the program's name, and heeds its robots.txt. Nothing of the ledger is sent.</p>
      <button type="submit" class="primary" disabled={busy}>
        {busy ? "Sending …" : "Fetch and read"}
      </button>
    </form>
  );
}

function Steps({ job }: { job: string }) {
  const [progress, set] = useState<Progress>(begun);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const source = new EventSource(`/api/jobs/${encodeURIComponent(job)}/steps`);
    source.onmessage = (event) => set((before) => after(before, Number(event.lastEventId), JSON.parse(String(event.data)) as Shapes["Step"]));
    source.addEventListener("end", () => {
      source.close();
      set((before) => ({ ...before, ended: true }));
    });
    source.onerror = () => {
      // A lost connection is opened again by the browser; a job that is unknown (the server was started anew) is closed.
      if (source.readyState === EventSource.CLOSED) set((before) => ({ ...before, ended: true, lost: before.outcome === null }));
    };
    head.current?.scrollIntoView({ block: "nearest" });
    return () => source.close();
  }, [job]);
  const { outcome, failures } = progress;
  return (
    <section class="steps" aria-busy={!progress.ended}>
      <h2 ref={head}>{progress.ended ? "What came of it" : "Reading"}</h2>
      <p role="status">
        {progress.lost
          ? "The ledger no longer knows of this job."
          : outcome?.change
            ? summary(outcome.change)
            : progress.broken !== null
              ? "It stopped."
              : `${counted(progress.done, "document")} done${progress.last ? `, last: ${progress.last}` : ""} …`}
      </p>
      {!progress.ended && <progress aria-label="Reading" />}
      {progress.broken !== null && (
        <p class="problem" role="alert">
          {progress.broken}
        </p>
      )}
      {failures.length > 0 && (
        <>
          <h3>{counted(failures.length, "document")} not read</h3>
          <ul class="failures">
            {failures.map((step, number) => (
              <li key={number}>
                <strong>{step.what}</strong> {step.kind === "failed" ? "failed" : "kept unread"}: {step.reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {outcome !== null && <Outcome outcome={outcome} />}
    </section>
  );
}

function summary(change: Shapes["Change"]): string {
  const parts = [`${counted(change.read ?? 0, "document")} read`];
  if (change.known) parts.push(`${change.known.toLocaleString("en")} known already`);
  if (change.not_read) parts.push(`${change.not_read.toLocaleString("en")} kept unread`);
  if (change.failed) parts.push(`${change.failed.toLocaleString("en")} failed`);
  return `${parts.join(", ")}.`;
}

function Outcome({ outcome }: { outcome: Shapes["Step"] }) {
  const one = outcome.incidents.length === 1 ? outcome.incidents[0] : undefined;
  return (
    <>
      {outcome.arrived.length > 0 && (
        <>
          <h3>Documents</h3>
          <ul>
            {outcome.arrived.map((each) => (
              <li key={each.key}>
                <a href={documentAt(each.key)}>
                  <bdi>{each.title ?? each.id}</bdi>
                </a>
                {each.state === "read" ? (
                  <>
                    {" · "}
                    <a href={`/review?document=${each.key}`}>review it</a>
                  </>
                ) : (
                  <span class="quiet"> · not read</span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {outcome.incidents.length > 0 ? (
        <>
          <h3>{one ? "The incident told of" : "Incidents told of"}</h3>
          <ul>
            {outcome.incidents.map((entry) => (
              <li key={entry.id}>
                <a href={`/incident/${entry.id}`}>{headline(entry)}</a>
                <span class="quiet">
                  {" · "}
                  {where(entry)} · {interval(entry.time_start, entry.time_end)} · {counted(entry.documents, "article")}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        outcome.arrived.some((each) => each.state === "read") && <Warn>No incident was found in it. Open the document to see what was read.</Warn>
      )}
    </>
  );
}
