/** The topics of the map, with their names and sizes: to show, to hide, to enter. */

import type { App } from "./app";
import { onChange } from "./changes";
import { button, el, fill } from "./dom";
import type { Area } from "./server";
import { topicButton } from "./topics";

export function mountLegend(place: HTMLElement, app: App): void {
  const clusters = app.areas.clusters;
  const upper = clusters.filter((area) => area.level === "upper");
  const boxes = new Map<string, HTMLInputElement>();
  const showAll = button("Show all", () => app.state.set({ hidden: [] }), { class: "act" });

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
    const size = el("span.size", {}, area.size.toLocaleString("en"));
    return el("div.topic-line", {}, el("label.box", {}, box), topicButton(app, area.id, area.name), size);
  };
  const item = (area: Area): HTMLElement => {
    const parts = clusters.filter((one) => one.parent === area.id && one.level === "lower");
    if (!parts.length) return el("li", {}, line(area));
    const lines = parts.map((part) =>
      el("li", {}, topicButton(app, part.id, part.name), el("span.size", {}, part.size.toLocaleString("en"))),
    );
    const fold = el("details", {}, el("summary", {}, `${parts.length} parts`), el("ul.topics", {}, ...lines));
    return el("li", {}, line(area), fold);
  };

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
  );

  const follow = (): void => {
    const { hidden, legend, cluster } = app.state.get();
    place.hidden = !legend;
    showAll.disabled = hidden.length === 0;
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
  follow();
  onChange(app.state, follow);
}
