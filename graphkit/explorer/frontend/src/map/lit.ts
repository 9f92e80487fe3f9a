/** What is lit on the map: the chosen concept and what is around it, a path, a set; all else is dimmed. */

import type { Shown } from "../app";
import type { Graph } from "../graph";
import { clear, type Look } from "../look";
import type { State } from "../state";
import { outlineText, type Land, type Shape } from "./land";
import { remembered } from "./tracing";
import { radius, seen, type View } from "./view";

const MOST_LINES = 2_500;
/** More links of a query's rows are drawn fainter. */
const FEW_LINES = 80;

/** Concepts that are lit, and the lines between them. */
export interface Lit {
  /** Hops from the chosen concept, or place on the path, by number. */
  readonly hops: ReadonlyMap<number, number>;
  /** Pairs of numbers, and how far from the middle they are. */
  readonly lines: readonly (readonly [number, number, number])[];
  readonly chosen: number | null;
  /** The chain of a path. */
  readonly chain: readonly number[];
  /** The area that one has entered; what lies outside it is dimmed. */
  readonly area: Shape | null;
  /** Areas that are shown upon the veil. */
  readonly areas: readonly Shape[];
  /** Pairs of numbers that are not linked and ought to be. */
  readonly dashed: readonly (readonly [number, number])[];
}

export const DARK: Lit = { hops: new Map(), lines: [], chosen: null, chain: [], area: null, areas: [], dashed: [] };

/** What a state lights: what one asked for also where its topic is hidden, but not what is around it there. */
export function litBy(state: State, shown: Shown, graph: Graph, land: Land): Lit {
  const numbers = (ids: readonly string[]): number[] =>
    ids.map((id) => graph.number(id)).filter((one): one is number => one !== undefined);
  const chosen = state.concept === null ? null : (graph.number(state.concept) ?? null);
  if (state.pane === "path" && shown.path.length) {
    const chain = numbers(shown.path);
    const lines = chain.slice(1).map((one, at) => [chain[at]!, one, 0] as const);
    return { ...DARK, hops: new Map(chain.map((one, at) => [one, at ? 1 : 0])), lines, chosen, chain };
  }
  if (state.pane === "cluster") {
    const area = land.shapes.find((shape) => shape.area.id === state.cluster) ?? null;
    if (area || !shown.around.length) return { ...DARK, chosen, area };
    const hops = new Map(numbers(shown.around).flatMap((one) => (land.keeps(one) ? [[one, 1]] : [])));
    return { ...DARK, hops, lines: linesAmong(graph, hops, 1, land), chosen };
  }
  if (state.pane === "changes" && shown.changed.length) {
    const hops = new Map(numbers(shown.changed).map((one) => [one, 1]));
    const lines = shown.newLinks.map((ends) => numbers(ends)).filter((ends) => ends.length === 2);
    for (const one of lines.flat()) if (!hops.has(one)) hops.set(one, 2);
    return { ...DARK, hops, lines: lines.map(([one, other]) => [one!, other!, 0] as const), chosen };
  }
  const pairs = (told: readonly (readonly [string, string])[]): (readonly [number, number])[] =>
    told.flatMap((ends) => {
      const [one, other] = numbers(ends);
      return one === undefined || other === undefined ? [] : [[one, other] as const];
    });
  if (state.pane === "bridges") {
    const areas = land.shapes.filter(({ area }) => area.id === state.cluster || area.id === state.other);
    const far = state.other === null ? 1 : 0; // Many lines are drawn faintly.
    const lines = pairs(shown.bridgeLinks).map(([one, other]) => [one, other, far] as const);
    const ends = new Map<number, number>(lines.flatMap(([one, other]) => [[one, 2] as const, [other, 2] as const]));
    for (const one of numbers(shown.bridges)) ends.set(one, 1);
    return { ...DARK, hops: ends, lines, chosen, areas };
  }
  if (state.pane === "gaps") {
    const two = state.cluster !== null && state.other !== null;
    const areas = two ? land.shapes.filter(({ area }) => area.id === state.cluster || area.id === state.other) : [];
    const dashed = pairs(shown.gaps);
    const hops = new Map(dashed.flat().map((one) => [one, 1]));
    if (!two && chosen !== null) hops.set(chosen, 0);
    return { ...DARK, hops, chosen, areas, dashed };
  }
  if (state.console && shown.rows.length) {
    const hops = new Map(numbers(shown.rows).map((one) => [one, 1]));
    const links = pairs(shown.rowLinks);
    const far = links.length > FEW_LINES ? 1 : 0;
    const lines = links.slice(0, MOST_LINES).map(([one, other]) => [one, other, far] as const);
    return { ...DARK, hops, lines: shown.rowLinks.length ? lines : linesAmong(graph, hops, 1, land), chosen };
  }
  if (chosen === null) return DARK;
  const hops = graph.around(chosen, state.depth, (one, other) => land.keeps(other) && land.joins(one, other));
  return { ...DARK, hops, lines: linesAmong(graph, hops, state.depth, land), chosen };
}

