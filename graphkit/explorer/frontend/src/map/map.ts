/** The map: sigma's camera and its drawing of what is near, areas below it, what is lit above it. */

import { UndirectedGraph } from "graphology";
import Sigma from "sigma";
import type { MapHandle, Shown } from "../app";
import type { Sifted } from "../filter/sifted";
import type { Graph } from "../graph";
import { look, onLook, type Look } from "../look";
import type { Areas, AroundArea } from "../server";
import { same, type Camera, type State, type Store } from "../state";
import { fit, flattened, layer } from "./canvas";
import { areaNames, conceptNames, dotsOf, litAreaNames, litNames } from "./captions";
import { animated, Eye } from "./eye";
import { Grid } from "./grid";
import { KeptAreas } from "./kept";
import { Land, type Shape } from "./land";
import { DARK, drawFresh, drawLit, litBy, onScreen, type Lit } from "./lit";
import { drawNames, placed, type Placed, type Wanted } from "./labels";
import { yieldToHands } from "./hands";
import { Nearby } from "./nearby";
import type { Scene } from "./scene";
import { CLOSE, READING, seen, type Box, type View } from "./view";

const NOTHING_SHOWN: Shown = {
  path: [],
  around: [],
  bridges: [],
  bridgeLinks: [],
  gaps: [],
  rows: [],
  rowLinks: [],
  changed: [],
  newLinks: [],
  fresh: [],
};
const REST = 160;
/** From this scale on a dot can be chosen. */
const CHOOSABLE = 0.085;
/** Where the buttons to go nearer stand, in pixels from below and from the left; on how high a map they do. */
const BUTTONS = { wide: 52, high: 132, least: 160 };

/** What is drawn and lit, for tests and benchmarks. */
interface Told {
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

export class GraphMap implements MapHandle {
  readonly land: Land;
  private readonly kept = new KeptAreas();
  private readonly place: HTMLElement;
  private readonly state: Store;
  private readonly sigma: Sigma;
  private readonly below: CanvasRenderingContext2D;
  private readonly above: CanvasRenderingContext2D;
  private readonly eye: Eye;
  private graph: Graph | null = null;
  private grid: Grid | null = null;
  private nearby: Nearby | null = null;
  private look: Look = look();
  private lit: Lit = DARK;
  private shown: Shown = NOTHING_SHOWN;
  private pointed: ReadonlySet<number> = new Set();
  private pointedIds: readonly string[] = [];
  private resting = 0;
  private waiting: string | null = null;
  private readonly restListeners: (() => void)[] = [];
  private readonly moveListeners: (() => void)[] = [];
  private readonly chooseListeners: ((number: number | null, shape: Shape | null) => void)[] = [];
  private readonly jointListeners: ((one: string, other: string) => void)[] = [];
  private readonly jointHoverListeners: ((joint: readonly [number, number] | null, x: number, y: number) => void)[] = [];
  private readonly hoverListeners: ((number: number | null, x: number, y: number) => void)[] = [];
  names: Placed[] = [];
  dots = 0;
  frames = 0;

  /** @throws Error where there is no WebGL. */
  constructor(place: HTMLElement, areas: Areas, state: Store) {
    this.place = place;
    this.state = state;
    this.land = new Land(areas);
    this.land.hide(state.get().hidden);
    this.kept.hide(state.get().unshown);
    this.sigma = new Sigma(new UndirectedGraph(), place, {
      renderLabels: false,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      minEdgeThickness: 1.5, // Thinner ones are drawn with gaps.
      stagePadding: 0,
      enableCameraRotation: false,
      zoomDuration: animated(),
      inertiaDuration: animated(),
      doubleClickZoomingDuration: animated(),
      defaultDrawNodeHover: () => undefined,
      allowInvalidContainer: true,
    });
    this.eye = new Eye(this.sigma, areas);
    this.below = layer(this.sigma, "land", { beforeLayer: "edges" });
    this.above = layer(this.sigma, "lit", { beforeLayer: "mouse" });
    this.sigma.on("afterRender", () => this.draw());
    this.sigma.getCamera().on("updated", () => this.moved());
    this.listen();
    onLook(() => {
      this.look = look();
      this.nearby?.forget();
      this.sigma.scheduleRender();
    });
    state.subscribe((now, before) => this.changed(now, before));
    this.eye.set(state.get().camera);
    this.sigma.refresh();
  }

