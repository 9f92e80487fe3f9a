/** What the server answers: the forms of `docs/answers.md` and `docs/explorer-api.md`. */

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
