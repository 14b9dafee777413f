// How far coders agree beyond chance, field by field.
import { type Shapes, useAnswer } from "../../api/client";
import { Await } from "../../parts/parts";

export function AgreementTable() {
  const asked = useAnswer<Shapes["Agreements"]>("/api/review/agreement");
  return (
    <section>
      <h2>Agreement of coders</h2>
      <p class="quiet column">
        Over what several coders judged. Cohen's kappa is of two coders, Krippendorff's alpha of any number, both for nominal values: 1 is full agreement, 0 is
        chance. “Unsure” is no value; – where every value is the same, so that nothing can be told from chance.
      </p>
      <Await asked={asked}>
        {({ fields }) =>
          fields.length === 0 ? (
            <p>Nothing was judged by two coders yet.</p>
          ) : (
            <div class="scroll" tabIndex={0} role="region" aria-label="Agreement by field">
              <table class="agreement">
                <thead>
                  <tr>
                    <th scope="col">Field</th>
                    <th scope="col">Units</th>
                    <th scope="col">Agree</th>
                    <th scope="col">Cohen's κ</th>
                    <th scope="col">Krippendorff's α</th>
                    <th scope="col">Coders</th>
                  </tr>
                </thead>
                <tbody>
                  {fields.map((row) => (
                    <tr key={row.field}>
                      <th scope="row">{row.field.replace(".", ": ").replace(".", " ")}</th>
                      <td>{row.units.toLocaleString("en")}</td>
                      <td>{Math.round(row.agree * 100)} %</td>
                      <td>{figure(row.kappa)}</td>
                      <td>{figure(row.alpha)}</td>
                      <td>{row.coders.join(", ")}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Await>
    </section>
  );
}

function figure(value: number | null): string {
  return value === null ? "–" : value.toFixed(2).replace("-", "−");
}
