import { expect, test, vi } from "vitest";

import { Shared } from "../src/answers";

test("the same is asked once, and another lets go of it", async () => {
  const shared = new Shared<string>();
  const signals: AbortSignal[] = [];
  const ask = vi.fn((signal: AbortSignal) => {
    signals.push(signal);
    return Promise.resolve("answer");
  });
  await Promise.all([shared.get("a", ask), shared.get("a", ask)]);
  expect(ask).toHaveBeenCalledTimes(1);
  await shared.get("b", ask);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
});

test("what failed is asked anew", async () => {
  const shared = new Shared<string>();
  await expect(shared.get("a", () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  await expect(shared.get("a", () => Promise.resolve("answer"))).resolves.toBe("answer");
});
