/** The note itself, as the server rendered it; the sentence that one came by is marked. */

import type { App } from "./app";
import { button, el } from "./dom";
import { isBrowsers, lightens, nameOf } from "./names";
import type { Link, NoteText } from "./wire";
import { isAborted, ServerError } from "./server";
import type { Drawn, Pane } from "./side";

/** Where a stretch of text begins and ends among several texts: number of the text, place in it. */
export type Span = readonly [from: number, start: number, to: number, end: number];

export const notePane: Pane = {
  key: (state) => state.concept && JSON.stringify([state.concept, state.line]),
  async draw(app, state, signal): Promise<Drawn> {
    const id = state.concept ?? "";
    const [links, note] = await Promise.all([
      state.line === null ? [] : linksOf(app, id, signal),
      app.server.note(id, signal).catch(unwritten),
    ]);
    const since = performance.now();
    if (!note) return noNote(app, id, since);
    const text = el("div.text", { dir: "auto" });
    text.innerHTML = note.html; // The one place for markup: the server has made it safe.
    walkOn(app, text);
    const body = el(
      "article.note",
      {},
      backToCard(app),
      el("h2", { tabindex: -1, dir: "auto" }, note.title),
      el("p.where", { dir: "auto" }, note.path ?? ""),
      el("p.actions", {}, ...opened(note)),
      !note.file && el("p.soft", {}, "This is the text as it was loaded; its file is not at hand."),
      text,
    );
    return {
      body,
      since,
      told: `The note ${note.title}`,
      shown: () => state.line !== null && mark(text, state.line, links),
    };
  },
};

function backToCard(app: App): HTMLElement {
  return el(
    "div.head",
    {},
    button("← Back to the card", () => app.state.set({ pane: "card" }), { class: "plain" }),
  );
}

/** Null in place of the note of a concept that has none. */
function unwritten(error: unknown): null {
  if (error instanceof ServerError && error.code === "no_note") return null;
  throw error;
}

function noNote(app: App, id: string, since: number): Drawn {
  const title = el("h2", { tabindex: -1, dir: "auto" }, nameOf(app, id));
  const body = el(
    "article.note",
    {},
    backToCard(app),
    title,
    el("p", {}, "No note has this name yet. The card says which notes mention it."),
  );
  return { body, since, told: "No note has this name yet." };
}

/** The note's links say which sentence stands at a line. Without them its block is marked. */
async function linksOf(app: App, id: string, signal: AbortSignal): Promise<readonly Link[]> {
  try {
    return (await app.server.show(id, signal)).links;
  } catch (error) {
    if (isAborted(error)) throw error;
    return [];
  }
}

/** Links that open the note's file elsewhere; only by the schemes that are meant for it. */
function opened(note: NoteText): HTMLElement[] {
  const made: HTMLElement[] = [];
  if (note.editor?.startsWith("vscode:")) made.push(el("a.act", { href: note.editor }, "Open in editor"));
  if (note.obsidian?.startsWith("obsidian:")) made.push(el("a.act", { href: note.obsidian }, "Open in Obsidian"));
  return made;
}

function walkOn(app: App, text: HTMLElement): void {
  for (const link of text.querySelectorAll<HTMLAnchorElement>("a[data-concept]")) {
    const id = link.dataset.concept ?? "";
    lightens(app, link, id);
    link.addEventListener("click", (event) => {
      if (isBrowsers(event)) return;
      event.preventDefault();
      app.choose(id, { pane: link.classList.contains("unresolved") ? "card" : "note", line: null });
    });
  }
}

/** Marks what stands at a line, and brings it into view. */
function mark(text: HTMLElement, line: number, links: readonly Link[]): void {
  const blocks = [...text.querySelectorAll<HTMLElement>("[data-line]")].filter((block) => block.localName !== "a");
  const block =
    blocks[
      blockAt(
        blocks.map((one) => Number(one.dataset.line)),
        line,
      )
    ];
  if (!block) return;
  block.classList.add("came");
  const here = links.filter((link) => link.line === line);
  const marks = here.flatMap((link) => markSentence(block, link.sentence));
  (marks[0] ?? block).scrollIntoView({ block: "center" });
}

/** The number of the block that holds a line: the last of those that begin nearest before it; -1 without one. */
export function blockAt(lines: readonly number[], line: number): number {
  let best = -1;
  lines.forEach((begin, number) => {
    if (begin <= line && (best < 0 || begin >= (lines[best] ?? 0))) best = number;
  });
  return best;
}

function markSentence(block: HTMLElement, sentence: string): HTMLElement[] {
  const nodes: Text[] = [];
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode as Text;
    if (!node.parentElement?.closest("a.moment")) nodes.push(node); // A sentence is told without its moment.
  }
  const span = spanOf(
    nodes.map((node) => node.data),
    sentence,
  );
  if (!span) return [];
  const [from, start, to, end] = span;
  const made: HTMLElement[] = [];
  for (let number = from; number <= to; number += 1) {
    const node = nodes[number];
    if (!node) continue;
    const left = number === from ? start : 0;
    const right = number === to ? end : node.data.length;
    if (right <= left || !node.data.slice(left, right).trim()) continue;
    const part = node.splitText(left);
    part.splitText(right - left);
    const marked = el("mark.came-by");
    part.replaceWith(marked);
    marked.append(part);
    made.push(marked);
  }
  return made;
}

/**
 * Where a sentence stands in texts that follow each other, however the white space falls.
 *
 * @returns null where it does not stand there.
 */
export function spanOf(texts: readonly string[], sentence: string): Span | null {
  let flat = "";
  const places: [number, number][] = [];
  texts.forEach((text, number) => {
    for (let at = 0; at < text.length; at += 1) {
      if (/\s/.test(text.charAt(at))) continue;
      flat += text.charAt(at);
      places.push([number, at]);
    }
  });
  const wanted = sentence.replace(/\s+/g, "");
  const at = wanted ? flat.indexOf(wanted) : -1;
  const first = places[at];
  const last = places[at + wanted.length - 1];
  return at >= 0 && first && last ? [first[0], first[1], last[0], last[1] + 1] : null;
}
