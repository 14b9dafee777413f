// A person's word on what is one happening: split events off, join another incident, take a decision back.
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { type Shapes, ask, useAnswer } from "../../api/client";
import { Chain, documentAt } from "../../parts/parts";
import { usePerson } from "../../parts/person";
import { action, counted, headline, interval } from "../../parts/words";

type Page = Shapes["IncidentPage"];

/** Resolves when the job has ended; rejects with its own sentence where it broke. */
function ended(job: string): Promise<void> {
  return new Promise((done, failed) => {
    const steps = new EventSource(`/api/jobs/${job}/steps`);
    let broken: string | null = null;
    steps.onmessage = (event: MessageEvent<string>) => {
      const step = JSON.parse(event.data) as { kind: string; reason: string | null };
      if (step.kind === "broken") broken = step.reason ?? "The linking stopped.";
    };
    steps.addEventListener("end", () => {
      steps.close();
      if (broken === null) done();
      else failed(new Error(broken));
    });
    steps.onerror = () => {
      steps.close();
      failed(new Error("The ledger does not answer. Is `rashomon serve` still running?"));
    };
  });
}

export function Deciding({ page, anew }: { page: Page; anew: () => void }) {
  const { query } = useLocation();
  const [person, setPerson] = usePerson();
  const [note, setNote] = useState("");
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [other, setOther] = useState(query["join"] ?? "");
  const [said, say] = useState<{ words: string; problem: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const near = useAnswer<Shapes["IncidentList"]>(`/api/incidents?order=most-told&limit=50${around(page)}`);
  const others = (near.value?.incidents ?? []).filter((one) => one.id !== page.entry.id);

  const send = async (address: string, body: object | null, done: string) => {
    if (body !== null && !person.trim()) {
      say({ words: "Say who decides this: a name is needed.", problem: true });
      return;
    }
    setBusy(true);
    say({ words: "Linking anew …", problem: false });
    try {
      const sent = body === null ? null : JSON.stringify({ ...body, person: person.trim(), note: note.trim() || null });
      const made = await ask<Shapes["Decided"]>(address, { method: "POST", ...(sent && { body: sent, headers: { "content-type": "application/json" } }) });
      await ended(made.job);
      choose(new Set());
      setNote("");
      setOther("");
      say({ words: done, problem: false });
      anew();
    } catch (error) {
      say({ words: (error as Error).message, problem: true });
    } finally {
      setBusy(false);
    }
  };

  return (
    <section aria-labelledby="deciding" class="deciding">
      <h2 id="deciding">Split and join</h2>
      {page.decisions.map((decision) => (
        <p key={decision.id}>
          <strong>{decision.person}</strong> decided a {decision.kind} on {decision.decided.slice(0, 10)}
          {decision.note && `: ${decision.note}`}{" "}
          <button
            type="button"
            disabled={busy}
            aria-label={`Withdraw the ${decision.kind} by ${decision.person}`}
            onClick={() => void send(`/api/decisions/${decision.id}/withdraw`, null, "Withdrawn, and linked anew.")}
          >
            Withdraw
          </button>
        </p>
      ))}
      <p role={said?.problem ? "alert" : "status"} class={said?.problem ? "problem" : "quiet"}>
        {said?.words}
      </p>
      <details>
        <summary>Decide what is one happening, for good</summary>
        <div class="who-decides">
          <label>
            <span>Your name</span>
            <input value={person} maxLength={100} autoComplete="name" onInput={(event) => setPerson(event.currentTarget.value)} />
          </label>
          <label>
            <span>Why (may stay empty)</span>
            <input value={note} maxLength={2000} onInput={(event) => setNote(event.currentTarget.value)} />
          </label>
        </div>
        <fieldset>
          <legend>Split off: these events are another happening</legend>
          <ul class="members">
            {page.members.map((member) => (
              <li key={member.key}>
                <label class="check">
                  <input
                    type="checkbox"
                    checked={chosen.has(member.key)}
                    onChange={(event) => {
                      const now = new Set(chosen);
                      if (event.currentTarget.checked) now.add(member.key);
                      else now.delete(member.key);
                      choose(now);
                    }}
                  />
                  <span dir="auto">
                    <strong>{action(member.action)}</strong> {member.quote.text}
                  </span>
                </label>
                <p class="quiet small">
                  <Chain names={member.quote.chain} fallback={page.articles.find((one) => one.key === member.quote.document)?.publisher ?? null} />
                  {" · "}
                  <a href={documentAt(member.quote.document, member.quote.span as number[])}>in its document</a>
                </p>
              </li>
            ))}
          </ul>
          <button
            type="button"
            disabled={busy || chosen.size === 0 || chosen.size === page.members.length}
            onClick={() => void send(`/api/incidents/${page.entry.id}/split`, { events: [...chosen] }, "Split off, and linked anew.")}
          >
            Split off {counted(chosen.size, "event")}
          </button>
        </fieldset>
        <fieldset>
          <legend>Join: another incident is the same happening</legend>
          <label>
            <span>The other incident, told of about the same days</span>
            <select value={other} onChange={(event) => setOther(event.currentTarget.value)}>
              <option value="">choose one</option>
              {others.map((one) => (
                <option key={one.id} value={one.id}>
                  {headline(one)}, {one.place ?? "place not stated"}, {interval(one.time_start, one.time_end, "day not stated")}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            disabled={busy || other === ""}
            onClick={() => void send("/api/join", { incidents: [page.entry.id, other] }, "Joined, and linked anew.")}
          >
            Join
          </button>
        </fieldset>
      </details>
    </section>
  );
}

/** Incidents of the same days, with three more on either side; all of them where no day is known. */
function around(page: Page): string {
  const shifted = (text: string | null | undefined, by: number) => {
    const at = Date.parse((text ?? "").slice(0, 10));
    return Number.isNaN(at) ? null : new Date(at + by * 86_400_000).toISOString().slice(0, 10);
  };
  const since = shifted(page.entry.time_start, -3);
  const until = shifted(page.entry.time_end, 3);
  return `${since ? `&since=${since}` : ""}${until ? `&until=${until}` : ""}`;
}
