/** What stands in a cell: concepts, links and paths as buttons that choose on the map, all else as text. */

import type { App } from "../app";
import { button, el } from "../dom";
import { asWords, conceptOf, isChain, isNode, isNumber, isRelationship, nameOf, partOf, type Chain, type Part } from "./values";

const MOST = 6;
const LONGEST = 240;
/** So many characters of a name are shown beside that of another one. */
const SHORT = 26;

/** What buttons of cells do. */
export interface Acts {
  readonly app: App;
  /** What a concept is called. */
  called(id: string): string;
  /** Shows a part on the map, and moves there. */
  show(part: Part): void;
}

type Piece = HTMLElement | string;

/**
 * What is seen of a value.
 *
 * @param ids whether a text is the id of a concept.
 * @param most so many concepts of a list, or of a path, are shown.
 */
export function shown(acts: Acts, value: unknown, ids: boolean, most = MOST): Piece[] {
  if (typeof value === "string" && ids) return [concept(acts, value, value)];
  if (isNode(value)) {
    const id = conceptOf(value);
    return [id === null ? nameOf(value) : concept(acts, id, nameOf(value))];
  }
  if (isRelationship(value)) {
    const [start, end] = [value.start, value.end].map((id) => (id === null ? "?" : acts.called(id)));
    const pieces = [cut(start ?? "", SHORT), el("small", { dir: "auto" }, value.type), cut(end ?? "", SHORT)];
    return [link(acts, pieces, `${start} ${value.type} ${end}`, partOf(value))];
  }
  if (isChain(value)) return [chain(acts, value, most)];
  if (Array.isArray(value) && value.some((one) => partOf(one).ids.length)) {
    const some = value.slice(0, most).flatMap((one) => shown(acts, one, false, most));
    return value.length > most ? [...some, el("small", {}, `+ ${value.length - most}`)] : some;
  }
  if (typeof value === "boolean") return [String(value)];
  const text = asWords(value);
  return [isNumber(value) ? text : cut(text, LONGEST)];
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

function concept(acts: Acts, id: string, name: string): HTMLElement {
  const act = (): void => acts.app.choose(id, { line: null });
  return button(name || id, act, { class: "grid-chip", tabindex: -1, dir: "auto", "data-concept": id });
}

function link(acts: Acts, pieces: readonly Piece[], label: string, part: Part): HTMLElement {
  const made = button("", () => acts.show(part), { class: "grid-chip", tabindex: -1, "aria-label": `${label}, show on the map` });
  made.append(...pieces.flatMap((piece, place) => (place ? [" → ", piece] : [piece])));
  return made;
}

function chain(acts: Acts, value: Chain, most: number): HTMLElement {
  const names = value.nodes.map(nameOf);
  const ends = Math.max(1, most - 2);
  const some = names.length > most ? [...names.slice(0, ends), `${names.length - ends - 1} more`, names.at(-1) ?? ""] : names;
  return link(acts, some, names.join(", "), partOf(value));
}

/** All of a value, for who wants to read more than fits into its cell. */
export function whole(acts: Acts, value: unknown): Piece[] {
  if (isNode(value) || isRelationship(value)) {
    const told = Object.entries(value.properties).filter(([, one]) => one !== null && asWords(one) !== "");
    const kind = isNode(value) ? value.labels.map((label) => `:${label}`).join("") : `:${value.type}`;
    return [
      el("p.kind", { dir: "auto" }, kind),
      el(
        "dl.properties",
        {},
        ...told.flatMap(([key, one]) => [el("dt", { dir: "auto" }, key), el("dd", { dir: "auto" }, asWords(one).slice(0, 2_000))]),
      ),
    ];
  }
  if (typeof value === "object" && value !== null && partOf(value).ids.length) return shown(acts, value, false, 200);
  return [el("p", { dir: "auto" }, asWords(value).slice(0, 20_000))];
}
