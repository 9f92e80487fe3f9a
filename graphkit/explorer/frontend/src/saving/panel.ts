/** What one can take away: pictures of the map, the selection for other programs, one offline page. */

import type { App } from "../app";
import { onChange } from "../changes";
import { button, counted, el, fill } from "../dom";
import { failure } from "../failures";
import type { Graph } from "../graph";
import { isAborted } from "../server";
import { same } from "../state";
import { drawing } from "./drawing";
import { download, fileName } from "./download";
import { selections, type Selection } from "./selection";

/** The panel, and what is done before it opens. */
export interface SavePanel {
  refresh(): void;
}

export function mountSave(place: HTMLElement, app: App, graph: Graph): SavePanel {
  let chosen: Selection | null = null;
  let stop = new AbortController();
  const choices = el("div.choices");
  const said = el("p.soft", { role: "status" });
  const failed = el("div");
  const parts: HTMLButtonElement[] = [];

  const saved = (name: string): void => {
    fill(failed);
    said.textContent = `Saved as ${name}`;
  };
  const failedBy = (error: unknown, again: () => void): void => {
    if (isAborted(error)) return;
    said.textContent = "";
    fill(failed, failure(app, error, again));
  };
  const picture = async (kind: "png" | "svg"): Promise<void> => {
    const title = chosen && chosen.title !== "In view" ? chosen.title : "map";
    const name = `${fileName(app.vault.vault, title)}.${kind}`;
    try {
      download(await (kind === "png" ? pixels(app) : vectors(app, `${app.vault.vault}: ${title}`)), name);
      saved(name);
    } catch (error) {
      failedBy(error, () => void picture(kind));
    }
  };
  const file = async (what: "export" | "page", format: string): Promise<void> => {
    if (!chosen) return;
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    const { title, ids, middle, chain, cluster, narrowed } = chosen;
    const relations = narrowed ? app.state.get().filters.relations : [];
    const told = { vault: app.vault.vault, title, concepts: ids, relations };
    const page = what === "page" ? { middle, chain, cluster } : { format };
    said.textContent = "One moment …";
    try {
      const [content, name] = await app.server.file(what, { ...told, ...page }, signal);
      if (signal.aborted) return;
      download(content, name);
      saved(name);
    } catch (error) {
      failedBy(error, () => void file(what, format));
    }
  };
  const act = (text: string, does: () => void, title: string): HTMLButtonElement => button(text, does, { class: "act", title });
  const part = (text: string, title: string, what: "export" | "page", format = ""): HTMLButtonElement => {
    const made = act(text, () => void file(what, format), title);
    parts.push(made);
    return made;
  };
  const group = (title: string, ...children: HTMLElement[]): HTMLElement =>
    el("div.saving", { role: "group", "aria-label": title }, el("h3", {}, title), ...children);
  const pictures = [
    act("PNG", () => void picture("png"), "A picture, as large as it is on the screen"),
    act("SVG", () => void picture("svg"), "A drawing that other programs can change and enlarge"),
  ];
  fill(
    place,
    app.map && group("Picture of the map", el("div.actions", {}, ...pictures)),
    group(
      "Concepts and links",
      choices,
      el(
        "div.actions",
        {},
        part("Links, CSV", "A table of the links with their sentences", "export", "links"),
        part("Concepts, CSV", "A table of the concepts with all that is known of them", "export", "concepts"),
        part("GraphML", "For Gephi, yEd, networkx and others", "export", "graphml"),
        part("Mermaid", "A diagram for notes and wikis", "export", "mermaid"),
        part("Page, HTML", "One page that opens anywhere, without any network", "page"),
      ),
    ),
    said,
    failed,
  );

  const choose = (selection: Selection): void => {
    chosen = selection;
    for (const made of parts) made.disabled = selection.ids.length === 0;
  };
  let offered: readonly Selection[] = [];
  const offer = (found: readonly Selection[]): void => {
    if (same(found, offered)) return;
    // Who has chosen what is in view keeps it, whatever is offered besides.
    const at = offered.length > 1 && chosen === offered.at(-1) ? found.length - 1 : 0;
    const held = choices.contains(document.activeElement);
    offered = found;
    const rows = found.map((one, number) => {
      const size = el("span.size", {}, ` ${counted(one.ids.length, "concept")}`);
      const title = el("span", { dir: "auto" }, one.title);
      if (found.length === 1) return el("p", {}, title, size);
      const radio = el("input", { type: "radio", name: "selection", id: `selection-${number}`, onchange: () => choose(one) });
      radio.checked = number === at;
      return el("label", { for: radio.id }, radio, title, size);
    });
    fill(choices, ...rows);
    choose(found[at]!);
    if (held) (choices.querySelector<HTMLElement>("input:checked") ?? place.querySelector("button"))?.focus();
  };
  let asked = 0;
  const look = (): void => {
    const own = (asked += 1);
    selections(app, graph).then(
      (found) => own === asked && offer(found),
      (error: unknown) => own === asked && failedBy(error, look),
    );
  };
  /** While the panel is open, the vault changes, and the map is moved by the wheel. */
  const follow = (): void => {
    if (!place.hidden) look();
  };
  onChange(app.state, follow);
  app.sieve.onChange(follow);
  app.onGraph(follow);
  app.map?.onRest(follow);
  return {
    refresh: () => {
      stop.abort();
      said.textContent = "";
      fill(failed);
      offered = [];
      look();
    },
  };
}

function pixels(app: App): Promise<Blob> {
  const canvas = app.map?.picture();
  return new Promise((done, failed) => {
    canvas?.toBlob((blob) => (blob ? done(blob) : failed(new Error("The picture is too large."))), "image/png");
  });
}

function vectors(app: App, title: string): Promise<Blob> {
  const scene = app.map?.scene();
  if (!scene) return Promise.reject(new Error("There is nothing to draw."));
  return Promise.resolve(new Blob([drawing(scene, title)], { type: "image/svg+xml" }));
}
