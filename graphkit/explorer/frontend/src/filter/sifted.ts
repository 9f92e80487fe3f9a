/** What filters and hidden topics leave of the graph. */

import { NOWHERE, type Graph } from "../graph";
import type { Areas } from "../wire";
import { same, UNFILTERED, type Filters } from "../state";

/** What the server says has a tag, a video or a relation. */
export interface Having {
  readonly ids: readonly string[];
  /** Of a relation: the places among the ids of each two that it joins, one pair behind the other. */
  readonly pairs: readonly number[];
}

/** By which of the filters the server is asked, and for what. */
export type Asked = readonly [key: "tag" | "relation" | "video", value: string];

export function askedBy(filters: Filters): Asked[] {
  return [
    ...filters.tags.map((tag): Asked => ["tag", tag]),
    ...filters.relations.map((relation): Asked => ["relation", relation]),
    ...filters.videos.map((video): Asked => ["video", video]),
  ];
}

export function isFiltered(filters: Filters): boolean {
  return !same(filters, UNFILTERED);
}

/** Which concepts, by number, and which links are left. */
export class Sifted {
  /** How many concepts are. */
  readonly size: number;
  /** For each cluster, how many notes in it are left; those of its parts as well. */
  readonly notes: Uint32Array;
  /** Whether filters have been at work, and not hidden topics alone. */
  readonly filtered: boolean;
  private readonly graph: Graph;
  private readonly kept: Uint8Array;
  private readonly uppers: Uint16Array;
  private readonly pairs: ReadonlySet<number> | null;

  constructor(graph: Graph, kept: Uint8Array, pairs: ReadonlySet<number> | null, uppers: Uint16Array, filtered: boolean) {
    this.graph = graph;
    this.kept = kept;
    this.uppers = uppers;
    this.pairs = pairs;
    this.filtered = filtered;
    this.notes = new Uint32Array(uppers.length);
    let size = 0;
    for (let one = 0; one < graph.size; one += 1) {
      if (!kept[one]) continue;
      size += 1;
      const cluster = graph.cluster[one]!;
      const upper = uppers[cluster];
      if (upper === undefined) continue;
      this.notes[cluster]! += 1;
      if (upper !== cluster) this.notes[upper]! += 1;
    }
    this.size = size;
  }

  /** Whether a concept is left. */
  keeps(one: number): boolean {
    return this.kept[one] === 1;
  }

  /** Whether a link between two concepts that are left is left, too. */
  joins(one: number, other: number): boolean {
    return this.pairs === null || this.pairs.has(keyOf(this.graph, one, other));
  }

  /** Places of two upper clusters, and how many pairs of notes that are left join them, the most first. */
  joints(): [number, number, number][] {
    const { graph, uppers } = this;
    const counted = new Map<number, number>();
    for (let one = 0; one < graph.size; one += 1) {
      const own = uppers[graph.cluster[one]!];
      if (!this.kept[one] || own === undefined) continue;
      for (let at = graph.first[one]!; at < graph.first[one + 1]!; at += 1) {
        const other = graph.near[at]!;
        const far = uppers[graph.cluster[other]!];
        if (far === undefined || far <= own || graph.member[at] || !this.kept[other] || !this.joins(one, other)) continue;
        const key = own * uppers.length + far;
        counted.set(key, (counted.get(key) ?? 0) + 1);
      }
    }
    return [...counted]
      .sort((one, other) => other[1] - one[1] || one[0] - other[0])
      .map(([key, pairs]) => [Math.floor(key / uppers.length), key % uppers.length, pairs]);
  }

  /** All that are left. */
  numbers(): number[] {
    return [...this.graph.ids.keys()].filter((one) => this.kept[one] === 1);
  }
}

/** For each cluster the number of the upper one that it lies in, its own if it is one. */
export function uppersOf(areas: Areas): Uint16Array {
  const numbers = new Map(areas.clusters.map((area, number) => [area.id, number]));
  return Uint16Array.from(areas.clusters, (area, number) => numbers.get(area.parent ?? area.id) ?? number);
}

/**
 * Sifts a graph; null where nothing is left out.
 *
 * @param having what the server said of each that `askedBy` names, by its key and value.
 */
export function sift(
  graph: Graph,
  areas: Areas,
  filters: Filters,
  hidden: readonly string[],
  having: (asked: Asked) => Having,
): Sifted | null {
  const filtered = isFiltered(filters);
  if (!filtered && !hidden.length) return null;
  const uppers = uppersOf(areas);
  const kept = new Uint8Array(graph.size).fill(1);
  const topics = clustersOf(areas, filters.topics);
  const away = clustersOf(areas, hidden);
  const folders = filters.folders.map((folder) => (folder ? `${folder}/` : ""));
  const { kind, least, most } = filters;
  for (let one = 0; one < graph.size; one += 1) {
    const cluster = graph.cluster[one]!;
    const id = graph.id(one);
    const out =
      (cluster !== NOWHERE && away.has(cluster)) ||
      (filters.topics.length > 0 && !topics.has(cluster)) ||
      (kind !== null && graph.isNote(one) !== (kind === "notes")) ||
      (least !== null && graph.degree[one]! < least) ||
      (most !== null && graph.degree[one]! > most) ||
      (folders.length > 0 && !(graph.isNote(one) && folders.some((folder) => (folder ? id.startsWith(folder) : !id.includes("/")))));
    if (out) kept[one] = 0;
  }
  const numbers = ({ ids }: Having): number[] => ids.map((id) => graph.number(id) ?? -1);
  for (const key of ["tag", "relation", "video"] as const) {
    const some = askedBy(filters).filter(([own]) => own === key);
    if (!some.length) continue;
    const among = new Uint8Array(graph.size);
    for (const asked of some) for (const one of numbers(having(asked))) if (one >= 0) among[one] = 1;
    for (let one = 0; one < graph.size; one += 1) kept[one]! &= among[one]!;
  }
  return new Sifted(graph, kept, pairsOf(graph, filters, having, numbers), uppers, filtered);
}

/** The pairs that relations join; null where links of any are left. */
function pairsOf(
  graph: Graph,
  filters: Filters,
  having: (asked: Asked) => Having,
  numbers: (having: Having) => number[],
): ReadonlySet<number> | null {
  if (!filters.relations.length) return null;
  const pairs = new Set<number>();
  for (const relation of filters.relations) {
    const told = having(["relation", relation]);
    const ends = numbers(told);
    for (let at = 0; at + 1 < told.pairs.length; at += 2) {
      const [one, other] = [ends[told.pairs[at]!] ?? -1, ends[told.pairs[at + 1]!] ?? -1];
      if (one >= 0 && other >= 0) pairs.add(keyOf(graph, one, other));
    }
  }
  return pairs;
}

function clustersOf(areas: Areas, ids: readonly string[]): Set<number> {
  const wanted = new Set(ids);
  return new Set(
    areas.clusters.flatMap((area, number) =>
      wanted.has(area.id) || (area.parent !== null && wanted.has(area.parent)) ? [number] : [],
    ),
  );
}

function keyOf(graph: Graph, one: number, other: number): number {
  return one < other ? one * graph.size + other : other * graph.size + one;
}