/** The links between lit concepts that lead outward, the nearest to the middle first. */
function linesAmong(
  graph: Graph,
  hops: ReadonlyMap<number, number>,
  depth: number,
  land: Land,
): [number, number, number][] {
  const lines: [number, number, number][] = [];
  for (const [one, far] of hops) {
    if (far >= depth && depth > 1) continue;
    if (far && depth > 1 && graph.isIndex(one)) continue;
    for (const other of graph.neighbours(one)) {
      const otherFar = hops.get(other);
      if (otherFar === undefined || otherFar < far || (otherFar === far && other < one)) continue;
      if (far === otherFar && far > 0 && depth > 1) continue;
      if (!land.joins(one, other)) continue;
      lines.push([one, other, far]);
      if (lines.length >= MOST_LINES) return lines;
    }
  }
  return lines;
}

/** Draws the veil over what is not lit, and what is lit upon it. */
export function drawLit(
  context: CanvasRenderingContext2D,
  view: View,
  look: Look,
  lit: Lit,
  pointed: ReadonlySet<number>,
  graph: Graph,
  land: Land,
): void {
  context.fillStyle = clear(look.paper, look.dark ? 0.74 : 0.78);
  if (lit.hops.size) {
    context.fillRect(0, 0, view.width, view.height);
    drawAreas(context, view, look, lit.areas, land);
    drawDashed(context, view, look, lit.dashed, graph);
    drawLines(context, view, look, lit, graph);
  } else if (lit.area) {
    const all = new Path2D();
    all.rect(0, 0, view.width, view.height);
    all.addPath(lit.area.outline, new DOMMatrix([view.scale, 0, 0, view.scale, view.left, view.top]));
    const { outline } = lit.area.area;
    remembered(all, () => `M0 0H${view.width}V${view.height}H0Z${outlineText(outline, view)}`);
    context.fill(all, "evenodd");
  }
  const [left, top, right, bottom] = seen(view, 0.05);
  const inView = (one: number): boolean =>
    graph.x[one]! > left && graph.x[one]! < right && graph.y[one]! > top && graph.y[one]! < bottom;
  const order = [...lit.hops].sort((one, other) => other[1] - one[1]);
  for (const [one, far] of order) {
    if (!inView(one)) continue;
    const strength = far === 0 ? 1 : far === 1 ? 1 : far === 2 ? 0.62 : 0.36;
    const colour = land.colour(graph.cluster[one]!, look, true);
    dot(context, view, graph, one, clear(colour, strength), graph.isNote(one) ? null : look.paper);
  }
  for (const one of lit.chain) if (inView(one)) ring(context, view, graph, one, look.mark, 2.5);
  for (const one of pointed) if (inView(one)) ring(context, view, graph, one, look.lit, 2.5);
  if (lit.chosen !== null && inView(lit.chosen)) {
    if (!lit.hops.size) {
      dot(context, view, graph, lit.chosen, land.colour(graph.cluster[lit.chosen]!, look, true), null);
    }
    ring(context, view, graph, lit.chosen, look.mark, 3);
  }
}

