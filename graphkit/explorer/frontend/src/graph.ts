/** The whole graph as the map knows it: names, places and who is linked with whom, in flat arrays. */

import { decoded } from "./decoding";
import type { Concept, Named } from "./wire";

/** The number of an area that is none. */
export const NOWHERE = 65535;
export const NOTE = 1;
export const INDEX = 2;

/** What a graph is made of: concepts are numbered by their ids, what is known of one stands at its number. */
export interface Parts {
  readonly revision: string | null;
  /** The clusters, in the order of their numbers. */
  readonly clusters: readonly Named[];
  /** When it was so, if that is told. */
  readonly time: string | null;
  readonly size: number;
  readonly edges: number;
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
}

/** A graph; it can become another one, which all who hold it then see. */
export class Graph {
  private parts: Parts;
  private numbers: Map<string, number> | null = null;

  /** @param told what `/api/map` answers with, or parts that were made of it. */
  constructor(told: ArrayBuffer | Parts) {
    this.parts = told instanceof ArrayBuffer ? decoded(told) : told;
  }

  /** What it is made of now; that stays as it is when the graph changes. */
  get now(): Parts {
    return this.parts;
  }

  /** Changes into what other parts tell of. */
  become(parts: Parts): void {
    this.parts = parts;
    this.numbers = null;
  }

  get revision(): string | null {
    return this.parts.revision;
  }

  get size(): number {
    return this.parts.size;
  }

  get edges(): number {
    return this.parts.edges;
  }

  get ids(): Parts["ids"] {
    return this.parts.ids;
  }

  get titles(): Parts["titles"] {
    return this.parts.titles;
  }

  get x(): Parts["x"] {
    return this.parts.x;
  }

  get y(): Parts["y"] {
    return this.parts.y;
  }

  get cluster(): Parts["cluster"] {
    return this.parts.cluster;
  }

  get flags(): Parts["flags"] {
    return this.parts.flags;
  }

  get degree(): Parts["degree"] {
    return this.parts.degree;
  }

  get first(): Parts["first"] {
    return this.parts.first;
  }

  get near(): Parts["near"] {
    return this.parts.near;
  }

  get member(): Parts["member"] {
    return this.parts.member;
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
   * @param walks whether one may go from a concept to a neighbour; without it always.
   * @returns hops by number, the concept itself with 0, nearest first.
   */
  around(number: number, depth: number, walks?: (one: number, other: number) => boolean): Map<number, number> {
    const hops = new Map([[number, 0]]);
    let frontier = [number];
    for (let hop = 1; hop <= depth; hop += 1) {
      const next: number[] = [];
      for (const one of frontier) {
        if (hop > 1 && this.isIndex(one)) continue;
        const end = this.first[one + 1] ?? 0;
        for (let at = this.first[one] ?? 0; at < end; at += 1) {
          const other = this.near[at] ?? 0;
          if (hops.has(other) || (hop > 1 && this.member[at]) || (walks && !walks(one, other))) continue;
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
