/** Rows of the table: what stands in them, how they are sorted, how they are copied. */

export interface Row {
  readonly id: string;
  readonly title: string;
  /** `note`, or `not yet written`. */
  readonly kind: string;
  readonly topic: string;
  /** How many other concepts it is linked with. */
  readonly links: number;
  /** Null where nothing is counted from. */
  readonly hops: number | null;
}

export type Column = "title" | "kind" | "topic" | "links" | "hops";

export interface Order {
  readonly column: Column;
  readonly down: boolean;
}

export const COLUMNS: readonly (readonly [column: Column, title: string])[] = [
  ["title", "Concept"],
  ["kind", "Kind"],
  ["topic", "Topic"],
  ["links", "Links"],
  ["hops", "Hops"],
];

const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Rows in an order; those that are alike in it by title, then by id. An empty cell stands last. */
export function sorted(rows: readonly Row[], order: Order): Row[] {
  const { column, down } = order;
  const turn = down ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [a[column], b[column]];
    const empty = Number(one === null || one === "") - Number(other === null || other === "");
    if (empty) return empty;
    const told =
      typeof one === "number" && typeof other === "number" ? one - other : words.compare(String(one), String(other));
    return turn * told || words.compare(a.title, b.title) || (a.id < b.id ? -1 : Number(a.id > b.id));
  });
}

/** Rows as text that spreadsheets read: a line each, cells parted by tabs. */
export function copied(rows: readonly Row[], columns: readonly Column[]): string {
  const titles = COLUMNS.filter(([column]) => columns.includes(column)).map(([, title]) => title);
  const lines = rows.map((row) => columns.map((column) => String(row[column] ?? "").replace(/\s+/g, " ")));
  return [titles, ...lines].map((cells) => cells.join("\t")).join("\n");
}
