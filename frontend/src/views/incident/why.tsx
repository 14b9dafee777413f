import type { Shapes } from "../../api/client";

/** Why these reports were taken to be one happening: each merge with its features and weights. */
export function Why({ page }: { page: Shapes["IncidentPage"] }) {
  if (page.merges.length === 0 && page.decisions.length === 0) return null;
  return (
    <section aria-labelledby="why">
      <h2 id="why">Why these were joined</h2>
      {page.decisions.map((decision) => (
        <p key={decision.id}>
          <strong>{decision.person}</strong> decided a {decision.kind} on {decision.decided.slice(0, 10)}
          {decision.note && `: ${decision.note}`}
        </p>
      ))}
      {page.merges.map((merge, number) => (
        <details key={number} class="merge">
          <summary>
            Two events, score {merge.score.toFixed(2)}:{" "}
            {[...merge.features]
              .sort((a, b) => Math.abs(b.value * b.weight) - Math.abs(a.value * a.weight))
              .slice(0, 3)
              .map((feature) => feature.name)
              .join(", ")}
          </summary>
          <div class="scroll">
            <table class="features">
              <thead>
                <tr>
                  <th scope="col">feature</th>
                  <th scope="col">value</th>
                  <th scope="col">weight</th>
                  <th scope="col">reason</th>
                </tr>
              </thead>
              <tbody>
                {merge.features.map((feature) => (
                  <tr key={feature.name}>
                    <td>{feature.name}</td>
                    <td>{feature.value.toFixed(2)}</td>
                    <td>{feature.weight.toFixed(2)}</td>
                    <td>{feature.why}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </section>
  );
}
