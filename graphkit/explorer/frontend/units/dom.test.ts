import { expect, test } from "vitest";

import { clock, counted, outside } from "../src/dom";

test.each([
  [0, "0:00"],
  [65, "1:05"],
  [836, "13:56"],
  [3723, "1:02:03"],
  [36_000, "10:00:00"],
])("%i seconds are read as %s", (seconds, told) => expect(clock(seconds)).toBe(told));

test("what is counted is one or many", () => {
  expect(counted(1, "note")).toBe("1 note");
  expect(counted(1200, "note")).toBe("1,200 notes");
  expect(counted(2, "note mentions", "notes mention")).toBe("2 notes mention");
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "//example.org",
  "vscode://file/x",
  " https://example.org",
  "",
  null,
])("only the web's addresses are followed, not %s", (address) => expect(outside(address)).toBeNull());

test("the web's addresses are followed", () => {
  expect(outside("HTTPS://youtu.be/x?t=1")).toBe("HTTPS://youtu.be/x?t=1");
});
