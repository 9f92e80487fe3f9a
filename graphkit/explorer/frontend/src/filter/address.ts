/** Filters as the address has them: `only=c3&folder=control&tag=brain&kind=notes&links=2-`. */

import type { Filters } from "../state";

const LISTS = [
  ["only", "topics"],
  ["folder", "folders"],
  ["tag", "tags"],
  ["relation", "relations"],
  ["video", "videos"],
] as const;

export function tellFilters(told: URLSearchParams, filters: Filters): void {
  for (const [key, list] of LISTS) for (const one of filters[list]) told.append(key, one);
  if (filters.kind) told.set("kind", filters.kind);
  if (filters.least !== null || filters.most !== null) told.set("links", `${filters.least ?? ""}-${filters.most ?? ""}`);
}

/** The filters that an address tells of; what it tells wrongly is none. */
export function filtersOf(told: URLSearchParams): Filters {
  // Only a folder is called nothing: the top one.
  const list = (key: (typeof LISTS)[number][0]): string[] => [...new Set(told.getAll(key))].filter((one) => one || key === "folder");
  const kind = told.get("kind");
  const [, least, most] = /^(\d{0,6})-(\d{0,6})$/.exec(told.get("links") ?? "") ?? [];
  return {
    topics: list("only"),
    folders: list("folder"),
    tags: list("tag"),
    relations: list("relation"),
    videos: list("video"),
    kind: kind === "notes" || kind === "unresolved" ? kind : null,
    least: least ? Number(least) : null,
    most: most ? Number(most) : null,
  };
}
