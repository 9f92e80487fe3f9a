/** Cypher as the editor sees it: its words, to be told apart and to be completed. */

import { StreamLanguage, type StringStream } from "@codemirror/language";

export const KEYWORDS: readonly string[] = (
  "ALL AND ANY AS ASC BY CALL CASE CONTAINS COUNT DESC DISTINCT ELSE END ENDS EXISTS IN IS LIMIT MATCH NONE NOT NULL" +
  " OPTIONAL OR ORDER RETURN SINGLE SKIP STARTS THEN UNION UNWIND WHEN WHERE WITH XOR YIELD"
).split(" ");
export const FUNCTIONS: readonly string[] = (
  "abs avg ceil coalesce collect count endNode exists floor head keys labels last left length max min nodes properties" +
  " range reduce relationships replace reverse right round shortestPath size split startNode stDev substring sum tail" +
  " toFloat toInteger toLower toString toUpper trim type"
).split(" ");

const keywords = new Set(KEYWORDS);
const CONSTANTS = new Set(["TRUE", "FALSE", "NULL"]);

/** What is still open where a line ends, and what the word before was. */
interface Reading {
  /** A quotation mark, or the star of a comment. */
  open: string | null;
  before: string;
}

function within(stream: StringStream, reading: Reading): string {
  const { open } = reading;
  while (!stream.eol()) {
    const next = stream.next();
    if (open === "*") {
      if (next === "*" && stream.eat("/")) reading.open = null;
    } else if (next === "\\" && open !== "`") stream.next();
    else if (next === open && !(open === "`" && stream.eat("`"))) reading.open = null;
    if (reading.open === null) break;
  }
  return open === "*" ? "comment" : open === "`" ? "variableName" : "string";
}

/** Colours: keywords, labels and types, property keys, parameters, texts, numbers, comments. */
export const cypher = StreamLanguage.define<Reading>({
  name: "cypher",
  startState: () => ({ open: null, before: "" }),
  copyState: (reading) => ({ ...reading }),
  token(stream, reading) {
    if (reading.open !== null) return within(stream, reading);
    if (stream.eatSpace()) return null;
    const { before } = reading;
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match("/*")) {
      reading.open = "*";
      return within(stream, reading);
    }
    const mark = stream.match(/^['"`]/) as RegExpMatchArray | null;
    if (mark) {
      reading.open = reading.before = mark[0];
      return within(stream, reading);
    }
    reading.before = "";
    if (stream.match(/^\$\w+/u)) return "atom";
    if (stream.match(/^(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?/)) return "number";
    const word = stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u) as RegExpMatchArray | null;
    if (!word) {
      reading.before = stream.next() ?? "";
      return null;
    }
    if (before === ".") return "propertyName";
    if (before === ":" || before === "|") return "typeName";
    const capitals = word[0].toUpperCase();
    if (CONSTANTS.has(capitals)) return "bool";
    return keywords.has(capitals) ? "keyword" : "variableName";
  },
  languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } } },
});

/** Texts, names in backticks and comments of a query: what stands in them is none of its words. */
const ASIDE = /'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|`(?:``|[^`])*`|\/\/[^\n]*|\/\*[^]*?\*\//g;

/** The names of a query's parameters, as they first come. */
export function parametersOf(query: string): string[] {
  const plain = query.replace(ASIDE, " ");
  return [...new Set(Array.from(plain.matchAll(/\$([\p{L}_][\p{L}\p{N}_]*)/gu), (found) => found[1]!))];
}

/** A name as a query writes it: in backticks where it has to be. */
export function written(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}

/** What the words before a place ask for: labels, relationship types, keys, or any word; `from` is where it begins. */
export function wantedAt(before: string): { kind: "labels" | "types" | "keys" | "words" | null; from: number } {
  const plain = before.replace(ASIDE, (aside) => "x".repeat(aside.length));
  const last = /[\p{L}\p{N}_]*$/u.exec(plain)?.[0] ?? "";
  const from = before.length - last.length;
  if (/['"`]/.test(plain) || /\$$/.test(plain.slice(0, from))) return { kind: null, from }; // In an open text, or a parameter.
  const behind = plain.slice(0, from).trimEnd();
  const mark = behind.at(-1) ?? "";
  const room = openBracket(behind);
  const value = mark === ":" && room === "{"; // Of a property, which may be any word.
  if (!value && (mark === ":" || mark === "|" || mark === "&")) return { kind: room === "[" ? "types" : "labels", from };
  if (/[\p{L}\p{N}_)\]]\.$/u.test(behind)) return { kind: "keys", from };
  if (room === "{" && (mark === "{" || mark === ",")) return { kind: "keys", from };
  return { kind: /^\d/.test(last) ? null : "words", from };
}

/** The innermost bracket that is open at the end of some words. */
function openBracket(text: string): string | null {
  const open: string[] = [];
  for (const mark of text) {
    if ("([{".includes(mark)) open.push(mark);
    else if (")]}".includes(mark)) open.pop();
  }
  return open.at(-1) ?? null;
}
