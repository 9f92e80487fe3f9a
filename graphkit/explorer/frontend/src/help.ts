/** The keys that the page listens to. */

import type { App } from "./app";
import { button, el, fill } from "./dom";

const KEYS: readonly (readonly [title: string, keys: readonly (readonly [keys: string, does: string])[]])[] = [
  [
    "Find and choose",
    [
      ["/ or Ctrl K", "find a concept, words or a topic"],
      ["← ↑ → ↓", "on the map: walk to a linked concept"],
      ["Enter or c", "its card"],
      ["n", "read its note"],
      ["p", "path from here"],
      ["1 2 3", "light what is up to so many hops away"],
    ],
  ],
  [
    "Look around",
    [
      ["+ −", "nearer, farther"],
      ["0", "all of the map"],
      ["l", "topics"],
      ["t", "table"],
      ["b", "what joins the topic in view to others"],
      ["g", "gaps: what ought to be linked"],
      ["h", "what has changed"],
      ["q", "query in Cypher"],
      ["f", "filters: what is shown"],
      ["s", "save: pictures, tables, a page"],
    ],
  ],
  [
    "In the console",
    [
      ["Ctrl Enter", "run the query"],
      ["Esc", "cancel it; else close the console"],
    ],
  ],
  [
    "Go back",
    [
      ["Alt ←  Alt →", "back and forward"],
      ["Esc", "close, then let go of what is chosen"],
      ["?", "these keys"],
    ],
  ],
];

/** Fills the dialog; who opens it is `keys.ts`. */
export function mountHelp(place: HTMLDialogElement, _app: App): void {
  fill(
    place,
    el(
      "header.head",
      {},
      el("h2", { id: "help-title" }, "Keys"),
      button("Close", () => place.close(), { class: "act" }),
    ),
    ...KEYS.map(([title, keys]) =>
      el(
        "section",
        {},
        el("h3", {}, title),
        el("dl.keys", {}, ...keys.flatMap(([key, does]) => [el("dt", {}, ...shown(key)), el("dd", {}, does)])),
      ),
    ),
    el("p.soft", {}, "Letters are heard while nothing is being typed. The address keeps what is shown: bookmark it."),
  );
  place.addEventListener("click", (event) => {
    if (event.target === place) place.close();
  });
}

function shown(keys: string): (HTMLElement | string)[] {
  return keys.split(/\s+/).flatMap((key) => [key === "or" ? "or" : el("kbd", {}, key), " "]);
}
