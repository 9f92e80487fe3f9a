/** What the map shows, as a table that can be sorted, walked and copied. */

import type { App } from "./app";
import { askBridges } from "./bridges";
import { onChange } from "./changes";
import { toClipboard } from "./clipboard";
import { askCluster } from "./cluster";
import { button, counted, el, fill } from "./dom";
import { askGaps } from "./gaps";
import { NOWHERE, type Graph } from "./graph";
import { conceptLink, isBrowsers } from "./names";
import { askPath, isWhole, pathAt } from "./path";
import { isAborted } from "./server";
import { COLUMNS, copied, sorted, type Column, type Order, type Row } from "./sorting";
import { same, type State } from "./state";
import { areaOf } from "./topics";

const MOST = 500;
const IN_VIEW = 200;

/** What is listed: concepts by number, how far each is, and what to call it. */
export interface Listed {
  readonly title: string;
  readonly numbers: readonly number[];
  readonly hops: ReadonlyMap<number, number> | null;
  /** Whether these are only the best-linked ones of more. */
  readonly best: boolean;
}

export function mountTable(place: HTMLElement, app: App): void {
  let order: Order | null = null;
  let listedRows: readonly Row[] = [];
  let rows: readonly Row[] = [];
  let columns: readonly Column[] = [];
  let asked = 0;
  let followed: string | null = null;

  const heading = el("h2", { id: "table-title" });
  const left = el("p.soft", { hidden: true });
  const copy = button("Copy", () => void copyRows(), { class: "act" });
  const close = button("Close", () => app.state.set({ table: false }), { class: "act" });
  const head = el("tr");
  const body = el("tbody");
  const table = el("table", { "aria-labelledby": "table-title" }, el("thead", {}, head), body);
  const scroll = el("div.rows", { tabindex: 0, role: "region", "aria-labelledby": "table-title" }, table);
  fill(place, el("div.head", {}, heading, copy, close), left, scroll);

  const copyRows = async (): Promise<void> => {
    const done = await toClipboard(copied(rows, columns), place);
    app.announce(done ? `Copied ${counted(rows.length, "row")}.` : "The browser did not let the table be copied.");
    copy.textContent = done ? "Copied" : "Not copied";
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  };
  const sortBy = (column: Column): void => {
    const down = order?.column === column ? !order.down : column === "links";
    order = { column, down };
    draw();
    head.querySelector<HTMLElement>(`[data-column="${column}"] button`)?.focus();
  };
  const draw = (): void => {
    rows = order ? sorted(listedRows, order) : listedRows;
    const held = body.contains(document.activeElement);
    const at = document.activeElement?.closest("tr")?.dataset.concept;
    fill(
      head,
      ...COLUMNS.filter(([column]) => columns.includes(column)).map(([column, title]) => {
        const sort = order?.column === column ? (order.down ? "descending" : "ascending") : null;
        const sign = sort ? el("span", { "aria-hidden": "true" }, sort === "ascending" ? " ↑" : " ↓") : null;
        const act = button(title, () => sortBy(column), { class: "plain" });
        if (sign) act.append(sign);
        const number = column === "links" || column === "hops";
        return el("th", { scope: "col", class: number && "number", "aria-sort": sort, "data-column": column }, act);
      }),
    );
    fill(body, ...rows.map((row) => rowOf(app, row, columns)));
    select();
    if (!held) return;
    const again = [...body.rows].find((row) => row.dataset.concept === at) ?? body.rows[0];
    again?.querySelector("a")?.focus();
  };
  const select = (): void => {
    const { concept } = app.state.get();
    for (const row of body.rows) {
      const own = row.dataset.concept === concept;
      if (own) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      if (own && followed !== concept) row.scrollIntoView({ block: "nearest" });
    }
    followed = concept;
  };
  const read = async (): Promise<void> => {
    const state = app.state.get();
    if (!state.table) return;
    const own = (asked += 1);
    const graph = await app.graph;
    const listed = await listedFor(app, graph, state).catch((error: unknown) => {
      if (isAborted(error)) return null;
      return inView(app, graph);
    });
    if (!listed || own !== asked) return;
    const shown = listed.numbers;
    const next = shown.slice(0, MOST).map((number) => rowFrom(app, graph, number, listed.hops));
    const nextColumns = COLUMNS.map(([column]) => column).filter((column) => column !== "hops" || listed.hops);
    heading.textContent = `${listed.title} · ${counted(shown.length, "concept")}`;
    left.textContent = leftOut(shown.length, listed.best);
    left.hidden = !left.textContent;
    if (order?.column === "hops" && !listed.hops) order = null;
    if (heading.dataset.title !== listed.title) order = null;
    heading.dataset.title = listed.title;
    if (same(next, listedRows) && same(nextColumns, columns)) return select();
    listedRows = next;
    columns = nextColumns;
    draw();
  };

  place.hidden = !app.state.get().table;
  onChange(app.state, (now) => {
    place.hidden = !now.table;
    void read();
  });
  app.map?.onRest(() => void read());
  app.onGraph(() => void read());
  app.sieve.onChange(() => void read());
  void read();
}

