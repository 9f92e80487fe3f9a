/** What a hand does on the map has right of way before what the map does by itself. */

import type Sigma from "sigma";
import type { Eye } from "./eye";

/** Longer than between two clicks of one double click, in milliseconds. */
const TWICE = 500;

/** Ends flights where one takes hold of the map, and keeps the browser's own gestures away from it. */
export function yieldToHands(sigma: Sigma, eye: Eye, place: HTMLElement): void {
  sigma.getMouseCaptor().on("mousemovebody", ({ original }) => {
    const held = original instanceof MouseEvent && original.buttons > 0;
    if (held && place.contains(original.target as Node)) eye.stop();
  });
  sigma.getTouchCaptor().on("touchmove", () => eye.stop());
  // The first click of two has begun a flight: it is not cut short to go nearer to where it began.
  const stay = (told: { preventSigmaDefault(): void }): void => {
    if (performance.now() - eye.begun < TWICE) told.preventSigmaDefault();
  };
  sigma.on("doubleClickStage", stay);
  sigma.on("doubleClickNode", stay);
  // Sigma lets the wheel pass where it cannot go on: the page would be scrolled, or with Ctrl zoomed.
  place.addEventListener("wheel", (event) => event.preventDefault(), { passive: false });
}
