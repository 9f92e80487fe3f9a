/** Where the map is looked at: sigma's camera in the map's own pixels, and flights from place to place. */

import type Sigma from "sigma";
import type { Areas } from "../wire";
import { same, type Camera } from "../state";
import { CLOSE, NEAREST, READING, type Box, type View } from "./view";

const FLIGHT = 520;
const ANIMATED = 200;
/** One can go so much farther away than all of the map needs. */
const FARTHER = 0.6;
/** So much of the screen's width and height the edge of the map is from its middle at the most. */
const BESIDE = 0.4;

export class Eye {
  private readonly sigma: Sigma;
  private readonly areas: Areas;
  private box: Box;
  private side = 1;
  private middle: readonly [number, number] = [0, 0];
  private base = 1;
  /** The scale at which all of the map is in view. */
  far = 0.1;
  /** Whether all of the map is looked at, however large the screen is. */
  atHome = false;
  /** Where a flight leads, worked out anew where the screen changes on the way; null without one. */
  private aim: (() => Camera | null) | null = null;
  private flights = 0;
  /** When the last flight began, by `performance.now()`. */
  begun = -Infinity;

  constructor(sigma: Sigma, areas: Areas) {
    this.sigma = sigma;
    this.areas = areas;
    this.box = areas.box;
    this.frame();
    sigma.on("resize", () => {
      const before = this.camera();
      this.measure();
      if (this.aim) this.flyTo(this.aim);
      else this.set(this.atHome ? null : before);
      sigma.scheduleRender();
    });
  }

  /** Takes the areas as they are now; what is looked at stays where it is on the screen. */
  rebuild(): void {
    if (same(this.box, this.areas.box)) return;
    const before = this.camera();
    this.box = this.areas.box;
    this.frame();
    this.sigma.refresh();
    this.sigma.getCamera().setState(this.stateOf(before));
  }

  /** What is seen now. */
  view(): View {
    const { width, height } = this.sigma.getDimensions();
    const { x, y, scale } = this.camera();
    return { scale, left: width / 2 - x * scale, top: height / 2 - y * scale, width, height };
  }

  camera(): Camera {
    const { x, y, ratio } = this.sigma.getCamera();
    return {
      x: (x - 0.5) * this.side + this.middle[0],
      y: this.middle[1] - (y - 0.5) * this.side,
      scale: this.base / ratio,
    };
  }

  /** The camera as the address has it; null while all of the map is looked at. */
  told(): Camera | null {
    const now = this.camera();
    if (this.atHome && !alike(now, this.home())) this.atHome = false;
    const { x, y, scale } = now;
    return this.atHome ? null : { x: Math.round(x), y: Math.round(y), scale: Number(scale.toPrecision(4)) };
  }

  /** Goes to a place at once; null: to all of the map. */
  set(camera: Camera | null): void {
    this.atHome = camera === null;
    this.sigma.getCamera().setState(this.stateOf(camera ?? this.home()));
  }

  /** Flies to a place; null: to all of the map. */
  fly(camera: Camera | null): void {
    this.flyTo(() => camera);
  }

  /** Flies to a place that depends on how large the screen is. */
  flyTo(aim: () => Camera | null): void {
    const camera = aim();
    this.atHome = camera === null;
    const state = this.stateOf(camera ?? this.home());
    const flight = (this.flights += 1);
    this.begun = performance.now();
    this.aim = aim;
    const landed = (): void => {
      if (flight === this.flights) this.aim = null;
    };
    if (calm() || document.hidden) {
      this.sigma.getCamera().setState(state);
      this.sigma.once("afterRender", landed); // By then it is known if a panel has opened just now.
      this.sigma.scheduleRender();
    } else {
      // It ends as well where another movement takes over.
      void this.sigma.getCamera().animate(state, { duration: FLIGHT, easing: "cubicInOut" }).then(landed);
    }
  }

  /** Flies so that a part of the map fills the screen, but for a margin in pixels. */
  flyToBox([left, top, right, bottom]: Box, margin: number): void {
    this.flyTo(() => {
      const { width, height } = this.sigma.getDimensions();
      const scale = Math.min(
        (width - 2 * Math.min(margin, width / 5)) / Math.max(right - left, 1),
        (height - 2 * Math.min(margin, height / 5)) / Math.max(bottom - top, 1),
        READING * 1.3,
      );
      return { x: (left + right) / 2, y: (top + bottom) / 2, scale };
    });
  }

  /** Ends a flight where it is. */
  stop(): void {
    if (this.aim) void this.sigma.getCamera().animate({}, { duration: 1 });
  }

  isFlying(): boolean {
    return this.sigma.getCamera().isAnimated();
  }

  private frame(): void {
    const [left, top, right, bottom] = this.box;
    this.side = Math.max(right - left, bottom - top, 1);
    this.middle = [(left + right) / 2, (top + bottom) / 2];
    const [x, y] = this.middle;
    const half = this.side / 2;
    this.sigma.setCustomBBox({ x: [x - half, x + half], y: [-y - half, -y + half] });
    this.measure();
  }

  private home(): Camera {
    return { x: this.middle[0], y: this.middle[1], scale: this.far };
  }

  private measure(): void {
    const { width, height } = this.sigma.getDimensions();
    const still = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    const at = (x: number): number => this.sigma.framedGraphToViewport({ x, y: 0.5 }, { cameraState: still }).x;
    this.base = (at(1) - at(0)) / this.side || 1;
    const [left, top, right, bottom] = this.box;
    const whole = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1));
    this.far = Math.min(whole, CLOSE * 2.4) * 0.95 || 0.1;
    this.sigma.setSettings({
      minCameraRatio: this.base / NEAREST,
      maxCameraRatio: this.base / (this.far * FARTHER),
    });
  }

  /** Sigma's camera for a place, which is never so far off that nothing of the map is in view. */
  private stateOf(wanted: Camera): { x: number; y: number; ratio: number } {
    const scale = clamp(wanted.scale, this.far * FARTHER, NEAREST);
    const { width, height } = this.sigma.getDimensions();
    const [aside, down] = [(BESIDE * width) / scale, (BESIDE * height) / scale];
    const [left, top, right, bottom] = this.box;
    const [x, y] = [clamp(wanted.x, left - aside, right + aside), clamp(wanted.y, top - down, bottom + down)];
    return {
      x: (x - this.middle[0]) / this.side + 0.5,
      y: (this.middle[1] - y) / this.side + 0.5,
      ratio: this.base / scale,
    };
  }
}

/** How long sigma's own movements take, in milliseconds. */
export function animated(): number {
  return calm() ? 1 : ANIMATED;
}

/** Whether moving pictures are unwelcome. */
function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function alike(one: Camera, other: Camera): boolean {
  const apart = Math.hypot(one.x - other.x, one.y - other.y) * other.scale;
  return Math.abs(one.scale / other.scale - 1) < 0.01 && apart < 4;
}
