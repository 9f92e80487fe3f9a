/** Adds filters to the state and takes them away. */

import type { App } from "../app";
import { UNFILTERED, type Filters } from "../state";
import type { Areas } from "../wire";

/** The kinds of filters of which there can be several. */
export type Listed = "topics" | "folders" | "tags" | "relations" | "videos";

export function addFilter(app: App, kind: Listed, value: string): void {
  const { filters, hidden } = app.state.get();
  const one = filters[kind].includes(value) ? filters : { ...filters, [kind]: [...filters[kind], value] };
  app.state.set({ filters: one, hidden: kind === "topics" ? showing(app.areas, hidden, value) : hidden });
}

/** Of the topics that are hidden, those that are still where one of them is to be seen, with its parts. */
export function showing(areas: Areas, hidden: readonly string[], topic: string): readonly string[] {
  const own = areas.clusters.filter(({ id, parent }) => id === topic || parent === topic);
  const shown = new Set(own.flatMap(({ id, parent }) => [id, parent]));
  return hidden.filter((id) => !shown.has(id));
}

export function takeFilter(app: App, kind: Listed, value: string): void {
  change(app, { [kind]: app.state.get().filters[kind].filter((one) => one !== value) });
}

export function change(app: App, patch: Partial<Filters>): void {
  app.state.set({ filters: { ...app.state.get().filters, ...patch } });
}

export function clearFilters(app: App): void {
  app.state.set({ filters: UNFILTERED });
}

/** A relation as people say it: `part of`. */
export function relationName(relation: string): string {
  return relation === "LINKS_TO" ? "plain link" : relation.toLowerCase().replaceAll("_", " ");
}

/** What a number of links from and to is called. */
export function linksName(least: number | null, most: number | null): string {
  if (most === null) return `${least ?? 0} links or more`;
  if (least === null) return most === 1 ? "1 link or none" : `up to ${most} links`;
  return least === most ? `${least} links` : `${least} to ${most} links`;
}
