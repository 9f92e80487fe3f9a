/** What the server is asked. Its answers are in `wire.ts`. */

import type {
  Areas,
  AroundArea,
  Bridges,
  Card,
  Choices,
  ClusterCard,
  Concept,
  Gaps,
  GapsAsked,
  Link,
  Neighbours,
  NoteText,
  Paths,
  SearchResult,
  Vault,
} from "./wire";

type Value = string | number | boolean | readonly string[] | null | undefined;

/** What the server says when it cannot answer. */
export class ServerError extends Error {
  constructor(
    /** What went wrong, as a word: `no_such_concept`, `gone`, … */
    readonly code: string,
    message: string,
    /** What to do next. */
    readonly hint: string | null = null,
    readonly candidates: readonly Concept[] = [],
    /** Where a query is wrong: its line and column, from 1. */
    readonly place: readonly [line: number, column: number] | null = null,
  ) {
    super(message);
  }
}

/** Asks the server; each question is one GET. */
export class Server {
  vault = (): Promise<Vault> => this.ask("vault");
  areas = (): Promise<Areas> => this.ask("areas");
  find = (q: string, signal?: AbortSignal): Promise<Choices> => this.ask("find", { q }, signal);
  search = (q: string, limit: number, signal?: AbortSignal): Promise<SearchResult> =>
    this.ask("search", { q, limit }, signal);
  show = (concept: string, signal?: AbortSignal): Promise<Card> => this.ask("show", { concept }, signal);
  note = (concept: string, signal?: AbortSignal): Promise<NoteText> => this.ask("note", { concept }, signal);
  links = (a: string, b: string, signal?: AbortSignal): Promise<{ links: readonly Link[] }> =>
    this.ask("links", { a, b }, signal);
  neighbours = (concept: string, depth: number, limit: number, signal?: AbortSignal): Promise<Neighbours> =>
    this.ask("neighbours", { concept, depth, limit }, signal);
  path = (
    from: string,
    to: string,
    more: { k: number; avoid: readonly string[]; through: readonly string[] },
    signal?: AbortSignal,
  ): Promise<Paths> => this.ask("path", { from, to, ...more }, signal);
  cluster = (name: string, read: number, signal?: AbortSignal): Promise<ClusterCard> =>
    this.ask("cluster", { name, read }, signal);

  bridges = (a: string | null, b: string | null, limit: number, signal?: AbortSignal): Promise<Bridges> =>
    this.ask("bridges", { a, b, limit }, signal);
  gaps = (asked: GapsAsked, limit: number, signal?: AbortSignal): Promise<Gaps> =>
    this.ask("gaps", { ...asked, limit }, signal);
  dismissed = (asked: GapsAsked, signal?: AbortSignal): Promise<{ dismissed: readonly (readonly [Concept, Concept])[] }> =>
    this.ask("dismissed", { ...asked }, signal);
  around = (): Promise<{ around: readonly AroundArea[] }> => this.ask("around");

  /** The map's concepts and links, as `decoding.ts` reads them. */
  async map(): Promise<ArrayBuffer> {
    return (await this.get("map", {})).arrayBuffer();
  }

  /** The same as it was at least so many hours ago. */
  async earlier(hours: number, signal?: AbortSignal): Promise<ArrayBuffer> {
    return (await this.get("earlier", { hours }, signal)).arrayBuffer();
  }

  /** Has something be done, or asks what no address can hold. */
  async post<T>(what: string, told: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<T> {
    return (await this.posted(what, told, signal)).json() as Promise<T>;
  }

  /** The same; the answer's text as it came. */
  async postText(what: string, told: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<string> {
    return (await this.posted(what, told, signal)).text();
  }

  private posted(what: string, told: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<Response> {
    const body = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told) };
    return this.fetched(`/api/${what}`, signal ? { ...body, signal } : body);
  }

  /** Has a file be made of what is told; its content, and what it is called. */
  async file(what: string, told: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<[Blob, string]> {
    const answer = await this.posted(what, told, signal);
    const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
    return [await answer.blob(), decodeURIComponent(name ?? "graphkit")];
  }

  async ask<T>(what: string, parameters: Record<string, Value> = {}, signal?: AbortSignal): Promise<T> {
    return (await this.get(what, parameters, signal)).json() as Promise<T>;
  }

  private async get(what: string, parameters: Record<string, Value>, signal?: AbortSignal): Promise<Response> {
    const told = new URLSearchParams();
    for (const [key, value] of Object.entries(parameters)) {
      if (Array.isArray(value)) for (const one of value as readonly string[]) told.append(key, one);
      else if (value !== null && value !== undefined) told.set(key, String(value));
    }
    const query = told.toString();
    return this.fetched(`/api/${what}${query ? `?${query}` : ""}`, signal ? { signal } : {});
  }

  private async fetched(address: string, options: RequestInit): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(address, options);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new ServerError("gone", "graphkit does not answer any more.", "Start it again: graphkit explore");
    }
    if (answer.ok) return answer;
    throw await failure(answer);
  }
}

async function failure(answer: Response): Promise<ServerError> {
  try {
    const { error } = (await answer.json()) as {
      error: { code: string; message: string; hint: string | null; candidates?: Concept[]; line?: number; column?: number };
    };
    const place = error.line && error.column ? ([error.line, error.column] as const) : null;
    return new ServerError(error.code, error.message, error.hint, error.candidates ?? [], place);
  } catch {
    const hint = answer.status === 403 ? "Open it anew: graphkit explore" : null;
    return new ServerError("refused", `graphkit answered with ${answer.status}.`, hint);
  }
}

/** Whether an error only says that nobody waits for the answer any more. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
