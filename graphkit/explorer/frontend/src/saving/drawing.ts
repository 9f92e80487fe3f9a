/** What is seen of the map as an SVG: areas, links, concepts and names, each to be changed by hand. */

import type { Scene } from "../map/scene";
import { escaped, Recorder } from "./recorder";

/** Links are drawn so wide at the least, as sigma does. */
const THIN = 1.5;

/**
 * The SVG's text.
 *
 * @param title what it is called.
 */
export function drawing(scene: Scene, title: string): string {
  const { view, look } = scene;
  const ratio = devicePixelRatio || 1;
  const pen = new Recorder(ratio);
  pen.fillStyle = look.paper;
  pen.group("paper", () => pen.fillRect(0, 0, view.width, view.height));
  pen.group("land", () => scene.land(pen.canvas));
  if (scene.near) pen.group("concepts", () => drawNear(pen, scene));
  pen.group("lit", () => scene.lit(pen.canvas));
  pen.group("names", () => scene.names(pen.canvas));
  const size = `width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n<title>${escaped(title)}</title>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}${pen.text}</svg>\n`;
}

function drawNear(pen: Recorder, { near, view }: Scene): void {
  if (!near) return;
  const at = (x: number, y: number): [number, number] => [x * view.scale + view.left, y * view.scale + view.top];
  near.forEachEdge((_edge, told, _one, _other, from, to) => {
    pen.beginPath();
    pen.moveTo(...at(from["x"] as number, -from["y"]));
    pen.lineTo(...at(to["x"] as number, -to["y"]));
    pen.strokeStyle = String(told["color"]);
    pen.lineWidth = Math.max(Number(told["size"]) * view.scale, THIN);
    pen.stroke();
  });
  near.forEachNode((_node, told) => {
    pen.beginPath();
    pen.arc(...at(told["x"] as number, -told["y"]), Number(told["size"]) * view.scale, 0, 7);
    pen.fillStyle = String(told["color"]);
    pen.fill();
  });
}
