import { expect, test } from "vitest";
import type { Shapes } from "../src/api/client";
import { type LaterRow, touching } from "../src/parts/later";

const quote = (span: number[]): Shapes["Quote"] =>
  ({ document: "d", span, sentence: [0, 60], words: "", text: "", chain: [], attribution: null }) as unknown as Shapes["Quote"];
const row = (kind: string): LaterRow => ({ id: kind, kind, a: quote([10, 20]) }) as unknown as LaterRow;

test("a changed figure is flagged at its own value, and wherever its sentence is quoted", () => {
  const rows = [row("figure"), row("correction")];
  expect(touching(rows, quote([15, 25]), true).map((one) => one.kind)).toEqual(["figure", "correction"]);
  expect(touching(rows, quote([40, 45]), true).map((one) => one.kind)).toEqual(["correction"]);
  expect(touching(rows, quote([40, 45])).map((one) => one.kind)).toEqual(["figure", "correction"]);
});
