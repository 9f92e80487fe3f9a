/** Rows as a grid that is walked by keys; however many there are, only those in view are elements. */

import { button, el, fill } from "../dom";

const ROW = 30;
/** Rows that stand ready above and below those in view. */
const AROUND = 6;
const QUIET = 140;
const WIDEST = 300;

/** A column: its name, how wide it is, and whether it holds numbers. */
export interface Column {
  readonly name: string;
  readonly width: number;
  readonly number: boolean;
}

export interface GridAsked {
  readonly label: string;
  /** What stands in a cell; a row is its place as it is sorted. */
  cell(row: number, column: number): readonly (Node | string)[];
  /** Called when a row is pointed at or has the focus; null when none is any more. */
  onRow(row: number | null): void;
  /** Called when a cell has the focus. */
  onCell(row: number, column: number, cell: HTMLElement): void;
  /** Called on Enter in a cell in which nothing can be pressed. */
  enter(row: number, column: number): void;
  sort(column: number): void;
}

export interface Order {
  readonly column: number;
  readonly down: boolean;
}

export class Grid {
  readonly element: HTMLElement;
  private readonly asked: GridAsked;
  private readonly head = el("div.grid-row.grid-head", { role: "row", "aria-rowindex": 1 });
  private readonly body = el("div.grid-body", { role: "rowgroup" });
  private readonly drawn = new Map<number, HTMLElement>();
  private columns: readonly Column[] = [];
  private size = 0;
  /** The cell that has the focus, or would have it; the row -1 is the head. */
  private at = { row: 0, column: 0 };
  private pointed: number | null = null;
  private over: number | null = null;
  private scrolled = -QUIET;
  private asleep = 0;

  constructor(asked: GridAsked) {
    this.asked = asked;
    this.element = el("div.grid", { role: "grid", "aria-label": asked.label }, el("div", { role: "rowgroup" }, this.head), this.body);
    this.listen();
  }

  /** Shows other rows, from the first one on. */
  show(columns: readonly Column[], size: number): void {
    this.columns = columns;
    this.size = size;
    this.at = { row: 0, column: 0 };
    this.over = null;
    this.tell(null);
    this.element.setAttribute("aria-rowcount", String(size + 1));
    this.element.setAttribute("aria-colcount", String(columns.length));
    this.element.style.setProperty("--columns", columns.map(({ width }) => `${width}px`).join(" "));
    this.element.style.setProperty("--wide", `${columns.reduce((sum, { width }) => sum + width, 0)}px`);
    this.body.style.height = `${size * ROW}px`;
    this.element.scrollTo(0, 0);
    this.drawHead(null);
    this.redraw();
  }

  /** Draws the same rows in another order. */
  sorted(order: Order): void {
    const held = this.head.contains(document.activeElement);
    this.drawHead(order);
    this.redraw();
    if (held) this.head.querySelectorAll("button")[order.column]?.focus();
  }

  private drawHead(order: Order | null): void {
    fill(
      this.head,
      ...this.columns.map(({ name, number }, column) => {
        const sort = order?.column === column ? (order.down ? "descending" : "ascending") : null;
        const act = button("", () => this.asked.sort(column), { tabindex: -1, title: name });
        act.append(el("span", { dir: "auto" }, name));
        if (sort) act.append(el("span", { "aria-hidden": "true" }, sort === "ascending" ? "↑" : "↓"));
        return el(
          "div.grid-cell",
          { role: "columnheader", "aria-colindex": column + 1, "aria-sort": sort ?? "none", class: number && "grid-cell number" },
          act,
        );
      }),
    );
    this.rove();
  }

  private redraw(): void {
    const held = this.body.contains(document.activeElement);
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    this.draw();
    if (held) this.focus();
  }

