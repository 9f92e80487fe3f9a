/** What tests and benchmarks read of the map, which is a picture. */

import type { Graph } from "../graph";
import type { KeptAreas } from "./kept";
import type { Placed } from "./labels";
import type { Land } from "./land";
import type { Lit } from "./lit";
import type { Nearby } from "./nearby";
import type { View } from "./view";

/** What is drawn and lit, for tests and benchmarks. */
export interface Told {
  readonly notes: number;
  readonly links: number;
  readonly dots: number;
  readonly names: readonly string[];
  readonly lit: readonly string[];
  /** Pairs of concepts between which lines are lit, and between which a link is missing. */
  readonly lines: readonly (readonly string[])[];
  readonly dashed: readonly (readonly string[])[];
  /** The areas whose joint is under the pointer. */
  readonly joint: readonly string[];
  /** The areas around words. */
  readonly kept: readonly string[];
  readonly view: View;
  readonly frames: number;
}

/** What a map has drawn last. */
interface Drawn {
  readonly graph: Graph | null;
  readonly land: Land;
  readonly kept: KeptAreas;
  readonly lit: Lit;
  readonly names: readonly Placed[];
  readonly dots: number;
  readonly frames: number;
}

export function tell(drawn: Drawn, view: View, nearby: Nearby | null): Told {
  const { graph, land, kept, lit, names, dots, frames } = drawn;
  const ids = (pair: readonly number[]): string[] => pair.map((one) => graph?.id(one) ?? "");
  return {
    notes: dots || (nearby?.nodes ?? 0),
    links: nearby?.edges ?? 0,
    dots,
    names: names.map((name) => name.text),
    lit: graph ? [...lit.hops.keys()].map((one) => graph.id(one)) : [],
    lines: lit.lines.map(([one, other]) => ids([one, other])),
    dashed: lit.dashed.map(ids),
    joint: (land.joints.pointed ?? []).map((one) => land.shapes[one]?.area.id ?? ""),
    kept: kept.shown.map(({ area }) => area.name),
    view,
    frames,
  };
}

/** Where all concepts stand on the screen, in whole pixels, by their ids. */
export function placesOf(graph: Graph, view: View): Record<string, [number, number]> {
  const at = (one: number): [number, number] => [
    Math.round(graph.x[one]! * view.scale + view.left),
    Math.round(graph.y[one]! * view.scale + view.top),
  ];
  return Object.fromEntries(graph.ids.map((id, one) => [id, at(one)]));
}
