/** Which names the map wants to show: of areas from afar, of parts nearer, of concepts close by. */

import type { Graph } from "../graph";
import { between, type Look } from "../look";
import type { Grid } from "./grid";
import type { Land, Shape } from "./land";
import { onScreen, type Lit } from "./lit";
import type { KeptAreas } from "./kept";
import { brief, placed, type Placed, type Wanted } from "./labels";
import { CLOSE, NEAR, seen, type Box, type View } from "./view";

/** Where the buttons to go nearer stand, in pixels from below and from the left; on how high a map they do. */
export const BUTTONS = { wide: 52, high: 132, least: 160 };
const MOST_TRIED = 360;
const MOST_LIT = 220;

/** What there is to be named. */
interface Ground {
  readonly graph: Graph | null;
  readonly grid: Grid | null;
  readonly land: Land;
  readonly kept: KeptAreas;
  readonly lit: Lit;
  readonly pointed: ReadonlySet<number>;
}

/** The names that are shown, each where it stands: of what is lit, else of all that is in view. */
export function allNames(view: View, look: Look, ground: Ground): Placed[] {
  const { graph, grid, land, kept, lit, pointed } = ground;
  const frame: Box = [4, 4, view.width - 4, view.height - 4];
  const wanted = graph ? litNames(view, look, lit, pointed, graph) : [];
  const buttons: Box[] = view.height > BUTTONS.least ? [[0, view.height - BUTTONS.high, BUTTONS.wide, view.height]] : [];
  if (graph && lit.hops.size) {
    const names = [...litAreaNames(view, look, land, lit.areas), ...wanted];
    return placed(names, frame, dotsOf(lit.hops.keys(), view, graph), buttons);
  }
  const areas = [...areaNames(view, look, land, lit.area), ...kept.names(view, look)];
  if (!graph || !grid) return placed(areas, frame, [], buttons);
  const { names, dots } = conceptNames(view, look, graph, grid, land, lit.area);
  return placed([...wanted, ...areas, ...names], frame, dots, buttons);
}

/** The boxes that dots fill on the screen, which names should rather not cover. */
function dotsOf(numbers: Iterable<number>, view: View, graph: Graph): Box[] {
  return Array.from(numbers, (one) => {
    const { x, y, radius } = named(graph, one, view);
    return [x - radius, y - radius, x + radius, y + radius];
  });
}

/** The names of what is lit: first the one chosen, then the ends of a path and what lies between. */
function litNames(
  view: View,
  look: Look,
  lit: Lit,
  pointed: ReadonlySet<number>,
  graph: Graph,
): Wanted[] {
  const box = seen(view);
  const asked = new Set<number>([...pointed, ...(lit.chosen === null ? [] : [lit.chosen])]);
  const first = new Set<number>([...asked, ...lit.chain.slice(0, 1), ...lit.chain.slice(-1), ...lit.chain]);
  const rest = [...lit.hops.keys()].filter((one) => !first.has(one) && inside(graph, one, box));
  rest.sort(
    (one, other) =>
      lit.hops.get(one)! - lit.hops.get(other)! || graph.degree[other]! - graph.degree[one]! || one - other,
  );
  return [...first, ...rest.slice(0, MOST_LIT)]
    .filter((one) => inside(graph, one, box))
    .map((one) => ({
      ...named(graph, one, view),
      covers: 1,
      size: first.has(one) ? 14 : 12.5,
      weight: first.has(one) ? 650 : 450,
      colour: (lit.hops.get(one) ?? 0) > 1 ? look.soft : look.ink,
      must: first.has(one) && first.size < 30,
      upon: asked.has(one),
    }));
}