export async function listedFor(app: App, graph: Graph, state: State): Promise<Listed> {
  const numbers = (ids: readonly string[]): number[] =>
    ids.map((id) => graph.number(id)).filter((number): number is number => number !== undefined);
  if (state.pane === "path" && isWhole(state.path)) {
    const path = pathAt(await askPath(app, state.path), state.path.number);
    const steps = numbers((path?.concepts ?? []).map((one) => one.id));
    return { title: "The path", numbers: steps, hops: new Map(steps.map((number, hop) => [number, hop])), best: false };
  }
  if (state.pane === "cluster" && state.cluster !== null) {
    const cluster = await askCluster(app, state.cluster);
    return { title: cluster.name, numbers: app.sieve.of(numbers(cluster.concepts.map((one) => one.id))), hops: null, best: false };
  }
  if (state.pane === "bridges" || state.pane === "gaps") {
    const bridging = state.pane === "bridges";
    const ids = bridging
      ? (await askBridges(app, state)).bridges.map((one) => one.concept.id)
      : (await askGaps(app, state)).gaps.flatMap(({ a, b }) => [a.id, b.id]);
    return { title: bridging ? "Bridges" : "Gaps", numbers: numbers([...new Set(ids)]), hops: null, best: false };
  }
  const chosen = state.concept === null ? undefined : graph.number(state.concept);
  if (chosen !== undefined) {
    const hops = app.sieve.around(graph, chosen, state.depth);
    return {
      title: `Around ${graph.title(chosen)}`,
      numbers: [...hops.keys()],
      hops,
      best: false,
    };
  }
  return inView(app, graph);
}

/** What to do about what is not listed; empty where all is. */
function leftOut(size: number, best: boolean): string {
  if (best) return "The best-linked ones in view are listed: go nearer to see others.";
  if (size <= MOST) return "";
  return `The first ${MOST} are listed, ${(size - MOST).toLocaleString("en")} more are left out: choose a concept, or light fewer hops.`;
}

/** What the map shows; without a map all of the graph, the best-linked first. */
function inView(app: App, graph: Graph): Listed {
  if (app.map) {
    const numbers = app.map.inView(IN_VIEW).map((id) => graph.number(id));
    const known = numbers.filter((number): number is number => number !== undefined);
    return {
      title: "On the map",
      numbers: app.sieve.of(known),
      hops: null,
      best: known.length === IN_VIEW,
    };
  }
  const all = [...graph.degree.keys()].sort((a, b) => (graph.degree[b] ?? 0) - (graph.degree[a] ?? 0) || a - b);
  return { title: "All concepts", numbers: app.sieve.of(all), hops: null, best: false };
}

function areaAt(app: App, graph: Graph, number: number): App["areas"]["clusters"][number] | undefined {
  const place = graph.cluster[number] ?? NOWHERE;
  return place === NOWHERE ? undefined : app.areas.clusters[place];
}

function rowFrom(app: App, graph: Graph, number: number, hops: ReadonlyMap<number, number> | null): Row {
  const area = areaAt(app, graph, number);
  const upper = area?.level === "lower" ? (areaOf(app.areas, area.parent) ?? area) : area;
  return {
    id: graph.id(number),
    title: graph.title(number),
    kind: graph.isNote(number) ? "note" : "not yet written",
    topic: upper?.name ?? "",
    links: graph.degree[number] ?? 0,
    hops: hops?.get(number) ?? null,
  };
}

function rowOf(app: App, row: Row, columns: readonly Column[]): HTMLElement {
  const cell = (column: Column): HTMLElement => {
    if (column === "title") return el("th", { scope: "row" }, conceptLink(app, row.id, {}, row.title));
    const value = row[column];
    return el("td", { class: typeof value === "number" ? "number" : null, dir: "auto" }, String(value ?? ""));
  };
  const choose = (event: MouseEvent): void => {
    if (event.defaultPrevented || isBrowsers(event) || (event.target as Element).closest("a")) return;
    if (getSelection()?.isCollapsed === false) return;
    app.choose(row.id, { line: null });
  };
  return el("tr", { "data-concept": row.id, onclick: choose }, ...columns.map(cell));
}
