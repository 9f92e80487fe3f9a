/** All that the page shows, as one object. The address is its mirror (`address.ts`). */

/** Where the map is looked at: the middle, in the map's own pixels, and screen pixels for each of them. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A path that is asked for. */
export interface PathAsked {
  readonly from: string;
  /** Null while the other end is still to be chosen. */
  readonly to: string | null;
  /** Which of the different paths is shown, from 1. */
  readonly number: number;
  readonly avoid: readonly string[];
  readonly through: readonly string[];
}

/** What stands beside the map. */
export type Pane = "card" | "note" | "path" | "cluster" | "changes" | "bridges" | "gaps";

/** Since when changes are told: since the page was opened, or since about a day ago. */
export type Since = "opened" | "day";

/** What is left of the map: what is of one of each kind that is told; all, where none is. */
export interface Filters {
  /** Ids of clusters, of either level. */
  readonly topics: readonly string[];
  /** The vault's top folder is `""`. */
  readonly folders: readonly string[];
  readonly tags: readonly string[];
  readonly relations: readonly string[];
  /** Ids of videos. */
  readonly videos: readonly string[];
  readonly kind: "notes" | "unresolved" | null;
  /** With how many others a concept is linked, from and to. */
  readonly least: number | null;
  readonly most: number | null;
}

export interface State {
  /** Id of the chosen concept. */
  readonly concept: string | null;
  /** The line of a note's file that one came by; its sentence is marked in the note. */
  readonly line: number | null;
  /** Up to how many hops from the chosen concept are lit. */
  readonly depth: 1 | 2 | 3;
  /** Null: all of the map. */
  readonly camera: Camera | null;
  readonly path: PathAsked | null;
  readonly pane: Pane;
  /** Id, name or words of the cluster that is entered or looked around. */
  readonly cluster: string | null;
  /** The topic to which bridges, or gaps, are looked for. */
  readonly other: string | null;
  /** Ids of clusters that are not shown. */
  readonly hidden: readonly string[];
  /** Names of areas around words that are not shown. */
  readonly unshown: readonly string[];
  readonly since: Since;
  readonly filters: Filters;
  readonly table: boolean;
  /** The console; of it and the table one is open at a time. */
  readonly console: boolean;
  /** The query that was asked last. */
  readonly query: string | null;
  readonly legend: boolean;
}

export const UNFILTERED: Filters = {
  topics: [],
  folders: [],
  tags: [],
  relations: [],
  videos: [],
  kind: null,
  least: null,
  most: null,
};

export const START: State = {
  concept: null,
  line: null,
  depth: 1,
  camera: null,
  path: null,
  pane: "card",
  cluster: null,
  other: null,
  hidden: [],
  unshown: [],
  since: "opened",
  filters: UNFILTERED,
  table: false,
  console: false,
  query: null,
  legend: false,
};

/** Of the state, what is to be nothing where nothing is chosen. */
export const NOTHING = { concept: null, line: null, path: null, cluster: null, other: null, pane: "card" } as const;

/** The path to another end, which then is neither avoided nor gone through. */
export function leadTo(path: PathAsked, to: string): PathAsked {
  const others = (ids: readonly string[]): readonly string[] => ids.filter((id) => id !== to);
  return { ...path, to, number: 1, avoid: others(path.avoid), through: others(path.through) };
}

type Listener = (now: State, before: State) => void;

/** Keeps the state and tells who listens when it changes. */
export class Store {
  private state: State;
  private readonly listeners: Listener[] = [];

  constructor(state: State = START) {
    this.state = state;
  }

  get(): State {
    return this.state;
  }

  /** Changes some of the state; nothing happens where nothing differs. */
  set(patch: Partial<State>): void {
    const before = this.state;
    const now = { ...before, ...patch, ...otherDrawer(patch) };
    if ((Object.keys(now) as (keyof State)[]).every((key) => same(before[key], now[key]))) return;
    this.state = now;
    for (const listener of [...this.listeners]) listener(now, before);
  }

  /** Calls back after each change. */
  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }
}

/** Of the drawers below the map one is open at a time: the one that is opened closes the other. */
function otherDrawer(patch: Partial<State>): Partial<State> {
  return patch.console ? { table: false } : patch.table ? { console: false } : {};
}

/** Whether two values of the state say the same. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
