/** What is missing: notes that ought to be linked and are not, with their reasons and the link to write. */

import { Shared } from "./answers";
import type { App } from "./app";
import { toClipboard } from "./clipboard";
import { button, counted, el, fill } from "./dom";
import { findWords, noteLink } from "./evidence";
import { failure } from "./failures";
import { conceptLink, nameOf } from "./names";
import type { Concept, Gap, GapReason, Gaps, GapsAsked } from "./wire";
import type { Drawn, Pane } from "./side";
import { same, type State } from "./state";
import { areaOf, heading } from "./topics";

const LIMIT = 20;
const BRACKETS = "[[".length;
/** What an editor's address may begin with. */
const EDITOR = /^vscode:/;
const shared = new Shared<Gaps>();
/** What is drawn on the map. */
let drawn: readonly (readonly [string, string])[] = [];

function draw(app: App, pairs: typeof drawn): void {
  drawn = pairs;
  app.show({ gaps: pairs });
}

/** Shows the gaps of the chosen concept; of two topics, where they are looked at; else the best of all. */
export function showGaps(app: App): void {
  const { pane, cluster, other, concept } = app.state.get();
  const two = (pane === "bridges" || concept === null) && cluster !== null && other !== null;
  app.state.set(two ? { pane: "gaps" } : { pane: "gaps", cluster: null, other: null });
}

/** Shows what is missing between two topics. */
export function betweenTopics(app: App, cluster: string, other: string): void {
  app.state.set({ pane: "gaps", cluster, other });
}

/** What a state asks for. */
function asked({ cluster, other, concept }: State): GapsAsked {
  if (cluster !== null && other !== null) return { a: cluster, b: other };
  return concept === null ? {} : { concept };
}

function key(state: State): string | null {
  return state.pane === "gaps" ? JSON.stringify(asked(state)) : null;
}

/** The gaps that a state asks for, which the table shows as well. */
export function askGaps(app: App, state: State): Promise<Gaps> {
  const what = asked(state);
  return shared.get(JSON.stringify(what), (signal) => app.server.gaps(what, LIMIT, signal));
}

/** Draws the gaps of the state on the map, as long as they are in it. */
export function followGaps(app: App): void {
  const follow = (state: State, fly: boolean): void => {
    if (state.pane !== "gaps") return draw(app, []);
    askGaps(app, state).then(
      ({ gaps }) => {
        if (key(app.state.get()) !== key(state)) return;
        const pairs = gaps.map(({ a, b }) => [a.id, b.id] as const);
        draw(app, pairs);
        const ids = pairs.flat();
        if (!fly) return;
        const { a, b, concept } = asked(state);
        if (a !== undefined && b !== undefined) app.map?.flyToCluster(a, b);
        else app.map?.flyToAll(ids.length || concept === undefined ? ids : [concept]);
      },
      () => draw(app, []),
    );
  };
  app.state.subscribe((now, before) => {
    if (key(now) !== key(before)) follow(now, now.camera === null || same(now.camera, before.camera));
  });
  app.onGraph(({ settled }) => settled && follow(app.state.get(), false));
  const state = app.state.get();
  if (state.pane === "gaps") follow(state, state.camera === null);
}

export const gapsPane: Pane = {
  key,
  async draw(app, state, signal): Promise<Drawn> {
    const what = asked(state);
    const [{ gaps, editors }, { dismissed }, graph] = await Promise.all([
      askGaps(app, state),
      app.server.dismissed(what, signal),
      app.graph,
    ]);
    const since = performance.now();
    const number = what.concept === undefined ? undefined : graph.number(what.concept);
    const unwritten = number !== undefined && !graph.isNote(number);
    const none = unwritten ? "It has no note yet, so nothing can be said of its gaps." : "No gap was found.";
    const rows = gaps.map((gap, place) => row(app, gap, editors[place] ?? null, what));
    const body = el(
      "article.joining",
      {},
      el("p.kind", {}, "Gaps"),
      title(app, what),
      el("p.soft", {}, gaps.length ? lead(what, gaps.length) : none),
      gaps.length > 0 && el("ul.links", {}, ...rows),
      ...taken(app, dismissed),
    );
    return { body, since, told: gaps.length ? counted(gaps.length, "gap") : none };
  },
};

function title(app: App, what: GapsAsked): HTMLElement {
  if (what.a !== undefined && what.b !== undefined) {
    const [a, b] = [areaOf(app.areas, what.a), areaOf(app.areas, what.b)];
    return heading(app, a?.name ?? what.a, b?.name ?? what.b, a, b);
  }
  if (what.concept === undefined) return el("h2", { tabindex: -1 }, "What is missing");
  const named = el("h2", { tabindex: -1, dir: "auto" });
  named.append(nameOf(app, what.concept));
  return named;
}

/** What is listed, in a sentence. */
function lead(what: GapsAsked, number: number): string {
  if (what.concept === undefined) {
    return `${number === LIMIT ? `The best ${number} pairs` : "Pairs"} of notes that ought to be linked and are not.`;
  }
  return `${number === LIMIT ? `The best ${number} notes` : "Notes"} that it ought to be linked with and is not.`;
}

