/** The keys of the whole page, and those of the map when it has the focus. */

import type { App } from "./app";
import { bridgesInView } from "./bridges";
import { toggle } from "./changespane";
import { byId, isNarrow } from "./dom";
import { showGaps } from "./gaps";
import type { Graph } from "./graph";
import type { GraphMap } from "./map/map";
import { NOTHING } from "./state";

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const STEP = 0.18;

/** Listens to the keys that work wherever one is, but not where one writes. */
export function listenToKeys(app: App): void {
  addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      focusFind();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if ((byId("help") as HTMLDialogElement).open) return;
    if (target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog")) return;
    const act = actions(app)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function actions(app: App): Record<string, (() => void) | undefined> {
  const { state } = app;
  const now = state.get();
  const chosen = now.concept;
  return {
    "/": focusFind,
    "?": () => (byId("help") as HTMLDialogElement).showModal(),
    l: () => state.set({ legend: !now.legend }),
    t: () => state.set({ table: !now.table }),
    b: () => void bridgesInView(app),
    g: () => showGaps(app),
    h: () => toggle(app),
    q: () => state.set({ console: !now.console }),
    f: () => byId("open-filters").click(),
    s: () => byId("open-save").click(),
    "+": () => app.map?.zoomBy(1.5),
    "=": () => app.map?.zoomBy(1.5),
    "-": () => app.map?.zoomBy(1 / 1.5),
    "0": () => app.map?.flyHome(),
    c: chosen === null ? undefined : () => state.set({ pane: "card", line: null }),
    n: chosen === null ? undefined : () => state.set({ pane: "note" }),
    p:
      chosen === null
        ? undefined
        : () => {
            state.set({ pane: "path", path: { from: chosen, to: null, number: 1, avoid: [], through: [] } });
            focusFind();
          },
    ...Object.fromEntries(
      ([1, 2, 3] as const).map((depth) => [String(depth), chosen === null ? undefined : () => state.set({ depth })]),
    ),
    Escape: () => letGo(app),
  };
}

/** Closes what is open, the latest first; at last lets go of the chosen concept. */
function letGo(app: App): void {
  const now = app.state.get();
  if (now.legend && isNarrow()) app.state.set({ legend: false }); // It stands in front of all else.
  else if (now.path && now.concept === null) app.state.set(NOTHING);
  else if (now.pane !== "card") app.state.set({ pane: "card", line: null, cluster: null, other: null });
  else if (now.table || now.console) app.state.set({ table: false, console: false });
  else if (now.concept !== null) app.state.set({ ...NOTHING, depth: 1 });
  else if (now.legend) app.state.set({ legend: false });
}

function focusFind(): void {
  byId("find").querySelector("input")?.focus();
}

/**
 * Lets one walk on the map by keys: arrows go from neighbour to neighbour, Enter chooses; with no
 * concept chosen they move the map.
 */
export function listenOnMap(place: HTMLElement, app: App, map: GraphMap): void {
  let graph: Graph | null = null;
  let pointed: number | null = null;
  void app.graph.then((come) => (graph = come));
  app.onGraph(() => (pointed = null));
  app.state.subscribe((now, before) => {
    if (now.concept !== before.concept && pointed !== null) {
      pointed = null;
      map.point([]);
    }
  });
  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const chosen = app.state.get().concept;
    if (arrow) {
      event.preventDefault();
      event.stopPropagation();
      const from = graph && chosen !== null ? (pointed ?? graph.number(chosen) ?? null) : null;
      if (!graph || from === null) {
        map.panBy(arrow[0] * STEP, arrow[1] * STEP);
        return;
      }
      const next = map.towards(from, arrow[0], arrow[1]);
      if (next === null) return;
      pointed = next;
      map.point([graph.id(next)]);
      app.announce(`${graph.title(next)}. Enter chooses it.`);
    } else if (event.key === "Enter" && graph && pointed !== null) {
      event.preventDefault();
      app.choose(graph.id(pointed));
    }
  });
}
