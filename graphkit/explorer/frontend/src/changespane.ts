/** What has changed: concepts and links that came or went, notes that are in another topic now. */

import type { App } from "./app";
import { onChange } from "./changes";
import { differences, isNothing, type Differences, type Move, type Pair } from "./comparing";
import { button, counted, el, fill } from "./dom";
import { decoded } from "./decoding";
import { long, said, whereabouts } from "./evidence";
import { failure } from "./failures";
import type { Graph, Parts } from "./graph";
import { conceptLink } from "./names";
import type { Concept, Named } from "./wire";
import { ServerError } from "./server";
import type { Drawn, Pane } from "./side";
import type { Since } from "./state";
import { areaOf, topicButton } from "./topics";

const DAY = 24;
/** So many changes are lit on the map at the most. */
const LIT = 2_000;
const SINCE: readonly (readonly [Since, string])[] = [
  ["opened", "the page was opened"],
  ["day", "a day ago"],
];

export const changesPane: Pane = {
  key: (state) => (state.pane === "changes" ? state.since : null),
  async draw(app, state, signal): Promise<Drawn> {
    const graph = await app.graph;
    const before = state.since === "day" ? await dayAgo(app, signal) : await app.opened;
    const since = performance.now();
    const told = before && differences(before, { ...graph.now, clusters: app.areas.clusters });
    light(app, graph, told);
    const body = el(
      "article.changes",
      {},
      el("p.kind", {}, "What changed"),
      el("h2", { tabindex: -1 }, told ? inWords(told) : "Nothing is known of a day ago"),
      choice(app, state.since),
      before?.time && el("p.soft", {}, "Compared with ", moment(before.time), "."),
      !told && el("p.soft", {}, "From now on graphkit remembers: open the explorer again tomorrow."),
      ...(told ? listed(app, told) : []),
    );
    return { body, since, told: told ? inWords(told) : "Nothing is known of a day ago." };
  },
};

/** The button that shows the pane, which says by a dot that something has changed since the page was opened. */
export function changesButton(app: App): HTMLButtonElement {
  const sign = el("span.news", { hidden: true }, el("span.unseen", {}, ", something has changed"));
  const made = button("Changes", () => toggle(app), { "aria-controls": "side" });
  made.append(sign);
  const follow = (): void => made.setAttribute("aria-pressed", String(app.state.get().pane === "changes"));
  follow();
  onChange(app.state, follow);
  app.onGraph(() => {
    void Promise.all([app.opened, app.graph]).then(([before, graph]) => {
      sign.hidden = before.revision === graph.revision;
    });
  });
  return made;
}

/** Shows what has changed, or the card again. */
export function toggle(app: App): void {
  app.state.set({ pane: app.state.get().pane === "changes" ? "card" : "changes" });
}

/** The graph as it was about a day ago; null where that is not known. */
async function dayAgo(app: App, signal: AbortSignal): Promise<Parts | null> {
  try {
    return decoded(await app.server.earlier(DAY, signal));
  } catch (error) {
    if (error instanceof ServerError && error.code === "no_earlier") return null;
    throw error;
  }
}

/** Lights what has changed, and the links that are new, those of new concepts among them. */
function light(app: App, graph: Graph, told: Differences | null): void {
  const changed = new Set<string>();
  for (const one of [...(told?.came ?? []), ...(told?.written ?? [])]) changed.add(one.id);
  for (const { concept } of told?.moved ?? []) changed.add(concept.id);
  for (const { a, b } of [...(told?.linked ?? []), ...(told?.unlinked ?? [])]) changed.add(a.id).add(b.id);
  const own = (told?.came ?? []).flatMap(({ id }) => {
    const number = graph.number(id);
    const near = number === undefined ? [] : [...graph.neighbours(number)];
    return near.map((other) => [id, graph.id(other)] as const);
  });
  const newLinks = [...(told?.linked ?? []).map(({ a, b }) => [a.id, b.id] as const), ...own];
  app.show({ changed: [...changed].slice(0, LIT), newLinks: newLinks.slice(0, LIT) });
}

