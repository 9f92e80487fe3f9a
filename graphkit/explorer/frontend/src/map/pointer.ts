/** What the pointer is upon, and what is clicked: a concept, an area, what joins two of them. */

import type Sigma from "sigma";
import type { Graph } from "../graph";
import { same } from "../state";
import type { Eye } from "./eye";
import type { Grid } from "./grid";
import type { Land, Shape } from "./land";
import { onScreen, type Lit } from "./lit";

/** From this scale on a dot can be chosen. */
const CHOOSABLE = 0.085;

/** The numbers of two areas that are joined. */
export type JointPair = readonly [number, number];

/** What there is to be upon. */
interface Ground {
  readonly sigma: Sigma;
  readonly eye: Eye;
  readonly land: Land;
  readonly place: HTMLElement;
  /** The canvas of the areas. */
  readonly below: CanvasRenderingContext2D;
  /** What is there and lit now; null before the graph is there. */
  now(): { readonly graph: Graph; readonly grid: Grid; readonly lit: Lit } | null;
}

export class Pointer {
  private readonly ground: Ground;
  private over: number | null = null;
  private readonly chooseListeners: ((number: number | null, shape: Shape | null) => void)[] = [];
  private readonly jointListeners: ((one: string, other: string) => void)[] = [];
  private readonly jointHoverListeners: ((joint: JointPair | null, x: number, y: number) => void)[] = [];
  private readonly hoverListeners: ((number: number | null, x: number, y: number) => void)[] = [];

  constructor(ground: Ground) {
    this.ground = ground;
    const { sigma, place } = ground;
    sigma.on("clickStage", ({ event }) => this.clicked(event.x, event.y));
    sigma.on("clickNode", ({ event }) => this.clicked(event.x, event.y));
    sigma.getMouseCaptor().on("mousemove", ({ x, y, original }) => {
      if (original instanceof MouseEvent && original.buttons) return;
      this.moved(x, y);
    });
    place.addEventListener("pointerleave", () => this.moved(-1e6, -1e6));
  }

  /** Calls back when a concept, or else an area, or neither, is clicked. */
  onChoose(listener: (number: number | null, shape: Shape | null) => void): void {
    this.chooseListeners.push(listener);
  }

  /** Calls back when what joins two areas is clicked, with their ids. */
  onJoint(listener: (one: string, other: string) => void): void {
    this.jointListeners.push(listener);
  }

  /** Calls back when the pointer comes upon what joins two areas, told by their numbers, or leaves it. */
  onJointHover(listener: (joint: JointPair | null, x: number, y: number) => void): void {
    this.jointHoverListeners.push(listener);
  }

  /** Calls back when the pointer comes upon a concept, or leaves it. */
  onHover(listener: (number: number | null, x: number, y: number) => void): void {
    this.hoverListeners.push(listener);
  }

  private moved(x: number, y: number): void {
    const found = this.conceptAt(x, y);
    if (found !== null || this.over !== null) {
      this.over = found;
      for (const listener of this.hoverListeners) listener(found, x, y);
    }
    const joint = found === null ? this.jointAt(x, y) : null;
    this.pointAtJoint(joint, x, y);
    this.ground.place.style.cursor = found === null && !joint ? "" : "pointer";
  }

  private clicked(x: number, y: number): void {
    const { land, below } = this.ground;
    const found = this.conceptAt(x, y);
    const shape = found === null ? land.at(...this.onMap(x, y), below) : null;
    const joint = found === null && !shape ? this.jointAt(x, y) : null;
    if (joint) {
      this.pointAtJoint(null, x, y);
      const [one, other] = joint.map((number) => land.shapes[number]!.area.id);
      for (const listener of this.jointListeners) listener(one!, other!);
      return;
    }
    for (const listener of this.chooseListeners) listener(found, shape);
  }

  private pointAtJoint(joint: JointPair | null, x: number, y: number): void {
    const { land, sigma } = this.ground;
    if (same(joint, land.joints.pointed)) return;
    land.joints.pointed = joint;
    for (const listener of this.jointHoverListeners) listener(joint, x, y);
    sigma.scheduleRender();
  }

  /** A point of the screen in the map's own pixels. */
  private onMap(x: number, y: number): [number, number] {
    const { left, top, scale } = this.ground.eye.view();
    return [(x - left) / scale, (y - top) / scale];
  }

  /** What joins two areas at a point of the screen, where nothing lies upon it and nothing is lit. */
  private jointAt(x: number, y: number): JointPair | null {
    const { land, below, eye } = this.ground;
    const lit = this.ground.now()?.lit;
    if (lit?.hops.size || lit?.area) return null;
    const at = this.onMap(x, y);
    return land.at(...at, below) ? null : land.joints.at(...at, eye.view());
  }

  /** The concept under a point of the screen. */
  private conceptAt(x: number, y: number): number | null {
    const { eye, land } = this.ground;
    const now = this.ground.now();
    if (!now) return null;
    const { graph, grid, lit } = now;
    const view = eye.view();
    const reach = Math.max(34 * view.scale, 4) + 7;
    return grid.nearest(...this.onMap(x, y), reach / view.scale, (one) => {
      const far = view.scale < CHOOSABLE && !land.sparse;
      if (!lit.hops.has(one) && (far || !land.keeps(one))) return false;
      const aside = graph.x[one]! * view.scale + view.left - x;
      const down = graph.y[one]! * view.scale + view.top - y;
      return Math.hypot(aside, down) <= onScreen(graph, one, view) + 6;
    });
  }
}
