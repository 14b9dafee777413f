// What a job has told so far.
import type { Shapes } from "../../api/client";

type Step = Shapes["Step"];

export type Progress = { at: number; done: number; last: string | null; failures: Step[]; outcome: Step | null; broken: string | null; ended: boolean; lost: boolean };

export const begun: Progress = { at: 0, done: 0, last: null, failures: [], outcome: null, broken: null, ended: false, lost: false };

/** The progress after one more step; a step told again, as after a lost connection, changes nothing. */
export function after(before: Progress, number: number, step: Step): Progress {
  if (number > 0 && number <= before.at) return before;
  const next = { ...before, at: number };
  if (step.kind === "read") return { ...next, done: before.done + 1, last: step.what };
  if (step.kind === "failed" || step.kind === "not read") return { ...next, failures: [...before.failures, step] };
  if (step.kind === "done") return { ...next, outcome: step };
  if (step.kind === "broken") return { ...next, broken: step.reason };
  return next;
}
