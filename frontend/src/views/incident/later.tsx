// What the accounts say and their source changed later, old beside new.
import { LaterMark, type LaterRow, Revised } from "../../parts/later";
import { Quotation } from "../../parts/parts";

/** Every revision of what the accounts say, old beside new. */
export function Later({ rows }: { rows: readonly LaterRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Revised.Provider value={[]}>
    <section aria-labelledby="later">
      <h2 id="later">What was changed later</h2>
      {rows.map((row) => (
        <div key={row.id} class="pair">
          <p>
            <LaterMark row={row} />
          </p>
          <div class="sides">
            <Quotation quote={row.a} article={row.before} />
            <Quotation quote={row.b} article={row.after} />
          </div>
          <p class="quiet">{row.why}</p>
        </div>
      ))}
    </section>
    </Revised.Provider>
  );
}