/** One gap: why, what to write where, and what to do about it. */
function row(app: App, gap: Gap, editor: string | null, what: GapsAsked): HTMLElement {
  const { a, b, reasons, paste } = gap;
  const made = el("li.evidence.gap", {});
  const names = what.concept === undefined ? [conceptLink(app, a.id, {}, a.title), " ⋯ "] : [];
  const show = (): void =>
    fill(
      made,
      el("p.joins", {}, ...names, conceptLink(app, b.id, {}, b.title)),
      ...reasons.flatMap((reason) => reasonOf(app, gap, reason)),
      el(
        "p.paste",
        {},
        el("code", { dir: "auto" }, paste.link),
        el("span.where", {}, instead(gap), place(app, paste.note, paste.line)),
      ),
      el(
        "div.actions",
        {},
        copyButton(app, paste.link, made),
        editor !== null && EDITOR.test(editor) && el("a.act", { href: editor, rel: "noopener noreferrer" }, "Open in editor"),
        button("Dismiss", () => void dismiss(), { class: "act", "aria-label": `Dismiss ${a.title} and ${b.title}` }),
      ),
    );
  const dismiss = async (): Promise<void> => {
    if (!(await change(app, "dismiss", a, b, made, dismiss))) return;
    light(app, gap, false);
    const undo = button("Undo", () => void restore(), { class: "act" });
    fill(made, el("p.dismissed", {}, el("span", { dir: "auto" }, `${a.title} ⋯ ${b.title} is no gap any more.`), undo));
    undo.focus();
    app.announce(`${a.title} and ${b.title} are no gap any more.`);
  };
  const restore = async (): Promise<void> => {
    if (!(await change(app, "restore", a, b, made, restore))) return;
    light(app, gap, true);
    show();
    made.querySelector("a")?.focus();
    app.announce(`${a.title} and ${b.title} may be a gap again.`);
  };
  for (const event of ["pointerenter", "focusin"]) made.addEventListener(event, () => app.map?.point([a.id, b.id]));
  for (const event of ["pointerleave", "focusout"]) made.addEventListener(event, () => app.map?.point([]));
  show();
  return made;
}

/** Has the vault's map say that a pair is a gap, or none; whether it does, else it is said why not. */
async function change(
  app: App,
  act: "dismiss" | "restore",
  a: Concept,
  b: Concept,
  place: HTMLElement,
  again: () => Promise<void>,
): Promise<boolean> {
  try {
    await app.server.post(act, { a: a.id, b: b.id });
    Shared.forget();
    return true;
  } catch (error) {
    place.querySelector(".failure")?.remove();
    place.append(failure(app, error, () => void again()));
    return false;
  }
}

/** Shows a gap on the map, or no longer. */
function light(app: App, gap: Gap, shown: boolean): void {
  const pair = [gap.a.id, gap.b.id] as const;
  const others = drawn.filter((one) => !same(one, pair));
  draw(app, shown ? [...others, pair] : others);
}

function reasonOf(app: App, gap: Gap, reason: GapReason): HTMLElement[] {
  const { note, line, sentence } = reason;
  if (note === null) return [el("p.why", { dir: "auto" }, sentence)];
  const words = note === gap.paste.note ? wordsOf(gap.paste.link) : (note === gap.a.id ? gap.b : gap.a).title;
  const found = findWords(sentence, words);
  return [
    found
      ? el("p.said", { dir: "auto" }, found[0], el("mark", {}, found[1]), found[2])
      : el("p.said", { dir: "auto" }, sentence),
    el("p.where", {}, place(app, note, line)),
  ];
}

/** The words that a link shows. */
export function wordsOf(link: string): string {
  if (!link.startsWith("[[")) return link.slice(1, link.lastIndexOf("](")).replace(/\\([[\]])/g, "$1");
  const told = link.slice(BRACKETS, -BRACKETS);
  return told.slice(told.lastIndexOf("|") + 1);
}

/** Whether the link takes the place of words that are there, or goes somewhere into the line. */
function instead({ reasons, paste }: Gap): string {
  const there = reasons.some(({ note, line }) => note === paste.note && line === paste.line);
  return there ? `for “${wordsOf(paste.link)}” in ` : "goes into ";
}

function place(app: App, note: string, line: number | null): HTMLElement {
  return noteLink(app, note, line, nameOf(app, note), line !== null && ` · line ${line}`);
}

function copyButton(app: App, link: string, beside: HTMLElement): HTMLButtonElement {
  const copy = async (): Promise<void> => {
    const done = await toClipboard(link, beside);
    app.announce(done ? `Copied ${link}` : "The browser did not let the link be copied.");
    made.textContent = done ? "Copied" : "Not copied";
    made.focus();
    setTimeout(() => (made.textContent = "Copy link"), 2000);
  };
  const made = button("Copy link", () => void copy(), { class: "act" });
  return made;
}

/** The pairs that were dismissed, which can be taken back. */
function taken(app: App, dismissed: readonly (readonly [Concept, Concept])[]): HTMLElement[] {
  if (!dismissed.length) return [];
  const lines = dismissed.map(([a, b]) => {
    const made = el("li.evidence", {});
    const restore = async (): Promise<void> => {
      if (!(await change(app, "restore", a, b, made, restore))) return;
      fill(made, el("p.soft", { tabindex: -1, dir: "auto" }, `${a.title} ⋯ ${b.title} may be a gap again.`));
      made.querySelector("p")?.focus();
      app.announce(`${a.title} and ${b.title} may be a gap again.`);
    };
    const back = button("Take back", () => void restore(), { class: "act", "aria-label": `Take back ${a.title} and ${b.title}` });
    fill(made, el("p.dismissed", {}, el("span", {}, conceptLink(app, a.id, {}, a.title), " ⋯ ", conceptLink(app, b.id, {}, b.title)), back));
    return made;
  });
  return [el("details.says", {}, el("summary", {}, `${counted(dismissed.length, "pair")} dismissed`), el("ul.links", {}, ...lines))];
}
