/** A path between two concepts, read step by step, each step in the words that make it. */

import { Shared } from "./answers";
import type { App } from "./app";
import { button, byId, counted, el } from "./dom";
import { markedWords, said, whereabouts } from "./evidence";
import { finder } from "./find";
import { conceptLink, nameOf } from "./names";
import type { Concept, Link, Path, Paths, Step } from "./wire";
import type { Drawn, Pane } from "./side";
import { same, type PathAsked } from "./state";

const shared = new Shared<Paths>();

/** The paths that are asked for, up to the one that is shown; the table shows them as well. */
export function askPath(app: App, path: PathAsked & { to: string }): Promise<Paths> {
  const more = { k: path.number, avoid: path.avoid, through: path.through };
  return shared.get(JSON.stringify(path), (signal) => app.server.path(path.from, path.to, more, signal));
}

/** Whether both ends of a path are chosen. */
export function isWhole(path: PathAsked | null): path is PathAsked & { to: string } {
  return path !== null && path.to !== null;
}

/** The path of a number, or the last there is. */
export function pathAt(paths: Paths, number: number): Path | undefined {
  return paths.paths[Math.min(number, paths.paths.length) - 1];
}

/** Draws the path of the state on the map, as long as it is there. */
export function followPath(app: App): void {
  const follow = (path: PathAsked | null, fly: boolean): void => {
    if (!isWhole(path)) {
      app.show({ path: path ? [path.from] : [] });
      return;
    }
    askPath(app, path).then(
      (paths) => {
        if (!same(app.state.get().path, path)) return;
        const ids = pathAt(paths, path.number)?.concepts.map((one) => one.id) ?? [path.from, path.to];
        app.show({ path: ids });
        if (fly) app.map?.flyToAll(ids);
      },
      () => app.show({ path: [] }),
    );
  };
  app.state.subscribe((now, before) => {
    if (!same(now.path, before.path)) follow(now.path, now.camera === null || same(now.camera, before.camera));
  });
  app.onGraph(({ settled }) => settled && follow(app.state.get().path, false));
  const { path, camera } = app.state.get();
  if (path) follow(path, camera === null);
}

export const pathPane: Pane = {
  key: (state) => state.path && JSON.stringify(state.path),
  async draw(app, state): Promise<Drawn> {
    const path = state.path as PathAsked;
    const answer = isWhole(path) ? await askPath(app, path) : null;
    const since = performance.now();
    const shown = answer && pathAt(answer, path.number);
    const body = el(
      "article.path",
      {},
      el("p.kind", {}, nameOfPath(path, answer)),
      el("h2", { tabindex: -1 }, shown ? counted(shown.hops, "step") : answer ? "No path" : "Where to?"),
      ends(app, path),
      chips(app, path),
      ...(answer ? (shown ? chain(app, path, answer, shown) : none(path)) : [open()]),
      answer && throughBox(app, path),
    );
    const told = shown
      ? `A path of ${counted(shown.hops, "step")}: ${shown.concepts.map((one) => one.title).join(", ")}`
      : answer
        ? "There is no path."
        : "Choose the other end of the path.";
    return { body, since: answer && since, told };
  },
};

function nameOfPath(path: PathAsked, answer: Paths | null): string {
  const number = Math.min(path.number, answer?.paths.length ?? 1);
  return number > 1 ? `Path ${number}` : "Path";
}

/** Changes something about the path; what is asked anew begins with its first one. */
function change(app: App, path: PathAsked, more: Partial<PathAsked>): void {
  app.state.set({ path: { ...path, number: 1, ...more }, pane: "path" });
}

function ends(app: App, path: PathAsked): HTMLElement {
  const { from, to } = path;
  const end = (id: string, act: () => void): HTMLElement => {
    const made = button("", act, { class: "act end", dir: "auto", title: "Choose another end" });
    made.append(nameOf(app, id));
    return made;
  };
  if (to === null) {
    return el("p.from", {}, "from ", el("strong", { dir: "auto" }, nameOf(app, from)));
  }
  return el(
    "div.ends",
    {},
    el("span", {}, "from"),
    end(from, () => change(app, path, { from: to, to: null })),
    el("span", {}, "to"),
    end(to, () => change(app, path, { to: null })),
    button("⇅", () => change(app, path, { from: to, to: from, through: [...path.through].reverse() }), {
      class: "act turn",
      "aria-label": "Read it the other way round",
      title: "Read it the other way round",
    }),
  );
}

function open(): HTMLElement {
  return el(
    "p",
    {},
    "Choose the other end: in the find box, on the map, or on a card by “Path to here”. ",
    button("Find", () => byId("find-box").focus(), { class: "act" }),
  );
}

