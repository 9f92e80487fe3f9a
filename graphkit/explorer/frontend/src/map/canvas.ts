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


/** All layers of a place as one picture, on a ground of the paper's colour. */
export function flattened(place: HTMLElement, paper: string): HTMLCanvasElement {
  const made = document.createElement("canvas");
  const ratio = devicePixelRatio || 1;
  made.width = Math.round(place.clientWidth * ratio);
  made.height = Math.round(place.clientHeight * ratio);
  const context = made.getContext("2d");
  if (!context) throw new Error("There is no canvas to draw on.");
  context.fillStyle = paper;
  context.fillRect(0, 0, made.width, made.height);
  for (const canvas of place.querySelectorAll("canvas")) {
    if (canvas.checkVisibility() && canvas.width && canvas.height) context.drawImage(canvas, 0, 0, made.width, made.height);
  }
  return made;
}
