/** What a hand does on the map has right of way before what the map does by itself. */

import type Sigma from "sigma";
import type { Eye } from "./eye";

/** Ends flights where one takes hold of the map, and keeps the browser's own gestures away from it. */
export function yieldToHands(sigma: Sigma, eye: Eye, place: HTMLElement): void {
  sigma.getMouseCaptor().on("mousemovebody", ({ original }) => {
    if (original instanceof MouseEvent && original.buttons && original.target instanceof Node && place.contains(original.target)) eye.stop();
  });
  sigma.getTouchCaptor().on("touchmove", () => eye.stop());
  // The first click of two has begun a flight: it is not cut short to go nearer to where it began.
  const stay = (told: { preventSigmaDefault(): void }): void => {
    if (eye.isFlying()) told.preventSigmaDefault();
  };
  sigma.on("doubleClickStage", stay);
  sigma.on("doubleClickNode", stay);
  // Sigma lets the wheel pass where it cannot go on: the page would be scrolled, or with Ctrl zoomed.
  place.addEventListener("wheel", (event) => event.preventDefault(), { passive: false });
}
