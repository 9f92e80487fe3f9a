/** What the server is asked, and what it answers: the forms of `docs/answers.md`. */

export interface Concept {
  readonly id: string;
  readonly title: string;
  readonly note: boolean;
}

export interface Link {
  readonly source: string;
  readonly target: string;
  readonly relation: string;
  readonly kind: string;
  readonly text: string;
  readonly anchor: string | null;
  readonly alias: string | null;
  readonly heading: string | null;
  readonly line: number;
  readonly sentence: string;
  readonly seconds: number | null;
  readonly moment: string | null;
  readonly nearest: boolean;
  readonly resolved_by: string | null;
  readonly ambiguous: readonly string[];
}

export interface Card extends Concept {
  readonly path: string | null;
  readonly video: string | null;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  readonly words: number | null;
  readonly summary: string | null;
  readonly cluster: string | null;
  readonly subcluster: string | null;
  readonly cluster_name: string | null;
  readonly subcluster_name: string | null;
  readonly in_degree: number;
  readonly out_degree: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly links: readonly Link[];
  readonly backlinks: readonly Link[];
}

export interface Neighbours {
  readonly concept: Concept;
  readonly depth: number;
  readonly direction: string;
  readonly neighbours: readonly (Concept & { readonly hops: number; readonly links: readonly Link[] })[];
  readonly total: number;
  readonly not_walked: readonly Concept[];
}

export interface Step {
  readonly from: Concept;
  readonly to: Concept;
  readonly links: readonly Link[];
}

export interface Path {
  readonly hops: number;
  readonly cost: number;
  readonly concepts: readonly Concept[];
  readonly steps: readonly Step[];
}

export interface Paths {
  readonly from: Concept;
  readonly to: Concept;
  readonly paths: readonly Path[];
}

export interface Hit extends Concept {
  readonly score: number;
  readonly snippet: string;
  readonly heading: string | null;
  readonly line: number | null;
  readonly seconds: number | null;
  readonly moment: string | null;
}

export interface SearchResult {
  readonly query: string;
  readonly total: number;
  readonly hits: readonly Hit[];
}

export interface ConceptChoice extends Concept {
  readonly kind: "concept";
  readonly how: string;
  readonly alias: string | null;
}

export interface ClusterChoice {
  readonly kind: "cluster";
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

export interface Choices {
  readonly query: string;
  readonly choices: readonly (ConceptChoice | ClusterChoice)[];
}

export interface Because {
  readonly note: string;
  readonly line: number | null;
  readonly sentence: string;
}

export interface ReadingStep extends Concept {
  readonly linked_by: number;
  readonly builds_on: readonly Concept[];
  readonly because: Because | null;
}

export interface Bridge {
  readonly a: { readonly id: string | null; readonly name: string };
  readonly b: { readonly id: string | null; readonly name: string };
  readonly concept: Concept;
  readonly score: number;
  readonly links: readonly Link[];
}

export interface ClusterCard {
  readonly id: string | null;
  readonly name: string;
  readonly named_by: string;
  readonly level: string | null;
  readonly parent: string | null;
  readonly size: number;
  readonly links_inside: number;
  readonly links_outside: number;
  readonly central: readonly Concept[];
  readonly parts: readonly { readonly id: string | null; readonly name: string; readonly size: number }[];
  readonly seed: {
    readonly query: string | null;
    readonly hits: number;
    readonly concepts: readonly Concept[];
    readonly remark: string | null;
  } | null;
  readonly concepts: readonly (Concept & {
    readonly score: number;
    readonly subcluster: string | null;
    readonly because: Because | null;
  })[];
  readonly links: readonly Link[];
  readonly bridges: readonly Bridge[];
  readonly reading_order: readonly ReadingStep[];
}

export interface Bridges {
  readonly bridges: readonly Bridge[];
}

export interface GapReason {
  readonly kind: "mention" | "neighbours" | "text" | "video";
  readonly note: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly sentence: string;
}

/** Two notes that ought to be linked and are not. */
export interface Gap {
  readonly a: Concept;
  readonly b: Concept;
  readonly score: number;
  readonly reasons: readonly GapReason[];
  readonly paste: { readonly note: string; readonly line: number | null; readonly column: number | null; readonly link: string };
}

export interface Gaps {
  readonly gaps: readonly Gap[];
  /** For each gap the address that opens an editor where the link would go; null where no file is at hand. */
  readonly editors: readonly (string | null)[];
}

/** Between what gaps are looked for: of a concept, between two topics, or with neither anywhere. */
export interface GapsAsked {
  readonly concept?: string;
  readonly a?: string;
  readonly b?: string;
}

/** A cluster around words that is kept. */
export interface AroundArea {
  readonly name: string;
  readonly words: string;
  readonly size: number | null;
  readonly notes: readonly string[];
  /** Where its name stands; empty where it has no notes. */
  readonly at: readonly number[];
  readonly outline: readonly (readonly number[])[];
  /** Why it has no notes. */
  readonly problem: string | null;
}

/** A note, made safe by the server. */
export interface NoteText {
  readonly id: string;
  readonly title: string;
  readonly path: string | null;
  readonly html: string;
  readonly lines: number;
  readonly file: boolean;
  readonly editor: string | null;
  readonly obsidian: string | null;
}

export interface Vault {
  readonly vault: string;
  readonly path: string | null;
  readonly store: string;
  readonly revision: string | null;
  readonly notes: number;
  readonly unresolved: number;
  readonly links: number;
  readonly problem: string | null;
}

export interface Area {
  readonly id: string;
  readonly name: string;
  readonly level: "upper" | "lower";
  readonly parent: string | null;
  readonly size: number;
  readonly hue: number;
  readonly at: readonly [number, number];
  readonly room: readonly [number, number, number];
  readonly outline: readonly (readonly number[])[];
}

/** A cluster by name. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

export interface Areas {
  readonly revision: string | null;
  readonly hues: readonly (readonly [string, string])[];
  /** Left, top, right, bottom of all that is drawn. */
  readonly box: readonly [number, number, number, number];
  readonly clusters: readonly Area[];
  readonly joints: readonly (readonly [number, number, number])[];
}

/** A concept that has changed, with all that it is linked with now, whichever way. */
export interface Row extends Concept {
  readonly index: boolean;
  /** The id of its smallest cluster. */
  readonly cluster: string | null;
  /** The other ends, and 1 where only membership links lead there. */
  readonly near: readonly (readonly [id: string, membership: 0 | 1])[];
}

/** What the server tells when the graph has changed. */
export interface Changed {
  readonly from: string;
  readonly revision: string;
  /** Null where too much has changed to be told of. */
  readonly rows: readonly Row[] | null;
  readonly gone: readonly string[];
  /** Ids of the notes whose words have changed. */
  readonly texts: readonly string[];
  readonly numbers: { readonly notes: number; readonly unresolved: number; readonly links: number };
}

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