  /** Has those rows be elements that are in view, and the one that has the focus. */
  private draw(): void {
    const top = this.element.scrollTop;
    const high = this.element.clientHeight || 20 * ROW;
    const first = Math.max(0, Math.floor(top / ROW) - AROUND);
    const last = Math.min(this.size - 1, Math.ceil((top + high) / ROW) + AROUND);
    for (const [row, element] of this.drawn) {
      if ((row >= first && row <= last) || row === this.at.row) continue;
      element.remove();
      this.drawn.delete(row);
    }
    const wanted = new Set(Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place));
    if (this.at.row >= 0 && this.at.row < this.size) wanted.add(this.at.row);
    for (const row of [...wanted].filter((one) => !this.drawn.has(one))) {
      const element = this.rowOf(row);
      this.drawn.set(row, element);
      // Readers go by the order of elements, which therefore is that of the rows.
      const next = [...this.body.children].find((other) => Number((other as HTMLElement).dataset["row"]) > row);
      this.body.insertBefore(element, next ?? null);
    }
    this.rove();
  }

  private rowOf(row: number): HTMLElement {
    const made = el("div.grid-row", { role: "row", "aria-rowindex": row + 2, "data-row": row });
    made.style.top = `${row * ROW}px`;
    this.columns.forEach(({ number }, column) => {
      const cell = el("div", { class: number ? "grid-cell number" : "grid-cell", role: "gridcell", "aria-colindex": column + 1, dir: "auto" });
      cell.append(...this.asked.cell(row, column));
      made.append(cell);
    });
    return made;
  }

  /** The element of a cell that takes the focus: what alone can be pressed in it, else the cell. */
  private target(row: number, column: number): HTMLElement | null {
    const cell = (row < 0 ? this.head : this.drawn.get(row))?.children[column] as HTMLElement | undefined;
    const pressed = cell?.querySelectorAll<HTMLElement>("button, a") ?? [];
    return pressed.length === 1 ? pressed[0]! : (cell ?? null);
  }

  /** Of all that can have the focus, one is reached by Tab. */
  private rove(): void {
    for (const one of this.element.querySelectorAll("[tabindex='0']")) one.setAttribute("tabindex", "-1");
    this.target(this.at.row, this.at.column)?.setAttribute("tabindex", "0");
  }

  /** Moves the focus to a cell, which is then in view. */
  private goTo(row: number, column: number): void {
    const at = {
      row: Math.min(Math.max(row, -1), this.size - 1),
      column: Math.min(Math.max(column, 0), this.columns.length - 1),
    };
    this.at = at;
    if (at.row >= 0) {
      const [top, high] = [at.row * ROW, this.element.clientHeight - ROW];
      const seen = this.element.scrollTop;
      if (top < seen) this.element.scrollTop = top;
      else if (top + ROW > seen + high) this.element.scrollTop = top + ROW - high;
    }
    this.draw();
    this.focus();
  }

  private focus(): void {
    const target = this.target(this.at.row, this.at.column);
    target?.setAttribute("tabindex", "0");
    target?.focus({ preventScroll: true });
    const cell = target?.closest<HTMLElement>(".grid-cell");
    if (!cell) return;
    const [left, right] = [cell.offsetLeft, cell.offsetLeft + cell.offsetWidth];
    if (left < this.element.scrollLeft) this.element.scrollLeft = left;
    else if (right > this.element.scrollLeft + this.element.clientWidth) this.element.scrollLeft = right - this.element.clientWidth;
  }

  private tell(row: number | null): void {
    if (row === this.pointed) return;
    this.pointed = row;
    this.asked.onRow(row);
  }

  private listen(): void {
    const { element } = this;
    let waiting = false;
    element.addEventListener("scroll", () => {
      this.scrolled = performance.now();
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.draw();
      });
    });
    new ResizeObserver(() => this.draw()).observe(element);
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("pointerover", (event) => {
      const row = (event.target as Element).closest<HTMLElement>("[data-row]")?.dataset["row"];
      this.over = row === undefined ? null : Number(row);
      this.rest();
    });
    element.addEventListener("pointerleave", () => {
      this.over = null;
      this.rest();
    });
    element.addEventListener("focusin", (event) => {
      const cell = (event.target as Element).closest<HTMLElement>(".grid-cell");
      const row = cell?.parentElement?.dataset["row"];
      if (!cell) return;
      this.at = { row: row === undefined ? -1 : Number(row), column: [...cell.parentElement!.children].indexOf(cell) };
      this.rove();
      if (row === undefined) return;
      this.tell(this.at.row);
      this.asked.onCell(this.at.row, this.at.column, cell);
    });
    element.addEventListener("focusout", (event) => {
      if (!element.contains(event.relatedTarget as Element | null)) this.tell(this.over);
    });
    element.addEventListener("click", (event) => {
      const cell = (event.target as Element).closest<HTMLElement>(".grid-cell[role=gridcell]");
      if (!cell || (event.target as Element).closest("button, a") || getSelection()?.isCollapsed === false) return;
      const row = Number(cell.parentElement?.dataset["row"]);
      this.goTo(row, [...cell.parentElement!.children].indexOf(cell));
    });
  }

  /** Tells of the row under the pointer, once rows no longer pass below it. */
  private rest(): void {
    clearTimeout(this.asleep);
    const left = this.scrolled + QUIET - performance.now();
    if (left > 0) this.asleep = window.setTimeout(() => this.rest(), left);
    else this.tell(this.over);
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.isComposing) return;
    const { row, column } = this.at;
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>(".grid-cell");
    const within = cell ? [...cell.querySelectorAll<HTMLElement>("button, a")] : [];
    const inside = within.length > 1 ? within.indexOf(target) : -1;
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW) - 2);
    const far = event.ctrlKey;
    const moves: Record<string, () => void> = {
      ArrowUp: () => this.goTo(row - 1, column),
      ArrowDown: () => this.goTo(row + 1, column),
      ArrowLeft: () => (inside >= 0 ? within[inside - 1]?.focus() : this.goTo(row, column - 1)),
      ArrowRight: () => (inside >= 0 ? within[inside + 1]?.focus() : this.goTo(row, column + 1)),
      Home: () => this.goTo(far ? 0 : row, 0),
      End: () => this.goTo(far ? this.size - 1 : row, this.columns.length - 1),
      PageUp: () => this.goTo(row < 0 ? row : Math.max(0, row - page), column),
      PageDown: () => this.goTo(row + page, column),
    };
    if (event.key === "Enter" && target === cell && row >= 0) {
      if (within.length > 1) within[0]?.focus();
      else this.asked.enter(row, column);
    } else if (event.key === "Escape" && inside >= 0) {
      cell?.setAttribute("tabindex", "0");
      cell?.focus();
    } else if (moves[event.key]) {
      moves[event.key]!();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** How wide columns are, in pixels: by what stands in them, and together as wide as there is room where that is more. */
export function widths(lengths: readonly number[], room: number): number[] {
  const wanted = lengths.map((length) => Math.round(Math.min(Math.max(length * 7.4 + 26, 72), WIDEST)));
  const spare = room - wanted.reduce((sum, width) => sum + width, 0);
  const cut = lengths.filter((length) => length * 7.4 + 26 > WIDEST).length;
  if (spare <= 0 || !cut) return wanted;
  return wanted.map((width, place) => (lengths[place]! * 7.4 + 26 > WIDEST ? width + Math.floor(spare / cut) : width));
}
