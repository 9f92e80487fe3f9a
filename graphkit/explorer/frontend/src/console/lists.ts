/** Saved queries, and those that were asked before, as lists to choose from. */

import { button, el, fill } from "../dom";
import type { Saved, SavedQueries } from "./asking";
import type { History, Past } from "./history";

const when = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** The saved queries, with a box that narrows them down, and what is wrong with files of others. */
export function savedList({ queries: saved, problems }: SavedQueries, take: (saved: Saved) => void): HTMLElement {
  const list = el("ul.queries");
  const none = el("p.soft", { hidden: true }, "No saved query says that.");
  const box = el("input", {
    type: "search",
    placeholder: "Narrow down",
    "aria-label": "Narrow down the saved queries",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => draw(),
  });
  const draw = (): void => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const some = saved.filter((one) => {
      const told = `${one.name} ${one.title} ${one.answers}`.toLowerCase();
      return words.every((word) => told.includes(word));
    });
    none.hidden = some.length > 0;
    fill(list, ...some.map((one) => entry(one.title, one.answers, () => take(one))));
  };
  draw();
  const wrong = problems.map((problem) => el("p.soft.problem", { dir: "auto" }, problem));
  return el("div.list", {}, box, ...wrong, list, none);
}

function entry(title: string, told: string, act: () => void): HTMLElement {
  const made = button("", act, { class: "query" });
  made.append(el("span.name", { dir: "auto" }, title), el("small", { dir: "auto" }, told));
  return el("li", {}, made);
}

/** The queries that were asked before, each of which can be forgotten. */
export function historyList(history: History, saved: readonly Saved[], take: (past: Past) => void): HTMLElement {
  const place = el("div.list");
  const draw = (): void => {
    if (!history.all.length) {
      fill(place, el("p.soft", {}, "No query has been asked here yet. The last 50 are kept in this browser."));
      return;
    }
    const forgetAll = button("Forget all", () => change(() => history.clear(), 0), { class: "plain" });
    const rows = history.all.map((past, at) => {
      const known = saved.find(({ query }) => query === past.query);
      const parameters = Object.entries(past.parameters).map(([name, value]) => `${name}: ${String(value)}`);
      const made = button("", () => take(past), { class: "query" });
      made.append(
        known ? el("span.name", { dir: "auto" }, known.title) : el("code", { dir: "auto" }, past.query.slice(0, 400)),
        el("small", { dir: "auto" }, [...parameters, when.format(past.at)].join(" · ")),
      );
      const forget = button("×", () => change(() => history.remove(past), at), { class: "forget", "aria-label": "Forget this query" });
      return el("li", {}, made, forget);
    });
    fill(place, el("ul.queries", {}, ...rows), el("p", {}, forgetAll));
  };
  const change = (act: () => void, at: number): void => {
    act();
    draw();
    const left = place.querySelectorAll<HTMLElement>(".forget");
    (left[Math.min(at, left.length - 1)] ?? place.closest<HTMLElement>("#console"))?.focus();
  };
  draw();
  return place;
}