function choice(app: App, chosen: Since): HTMLElement {
  const radios = SINCE.flatMap(([since, words]) => {
    const id = `since-${since}`;
    const act = (): void => app.state.set({ since });
    const radio = el("input", { type: "radio", name: "since", id, value: since, checked: since === chosen, onchange: act });
    return [radio, el("label", { for: id }, words)];
  });
  return el("fieldset.depth.since", {}, el("legend", {}, "Since"), ...radios);
}

function moment(time: string): HTMLElement {
  const at = new Date(time);
  const words = at.toLocaleString("en", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hour12: false });
  return el("time", { datetime: time }, words);
}

/** `2 concepts came, 1 link went`; what there is most to say of first. */
export function inWords(told: Differences): string {
  if (isNothing(told)) return "Nothing has changed";
  const parts = [
    told.came.length && `${counted(told.came.length, "concept")} came`,
    told.went.length && `${counted(told.went.length, "concept")} went`,
    told.written.length && `${counted(told.written.length, "concept")} written or unwritten`,
    told.linked.length && `${counted(told.linked.length, "link")} came`,
    told.unlinked.length && `${counted(told.unlinked.length, "link")} went`,
    told.moved.length && `${counted(told.moved.length, "note")} moved`,
  ];
  return parts.filter(Boolean).join(", ");
}

function listed(app: App, told: Differences): HTMLElement[] {
  return [
    ...section("New concepts", told.came, "concept", (one) => [conceptLink(app, one.id, {}, one.title)]),
    ...section("Concepts that went", told.went, "concept", (one) => [gone(one)]),
    ...section("Written since, or no longer", told.written, "concept", (one) => [
      conceptLink(app, one.id, {}, one.title),
      el("p.where", {}, one.note ? "has a note now" : "its note is gone, but it is still mentioned"),
    ]),
    ...section("New links", told.linked, "link", (pair) => [joined(app, pair), sentence(app, pair)]),
    ...section("Links that went", told.unlinked, "link", (pair) => [joined(app, pair)]),
    ...section("In another topic", told.moved, "note", (move) => [
      conceptLink(app, move.concept.id, {}, move.concept.title),
      way(app, move),
    ]),
  ];
}

function section<T>(title: string, items: readonly T[], noun: string, draw: (item: T) => (Node | null)[]): HTMLElement[] {
  if (!items.length) return [];
  const list = (some: readonly T[]): HTMLElement =>
    el("ul.links", {}, ...some.map((one) => el("li.evidence", {}, ...draw(one))));
  return [el("h3", {}, title, " ", el("span.count", {}, items.length.toLocaleString("en"))), long(items, noun, list)];
}

function gone(concept: Concept): HTMLElement {
  return el("span.gone", { dir: "auto", title: concept.id }, concept.title);
}

function joined(app: App, { a, b }: Pair): HTMLElement {
  return el("p.joins", {}, conceptLink(app, a.id, {}, a.title), " – ", conceptLink(app, b.id, {}, b.title));
}

/** What the link says, asked for when one wants to know. */
function sentence(app: App, { a, b }: Pair): HTMLElement {
  const place = el("div");
  const made = el("details.says", {}, el("summary", {}, "What it says"), place);
  const ask = async (): Promise<void> => {
    try {
      const { links } = await app.server.links(a.id, b.id);
      fill(place, ...links.flatMap((link) => [said(link), whereabouts(app, link)]));
      if (!links.length) fill(place, el("p.soft", {}, "It is gone again."));
    } catch (error) {
      fill(place, failure(app, error, () => void ask()));
    }
  };
  made.addEventListener("toggle", () => {
    if (made.open && !place.hasChildNodes()) void ask();
  });
  return made;
}

function way(app: App, { from, to }: Move): HTMLElement {
  const named = (one: Named | null): Node | string => {
    if (!one) return "no topic";
    return areaOf(app.areas, one.id) ? topicButton(app, one.id, one.name) : el("span", { dir: "auto" }, one.name);
  };
  return el("p.facts", {}, "from ", named(from), " to ", named(to));
}
