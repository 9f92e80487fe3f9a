import { expect, test } from "vitest";

import { parametersOf, wantedAt, written } from "../src/console/cypher";
import { widths } from "../src/console/grid";
import { asCsv, asTsv, asWords, inOrder, parsed, partOf, together } from "../src/console/values";

const node = (id: string, title = id): object => ({ labels: ["Concept", "Note"], properties: { id, title } });
const link = (start: string, end: string): object => ({ type: "LINKS_TO", start, end, properties: {} });

test("whole numbers that are too large are not rounded", () => {
  const told = parsed<{ rows: unknown[][] }>('{"rows":[[9007199254740993,1,1.5,12345678901234567.5]]}');
  expect(told.rows[0]).toEqual([9007199254740993n, 1, 1.5, 12345678901234567.5]);
  expect(asWords(told.rows[0]![0])).toBe("9007199254740993");
});

test("what of the graph a value holds is found within lists, maps and paths", () => {
  const chain = { nodes: [node("a"), node("b")], relationships: [link("a", "b")] };
  expect(partOf(chain)).toEqual({ ids: ["a", "b"], links: [["a", "b"]] });
  expect(partOf([{ deep: [node("c")] }, "a", 1, null])).toEqual({ ids: ["c"], links: [] });
  expect(partOf({ labels: ["GraphkitVault"], properties: { id: "v" } }).ids).toEqual([]);
  expect(together([partOf(chain), partOf(link("a", "b")), partOf(node("c"))])).toEqual({
    ids: ["a", "b", "c"],
    links: [["a", "b"]],
  });
});

test("a value is read as a person reads it", () => {
  expect(asWords({ nodes: [node("a", "A"), node("b", "B")], relationships: [] })).toBe("A → B");
  expect(asWords({ x: [1, true], y: null })).toBe("x: 1, true, y: ");
  expect(asWords(node("a/b", "<b>"))).toBe("<b>");
});

test("rows are sorted by their kind; what is nothing stands last, either way", () => {
  const rows = [[10], [null], ["b"], [9], ["a"], [2n]];
  const sorted = (down: boolean): unknown[] => inOrder(rows, 0, down).map((place) => rows[place]![0]);
  expect(sorted(false)).toEqual([2n, 9, 10, "a", "b", null]);
  expect(sorted(true)).toEqual(["b", "a", 10, 9, 2n, null]);
});

test("rows are written as files and spreadsheets want them", () => {
  const answer = { columns: ['a "b"', "c"], rows: [["x,\ny", [1, "é"]], [null, node("n", "N")]], truncated: false };
  expect(asCsv(answer)).toBe(
    '"a ""b""",c\n"x,\ny","[1,""é""]"\n,"{""labels"":[""Concept"",""Note""],""properties"":{""id"":""n"",""title"":""N""}}"\n',
  );
  expect(asTsv(answer)).toBe('a "b"\tc\nx, y\t1, é\n\tN');
});

test.each([
  ["MATCH (n:No", "labels", 9],
  ["MATCH (n)-[:", "types", 12],
  ["MATCH (n)-[r:A|B", "types", 15],
  ["MATCH (n:Note {ti", "keys", 15],
  ["MATCH (n:Note {title: wo", "words", 22],
  ["MATCH (n) WHERE n.", "keys", 18],
  ["RET", "words", 0],
  ["RETURN 'a:b", null, 10],
  ["RETURN 'x' + ", "words", 13],
  ["RETURN $a", null, 8],
  ["RETURN 12", null, 7],
])("what is completed in %j", (before, kind, from) => {
  expect(wantedAt(before)).toEqual({ kind, from });
});

test("parameters are those outside of texts, names and comments", () => {
  expect(parametersOf("RETURN $a, '$b', `$c`, \"\\\"$d\" /* $e */ + $f // $g\n + $a")).toEqual(["a", "f"]);
});

test("an odd name is written in backticks", () => {
  expect(["id", "größe", "a b", "`x`", "1a"].map(written)).toEqual(["id", "größe", "`a b`", "```x```", "`1a`"]);
});

test("columns are as wide as what they hold, and those that are cut share what room is left", () => {
  expect(widths([1, 10, 200], 400)).toEqual([72, 100, 300]);
  expect(widths([10, 200, 200], 1_100)).toEqual([100, 500, 500]);
});
