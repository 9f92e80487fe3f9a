/** The box that one adds a filter by: all that there is to filter by, with counts, as one types. */

import { Shared } from "../answers";
import type { App } from "../app";
import { combobox, type Choice, type Combobox, type Group } from "../combobox";
import { counted, el } from "../dom";
import { failure } from "../failures";
import { isAborted } from "../server";
import { areaOf, dot } from "../topics";
import { addFilter, change, relationName, type Listed } from "./change";

export interface Facet {
  readonly name: string;
  readonly count: number;
}

export interface Facets {
  readonly folders: readonly Facet[];
  readonly tags: readonly Facet[];
  readonly relations: readonly Facet[];
  /** Each with the title of one of its notes, which says more than its id. */
  readonly videos: readonly (Facet & { readonly as: string })[];
}

/** So many of a kind are offered before and after something is typed. */
const FEW = 5;
const MOST = 12;
const TOP = "In no folder";

const shared = new Shared<Facets>();

/** All by which the graph as it is now can be narrowed. */
export function askFacets(app: App): Promise<Facets> {
  return shared.get(String(app.sieve.generation), (signal) => app.server.ask<Facets>("facets", {}, signal));
}

export function folderName(folder: string): string {
  return folder || TOP;
}

/**
 * The box.
 *
 * @param leave called on Escape.
 */
export function filterBox(app: App, leave: () => void): Combobox {
  const suggest: Parameters<typeof combobox>[0]["suggest"] = (words, offer, signal) => {
    const since = performance.now();
    askFacets(app).then(
      (facets) => {
        if (signal.aborted) return;
        const groups = groupsOf(app, facets, words);
        const some = groups.some((group) => group.choices.length);
        offer(groups, some ? null : "There is nothing of that name to filter by.", since);
      },
      (error: unknown) => {
        if (!isAborted(error)) offer([], failure(app, error, () => suggest(words, offer, signal)));
      },
    );
  };
  return combobox({
    id: "filter",
    label: "Add a filter: topic, folder, tag, relation or video",
    placeholder: "Topic, folder, tag, relation, video …",
    atOnce: true,
    suggest,
    leave,
    closed: () => undefined,
  });
}

interface Offered {
  readonly value: string;
  readonly text: string;
  readonly how: string;
  readonly shown?: Node;
}

function groupsOf(app: App, facets: Facets, words: string): Group[] {
  const { filters } = app.state.get();
  const wanted = folded(words);
  const fits = (...texts: string[]): boolean => texts.some((text) => folded(text).includes(wanted));
  const group = (title: string, kind: Listed, offered: readonly Offered[]): Group => {
    const some = offered.filter((one) => !filters[kind].includes(one.value) && fits(one.text, one.how, `${title} ${one.text}`));
    const choices = some.slice(0, words ? MOST : FEW).map(
      (one): Choice => ({
        key: `${kind} ${one.value}`,
        shown: [...(one.shown ? [one.shown] : []), el("span.name", { dir: "auto" }, one.text), el("span.how", { dir: "auto" }, one.how)],
        act: () => addFilter(app, kind, one.value),
      }),
    );
    const left = some.length - choices.length;
    return { title: left ? `${title}, ${left.toLocaleString("en")} more as you type` : title, choices };
  };
  const notes = ({ count }: Facet): string => counted(count, "note");
  const kinds = ([["notes", "Notes only"], ["unresolved", "Not yet written only"]] as const)
    .filter(([kind, text]) => filters.kind !== kind && fits(text))
    .map(([kind, text]): Choice => ({ key: kind, shown: [el("span.name", {}, text)], act: () => change(app, { kind }) }));
  return [
    group(
      "Topics",
      "topics",
      app.areas.clusters.map((area) => ({
        value: area.id,
        text: area.name,
        how: counted(area.size, "note"),
        shown: dot(app.areas, areaOf(app.areas, area.id)),
      })),
    ),
    group("Folders", "folders", facets.folders.map((one) => ({ value: one.name, text: folderName(one.name), how: notes(one) }))),
    group("Tags", "tags", facets.tags.map((one) => ({ value: one.name, text: `#${one.name}`, how: notes(one) }))),
    group("Relations", "relations", facets.relations.map((one) => ({ value: one.name, text: relationName(one.name), how: counted(one.count, "link") }))),
    group("Notes of the same video as", "videos", facets.videos.map((one) => ({ value: one.name, text: one.as, how: `${notes(one)} · ${one.name}` }))),
    { title: "Kind", choices: kinds },
  ];
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
