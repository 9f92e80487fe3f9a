import { expect, test } from "vitest";

import { inLines } from "../src/map/labels";

test("a name stands in lines of about so many letters, three at the most", () => {
  expect(inLines("sleep and\nwakefulness", 18)).toEqual(["sleep and", "wakefulness"]);
  expect(inLines("one two three four five six", 5)).toEqual(["one", "two", "three …"]);
  expect(inLines("  spaces  ", 18)).toEqual(["spaces"]);
});

test.each(["😀", "👩‍👧", "e\u0301"])("a long name is cut between letters: %s", (letter) => {
  const [line] = inLines(letter.repeat(60), 18);
  expect(line).toMatch(/^.+…$/u);
  expect(line!.length).toBeLessThanOrEqual(36);
  expect(letter.repeat(60).startsWith(line!.slice(0, -1))).toBe(true);
  expect((line!.length - 1) % letter.length).toBe(0);
});
