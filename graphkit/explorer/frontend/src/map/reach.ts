/** Where things of the map lie, to go to them. */

import type { Graph } from "../graph";
import type { Shape } from "./land";
import { CLOSE, type Box } from "./view";

/** The box around some concepts; null around none. */
export function boxOf(graph: Graph, numbers: readonly number[]): Box | null {
  return around(numbers.map((one) => [graph.x[one]!, graph.y[one]!, graph.x[one]!, graph.y[one]!]));
}

/** The box around the areas with some ids; null where none is drawn. */
export function boxOfAreas(shapes: readonly Shape[], ids: readonly string[]): Box | null {
  return around(shapes.filter(({ area }) => ids.includes(area.id) && area.outline.length).map(({ box }) => box));
}

function around(boxes: readonly Box[]): Box | null {
  if (!boxes.length) return null;
  const side = (at: 0 | 1 | 2 | 3): number[] => boxes.map((box) => box[at]);
  return [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))];
}

/** The scale at which half of a concept's neighbours are in view beside it, but names still are. */
export function scaleAround(graph: Graph, number: number, screen: { width: number; height: number }): number {
  const far = [...graph.neighbours(number)]
    .map((one) => Math.max(Math.abs(graph.x[one]! - graph.x[number]!), Math.abs(graph.y[one]! - graph.y[number]!)))
    .sort((one, other) => one - other);
  const half = far[Math.ceil(far.length / 2) - 1];
  if (half === undefined) return 1.2;
  return Math.max((Math.min(screen.width, screen.height) * 0.46) / Math.max(half, 1), CLOSE * 1.05);
}

/** Which of some concepts lies most in a direction from another one; null where none does. */
export function towards(graph: Graph, from: number, among: readonly number[], x: number, y: number): number | null {
  let [best, least] = [null as number | null, Infinity];
  for (const one of among) {
    const [aside, down] = [graph.x[one]! - graph.x[from]!, graph.y[one]! - graph.y[from]!];
    const along = aside * x + down * y;
    const off = Math.abs(aside * y - down * x);
    if (along <= 0 || off > along * 1.2) continue;
    const cost = along + 2 * off;
    if (cost < least) [best, least] = [one, cost];
  }
  return best;
}
