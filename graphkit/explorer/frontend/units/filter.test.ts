import { expect, test } from "vitest";

import { linksName, relationName, showing } from "../src/filter/change";
import { sift, type Having } from "../src/filter/sifted";
import type { Graph } from "../src/graph";
import type { Areas } from "../src/wire";
import { UNFILTERED, type Filters } from "../src/state";

/** Notes a, in/b and in/c of the topics s1, s1 and s2, and x that is not yet written. */
const IDS = ["a", "in/b", "in/c", "inner/d", "x"];
const NEAR = [[1, 2, 4], [0, 2], [0, 1], [], [0]];
const near = Uint32Array.from(NEAR.flat());
const graph = {
  ids: IDS,
  size: IDS.length,
  cluster: Uint16Array.of(1, 2, 3, 65535, 65535),
  degree: Uint16Array.from(NEAR, (all) => all.length),
  first: Uint32Array.of(0, 3, 5, 7, 7, 8),
  near,
  member: new Uint8Array(near.length),
  id: (one: number) => IDS[one] ?? "",
  isNote: (one: number) => one < 4,
  number: (id: string) => (IDS.includes(id) ? IDS.indexOf(id) : undefined),
} as unknown as Graph;
const areas = {
  clusters: [
    { id: "c1", parent: null },
    { id: "s1", parent: "c1" },
    { id: "s2", parent: "c1" },
    { id: "c2", parent: null },
  ],
} as unknown as Areas;
const HAVING: Record<string, Having> = {
  "tag,t": { ids: ["a", "in/c", "gone"], pairs: [] },
  "tag,u": { ids: ["x"], pairs: [] },
  "relation,PART_OF": { ids: ["a", "gone", "in/b", "in/c"], pairs: [0, 2, 1, 3] },
};

function left(filters: Partial<Filters>, hidden: string[] = []): string[] | null {
  const sifted = sift(graph, areas, { ...UNFILTERED, ...filters }, hidden, ([key, value]) => HAVING[`${key},${value}`]!);
  return sifted && sifted.numbers().map((one) => IDS[one]!);
}

test.each<[Partial<Filters>, string[]]>([
  [{ topics: ["c1"] }, ["a", "in/b"]],
  [{ topics: ["s2", "c2"] }, ["in/b", "in/c"]],
  [{ folders: ["in"] }, ["in/b", "in/c"]],
  [{ folders: [""] }, ["a"]],
  [{ folders: ["in", "inner"] }, ["in/b", "in/c", "inner/d"]],
  [{ tags: ["t"] }, ["a", "in/c"]],
  [{ tags: ["t", "u"] }, ["a", "in/c", "x"]],
  [{ tags: ["t"], folders: ["in"] }, ["in/c"]],
  [{ kind: "unresolved" }, ["x"]],
  [{ kind: "notes", most: 0 }, ["inner/d"]],
  [{ least: 2, most: 2 }, ["in/b", "in/c"]],
  [{ tags: ["u"], kind: "notes" }, []],
])("what is left by %j", (filters, ids) => {
  expect(left(filters)).toEqual(ids);
});

test("hidden topics are left out, and without any filter all the rest is there", () => {
  expect(left({})).toBeNull();
  expect(left({}, ["c1"])).toEqual(["in/c", "inner/d", "x"]);
});

test("of a relation its own links are left, and notes and joints are counted by what is", () => {
  const filters = { ...UNFILTERED, relations: ["PART_OF"] };
  const sifted = sift(graph, areas, filters, [], () => HAVING["relation,PART_OF"]!)!;
  expect([sifted.joins(0, 1), sifted.joins(1, 0), sifted.joins(0, 2), sifted.joins(1, 2)]).toEqual([true, true, false, false]);
  expect([...sifted.notes]).toEqual([2, 1, 1, 1]);
  expect(sift(graph, areas, { ...UNFILTERED, kind: "notes" }, [], () => HAVING["tag,t"]!)!.joints()).toEqual([[0, 3, 2]]);
  expect(sifted.joints()).toEqual([]);
});

test("a topic that is filtered by is no longer hidden, nor what it lies in, nor its parts", () => {
  expect(showing(areas, ["c1", "c2"], "c1")).toEqual(["c2"]);
  expect(showing(areas, ["s2", "c2"], "c1")).toEqual(["c2"]);
  expect(showing(areas, ["c1", "c2"], "s2")).toEqual(["c2"]);
  expect(showing(areas, ["c1", "c2"], "c999")).toEqual(["c1", "c2"]);
});

test("names of filters", () => {
  expect([linksName(2, null), linksName(null, 1), linksName(null, 9), linksName(3, 3), linksName(2, 5)]).toEqual([
    "2 links or more",
    "1 link or none",
    "up to 9 links",
    "3 links",
    "2 to 5 links",
  ]);
  expect([relationName("PART_OF"), relationName("LINKS_TO")]).toEqual(["part of", "plain link"]);
});
