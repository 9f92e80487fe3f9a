/** The areas of clusters, and from afar their concepts as dots: what lies below all else on the map. */

import type { Sifted } from "../filter/sifted";
import type { Graph } from "../graph";
import { between, clear, type Look } from "../look";
import type { Area, Areas } from "../wire";
import type { Grid } from "./grid";
import { Joints } from "./joints";
import { remembered } from "./tracing";
import { NEAR, radius, seen, type Box, type View } from "./view";

const GREY = ["#7d858d", "#8f98a1"] as const;
/** Pixels of a stamp for each of the screen's. */
const STAMPED = 2;
/** So few dots are drawn larger from afar. */
const SPARSE = 1_500;
const MOST_STAMPS = 600;

/** One cluster's area, ready to be drawn. */
export interface Shape {
  readonly area: Area;
  readonly number: number;
  readonly outline: Path2D;
  readonly box: Box;
  /** The number of the upper cluster that it lies in, its own if it is one. */
  readonly upper: number;
  /** Whether it is split into others. */
  readonly split: boolean;
}

export class Land {
  shapes: readonly Shape[] = [];
  readonly joints: Joints;
  private readonly areas: Areas;
  private shown: readonly boolean[] = [];
  private hidden: readonly string[] = [];
  private sifted: Sifted | null = null;
  private readonly stamps = new Map<string, HTMLCanvasElement>();

  constructor(areas: Areas) {
    this.areas = areas;
    this.joints = new Joints(areas, this);
    this.rebuild();
  }

  /** Takes the areas as they are now. */
  rebuild(): void {
    const { areas } = this;
    const numbers = new Map(areas.clusters.map((area, number) => [area.id, number]));
    const parents = new Set(areas.clusters.map((area) => area.parent));
    this.shapes = areas.clusters.map((area, number) => ({
      area,
      number,
      outline: pathOf(area.outline),
      box: boxOf(area.outline),
      upper: area.parent === null ? number : (numbers.get(area.parent) ?? number),
      split: parents.has(area.id),
    }));
    this.shown = this.shapes.map(() => true);
  }

  /** Leaves out some clusters, and the parts of those. */
  hide(ids: readonly string[]): void {
    this.hidden = ids;
    this.choose();
  }

  /** Leaves out what filters leave out, and the clusters of which no note is left while others' are. */
  sift(sifted: Sifted | null): void {
    this.sifted = sifted;
    this.joints.sift(sifted?.filtered ? sifted.joints() : null);
    this.choose();
  }

  private choose(): void {
    const hidden = new Set(this.hidden);
    const { sifted } = this;
    const without = sifted?.filtered && sifted.notes.some((left) => left > 0);
    this.shown = this.shapes.map(
      ({ area, number }) =>
        !hidden.has(area.id) &&
        !(area.parent !== null && hidden.has(area.parent)) &&
        !(without && !sifted?.notes[number]),
    );
  }

  /** Whether a cluster is shown. */
  shows(cluster: number): boolean {
    return this.shown[cluster] ?? true;
  }

  /** Whether filters leave so little that it can be seen and chosen from afar. */
  get sparse(): boolean {
    return this.sifted?.filtered === true && this.sifted.size <= SPARSE;
  }

  /** Whether a concept is shown. */
  keeps(one: number): boolean {
    return this.sifted === null || this.sifted.keeps(one);
  }

  /** Whether a link between two concepts that are shown is shown, too. */
  joins(one: number, other: number): boolean {
    return this.sifted === null || this.sifted.joins(one, other);
  }

  /** Whether what lies in a cluster lies in an area. */
  holds(area: Shape, cluster: number): boolean {
    return cluster === area.number || this.shapes[cluster]?.upper === area.number;
  }

  /** The hue of a cluster; near by, the parts of a cluster have their own. */
  colour(cluster: number, look: Look, near: boolean): string {
    const shape = this.shapes[cluster];
    const area = shape && (near ? shape.area : this.shapes[shape.upper]?.area);
    return (this.areas.hues[area?.hue ?? -1] ?? GREY)[look.dark ? 1 : 0];
  }

