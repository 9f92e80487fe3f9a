/** The map: sigma's camera and its drawing of what is near, areas below it, what is lit above it. */

import { UndirectedGraph } from "graphology";
import Sigma from "sigma";
import type { MapHandle, Shown } from "../app";
import type { Graph } from "../graph";
import { look, onLook, type Look } from "../look";
import type { Areas } from "../server";
import { same, type Camera, type State, type Store } from "../state";
import { areaNames, conceptNames, dotsOf, litNames } from "./captions";
import { Grid } from "./grid";
import { Land, type Shape } from "./land";
import { DARK, drawLit, litBy, onScreen, type Lit } from "./lit";
import { drawNames, placed, type Placed, type Wanted } from "./names";
import { CLOSE, NEAREST, READING, seen, type Box, type View } from "./view";
import { Window } from "./window";

const FLIGHT = 520;
const REST = 160;
/** From this scale on a dot can be chosen. */
const CHOOSABLE = 0.085;

export class GraphMap implements MapHandle {
  readonly land: Land;
  private readonly place: HTMLElement;
  private readonly areas: Areas;
  private readonly state: Store;
  private readonly sigma: Sigma;
  private readonly below: CanvasRenderingContext2D;
  private readonly above: CanvasRenderingContext2D;
  private readonly side: number;
  private readonly middle: readonly [number, number];
  private base = 1;
  private far = 0.1;
  private graph: Graph | null = null;
  private grid: Grid | null = null;
  private window: Window | null = null;
  private look: Look = look();
  private lit: Lit = DARK;
  private shown: Shown = { path: [], around: [] };
  private pointed: ReadonlySet<number> = new Set();
  private resting = 0;
  private waiting: string | null = null;
  private home = false;
  private readonly restListeners: (() => void)[] = [];
  private readonly chooseListeners: ((number: number | null, shape: Shape | null) => void)[] = [];
  private readonly hoverListeners: ((number: number | null, x: number, y: number) => void)[] = [];
  names: Placed[] = [];
  dots = 0;
  frames = 0;

  /** @throws Error where there is no WebGL. */
  constructor(place: HTMLElement, areas: Areas, state: Store) {
    this.place = place;
    this.areas = areas;
    this.state = state;
    this.land = new Land(areas);
    this.land.hide(state.get().hidden);
    const [left, top, right, bottom] = areas.box;
    this.side = Math.max(right - left, bottom - top, 1);
    this.middle = [(left + right) / 2, (top + bottom) / 2];
    this.sigma = new Sigma(new UndirectedGraph(), place, {
      renderLabels: false,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      minEdgeThickness: 1,
      stagePadding: 0,
      enableCameraRotation: false,
      zoomDuration: calm() ? 1 : 200,
      inertiaDuration: calm() ? 1 : 200,
      doubleClickZoomingDuration: calm() ? 1 : 200,
      defaultDrawNodeHover: () => undefined,
      allowInvalidContainer: true,
    });
    const [x, y] = this.middle;
    const half = this.side / 2;
    this.sigma.setCustomBBox({ x: [x - half, x + half], y: [-y - half, -y + half] });
    this.below = layer(this.sigma, "land", { beforeLayer: "edges" });
    this.above = layer(this.sigma, "lit", { beforeLayer: "mouse" });
    this.measure();
    this.sigma.on("resize", () => {
      const view = this.view();
      this.measure();
      if (this.home) this.set(this.homeCamera());
      else this.set({ ...centre(view), scale: view.scale });
    });
    this.sigma.on("afterRender", () => this.draw());
    this.sigma.getCamera().on("updated", () => this.moved());
    this.listen();
    onLook(() => {
      this.look = look();
      this.window?.forget();
      this.refresh();
    });
    state.subscribe((now, before) => this.changed(now, before));
    const { camera } = state.get();
    this.set(camera ?? this.homeCamera());
    this.home = camera === null;
    this.sigma.refresh();
  }

  /** Gives the map its concepts and links. */
  take(graph: Graph): void {
    this.graph = graph;
    this.grid = new Grid(graph);
    this.window = new Window(this.sigma, graph, this.grid, this.land);
    this.relight();
    if (this.waiting !== null) this.flyTo(this.waiting);
    this.waiting = null;
    this.refresh();
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
    const scale = Math.min(Math.max(this.view().scale, READING), 1.2, this.scaleAround(this.graph, number));
    this.fly({ x: this.graph.x[number]!, y: this.graph.y[number]!, scale });
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
    this.flyToBox([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], 140);
  }

  flyToCluster(id: string): void {
    const shape = this.land.shapes.find(({ area }) => area.id === id);
    if (shape && shape.area.outline.length) this.flyToBox(shape.box, 30);
  }

  flyHome(): void {
    this.home = true;
    this.fly(this.homeCamera(), true);
  }

  zoomBy(factor: number): void {
    const view = this.view();
    this.fly({ ...centre(view), scale: view.scale * factor });
  }

