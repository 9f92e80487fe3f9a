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
import { welcome } from "./welcome";

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
  fill(place, begun, body);
  let key = "";
  let drawn: Drawn | null = null;
  let stop = new AbortController();

  const render = (state: State): void => {
    fill(begun, ...pathBegun(app, state));
    begun.hidden = !begun.hasChildNodes();
    const own = PANES[state.pane].key(state);
    const now = own === null ? "" : `${state.pane} ${own}`;
    if (now === key && drawn) {
      drawn.follow?.(state);
      return;
    }
    const other = now !== key;
    key = now;
    stop.abort();
    stop = new AbortController();
    place.dataset.pane = own === null ? "none" : state.pane;
    void show(state, stop.signal, other);
  };

  const show = async (state: State, signal: AbortSignal, other: boolean): Promise<void> => {
    const done = waiting(body);
    drawn = null;
    try {
      const pane = place.dataset.pane === "none" ? welcome(app) : await PANES[state.pane].draw(app, state, signal);
      if (signal.aborted) return;
      const focused = body.contains(document.activeElement);
      fill(body, pane.body);
      drawn = pane;
      if (other) place.scrollTop = 0;
      pane.follow?.(app.state.get());
      measured(`gk:${place.dataset.pane}`, pane.since);
      if (focused) body.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
      if (pane.told) app.announce(pane.told);
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      fill(body, failure(app, error, () => void show(state, signal, other)));
    } finally {
      if (!signal.aborted) done();
    }
  };

  followPath(app);
  followCluster(app);
  app.state.subscribe(render);
  render(app.state.get());
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