/** Draws rings around what has just come. */
export function drawFresh(
  context: CanvasRenderingContext2D,
  view: View,
  look: Look,
  fresh: ReadonlySet<number>,
  graph: Graph,
): void {
  context.setLineDash([3, 3]);
  for (const one of fresh) ring(context, view, graph, one, look.mark, 2);
  context.setLineDash([]);
}

/** Draws areas once more, upon the veil. */
function drawAreas(context: CanvasRenderingContext2D, view: View, look: Look, areas: readonly Shape[], land: Land): void {
  const ratio = devicePixelRatio || 1;
  context.save();
  context.setTransform(view.scale * ratio, 0, 0, view.scale * ratio, view.left * ratio, view.top * ratio);
  for (const shape of areas) {
    const colour = land.colour(shape.number, look, true);
    context.fillStyle = clear(colour, look.dark ? 0.13 : 0.09);
    context.fill(shape.outline, "evenodd");
    context.strokeStyle = clear(colour, 0.75);
    context.lineWidth = 1.6 / view.scale;
    context.stroke(shape.outline);
  }
  context.restore();
}

/** Draws links that are missing. */
function drawDashed(
  context: CanvasRenderingContext2D,
  view: View,
  look: Look,
  pairs: Lit["dashed"],
  graph: Graph,
): void {
  context.beginPath();
  for (const [one, other] of pairs) {
    context.moveTo(graph.x[one]! * view.scale + view.left, graph.y[one]! * view.scale + view.top);
    context.lineTo(graph.x[other]! * view.scale + view.left, graph.y[other]! * view.scale + view.top);
  }
  context.setLineDash([6, 5]);
  context.strokeStyle = clear(look.mark, 0.75);
  context.lineWidth = 1.6;
  context.stroke();
  context.setLineDash([]);
}

function drawLines(context: CanvasRenderingContext2D, view: View, look: Look, lit: Lit, graph: Graph): void {
  const chain = lit.chain.length > 0;
  for (const far of [2, 1, 0]) {
    context.beginPath();
    for (const [one, other, own] of lit.lines) {
      if (own !== far) continue;
      context.moveTo(graph.x[one]! * view.scale + view.left, graph.y[one]! * view.scale + view.top);
      context.lineTo(graph.x[other]! * view.scale + view.left, graph.y[other]! * view.scale + view.top);
    }
    const few = Math.min(1, 40 / Math.max(lit.lines.length, 1));
    context.strokeStyle = chain ? look.mark : clear(look.lit, far === 0 ? 0.3 + 0.3 * few : 0.11 + 0.1 * few);
    context.lineWidth = chain ? 2.5 : far === 0 ? 1.3 : 1;
    context.stroke();
  }
}

/** Radius of a concept on the screen. */
export function onScreen(graph: Graph, one: number, view: View, least = 3): number {
  return Math.max(least, radius(graph.degree[one]!) * view.scale);
}

function dot(
  context: CanvasRenderingContext2D,
  view: View,
  graph: Graph,
  one: number,
  colour: string,
  hole: string | null,
): void {
  const r = onScreen(graph, one, view);
  context.beginPath();
  context.arc(graph.x[one]! * view.scale + view.left, graph.y[one]! * view.scale + view.top, r, 0, 7);
  if (hole) {
    context.fillStyle = hole;
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = 1.6;
    context.stroke();
  } else {
    context.fillStyle = colour;
    context.fill();
  }
}

function ring(
  context: CanvasRenderingContext2D,
  view: View,
  graph: Graph,
  one: number,
  colour: string,
  wide: number,
): void {
  context.beginPath();
  const r = onScreen(graph, one, view) + 3;
  context.arc(graph.x[one]! * view.scale + view.left, graph.y[one]! * view.scale + view.top, r, 0, 7);
  context.strokeStyle = colour;
  context.lineWidth = wide;
  context.stroke();
}
