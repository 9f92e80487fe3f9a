/** The whole graph as the map knows it: names, places and who is linked with whom, in flat arrays. */

import type { Concept } from "./server";

const MAGIC = "GKM1";
/** The number of an area that is none. */
export const NOWHERE = 65535;
const NOTE = 1;
const INDEX = 2;

interface Header {
  readonly revision: string | null;
  readonly concepts: number;
  readonly edges: number;
  readonly sections: Readonly<Record<string, readonly [number, number]>>;
}

/** Concepts are numbered by their ids; what is known of one stands at its number. */
export class Graph {
  readonly size: number;
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Each concept's place among the areas' clusters, or NOWHERE. */
  readonly cluster: Uint16Array;
  readonly flags: Uint8Array;
  readonly degree: Uint16Array;
  /** Where the neighbours of a concept begin in `near`; those of the last one end at the end. */
  readonly first: Uint32Array;
  readonly near: Uint32Array;
  /** For each of `near` whether only membership links lead there. */
  readonly member: Uint8Array;
  readonly edges: number;
  private numbers: Map<string, number> | null = null;

  /** @param data what `/api/map` answers with. */
  constructor(data: ArrayBuffer) {
    const text = new TextDecoder();
    const long = new DataView(data).getUint32(4, true);
    if (text.decode(data.slice(0, 4)) !== MAGIC) throw new Error("This is no map.");
    const header = JSON.parse(text.decode(new Uint8Array(data, 8, long))) as Header;
    const start = 8 + long;
    const part = (name: string): [number, number] => {
      const [offset, bytes] = header.sections[name] ?? [0, 0];
      return [start + offset, bytes];
    };
    const words = (name: string): string[] => text.decode(new Uint8Array(data, ...part(name))).split("\0");
    const array = <T>(name: string, make: (at: number, bytes: number) => T): T => make(...part(name));

    this.size = header.concepts;
    this.edges = header.edges;
    this.ids = this.size ? words("ids") : [];
    this.titles = this.size ? words("titles").map((title, number) => title || lastPart(this.id(number))) : [];
    this.x = array("x", (at, bytes) => new Float32Array(data, at, bytes / 4));
    this.y = array("y", (at, bytes) => new Float32Array(data, at, bytes / 4));
    this.cluster = array("cluster", (at, bytes) => new Uint16Array(data, at, bytes / 2));
    this.flags = array("flags", (at, bytes) => new Uint8Array(data, at, bytes));
    this.degree = array("degree", (at, bytes) => new Uint16Array(data, at, bytes / 2));
    const counts = array("counts", (at, bytes) => new Uint16Array(data, at, bytes / 2));
    const ends = array("ends", (at, bytes) => new Int32Array(data, at, bytes / 4));
    const membership = array("membership", (at, bytes) => new Uint8Array(data, at, bytes));
    [this.first, this.near, this.member] = bothWays(counts, ends, membership);
  }

  id(number: number): string {
    return this.ids[number] ?? "";
  }

  title(number: number): string {
    return this.titles[number] ?? "";
  }

  /** The number of a concept; undefined where there is none of this id. */
  number(id: string): number | undefined {
    this.numbers ??= new Map(this.ids.map((own, number) => [own, number]));
    return this.numbers.get(id);
  }

  /** What a concept is called, by its id. */
  called(id: string): string {
    const number = this.number(id);
    return number === undefined ? lastPart(id) : this.title(number);
  }

  isNote(number: number): boolean {
    return ((this.flags[number] ?? 0) & NOTE) !== 0;
  }

  isIndex(number: number): boolean {
    return ((this.flags[number] ?? 0) & INDEX) !== 0;
  }

  concept(number: number): Concept {
    return { id: this.id(number), title: this.title(number), note: this.isNote(number) };
  }

  /** The numbers of the concepts that are linked with one. */
  neighbours(number: number): Uint32Array {
    return this.near.subarray(this.first[number], this.first[number + 1]);
  }

  /**
   * How far the concepts around one are, as `graphkit neighbours` counts: from the concept itself
   * every link is walked, beyond it no membership link, and none of an index note.
   *
   * @param depth the most hops.
   * @returns hops by number, the concept itself with 0, nearest first.
   */
  around(number: number, depth: number): Map<number, number> {
    const hops = new Map([[number, 0]]);
    let frontier = [number];
    for (let hop = 1; hop <= depth; hop += 1) {
      const next: number[] = [];
      for (const one of frontier) {
        if (hop > 1 && this.isIndex(one)) continue;
        const end = this.first[one + 1] ?? 0;
        for (let at = this.first[one] ?? 0; at < end; at += 1) {
          const other = this.near[at] ?? 0;
          if (hops.has(other) || (hop > 1 && this.member[at])) continue;
          hops.set(other, hop);
          next.push(other);
        }
      }
      frontier = next;
    }
    return hops;
  }
}

/** The last part of an id: a name where none better is known. */
export function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Neighbours in both directions, out of rows that hold the higher end of each edge, delta coded. */
function bothWays(
  counts: Uint16Array,
  ends: Int32Array,
  membership: Uint8Array,
): [Uint32Array, Uint32Array, Uint8Array] {
  const size = counts.length;
  const higher = new Uint32Array(ends.length);
  const first = new Uint32Array(size + 1);
  for (let row = 0, at = 0; row < size; row += 1) {
    const end = at + (counts[row] ?? 0);
    for (let value = row; at < end; at += 1) {
      value += ends[at] ?? 0;
      higher[at] = value;
      first[row + 1]! += 1;
      first[value + 1]! += 1;
    }
  }
  for (let row = 0; row < size; row += 1) first[row + 1]! += first[row]!;
  const near = new Uint32Array(2 * ends.length);
  const member = new Uint8Array(2 * ends.length);
  const next = first.slice();
  for (let row = 0, at = 0; row < size; row += 1) {
    const end = at + (counts[row] ?? 0);
    for (; at < end; at += 1) {
      const other = higher[at]!;
      for (const [one, far] of [[row, other], [other, row]] as const) {
        const place = next[one]!;
        near[place] = far;
        member[place] = membership[at] ?? 0;
        next[one] = place + 1;
      }
    }
  }
  return [first, near, member];
}
