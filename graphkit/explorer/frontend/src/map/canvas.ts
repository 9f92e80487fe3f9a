/** Canvases that lie below and above what sigma draws. */

import type Sigma from "sigma";
import type { View } from "./view";

/** A canvas of the map's own among sigma's layers. */
export function layer(
  sigma: Sigma,
  name: string,
  where: { beforeLayer: string } | { afterLayer: string },
): CanvasRenderingContext2D {
  const canvas = sigma.createCanvas(name, { style: { pointerEvents: "none" }, ...where });
  // Thousands of small shapes a frame are drawn faster without the graphics card than through it.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("There is no canvas to draw on.");
  return context;
}

/** Makes a canvas as large as what is seen, and empty. */
export function fit(context: CanvasRenderingContext2D, view: View): void {
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

