/** Topics, which is what the page calls clusters: their dots, and buttons that enter them. */

import type { App } from "./app";
import { button, el, isNarrow } from "./dom";
import type { Area, Areas } from "./wire";

/** The cluster of an id or a name that the map has; undefined for words. */
export function areaOf(areas: Areas, name: string | null): Area | undefined {
  return areas.clusters.find((area) => area.id === name) ?? areas.clusters.find((area) => area.name === name);
}

/** The dot of a cluster in its own hue, which the name beside it says in words. */
export function dot(areas: Areas, area: Area | undefined): HTMLElement {
  const made = el("span.dot", { "aria-hidden": "true" });
  const hue = area && areas.hues[area.hue];
  if (hue) {
    made.style.setProperty("--light", hue[0]);
    made.style.setProperty("--dark", hue[1]);
  }
  if (area?.level === "lower") made.classList.add("part");
  return made;
}

/** Shows a cluster, and the map moves to it. */
export function enter(app: App, name: string): void {
  app.state.set({ cluster: name, other: null, pane: "cluster", ...(isNarrow() && { legend: false }) });
  const area = areaOf(app.areas, name);
  if (area) app.map?.flyToCluster(area.id);
}

/** A button that enters a cluster. */
export function topicButton(app: App, id: string, name: string): HTMLButtonElement {
  const made = button("", () => enter(app, id), { class: "topic", dir: "auto", "data-cluster": id });
  made.append(dot(app.areas, areaOf(app.areas, id)), name);
  return made;
}

/** The names of a topic, or of two, as a title, each with its dot. */
export function heading(app: App, one: string, other: string | null, a?: Area, b?: Area): HTMLElement {
  const part = (name: string, area: Area | undefined): HTMLElement =>
    el("span.side-of", { dir: "auto" }, dot(app.areas, area), name);
  if (other === null) return el("h2", { tabindex: -1 }, part(one, a));
  return el("h2.two", { tabindex: -1 }, part(one, a), el("span.unseen", {}, " and "), part(other, b));
}
