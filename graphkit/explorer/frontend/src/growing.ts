/** A graph after some notes have changed, made of the graph before and what the server says of them. */

import { INDEX, NOTE, NOWHERE, type Parts } from "./graph";
import type { Changed, Row } from "./wire";

/** How far beside its neighbour something new stands at first, in the map's pixels: half a cell. */
const ASIDE = 82;
const WAYS = 12;
const ROUNDS = 3;

/**
 * The parts of a graph after a change. What was there stays where it is; what is new stands beside
 * what it is linked with.
 *
 * @param before the graph that the change is told against.
 * @param told the change.
 * @param clusters the ids of the map's clusters, in the order of their numbers.
 */
export function grown(before: Parts, told: Changed & { rows: readonly Row[] }, clusters: readonly string[]): Parts {
  const gone = new Set(told.gone);
  const rows = new Map(told.rows.map((row) => [row.id, row]));
  const known = new Set(before.ids.filter((id) => rows.has(id)));
  const fresh = [...rows.keys()].filter((id) => !known.has(id)).sort(byCodePoint);
  const [ids, old] = merged(before.ids, gone, fresh);
  const wanted = new Set(told.rows.flatMap((row) => [row.id, ...row.near.map(([id]) => id)]));
  const numbers = new Map<string, number>();
  ids.forEach((id, number) => wanted.has(id) && numbers.set(id, number));
  const size = ids.length;
  const places = new Map(clusters.map((id, number) => [id, number]));

  const titles: string[] = new Array<string>(size);
  const cluster = new Uint16Array(size).fill(NOWHERE);
  const flags = new Uint8Array(size);
  const [x, y] = [new Float32Array(size), new Float32Array(size)];
  ids.forEach((id, number) => {
    const was = old[number]!;
    const row = rows.get(id);
    titles[number] = row?.title ?? before.titles[was] ?? id;
    flags[number] = row ? (row.note ? NOTE : 0) | (row.index ? INDEX : 0) : before.flags[was]!;
    if (row) cluster[number] = places.get(row.cluster ?? "") ?? NOWHERE;
    else cluster[number] = before.cluster[was]!;
    if (was >= 0) [x[number], y[number]] = [before.x[was]!, before.y[was]!];
  });
  const links = linked(before, ids, old, rows, numbers);
  place(fresh, rows, numbers, { x, y, cluster, degree: links.degree });
  return { ...before, ...links, revision: told.revision, size, ids, titles, x, y, cluster, flags };
}

/** All ids in order, and for each its number before; -1 where it is new. */
function merged(before: readonly string[], gone: ReadonlySet<string>, fresh: readonly string[]): [string[], number[]] {
  const ids: string[] = [];
  const old: number[] = [];
  let next = 0;
  before.forEach((id, number) => {
    while (next < fresh.length && byCodePoint(fresh[next]!, id) < 0) {
      ids.push(fresh[next]!);
      old.push(-1);
      next += 1;
    }
    if (gone.has(id)) return;
    ids.push(id);
    old.push(number);
  });
  for (; next < fresh.length; next += 1) {
    ids.push(fresh[next]!);
    old.push(-1);
  }
  return [ids, old];
}

