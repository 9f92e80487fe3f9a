import { expect, test } from "vitest";

import { wordsOf } from "../src/gaps";
import { distance } from "../src/map/view";
import { START, type State } from "../src/state";
import { shownBy } from "../src/title";

test("the words that a link shows are those that are marked in the sentence", () => {
  expect(wordsOf("[[motor unit]]")).toBe("motor unit");
  expect(wordsOf("[[motor_unit|motor units]]")).toBe("motor units");
  expect(wordsOf("[[motor_unit\\|motor units]]")).toBe("motor units");
  expect(wordsOf("[a \\[b\\]](/x%5D.md)")).toBe("a [b]");
});

test("a joint is as far as its nearest point", () => {
  expect(distance([5, 3], [0, 0], [10, 0])).toBe(3);
  expect(distance([-3, 4], [0, 0], [10, 0])).toBe(5);
  expect(distance([13, -4], [0, 0], [10, 0])).toBe(5);
  expect(distance([3, 4], [0, 0], [0, 0])).toBe(5);
});

test("the title says which topics are joined, and whose gaps are shown", () => {
  const told = (state: Partial<State>): string =>
    shownBy({ ...START, ...state }, (id) => id.toUpperCase(), (name) => `<${name}>`);
  expect(told({ pane: "bridges" })).toBe("Bridges");
  expect(told({ pane: "bridges", cluster: "c1" })).toBe("<c1> ↔");
  expect(told({ pane: "bridges", cluster: "c1", other: "c2" })).toBe("<c1> ↔ <c2>");
  expect(told({ pane: "gaps", cluster: "c1", other: "c2", concept: "a" })).toBe("Gaps: <c1>, <c2>");
  expect(told({ pane: "gaps", concept: "a" })).toBe("Gaps: A");
  expect(told({ pane: "gaps" })).toBe("Gaps");
});
