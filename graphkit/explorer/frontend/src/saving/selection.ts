/** What can be taken away: what the table lists of what is chosen, and what is in view. */

import type { App } from "../app";
import type { Graph } from "../graph";
import { isWhole } from "../path";
import { listedFor } from "../table";

/** Some concepts with what they are called together. */
export interface Selection {
  readonly title: string;
  readonly ids: readonly string[];
  /** Those that it is about. */
  readonly middle: readonly string[];
  /** Those of a path, in order. */
  readonly chain: readonly string[];
  /** The topic that it is all of, or the words that it is around. */
  readonly cluster: string | null;
  /** Whether filters by relation narrow its links: what was asked for by itself is shown whole. */
  readonly narrowed: boolean;
}

/** What is chosen, if anything is, then what is in view. */
export async function selections(app: App, graph: Graph): Promise<Selection[]> {
  const state = app.state.get();
  const ids = (numbers: readonly number[]): string[] => numbers.map((one) => graph.id(one));
  const none = { middle: [], chain: [], cluster: null, narrowed: true };
  const seen = app.map ? app.map.inView(graph.size) : ids(app.sieve.of([...graph.ids.keys()]));
  const inView: Selection = { ...none, title: app.map ? "In view" : "All concepts", ids: seen };
  const rows = state.console ? (app.map?.rows ?? []) : [];
  if (rows.length) return [{ ...none, title: "Rows of the query", ids: rows, narrowed: !app.map?.rowsHoldLinks }, inView];
  const path = state.pane === "path" && isWhole(state.path);
  const topic = state.pane === "cluster" && state.cluster !== null;
  const joining = state.pane === "bridges" || state.pane === "gaps";
  if (!path && !topic && !joining && state.concept === null) return [inView];
  const listed = await listedFor(app, graph, state);
  const chosen = ids(listed.numbers);
  if (!chosen.length) return [inView];
  if (path) {
    const ends = [chosen[0]!, chosen.at(-1)!].map((id) => graph.called(id));
    return [{ ...none, title: `From ${ends[0]} to ${ends[1]}`, ids: chosen, chain: chosen, narrowed: false }, inView];
  }
  const whole = topic && !app.sieve.sifted?.filtered ? state.cluster : null;
  const middle = topic || joining || state.concept === null ? [] : [state.concept];
  return [{ ...none, title: listed.title, ids: chosen, middle, cluster: whole, narrowed: !joining }, inView];
}
