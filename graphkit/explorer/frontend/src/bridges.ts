/** What holds two topics together: the notes, and the sentences in them. */

import { Shared } from "./answers";
import type { App } from "./app";
import { button, counted, el, isNarrow } from "./dom";
import { long, said, whereabouts } from "./evidence";
import { betweenTopics } from "./gaps";
import { conceptLink } from "./names";
import type { Area, Bridge, Bridges, Link } from "./wire";
import type { Drawn, Pane } from "./side";
import { same, type State } from "./state";
import { areaOf, dot, heading, topicButton } from "./topics";

const LIMIT = 20;
/** So many sentences of one note are shown at first. */
const FIRST = 2;
const shared = new Shared<Bridges>();

/** The bridges that a state asks for, which the table shows as well. */
export function askBridges(app: App, { cluster, other }: State): Promise<Bridges> {
  return shared.get(JSON.stringify([cluster, other]), (signal) =>
    app.server.bridges(cluster, cluster === null ? null : other, LIMIT, signal),
  );
}

/** Shows what joins two topics, or one and all others, or all. */
export function showBridges(app: App, cluster: string | null, other: string | null): void {
  app.state.set({ pane: "bridges", cluster, other, ...(isNarrow() && { legend: false }) });
}

/** Shows what joins the topic that one looks at to others: the one entered, the chosen concept's, the one in view. */
export async function bridgesInView(app: App): Promise<void> {
  const { cluster, concept } = app.state.get();
  const entered = areaOf(app.areas, cluster);
  const graph = await app.graph;
  const number = concept === null ? undefined : graph.number(concept);
  const own = number === undefined ? undefined : app.areas.clusters[graph.cluster[number] ?? -1];
  showBridges(app, entered?.id ?? own?.parent ?? own?.id ?? app.map?.topicInView() ?? null, null);
}

/** Draws the bridges of the state on the map, as long as they are in it. */
export function followBridges(app: App): void {
  const follow = (state: State, fly: boolean): void => {
    if (state.pane !== "bridges") return app.show({ bridges: [], bridgeLinks: [] });
    askBridges(app, state).then(
      ({ bridges }) => {
        const now = app.state.get();
        if (now.pane !== "bridges" || now.cluster !== state.cluster || now.other !== state.other) return;
        const ids = bridges.map((one) => one.concept.id);
        const pairs = bridges.flatMap(({ links }) => links.map(({ source, target }) => [source, target] as const));
        app.show({ bridges: ids, bridgeLinks: pairs });
        if (!fly) return;
        if (now.cluster !== null && now.other !== null) app.map?.flyToCluster(now.cluster, now.other);
        else app.map?.flyToAll([...ids, ...pairs.flat()]);
      },
      () => app.show({ bridges: [], bridgeLinks: [] }),
    );
  };
  app.state.subscribe((now, before) => {
    const asked = ({ pane, cluster, other }: State): unknown => pane === "bridges" && [cluster, other];
    if (same(asked(now), asked(before))) return;
    follow(now, now.camera === null || same(now.camera, before.camera));
  });
  app.onGraph(({ settled }) => settled && follow(app.state.get(), false));
  const state = app.state.get();
  if (state.pane === "bridges") follow(state, state.camera === null);
}

export const bridgesPane: Pane = {
  key: (state) => (state.pane === "bridges" ? JSON.stringify([state.cluster, state.other]) : null),
  async draw(app, state): Promise<Drawn> {
    const { cluster, other } = state;
    const { bridges } = await askBridges(app, state);
    const since = performance.now();
    const [a, b] = [areaOf(app.areas, cluster), areaOf(app.areas, other)];
    const body = el(
      "article.joining",
      {},
      el("p.kind", {}, "Bridges"),
      cluster === null
        ? el("h2", { tabindex: -1 }, "What joins the topics")
        : heading(app, named(a, cluster), other === null ? null : named(b, other), a, b),
      el("p.facts", {}, ...facts(app, bridges, a, b)),
      cluster !== null && other !== null && el("div.actions", {}, ...actions(app, cluster, other)),
      cluster !== null && other === null && others(app, cluster, bridges),
      ...list(app, state, bridges),
      cluster !== null && other !== null && others(app, cluster, bridges, other),
    );
    return { body, since, told: `${counted(bridges.length, "bridge")}${a ? ` of ${a.name}` : ""}${b ? ` and ${b.name}` : ""}` };
  },
};

function named(area: Area | undefined, id: string): string {
  return area?.name ?? id;
}

