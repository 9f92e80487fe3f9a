/** The answer of `/api/map`, taken apart. */

import { lastPart, type Parts } from "./graph";
import type { Named } from "./wire";

const MAGIC = "GKM1";

interface Header {
  readonly revision: string | null;
  readonly concepts: number;
  readonly edges: number;
  readonly clusters?: readonly (readonly [id: string, name: string, parent: string | null])[];
  /** When it was so; only of an earlier map. */
  readonly time?: string;
  readonly sections: Readonly<Record<string, readonly [number, number]>>;
}

/**
 * What a map tells of.
 *
 * @param data what `/api/map` or `/api/earlier` answers with.
 * @throws Error where it is none.
 */
export function decoded(data: ArrayBuffer): Parts {
  const text = new TextDecoder();
  const long = new DataView(data).getUint32(4, true);
  if (text.decode(data.slice(0, 4)) !== MAGIC) throw new Error("This is no map.");
  const header = JSON.parse(text.decode(new Uint8Array(data, 8, long))) as Header;
  const start = 8 + long;
  const part = (name: string): [number, number] => {
    const [offset, bytes] = header.sections[name] ?? [0, 0];
    return [start + offset, bytes];
  };
  const words = (name: string): string[] => text.decode(new Uint8Array(data, ...part(name))).split("\0");
  const array = <T>(name: string, make: (at: number, bytes: number) => T): T => make(...part(name));
  const size = header.concepts;
  const ids = size ? words("ids") : [];
  const [first, near, member] = bothWays(
    array("counts", (at, bytes) => new Uint16Array(data, at, bytes / 2)),
    array("ends", (at, bytes) => new Int32Array(data, at, bytes / 4)),
    array("membership", (at, bytes) => new Uint8Array(data, at, bytes)),
  );
  return {
    revision: header.revision,
    clusters: (header.clusters ?? []).map(([id, name, parent]): Named => ({ id, name, parent })),
    time: header.time ?? null,
    size,
    edges: header.edges,
    ids,
    titles: size ? words("titles").map((title, number) => title || lastPart(ids[number] ?? "")) : [],
    x: array("x", (at, bytes) => new Float32Array(data, at, bytes / 4)),
    y: array("y", (at, bytes) => new Float32Array(data, at, bytes / 4)),
    cluster: array("cluster", (at, bytes) => new Uint16Array(data, at, bytes / 2)),
    flags: array("flags", (at, bytes) => new Uint8Array(data, at, bytes)),
    degree: array("degree", (at, bytes) => new Uint16Array(data, at, bytes / 2)),
    first,
    near,
    member,
  };
}

/** Neighbours in both directions, out of rows that hold the higher end of each edge, delta coded. */
function bothWays(
  counts: Uint16Array,
  ends: Int32Array,
  membership: Uint8Array,
): [Uint32Array, Uint32Array, Uint8Array] {
  const size = counts.length;
  const higher = new Uint32Array(ends.length);
  const first = new Uint32Array(size + 1);
  for (let row = 0, at = 0; row < size; row += 1) {
    const end = at + (counts[row] ?? 0);
    for (let value = row; at < end; at += 1) {
      value += ends[at] ?? 0;
      higher[at] = value;
      first[row + 1]! += 1;
      first[value + 1]! += 1;
    }
  }
  for (let row = 0; row < size; row += 1) first[row + 1]! += first[row]!;
  const near = new Uint32Array(2 * ends.length);
  const member = new Uint8Array(2 * ends.length);
  const next = first.slice();
  for (let row = 0, at = 0; row < size; row += 1) {
    const end = at + (counts[row] ?? 0);
    for (; at < end; at += 1) {
      const other = higher[at]!;
      for (const [one, far] of [[row, other], [other, row]] as const) {
        const place = next[one]!;
        near[place] = far;
        member[place] = membership[at] ?? 0;
        next[one] = place + 1;
      }
    }
  }
  return [first, near, member];
}
