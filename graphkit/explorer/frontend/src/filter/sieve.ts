/** Keeps what is left of the graph in step with the state: the map, the table and the cards ask here. */

import type { App } from "../app";
import type { Graph } from "../graph";
import { isAborted } from "../server";
import { same } from "../state";
import { askedBy, sift, type Asked, type Having, type Sifted } from "./sifted";

/** How sifting stands: done, waiting for the server, or failed. */
export type Standing = "done" | "waiting" | { readonly error: unknown };

export class Sieve {
  /** What is left; null where that is all. */
  sifted: Sifted | null = null;
  standing: Standing = "done";
  private readonly listeners: (() => void)[] = [];
  /** Changes whenever the graph does. */
  generation = 0;
  private readonly known = new Map<string, Having>();
  /** What of it has been asked for since the graph changed. */
  private readonly fresh = new Set<string>();
  private app: App | null = null;
  private graph: Graph | null = null;
  private stop = new AbortController();

  /** Begins to follow the state and the graph. */
  follow(app: App, graph: Graph): void {
    this.app = app;
    this.graph = graph;
    app.state.subscribe((now, before) => {
      if (!same(now.filters, before.filters) || !same(now.hidden, before.hidden)) this.sift();
    });
    app.onGraph(() => {
      this.generation += 1;
      this.fresh.clear();
      this.sift();
    });
    this.sift();
  }

  /** Calls back after each change of what is left, and of how sifting stands. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  keeps(one: number): boolean {
    return this.sifted?.keeps(one) ?? true;
  }

  joins(one: number, other: number): boolean {
    return this.sifted?.joins(one, other) ?? true;
  }

  /** How far what is left around a concept is from it, by number; see `Graph.around`. */
  around(graph: Graph, number: number, depth: number): Map<number, number> {
    return graph.around(number, depth, this.sifted ? (one, other) => this.keeps(other) && this.joins(one, other) : undefined);
  }

  /** Those of some concepts that are left. */
  of(numbers: readonly number[]): readonly number[] {
    const { sifted } = this;
    return sifted ? numbers.filter((one) => sifted.keeps(one)) : numbers;
  }

  /** Sifts anew, as the state says; asks the server first for what is not known, and after it for what may have changed. */
  sift(): void {
    const { app } = this;
    if (!app) return;
    this.stop.abort();
    const asked = askedBy(app.state.get().filters);
    const wanted = asked.filter((one) => !this.fresh.has(String(one)));
    const known = asked.every((one) => this.known.has(String(one)));
    if (known) this.done(app);
    else this.stand("waiting");
    if (!wanted.length) return;
    this.stop = new AbortController();
    const { signal } = this.stop;
    Promise.all(wanted.map((one) => this.ask(app, one, signal))).then(
      () => signal.aborted || this.done(app),
      (error: unknown) => {
        if (!known && !isAborted(error) && !signal.aborted) this.stand({ error });
      },
    );
  }

  private async ask(app: App, asked: Asked, signal: AbortSignal): Promise<void> {
    const [key, value] = asked;
    const told = await app.server.ask<Having>("having", { [key]: value }, signal);
    if (signal.aborted) return;
    this.known.set(String(asked), told);
    this.fresh.add(String(asked));
  }

  private done(app: App): void {
    if (!this.graph) return;
    const { filters, hidden } = app.state.get();
    const none: Having = { ids: [], pairs: [] };
    this.sifted = sift(this.graph, app.areas, filters, hidden, (asked) => this.known.get(String(asked)) ?? none);
    app.map?.sift(this.sifted);
    this.stand("done");
  }

  private stand(standing: Standing): void {
    this.standing = standing;
    for (const listener of this.listeners) listener();
  }
}
