/** What stands beside the map while nothing is chosen. */

import type { App } from "./app";
import { counted, el } from "./dom";
import type { Drawn } from "./side";
import { topicButton } from "./topics";

const TOPICS = 12;

/** Says what there is, and how to begin. */
export function welcome(app: App): Drawn {
  const { vault, areas } = app;
  const upper = areas.clusters.filter((area) => area.level === "upper");
  const facts = [
    counted(vault.notes, "note"),
    vault.unresolved > 0 && `${vault.unresolved.toLocaleString("en")} more that are only linked to`,
    counted(vault.links, "link"),
  ].filter((fact): fact is string => Boolean(fact));
  const body = el(
    "div.welcome",
    {},
    el("h2", { tabindex: -1, dir: "auto" }, vault.vault),
    el("p.facts", {}, facts.join(" · ")),
    vault.notes === 0
      ? el("p", {}, "There is no note here yet. Write one, a file that ends in .md, and load this page again.")
      : el("p", {}, "Choose a concept on the map, or press ", el("kbd", {}, "/"), " and type a name or words."),
    vault.notes > 0 && vault.links === 0
      ? el("p", {}, "No note links to another yet: write [[a name]] where one is meant.")
      : null,
    upper.length > 0 && el("h3", {}, "Topics"),
    upper.length > 0 &&
      el(
        "ul.topics",
        {},
        ...upper
          .slice(0, TOPICS)
          .map((area) => el("li", {}, topicButton(app, area.id, area.name), el("span.size", {}, String(area.size)))),
      ),
  );
  return { body, since: performance.now(), told: null };
}
