/** The queries that were asked here before: kept by this browser alone, for each vault. */

import type { Vault } from "../wire";

const MOST = 50;
const LONGEST = 50_000;

/** A query that was asked. */
export interface Past {
  readonly query: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** When, in milliseconds. */
  readonly at: number;
}

export class History {
  private readonly key: string;
  /** Where the browser keeps nothing; they last as long as the page, then. */
  private unkept: readonly Past[] | null = null;

  constructor(vault: Vault) {
    this.key = `graphkit-queries ${vault.path ?? vault.store}`;
  }

  /** The latest first, those of other pages too. */
  get all(): readonly Past[] {
    return this.unkept ?? read(this.key);
  }

  /** Notes a query; the same one, asked before, is only known by its latest time. */
  add(query: string, parameters: Readonly<Record<string, unknown>>): void {
    if (!query.trim() || query.length > LONGEST) return;
    this.keep([{ query, parameters, at: Date.now() }, ...this.without({ query, parameters })].slice(0, MOST));
  }

  remove(past: Past): void {
    this.keep(this.without(past));
  }

  clear(): void {
    this.keep([]);
  }

  private without({ query, parameters }: Omit<Past, "at">): Past[] {
    const told = JSON.stringify([query, parameters]);
    return this.all.filter((one) => JSON.stringify([one.query, one.parameters]) !== told);
  }

  private keep(entries: readonly Past[]): void {
    try {
      localStorage.setItem(this.key, JSON.stringify(entries));
      this.unkept = null;
    } catch {
      this.unkept = entries;
    }
  }
}

function read(key: string): readonly Past[] {
  try {
    const told: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(told) ? told.filter(isPast).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function isPast(told: unknown): told is Past {
  if (typeof told !== "object" || told === null) return false;
  const { query, parameters, at } = told as Partial<Past>;
  return typeof query === "string" && typeof parameters === "object" && parameters !== null && typeof at === "number";
}
