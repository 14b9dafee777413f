// Filters that stand in the address: what is changed is asked for at once, back takes it back.
import { useLocation } from "preact-iso";
import { address } from "../api/client";
import { Fold } from "./fold";

export type Filter = {
  name: string;
  label: string;
  kind?: "text" | "date" | "check";
  options?: readonly (readonly [string, string])[];
};

/** A field for each; `reset`: names that a change of any filter forgets, such as the page. */
export function Filters({ fields, reset = ["start", "at"] }: { fields: readonly Filter[]; reset?: readonly string[] }) {
  const { path, query, route } = useLocation();
  const set = (name: string, value: string) => {
    const next: Record<string, string> = { ...query, [name]: value };
    for (const each of reset) delete next[each];
    route(address(path, next));
  };
  return (
    <Fold name="Filters" set={fields.filter(({ name }) => query[name]).length}>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        {fields.map(({ name, label, kind = "text", options }) => (
          <label key={name} class={kind === "check" ? "filter-check" : undefined}>
            {kind === "check" ? (
              <>
                <input type="checkbox" checked={query[name] === "true"} onChange={(event) => set(name, event.currentTarget.checked ? "true" : "")} />{" "}
                {label}
              </>
            ) : (
              <>
                <span>{label}</span>
                {options ? (
                  <select value={query[name] ?? ""} onChange={(event) => set(name, event.currentTarget.value)}>
                    <option value="">any</option>
                    {options.map(([value, words]) => (
                      <option key={value} value={value}>
                        {words}
                      </option>
                    ))}
                  </select>
                ) : kind === "date" ? (
                  <input type="date" value={query[name] ?? ""} onChange={(event) => set(name, event.currentTarget.value)} />
                ) : (
                  <input type="text" value={query[name] ?? ""} onChange={(event) => set(name, event.currentTarget.value.trim())} />
                )}
              </>
            )}
          </label>
        ))}
      </form>
    </Fold>
  );
}
