/** The card of a concept: what it is, what it links to and what links to it, each with its sentence. */

import type { App } from "./app";
import { button, counted, el, outside } from "./dom";
import { showGaps } from "./gaps";
import { long, said, saysMore, whereabouts } from "./evidence";
import { addFilter } from "./filter/change";
import { lastPart } from "./graph";
import { conceptLink } from "./names";
import type { Card, Link } from "./wire";
import { ServerError } from "./server";
import type { Drawn, Pane } from "./side";
import { leadTo, same, type State } from "./state";
import { topicButton } from "./topics";

/** The most concepts that are offered in place of one that is gone. */
const NEAR = 6;
const DEPTHS = [1, 2, 3] as const;

export const cardPane: Pane = {
  key: (state) => state.concept,
  async draw(app, state, signal): Promise<Drawn> {
    const id = state.concept ?? "";
    const card = await app.server.show(id, signal).catch((error: unknown) => nearOnes(app, id, error, signal));
    const since = performance.now();
    const actions = el("div.actions");
    let path: State["path"] | undefined; // What the actions were drawn for.
    const depth = depthChoice(app);
    const body = el(
      "article.card",
      {},
      el("p.kind", {}, card.note ? "Note" : "Not yet written"),
      el("h2", { tabindex: -1, dir: "auto" }, card.title),
      card.aliases.length > 0 && el("p.also", { dir: "auto" }, `also: ${card.aliases.join(", ")}`),
      card.note ? summary(card) : unwritten(card),
      facts(app, card),
      actions,
      card.links.length + card.backlinks.length > 0 && depth.element,
      ...linksOut(app, card),
      ...backlinks(app, card),
      card.links.length + card.backlinks.length === 0 &&
        el("p.soft", {}, "Nothing links here, and it links to nothing yet."),
    );
    return {
      body,
      since,
      told: `${card.title}, ${card.note ? "a note" : "not yet written"}, ${counted(card.links.length + card.backlinks.length, "link")}`,
      follow: (now) => {
        depth.follow(now);
        if (path !== undefined && same(path, now.path)) return;
        path = now.path;
        actions.replaceChildren(...actionsFor(app, card, now));
      },
    };
  },
};

/** Says of a concept that is gone which ones have a name like its own. */
async function nearOnes(app: App, id: string, error: unknown, signal: AbortSignal): Promise<never> {
  if (!(error instanceof ServerError) || error.code !== "no_such_concept" || error.candidates.length) throw error;
  const { choices } = await app.server.find(lastPart(id).replaceAll("_", " "), signal);
  const near = choices.filter((one) => one.kind === "concept").slice(0, NEAR);
  const hint = near.length ? "Did you mean one of these?" : "Look for it in the find box: press / and type.";
  throw new ServerError(error.code, error.message, hint, near);
}

function summary(card: Card): HTMLElement | null {
  return card.summary ? el("p.summary", { dir: "auto" }, card.summary) : null;
}

function unwritten(card: Card): HTMLElement {
  const notes = new Set(card.backlinks.map((link) => link.source)).size;
  return el("p.summary", {}, `No note has this name yet; ${counted(notes, "note mentions", "notes mention")} it.`);
}

function facts(app: App, card: Card): HTMLElement {
  const video = outside(card.video) ?? (card.video && /^[\w-]{11}$/.test(card.video) ? watch(card.video) : null);
  return el(
    "div.facts",
    {},
    card.cluster && card.cluster_name !== null && topicButton(app, card.cluster, card.cluster_name),
    card.subcluster && card.subcluster_name !== null && topicButton(app, card.subcluster, card.subcluster_name),
    ...card.tags.map((tag) => filterButton(`#${tag}`, () => addFilter(app, "tags", tag))),
    card.words !== null && el("span", {}, counted(card.words, "word")),
    video && el("a", { href: video, target: "_blank", rel: "noopener noreferrer" }, "▶ Video"),
    card.video && filterButton("Notes of this video", () => addFilter(app, "videos", card.video ?? "")),
  );
}

/** A button that narrows the map. */
function filterButton(text: string, act: () => void): HTMLElement {
  return button(text, act, { class: "plain", dir: "auto", title: "Show only these on the map" });
}

function watch(id: string): string {
  return `https://youtu.be/${id}`;
}

function actionsFor(app: App, card: Card, state: State): HTMLElement[] {
  const begun = state.path;
  const open = begun !== null && begun.to === null && begun.from !== card.id;
  const made: HTMLElement[] = [];
  if (open) {
    const act = (): void => app.state.set({ path: leadTo(begun, card.id), pane: "path" });
    made.push(button("Path to here", act, { class: "act first" }));
  }
  if (card.note) {
    const act = (): void => app.state.set({ pane: "note" });
    made.push(button("Read the note", act, { class: open ? "act" : "act first" }));
  }
  const from = { from: card.id, to: null, number: 1, avoid: [], through: [] };
  made.push(button("Path from here", () => app.state.set({ path: from, pane: "path" }), { class: "act" }));
  if (card.note) made.push(button("Gaps", () => showGaps(app), { class: "act", title: "Notes that it ought to be linked with" }));
  return made;
}

/** How far around the concept the map is lit. */
function depthChoice(app: App): { element: HTMLElement; follow: (state: State) => void } {
  const radios = DEPTHS.map((depth) =>
    el("input", {
      type: "radio",
      name: "depth",
      value: depth,
      id: `depth-${depth}`,
      onchange: () => app.state.set({ depth }),
    }),
  );
  const element = el(
    "fieldset.depth",
    {},
    el("legend", {}, "Depth", el("span.unseen", {}, " on the map, in hops")),
    ...radios.flatMap((radio) => [radio, el("label", { for: radio.id }, radio.value)]),
  );
  return {
    element,
    follow: (state) => {
      for (const radio of radios) radio.checked = Number(radio.value) === state.depth;
    },
  };
}

/** What follows each other with the same key, together. */
export function grouped<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups];
}

function title(text: string, count: number): HTMLElement {
  return el("h3", {}, text, " ", el("span.count", {}, count.toLocaleString("en")));
}

function linksOut(app: App, card: Card): HTMLElement[] {
  if (!card.links.length) return [];
  const draw = (links: readonly Link[]): HTMLElement =>
    el(
      "div.links",
      {},
      ...grouped(links, (link) => link.heading ?? "").map(([heading, group]) =>
        el(
          "section",
          {},
          heading && el("h4", { dir: "auto" }, heading),
          el("ul", {}, ...group.map((link) => out(app, link))),
        ),
      ),
    );
  return [title("Links to", card.links.length), long(card.links, "link", draw)];
}

function out(app: App, link: Link): HTMLElement {
  return el(
    "li.evidence",
    {},
    conceptLink(app, link.target),
    saysMore(link) && said(link),
    whereabouts(app, link, false),
  );
}

function backlinks(app: App, card: Card): HTMLElement[] {
  if (!card.backlinks.length) return [];
  const draw = (notes: readonly [string, Link[]][]): HTMLElement =>
    el(
      "ul.links",
      {},
      ...notes.map(([source, links]) =>
        el(
          "li.evidence",
          {},
          conceptLink(app, source, { line: links[0]?.line ?? null }),
          ...links.flatMap((link) => [said(link), whereabouts(app, link)]),
        ),
      ),
    );
  const notes = grouped(card.backlinks, (link) => link.source);
  return [title("Linked from", card.backlinks.length), long(notes, "note", draw)];
}
