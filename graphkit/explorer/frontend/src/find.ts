/** The find box: names while one types, full text when the typing rests, topics, a topic around words. */

import type { App } from "./app";
import { enterAround } from "./around";
import { combobox, type Choice, type Combobox, type Group, type Offer } from "./combobox";
import { button, byId, clock, counted, el, fill } from "./dom";
import { failure } from "./failures";
import { nameOf } from "./names";
import type { Choices, ConceptChoice, Hit } from "./wire";
import { isAborted } from "./server";
import { leadTo } from "./state";
import { areaOf, dot, enter } from "./topics";

const SOON = 60;
const RESTED = 250;
const HITS = 12;
const NAMES = 8;
const SHOWN = 6;

/** What is done with a concept that is chosen; `line` where its text was found. */
type Take = (id: string, line: number | null) => void;

export function mountFind(place: HTMLElement, app: App): void {
  const take: Take = (id, line) => {
    const { path } = app.state.get();
    if (path && path.to === null && path.from !== id) app.state.set({ path: leadTo(path, id), pane: "path" });
    else app.choose(id, { line });
    toMap();
  };
  const box = finder(app, {
    id: "find",
    label: "Find a concept",
    placeholder: "Find a concept   /",
    take,
    more: true,
    leave: toMap,
  });
  const other = el("p.other-end", { hidden: true });
  fill(place, box.element, other);

  const follow = (): boolean => {
    const { path } = app.state.get();
    const open = path !== null && path.to === null;
    other.hidden = !open;
    box.input.placeholder = open ? "The other end of the path" : "Find a concept   /";
    if (open) {
      fill(other, "Choose where the path from ", el("strong", { dir: "auto" }, nameOf(app, path.from)), " leads to. ");
      other.append(button("Let go", () => app.state.set({ path: null }), { class: "plain" }));
    }
    return open;
  };
  follow();
  app.state.subscribe((now, before) => {
    if (now.path === before.path) return;
    if (follow() && matchMedia("(pointer: fine)").matches) box.input.focus();
  });
}

function toMap(): void {
  byId("map").focus({ preventScroll: true });
}

/** A box that finds concepts, and with `more` text and topics as well. */
export function finder(
  app: App,
  asked: { id: string; label: string; placeholder: string; take: Take; more: boolean; leave: () => void },
): Combobox {
  const suggest = (words: string, offer: Offer, signal: AbortSignal): void => {
    let names: Choices | null = null;
    let hits: readonly Hit[] | null = asked.more ? null : [];

    const show = (since: number): void => {
      const groups = groupsOf(app, words, names, hits ?? [], asked);
      const some = groups.some((group) => group.choices.length);
      if (some && asked.more && hits !== null) groups.push(aroundGroup(app, words));
      const remark = some
        ? null
        : hits === null
          ? "Looking into the notes …"
          : "Nothing found: try other words, or fewer.";
      offer(groups, remark, since);
      if (hits !== null && names !== null)
        app.announce(some ? `${groups.flatMap((one) => one.choices).length} choices` : "Nothing found");
    };
    const failed = (error: unknown): void => {
      if (!isAborted(error))
        offer(
          [],
          failure(app, error, () => suggest(words, offer, signal)),
        );
    };
    later(SOON, signal, () => {
      app.server.find(words, signal).then((found) => {
        names = found;
        show(performance.now());
      }, failed);
    });
    if (!asked.more) return;
    later(RESTED, signal, () => {
      app.server.search(words, HITS, signal).then(
        (found) => {
          hits = found.hits;
          if (names) show(performance.now());
        },
        (error: unknown) => {
          if (isAborted(error)) return;
          hits = []; // Words that cannot be searched for can still be names.
          if (names) show(performance.now());
        },
      );
    });
  };
  return combobox({ ...asked, suggest, closed: () => app.map?.point([]) });
}

