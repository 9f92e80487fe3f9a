/** The topics of the map, with their names and sizes: to show, to hide, to enter. */

import type { App } from "./app";
import { aroundLegend } from "./around";
import { onChange } from "./changes";
import { button, el, fill } from "./dom";
import type { Area } from "./wire";
import { topicButton } from "./topics";

export function mountLegend(place: HTMLElement, app: App): void {
  const boxes = new Map<string, HTMLInputElement>();
  const showAll = button("Show all", () => app.state.set({ hidden: [], unshown: [] }), { class: "act" });

  const sizes: (() => void)[] = [];
  const sizeOf = (area: Area): HTMLElement => {
    const made = el("span.size");
    const number = app.areas.clusters.indexOf(area);
    const follow = (): void => {
      const { sifted } = app.sieve;
      const left = sifted?.filtered ? `${(sifted.notes[number] ?? 0).toLocaleString("en")} of ` : "";
      made.textContent = left + area.size.toLocaleString("en");
    };
    sizes.push(follow);
    follow();
    return made;
  };
  const line = (area: Area): HTMLElement => {
    const box = el("input", {
      type: "checkbox",
      "aria-label": `Show ${area.name}`,
      onchange: () => {
        const { hidden } = app.state.get();
        app.state.set({ hidden: box.checked ? hidden.filter((id) => id !== area.id) : [...hidden, area.id] });
      },
    });
    boxes.set(area.id, box);
    const size = sizeOf(area);
    return el("div.topic-line", {}, el("label.box", {}, box), topicButton(app, area.id, area.name), size);
  };
  const item = (area: Area): HTMLElement => {
    const parts = app.areas.clusters.filter((one) => one.parent === area.id && one.level === "lower");
    if (!parts.length) return el("li", {}, line(area));
    const lines = parts.map((part) =>
      el("li", {}, topicButton(app, part.id, part.name), sizeOf(part)),
    );
    const fold = el("details", {}, el("summary", {}, `${parts.length} parts`), el("ul.topics", {}, ...lines));
    return el("li", {}, line(area), fold);
  };

  const around = aroundLegend(app);
  let listed = "";
  const draw = (): void => {
    listed = named(app);
    boxes.clear();
    sizes.length = 0;
    const upper = app.areas.clusters.filter((area) => area.level === "upper");
    fill(
      place,
      el(
        "div.head",
        {},
        el("h2", {}, "Topics"),
        showAll,
        button("Close", () => app.state.set({ legend: false }), { class: "act" }),
      ),
      upper.length ? el("ul.legend", {}, ...upper.map(item)) : el("p.soft", {}, "No topics: too few notes are linked."),
      around,
    );
  };

  const follow = (): void => {
    const { hidden, unshown, legend, cluster } = app.state.get();
    place.hidden = !legend;
    showAll.disabled = !hidden.length && !unshown.length;
    for (const [id, box] of boxes) {
      box.checked = !hidden.includes(id);
      box.closest(".topic-line")?.classList.toggle("hidden-topic", !box.checked);
    }
    for (const topic of place.querySelectorAll<HTMLElement>("button.topic")) {
      const name = topic.dataset.cluster;
      const entered = name !== undefined && name === cluster;
      if (entered) topic.setAttribute("aria-current", "true");
      else topic.removeAttribute("aria-current");
      const fold = topic.closest("details");
      if (entered && fold) fold.open = true;
    }
  };
  draw();
  follow();
  onChange(app.state, follow);
  app.sieve.onChange(() => sizes.forEach((one) => one()));
  app.onGraph(({ settled }) => {
    if (!settled || listed === named(app)) return;
    const held = place.contains(document.activeElement) ? nameBeside(document.activeElement) : null;
    const open = [...place.querySelectorAll("details[open] summary")].map((one) => nameBeside(one));
    draw();
    for (const fold of place.querySelectorAll("details")) fold.open = open.includes(nameBeside(fold));
    follow();
    if (held !== null) place.querySelector<HTMLElement>(held ? `[data-cluster="${CSS.escape(held)}"]` : "button")?.focus();
  });
}

/** All that is listed, as a text. */
function named(app: App): string {
  return JSON.stringify(app.areas.clusters.map(({ id, name, size, parent, hue }) => [id, name, size, parent, hue]));
}

/** The topic in whose line something stands. */
function nameBeside(part: Element | null): string | undefined {
  return part?.closest("li")?.querySelector<HTMLElement>("button.topic")?.dataset.cluster;
}