  /** Gives the map its concepts and links; once more when they or the areas have changed. */
  take(graph: Graph): void {
    if (this.graph) {
      this.land.rebuild();
      this.land.hide(this.state.get().hidden);
      this.eye.rebuild();
    }
    this.graph = graph;
    this.grid = new Grid(graph);
    this.nearby = new Nearby(this.sigma, graph, this.grid, this.land);
    this.pointed = this.numbers(this.pointedIds);
    this.relight();
    if (this.waiting !== null) this.flyTo(this.waiting);
    this.waiting = null;
    this.sigma.scheduleRender();
  }

  /** Gives the map what is kept around words. */
  takeAround(areas: readonly AroundArea[]): void {
    this.kept.take(areas);
    this.sigma.scheduleRender();
  }

  /** Tells the map what is left to be shown. */
  sift(sifted: Sifted | null): void {
    this.land.sift(sifted);
    this.nearby?.forget();
    this.relight();
    this.sigma.scheduleRender();
    this.rests();
  }

  /** Tells the map what chain or set to light. */
  show(shown: Partial<Shown>): void {
    this.shown = { ...this.shown, ...shown };
    this.relight();
    this.sigma.scheduleRender();
  }

  flyTo(id: string): void {
    const number = this.graph?.number(id);
    if (!this.graph || number === undefined) {
      this.waiting = id;
      return;
    }
    const { graph } = this;
    const now = this.eye.camera().scale;
    this.eye.flyTo(() => {
      const scale = Math.min(Math.max(now, READING), 1.2, this.scaleAround(graph, number));
      return { x: graph.x[number]!, y: graph.y[number]!, scale };
    });
  }

  /** The scale at which half of a concept's neighbours are in view beside it, but names still are. */
  private scaleAround(graph: Graph, number: number): number {
    const far = [...graph.neighbours(number)]
      .map((one) => Math.max(Math.abs(graph.x[one]! - graph.x[number]!), Math.abs(graph.y[one]! - graph.y[number]!)))
      .sort((one, other) => one - other);
    const { width, height } = this.sigma.getDimensions();
    const half = far[Math.ceil(far.length / 2) - 1];
    return half === undefined ? 1.2 : Math.max((Math.min(width, height) * 0.46) / Math.max(half, 1), CLOSE * 1.05);
  }

  flyToAll(ids: readonly string[]): void {
    const { graph } = this;
    if (!graph) return;
    const numbers = ids.map((id) => graph.number(id)).filter((one): one is number => one !== undefined);
    if (!numbers.length) return;
    const xs = numbers.map((one) => graph.x[one]!);
    const ys = numbers.map((one) => graph.y[one]!);
    this.eye.flyToBox([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], 140);
  }

