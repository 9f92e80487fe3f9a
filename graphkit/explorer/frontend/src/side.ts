/** What stands beside the map: the card, the note, a path or a topic, as the state says. */

import type { App } from "./app";
import { cardPane } from "./card";
import { clusterPane, followCluster } from "./cluster";
import { button, el, fill } from "./dom";
import { failure, measured, waiting } from "./failures";
import { nameOf } from "./names";
import { notePane } from "./note";
import { followPath, pathPane } from "./path";
import { isAborted } from "./server";
import type { State } from "./state";

/** A pane that is drawn. */
export interface Drawn {
  /** Its elements. */
  readonly body: HTMLElement;
  /** When its answer had arrived, by `performance.now()`. */
  readonly since: number;
  /** What who listens is told; nothing where it is null. */
  readonly told: string | null;
  /** Called once the body is part of the page, and when the state changes and the pane stays. */
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
};

/** Shows in a place what the state says, and keeps it so. */
export function mountSide(place: HTMLElement, app: App): void {
  const begun = el("div.begun", { hidden: true });
  const body = el("div.pane");
  const close = button("×", () => app.state.set(without(app.state.get())), { class: "close", "aria-label": "Close" });
  fill(place, begun, close, body);
  let key = "";
  let drawn: Drawn | null = null;
  let stop = new AbortController();

  const render = (state: State): void => {
    fill(begun, ...pathBegun(app, state));
    begun.hidden = !begun.hasChildNodes();
    const name = paneOf(state);
    const now = name === null ? "" : `${name} ${PANES[name].key(state)}`;
    if (now === key && drawn) {
      drawn.follow?.(state);
      return;
    }
    const other = now !== key;
    key = now;
    stop.abort();
    stop = new AbortController();
    close.hidden = name === null;
    void show(name, state, stop.signal, other);
  };

  const show = async (name: State["pane"] | null, state: State, signal: AbortSignal, other: boolean): Promise<void> => {
    const done = waiting(body);
    drawn = null;
    try {
      const pane = name === null ? nothing() : await PANES[name].draw(app, state, signal);
      if (signal.aborted) return;
      const focused = body.contains(document.activeElement);
      if (other && place.scrollTop) place.scrollTop = 0;
      fill(body, pane.body);
      app.map?.point([]); // What was pointed at is gone.
      drawn = pane;
      pane.follow?.(app.state.get());
      if (name !== null) measured(`gk:${name}`, pane.since);
      if (focused) body.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
      if (pane.told) app.announce(pane.told);
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      fill(body, failure(app, error, () => void show(name, state, signal, other)));
    } finally {
      done();
    }
  };

  followPath(app);
  followCluster(app);
  app.state.subscribe(render);
  render(app.state.get());
}

/** The pane that a state shows: its own, or the card where there is nothing for that; null with nothing at all. */
function paneOf(state: State): State["pane"] | null {
  if (PANES[state.pane].key(state) !== null) return state.pane;
  return state.concept === null ? null : "card";
}

/** What lets go of all that stands beside the map. */
function without(state: State): Partial<State> {
  const { path, cluster, pane } = state;
  return {
    concept: null,
    line: null,
    pane: "card",
    path: pane === "path" ? null : path,
    cluster: pane === "cluster" ? null : cluster,
  };
}

function nothing(): Drawn {
  const body = el("p.soft", {}, "Nothing is chosen. Choose a concept on the map, or press / and type.");
  return { body, since: performance.now(), told: null };
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
