/** The line of filters above the map: each a chip that can be taken away, and a small form for more. */

import type { App } from "../app";
import { onChange } from "../changes";
import { button, byId, counted, el, fill } from "../dom";
import { failure } from "../failures";
import type { Graph } from "../graph";
import { areaOf } from "../topics";
import { askFacets, filterBox, folderName, type Facets } from "./box";
import { change, clearFilters, linksName, relationName, takeFilter, type Listed } from "./change";
import { isFiltered } from "./sifted";

/** The line, and what opens the form in it. */
export interface FilterBar {
  /** Opens the form, or closes it. */
  toggle(): void;
}

interface Chip {
  readonly kind: string;
  readonly text: string;
  take(): void;
}

export function mountFilters(place: HTMLElement, opener: HTMLButtonElement, app: App, graph: Graph): FilterBar {
  let open = false;
  let facets: Facets | null = null;
  const leave = (): void => {
    set(false);
    (opener.checkVisibility() ? opener : byId("map")).focus({ preventScroll: true });
  };
  const box = filterBox(app, leave);
  const limits = limitFields(app);
  const form = el("div.filter-form", { role: "group", "aria-label": "Add a filter" }, box.element, limits.element);
  const chips = el("ul.chips", { "aria-label": "Filters" });
  const add = button("Add a filter", () => set(true), { class: "act", "aria-controls": "filters" });
  const clear = button("Clear", () => leaveBy(() => clearFilters(app)), { class: "act" });
  const left = button("", () => app.map?.flyToAll(leftIds(app, graph)), { class: "plain", title: "Show all of these on the map" });
  const close = button("×", leave, { class: "act", "aria-label": "Close the form" });
  const remark = el("div.filter-remark");
  const nothing = el("div.nothing-left", { hidden: true });
  fill(place, chips, form, add, clear, left, close, remark);
  byId("stage").append(nothing);

  const leaveBy = (act: () => void): void => {
    act();
    if (!open) byId("map").focus({ preventScroll: true });
  };
  const set = (now: boolean): void => {
    open = now;
    draw();
    if (open) box.input.focus();
    else box.clear();
  };
  const known = (): void => {
    askFacets(app).then(
      (come) => {
        if (come === facets) return;
        facets = come;
        draw();
      },
      () => undefined, // Its id names a video as well; the form says what is wrong.
    );
  };
  const draw = (): void => {
    const { filters } = app.state.get();
    const told = chipsOf(app, facets);
    if (filters.videos.length) known();
    const held = chips.contains(document.activeElement) ? [...chips.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement) : -1;
    const some = told.length > 0;
    place.hidden = !some && !open;
    opener.setAttribute("aria-expanded", String(!place.hidden));
    opener.setAttribute("aria-pressed", String(some));
    fill(chips, ...told.map(chipOf));
    chips.hidden = !some;
    form.hidden = close.hidden = !open;
    add.hidden = open;
    clear.hidden = left.hidden = !some;
    limits.follow();
    tell();
    if (held < 0) return;
    const next = chips.querySelectorAll("button");
    const near = next[Math.min(held, next.length - 1)] ?? (open ? box.input : opener.checkVisibility() ? opener : byId("map"));
    near.focus({ preventScroll: true });
  };
  const tell = (): void => {
    const { sifted, standing } = app.sieve;
    place.setAttribute("aria-busy", String(standing === "waiting"));
    const size = sifted?.size ?? graph.size;
    left.textContent = standing === "waiting" ? "One moment …" : `${size.toLocaleString("en")} of ${counted(graph.size, "concept")}`;
    left.disabled = size === 0 || !app.map;
    const failed = typeof standing === "object";
    fill(remark, failed && failure(app, standing.error, () => app.sieve.sift()));
    const empty = standing === "done" && isFiltered(app.state.get().filters) && size === 0;
    nothing.hidden = !empty;
    if (!empty) return;
    const all = chipsOf(app, facets).map((chip) => `${chip.kind} ${chip.text}`.trim());
    const way = button("Clear the filters", () => leaveBy(() => clearFilters(app)), { class: "act first" });
    const shown = button("Show all topics", () => leaveBy(() => app.state.set({ hidden: [] })), { class: "act" });
    const hidden = app.state.get().hidden.length > 0;
    fill(
      nothing,
      el("p", {}, `Nothing is left: no concept is ${all.length > 1 ? "all of this" : "like this"}${hidden ? ", or its topic is hidden" : ""}.`),
      el("p.soft", { dir: "auto" }, all.join(" · ")),
      el("div.actions", {}, way, hidden && shown),
    );
  };

  onChange(app.state, (now, before) => {
    if (now.filters !== before.filters) draw();
  });
  let before = app.state.get().filters;
  app.sieve.onChange(() => {
    tell();
    const { sifted, standing } = app.sieve;
    const { filters } = app.state.get();
    if (standing !== "done" || filters === before) return;
    before = filters;
    if (!sifted?.filtered) return app.announce("All concepts are shown.");
    app.announce(`${counted(sifted.size, "concept")} of ${graph.size.toLocaleString("en")} ${sifted.size === 1 ? "is" : "are"} left.`);
    if (sifted.size && app.map && !app.map.inView(1).length) app.map.flyToAll(leftIds(app, graph));
  });
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  });
  draw();
  return { toggle: () => (open ? leave() : set(true)) };
}

