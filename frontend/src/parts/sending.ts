// Sending something to the API from a form: busy while it goes, its problem in one sentence.
import { useState } from "preact/hooks";
import { type Refused, ask } from "../api/client";

export type Send = <T>(method: string, path: string, body?: object) => Promise<T | null>;

/** How to send, whether something is under way, and the last problem. What is sent answers null where it was refused. */
export function useSending(): { send: Send; busy: boolean; problem: string | null } {
  const [busy, work] = useState(false);
  const [problem, tell] = useState<string | null>(null);
  const send: Send = async <T>(method: string, path: string, body?: object) => {
    work(true);
    tell(null);
    try {
      const sent = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      return await ask<T>(path, { method, ...sent });
    } catch (error) {
      tell((error as Refused).message);
      return null;
    } finally {
      work(false);
    }
  };
  return { send, busy, problem };
}
