/** What stands beside the map: the card, the note, a path or a topic, as the state says. */

import type { App, Change } from "./app";
import { bridgesPane, followBridges } from "./bridges";
import { cardPane } from "./card";
import { onChange } from "./changes";
import { changesPane } from "./changespane";
import { clusterPane, followCluster } from "./cluster";
import { button, byId, el, fill } from "./dom";
import { failure, measured, waiting } from "./failures";
import { filteredOut } from "./filter/bar";
import { followGaps, gapsPane } from "./gaps";
import { nameOf } from "./names";
import { notePane } from "./note";
import { followPath, pathPane } from "./path";
import { isAborted, ServerError } from "./server";
import { NOTHING, type State } from "./state";

/** A pane that is drawn. */
export interface Drawn {
  /** Its elements. */
  readonly body: HTMLElement;
  /** When its answer had arrived, by `performance.now()`; null where none was asked for. */
  readonly since: number | null;
  /** What who listens is told; nothing where it is null. */
  readonly told: string | null;
  /** Called once, when the body has become part of the page. */
  readonly shown?: () => void;
  /** Called then, too, and whenever the state changes and the pane stays. */
  readonly follow?: (state: State) => void;
}

/** A kind of pane. */
export interface Pane {
  /** What of the state it is drawn from; null where there is nothing to draw. */
  key(state: State): string | null;
  draw(app: App, state: State, signal: AbortSignal): Promise<Drawn>;
}

const PANES: Readonly<Record<State["pane"], Pane>> = {
  card: cardPane,
  note: notePane,
  path: pathPane,
  cluster: clusterPane,
  changes: changesPane,
  bridges: bridgesPane,
  gaps: gapsPane,
};
/** Panes whose answers are of the whole graph: they are asked anew when a change has settled. */
const WHOLE: readonly State["pane"][] = ["path", "cluster", "changes", "bridges", "gaps"];
/** So long it takes at least from one change until what is shown is asked anew for another, in milliseconds. */
const SOON = 120;

