/** What is kept around words: areas of their own, with names that people gave them. */

import { Shared } from "./answers";
import type { App } from "./app";
import { onChange } from "./changes";
import { button, el, fill, isNarrow } from "./dom";
import { failure } from "./failures";
import type { AroundArea } from "./wire";
import { ServerError, type Server } from "./server";

const LONGEST = 100;

/** The areas that are kept; they stay those of the server by `refresh`. */
export class KeptAround {
  all: readonly AroundArea[] = [];
  private readonly server: Server;
  private readonly listeners: ((all: readonly AroundArea[]) => void)[] = [];

  constructor(server: Server) {
    this.server = server;
  }

  called(name: string | null): AroundArea | undefined {
    return this.all.find((one) => one.name === name);
  }

  /** Calls back when there are others. */
  onChange(listener: (all: readonly AroundArea[]) => void): void {
    this.listeners.push(listener);
  }

  /** Asks which there are; without an answer they stay as they were. */
  async refresh(): Promise<void> {
    try {
      this.all = (await this.server.around()).around;
    } catch {
      return;
    }
    for (const listener of this.listeners) listener(this.all);
  }

  /** Has the vault's map be changed; the name that is kept then, if one is. */
  async change(act: "around" | "around-rename" | "around-remove", told: Record<string, string>): Promise<string | null> {
    const { kept } = await this.server.post<{ kept?: string }>(act, told);
    await this.refresh();
    return kept ?? null;
  }
}

/** The kept areas in the list of topics: to show, to hide, to enter. */
export function aroundLegend(app: App): HTMLElement {
  const place = el("section.kept", {});
  const draw = (): void => {
    const held = place.contains(document.activeElement) ? document.activeElement?.getAttribute("aria-label") : null;
    fill(
      place,
      el("h3", {}, "Around words"),
      app.around.all.length
        ? el("ul.legend", {}, ...app.around.all.map((area) => el("li", {}, line(app, area))))
        : el("p.soft", {}, "Type words into the find box, choose “Cluster around …”, and keep it as an area."),
    );
    follow();
    if (held) place.querySelector<HTMLElement>(`[aria-label="${CSS.escape(held)}"]`)?.focus();
  };
  const follow = (): void => {
    const { unshown, cluster } = app.state.get();
    for (const box of place.querySelectorAll("input")) {
      box.checked = !unshown.includes(box.value);
      box.closest(".topic-line")?.classList.toggle("hidden-topic", !box.checked);
    }
    for (const topic of place.querySelectorAll<HTMLElement>("button.topic")) {
      if (topic.dataset.cluster === cluster) topic.setAttribute("aria-current", "true");
      else topic.removeAttribute("aria-current");
    }
  };
  app.around.onChange(draw);
  onChange(app.state, follow);
  draw();
  return place;
}

function line(app: App, area: AroundArea): HTMLElement {
  const { name } = area;
  const box = el("input", {
    type: "checkbox",
    value: name,
    "aria-label": `Show ${name}`,
    onchange: () => {
      const others = app.state.get().unshown.filter((one) => one !== name);
      app.state.set({ unshown: box.checked ? others : [...others, name] });
    },
  });
  const enter = button("", () => enterAround(app, name), { class: "topic", dir: "auto", "data-cluster": name, "aria-label": name });
  enter.append(el("span.ring", { "aria-hidden": "true" }), name);
  const size = el("span.size", {}, area.notes.length.toLocaleString("en"));
  return el("div.topic-line", {}, el("label.box", {}, box), enter, size);
}

/** Shows what is around words, by the name that it has, and the map moves there. */
export function enterAround(app: App, name: string): void {
  const unshown = app.state.get().unshown.filter((one) => one !== name);
  app.state.set({ cluster: name, other: null, pane: "cluster", unshown, ...(isNarrow() && { legend: false }) });
}

/** What is kept under a name, although there is nothing around its words now; other errors are thrown again. */
export async function emptied(app: App, name: string, error: unknown): Promise<AroundArea> {
  if (!(error instanceof ServerError) || !["nothing_said", "usage"].includes(error.code)) throw error;
  if (!app.around.called(name)) await app.around.refresh();
  const area = app.around.called(name);
  if (!area) throw error;
  return area;
}

/** In the pane of what is around words: to keep it, to name it otherwise, to keep it no longer. */
export function keeping(app: App, name: string, words: string, kept: boolean): HTMLElement {
  const place = el("div.keeping", {});

  const attempt = async (act: () => Promise<string | null>): Promise<void> => {
    let now: string | null;
    try {
      now = await act();
    } catch (error) {
      place.querySelector(".failure")?.remove();
      place.append(failure(app, error, () => void attempt(act)));
      return;
    }
    if (now === name) buttons();
    app.announce(now === null ? `${name} is kept no longer.` : `Kept as ${now}.`);
    Shared.forget();
    app.state.set({ cluster: now ?? words });
  };
  const remove = (): void => void attempt(() => app.around.change("around-remove", { name }));
  const buttons = (): void => {
    if (kept) fill(place, button("Rename", () => form(name), { class: "act" }), button("Remove", remove, { class: "act" }));
    else fill(place, button("Keep as an area", () => form(words), { class: "act first" }));
  };
  const form = (proposed: string): void => {
    const id = "around-name";
    const input = el("input", { id, type: "text", value: proposed, maxlength: LONGEST, dir: "auto", required: true, autocomplete: "off" });
    const act = (): Promise<string | null> => {
      const given = input.value.trim();
      if (kept) return app.around.change("around-rename", { name, to: given });
      return app.around.change("around", { name: given, words });
    };
    const made = el(
      "form.name-form",
      {
        onsubmit: (event: Event) => {
          event.preventDefault();
          void attempt(act);
        },
        onkeydown: (event: KeyboardEvent) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          buttons();
          place.querySelector("button")?.focus();
        },
      },
      el("label", { for: id }, "Name"),
      input,
      el("button.act.first", { type: "submit" }, kept ? "Rename" : "Keep"),
      button("Cancel", () => {
        buttons();
        place.querySelector("button")?.focus();
      }, { class: "act" }),
    );
    fill(place, made);
    input.focus();
    input.select();
  };
  buttons();
  return place;
}
