/** Areas around words that are kept: outlines of their own upon those of the topics, with their names. */

import { clear, type Look } from "../look";
import type { AroundArea } from "../wire";
import type { Wanted } from "./labels";
import { apart, boxOf, pathOf } from "./land";
import { seen, type Box, type View } from "./view";

interface Kept {
  readonly area: AroundArea;
  readonly outline: Path2D;
  readonly box: Box;
}

export class KeptAreas {
  private all: readonly Kept[] = [];
  private unshown: ReadonlySet<string> = new Set();

  take(areas: readonly AroundArea[]): void {
    this.all = areas
      .filter(({ outline }) => outline.length)
      .map((area) => ({ area, outline: pathOf(area.outline), box: boxOf(area.outline) }));
  }

  /** Leaves out some, by their names. */
  hide(names: readonly string[]): void {
    this.unshown = new Set(names);
  }

  get shown(): readonly Kept[] {
    return this.all.filter(({ area }) => !this.unshown.has(area.name));
  }

  /** Draws the areas; with a name only that one, which is entered. */
  draw(context: CanvasRenderingContext2D, view: View, look: Look, entered: string | null = null): void {
    const ratio = devicePixelRatio || 1;
    const box = seen(view);
    context.save();
    context.setTransform(view.scale * ratio, 0, 0, view.scale * ratio, view.left * ratio, view.top * ratio);
    context.lineJoin = "round";
    for (const { area, outline, box: own } of this.shown) {
      if (apart(own, box) || (entered !== null && area.name !== entered)) continue;
      context.fillStyle = clear(look.lit, look.dark ? 0.07 : 0.05);
      context.fill(outline, "evenodd");
      context.strokeStyle = clear(look.lit, entered === null ? 0.55 : 0.7);
      context.lineWidth = (entered === null ? 1.4 : 1.8) / view.scale;
      context.stroke(outline);
    }
    context.restore();
  }

  /** Their names, each above its largest part. */
  names(view: View, look: Look): Wanted[] {
    return this.shown.map(({ area }) => ({
      text: area.name,
      size: 13,
      weight: 620,
      colour: look.lit,
      letters: 22,
      x: area.at[0]! * view.scale + view.left,
      y: area.at[1]! * view.scale + view.top,
      radius: Math.max(70 * view.scale, 8),
      covers: 3,
    }));
  }
}
