import type { Shapes } from "../../api/client";
import { counted } from "../../parts/words";

type Merge = Shapes["Merge"];

function weighed(merge: Merge): Merge["features"] {
  return [...merge.features].sort((a, b) => Math.abs(b.value * b.weight) - Math.abs(a.value * a.weight));
}

/** Merges that were made for the same chief reasons, the commonest first. */
export function grouped(merges: readonly Merge[]): { reasons: string; merges: Merge[] }[] {
  const groups = new Map<string, Merge[]>();
  for (const merge of merges) {
    const reasons = weighed(merge).slice(0, 3).map((feature) => feature.name).sort().join(", ");
    groups.set(reasons, [...(groups.get(reasons) ?? []), merge]);
  }
  return [...groups].map(([reasons, found]) => ({ reasons, merges: found })).sort((a, b) => b.merges.length - a.merges.length);
}

function scores(merges: readonly Merge[]): string {
  const found = merges.map((merge) => merge.score);
  const [low, high] = [Math.min(...found).toFixed(2), Math.max(...found).toFixed(2)];
  return low === high ? `score ${low}` : `scores ${low} to ${high}`;
}

/** Why these reports were taken to be one happening: each merge with its features and weights, alike ones together. */
export function Why({ page }: { page: Shapes["IncidentPage"] }) {
  if (page.merges.length === 0) return null;
  return (
    <section aria-labelledby="why">
      <h2 id="why">Why these were joined</h2>
      {grouped(page.merges).map((group) => (
        <details key={group.reasons} class="merge">
          <summary>
            {counted(group.merges.length, "pair")} of events, {scores(group.merges)}: {group.reasons}
          </summary>
          <div class="scroll" tabIndex={0} role="region" aria-label={`Reasons: ${group.reasons}`}>
            <table class="features">
              <thead>
                <tr>
                  <th scope="col">pair</th>
                  <th scope="col">feature</th>
                  <th scope="col">value</th>
                  <th scope="col">weight</th>
                  <th scope="col">reason</th>
                </tr>
              </thead>
              <tbody>
                {group.merges.flatMap((merge, number) =>
                  weighed(merge).map((feature, place) => (
                    <tr key={`${number}-${place}`}>
                      <td>{place === 0 && `${number + 1} (${merge.score.toFixed(2)})`}</td>
                      <td>{feature.name}</td>
                      <td>{feature.value.toFixed(2)}</td>
                      <td>{feature.weight.toFixed(2)}</td>
                      <td>{feature.why}</td>
                    </tr>
                  )),
                )}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </section>
  );
}