/** What is avoided and gone through; each can be taken away. */
function chips(app: App, path: PathAsked): HTMLElement | null {
  const chip = (word: string, key: "avoid" | "through", id: string): HTMLElement => {
    const without = path[key].filter((one) => one !== id);
    const made = button("", () => change(app, path, { [key]: without }), { class: "chip", dir: "auto" });
    made.append(
      `${word} `,
      nameOf(app, id),
      el("span.unseen", {}, ", take this away"),
      el("span", { "aria-hidden": "true" }, "×"),
    );
    return el("li", {}, made);
  };
  const made = [
    ...path.through.map((id) => chip("through", "through", id)),
    ...path.avoid.map((id) => chip("not by", "avoid", id)),
  ];
  return made.length ? el("ul.chips", {}, ...made) : null;
}

function none(path: PathAsked): HTMLElement[] {
  const hints = [
    path.avoid.length > 0 && "let a concept in again that is avoided (a click on it above)",
    path.through.length > 0 && "do not go through every one of those above",
    "choose another end",
    "look at the cards of both: what links to nothing, or only to an index, is not on any path",
  ].filter((hint): hint is string => Boolean(hint));
  return [
    el("p", {}, "No chain of links joins the two like this. What may help:"),
    el("ul.hints", {}, ...hints.map((hint) => el("li", {}, hint))),
  ];
}

function chain(app: App, path: PathAsked, answer: Paths, shown: Path): HTMLElement[] {
  const over = path.number > answer.paths.length;
  const first = shown.concepts[0];
  const parts: (HTMLElement | null)[] = [
    el(
      "ol.chain",
      {},
      first ? el("li", {}, el("div.stop", {}, stop(app, first))) : null,
      ...shown.steps.map((step, number) => stepOf(app, path, step, number === shown.steps.length - 1)),
    ),
    over
      ? el(
          "p.soft",
          {},
          `There is no other path: ${answer.paths.length === 1 ? "this is the only one" : `these were all ${answer.paths.length}`}.`,
        )
      : null,
    el(
      "div.actions",
      {},
      !over &&
        button("Next different path", () => change(app, path, { number: path.number + 1 }), { class: "act first" }),
      path.number > 1 && button("First path", () => change(app, path, {}), { class: "act" }),
    ),
  ];
  return parts.filter((part) => part !== null);
}

function stop(app: App, concept: Concept): HTMLElement {
  return conceptLink(app, concept.id, {}, concept.title);
}

function stepOf(app: App, path: PathAsked, step: Step, last: boolean): HTMLElement {
  const [best, ...rest] = telling(step.links);
  const more = el("div", { hidden: true }, ...rest.map((link) => linkOf(app, step, link)));
  const opener = button(
    `and ${rest.length} more`,
    () => {
      more.hidden = !more.hidden;
      opener.setAttribute("aria-expanded", String(!more.hidden));
    },
    { class: "plain", "aria-expanded": "false" },
  );
  const { id } = step.to;
  return el(
    "li",
    {},
    best ? linkOf(app, step, best) : null,
    rest.length > 0 && opener,
    rest.length > 0 && more,
    el(
      "div.stop",
      {},
      stop(app, step.to),
      !last &&
        button(
          "avoid",
          () => change(app, path, { avoid: [...path.avoid, id], through: path.through.filter((one) => one !== id) }),
          {
            class: "plain",
            "aria-label": `Avoid ${step.to.title}`,
          },
        ),
    ),
  );
}

function linkOf(app: App, step: Step, link: Link): HTMLElement {
  const forth = link.source === step.from.id;
  const speaker = forth ? step.from.title : step.to.title;
  return el(
    "div.evidence",
    {},
    el("p.speaker", { dir: "auto" }, el("span", { "aria-hidden": "true" }, forth ? "↓ " : "↑ "), `${speaker} says:`),
    said(link),
    whereabouts(app, link),
  );
}

/** The links of a step, the most telling first: in a sentence of its own, with a moment, early in the note. */
export function telling(links: readonly Link[]): Link[] {
  const rank = (link: Link): number => {
    const found = markedWords(link);
    const own = found !== null && (found[0] + found[2]).trim().split(/\s+/).length > 3 && link.kind !== "property";
    const moment = link.moment === null ? 2 : link.nearest ? 1 : 0;
    return (own ? 0 : 10) + moment;
  };
  return links.toSorted((a, b) => rank(a) - rank(b));
}

/** A small box of its own to choose what the path is to go through. */
function throughBox(app: App, path: PathAsked): HTMLElement {
  const box = finder(app, {
    id: "through",
    label: "Go through a concept",
    placeholder: "Go through …",
    more: false,
    leave: () => byId("side").focus(),
    take: (id) => {
      if (!path.through.includes(id) && id !== path.from && id !== path.to) {
        change(app, path, { through: [...path.through, id], avoid: path.avoid.filter((one) => one !== id) });
      }
    },
  });
  return box.element;
}
