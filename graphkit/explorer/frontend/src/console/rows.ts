/** The rows of a query: the grid, what reads a cell whole, and what is done with all of them. */

import type { App } from "../app";
import { toClipboard } from "../clipboard";
import { button, counted, el, fill } from "../dom";
import { lastPart } from "../graph";
import { shown, whole, type Acts } from "./cells";
import { Grid, widths, type Order } from "./grid";
import { asCsv, asTsv, asWords, inOrder, isNumber, partOf, together, type Part, type Rows } from "./values";

const SAMPLE = 300;
const NOTHING: Part = { ids: [], links: [] };

export interface RowsView {
  readonly element: HTMLElement;
  readonly actions: HTMLElement;
  /** Shows an answer; `limit` is how many rows were asked for. */
  show(answer: Rows, seconds: number, limit: number): void;
  /** Takes away what is shown. */
  clear(): void;
}

export function rowsView(app: App): RowsView {
  let answer: Rows = { columns: [], rows: [], truncated: false };
  let order: Order | null = null;
  let places: number[] = [];
  /** For each column whether all its texts are ids of concepts. */
  let ids: boolean[] = [];
  let parts: Part[] = [];
  let all = NOTHING;
  let lit = NOTHING;
  let called = lastPart;

  const light = (part: Part): void => app.show({ rows: part.ids, rowLinks: part.links, allRows: lit });
  const acts: Acts = {
    app,
    called: (id) => called(id),
    show(part) {
      lit = part;
      light(part);
      app.map?.flyToAll(part.ids);
    },
  };
  const summary = el("p.summary");
  const reader = el("div.reader", { hidden: true, tabindex: 0, role: "region", "aria-label": "The cell" });
  const grid = new Grid({
    label: "Rows",
    cell: (row, column) => shown(acts, answer.rows[places[row] ?? 0]?.[column], ids[column] ?? false),
    onRow: (row) => {
      const part = row === null ? null : parts[places[row] ?? 0];
      light(part?.ids.length ? part : lit);
    },
    onCell: (row, column, cell) => {
      const value = answer.rows[places[row] ?? 0]?.[column];
      const more = cell.scrollWidth > cell.clientWidth + 1 || (typeof value === "object" && value !== null);
      fill(reader, ...(more ? whole(acts, value) : []));
      reader.hidden = !more;
      reader.scrollTop = 0;
    },
    enter: (row, column) => {
      const own = answer.rows[places[row] ?? 0] ?? [];
      const [id] = [partOf(own[column]), parts[places[row] ?? 0] ?? NOTHING].flatMap((part) => part.ids);
      if (id !== undefined) app.choose(id, { line: null });
    },
    sort: (column) => {
      order = { column, down: order?.column === column ? !order.down : false };
      places = inOrder(answer.rows, column, order.down);
      grid.sorted(order);
    },
  });
  const toMap = button("Show on the map", () => acts.show(all), { class: "act" });
  const copy = button("Copy", () => void copyRows(), { class: "act" });
  const csv = button("CSV", () => save(), { class: "act", title: "Save as a file" });
  const actions = el("div.actions", { hidden: true }, toMap, copy, csv);
  const element = el("div.answer", { hidden: true }, summary, grid.element, reader);

  const asShown = (): Rows => ({ ...answer, rows: places.map((place) => answer.rows[place] ?? []) });
  const copyRows = async (): Promise<void> => {
    const done = await toClipboard(asTsv(asShown()), element);
    app.announce(done ? `Copied ${counted(places.length, "row")}.` : "The browser did not let the rows be copied.");
    copy.textContent = done ? "Copied" : "Not copied";
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  };
  const save = (): void => {
    const name = `${app.vault.vault}-query`.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "");
    const address = URL.createObjectURL(new Blob([asCsv(asShown())], { type: "text/csv" }));
    el("a", { href: address, download: `${name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    app.announce(`Saved ${counted(places.length, "row")} as ${name}.csv.`);
  };

  app.state.subscribe((now, before) => {
    if (now.concept === before.concept) return;
    lit = now.concept === null ? all : NOTHING; // What is chosen is lit, with what is around it.
    light(lit);
  });

  return {
    element,
    actions,
    show(told, seconds, limit) {
      answer = told;
      order = null;
      places = told.rows.map((_, place) => place);
      void app.graph.then((graph) => {
        if (answer !== told) return;
        called = (id) => graph.called(id);
        ids = told.columns.map((_, column) => {
          const texts = told.rows.map((row) => row[column]).filter((value) => value !== null);
          return texts.length > 0 && texts.every((value) => typeof value === "string" && graph.number(value) !== undefined);
        });
        parts = told.rows.map((row) => {
          const named = row.filter((value, column): value is string => ids[column] === true && value !== null);
          return together([partOf(row), { ids: named, links: [] }]);
        });
        all = lit = together(parts);
        if (all.ids.length && !["card", "note"].includes(app.state.get().pane)) app.state.set({ pane: "card", cluster: null, other: null });
        light(all);
        const numbers = told.columns.map((_, column) =>
          told.rows.every((row) => row[column] === null || isNumber(row[column])) && told.rows.some((row) => row[column] !== null),
        );
        const room = grid.element.clientWidth || element.clientWidth;
        const wide = widths(longest(told), room - 16);
        grid.show(
          told.columns.map((name, column) => ({ name, width: wide[column] ?? 100, number: numbers[column] ?? false })),
          told.rows.length,
        );
      });
      const count = told.rows.length ? counted(told.rows.length, "row") : "No rows";
      const cut = told.truncated ? `Only the first ${limit.toLocaleString("en")} rows are shown; allow more to see more.` : "";
      const time = seconds < 0.95 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1)} s`;
      fill(summary, el("strong", {}, count), ` in ${time} `, cut && el("span.cut", {}, cut));
      app.announce(`${count}. ${cut}`);
      toMap.disabled = true;
      void app.graph.then(() => (toMap.disabled = !app.map || !all.ids.length));
      fill(reader);
      reader.hidden = true;
      grid.element.hidden = !told.rows.length;
      element.hidden = false;
      actions.hidden = !told.rows.length;
    },
    clear() {
      answer = { columns: [], rows: [], truncated: false };
      all = lit = NOTHING;
      light(all);
      element.hidden = actions.hidden = true;
    },
  };
}

/** How many characters the widest cells of each column hold, by rows from all over. */
function longest({ columns, rows }: Rows): number[] {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const some = rows.filter((_, place) => place % step === 0);
  return columns.map((name, column) => {
    const lengths = some.map((row) => (Array.isArray(row[column]) ? 2 : 0) + asWords(row[column]).length).sort((a, b) => a - b);
    return Math.max(name.length + 3, lengths[Math.floor(lengths.length * 0.97)] ?? 0, 4);
  });
}
