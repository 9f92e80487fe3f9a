/** The page begins here: what is there is asked for, the parts are put together, the map is drawn. */

import "./style.css";
import "./panels.css";
import "./joining.css";
import "./console/console.css";
import "./filter/filter.css";
import { fromAddress, mirror } from "./address";
import type { App, Change, MapHandle } from "./app";
import { KeptAround } from "./around";
import { showBridges } from "./bridges";
import { changesButton } from "./changespane";
import { mountConsole } from "./console/console";
import { button, byId, el, fill, NARROW } from "./dom";
import { mountFind } from "./find";
import { mountFilters } from "./filter/bar";
import { Sieve } from "./filter/sieve";
import { disclosure } from "./disclosure";
import { Graph } from "./graph";
import { mountHelp } from "./help";
import { mountHint } from "./hint";
import { listenOnMap, listenToKeys } from "./keys";
import { mountLegend } from "./legend";
import { Live } from "./live";
import { startLook, themeButton } from "./look";
import { BUTTONS } from "./map/captions";
import { GraphMap } from "./map/map";
import { notice } from "./notices";
import { isWhole } from "./path";
import { mountSave } from "./saving/panel";
import type { Areas } from "./wire";
import { Server, ServerError } from "./server";
import { mountSide } from "./side";
import { leadTo, NOTHING, Store, type State } from "./state";
import { mountTable } from "./table";
import { mountTitle } from "./title";
import { firstSeen, mountTools } from "./tools";

declare global {
  interface Window {
    /** What tests and benchmarks read of the map, which is a picture. */
    graphkitTest?: unknown;
  }
}

/** Panes that stand beside the map although no concept is chosen. */
const OF_THEIR_OWN: readonly State["pane"][] = ["cluster", "path", "changes", "bridges", "gaps"];
/** So long what has just come is marked, in milliseconds. */
const FRESH = 6_000;
/** Where the list of topics covers what else there is; as in `style.css`. */
const narrow = matchMedia(NARROW);

let freshUntil = 0;

startLook();
void start();

async function start(): Promise<void> {
  const server = new Server();
  const begun = location.hash;
  const state = new Store(fromAddress(begun));
  const coming = server.map();
  coming.catch(() => undefined);
  try {
    const [vault, areas] = await Promise.all([server.vault(), server.areas()]);
    byId("vault").textContent = vault.vault;
    const map = drawn(areas, state, vault.notes + vault.unresolved);
    const graph = coming.then((data) => new Graph(data));
    graph.catch((error: unknown) => fail(error));
    const listeners: ((change: Change) => void)[] = [];
    const opened = graph.then((come) => ({ ...come.now, clusters: areas.clusters }));
    opened.catch(() => undefined);
    const app: App = {
      state,
      server,
      vault,
      areas,
      graph,
      opened,
      onGraph: (listener) => void listeners.push(listener),
      around: new KeptAround(server),
      sieve: new Sieve(),
      map,
      announce,
      show: (shown) => map?.show(shown),
      choose: (id, more = {}) => choose(app, id, more),
    };
    const openers = mountBar(app);
    mountFind(byId("find"), app);
    listenToKeys(app);
    mirror(state, begun);
    let live: Live | null = null;
    testHandle(app, map, () => live?.listening ?? false);
    state.subscribe(() => reflect(state.get()));
    narrow.addEventListener("change", () => reflect(state.get()));
    reflect(state.get());
    mountTitle(app);
    mountSkip();
    const come = await graph;
    map?.take(come);
    app.around.onChange((all) => map?.takeAround(all));
    app.sieve.follow(app, come);
    const filters = mountFilters(byId("filters"), openers.filters, app, come);
    openers.filters.addEventListener("click", filters.toggle);
    const save = mountSave(byId("save"), app, come);
    disclosure(openers.save, byId("save"), () => firstSeen("#open-save, #open-more") ?? byId("map"), save.refresh);
    mountLegend(byId("legend"), app);
    const sideChanged = mountSide(byId("side"), app);
    mountTable(byId("table"), app);
    mountConsole(byId("console"), app);
    mountHelp(byId("help") as HTMLDialogElement, app);
    if (map) listen(app, map, come);
    goThere(app);
    addEventListener("popstate", (event) => {
      if (event.state === null) goThere(app); // Typed or followed, not gone back to.
    });
    live = new Live({
      server,
      vault,
      areas,
      graph: come,
      announce,
      changed: (change, came) => {
        sideChanged(change); // What it asks is answered while the map is drawn.
        if (map) showFresh(map, come, came);
        for (const listener of listeners) listener(change);
      },
    });
    app.onGraph(({ settled }) => settled && void app.around.refresh());
    void app.around.refresh();
    document.body.dataset["ready"] = "1";
  } catch (error) {
    fail(error);
  }
}

/** Goes to what an address tells of that does not tell where the map is looked at. */
function goThere({ state, map }: App): void {
  const { concept, camera, cluster, pane, path } = state.get();
  if (camera !== null || (pane === "path" && isWhole(path)) || pane === "bridges" || pane === "gaps") return;
  if (pane === "cluster" && cluster !== null) map?.flyToCluster(cluster);
  else if (concept !== null) map?.flyTo(concept);
}

/** The map; null, said kindly, where the browser cannot draw it, or there is nothing to draw. */
function drawn(areas: Areas, state: Store, concepts: number): GraphMap | null {
  const place = byId("map");
  if (!concepts) {
    fill(place, el("p.empty", {}, "There is no note in this vault yet. Write one (*.md), then load this page again."));
    return null;
  }
  try {
    return new GraphMap(place, areas, state);
  } catch {
    fill(place, el("p.empty", {}, "This browser draws no WebGL, so there is no map. Find, cards, notes, paths and the table work."));
    state.set({ table: true });
    return null;
  }
}