function leftIds(app: App, graph: Graph): string[] {
  return (app.sieve.sifted?.numbers() ?? []).map((one) => graph.id(one));
}

function chipsOf(app: App, facets: Facets | null): Chip[] {
  const { filters } = app.state.get();
  const list = (kind: Listed, title: string, name: (value: string) => string): Chip[] =>
    filters[kind].map((value) => ({ kind: title, text: name(value), take: () => takeFilter(app, kind, value) }));
  const video = (id: string): string => facets?.videos.find((one) => one.name === id)?.as ?? id;
  const told = [
    ...list("topics", "Topic", (id) => areaOf(app.areas, id)?.name ?? id),
    ...list("folders", "Folder", folderName),
    ...list("tags", "Tag", (tag) => tag),
    ...list("relations", "Relation", relationName),
    ...list("videos", "Video of", video),
  ];
  if (filters.kind) told.push({ kind: "", text: filters.kind === "notes" ? "Notes" : "Not yet written", take: () => change(app, { kind: null }) });
  if (filters.least !== null || filters.most !== null) {
    told.push({ kind: "", text: linksName(filters.least, filters.most), take: () => change(app, { least: null, most: null }) });
  }
  return told;
}

function chipOf(chip: Chip): HTMLElement {
  const act = button("", chip.take, { class: "chip", "aria-label": `Take away the filter: ${chip.kind} ${chip.text}` });
  if (chip.kind) act.append(el("span.soft", {}, chip.kind));
  act.append(el("span.name", { dir: "auto" }, chip.text), el("span.soft", { "aria-hidden": "true" }, "×"));
  return el("li", {}, act);
}

/** From how many links to how many. */
function limitFields(app: App): { element: HTMLElement; follow: () => void } {
  const field = (key: "least" | "most", label: string): HTMLInputElement =>
    el("input", {
      type: "number",
      min: 0,
      max: 999_999,
      step: 1,
      inputmode: "numeric",
      "aria-label": label,
      onchange: (event: Event) => {
        const { value, validity } = event.target as HTMLInputElement;
        if (validity.valid) change(app, { [key]: value === "" ? null : Number(value) });
      },
    });
  const least = field("least", "Links, from");
  const most = field("most", "Links, to");
  const element = el("span.limits", {}, "Links from ", least, " to ", most);
  return {
    element,
    follow: () => {
      const { filters } = app.state.get();
      if (document.activeElement !== least) least.value = filters.least?.toString() ?? "";
      if (document.activeElement !== most) most.value = filters.most?.toString() ?? "";
    },
  };
}

/** Says of what is chosen that it is filtered out, and how to get it back. */
export function filteredOut(app: App): HTMLElement {
  const back = button("Clear the filters", () => clearFilters(app), { class: "plain" });
  const place = el("p.filtered-out", { hidden: true }, "Filtered out of the map. ", back);
  let graph: Graph | null = null;
  const follow = (): void => {
    const { concept, pane } = app.state.get();
    const number = concept === null ? undefined : graph?.number(concept);
    const shown = pane === "card" || pane === "note";
    place.hidden = !(shown && app.sieve.sifted?.filtered && number !== undefined && !app.sieve.keeps(number));
  };
  onChange(app.state, follow);
  app.sieve.onChange(follow);
  void app.graph.then(
    (come) => {
      graph = come;
      follow();
    },
    () => undefined,
  );
  return place;
}
