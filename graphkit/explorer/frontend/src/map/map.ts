/** The map: sigma's camera and its drawing of what is near, areas below it, what is lit above it. */

import { UndirectedGraph } from "graphology";
import Sigma from "sigma";
import type { MapHandle, Shown } from "../app";
import type { Sifted } from "../filter/sifted";
import type { Graph } from "../graph";
import { look, onLook, type Look } from "../look";
import { same, type Camera, type State, type Store } from "../state";
import type { Areas, AroundArea } from "../wire";
import { fit, flattened, layer } from "./canvas";
import { allNames } from "./captions";
import { animated, Eye } from "./eye";
import { Grid } from "./grid";
import { KeptAreas } from "./kept";
import { Land } from "./land";
import { DARK, drawFresh, drawLit, litBy, onScreen, type Lit } from "./lit";
import { drawNames, type Placed } from "./labels";
import { yieldToHands } from "./hands";
import { Nearby } from "./nearby";
import { Pointer } from "./pointer";
import { boxOf, boxOfAreas, scaleAround, towards } from "./reach";
import type { Scene } from "./scene";
import { placesOf, tell, type Told } from "./told";
import { READING, seen, type View } from "./view";

const NOTHING_SHOWN: Shown = {
  path: [],
  around: [],
  bridges: [],
  bridgeLinks: [],
  gaps: [],
  rows: [],
  rowLinks: [],
  allRows: { ids: [], links: [] },
  changed: [],
  newLinks: [],
  fresh: [],
};
const REST = 160;

export class GraphMap implements MapHandle {
  readonly land: Land;
  readonly pointer: Pointer;
  readonly kept = new KeptAreas();
  private readonly place: HTMLElement;
  private readonly state: Store;
  private readonly sigma: Sigma;
  private readonly below: CanvasRenderingContext2D;
  private readonly above: CanvasRenderingContext2D;
  private readonly eye: Eye;
  graph: Graph | null = null;
  grid: Grid | null = null;
  private nearby: Nearby | null = null;
  private look: Look = look();
  lit: Lit = DARK;
  private shown: Shown = NOTHING_SHOWN;
  pointed: ReadonlySet<number> = new Set();
  private pointedIds: readonly string[] = [];
  private resting = 0;
  private waiting: string | null = null;
  private readonly restListeners: (() => void)[] = [];
  private readonly moveListeners: (() => void)[] = [];
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
    yieldToHands(this.sigma, this.eye, place);
    new ResizeObserver(() => this.sigma.scheduleRender()).observe(place);
    const now: () => { graph: Graph; grid: Grid; lit: Lit } | null = () => {
      const { graph, grid, lit } = this;
      return graph && grid ? { graph, grid, lit } : null;
    };
    this.pointer = new Pointer({ sigma: this.sigma, eye: this.eye, land: this.land, place, below: this.below, now });
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
      const scale = Math.min(Math.max(now, READING), 1.2, scaleAround(graph, number, this.sigma.getDimensions()));
      return { x: graph.x[number]!, y: graph.y[number]!, scale };
    });
  }

  flyToAll(ids: readonly string[]): void {
    const { graph } = this;
    if (!graph) return;
    const box = boxOf(graph, [...this.numbers(ids)]);
    if (box) this.eye.flyToBox(box, 140);
  }

  flyToCluster(...ids: string[]): void {
    const box = boxOfAreas(this.land.shapes, ids);
    if (box) this.eye.flyToBox(box, 30);
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

  topicInView(): string | null {
    const view = this.eye.view();
    const [left, top, right, bottom] = seen(view);
    const shape = this.land.at((left + right) / 2, (top + bottom) / 2, this.below);
    const upper = shape && this.land.shapes[shape.upper];
    if (!upper || view.scale < 1.3 * this.eye.far) return null;
    return upper.area.id;
  }

  /** The lit neighbour that lies most in a direction from a concept; null where there is none. */
  towards(from: number, x: number, y: number): number | null {
    const { graph } = this;
    if (!graph) return null;
    const lit = [...this.lit.hops.keys()];
    const near = lit.length ? lit : [...graph.neighbours(from)].filter((one) => this.land.joins(from, one));
    return towards(graph, from, near, x, y);
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
    return this.graph ? placesOf(this.graph, this.eye.view()) : {};
  }

  /** For tests and benchmarks: what is drawn and lit. */
  told(): Told {
    return tell(this, this.eye.view(), this.nearby);
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
    this.names = allNames(view, this.look, this);
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
    return this.shown.allRows.ids;
  }

  get rowsHoldLinks(): boolean {
    return this.shown.allRows.links.length > 0;
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
}
