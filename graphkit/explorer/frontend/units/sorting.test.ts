import { expect, test } from "vitest";

import { copied, sorted, type Row } from "../src/sorting";

function row(id: string, more: Partial<Row> = {}): Row {
  return { id, title: id, kind: "note", topic: "", links: 0, hops: null, ...more };
}

test("rows are sorted by a column, those that are alike by title", () => {
  const rows = [row("c", { links: 2 }), row("b", { links: 10 }), row("a", { links: 2 })];
  expect(sorted(rows, { column: "links", down: true }).map(({ id }) => id)).toEqual(["b", "a", "c"]);
  expect(sorted(rows, { column: "links", down: false }).map(({ id }) => id)).toEqual(["a", "c", "b"]);
});

test("titles are sorted as people do, numbers within them too", () => {
  const rows = ["zone 10", "Zone 2", "Änderung", "apple"].map((id) => row(id));
  expect(sorted(rows, { column: "title", down: false }).map(({ id }) => id)).toEqual([
    "Änderung",
    "apple",
    "Zone 2",
    "zone 10",
  ]);
});

test("what is empty stands last, whichever way", () => {
  const rows = [row("a"), row("b", { topic: "sleep", hops: 1 })];
  for (const down of [true, false]) {
    expect(sorted(rows, { column: "topic", down }).map(({ id }) => id)).toEqual(["b", "a"]);
    expect(sorted(rows, { column: "hops", down }).map(({ id }) => id)).toEqual(["b", "a"]);
  }
});

test("a copy is a line a row, and no cell breaks it", () => {
  const rows = [row("a", { title: "A\ttitle\nof two", links: 3, hops: 0 }), row("b")];
  expect(copied(rows, ["title", "links", "hops"])).toBe("Concept\tLinks\tHops\nA title of two\t3\t0\nb\t0\t");
});
