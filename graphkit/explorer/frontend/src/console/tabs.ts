/** Panels of which one is shown; the pattern "tabs" of WAI-ARIA 1.2. */

import { button, el } from "../dom";

interface Tab {
  readonly id: string;
  readonly title: string;
  readonly panel: HTMLElement;
}

export interface Tabs {
  readonly list: HTMLElement;
  readonly panels: readonly HTMLElement[];
  panel(id: string): HTMLElement;
  show(id: string): void;
}

/** @param changed called with the panel that is shown, before it is. */
export function tabs(some: readonly Tab[], changed: (id: string) => void): Tabs {
  const heads = some.map(({ id, title }) =>
    button(title, () => show(id), { role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, class: "tab" }),
  );
  const panels = some.map(({ id, panel }) => {
    panel.classList.add("panel");
    panel.id = `panel-${id}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${id}`);
    return panel;
  });
  const show = (id: string): void => {
    changed(id);
    some.forEach((tab, place) => {
      const own = tab.id === id;
      heads[place]!.setAttribute("aria-selected", String(own));
      heads[place]!.tabIndex = own ? 0 : -1;
      tab.panel.hidden = !own;
    });
  };
  const list = el("div.tabs", { role: "tablist", "aria-label": "Answers and queries" }, ...heads);
  list.addEventListener("keydown", (event) => {
    const at = heads.indexOf(event.target as HTMLButtonElement);
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = some[(at + step + some.length) % some.length];
    if (!step || at < 0 || !next) return;
    event.preventDefault();
    show(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  });
  const panel = (id: string): HTMLElement => some.find((tab) => tab.id === id)?.panel ?? list;
  return { list, panels, panel, show };
}
