/** Values of a query's rows, as `docs/answers.md` has them: what they are, say, and hold of the graph. */

import { lastPart } from "../graph";

export interface Node {
  readonly labels: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Relationship {
  readonly type: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Chain {
  readonly nodes: readonly Node[];
  readonly relationships: readonly Relationship[];
}

/** What the server answers a query with. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
}

/** Concepts and pairs of linked ones, by their ids. */
export interface Part {
  readonly ids: readonly string[];
  readonly links: readonly (readonly [string, string])[];
}

type Parsed = (text: string, revive: (key: string, value: unknown, told?: { source?: string }) => unknown) => unknown;

/** Reads an answer; whole numbers that are too large for the browser's own come as `bigint`, not rounded. */
export function parsed<T>(text: string): T {
  if (!/\d{16}/.test(text)) return JSON.parse(text) as T;
  const exact = (_key: string, value: unknown, told?: { source?: string }): unknown =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(told?.source ?? "")
      ? BigInt(told?.source ?? 0)
      : value;
  return (JSON.parse as Parsed)(text, exact) as T;
}

function hasKeys(value: unknown, keys: string): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).sort().join() === keys;
}

export function isNode(value: unknown): value is Node {
  return hasKeys(value, "labels,properties") && Array.isArray(value["labels"]);
}

export function isRelationship(value: unknown): value is Relationship {
  return hasKeys(value, "end,properties,start,type");
}

export function isChain(value: unknown): value is Chain {
  return hasKeys(value, "nodes,relationships") && Array.isArray(value["nodes"]) && value["nodes"].every(isNode);
}

export function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** The id of a node that is a concept; null for any other. */
export function conceptOf(node: Node): string | null {
  const { id } = node.properties;
  return node.labels.includes("Concept") && typeof id === "string" ? id : null;
}

/** What a node is called. */
export function nameOf(node: Node): string {
  const { title, id } = node.properties;
  return String(title ?? id ?? node.labels.join(":"));
}

/** A value as a person reads it: a node by its title, a path as a chain of titles. */
export function asWords(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (isNode(value)) return nameOf(value);
  if (isRelationship(value)) return `${lastPart(value.start ?? "")} → ${lastPart(value.end ?? "")} (${value.type})`;
  if (isChain(value)) return value.nodes.map(nameOf).join(" → ");
  if (Array.isArray(value)) return value.map(asWords).join(", ");
  if (typeof value === "object") {
    return Object.entries(value).map(([key, one]) => `${key}: ${asWords(one)}`).join(", ");
  }
  return String(value);
}

/** What of the graph a value holds, itself or within lists, maps and paths. */
export function partOf(value: unknown): Part {
  const ids = new Set<string>();
  const links: (readonly [string, string])[] = [];
  const walk = (one: unknown): void => {
    if (typeof one !== "object" || one === null) return;
    if (isNode(one)) {
      const id = conceptOf(one);
      if (id !== null) ids.add(id);
    } else if (isRelationship(one)) {
      if (one.start === null || one.end === null) return;
      ids.add(one.start).add(one.end);
      links.push([one.start, one.end]);
    } else {
      for (const part of Object.values(one)) walk(part);
    }
  };
  walk(value);
  return { ids: [...ids], links };
}

/** Several parts as one. */
export function together(parts: readonly Part[]): Part {
  const ids = new Set(parts.flatMap((part) => part.ids));
  const links = new Map(parts.flatMap((part) => part.links).map((link) => [link.join("\0"), link]));
  return { ids: [...ids], links: [...links.values()] };
}

const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Which of two values comes first; numbers before words. */
export function compared(one: unknown, other: unknown): number {
  if (isNumber(one) && isNumber(other)) return one < other ? -1 : Number(one > other);
  if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1;
  return words.compare(asWords(one), asWords(other));
}

/** The places of rows in the order of a column; what is nothing stands last, what is alike as it was. */
export function inOrder(rows: Rows["rows"], column: number, down: boolean): number[] {
  const turn = down ? -1 : 1;
  return rows
    .map((row, place) => [row[column], place] as const)
    .sort(([one, at], [other, after]) => {
      const empty = Number(one === null) - Number(other === null);
      return empty || turn * compared(one, other) || at - after;
    })
    .map(([, place]) => place);
}

/** A value in a cell of a file: text and numbers as they are, all else as JSON. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? Number(one) : one));
}

/** Rows as `graphkit query --format csv` writes them. */
export function asCsv(answer: Rows): string {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [answer.columns, ...answer.rows].map((row) => row.map((value) => quoted(cell(value))).join(","));
  return `${lines.join("\n")}\n`;
}

/** Rows as text that spreadsheets read when it is pasted: nodes by their titles, cells parted by tabs. */
export function asTsv(answer: Rows): string {
  const lines = [answer.columns, ...answer.rows].map((row) =>
    row.map((value) => asWords(value).replace(/\s+/g, " ").trim()).join("\t"),
  );
  return lines.join("\n");
}