function listen(app: App, map: GraphMap, graph: Graph): void {
  mountHint(byId("hint"), app, map);
  listenOnMap(byId("map"), app, map);
  map.pointer.onJoint((one, other) => showBridges(app, one, other));
  map.pointer.onChoose((number, shape) => {
    const { concept, path, pane, camera } = app.state.get();
    if (number !== null) {
      const id = graph.id(number);
      if (path && path.to === null && pane === "path" && path.from !== id) {
        app.state.set({ path: leadTo(path, id), concept: id });
      } else {
        app.choose(id);
      }
    } else if (shape && (camera?.scale ?? 0) < 0.2 && concept === null) {
      app.state.set({ cluster: shape.area.id, pane: "cluster" });
      map.flyToCluster(shape.area.id);
    } else if (pane !== "path") {
      app.state.set(NOTHING);
    }
  });
}

function choose(app: App, id: string, more: Partial<State>): void {
  const { pane } = app.state.get();
  const shown = narrow.matches ? { legend: false } : {};
  app.state.set({ concept: id, line: null, pane: pane === "note" ? "note" : "card", ...shown, ...more });
  app.map?.flyTo(id);
}

/** The buttons at the top and those upon the map; gives back those that open something with the graph. */
function mountBar(app: App): { filters: HTMLButtonElement; save: HTMLButtonElement } {
  const { state, map } = app;
  const toggle = (key: "legend" | "table" | "console", label: string): HTMLButtonElement => {
    const made = button(label, () => state.set({ [key]: !state.get()[key] }), { "aria-controls": key });
    const told = (): void => made.setAttribute("aria-pressed", String(state.get()[key]));
    state.subscribe(told);
    told();
    return made;
  };
  const help = button("?", () => (byId("help") as HTMLDialogElement).showModal(), { "aria-label": "Keys" });
  const filters = button("Filters", () => undefined, { id: "open-filters", "aria-controls": "filters" });
  const save = button("Save", () => undefined, { id: "open-save" });
  const others = [toggle("table", "Table"), toggle("console", "Query"), filters, save, changesButton(app), themeButton()];
  mountTools(byId("tools"), toggle("legend", "Topics"), others, help);
  if (!map) return { filters, save };
  const zoom = byId("zoom");
  // A container query would be asked anew in each frame in which anything else of the page is scrolled.
  new ResizeObserver(([now]) => (zoom.hidden = (now?.contentRect.height ?? 0) <= BUTTONS.least)).observe(byId("stage"));
  fill(
    zoom,
    button("+", () => map.zoomBy(1.6), { "aria-label": "Nearer" }),
    button("−", () => map.zoomBy(1 / 1.6), { "aria-label": "Farther" }),
    button("⤢", () => map.flyHome(), { "aria-label": "All of the map" }),
  );
  return { filters, save };
}

/** The skip link moves the focus; the address, which its own way would change, is the state's. */
function mountSkip(): void {
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    const side = byId("side");
    (side.hidden ? byId("map") : side).focus();
  });
}

/** Shows the rooms of the page that a state wants. */
function reflect(state: State): void {
  hide("legend", !state.legend);
  hide("table", !state.table);
  hide("console", !state.console);
  const chosen = state.concept !== null || OF_THEIR_OWN.includes(state.pane);
  hide("side", !chosen);
  const covered = state.legend && narrow.matches;
  for (const id of ["stage", "side"]) {
    const room = byId(id);
    if (covered && room.contains(document.activeElement)) byId("legend").focus();
    room.inert = covered;
  }
}

/** Shows or hides a room; the focus does not get lost with it, but goes to what opens it, else to the map. */
function hide(id: string, hidden: boolean): void {
  const room = byId(id);
  const held = hidden && room.contains(document.activeElement);
  room.hidden = hidden;
  if (held) (firstSeen(`[aria-controls="${id}"], #open-more`) ?? byId("map")).focus({ preventScroll: true });
}

/** Has the map show what it has become, and for a while mark what has come. */
function showFresh(map: GraphMap, graph: Graph, came: readonly string[]): void {
  map.take(graph);
  if (!came.length) return;
  map.show({ fresh: came });
  clearTimeout(freshUntil);
  freshUntil = window.setTimeout(() => map.show({ fresh: [] }), FRESH);
}

function announce(text: string): void {
  const place = byId("said");
  // What is said twice is no change, which nobody would be told of.
  place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}

/** Says that the page cannot go on, and what to do. */
function fail(error: unknown): void {
  const told = error instanceof ServerError ? error : new ServerError("unforeseen", String(error));
  notice("failed", `${told.message} ${told.hint ?? ""} `, button("Try again", () => location.reload()));
}

function testHandle(app: App, map: (MapHandle & GraphMap) | null, listening: () => boolean): void {
  window.graphkitTest = {
    get ready(): boolean {
      return map !== null && map.names.length > 0;
    },
    drawn: () => map?.told() ?? null,
    screenOf: (id: string) => map?.screenOf(id) ?? null,
    boxes: () => map?.names.map(({ text, box }) => ({ text, box })) ?? [],
    setCamera: (x: number, y: number, scale: number) => map?.set({ x, y, scale }),
    state: () => app.state.get(),
    places: () => map?.places() ?? {},
    listening,
  };
}
