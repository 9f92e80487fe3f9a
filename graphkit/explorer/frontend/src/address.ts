/** The state as what stands behind the `#` of the address: to reload, to go back, to bookmark. */

import { filtersOf, tellFilters } from "./filter/address";
import { same, type Camera, type Pane, type PathAsked, type State, type Store } from "./state";

const PANES: readonly Pane[] = ["card", "note", "path", "cluster", "changes", "bridges", "gaps"];
const PATIENCE = 300;
/** What tells a step of the page's own from an address that was typed or followed. */
const OWN = true;
/** So many different paths are asked for at the most. */
const MOST_PATHS = 100;

/** What stands behind the `#` for a state. */
export function toAddress(state: State): string {
  const told = new URLSearchParams();
  if (state.concept !== null) told.set("concept", state.concept);
  if (state.line !== null) told.set("line", String(state.line));
  if (state.depth !== 1) told.set("depth", String(state.depth));
  if (state.pane !== "card") told.set("pane", state.pane);
  if (state.path) {
    told.set("from", state.path.from);
    if (state.path.to !== null) told.set("to", state.path.to);
    if (state.path.number !== 1) told.set("number", String(state.path.number));
    for (const id of state.path.avoid) told.append("avoid", id);
    for (const id of state.path.through) told.append("through", id);
  }
  if (state.cluster !== null) told.set("cluster", state.cluster);
  if (state.other !== null) told.set("other", state.other);
  for (const id of state.hidden) told.append("hide", id);
  for (const name of state.unshown) told.append("unshown", name);
  if (state.since !== "opened") told.set("since", state.since);
  tellFilters(told, state.filters);
  if (state.table) told.set("table", "1");
  if (state.console) told.set("console", "1");
  if (state.query !== null) told.set("query", state.query);
  if (state.legend) told.set("legend", "1");
  if (state.camera) {
    const { x, y, scale } = state.camera;
    told.set("at", `${Math.round(x)},${Math.round(y)},${Number(scale.toPrecision(4))}`);
  }
  return told.toString();
}

/** The state that an address tells of; what it does not tell, or wrongly, is as at the start. */
export function fromAddress(hash: string): State {
  const told = new URLSearchParams(hash.replace(/^#/, ""));
  const pane = told.get("pane") as Pane | null;
  const depth = Number(told.get("depth"));
  return {
    concept: told.get("concept") || null,
    line: whole(told.get("line")),
    depth: depth === 2 || depth === 3 ? depth : 1,
    camera: cameraOf(told.get("at")),
    path: pathOf(told),
    pane: pane && PANES.includes(pane) ? pane : "card",
    cluster: told.get("cluster") || null,
    other: told.get("other") || null,
    hidden: told.getAll("hide"),
    unshown: told.getAll("unshown"),
    since: told.get("since") === "day" ? "day" : "opened",
    table: told.has("table") && !told.has("console"),
    console: told.has("console"),
    query: told.get("query") || null,
    filters: filtersOf(told),
    legend: told.has("legend"),
  };
}

function addressOf(state: State): string {
  const told = toAddress(state);
  return told ? `#${told}` : location.pathname;
}

function pathOf(told: URLSearchParams): PathAsked | null {
  const from = told.get("from");
  if (!from) return null;
  return {
    from,
    to: told.get("to") || null,
    number: Math.min(whole(told.get("number")) ?? 1, MOST_PATHS),
    avoid: told.getAll("avoid"),
    through: told.getAll("through"),
  };
}

function cameraOf(told: string | null): Camera | null {
  const [x, y, scale] = (told ?? "").split(",").map(Number);
  if (x === undefined || y === undefined || scale === undefined) return null;
  return [x, y, scale].every(Number.isFinite) && scale > 0 ? { x, y, scale } : null;
}

function whole(told: string | null): number | null {
  return told !== null && /^[1-9]\d{0,8}$/.test(told) ? Number(told) : null;
}

/**
 * Keeps address and state alike. What is chosen makes a step to go back to; where the map is looked
 * at does not, and is written when it comes to rest.
 *
 * `begun` is what stood behind the `#` when the state was made of it.
 */
export function mirror(store: Store, begun: string): void {
  let waiting = 0;
  store.subscribe((now, before) => {
    if (toAddress(now) === toAddress(fromAddress(location.hash))) return;
    if (same({ ...now, camera: null }, { ...before, camera: null })) {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        waiting = 0;
        history.replaceState(OWN, "", addressOf(store.get()));
      }, PATIENCE);
      return;
    }
    // The step that is left keeps where the map was looked at last.
    if (waiting) history.replaceState(OWN, "", addressOf(before));
    clearTimeout(waiting);
    waiting = 0;
    history.pushState(OWN, "", addressOf(now));
  });
  const read = (): void => {
    clearTimeout(waiting);
    waiting = 0;
    store.set(fromAddress(location.hash));
  };
  addEventListener("popstate", read);
  // Either may have changed while the page was being put together.
  if (location.hash !== begun) read();
  else if (toAddress(store.get()) !== toAddress(fromAddress(begun))) {
    history.replaceState(OWN, "", addressOf(store.get()));
  }
}

