/** What joins areas, drawn as lines between them as long as they are seen from afar. */

import { clear, type Look } from "../look";
import type { Areas } from "../wire";
import type { Land } from "./land";
import { distance, NEAR, type View } from "./view";

const MOST = 40;
/** So near, in pixels of the screen, is a joint taken to be meant. */
const REACH = 8;
/** From this scale on links themselves are drawn, instead of what joins areas. */
const LINKED = NEAR;

export class Joints {
  private readonly areas: Areas;
  private readonly land: Land;
  /** Those that filters leave; null where these are all. */
  private left: Areas["joints"] | null = null;
  /** The joint under the pointer. */
  pointed: readonly [number, number] | null = null;

  constructor(areas: Areas, land: Land) {
    this.areas = areas;
    this.land = land;
  }

  /** Tells which joints filters leave; null: all. */
  sift(left: Areas["joints"] | null): void {
    this.left = left;
  }

  private get all(): Areas["joints"] {
    return this.left ?? this.areas.joints;
  }

  /** Draws the joints; nearer, more faintly. */
  draw(context: CanvasRenderingContext2D, view: View, look: Look, strength: number): void {
    if (view.scale >= LINKED) return;
    const most = this.all[0]?.[2] ?? 1;
    context.lineCap = "round";
    for (const [one, other, pairs] of this.shown()) {
      const [a, b] = [this.land.shapes[one]!, this.land.shapes[other]!];
      const pointed = this.pointed?.[0] === one && this.pointed[1] === other;
      context.strokeStyle = pointed ? look.mark : clear(look.edge, 0.3 * strength);
      context.lineWidth = (0.6 + 3.4 * (pairs / most) + (pointed ? 1 : 0)) / view.scale;
      context.beginPath();
      context.moveTo(...a.area.at);
      context.lineTo(...b.area.at);
      context.stroke();
    }
  }

  /** The joint at a point of the map, as the numbers of its two areas; of several the strongest. */
  at(x: number, y: number, view: View): readonly [number, number] | null {
    if (view.scale >= LINKED) return null;
    for (const [one, other] of this.shown()) {
      const [a, b] = [this.land.shapes[one]!.area.at, this.land.shapes[other]!.area.at];
      if (distance([x, y], a, b) * view.scale <= REACH) return [one, other];
    }
    return null;
  }

  private shown(): Areas["joints"] {
    const { shapes } = this.land;
    const here = ([one, other]: Areas["joints"][number]): boolean =>
      Boolean(shapes[one] && shapes[other]) && this.land.shows(one) && this.land.shows(other);
    return this.all.slice(0, MOST).filter(here);
  }
}