  /** The smallest cluster whose area holds a point of the map. */
  at(x: number, y: number, context: CanvasRenderingContext2D): Shape | null {
    let best: Shape | null = null;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const shape of this.shapes) {
      const [left, top, right, bottom] = shape.box;
      if (x < left || x > right || y < top || y > bottom || !this.shown[shape.number]) continue;
      if (!context.isPointInPath(shape.outline, x, y, "evenodd")) continue;
      if (!best || best.area.size >= shape.area.size) best = shape;
    }
    context.restore();
    return best;
  }

  /** Draws the areas, and as long as they are far, what joins them. */
  draw(context: CanvasRenderingContext2D, view: View, look: Look, far: number): void {
    const near = nearness(view.scale, far);
    const ratio = devicePixelRatio || 1;
    const box = seen(view);
    context.save();
    context.setTransform(view.scale * ratio, 0, 0, view.scale * ratio, view.left * ratio, view.top * ratio);
    context.lineJoin = "round";
    this.joints.draw(context, view, look, 1 - near);
    for (const shape of this.shapes) {
      if (!this.shown[shape.number] || apart(shape.box, box)) continue;
      const upper = shape.area.parent === null;
      const strength = upper ? (shape.split ? 1 - near : 1) : near;
      const hue = this.colour(shape.number, look, true);
      if (upper) {
        context.fillStyle = look.paper;
        context.fill(shape.outline, "evenodd");
      }
      if (strength > 0.02) {
        context.fillStyle = clear(hue, (look.dark ? 0.17 : 0.11) * strength);
        context.fill(shape.outline, "evenodd");
      }
      context.strokeStyle = clear(hue, upper ? 0.5 : 0.3 * Math.max(near, 0.25));
      context.lineWidth = (upper ? 1.4 : 0.9) / view.scale;
      context.stroke(shape.outline);
    }
    context.restore();
  }

  /** A dot as a small picture: stamping thousands is many times faster than drawing each. */
  private stamp(colour: string, r: number): HTMLCanvasElement {
    const size = Math.ceil(r * 4) / 4;
    const key = `${colour} ${size}`;
    const known = this.stamps.get(key);
    if (known) return known;
    const made = document.createElement("canvas");
    made.width = made.height = Math.ceil((2 * size + 2) * STAMPED);
    [made.dataset["colour"], made.dataset["radius"]] = [colour, String(size)];
    const context = made.getContext("2d", { willReadFrequently: true });
    if (context) {
      context.fillStyle = colour;
      context.beginPath();
      context.arc(made.width / 2, made.width / 2, size * STAMPED, 0, 7);
      context.fill();
    }
    if (this.stamps.size > MOST_STAMPS) this.stamps.clear();
    this.stamps.set(key, made);
    return made;
  }

  /** Draws concepts as dots, which is all that can be seen of them from afar. */
  drawDots(context: CanvasRenderingContext2D, view: View, look: Look, far: number, graph: Graph, grid: Grid): number {
    if (view.scale >= NEAR) return 0;
    const near = nearness(view.scale, far) > 0.5;
    const byColour = new Map<string, number[]>();
    const colours = this.shapes.map((shape) => between(look.paper, this.colour(shape.number, look, near), 0.72));
    const none = between(look.paper, GREY[look.dark ? 1 : 0], 0.6);
    const { sparse } = this;
    const least = sparse ? 2.6 : 0.7;
    let drawn = 0;
    grid.each(seen(view, 0.01), (one) => {
      if (!this.keeps(one) || (view.scale < 0.05 && !sparse && !graph.isNote(one))) return;
      const colour = colours[graph.cluster[one]!] ?? none;
      let dots = byColour.get(colour);
      if (!dots) byColour.set(colour, (dots = []));
      dots.push(one);
      drawn += 1;
    });
    for (const [colour, dots] of byColour) {
      context.fillStyle = colour;
      for (const one of dots) {
        const x = graph.x[one]! * view.scale + view.left;
        const y = graph.y[one]! * view.scale + view.top;
        const r = Math.max(least, radius(graph.degree[one]!) * view.scale * 0.8);
        if (r < 1.3) {
          context.fillRect(x - r, y - r, 2 * r, 2 * r);
        } else {
          const stamp = this.stamp(colour, r);
          const half = stamp.width / (2 * STAMPED);
          context.drawImage(stamp, x - half, y - half, 2 * half, 2 * half);
        }
      }
    }
    return drawn;
  }
}

/** How far one has come from all of the map (0) to where parts of clusters stand for themselves (1). */
export function nearness(scale: number, far: number): number {
  const part = Math.min(Math.max((Math.log(scale) - Math.log(far * 1.3)) / Math.log(2.2), 0), 1);
  return part * part * (3 - 2 * part);
}

export function pathOf(outline: Area["outline"]): Path2D {
  const text = outlineText(outline);
  return remembered(new Path2D(text), () => text);
}

/** Coasts as a path of SVG, on the map or, with a view, on the screen. */
export function outlineText(outline: Area["outline"], view?: View): string {
  const [scale, left, top] = view ? [view.scale, view.left, view.top] : [1, 0, 0];
  const told: string[] = [];
  for (const polygon of outline) {
    const corners = polygon.length / 2;
    const x = (at: number): number => polygon[2 * (at % corners)]! * scale + left;
    const y = (at: number): number => polygon[2 * (at % corners) + 1]! * scale + top;
    if (corners < 3) continue;
    told.push(`M${(x(0) + x(1)) / 2} ${(y(0) + y(1)) / 2}`);
    for (let at = 1; at <= corners; at += 1) {
      told.push(`Q${x(at)} ${y(at)} ${(x(at) + x(at + 1)) / 2} ${(y(at) + y(at + 1)) / 2}`);
    }
    told.push("Z");
  }
  return told.join("");
}

export function boxOf(outline: Area["outline"]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of outline) {
    for (let at = 0; at + 1 < polygon.length; at += 2) {
      left = Math.min(left, polygon[at]!);
      right = Math.max(right, polygon[at]!);
      top = Math.min(top, polygon[at + 1]!);
      bottom = Math.max(bottom, polygon[at + 1]!);
    }
  }
  return [left, top, right, bottom];
}

export function apart(one: Box, other: Box): boolean {
  return one[0] > other[2] || one[2] < other[0] || one[1] > other[3] || one[3] < other[1];
}