/** Shows in a place what the state says, and keeps it so; gives back what is to be called when the graph has changed. */
export function mountSide(place: HTMLElement, app: App): (change: Change) => void {
  const begun = el("div.begun", { hidden: true });
  const body = el("div.pane");
  const close = button("×", () => letGo(app), { class: "close", "aria-label": "Close" });
  fill(place, begun, filteredOut(app), close, body);
  let key: string | null = null;
  let drawn: Drawn | null = null;
  let stop = new AbortController();
  let top = 0;
  let failed = false;
  let late = false; // It has become another while somebody wrote in it.
  let plain: Node | null = null; // The pane as it was drawn, before anybody did anything to it.
  const places = new Map<string | null, number>();

  const render = (state: State): void => {
    fill(begun, ...pathBegun(app, state));
    begun.hidden = !begun.hasChildNodes();
    const name = paneOf(state);
    const now = name === null ? "" : `${name} ${PANES[name].key(state)}`;
    if (now === key) {
      drawn?.follow?.(state);
      return;
    }
    places.set(key, place.scrollTop);
    top = 0;
    key = now;
    stop.abort();
    stop = new AbortController();
    close.hidden = name === null;
    void show(name, state, stop.signal);
  };

  const show = async (name: State["pane"] | null, state: State, signal: AbortSignal): Promise<void> => {
    if (body.querySelector(":scope > .nothing")) fill(body);
    const done = waiting(body);
    drawn = null;
    late = failed = false;
    try {
      const pane = name === null ? nothing() : await PANES[name].draw(app, state, signal);
      if (signal.aborted) return;
      plain = pane.body.cloneNode(true);
      const focused = body.contains(document.activeElement);
      if (top === 0 && place.scrollTop) place.scrollTop = 0;
      fill(body, pane.body);
      app.map?.point([]); // What was pointed at is gone.
      drawn = pane;
      pane.follow?.(app.state.get());
      pane.shown?.();
      if (pane.since !== null) measured(`gk:${name}`, pane.since);
      if (top) place.scrollTop = top;
      if (focused) body.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
      if (pane.told) app.announce(pane.told);
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      failed = true;
      fill(
        body,
        failure(app, error, () => void show(name, state, signal)),
      );
    } finally {
      done();
    }
  };

  let turn = 0;
  /** Asks anew for what is shown, and changes it only where it has become another. */
  const again = async (): Promise<void> => {
    const state = app.state.get();
    const name = paneOf(state);
    const { signal } = stop;
    if (failed) return show(name, state, signal);
    if (name === null || !drawn) return;
    const own = (turn += 1);
    try {
      const pane = await PANES[name].draw(app, state, signal);
      if (own !== turn || signal.aborted || plain?.isEqualNode(pane.body)) return;
      late = body.querySelector("form") !== null;
      if (late) return;
      plain = pane.body.cloneNode(true);
      const focused = focusIn(body);
      const at = place.scrollTop;
      fill(body, pane.body);
      drawn = pane;
      pane.follow?.(app.state.get());
      place.scrollTop = at;
      focused?.();
      app.announce("What is shown has changed.");
    } catch (error) {
      if (signal.aborted || isAborted(error) || !(error instanceof ServerError) || error.code === "gone") return;
      void show(name, state, signal);
    }
  };
  let [soon, asked] = [0, -Infinity];
  const changed = ({ settled }: Change): void => {
    const name = paneOf(app.state.get());
    if (name === null || (WHOLE.includes(name) && !settled)) return;
    if (soon) return;
    const act = (): void => {
      [soon, asked] = [0, performance.now()];
      void again();
    };
    const wait = asked + SOON - performance.now();
    if (wait > 0) soon = window.setTimeout(act, wait);
    else act();
  };
  body.addEventListener("focusin", () => {
    if (!late || body.querySelector("form")) return;
    late = false;
    void again();
  });

  followPath(app);
  followCluster(app);
  followBridges(app);
  followGaps(app);
  onChange(app.state, render);
  // Where one comes back to, one finds the place one had left; the state is that of the address by now.
  addEventListener("popstate", () => {
    top = places.get(key) ?? 0;
    if (drawn) place.scrollTop = top;
  });
  render(app.state.get());
  return changed;
}

/** What brings the focus back to where it is, as far as that is still there, once others stand in its place. */
function focusIn(body: HTMLElement): (() => void) | null {
  const held = document.activeElement;
  if (!held || !body.contains(held)) return null;
  const all = (): HTMLElement[] => [...body.querySelectorAll<HTMLElement>("a, button, input, summary, h2")];
  const like = (one: Element): boolean => one.localName === held.localName && one.textContent === held.textContent;
  const place = all().filter(like).indexOf(held as HTMLElement);
  return () => {
    const same = all().filter(like);
    (same[place] ?? same[0] ?? body.querySelector<HTMLElement>("h2"))?.focus({ preventScroll: true });
  };
}

/** The pane that a state shows: its own, or the card where there is nothing for that; null with nothing at all. */
function paneOf(state: State): State["pane"] | null {
  if (PANES[state.pane].key(state) !== null) return state.pane;
  return state.concept === null ? null : "card";
}

/** Lets go of all that can stand beside the map. */
function letGo(app: App): void {
  app.state.set(NOTHING);
  byId("map").focus({ preventScroll: true });
}

function nothing(): Drawn {
  const body = el("p.soft.nothing", {}, "Nothing is chosen. Choose a concept on the map, or press / and type.");
  return { body, since: null, told: null };
}

/** A line that leads back to a path while something else is read. */
function pathBegun(app: App, state: State): (Node | string)[] {
  const path = state.path;
  if (!path || state.pane === "path") return [];
  const back = button("", () => app.state.set({ pane: "path" }), { class: "plain" });
  if (path.to === null) back.append("A path from ", nameOf(app, path.from), " …");
  else back.append("The path ", nameOf(app, path.from), " → ", nameOf(app, path.to));
  return [back, button("Let go", () => app.state.set({ path: null }), { class: "act" })];
}
