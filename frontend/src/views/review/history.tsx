// Every judgement of a document, the overruled ones too; never another coder's before one's own.
import type { Shapes } from "../../api/client";
import { counted, day } from "../../parts/words";
import { told } from "./marks";

export function History({ sheet, go }: { sheet: Shapes["Sheet"]; go: (place: number) => void }) {
  const { history, items, hidden, text } = sheet;
  const place = (span: readonly number[] | null, whole: string) => items.findIndex((one) => span !== null && one.whole === whole && one.span[0] === span[0] && one.span[1] === span[1]);
  return (
    <details class="history">
      <summary>History of judgements ({history.length})</summary>
      {hidden > 0 && <p class="quiet">{counted(hidden, "verdict")} of other coders on what you have not judged yet: shown once you have.</p>}
      <ol reversed>
        {[...history].reverse().map((one) => {
          const found = place(one.span, one.field.split(".")[0] as string);
          return (
            <li key={one.id} class={one.retired ? "overruled" : undefined}>
              <span class="quiet">
                {day(one.decided)} {one.decided.slice(11, 16)}
              </span>{" "}
              <strong>{one.person}</strong>: {one.field.replaceAll(".", " ")}{" "}
              {found >= 0 ? (
                <button type="button" class="plain" onClick={() => go(found)}>
                  “{items[found]?.words.slice(0, 60)}”
                </button>
              ) : (
                one.span && <q>{Array.from(text).slice(one.span[0] as number, one.span[1] as number).join("").slice(0, 60)}</q>
              )}{" "}
              {told(one, text)}
              {one.retired && <span class="tag">overruled by the same coder</span>}
              {one.note && <p class="note">{one.note}</p>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
