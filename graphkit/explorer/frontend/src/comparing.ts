/** What differs between two graphs of the same vault: what came, what went, what has moved. */

import { lastPart, NOWHERE, type Parts } from "./graph";
import { byCodePoint } from "./growing";
import type { Concept, Named } from "./wire";

/** Two concepts that are linked. */
export interface Pair {
  readonly a: Concept;
  readonly b: Concept;
}

/** A note that is in another topic now; null where it is in none. */
export interface Move {
  readonly concept: Concept;
  readonly from: Named | null;
  readonly to: Named | null;
}

export interface Differences {
  readonly came: readonly Concept[];
  readonly went: readonly Concept[];
  /** What was only mentioned and has a note now, or the other way round. */
  readonly written: readonly Concept[];
  readonly linked: readonly Pair[];
  readonly unlinked: readonly Pair[];
  readonly moved: readonly Move[];
}

/** Compares a graph with what it was. Links of what came or went are not told again. */
export function differences(before: Parts, now: Parts): Differences {
  const came: Concept[] = [];
  const went: Concept[] = [];
  const written: Concept[] = [];
  const moved: Move[] = [];
  const [toNow, toBefore] = [new Int32Array(before.size).fill(-1), new Int32Array(now.size).fill(-1)];
  for (let one = 0, other = 0; one < before.size || other < now.size; ) {
    const order = one >= before.size ? 1 : other >= now.size ? -1 : byCodePoint(before.ids[one]!, now.ids[other]!);
    if (order < 0) {
      went.push(concept(before, one));
      one += 1;
    } else if (order > 0) {
      came.push(concept(now, other));
      other += 1;
    } else {
      [toNow[one], toBefore[other]] = [other, one];
      if ((before.flags[one]! ^ now.flags[other]!) & 1) written.push(concept(now, other));
      const [from, to] = [clusterOf(before, one), clusterOf(now, other)];
      if (from?.id !== to?.id) moved.push({ concept: concept(now, other), from, to });
      one += 1;
      other += 1;
    }
  }
  // A note takes the place of what was only mentioned under its name, and leaves it again.
  const named = new Map(went.map((one) => [nameOf(one), one]));
  const same = came.filter((one) => named.has(nameOf(one)) && named.get(nameOf(one))!.note !== one.note);
  const names = new Set(same.map(nameOf));
  return {
    came: came.filter((one) => !same.includes(one)),
    went: went.filter((one) => !names.has(nameOf(one))),
    written: [...written, ...same],
    linked: pairsOnlyIn(now, before, toBefore),
    unlinked: pairsOnlyIn(before, now, toNow),
    moved,
  };
}

/** Whether nothing differs. */
export function isNothing(told: Differences): boolean {
  return Object.values(told).every((some: readonly unknown[]) => some.length === 0);
}

/** The linked pairs of one graph that the other has not, although it has both concepts. */
function pairsOnlyIn(one: Parts, other: Parts, numbers: Int32Array): Pair[] {
  const found: Pair[] = [];
  const there = new Set<number>();
  for (let row = 0; row < one.size; row += 1) {
    const far = numbers[row]!;
    if (far < 0) continue;
    there.clear();
    for (let at = other.first[far]!; at < other.first[far + 1]!; at += 1) there.add(other.near[at]!);
    for (let at = one.first[row]!; at < one.first[row + 1]!; at += 1) {
      const end = one.near[at]!;
      if (end <= row || numbers[end]! < 0 || there.has(numbers[end]!)) continue;
      found.push({ a: concept(one, row), b: concept(one, end) });
    }
  }
  return found;
}

function nameOf({ id }: Concept): string {
  return lastPart(id).toLowerCase().replace(/[\s_-]+/g, " ");
}

function concept(parts: Parts, number: number): Concept {
  return { id: parts.ids[number]!, title: parts.titles[number]!, note: (parts.flags[number]! & 1) !== 0 };
}

function clusterOf(parts: Parts, number: number): Named | null {
  const cluster = parts.cluster[number]!;
  return cluster === NOWHERE ? null : (parts.clusters[cluster] ?? null);
}
