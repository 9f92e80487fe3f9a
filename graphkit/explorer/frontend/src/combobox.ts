/** A box to type into, with a list of choices below it; the pattern "combobox" of WAI-ARIA 1.2. */

import { el, fill } from "./dom";
import { measured } from "./failures";

/** Something that can be chosen. */
export interface Choice {
  /** What it is told by from other choices. */
  readonly key: string;
  /** What is seen of it. */
  readonly shown: readonly (Node | string)[];
  act(): void;
  /** While it is the active one. */
  active?(): void;
}

/** Choices under a title. */
export interface Group {
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** Shows choices, and a sentence below them. */
export type Offer = (groups: readonly Group[], remark?: Node | string | null, since?: number) => void;

export interface Asked {
  /** Unique on the page; the input is `ID-box`. */
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  /** Called when something is typed: offers choices, once or more often, until the signal aborts. */
  suggest(words: string, offer: Offer, signal: AbortSignal): void;
  /** Whether there are choices before anything is typed: `suggest` is asked for no words then. */
  readonly atOnce?: boolean;
  /** Called on Escape, once it is empty. */
  leave(): void;
  /** Called when the list closes. */
  closed(): void;
}

export interface Combobox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  /** Empties and closes it. */
  clear(): void;
}

export function combobox(asked: Asked): Combobox {
  const input = el("input", {
    id: `${asked.id}-box`,
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": `${asked.id}-list`,
    "aria-autocomplete": "list",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    placeholder: asked.placeholder,
    dir: "auto",
  });
  const list = el("div.options", { role: "listbox", id: `${asked.id}-list`, "aria-label": asked.label });
  const remark = el("div.remark");
  const popup = el("div.popup", { hidden: true }, list, remark);
  const element = el("div.finder", {}, el("label.unseen", { for: input.id }, asked.label), input, popup);

  let choices: Choice[] = [];
  let rows: HTMLElement[] = [];
  let at = -1;
  let moved = false;
  let hasty = false;
  let stale = false; // The choices are those of other words than are written now.
  let spent = 0;
  let stop = new AbortController();

  const close = (): void => {
    popup.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    asked.closed();
  };
  const clear = (): void => {
    stop.abort();
    input.value = "";
    choices = rows = [];
    at = -1;
    fill(list);
    close();
  };
  const choose = (choice: Choice): void => {
    clear();
    choice.act();
  };
  const activate = (next: number): void => {
    rows[at]?.setAttribute("aria-selected", "false");
    at = next;
    const row = rows[at];
    if (!row) return input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
    if (moved) choices[at]?.active?.();
  };
  const open = (): void => {
    popup.hidden = false;
    input.setAttribute("aria-expanded", String(choices.length > 0));
    popup.scrollIntoView({ block: "nearest" });
  };

  const offer: Offer = (groups, said = null, since = performance.now()) => {
    stale = false;
    const before = moved ? choices[at]?.key : undefined;
    choices = groups.flatMap((group) => group.choices);
    const kept = choices.findIndex((choice) => choice.key === before);
    rows = choices.map((choice, number) => optionOf(choice, `${asked.id}-${number}`, choose));
    let next = 0;
    const drawn = groups
      .filter((group) => group.choices.length)
      .map((group, number) => {
        const title = el("div.title", { id: `${asked.id}-title-${number}`, role: "presentation" }, group.title);
        const own = rows.slice(next, (next += group.choices.length));
        return el("div", { role: "group", "aria-labelledby": title.id }, title, ...own);
      });
    fill(list, ...drawn);
    list.hidden = choices.length === 0;
    fill(remark, said);
    open();
    at = -1;
    activate(kept >= 0 ? kept : choices.length ? 0 : -1);
    measured("gk:find", since - spent);
    spent = 0;
    const first = choices[0];
    if (hasty && first) choose(first);
  };

  const ask = (): void => {
    const begun = performance.now();
    stop.abort();
    stop = new AbortController();
    moved = hasty = false;
    stale = true;
    const words = input.value.trim();
    if (!words && !asked.atOnce) return clear();
    const { signal } = stop;
    asked.suggest(words, (...told) => signal.aborted || offer(...told), signal);
    spent = performance.now() - begun; // The key's own share, besides that of its answer.
  };
  input.addEventListener("input", ask);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const size = choices.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!size) return asked.atOnce ? ask() : undefined;
      if (popup.hidden) open();
      moved = true;
      activate((at + (event.key === "ArrowDown" ? 1 : size - 1)) % size);
    } else if (event.key === "Enter") {
      const choice = popup.hidden || (stale && !moved) ? undefined : choices[at];
      if (choice) choose(choice);
      else hasty = input.value.trim() !== "";
    } else if (event.key === "Escape") {
      clear();
      asked.leave();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("focus", () => {
    if (choices.length) open();
    else if (asked.atOnce) ask();
  });
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) close();
  });
  popup.addEventListener("pointerdown", (event) => {
    if (!(event.target as Element).closest("button, a")) event.preventDefault();
  });
  return { element, input, clear };
}

function optionOf(choice: Choice, id: string, choose: (choice: Choice) => void): HTMLElement {
  const row = el("div.option", { role: "option", id, "aria-selected": "false", onclick: () => choose(choice) });
  row.append(...choice.shown);
  return row;
}
