/** What a panel shows while it waits for an answer, and where none came. */

import type { App } from "./app";
import { button, el, fill } from "./dom";
import { ServerError } from "./server";

const PATIENCE = 150;

/**
 * What went wrong, and what to do next.
 *
 * @param error what was thrown.
 * @param again asks anew.
 */
export function failure(app: App, error: unknown, again: () => void): HTMLElement {
  const known = error instanceof ServerError ? error : null;
  const near = known?.candidates ?? [];
  return el(
    "div.failure",
    { role: "alert" },
    el("p", {}, known ? known.message : "The page could not show this."),
    known?.hint ? el("p.hint", {}, known.hint) : null,
    near.length > 0 &&
      el(
        "ul.near",
        {},
        ...near.map((one) =>
          el(
            "li",
            {},
            button(one.title, () => app.choose(one.id, { line: null }), { class: "act", dir: "auto" }),
          ),
        ),
      ),
    el("p", {}, button("Try again", again, { class: "act" })),
  );
}

/** Says quietly, after a while, that an answer is awaited; the function that comes back ends it. */
export function waiting(place: HTMLElement): () => void {
  place.setAttribute("aria-busy", "true");
  const timer = setTimeout(() => {
    place.classList.add("waiting");
    if (!place.hasChildNodes()) fill(place, el("p.soft", {}, "One moment …"));
  }, PATIENCE);
  return () => {
    clearTimeout(timer);
    place.removeAttribute("aria-busy");
    place.classList.remove("waiting");
  };
}

/** Notes for measurements how long the page itself took since a moment of `performance.now()`. */
export function measured(name: string, since: number): void {
  performance.measure(name, { start: since, end: performance.now() });
}
