import { expect, test } from "vitest";

import { Graph, NOWHERE } from "../src/graph";

const IDS = ["a", "deep/b", "c", "d", "hub"];
const TITLES = ["Ä title", "", "", "", ""];
/** Pairs of concepts, the lower number first, and whether only membership joins them. */
const EDGES = [
  [0, 1, 0],
  [0, 4, 0],
  [1, 2, 0],
  [1, 3, 1],
  [3, 4, 0],
] as const;

/** The answer of `/api/map`, byte for byte as docs and server have it. */
function answer(): ArrayBuffer {
  const text = new TextEncoder();
  const parts: [string, Uint8Array][] = [
    ["ids", text.encode(IDS.join("\0"))],
    ["titles", text.encode(TITLES.join("\0"))],
    ["x", bytes(Float32Array.from(IDS, (_, number) => number))],
    ["y", bytes(Float32Array.from(IDS, (_, number) => -number))],
    ["cluster", bytes(Uint16Array.of(0, 0, 1, 1, NOWHERE))],
    ["flags", Uint8Array.of(1, 1, 0, 1, 3)],
    ["degree", bytes(Uint16Array.of(2, 3, 1, 2, 2))],
    ["counts", bytes(Uint16Array.from(IDS, (_, row) => EDGES.filter(([one]) => one === row).length))],
    ["ends", bytes(Int32Array.of(1, 3, 1, 1, 1))],
    ["membership", Uint8Array.from(EDGES, ([, , member]) => member)],
  ];
  const sections: Record<string, [number, number]> = {};
  let size = 0;
  for (const [name, part] of parts) {
    sections[name] = [size, part.length];
    size += Math.ceil(part.length / 4) * 4;
  }
  const told = JSON.stringify({ revision: "r1", concepts: IDS.length, edges: EDGES.length, sections });
  const header = text.encode(told.padEnd(Math.ceil(told.length / 8) * 8));
  const data = new Uint8Array(8 + header.length + size);
  data.set(text.encode("GKM1"));
  new DataView(data.buffer).setUint32(4, header.length, true);
  data.set(header, 8);
  for (const [name, part] of parts) data.set(part, 8 + header.length + sections[name]![0]);
  return data.buffer;
}

function bytes(array: Float32Array | Int32Array | Uint16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

const graph = new Graph(answer());

test("concepts have their ids, titles, places and kinds", () => {
  expect(graph.ids).toEqual(IDS);
  expect(graph.titles).toEqual(["Ä title", "b", "c", "d", "hub"]);
  expect([...graph.y]).toEqual([-0, -1, -2, -3, -4]);
  expect(graph.number("deep/b")).toBe(1);
  expect(graph.number("b")).toBeUndefined();
  expect([graph.isNote(2), graph.isIndex(3), graph.isIndex(4)]).toEqual([false, false, true]);
});

test("neighbours are known from both ends", () => {
  const pairs = new Set<string>();
  for (let number = 0; number < graph.size; number += 1) {
    for (const other of graph.neighbours(number)) pairs.add(`${number}-${other}`);
  }
  const both = EDGES.flatMap(([one, other]) => [`${one}-${other}`, `${other}-${one}`]);
  expect(pairs).toEqual(new Set(both));
});

test("a neighbourhood goes on neither over membership links nor from index notes", () => {
  expect([...graph.around(0, 1)]).toEqual([[0, 0], [1, 1], [4, 1]]);
  expect([...graph.around(0, 3)]).toEqual([[0, 0], [1, 1], [4, 1], [2, 2]]);
  expect(graph.around(1, 1).has(3)).toBe(true);
});

test("other data is no map", () => {
  expect(() => new Graph(new TextEncoder().encode("<!doctype html>").buffer)).toThrow("no map");
});