/** Who is linked with whom: as before, but for the rows, which are told whole. */
function linked(
  before: Parts,
  ids: readonly string[],
  old: readonly number[],
  rows: ReadonlyMap<string, Row>,
  numbers: ReadonlyMap<string, number>,
): Pick<Parts, "first" | "near" | "member" | "degree" | "edges"> {
  const size = ids.length;
  const now = new Int32Array(before.size).fill(-1);
  old.forEach((was, number) => {
    if (was >= 0) now[was] = number;
  });
  const told = new Uint8Array(size);
  const added: [number, number][][] = [];
  for (const row of rows.values()) {
    const one = numbers.get(row.id)!;
    told[one] = 1;
  }
  for (const row of rows.values()) {
    const one = numbers.get(row.id)!;
    for (const [id, membership] of row.near) {
      const other = numbers.get(id);
      if (other === undefined || other === one) continue;
      (added[one] ??= []).push([other, membership]);
      if (!told[other]) (added[other] ??= []).push([one, membership]);
    }
  }
  const most = before.near.length + added.reduce((sum, some) => sum + some.length, 0);
  const [near, member] = [new Uint32Array(most), new Uint8Array(most)];
  const first = new Uint32Array(size + 1);
  const degree = new Uint16Array(size);
  let end = 0;
  for (let one = 0; one < size; one += 1) {
    const start = end;
    const was = old[one]!;
    const others = added[one];
    for (let at = before.first[was] ?? 0; !told[one] && was >= 0 && at < before.first[was + 1]!; at += 1) {
      const other = now[before.near[at]!]!;
      if (other < 0 || told[other]) continue;
      if (others) {
        others.push([other, before.member[at]!]);
      } else {
        near[end] = other;
        member[end] = before.member[at]!;
        end += 1;
      }
    }
    others?.sort((a, b) => a[0] - b[0]);
    for (const [other, membership] of others ?? []) {
      near[end] = other;
      member[end] = membership;
      end += 1;
    }
    degree[one] = Math.min(end - start, NOWHERE);
    first[one + 1] = end;
  }
  return { first, near: near.slice(0, end), member: member.slice(0, end), degree, edges: end / 2 };
}

interface Ground {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly cluster: Uint16Array;
  readonly degree: Uint16Array;
}

/** Puts what is new where there is room beside the least-linked of what it is linked with. */
function place(
  fresh: readonly string[],
  rows: ReadonlyMap<string, Row>,
  numbers: ReadonlyMap<string, number>,
  { x, y, cluster, degree }: Ground,
): void {
  const waiting = new Set(fresh.map((id) => numbers.get(id)!));
  for (const id of fresh) {
    const own = numbers.get(id)!;
    const near = rows.get(id)!.near.map(([other]) => numbers.get(other)!);
    const anchor = near
      .filter((one) => one !== own && !waiting.has(one))
      .sort((one, other) => degree[one]! - degree[other]! || one - other)[0];
    [x[own], y[own]] = anchor === undefined ? below(x, y, waiting) : beside(anchor, own, x, y, waiting);
    if (rows.get(id)!.note && cluster[own] === NOWHERE && anchor !== undefined) cluster[own] = cluster[anchor]!;
    waiting.delete(own);
  }
}

/** The roomiest place around a concept. */
function beside(
  anchor: number,
  own: number,
  x: Float32Array,
  y: Float32Array,
  waiting: ReadonlySet<number>,
): [number, number] {
  const [left, top] = [x[anchor]!, y[anchor]!];
  const reach = ASIDE * (ROUNDS + 1);
  const others: [number, number][] = [];
  for (let one = 0; one < x.length; one += 1) {
    const [aside, down] = [x[one]! - left, y[one]! - top];
    if (Math.abs(aside) < reach && Math.abs(down) < reach && one !== own && !waiting.has(one)) others.push([aside, down]);
  }
  let [best, most] = [[ASIDE, 0] as [number, number], -1];
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (let way = 0; way < WAYS; way += 1) {
      const angle = ((way + 0.5) * 2 * Math.PI) / WAYS;
      const [aside, down] = [Math.cos(angle) * ASIDE * round, Math.sin(angle) * ASIDE * round];
      const room = Math.min(...others.map((one) => Math.hypot(one[0] - aside, one[1] - down)));
      if (room > most + 1) [best, most] = [[aside, down], room];
    }
    if (most >= ASIDE * 0.75) break;
  }
  return [left + best[0], top + best[1]];
}

/** A place below all others, for what is linked with nothing. */
function below(x: Float32Array, y: Float32Array, waiting: ReadonlySet<number>): [number, number] {
  let [low, left] = [-Infinity, 0];
  for (let one = 0; one < y.length; one += 1) {
    if (!waiting.has(one) && y[one]! > low) [low, left] = [y[one]!, x[one]!];
  }
  return low === -Infinity ? [0, 0] : [left, low + 2 * ASIDE];
}

/** The order of ids: by code points, as the server has them. */
export function byCodePoint(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a === b) continue;
    // Half of a character beyond the first plane comes after all that is in it.
    return isHalf(a) === isHalf(b) ? a - b : isHalf(a) ? 1 : -1;
  }
  return one.length - other.length;
}

function isHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