  /** Moves aside, by shares of what is in view. */
  panBy(x: number, y: number): void {
    const view = this.view();
    const at = centre(view);
    this.fly({ x: at.x + (x * view.width) / view.scale, y: at.y + (y * view.height) / view.scale, scale: view.scale });
  }

  inView(limit: number): string[] {
    const { graph, grid } = this;
    if (!graph || !grid) return [];
    const found: number[] = [];
    grid.each(seen(this.view()), (one) => {
      if (this.land.shows(graph.cluster[one]!)) found.push(one);
    });
    found.sort((one, other) => graph.degree[other]! - graph.degree[one]! || one - other);
    return found.slice(0, limit).map((one) => graph.id(one));
  }

  point(ids: readonly string[]): void {
    const numbers = ids.map((id) => this.graph?.number(id)).filter((one): one is number => one !== undefined);
    if (same([...this.pointed], numbers)) return;
    this.pointed = new Set(numbers);
    this.sigma.scheduleRender();
  }

  onRest(listener: () => void): void {
    this.restListeners.push(listener);
  }

  /** Calls back when a concept, or else an area, or neither, is clicked. */
  onChoose(listener: (number: number | null, shape: Shape | null) => void): void {
    this.chooseListeners.push(listener);
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
    const near = this.lit.hops.size ? [...this.lit.hops.keys()] : [...graph.neighbours(from)];
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

  /** What is seen now. */
  view(): View {
    const camera = this.sigma.getCamera();
    const { width, height } = this.sigma.getDimensions();
    const scale = this.base / camera.ratio;
    const x = (camera.x - 0.5) * this.side + this.middle[0];
    const y = this.middle[1] - (camera.y - 0.5) * this.side;
    return { scale, left: width / 2 - x * scale, top: height / 2 - y * scale, width, height };
  }

  /** Goes to a place at once. */
  set(camera: Camera): void {
    this.sigma.getCamera().setState(this.ratioOf(camera));
  }

  /** Where a concept stands on the screen, within the map. */
  screenOf(id: string): { x: number; y: number; radius: number } | null {
    const number = this.graph?.number(id);
    if (!this.graph || number === undefined) return null;
    const view = this.view();
    return {
      x: this.graph.x[number]! * view.scale + view.left,
      y: this.graph.y[number]! * view.scale + view.top,
      radius: onScreen(this.graph, number, view),
    };
  }

  /** For tests and benchmarks: what is drawn and lit. */
  told(): { notes: number; links: number; dots: number; names: string[]; lit: string[]; view: View; frames: number } {
    const { graph } = this;
    return {
      notes: this.dots || (this.window?.nodes ?? 0),
      links: this.window?.edges ?? 0,
      dots: this.dots,
      names: this.names.map((name) => name.text),
      lit: graph ? [...this.lit.hops.keys()].map((one) => graph.id(one)) : [],
      view: this.view(),
      frames: this.frames,
    };
  }

  private homeCamera(): Camera {
    return { x: this.middle[0], y: this.middle[1], scale: this.far };
  }

  private measure(): void {
    const { width, height } = this.sigma.getDimensions();
    const still = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    const at = (x: number): number =>
      this.sigma.framedGraphToViewport({ x, y: 0.5 }, { cameraState: still }).x;
    this.base = (at(1) - at(0)) / this.side || 1;
    const [left, top, right, bottom] = this.areas.box;
    this.far = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), CLOSE * 2.4) * 0.95 || 0.1;
    const camera = this.sigma.getCamera();
    this.sigma.setSetting("minCameraRatio", this.base / NEAREST);
    this.sigma.setSetting("maxCameraRatio", this.base / (this.far * 0.6));
    camera.minRatio = this.base / NEAREST;
    camera.maxRatio = this.base / (this.far * 0.6);
  }

  private ratioOf({ x, y, scale }: Camera): { x: number; y: number; ratio: number } {
    return {
      x: (x - this.middle[0]) / this.side + 0.5,
      y: (this.middle[1] - y) / this.side + 0.5,
      ratio: this.base / Math.min(Math.max(scale, this.far * 0.6), NEAREST),
    };
  }

  private flyToBox([left, top, right, bottom]: Box, margin: number): void {
    const { width, height } = this.sigma.getDimensions();
    const scale = Math.min(
      (width - 2 * Math.min(margin, width / 5)) / Math.max(right - left, 1),
      (height - 2 * Math.min(margin, height / 5)) / Math.max(bottom - top, 1),
      READING * 1.3,
    );
    this.fly({ x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.max(scale, this.far * 0.6) });
  }

  private fly(camera: Camera, home = false): void {
    this.home = home;
    const state = this.ratioOf(camera);
    if (calm() || document.hidden) this.sigma.getCamera().setState(state);
    else void this.sigma.getCamera().animate(state, { duration: FLIGHT, easing: "cubicInOut" });
  }

  private moved(): void {
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      if (this.sigma.getCamera().isAnimated()) return this.moved();
      const view = this.view();
      const camera = { ...centre(view), scale: view.scale };
      if (this.home && !alike(camera, this.homeCamera())) this.home = false;
      this.state.set({ camera: this.home ? null : rounded(camera) });
      this.sigma.scheduleRender();
      for (const listener of this.restListeners) listener();
    }, REST);
  }

  private changed(now: State, before: State): void {
    if (!same(now.hidden, before.hidden)) {
      this.land.hide(now.hidden);
      this.window?.forget();
    }
    const own = rounded({ ...centre(this.view()), scale: this.view().scale });
    if (!same(now.camera, before.camera) && !same(now.camera, this.home ? null : own)) {
      if (now.camera) this.fly(now.camera);
      else this.flyHome();
    }
    this.relight();
    this.sigma.scheduleRender();
  }

  private relight(): void {
    this.lit = this.graph ? litBy(this.state.get(), this.shown, this.graph, this.land) : DARK;
  }

  private refresh(): void {
    this.sigma.scheduleRender();
  }

  private draw(): void {
    const view = this.view();
    const { graph, grid } = this;
    fit(this.below, view);
    fit(this.above, view);
    this.land.draw(this.below, view, this.look, this.far);
    this.dots = graph && grid ? this.land.drawDots(this.below, view, this.look, this.far, graph, grid) : 0;
    if (graph) drawLit(this.above, view, this.look, this.lit, this.pointed, graph, this.land);
    this.names = this.placedNames(view);
    drawNames(this.above, this.names, this.look.paper);
    this.frames += 1;
    this.window?.follow(view, this.look, this.far);
  }

  private placedNames(view: View): Placed[] {
    const { graph, grid, lit } = this;
    const frame: Box = [4, 4, view.width - 4, view.height - 4];
    const wanted: Wanted[] = graph ? litNames(view, this.look, lit, this.pointed, graph) : [];
    if (graph && lit.hops.size) return placed(wanted, frame, dotsOf(lit.hops.keys(), view, graph));
    const areas = areaNames(view, this.look, this.land, lit.area);
    if (!graph || !grid) return placed(areas, frame);
    const { names, dots } = conceptNames(view, this.look, graph, grid, this.land, lit.area);
    return placed([...wanted, ...areas, ...names], frame, dots);
  }

  private listen(): void {
    this.sigma.on("clickStage", ({ event }) => this.clicked(event.x, event.y));
    this.sigma.on("clickNode", ({ event }) => this.clicked(event.x, event.y));
    let over: number | null = null;
    const hover = (x: number, y: number): void => {
      const found = this.under(x, y);
      if (found === null && over === null) return;
      over = found;
      this.place.style.cursor = found === null ? "" : "pointer";
      for (const listener of this.hoverListeners) listener(found, x, y);
    };
    this.sigma.getMouseCaptor().on("mousemovebody", ({ x, y, original }) => {
      if (original instanceof MouseEvent && original.buttons) return;
      hover(x, y);
    });
    this.place.addEventListener("pointerleave", () => hover(-1e6, -1e6));
  }

  private clicked(x: number, y: number): void {
    const found = this.under(x, y);
    const view = this.view();
    const at = [(x - view.left) / view.scale, (y - view.top) / view.scale] as const;
    const shape = found === null ? this.land.at(at[0], at[1], this.below) : null;
    for (const listener of this.chooseListeners) listener(found, shape);
  }

  /** The concept under a point of the screen. */
  private under(x: number, y: number): number | null {
    const { graph, grid } = this;
    const view = this.view();
    if (!graph || !grid) return null;
    const lit = this.lit.hops;
    const reach = Math.max(34 * view.scale, 4) + 7;
    return grid.nearest((x - view.left) / view.scale, (y - view.top) / view.scale, reach / view.scale, (one) => {
      if (!this.land.shows(graph.cluster[one]!)) return false;
      if (view.scale < CHOOSABLE && !lit.has(one)) return false;
      const aside = graph.x[one]! * view.scale + view.left - x;
      const down = graph.y[one]! * view.scale + view.top - y;
      return Math.hypot(aside, down) <= onScreen(graph, one, view) + 6;
    });
  }
}

/** Whether moving pictures are unwelcome. */
function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function centre(view: View): { x: number; y: number } {
  return { x: (view.width / 2 - view.left) / view.scale, y: (view.height / 2 - view.top) / view.scale };
}

function rounded({ x, y, scale }: Camera): Camera {
  return { x: Math.round(x), y: Math.round(y), scale: Number(scale.toPrecision(4)) };
}

function alike(one: Camera, other: Camera): boolean {
  return (
    Math.abs(one.scale / other.scale - 1) < 0.01 &&
    Math.hypot(one.x - other.x, one.y - other.y) * other.scale < 4
  );
}

function layer(
  sigma: Sigma,
  name: string,
  where: { beforeLayer: string } | { afterLayer: string },
): CanvasRenderingContext2D {
  const canvas = sigma.createCanvas(name, { style: { pointerEvents: "none" }, ...where });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("There is no canvas to draw on.");
  return context;
}

/** Makes a canvas as large as what is seen, and empty. */
function fit(context: CanvasRenderingContext2D, view: View): void {
  const ratio = devicePixelRatio || 1;
  const { canvas } = context;
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${view.width}px`;
    canvas.style.height = `${view.height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
}

