/** A topic, or a topic around words: what to read first, its parts, its notes, what joins it to others. */

import { Shared } from "./answers";
import type { App } from "./app";
import { emptied, keeping } from "./around";
import { showBridges } from "./bridges";
import { button, counted, el } from "./dom";
import { because, long, said, whereabouts } from "./evidence";
import { addFilter } from "./filter/change";
import { conceptLink } from "./names";
import type { AroundArea, Bridge, ClusterCard } from "./wire";
import type { Drawn, Pane } from "./side";
import { areaOf, dot, topicButton } from "./topics";

const READ = 12;
const shared = new Shared<ClusterCard>();

/** A topic's answer, which the table shows as well. */
export function askCluster(app: App, name: string): Promise<ClusterCard> {
  return shared.get(name, (signal) => app.server.cluster(name, READ, signal));
}

/** Draws on the map what stands around words, as long as they are in the state. */
export function followCluster(app: App): void {
  const follow = (name: string | null, fly: boolean): void => {
    if (name === null || areaOf(app.areas, name)) {
      app.show({ around: [] });
      return;
    }
    askCluster(app, name).then(
      (cluster) => {
        if (app.state.get().cluster !== name || cluster.id !== null) return;
        const ids = cluster.concepts.map((one) => one.id);
        app.show({ around: ids });
        if (fly) app.map?.flyToAll(ids);
      },
      () => app.show({ around: [] }),
    );
  };
  app.state.subscribe((now, before) => {
    if (now.cluster !== before.cluster) follow(now.cluster, now.camera === null || now.camera === before.camera);
  });
  app.onGraph(({ settled }) => settled && follow(app.state.get().cluster, false));
  const { cluster, camera } = app.state.get();
  if (cluster !== null) follow(cluster, camera === null);
}

export const clusterPane: Pane = {
  key: (state) => state.cluster,
  async draw(app, state): Promise<Drawn> {
    const name = state.cluster ?? "";
    const cluster = await askCluster(app, name).catch((error: unknown) => emptied(app, name, error));
    const since = performance.now();
    if ("problem" in cluster) return empty(app, cluster, since);
    const words = cluster.seed?.query ?? cluster.name;
    const kept = cluster.named_by === "hand";
    const body = el(
      "article.cluster",
      {},
      el("p.kind", {}, cluster.id === null ? "Around words" : cluster.level === "lower" ? "Part of a topic" : "Topic"),
      el(
        "h2",
        { tabindex: -1, dir: "auto" },
        cluster.id !== null && dot(app.areas, areaOf(app.areas, cluster.id)),
        cluster.name,
      ),
      el("p.facts", {}, el("span", {}, counted(cluster.size, "note")), ...linked(cluster)),
      parent(app, cluster),
      cluster.id === null && kept && found(words),
      cluster.id === null
        ? keeping(app, cluster.name, words, kept)
        : el("div.actions", {}, only(app, cluster.id), bridgesButton(app, cluster.id)),
      cluster.seed?.remark && el("p.soft", {}, cluster.seed.remark),
      ...reading(app, cluster),
      ...parts(app, cluster),
      ...notes(app, cluster),
      ...bridges(app, cluster),
    );
    return { body, since, told: `${cluster.name}, ${counted(cluster.size, "note")}` };
  },
};

/** What is kept around words that nobody says any more. */
function empty(app: App, { name, words, problem }: AroundArea, since: number): Drawn {
  const body = el(
    "article.cluster",
    {},
    el("p.kind", {}, "Around words"),
    el("h2", { tabindex: -1, dir: "auto" }, name),
    found(words),
    keeping(app, name, words, true),
    el("p", { dir: "auto" }, problem),
  );
  return { body, since, told: `${name}: ${problem ?? ""}` };
}

function found(words: string): HTMLElement {
  return el("p.soft", { dir: "auto" }, `Found around “${words}”, anew as notes change.`);
}

function linked(cluster: ClusterCard): HTMLElement[] {
  const told = [
    `${counted(cluster.links_inside, "link")} inside`,
    `${counted(cluster.links_outside, "link")} out of it`,
  ];
  return told.map((text) => el("span", {}, text));
}

function bridgesButton(app: App, id: string): HTMLButtonElement {
  return button("Bridges to …", () => showBridges(app, id, null), { class: "act" });
}

function parent(app: App, cluster: ClusterCard): HTMLElement | null {
  const area = areaOf(app.areas, cluster.parent);
  return area ? el("p.facts", {}, "in ", topicButton(app, area.id, area.name)) : null;
}

function only(app: App, id: string): HTMLElement {
  return button("Only this topic", () => addFilter(app, "topics", id), { class: "act" });
}

function reading(app: App, cluster: ClusterCard): HTMLElement[] {
  if (!cluster.reading_order.length) return [];
  return [
    el("h3", {}, "Read first"),
    el(
      "ol.links.reading",
      {},
      ...cluster.reading_order.map((step) =>
        el(
          "li.evidence",
          {},
          conceptLink(app, step.id, {}, step.title),
          because(app, step.id, step.because),
          el("p.where", {}, `${counted(step.linked_by, "note")} of it ${step.linked_by === 1 ? "links" : "link"} here`),
        ),
      ),
    ),
  ];
}

function parts(app: App, cluster: ClusterCard): HTMLElement[] {
  if (!cluster.parts.length) return [];
  return [
    el("h3", {}, "Its parts"),
    el(
      "ul.topics",
      {},
      ...cluster.parts.map((part) =>
        el("li", {}, topicButton(app, part.id ?? part.name, part.name), el("span.size", {}, String(part.size))),
      ),
    ),
  ];
}

function notes(app: App, cluster: ClusterCard): HTMLElement[] {
  const draw = (some: ClusterCard["concepts"]): HTMLElement =>
    el(
      "ul.links",
      {},
      ...some.map((one) =>
        el("li.evidence", {}, conceptLink(app, one.id, {}, one.title), because(app, one.id, one.because)),
      ),
    );
  return [el("h3", {}, "Its notes ", el("span.count", {}, String(cluster.size))), long(cluster.concepts, "note", draw)];
}

function bridges(app: App, cluster: ClusterCard): HTMLElement[] {
  if (!cluster.bridges.length) return [];
  const draw = (some: readonly Bridge[]): HTMLElement =>
    el(
      "ul.links",
      {},
      ...some.map((bridge) => {
        const link = bridge.links[0];
        return el(
          "li.evidence",
          {},
          el(
            "p.joins",
            {},
            conceptLink(app, bridge.concept.id, {}, bridge.concept.title),
            " leads to ",
            topicButton(app, bridge.b.id ?? bridge.b.name, bridge.b.name),
          ),
          link && said(link),
          link && whereabouts(app, link),
        );
      }),
    );
  return [el("h3", {}, "Bridges to other topics"), long(cluster.bridges, "bridge", draw)];
}
