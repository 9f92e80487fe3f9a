/** From the map's own pixels to the screen's, and back. */

/** The part of the map that is seen: a point (x, y) of it stands at (x · scale + left, y · scale + top). */
export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  /** Of the screen, in its pixels. */
  readonly width: number;
  readonly height: number;
}

/** Left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

/** Below this scale concepts are dots without links. */
export const NEAR = 0.17;
/** From this one each concept may have its name. */
export const CLOSE = 0.34;
/** A concept to read: as near as one gets by choosing it. */
export const READING = 0.62;
export const NEAREST = 2.2;
/** Radius of a concept on the map, in its pixels, by the number of its neighbours. */
export function radius(degree: number): number {
  return Math.min(34, 9 + 3.1 * Math.sqrt(degree));
}

/** The part of the map that is in view, widened by a share of it on each side. */
export function seen(view: View, more = 0): Box {
  const wide = view.width / view.scale;
  const high = view.height / view.scale;
  const left = -view.left / view.scale;
  const top = -view.top / view.scale;
  return [left - wide * more, top - high * more, left + wide * (1 + more), top + high * (1 + more)];
}

export function within(inner: Box, outer: Box): boolean {
  return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];
}

type Point = readonly [number, number];

/** How far a point is from a stretch between two others. */
export function distance([x, y]: Point, a: Point, b: Point): number {
  const [right, down] = [b[0] - a[0], b[1] - a[1]];
  const along = ((x - a[0]) * right + (y - a[1]) * down) / (right * right + down * down || 1);
  const part = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - a[0] - part * right, y - a[1] - part * down);
}
