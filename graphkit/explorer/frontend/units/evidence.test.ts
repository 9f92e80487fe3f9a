import { expect, test } from "vitest";

import { findWords, markedWords, saysMore } from "../src/evidence";
import { telling } from "../src/path";
import type { Link } from "../src/wire";

function link(more: Partial<Link> = {}): Link {
  return {
    source: "a",
    target: "b",
    relation: "LINKS_TO",
    kind: "wiki",
    text: "motor_unit",
    anchor: null,
    alias: null,
    heading: null,
    line: 1,
    sentence: "Each motor_unit has one nerve cell.",
    seconds: null,
    moment: null,
    nearest: false,
    resolved_by: "name",
    ambiguous: [],
    ...more,
  };
}

test("a sentence is marked where it says the link, as whole words first", () => {
  expect(findWords("Strengthen your strength.", "strength")).toEqual(["Strengthen your ", "strength", "."]);
  expect(findWords("Strengthened.", "strength")).toEqual(["", "Strength", "ened."]);
  expect(findWords("Nothing of it.", "strength")).toBeNull();
});

test("words of any writing and with any signs are found", () => {
  expect(findWords("Über die Größe (a+b).", "größe")).toEqual(["Über die ", "Größe", " (a+b)."]);
  expect(findWords("It is (a+b).", "(a+b)")).toEqual(["It is ", "(a+b)", "."]);
  expect(findWords("İstanbul and strength", "Strength")).toBeNull();
});

test("the visible words of a link are marked before its target", () => {
  const words = (more: Partial<Link>): string | undefined => markedWords(link(more))?.[1];
  expect(words({})).toBe("motor_unit");
  expect(words({ alias: "nerve cell" })).toBe("nerve cell");
  expect(words({ text: "control/motor_unit.md" })).toBe("motor_unit");
  expect(words({ text: "motor_unit", sentence: "Each motor unit has one." })).toBe("motor unit");
  expect(words({ text: "", anchor: "nerve" })).toBe("nerve");
  expect(words({ text: "elsewhere" })).toBeUndefined();
});

test("the sentence of a mere list says no more than the name of its target", () => {
  const target = "deep/effects_of_cold";
  expect(saysMore({ target, sentence: "Effects of cold" })).toBe(false);
  expect(saysMore({ target, sentence: "Effects_of_cold." })).toBe(false);
  expect(saysMore({ target, sentence: "The cold" })).toBe(true);
  expect(saysMore({ target, sentence: "Effects of cold are many." })).toBe(true);
});

test("of a step's links the one in a sentence of its own stands first, then the one with a moment", () => {
  const bare = link({ line: 1, sentence: "See motor_unit" });
  const said = link({ line: 2 });
  const near = link({ line: 3, seconds: 9, moment: "https://example.org/?t=9", nearest: true });
  const exact = link({ line: 4, seconds: 9, moment: "https://example.org/?t=9" });
  const property = link({ line: 5, kind: "property", seconds: 9, moment: "https://example.org/?t=9" });
  expect(telling([bare, property, said, near, exact]).map(({ line }) => line)).toEqual([4, 3, 2, 5, 1]);
});
