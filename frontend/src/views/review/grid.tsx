// The coder's grid: every field of one event or claim, as the machine has it; verdicts by key.
import { useEffect, useRef } from "preact/hooks";
import type { Shapes } from "../../api/client";
import { Chain } from "../../parts/parts";
import { action } from "../../parts/words";
import { type Cut, type Item, type Judgement, VERDICTS, type Verdict, about, own, told } from "./marks";
import { type Span, type Words, moved, targets } from "./span";
import { Spanning } from "./spanning";

export type Said = { field: string; verdict: Verdict; value?: string; note?: string };

export type Draft = Record<string, string>;

type Props = {
  item: Item;
  sentence: readonly Cut[];
  fields: Shapes["Field"][];
  history: readonly Judgement[];
  person: string;
  busy: boolean;
  draft: Draft;
  write: (change: (before: Draft) => Draft) => void;
  aim: string;
  choose: (field: string) => void;
  spans: readonly Span[];
  signs: readonly string[];
  words: Words;
  place: (spans: readonly Span[]) => void;
  say: (said: Said[], then: "stay" | "go on") => Promise<void>;
  next: () => void;
  back: () => void;
};

const HINTS: Record<string, string> = {
  "event.actors": "several with ; between, empty for not stated",
  "event.recipients": "several with ; between, empty for not stated",
  "event.place": "empty for not stated",
  "event.time": "2016-08-05, or two days with / between",
  "claim.speaker": "empty for not stated",
};

export function readIn(item: Item, field: string): string {
  return item.values.find((one) => one.field === field)?.value ?? "";
}

/** What stands in a field for this coder: their own correction before the machine's word. */
export function standingIn(item: Item, history: readonly Judgement[], field: string, person: string): string {
  const mine = own(history, item, field, person);
  return mine?.verdict === "correct" ? (mine.value ?? "") : readIn(item, field);
}