  flyToCluster(...ids: string[]): void {
    const boxes = this.land.shapes
      .filter(({ area }) => ids.includes(area.id) && area.outline.length)
      .map(({ box }) => box);
    if (!boxes.length) return;
    const side = (at: 0 | 1 | 2 | 3): number[] => boxes.map((box) => box[at]);
    this.eye.flyToBox([Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))], 30);
  }

  flyHome(): void {
    this.eye.fly(null);
  }

  zoomBy(factor: number): void {
    const { x, y, scale } = this.eye.camera();
    this.eye.fly({ x, y, scale: scale * factor });
  }

  /** Moves aside, by shares of what is in view. */
  panBy(right: number, down: number): void {
    const { x, y, scale } = this.eye.camera();
    const { width, height } = this.sigma.getDimensions();
    this.eye.fly({ x: x + (right * width) / scale, y: y + (down * height) / scale, scale });
  }

  inView(limit: number): string[] {
    const { graph, grid } = this;
    if (!graph || !grid) return [];
    const found: number[] = [];
    grid.each(seen(this.eye.view()), (one) => {
      if (this.land.keeps(one)) found.push(one);
    });
    found.sort((one, other) => graph.degree[other]! - graph.degree[one]! || one - other);
    return found.slice(0, limit).map((one) => graph.id(one));
  }

  point(ids: readonly string[]): void {
    if (same(this.pointedIds, ids)) return;
    this.pointedIds = ids;
    this.pointed = this.numbers(ids);
    this.sigma.scheduleRender();
  }

  private numbers(ids: readonly string[]): ReadonlySet<number> {
    return new Set(ids.map((id) => this.graph?.number(id)).filter((one): one is number => one !== undefined));
  }

  onRest(listener: () => void): void {
    this.restListeners.push(listener);
  }

  /** Calls back when what is in view begins to change, and as long as it does. */
  onMove(listener: () => void): void {
    this.moveListeners.push(listener);
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
  onJointHover(listener: (joint: readonly [number, number] | null, x: number, y: number) => void): void {
    this.jointHoverListeners.push(listener);
  }

  topicInView(): string | null {
    const view = this.eye.view();
    const [left, top, right, bottom] = seen(view);
    const shape = this.land.at((left + right) / 2, (top + bottom) / 2, this.below);
    const upper = shape && this.land.shapes[shape.upper];
    if (!upper || view.scale < 1.3 * this.eye.far) return null;
    return upper.area.id;
  }

  /** Calls back when the pointer comes upon a concept, or leaves it. */
  onHover(listener: (number: number | null, x: number, y: number) => void): void {
    this.hoverListeners.push(listener);
  }

  /** The lit neighbour that lies most in a direction from a concept; null where there is none. */
  towards(from: number, x: number, y: number): number | null {
    const { graph } = this;
    if (!graph) return null;
    let [best, least] = [null as number | null, Infinity];
    const near = this.lit.hops.size ? [...this.lit.hops.keys()] : [...graph.neighbours(from)].filter((one) => this.land.joins(from, one));
    for (const one of near) {
      const [aside, down] = [graph.x[one]! - graph.x[from]!, graph.y[one]! - graph.y[from]!];
      const along = aside * x + down * y;
      const off = Math.abs(aside * y - down * x);
      if (along <= 0 || off > along * 1.2) continue;
      const cost = along + 2 * off;
      if (cost < least) [best, least] = [one, cost];
    }
    return best;
  }

  /** Goes to a place at once. */
  set(camera: Camera): void {
    this.eye.set(camera);
  }

  /** Where a concept stands on the screen, within the map. */
  screenOf(id: string): { x: number; y: number; radius: number } | null {
    const number = this.graph?.number(id);
    if (!this.graph || number === undefined) return null;
    const view = this.eye.view();
    return {
      x: this.graph.x[number]! * view.scale + view.left,
      y: this.graph.y[number]! * view.scale + view.top,
      radius: onScreen(this.graph, number, view),
    };
  }

  /** For tests: where all concepts stand on the screen, in whole pixels, by their ids. */
  places(): Record<string, [number, number]> {
    const { graph } = this;
    const view = this.eye.view();
    const at = (one: number): [number, number] => [
      Math.round(graph!.x[one]! * view.scale + view.left),
      Math.round(graph!.y[one]! * view.scale + view.top),
    ];
    return Object.fromEntries(graph ? graph.ids.map((id, one) => [id, at(one)]) : []);
  }

  /** For tests and benchmarks: what is drawn and lit. */
  told(): Told {
    const { graph } = this;
    const ids = (pair: readonly number[]): string[] => pair.map((one) => graph?.id(one) ?? "");
    return {
      notes: this.dots || (this.nearby?.nodes ?? 0),
      links: this.nearby?.edges ?? 0,
      dots: this.dots,
      names: this.names.map((name) => name.text),
      lit: graph ? [...this.lit.hops.keys()].map((one) => graph.id(one)) : [],
      lines: this.lit.lines.map(([one, other]) => ids([one, other])),
      dashed: this.lit.dashed.map(ids),
      joint: (this.land.joints.pointed ?? []).map((one) => this.land.shapes[one]?.area.id ?? ""),
      kept: this.kept.shown.map(({ area }) => area.name),
      view: this.eye.view(),
      frames: this.frames,
    };
  }

  private moved(): void {
    for (const listener of this.moveListeners) listener();
    this.rests();
  }

  private rests(): void {
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      if (this.eye.isFlying()) return this.rests();
      this.state.set({ camera: this.eye.told() });
      for (const listener of this.restListeners) listener();
    }, REST);
  }

  private changed(now: State, before: State): void {
    if (!same(now.hidden, before.hidden)) {
      this.land.hide(now.hidden);
      this.nearby?.forget();
    }
    if (!same(now.unshown, before.unshown)) this.kept.hide(now.unshown);
    if (!same(now.camera, before.camera) && !same(now.camera, this.eye.told())) this.eye.fly(now.camera);
    this.relight();
    this.sigma.scheduleRender();
  }

  private relight(): void {
    this.lit = this.graph ? litBy(this.state.get(), this.shown, this.graph, this.land) : DARK;
  }

  private draw(): void {
    const view = this.eye.view();
    const { graph, grid } = this;
    fit(this.below, view);
    fit(this.above, view);
    this.land.draw(this.below, view, this.look, this.eye.far);
    this.dots = graph && grid ? this.land.drawDots(this.below, view, this.look, this.eye.far, graph, grid) : 0;
    this.drawAbove(this.above, view);
    this.names = this.placedNames(view);
    drawNames(this.above, this.names, this.look.paper);
    this.frames += 1;
    this.nearby?.follow(view, this.look, this.eye.far);
    const { edges, nodes } = this.sigma.getCanvases();
    for (const canvas of [edges, nodes]) if (canvas) canvas.hidden = !this.nearby?.nodes;
  }

  private drawAbove(context: CanvasRenderingContext2D, view: View): void {
    const { graph, look } = this;
    this.kept.draw(context, view, look);
    if (graph) drawLit(context, view, look, this.lit, this.pointed, graph, this.land);
    const { pane, cluster } = this.state.get();
    if (pane === "cluster" && cluster !== null) this.kept.draw(context, view, look, cluster);
    if (graph) drawFresh(context, view, look, this.numbers(this.shown.fresh), graph);
  }

  get rows(): readonly string[] {
    return this.shown.rows;
  }

  scene(): Scene | null {
    const { graph, grid, look } = this;
    if (!graph || !grid) return null;
    const view = this.eye.view();
    return {
      view,
      look,
      land: (context) => {
        this.land.draw(context, view, look, this.eye.far);
        this.land.drawDots(context, view, look, this.eye.far, graph, grid);
      },
      near: this.nearby?.held ?? null,
      lit: (context) => this.drawAbove(context, view),
      names: (context) => drawNames(context, this.names, look.paper),
    };
  }

  picture(): HTMLCanvasElement {
    this.sigma.refresh(); // What WebGL has drawn can be read only until the browser shows it.
    return flattened(this.place, this.look.paper);
  }

  private placedNames(view: View): Placed[] {
    const { graph, grid, lit } = this;
    const frame: Box = [4, 4, view.width - 4, view.height - 4];
    const wanted: Wanted[] = graph ? litNames(view, this.look, lit, this.pointed, graph) : [];
    const buttons: Box[] = view.height > BUTTONS.least ? [[0, view.height - BUTTONS.high, BUTTONS.wide, view.height]] : [];
    if (graph && lit.hops.size) {
      const names = [...litAreaNames(view, this.look, this.land, lit.areas), ...wanted];
      return placed(names, frame, dotsOf(lit.hops.keys(), view, graph), buttons);
    }
    const areas = [...areaNames(view, this.look, this.land, lit.area), ...this.kept.names(view, this.look)];
    if (!graph || !grid) return placed(areas, frame, [], buttons);
    const { names, dots } = conceptNames(view, this.look, graph, grid, this.land, lit.area);
    return placed([...wanted, ...areas, ...names], frame, dots, buttons);
  }

  private listen(): void {
    yieldToHands(this.sigma, this.eye, this.place);
    new ResizeObserver(() => this.sigma.scheduleRender()).observe(this.place);
    this.sigma.on("clickStage", ({ event }) => this.clicked(event.x, event.y));
    this.sigma.on("clickNode", ({ event }) => this.clicked(event.x, event.y));
    let over: number | null = null;
    const hover = (x: number, y: number): void => {
      const found = this.under(x, y);
      if (found !== null || over !== null) {
        over = found;
        for (const listener of this.hoverListeners) listener(found, x, y);
      }
      const joint = found === null ? this.jointAt(x, y) : null;
      this.pointAtJoint(joint, x, y);
      this.place.style.cursor = found === null && !joint ? "" : "pointer";
    };
    this.sigma.getMouseCaptor().on("mousemove", ({ x, y, original }) => {
      if (original instanceof MouseEvent && original.buttons) return;
      hover(x, y);
    });
    this.place.addEventListener("pointerleave", () => hover(-1e6, -1e6));
  }

  private clicked(x: number, y: number): void {
    const found = this.under(x, y);
    const view = this.eye.view();
    const at = [(x - view.left) / view.scale, (y - view.top) / view.scale] as const;
    const shape = found === null ? this.land.at(at[0], at[1], this.below) : null;
    const joint = found === null && !shape ? this.jointAt(x, y) : null;
    if (joint) {
      this.pointAtJoint(null, x, y);
      const [one, other] = joint.map((number) => this.land.shapes[number]!.area.id);
      for (const listener of this.jointListeners) listener(one!, other!);
      return;
    }
    for (const listener of this.chooseListeners) listener(found, shape);
  }

  private pointAtJoint(joint: readonly [number, number] | null, x: number, y: number): void {
    if (same(joint, this.land.joints.pointed)) return;
    this.land.joints.pointed = joint;
    for (const listener of this.jointHoverListeners) listener(joint, x, y);
    this.sigma.scheduleRender();
  }

  /** What joins two areas at a point of the screen, where nothing lies upon it and nothing is lit. */
  private jointAt(x: number, y: number): readonly [number, number] | null {
    if (this.lit.hops.size || this.lit.area) return null;
    const view = this.eye.view();
    const [across, down] = [(x - view.left) / view.scale, (y - view.top) / view.scale];
    if (this.land.at(across, down, this.below)) return null;
    return this.land.joints.at(across, down, view);
  }

  /** The concept under a point of the screen. */
  private under(x: number, y: number): number | null {
    const { graph, grid } = this;
    const view = this.eye.view();
    if (!graph || !grid) return null;
    const lit = this.lit.hops;
    const reach = Math.max(34 * view.scale, 4) + 7;
    return grid.nearest((x - view.left) / view.scale, (y - view.top) / view.scale, reach / view.scale, (one) => {
      const far = view.scale < CHOOSABLE && !this.land.sparse;
      if (!lit.has(one) && (far || !this.land.keeps(one))) return false;
      const aside = graph.x[one]! * view.scale + view.left - x;
      const down = graph.y[one]! * view.scale + view.top - y;
      return Math.hypot(aside, down) <= onScreen(graph, one, view) + 6;
    });
  }
}