/** The names of areas that are large enough to be told apart; fainter outside an area that is entered. */
function areaNames(view: View, look: Look, land: Land, entered: Shape | null): Wanted[] {
  const found: Wanted[] = [];
  const shown = (shape: Shape): boolean => land.shows(shape.number);
  for (const shape of land.shapes) {
    if (!shown(shape)) continue;
    const { area, box } = shape;
    const wide = (box[2] - box[0]) * view.scale;
    const upper = area.parent === null;
    const parent = land.shapes[shape.upper];
    const parentWide = parent ? (parent.box[2] - parent.box[0]) * view.scale : wide;
    const parts = entered !== null && entered.number === shape.upper ? shape.split || !upper : parentWide > 620;
    if ((upper ? shape.split && parts : !parts) || wide < (upper ? 34 : 70)) continue;
    const near = view.scale > CLOSE * 0.8;
    const at = near ? [area.room[0], area.room[1]] : upper || view.scale < NEAR ? area.at : [area.room[0], area.room[1]];
    const size = upper ? Math.min(19, Math.max(11.5, 9 + wide / 44)) : Math.min(16, Math.max(11.5, 9 + wide / 60));
    const own = land.colour(shape.number, look, !upper || !shape.split);
    const colour = between(look.dark ? "#ffffff" : "#14181c", own, 0.62);
    const quiet = entered !== null && shape !== entered && shape.area.parent !== entered.area.id;
    found.push({
      text: brief(area.name, Math.max(14, Math.min(44, (1.9 * wide) / size))),
      size: Math.round(size * 2) / 2,
      weight: upper ? 680 : 620,
      colour: quiet ? between(look.paper, colour, 0.5) : colour,
      letters: Math.max(12, Math.min(22, Math.round((1.15 * wide) / size))),
      x: at[0]! * view.scale + view.left,
      y: at[1]! * view.scale + view.top,
      radius: 0,
      id: area.id,
      spaced: true,
    });
  }
  return found;
}

/** The names of areas that are shown upon the veil, each above its area. */
function litAreaNames(view: View, look: Look, land: Land, shapes: readonly Shape[]): Wanted[] {
  return shapes.map(({ area, number, box }) => ({
    text: brief(area.name, 30),
    size: 14,
    weight: 680,
    colour: between(look.dark ? "#ffffff" : "#14181c", land.colour(number, look, true), 0.62),
    letters: 18,
    x: ((box[0] + box[2]) / 2) * view.scale + view.left,
    y: box[1] * view.scale + view.top - 12,
    radius: 0,
    id: area.id,
    must: true,
    spaced: true,
  }));
}

/**
 * The names of concepts near by, the best-linked first: a few from farther off, all that fit close
 * by; of an area that is entered, only those in it.
 */
function conceptNames(
  view: View,
  look: Look,
  graph: Graph,
  grid: Grid,
  land: Land,
  entered: Shape | null,
): { names: Wanted[]; dots: Box[] } {
  if (view.scale < NEAR) return { names: [], dots: [] };
  const numbers: number[] = [];
  grid.each(seen(view), (one) => {
    if (land.keeps(one)) numbers.push(one);
  });
  numbers.sort((one, other) => graph.degree[other]! - graph.degree[one]! || one - other);
  const dots = dotsOf(numbers, view, graph);
  const names: Wanted[] = [];
  const squares = new Set<number>();
  const told = entered ? numbers.filter((one) => land.holds(entered, graph.cluster[one]!)) : numbers;
  for (const one of told.slice(0, MOST_TRIED)) {
    const name = named(graph, one, view);
    if (view.scale < CLOSE) {
      const square = Math.floor(name.x / 170) * 1000 + Math.floor(name.y / 96);
      if (squares.has(square)) continue;
      squares.add(square);
    }
    const covers = view.scale < CLOSE ? 1 : 0;
    names.push({ ...name, covers, size: 12, weight: 450, colour: graph.isNote(one) ? look.ink : look.soft });
  }
  return { names, dots };
}

function named(graph: Graph, one: number, view: View): Omit<Wanted, "size" | "weight" | "colour"> {
  return {
    text: graph.title(one),
    letters: 18,
    x: graph.x[one]! * view.scale + view.left,
    y: graph.y[one]! * view.scale + view.top,
    radius: onScreen(graph, one, view),
    id: graph.id(one),
  };
}

function inside(graph: Graph, one: number, box: Box): boolean {
  return graph.x[one]! >= box[0] && graph.x[one]! <= box[2] && graph.y[one]! >= box[1] && graph.y[one]! <= box[3];
}