function later(wait: number, signal: AbortSignal, act: () => void): void {
  const timer = setTimeout(act, wait);
  signal.addEventListener("abort", () => clearTimeout(timer));
}

function groupsOf(
  app: App,
  words: string,
  names: Choices | null,
  hits: readonly Hit[],
  asked: { take: Take; more: boolean },
): Group[] {
  const found = names?.choices ?? [];
  const concepts = found.filter((one): one is ConceptChoice => one.kind === "concept");
  const named: Group = { title: "Concepts", choices: conceptChoices(app, concepts.slice(0, NAMES), asked.take) };
  if (!asked.more) return [named];
  const topics = found.flatMap((one): Choice[] => {
    if (one.kind !== "cluster") return [];
    const shown = [dot(app.areas, areaOf(app.areas, one.id)), name(one.name), el("span.how", {}, `${one.size} notes`)];
    return [{ key: `topic ${one.id}`, shown, act: () => leaveBy(() => enter(app, one.id)) }];
  });
  const inText = hits.filter((hit) => !concepts.some((one) => one.id === hit.id));
  return [
    named,
    { title: "In the text", choices: inText.slice(0, SHOWN).map((hit) => hitChoice(app, hit, asked.take)) },
    { title: "Topics", choices: asked.more ? [...topics, ...keptChoices(app, words)] : topics },
  ];
}

/** What is kept around words, by the beginnings of the words of its name. */
function keptChoices(app: App, words: string): Choice[] {
  const wanted = ` ${words.trim().toLowerCase()}`;
  return app.around.all
    .filter((area) => ` ${area.name.toLowerCase()}`.includes(wanted))
    .map((area) => ({
      key: `kept ${area.name}`,
      shown: [name(area.name), el("span.how", { dir: "auto" }, `around “${area.words}”, ${counted(area.notes.length, "note")}`)],
      act: () => leaveBy(() => enterAround(app, area.name)),
    }));
}

function aroundGroup(app: App, words: string): Group {
  const around: Choice = {
    key: "around",
    shown: [name(`Cluster around “${words}”`)],
    act: () => leaveBy(() => enter(app, words)),
  };
  return { title: "Around words", choices: [around] };
}

function leaveBy(act: () => void): void {
  act();
  toMap();
}

function name(text: string): HTMLElement {
  return el("span.name", { dir: "auto" }, text);
}

const HOW: Readonly<Record<string, string>> = { near: "spelled alike" };

/** Concepts to choose; those with the same title are told apart by their ids. */
function conceptChoices(app: App, concepts: readonly ConceptChoice[], take: Take): Choice[] {
  const titles = concepts.map((one) => one.title);
  return concepts.map((one) => {
    const alike = titles.indexOf(one.title) !== titles.lastIndexOf(one.title);
    return conceptChoice(app, one, alike ? one.id : null, take);
  });
}

function conceptChoice(app: App, one: ConceptChoice, id: string | null, take: Take): Choice {
  const how = one.alias && one.alias !== one.title ? `also: ${one.alias}` : HOW[one.how];
  const shown = [
    name(one.title),
    id && el("span.how", { dir: "auto" }, id),
    how && el("span.how", { dir: "auto" }, how),
    !one.note && el("span.how", {}, "not yet written"),
  ];
  return {
    key: `concept ${one.id}`,
    shown: shown.filter((part): part is HTMLElement => Boolean(part)),
    act: () => take(one.id, null),
    active: () => app.map?.point([one.id]),
  };
}

function hitChoice(app: App, hit: Hit, take: Take): Choice {
  const where = [hit.heading, hit.seconds === null ? null : `▶ ${clock(hit.seconds)}`].filter(Boolean).join(" · ");
  return {
    key: `text ${hit.id} ${hit.line}`,
    shown: [name(hit.title), el("span.how", { dir: "auto" }, where), el("span.snippet", { dir: "auto" }, hit.snippet)],
    act: () => take(hit.id, hit.line),
    active: () => app.map?.point([hit.id]),
  };
}
