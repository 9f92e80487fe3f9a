/** What all parts of the page share. */

import type { Graph } from "./graph";
import type { Areas, Server, Vault } from "./server";
import type { State, Store } from "./state";

/** The map, as the other parts use it. */
export interface MapHandle {
  /** Moves to a concept, so near that its name can be read. */
  flyTo(id: string): void;
  /** Moves so that all of some concepts are in view. */
  flyToAll(ids: readonly string[]): void;
  /** Moves to the area of a cluster, by its id. */
  flyToCluster(id: string): void;
  /** Shows all of the map. */
  flyHome(): void;
  /** Nearer (above 1) or farther. */
  zoomBy(factor: number): void;
  /** Ids of the concepts in view, the best-linked first. */
  inView(limit: number): string[];
  /** Lights some concepts besides, as long as they are told: a row under the pointer, for instance. */
  point(ids: readonly string[]): void;
  /** Calls back when what is in view has changed and come to rest. */
  onRest(listener: () => void): void;
}

/** A path that is shown: the map draws it. */
export interface Shown {
  readonly path: readonly string[];
  /** Concepts of a cluster around a word. */
  readonly around: readonly string[];
}

export interface App {
  readonly state: Store;
  readonly server: Server;
  readonly vault: Vault;
  readonly areas: Areas;
  /** Comes after the areas: who needs names of links' ends waits for it. */
  readonly graph: Promise<Graph>;
  /** Null where the map cannot be drawn. */
  readonly map: MapHandle | null;
  /** Says something to who listens to the page. */
  announce(text: string): void;
  /** Tells the map what chain or set to draw. */
  show(shown: Partial<Shown>): void;
  /** Chooses a concept: its card is shown, the map moves there. */
  choose(id: string, more?: Partial<State>): void;
}
