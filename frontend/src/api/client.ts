// Asking the API: typed by its OpenAPI description, one sentence for whatever goes wrong.
import { useEffect, useState } from "preact/hooks";
import type { components } from "./schema";

export type Shapes = components["schemas"];

export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The answer to a question; Refused with the server's own sentence where it has none. */
export async function ask<T>(address: string, init?: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused(0, "The ledger does not answer. Is `rashomon serve` still running?");
  }
  if (!answer.ok) {
    const told = (await answer.json().catch(() => null)) as { detail?: string } | null;
    throw new Refused(answer.status, told?.detail ?? `The ledger answered with status ${answer.status}.`);
  }
  return (await answer.json()) as T;
}

/** `again` asks once more. */
export type Asked<T> = { value: T | null; error: Refused | null; waiting: boolean; again: () => void };

/** What an address answers, asked again whenever the address changes; null asks nothing. The last answer stays while the next is
 * waited for, so that the page does not jump. */
export function useAnswer<T>(address: string | null, turn = 0): Asked<T> {
  const [state, set] = useState<Omit<Asked<T>, "again">>({ value: null, error: null, waiting: address !== null });
  const [tries, retry] = useState(0);
  useEffect(() => {
    if (address === null) {
      set({ value: null, error: null, waiting: false });
      return;
    }
    const control = new AbortController();
    set((before) => ({ ...before, waiting: true }));
    ask<T>(address, { signal: control.signal }).then(
      (value) => set({ value, error: null, waiting: false }),
      (error: unknown) => {
        if (!control.signal.aborted) set({ value: null, error: error as Refused, waiting: false });
      },
    );
    return () => control.abort();
  }, [address, turn, tries]);
  return { ...state, again: () => retry((before) => before + 1) };
}

/** An address with those of the values that are set. */
export function address(path: string, values: Record<string, string | number | boolean | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) query.set(name, String(value));
  }
  const words = query.toString();
  return words ? `${path}?${words}` : path;
}
