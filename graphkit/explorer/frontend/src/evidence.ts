/** Links as evidence: the sentence with the words of the link marked, where it stands, its moment. */

import type { App } from "./app";
import { button, clock, counted, el, outside } from "./dom";
import { lastPart } from "./graph";
import { conceptLink, isBrowsers, lightens, nameOf } from "./names";
import { toAddress } from "./address";
import type { Because, Link } from "./wire";
import { START } from "./state";

const MANY = 30;

/** A text with the part that is to be marked; the text alone where there is none. */
export type Marked = readonly [before: string, marked: string, after: string] | null;

/** Where a sentence says a link: its visible words, else the target as it was written, else its last part. */
export function markedWords(link: Pick<Link, "sentence" | "alias" | "text" | "anchor">): Marked {
  const whole = link.anchor && link.text ? `${link.text}#${link.anchor}` : null;
  const last = link.text.slice(link.text.lastIndexOf("/") + 1).replace(/\.md$/i, "");
  for (const words of [link.alias, whole, link.text, last, last.replaceAll("_", " "), link.anchor]) {
    if (!words) continue;
    const found = findWords(link.sentence, words);
    if (found) return found;
  }
  return null;
}

/** Where some words stand in a sentence, preferably in their own case and as whole words. */
export function findWords(sentence: string, words: string): Marked {
  const lower = sentence.toLowerCase();
  const cases: [string, string][] = [[sentence, words]];
  if (lower.length === sentence.length) cases.push([lower, words.toLowerCase()]);
  for (const [text, part] of cases) {
    const first = text.indexOf(part);
    let at = first;
    while (at >= 0 && !isWhole(text, at, at + part.length)) at = text.indexOf(part, at + 1);
    const start = at >= 0 ? at : first;
    if (start < 0) continue;
    const end = start + part.length;
    return [sentence.slice(0, start), sentence.slice(start, end), sentence.slice(end)];
  }
  return null;
}

function isWhole(text: string, start: number, end: number): boolean {
  const letter = /[\p{L}\p{N}]/u;
  return !letter.test(text.charAt(start - 1)) && !letter.test(text.charAt(end));
}

/** Whether the sentence of a link says more than the name of its target, as it does not in a mere list. */
export function saysMore(link: Pick<Link, "sentence" | "target">): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return plain(link.sentence) !== plain(lastPart(link.target));
}

/** The sentence of a link. */
export function said(link: Link): HTMLElement {
  const found = markedWords(link);
  if (!found) return el("p.said", { dir: "auto" }, link.sentence);
  return el("p.said", { dir: "auto" }, found[0], el("mark", {}, found[1]), found[2]);
}

/** Where a link stands: heading and line, which lead into the note, its moment, what is doubtful about it. */
export function whereabouts(app: App, link: Link, heading = true): HTMLElement {
  const place = [heading ? link.heading : null, `line ${link.line}`].filter(Boolean).join(" · ");
  const moment = outside(link.moment);
  return el(
    "p.where",
    {},
    noteLink(app, link.source, link.line, place),
    moment && link.seconds !== null && momentLink(moment, link.seconds, link.nearest),
    link.relation !== "LINKS_TO" && el("span.relation", {}, link.relation),
    link.ambiguous.length > 0 && doubt(app, link.ambiguous),
  );
}

/** What an ambiguous link could mean as well. */
function doubt(app: App, ids: readonly string[]): HTMLElement {
  const others = ids.flatMap((id, place) => [place ? ", " : "", conceptLink(app, id, {}, id)]);
  return el("span.doubt", {}, "ambiguous, could also mean ", ...others);
}

/** A link to a moment of the video, which opens outside. */
export function momentLink(address: string, seconds: number, nearest: boolean): HTMLAnchorElement {
  return el(
    "a.moment",
    { href: address, target: "_blank", rel: "noopener noreferrer" },
    `▶ ${nearest ? "near " : ""}${clock(seconds)}`,
    el("span.unseen", {}, " in the video, opens outside"),
  );
}

/** A link into a note, at a line. */
export function noteLink(
  app: App,
  id: string,
  line: number | null,
  ...text: (Node | string | false)[]
): HTMLAnchorElement {
  const address = toAddress({ ...START, concept: id, pane: "note", line });
  const made = el(
    "a.place",
    {
      href: `#${address}`,
      title: "Read it in the note",
      dir: "auto",
      onclick: (event: MouseEvent) => {
        if (isBrowsers(event)) return;
        event.preventDefault();
        app.choose(id, { pane: "note", line });
      },
    },
    ...text,
  );
  lightens(app, made, id);
  return made;
}

/** Why a note belongs to a cluster: its own words, or the sentence of a link in another. */
export function because(app: App, id: string, reason: Because | null): HTMLElement | null {
  if (!reason) return null;
  const place = [reason.note !== id && nameOf(app, reason.note), reason.note !== id && " · ", `line ${reason.line}`];
  return el(
    "div",
    {},
    el("p.said", { dir: "auto" }, reason.sentence),
    reason.line !== null && el("p.where", {}, noteLink(app, reason.note, reason.line, ...place)),
  );
}

/**
 * A long list: the first ones, and a button that shows all.
 *
 * @param items what is listed.
 * @param noun what one of them is called.
 * @param draw makes the elements for some of the items, from the first on.
 */
export function long<T>(items: readonly T[], noun: string, draw: (some: readonly T[]) => HTMLElement): HTMLElement {
  const drawn = draw(items.slice(0, MANY));
  if (items.length <= MANY) return drawn;
  const all = button(`Show all ${counted(items.length, noun)}`, () => {
    const before = drawn.querySelectorAll("a.concept").length;
    drawn.replaceChildren(...draw(items).childNodes);
    all.remove();
    drawn.querySelectorAll<HTMLElement>("a.concept")[before]?.focus();
  });
  all.className = "act all";
  return el("div", {}, drawn, all);
}
