/** The vault as it changes: the page follows what the server tells, and says when it tells nothing any more. */

import { Shared } from "./answers";
import type { Change } from "./app";
import { decoded } from "./decoding";
import { button } from "./dom";
import type { Graph } from "./graph";
import { grown } from "./growing";
import { notice, unsaid } from "./notices";
import type { Areas, Changed, Vault } from "./wire";
import { ServerError, type Server } from "./server";

/** Milliseconds until a server that is gone is looked for again; each time longer, up to the last. */
const AGAIN = [500, 1_000, 2_000, 4_000];
/** So many changes are kept that do not follow on what the page has. */
const MOST_LATER = 200;
const LOST = "lost";
const TROUBLE = "trouble";
/** What is wrong with the vault's map file. */
const MAP_FILE = "map";

/** What the page holds of the graph, and who wants to know when that has changed. */
export interface Held {
  readonly server: Server;
  readonly vault: Vault;
  readonly areas: Areas;
  readonly graph: Graph;
  /** Graph and areas are others now. */
  changed(change: Change, came: readonly string[]): void;
  announce(text: string): void;
}

/** Follows the vault as long as the page is looked at. */
export class Live {
  private readonly held: Held;
  private stream: EventSource | null = null;
  private tries = 0;
  private waiting = 0;
  private fetches = 0;
  private later: readonly Changed[] = [];

  constructor(held: Held) {
    this.held = held;
    if (held.vault.problem) notice(MAP_FILE, held.vault.problem);
    document.addEventListener("visibilitychange", () => {
      // A browser has few connections for one server: tabs that nobody sees leave theirs to others.
      if (document.hidden) this.close();
      else this.open();
    });
    addEventListener("pagehide", () => this.close());
    if (!document.hidden) this.open();
  }

  /** Whether the server tells of changes at this moment. */
  get listening(): boolean {
    return this.stream?.readyState === EventSource.OPEN;
  }

  private close(): void {
    clearTimeout(this.waiting);
    this.stream?.close();
    this.stream = null;
  }

  private open(): void {
    this.close();
    const stream = new EventSource("/api/events");
    this.stream = stream;
    const on = <T>(name: string, heard: (told: T) => void): void =>
      stream.addEventListener(name, (event) => heard(JSON.parse((event as MessageEvent<string>).data) as T));
    on<{ revision: string }>("hello", ({ revision }) => {
      const back = this.tries > 0;
      this.tries = 0;
      unsaid(LOST);
      unsaid(TROUBLE); // It is told after this, where it lasts.
      if (back) this.held.announce("graphkit is back.");
      if (revision !== this.held.graph.revision) void this.fetch();
      else if (back) this.tell({ ids: null, settled: true }, []);
    });
    on<Changed>("changed", (told) => this.take(told));
    on<{ revision: string }>("settled", ({ revision }) => {
      if (revision !== this.held.areas.revision || revision !== this.held.graph.revision) void this.fetch();
      else this.held.changed({ ids: null, settled: true }, []);
    });
    on<{ message: string; hint: string | null }>("problem", ({ message, hint }) => {
      notice(TROUBLE, [message, hint].filter(Boolean).join(" "));
    });
    on("well", () => unsaid(TROUBLE));
    stream.addEventListener("error", () => {
      if (this.stream === stream) void this.lost();
    });
  }

  /** Takes in a change at once, if it follows on what the page has. */
  private take(told: Changed): void {
    const { graph, areas } = this.held;
    if (told.rows === null || told.from !== graph.revision) {
      this.later = [...this.later, told].slice(-MOST_LATER); // It may follow on the map that comes settled.
      return;
    }
    const came = told.rows.map((row) => row.id).filter((id) => graph.number(id) === undefined);
    graph.become(grown(graph.now, { ...told, rows: told.rows }, areas.clusters.map((area) => area.id)));
    const ids = new Set([...told.rows.map((row) => row.id), ...told.gone, ...told.texts]);
    this.tell({ ids, settled: false }, came);
  }

  /** Asks for all of the map anew. */
  private async fetch(): Promise<void> {
    const own = (this.fetches += 1);
    const { server, areas, graph, vault } = this.held;
    try {
      const [present, nextAreas, data] = await Promise.all([server.vault(), server.areas(), server.map()]);
      if (own !== this.fetches) return;
      if (present.path !== vault.path || present.store !== vault.store) {
        location.reload(); // Another vault at this address.
        return;
      }
      const next = decoded(data);
      if (next.revision !== nextAreas.revision) return; // It changes just now, and will be told.
      if (next.size && !graph.size) {
        location.reload(); // The first note of an empty vault.
        return;
      }
      if (present.problem !== vault.problem) {
        if (present.problem) notice(MAP_FILE, present.problem);
        else unsaid(MAP_FILE);
      }
      Object.assign(vault, present);
      const known = new Set(graph.ids);
      Object.assign(areas, nextAreas);
      graph.become(next);
      this.tell({ ids: null, settled: true }, next.ids.filter((id) => !known.has(id)));
      const later = this.later;
      this.later = [];
      for (const told of later) if (told.from === graph.revision) this.take(told);
    } catch {
      if (own === this.fetches) void this.lost();
    }
  }

  private tell(change: Change, came: readonly string[]): void {
    Shared.forget();
    this.held.changed(change, came);
  }

  /** Says that the server is gone, or wants another key, and looks for it until it is back. */
  private async lost(): Promise<void> {
    this.close();
    const wait = AGAIN[Math.min(this.tries, AGAIN.length - 1)]!;
    this.tries += 1;
    const refused = await this.held.server.vault().then(
      () => false,
      (error: unknown) => error instanceof ServerError && error.code === "refused",
    );
    if (this.stream || document.hidden) return;
    const why = refused
      ? "graphkit was started anew. Open the address that it printed in this browser; this page then goes on by itself."
      : "graphkit does not answer any more. What you see stays. Start it again (graphkit explore); this page then goes on by itself.";
    if (this.tries > 1) notice(LOST, why, button("Try now", () => this.open()));
    this.waiting = window.setTimeout(() => this.open(), wait);
  }
}
