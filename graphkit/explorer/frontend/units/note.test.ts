import { expect, test } from "vitest";

import { blockAt, spanOf } from "../src/note";

test("a line belongs to the last block that begins at or before it", () => {
  const lines = [1, 4, 4, 9];
  expect(blockAt(lines, 4)).toBe(2);
  expect(blockAt(lines, 8)).toBe(2);
  expect(blockAt(lines, 400)).toBe(3);
  expect(blockAt([3], 1)).toBe(-1);
});

test("blocks that do not stand in the order of their lines are found as well", () => {
  expect(blockAt([1, 9, 5], 6)).toBe(2);
});

test("a sentence is found across the texts of a block, however it is broken", () => {
  const texts = ["Before.  Each ", "motor\n unit", " has one", " cell. After."];
  const span = spanOf(texts, "Each motor unit has one cell.");
  expect(span).toEqual([0, 9, 3, 6]);
});

test("a sentence that does not stand there is not found", () => {
  expect(spanOf(["Each unit."], "Another one.")).toBeNull();
  expect(spanOf(["Each unit."], " ")).toBeNull();
  expect(spanOf([], "Each unit.")).toBeNull();
});
