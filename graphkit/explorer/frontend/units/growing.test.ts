import { expect, test } from "vitest";

import { differences, isNothing } from "../src/comparing";
import { NOTE, NOWHERE, type Parts } from "../src/graph";
import { byCodePoint, grown } from "../src/growing";
import type { Changed, Row } from "../src/wire";

const CLUSTERS = [
  { id: "c1", name: "first", parent: null },
  { id: "c2", name: "second", parent: null },
];

/** A graph of notes in a row, linked as pairs tell. */
function parts(ids: readonly string[], pairs: readonly (readonly [string, string])[]): Parts {
  const near = ids.map((id) => pairs.flatMap(([a, b]) => (a === id ? [ids.indexOf(b)] : b === id ? [ids.indexOf(a)] : [])).sort((a, b) => a - b));
  const first = [0];
  for (const some of near) first.push(first.at(-1)! + some.length);
  return {
    revision: "1",
    clusters: CLUSTERS,
    time: null,
    size: ids.length,
    edges: pairs.length,
    ids,
    titles: ids.map((id) => id.toUpperCase()),
    x: Float32Array.from(ids, (_, number) => 160 * number),
    y: new Float32Array(ids.length),
    cluster: new Uint16Array(ids.length),
    flags: new Uint8Array(ids.length).fill(NOTE),
    degree: Uint16Array.from(near, (some) => some.length),
    first: Uint32Array.from(first),
    near: Uint32Array.from(near.flat()),
    member: new Uint8Array(near.flat().length),
  };
}

function row(id: string, near: readonly string[], more: Partial<Row> = {}): Row {
  return { id, title: id.toUpperCase(), note: true, index: false, cluster: "c1", near: near.map((other) => [other, 0] as const), ...more };
}

function after(before: Parts, rows: readonly Row[], gone: readonly string[] = []): Parts {
  const told: Changed & { rows: readonly Row[] } = {
    from: "1",
    revision: "2",
    rows,
    gone,
    texts: [],
    numbers: { notes: 0, unresolved: 0, links: 0 },
  };
  return grown(before, told, ["c1", "c2"]);
}

/** Who is linked with whom, by ids. */
function links(told: Parts): string[] {
  const found: string[] = [];
  for (let one = 0; one < told.size; one += 1) {
    for (let at = told.first[one]!; at < told.first[one + 1]!; at += 1) found.push(`${told.ids[one]} ${told.ids[told.near[at]!]}`);
  }
  return found;
}

const BEFORE = parts(["a", "c", "e"], [["a", "c"], ["c", "e"]]);

test("what is new stands beside what it is linked with, and nothing else moves", () => {
  const now = after(BEFORE, [row("d", ["e"]), row("e", ["c", "d"])]);
  expect(now.ids).toEqual(["a", "c", "d", "e"]);
  expect(links(now)).toEqual(["a c", "c a", "c e", "d e", "e c", "e d"]);
  expect([now.x[0], now.x[1], now.x[3]]).toEqual([0, 160, 320]);
  const apart = (one: number): number => Math.hypot(now.x[2]! - now.x[one]!, now.y[2]! - now.y[one]!);
  expect(apart(3)).toBeLessThan(100);
  for (const other of [0, 1, 3]) expect(apart(other)).toBeGreaterThan(40);
  expect([now.revision, now.edges, [...now.degree]]).toEqual(["2", 3, [1, 2, 1, 2]]);
});

test("a note that is deleted goes with its links; one that is still mentioned stays as a mere name", () => {
  const now = after(BEFORE, [row("c", ["a"], { note: false, cluster: null }), row("a", ["c"])], ["e"]);
  expect([now.ids, links(now)]).toEqual([["a", "c"], ["a c", "c a"]]);
  expect([...now.flags]).toEqual([NOTE, 0]);
  expect(now.cluster[1]).toBe(NOWHERE);
});

test("many changes one by one end as all of them at once would", () => {
  let now = BEFORE;
  let seed = 7;
  const pick = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const told = new Map<string, Set<string>>([["a", new Set("c")], ["c", new Set("ae")], ["e", new Set("c")]]);
  for (let round = 0; round < 300; round += 1) {
    const id = String.fromCharCode(97 + pick(26));
    const gone = told.has(id) && pick(4) === 0;
    const touched = new Set<string>();
    for (const other of told.get(id) ?? []) {
      told.get(other)!.delete(id);
      touched.add(other);
    }
    told.delete(id);
    if (!gone) {
      const others = [...told.keys()].filter(() => pick(3) === 0);
      told.set(id, new Set(others));
      for (const other of others) told.get(other)!.add(id);
      touched.add(id);
    }
    now = after(now, [...touched].map((one) => row(one, [...told.get(one)!])), gone ? [id] : []);
  }
  const ids = [...told.keys()].sort();
  expect(now.ids).toEqual(ids);
  expect(links(now)).toEqual(ids.flatMap((id) => [...told.get(id)!].sort().map((other) => `${id} ${other}`)));
  const spots = new Set(ids.map((_, one) => `${Math.round(now.x[one]!)} ${Math.round(now.y[one]!)}`));
  expect(spots.size).toBe(ids.length);
});

test("ids are ordered by code points, as the server orders them", () => {
  const ids = ["\u{1f600}", "\uffee", "z", "Z", "za", "é"];
  expect(ids.sort(byCodePoint)).toEqual(["Z", "z", "za", "é", "\uffee", "\u{1f600}"]);
});

test("what differs is told once", () => {
  const now = parts(["a", "b", "c"], [["a", "b"], ["a", "c"]]);
  const moved = { ...now, cluster: Uint16Array.of(0, 0, 1), flags: Uint8Array.of(NOTE, NOTE, 0) };
  const told = differences(BEFORE, moved);
  expect(told.came.map(({ id }) => id)).toEqual(["b"]);
  expect(told.went.map(({ id }) => id)).toEqual(["e"]);
  expect(told.written.map(({ id }) => id)).toEqual(["c"]);
  expect(told.moved.map(({ concept, from, to }) => [concept.id, from?.name, to?.name])).toEqual([["c", "first", "second"]]);
  expect([told.linked, told.unlinked]).toEqual([[], []]);
  const mentioned = { ...parts(["a", "new_thing"], [["a", "new_thing"]]), flags: Uint8Array.of(NOTE, 0) };
  const come = differences(mentioned, parts(["a", "deep/New thing"], [["a", "deep/New thing"]]));
  expect([come.came, come.went, come.written.map(({ id }) => id)]).toEqual([[], [], ["deep/New thing"]]);
  const other = differences(parts(["a", "b", "c"], [["a", "b"]]), parts(["a", "b", "c"], [["b", "c"]]));
  expect([other.linked, other.unlinked].map(([pair]) => `${pair!.a.id} ${pair!.b.id}`)).toEqual(["b c", "a b"]);
  expect(isNothing(differences(BEFORE, BEFORE))).toBe(true);
});
