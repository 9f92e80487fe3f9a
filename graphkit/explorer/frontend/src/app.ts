/** What all parts of the page share. */

import type { KeptAround } from "./around";
import type { Sieve } from "./filter/sieve";
import type { Sifted } from "./filter/sifted";
import type { Graph, Parts } from "./graph";
import type { Scene } from "./map/scene";
import type { Areas, Vault } from "./wire";
import type { Server } from "./server";
import type { State, Store } from "./state";

/** The map, as the other parts use it. */
export interface MapHandle {
  /** Moves to a concept, so near that its name can be read. */
  flyTo(id: string): void;
  /** Moves so that all of some concepts are in view. */
  flyToAll(ids: readonly string[]): void;
  /** Moves to the area of a cluster, or to those of several, by their ids. */
  flyToCluster(...ids: string[]): void;
  /** Shows all of the map. */
  flyHome(): void;
  /** Nearer (above 1) or farther. */
  zoomBy(factor: number): void;
  /** Ids of the concepts in view, the best-linked first. */
  inView(limit: number): string[];
  /** Lights some concepts besides, as long as they are told: a row under the pointer, for instance. */
  point(ids: readonly string[]): void;
  /** Id of the topic that one is near, if it is one. */
  topicInView(): string | null;
  /** Tells what is left to be shown; null: all. */
  sift(sifted: Sifted | null): void;
  /** Concepts of all of a query's rows. */
  readonly rows: readonly string[];
  /** Whether the rows hold links of their own, which are lit instead of those between their concepts. */
  readonly rowsHoldLinks: boolean;
  /** What is seen now, as a picture with its names. */
  picture(): HTMLCanvasElement;
  /** What is seen now, to be drawn anew. */
  scene(): Scene | null;
  /** Calls back when what is in view has changed and come to rest. */
  onRest(listener: () => void): void;
}

/** What panels have the map draw. */
export interface Shown {
  readonly path: readonly string[];
  /** Concepts of a cluster around a word. */
  readonly around: readonly string[];
  /** Concepts of a query's rows, and those links of theirs that the rows hold; with none, all between them. */
  readonly rows: readonly string[];
  readonly rowLinks: readonly (readonly [string, string])[];
  /** Those of all rows, while one alone is lit because one points at it. */
  readonly allRows: { readonly ids: readonly string[]; readonly links: readonly (readonly [string, string])[] };
  /** Notes that hold topics together, and the pairs that their links join. */
  readonly bridges: readonly string[];
  readonly bridgeLinks: readonly (readonly [string, string])[];
  /** Pairs of notes that ought to be linked. */
  readonly gaps: readonly (readonly [string, string])[];
  /** Concepts that have changed, and pairs of them that are newly linked. */
  readonly changed: readonly string[];
  readonly newLinks: readonly (readonly [string, string])[];
  /** What has just come, for a while. */
  readonly fresh: readonly string[];
}

/** How the graph has changed while the page is open. */
export interface Change {
  /** Ids of what came, went, or is linked otherwise; null where it may be anything. */
  readonly ids: ReadonlySet<string> | null;
  /** Whether clusters and places are up to date with it. */
  readonly settled: boolean;
}

export interface App {
  readonly state: Store;
  readonly server: Server;
  readonly vault: Vault;
  readonly areas: Areas;
  /** Comes after the areas: who needs names of links' ends waits for it. */
  readonly graph: Promise<Graph>;
  /** What the graph was when the page was opened. */
  readonly opened: Promise<Parts>;
  /** Calls back when graph and areas, which stay the same objects, have become others. */
  onGraph(listener: (change: Change) => void): void;
  /** What is kept around words. */
  readonly around: KeptAround;
  /** What filters and hidden topics leave. */
  readonly sieve: Sieve;
  /** Null where the map cannot be drawn. */
  readonly map: MapHandle | null;
  /** Says something to who listens to the page. */
  announce(text: string): void;
  /** Tells the map what chain or set to draw. */
  show(shown: Partial<Shown>): void;
  /** Chooses a concept: its card is shown, the map moves there. */
  choose(id: string, more?: Partial<State>): void;
}
