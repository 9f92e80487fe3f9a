import { expect, test, vi } from "vitest";

import { leadTo, START, Store } from "../src/state";

test("who listens is told what is now and what was before", () => {
  const store = new Store();
  const heard = vi.fn();
  store.subscribe(heard);
  store.set({ concept: "a" });
  expect(heard.mock.calls).toEqual([[{ ...START, concept: "a" }, START]]);
});

test("nobody is told of what is no change", () => {
  const store = new Store({ ...START, hidden: ["c1"] });
  const heard = vi.fn();
  store.subscribe(heard);
  store.set({ hidden: ["c1"], concept: null });
  expect(heard).not.toHaveBeenCalled();
});

test("the other end of a path is neither avoided nor gone through", () => {
  const path = { from: "a", to: null, number: 3, avoid: ["b", "c"], through: ["d", "b"] };
  expect(leadTo(path, "b")).toEqual({ from: "a", to: "b", number: 1, avoid: ["c"], through: ["d"] });
});