export function Grid({ item, sentence, fields, history, person, busy, draft, write, aim, choose, spans, signs, words, place, say, next, back }: Props) {
  const read = (field: string) => readIn(item, field);
  const standing = (field: string) => standingIn(item, history, field, person);
  const aims = targets(item);
  const note = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const changed = Object.entries(draft).filter(([field, value]) => value.trim() !== standing(field));
  const mine = own(history, item, item.whole, person);
  const noted = () => {
    const words = note.current?.value.trim();
    return words ? { note: words } : {};
  };
  const verdict = (given: Verdict) => void say([{ field: item.whole, verdict: given, ...noted() }], "go on");
  const save = () => {
    if (changed.length === 0) {
      form.current?.querySelector<HTMLElement>("select, input")?.focus();
      return;
    }
    const said: Said[] = changed.map(([field, value]) => ({ field, verdict: "correct", value: value.trim(), ...noted() }));
    void say([...said, { field: item.whole, verdict: "accept", ...noted() }], "go on");
  };
  const move = (edge: "start" | "end", by: 1 | -1) => {
    const [first = item.span as Span, ...rest] = spans;
    place([moved(first, edge, by, words), ...rest]);
  };
  const keys = useRef<(event: KeyboardEvent) => void>(() => {});
  keys.current = (event) => {
    const target = event.target instanceof HTMLElement ? event.target : null;
    const typing = target?.closest("input, textarea, select, [contenteditable]");
    if (typing) {
      if (event.key === "Escape" && form.current?.contains(typing)) target?.blur();
      return;
    }
    // Some keyboards write [ and ] with AltGr, which browsers tell as Ctrl and Alt.
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if ((held && !event.getModifierState("AltGraph")) || busy) return;
    const does: Record<string, () => void> = {
      a: () => verdict("accept"),
      r: () => verdict("reject"),
      u: () => verdict("unsure"),
      c: () => form.current?.querySelector<HTMLElement>("select, input")?.focus(),
      n: () => note.current?.focus(),
      j: next,
      k: back,
      s: () => choose(aims[(aims.indexOf(aim) + 1) % aims.length] as string),
      "[": () => move("start", -1),
      "{": () => move("start", 1),
      "]": () => move("end", 1),
      "}": () => move("end", -1),
    };
    const act = does[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => keys.current(event);
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <form
      ref={form}
      class="grid"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h2 aria-live="polite">
        {item.whole === "event" ? `Event: ${action(read("event.action"))}` : "Claim"} <span class="tag">machine {Math.round(item.confidence * 100)} % sure</span>
      </h2>
      <figure class="quotation">
        <blockquote>
          <p dir="auto">
            {sentence.map((part) => (part.here ? <mark key={part.start}>{part.text}</mark> : <span key={part.start}>{part.text}</span>))}
          </p>
        </blockquote>
        {item.chain.length > 0 && (
          <figcaption>
            <Chain names={item.chain} />
            {item.incident && (
              <>
                {" · "}
                <a href={`/incident/${item.incident}`}>its incident</a>
              </>
            )}
          </figcaption>
        )}
      </figure>
      <div class="verdicts" role="group" aria-label={`Verdict on the ${item.whole}`}>
        {VERDICTS.map(([name, key, words]) => (
          <button key={name} type="button" aria-pressed={mine?.verdict === name} aria-keyshortcuts={key} disabled={busy} onClick={() => verdict(name)}>
            {words} <kbd>{key}</kbd>
          </button>
        ))}
        <button type="submit" class={changed.length > 0 ? "primary" : undefined} aria-keyshortcuts="c" disabled={busy}>
          {changed.length > 0 ? `Save ${changed.length === 1 ? "correction" : `${changed.length} corrections`}` : "Correct"} <kbd>{changed.length > 0 ? "Enter" : "c"}</kbd>
        </button>
      </div>
      <Spanning
        fields={aims}
        aim={aim}
        choose={choose}
        spans={spans}
        signs={signs}
        changed={changed.some(([name]) => name === aim)}
        move={move}
        undo={() => write(({ [aim]: _, ...rest }) => rest)}
      />
      <div class="rows">
        {fields
          .filter((field) => field.name.startsWith(`${item.whole}.`) && !field.name.endsWith(".span"))
          .map((field) => (
            <Row
              key={field.name}
              field={field}
              read={read(field.name)}
              value={draft[field.name] ?? standing(field.name)}
              changed={changed.some(([name]) => name === field.name)}
              said={about(history, item, field.name).filter((one) => one.retired === null)}
              person={person}
              busy={busy}
              write={(value) => write((before) => ({ ...before, [field.name]: value }))}
              judge={(given) => void say([{ field: field.name, verdict: given, ...noted() }], "stay")}
            />
          ))}
      </div>
      <label>
        <span>
          Note <kbd>n</kbd>, kept with the next verdict
        </span>
        <input ref={note} maxLength={2000} defaultValue={mine?.note ?? ""} />
      </label>
      <Others said={about(history, item, item.whole).filter((one) => one.retired === null && one.person !== person)} judged={mine !== undefined} />
      <p class="quiet keys">
        <button type="button" class="plain" onClick={back} aria-keyshortcuts="k">
          Back
        </button>{" "}
        <kbd>k</kbd>{" "}
        <button type="button" class="plain" onClick={next} aria-keyshortcuts="j">
          Next
        </button>{" "}
        <kbd>j</kbd> · <kbd>Esc</kbd> leaves a field
      </p>
    </form>
  );
}

type RowProps = {
  field: Shapes["Field"];
  read: string;
  value: string;
  changed: boolean;
  said: Judgement[];
  person: string;
  busy: boolean;
  write: (value: string) => void;
  judge: (verdict: Verdict) => void;
};

function Row({ field, read, value, changed, said, person, busy, write, judge }: RowProps) {
  const name = field.name.split(".")[1] as string;
  const mine = said.find((one) => one.person === person);
  const others = said.filter((one) => one.person !== person);
  return (
    <div class={changed ? "row row-changed" : "row"}>
      <label>
        <span>{name}</span>
        {field.choices ? (
          <select value={value} onChange={(event) => write(event.currentTarget.value)}>
            {!field.choices.includes(value) && <option value={value}>{value || "not stated"}</option>}
            {field.choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
        ) : (
          <input value={value} placeholder="not stated" dir="auto" title={HINTS[field.name]} onInput={(event) => write(event.currentTarget.value)} />
        )}
      </label>
      <div class="row-verdicts" role="group" aria-label={`Verdict on ${name}`}>
        {(
          [
            ["accept", "✓"],
            ["reject", "✗"],
            ["unsure", "?"],
          ] as const
        ).map(([verdict, sign]) => (
          <button key={verdict} type="button" aria-pressed={mine?.verdict === verdict} aria-label={`${verdict} ${name}`} title={`${verdict} ${name}`} disabled={busy} onClick={() => judge(verdict)}>
            {sign}
          </button>
        ))}
      </div>
      {(mine?.verdict === "correct" || changed) && <p class="row-told quiet">the machine read: {read || "not stated"}</p>}
      {HINTS[field.name] && changed && <p class="row-told quiet">{HINTS[field.name]}</p>}
      {others.map((one) => (
        <p key={one.id} class="row-told quiet">
          {one.person}: {told(one)}
        </p>
      ))}
    </div>
  );
}

function Others({ said, judged }: { said: Judgement[]; judged: boolean }) {
  if (!judged || said.length === 0) return null;
  return (
    <ul class="others">
      {said.map((one) => (
        <li key={one.id}>
          <strong>{one.person}</strong> {told(one)}
          {one.note && `: ${one.note}`}
        </li>
      ))}
    </ul>
  );
}
