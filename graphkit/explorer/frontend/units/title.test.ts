import { expect, test } from "vitest";

import { START, type State } from "../src/state";
import { shownBy } from "../src/title";

const PATH = { from: "a", to: "b", number: 1, avoid: [], through: [] };

test.each<[string, Partial<State>]>([
  ["", {}],
  ["A", { concept: "a" }],
  ["A", { concept: "a", pane: "note", path: PATH }],
  ["A → B", { concept: "a", pane: "path", path: PATH }],
  ["A →", { pane: "path", path: { ...PATH, to: null } }],
  ["topic c1", { concept: "a", pane: "cluster", cluster: "c1" }],
])("the title of the page says what is shown: %s", (title, state) => {
  expect(shownBy({ ...START, ...state }, (id) => id.toUpperCase(), (cluster) => `topic ${cluster}`)).toBe(title);
});
