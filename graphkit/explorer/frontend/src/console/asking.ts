/** What the console asks of the server. */

import type { Server } from "../server";
import { parsed, type Rows } from "./values";

export interface Parameter {
  readonly name: string;
  /** `text`, `integer`, `number`, `boolean`, `list` or `concept`; `any` where nothing is said of it. */
  readonly type: string;
  readonly default: unknown;
  readonly required: boolean;
  readonly example: unknown;
  readonly text: string;
}

export interface Saved {
  readonly name: string;
  readonly title: string;
  readonly answers: string;
  readonly parameters: readonly Parameter[];
  readonly query: string;
}

/** All saved queries, and a sentence on each file that cannot be used. */
export interface SavedQueries {
  readonly queries: readonly Saved[];
  readonly problems: readonly string[];
}

/** What a query of this graph can name. */
export interface Schema {
  readonly labels: readonly string[];
  readonly types: readonly string[];
  readonly keys: readonly string[];
}

export interface Asked {
  /** Cypher, or the name of a saved query. */
  readonly query: string;
  readonly saved: boolean;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly timeout: number;
  readonly limit: number;
}

/** So long the end of a cancelled query is waited for, in milliseconds. */
const PATIENCE = 6_000;

/** One query that runs, and can be cancelled. */
export class Run {
  private readonly name = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join("-");
  private readonly stop = new AbortController();
  private readonly server: Server;
  readonly since = performance.now();
  /** The rows; a `ServerError` with the code `cancelled` after a cancel. */
  readonly rows: Promise<Rows>;
  cancelled = false;

  constructor(server: Server, asked: Asked) {
    this.server = server;
    this.rows = server.postText("query", { ...asked, run: this.name }, this.stop.signal).then(parsed<Rows>);
  }

  get seconds(): number {
    return (performance.now() - this.since) / 1000;
  }

  /** Has the engine stop; where the server does not say that it has, it is no longer waited for. */
  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    const stop = (): void => this.stop.abort();
    this.server.post("cancel", { run: this.name }).catch(stop);
    setTimeout(stop, PATIENCE);
  }
}
