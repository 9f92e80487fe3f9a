/** Adds filters to the state and takes them away. */

import type { App } from "../app";
import { UNFILTERED, type Filters } from "../state";

/** The kinds of filters of which there can be several. */
export type Listed = "topics" | "folders" | "tags" | "relations" | "videos";

export function addFilter(app: App, kind: Listed, value: string): void {
  const { filters } = app.state.get();
  if (!filters[kind].includes(value)) change(app, { [kind]: [...filters[kind], value] });
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