function facts(app: App, bridges: readonly Bridge[], a?: Area, b?: Area): HTMLElement[] {
  const pairs = a && b ? pairsOf(app, a.id).get(b.id) : undefined;
  const told = [
    bridges.length > 0 && counted(bridges.length, bridges.length === LIMIT ? "best bridge" : "bridge"),
    pairs !== undefined && `${counted(pairs, "pair")} of notes linked across`,
  ];
  return told.filter((one): one is string => Boolean(one)).map((text) => el("span", {}, text));
}

/** How many pairs of notes join a topic with each other one, the most first. */
function pairsOf(app: App, id: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [one, other, pairs] of app.areas.joints) {
    const [a, b] = [app.areas.clusters[one]?.id, app.areas.clusters[other]?.id];
    if (a === undefined || b === undefined) continue;
    if (a === id) found.set(b, pairs);
    if (b === id) found.set(a, pairs);
  }
  return found;
}

function actions(app: App, cluster: string, other: string): HTMLElement[] {
  return [
    button("Gaps between them", () => betweenTopics(app, cluster, other), { class: "act" }),
    button("⇅", () => showBridges(app, other, cluster), {
      class: "act turn",
      "aria-label": "The other one first",
      title: "The other one first",
    }),
  ];
}

/** The topics that one is joined with, to choose one of them. */
function others(app: App, cluster: string, bridges: readonly Bridge[], shown: string | null = null): HTMLElement | null {
  const pairs = pairsOf(app, cluster);
  if (!pairs.size && shown === null) {
    for (const { b } of bridges) if (b.id !== null) pairs.set(b.id, 0); // Parts of topics have no joints.
  }
  const lines = [...pairs].flatMap(([id, count]) => {
    const area = areaOf(app.areas, id);
    if (!area) return [];
    const made = button("", () => showBridges(app, cluster, id), { class: "topic", dir: "auto" });
    made.append(dot(app.areas, area), area.name);
    if (id === shown) made.setAttribute("aria-current", "true");
    return [el("li", {}, made, count > 0 && el("span.size", { title: "linked pairs of notes" }, count.toLocaleString("en")))];
  });
  if (!lines.length) return null;
  const name = areaOf(app.areas, cluster)?.name ?? cluster;
  return el(
    "section",
    {},
    el("h3", {}, shown === null ? "To which topic?" : "To other topics"),
    shown !== null && el("p.soft", { dir: "auto" }, `from ${name}`),
    el("ul.topics", {}, ...lines),
  );
}

function list(app: App, state: State, bridges: readonly Bridge[]): HTMLElement[] {
  if (!bridges.length) {
    const none = state.other === null ? "No link leads from here to another topic." : "No link leads from the one to the other.";
    return [el("p.soft", {}, none)];
  }
  const draw = (some: readonly Bridge[]): HTMLElement =>
    el("ul.links", {}, ...some.map((bridge) => bridgeOf(app, state, bridge)));
  const alone = state.cluster !== null && state.other !== null;
  const title = alone ? [] : [el("h3", {}, "The best bridges")];
  return [...title, long(bridges, "bridge", draw)];
}

function bridgeOf(app: App, state: State, bridge: Bridge): HTMLElement {
  const { concept, links } = bridge;
  const rest = links.slice(FIRST);
  const more = el("div", { hidden: true }, ...rest.flatMap((link) => evidence(app, concept.id, link)));
  const opener = button(
    `and ${rest.length} more`,
    () => {
      more.hidden = !more.hidden;
      opener.setAttribute("aria-expanded", String(!more.hidden));
    },
    { class: "plain", "aria-expanded": "false" },
  );
  const topic = (one: Bridge["a"]): HTMLElement => topicButton(app, one.id ?? one.name, one.name);
  const made = el(
    "li.evidence.bridge",
    {},
    el("p.joins", {}, conceptLink(app, concept.id, {}, concept.title)),
    state.cluster === null && el("p.facts", {}, topic(bridge.a), topic(bridge.b)),
    state.cluster !== null && state.other === null && el("p.facts", {}, "leads to ", topic(bridge.b)),
    ...links.slice(0, FIRST).flatMap((link) => evidence(app, concept.id, link)),
    rest.length > 0 && opener,
    rest.length > 0 && more,
  );
  return made;
}

/** A link of a bridge: whither, and in what words. */
function evidence(app: App, id: string, link: Link): HTMLElement[] {
  const out = link.source === id;
  const far = out ? link.target : link.source;
  return [
    el("p.speaker", {}, el("span", { "aria-hidden": "true" }, out ? "→ " : "← "), el("span.unseen", {}, out ? "to " : "from "), conceptLink(app, far)),
    said(link),
    whereabouts(app, link),
  ];
}
