// The history of a toll: every figure by who gave it and when, with its scope; a bar from its lowest to its highest value.
import type { Shapes } from "../../api/client";
import { LaterFlags } from "../../parts/later";
import { Chain, documentAt } from "../../parts/parts";
import { interval } from "../../parts/words";

type Row = Shapes["TollRow"];

export function Tolls({ rows, articles }: { rows: readonly Row[]; articles: Map<string, Shapes["Article"]> }) {
  const fields = [...new Set(rows.map((row) => row.field))].filter((field) => rows.filter((row) => row.field === field).length > 1);
  if (fields.length === 0) return null;
  return (
    <section aria-labelledby="tolls">
      <h2 id="tolls">How the figures were told</h2>
      {fields.map((field) => {
        const mine = rows.filter((row) => row.field === field);
        const most = Math.max(...mine.map((row) => row.high ?? row.low ?? 0), 1);
        return (
          <div key={field} class="scroll" tabIndex={0} role="region" aria-label={`Figures for ${field}`}>
            <table class="tolls">
              <caption>{field}</caption>
              <thead>
                <tr>
                  <th scope="col">told</th>
                  <th scope="col">figure</th>
                  <th scope="col">by</th>
                  <th scope="col">
                    <span class="unseen">as a bar, up to {most.toLocaleString("en")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {mine.map((row, number) => (
                  <tr key={number}>
                    <td>{interval(row.published[0], row.published[1])}</td>
                    <td>
                      <a href={documentAt(row.quote.document, row.quote.span as number[])} title={row.quote.text}>
                        {row.text}
                      </a>
                      <LaterFlags quote={row.quote} />
                      {row.tally && <span class="tag">over a {row.scope}</span>}
                      {row.part === "subset" && <span class="tag">a part</span>}
                      {row.status !== "unstated" && <span class="tag">{row.status}</span>}
                    </td>
                    <td>
                      <Chain names={row.quote.chain} fallback={articles.get(row.quote.document)?.publisher ?? null} />
                    </td>
                    <td class="bar-cell">{!row.tally && <Bar row={row} most={most} />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      })}
    </section>
  );
}

function Bar({ row, most }: { row: Row; most: number }) {
  const low = row.low ?? 0;
  const high = row.high;
  return (
    <svg viewBox="0 0 200 14" class="toll-bar" aria-hidden="true">
      <rect x="0" y="2" width={(190 * low) / most} height="10" class="sure" />
      {high !== null && high > low && <rect x={(190 * low) / most} y="2" width={(190 * (high - low)) / most} height="10" class="unsure" />}
      {high === null && <path d={`M ${(190 * low) / most} 7 h 8 m -4 -4 l 4 4 l -4 4`} class="open" />}
    </svg>
  );
}
