/** The title of the page: what tabs, bookmarks and the browser's history call what is shown. */

import type { App } from "./app";
import { onChange } from "./changes";
import { lastPart, type Graph } from "./graph";
import type { State } from "./state";
import { areaOf } from "./topics";

/** Keeps the title in step with what is chosen. */
export function mountTitle(app: App): void {
  let graph: Graph | null = null;
  const called = (id: string): string => graph?.called(id) ?? lastPart(id);
  const follow = (): void => {
    const shown = shownBy(app.state.get(), called, (name) => areaOf(app.areas, name)?.name ?? name);
    document.title = [shown, app.vault.vault, "graphkit"].filter(Boolean).join(" · ");
  };
  onChange(app.state, follow);
  app.onGraph(follow);
  follow();
  void app.graph.then(
    (come) => {
      graph = come;
      follow();
    },
    () => undefined,
  );
}

/**
 * What a state shows, in a few words; empty for all of the map.
 *
 * @param called names a concept by its id.
 * @param named names a topic by what the state calls it.
 */
export function shownBy(state: State, called: (id: string) => string, named: (cluster: string) => string): string {
  const { pane, path, cluster, concept } = state;
  if (pane === "path" && path) return `${called(path.from)} → ${path.to === null ? "" : called(path.to)}`.trim();
  if (pane === "changes") return "What changed";
  const { other } = state;
  if (pane === "bridges") return cluster === null ? "Bridges" : `${named(cluster)} ↔ ${other === null ? "" : named(other)}`.trim();
  if (pane === "gaps" && cluster !== null && other !== null) return `Gaps: ${named(cluster)}, ${named(other)}`;
  if (pane === "gaps") return concept === null ? "Gaps" : `Gaps: ${called(concept)}`;
  if (pane === "cluster" && cluster !== null) return named(cluster);
  return concept === null ? "" : called(concept);
}
