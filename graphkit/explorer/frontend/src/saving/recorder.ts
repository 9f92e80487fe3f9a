/** A canvas to draw on that keeps what is drawn as SVG: shapes stay shapes, texts stay texts. */

import { written } from "../map/tracing";

/** As much of a canvas as maps draw with. */
type Canvas = CanvasRenderingContext2D;
/** Characters that XML cannot hold. */
const NOT_IN_XML = /[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ROUND = 2 * Math.PI - 1e-6;

export function escaped(text: string): string {
  return text
    .replace(NOT_IN_XML, "\ufffd")
    .replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

type Values = Record<string, string | number | null>;

function attributes(values: Values): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? shorter(value) : escaped(String(value))}"`)
    .join("");
}

function shorter(value: number): number {
  return Number(value.toFixed(2));
}

/** A paint as SVG has it: the colour, and how much shows through. */
function paint(name: "fill" | "stroke", style: string): Values {
  const told = /^rgba?\(([\d.]+), ?([\d.]+), ?([\d.]+)(?:, ?([\d.e-]+))?\)$/.exec(style);
  if (!told) return { [name]: style };
  const hex = told.slice(1, 4).map((part) => Math.round(Number(part)).toString(16).padStart(2, "0"));
  const opacity = Number(told[4] ?? 1);
  return { [name]: `#${hex.join("")}`, [`${name}-opacity`]: opacity === 1 ? null : shorter(opacity) };
}

interface Pen {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  font: string;
  letterSpacing: string;
  dash: readonly number[];
  /** Scale and place: the only movements that maps know. */
  at: readonly [scale: number, left: number, top: number];
}

export class Recorder {
  fillStyle = "#000000";
  strokeStyle = "#000000";
  lineWidth = 1;
  font = "10px sans-serif";
  letterSpacing = "0px";
  textAlign = "start";
  textBaseline = "alphabetic";
  lineJoin = "miter";
  lineCap = "butt";
  globalAlpha = 1;
  private dash: readonly number[] = [];
  private at: Pen["at"] = [1, 0, 0];
  private readonly kept: Pen[] = [];
  private readonly told: string[] = [];
  private path: string[] = [];
  private circle: readonly [number, number, number] | null = null;
  private stroked: { text: string; values: Values } | null = null;
  /** Pixels of a canvas for each of the screen's, which the SVG has. */
  private readonly ratio: number;

  constructor(ratio: number) {
    this.ratio = ratio;
    this.at = [1, 0, 0];
  }

  /** Where a map wants a canvas. */
  get canvas(): Canvas {
    return this as unknown as Canvas;
  }

  /** All that was drawn. */
  get text(): string {
    return this.told.join("");
  }

  /** Draws as one group. */
  group(name: string, draw: () => void): void {
    this.told.push(`<g id="${name}">\n`);
    draw();
    this.told.push("</g>\n");
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, font, letterSpacing, dash, at } = this;
    this.kept.push({ fillStyle, strokeStyle, lineWidth, font, letterSpacing, dash, at });
  }

  restore(): void {
    const pen = this.kept.pop();
    if (pen) Object.assign(this, pen);
  }

  setTransform(scale: number, _b: number, _c: number, _d: number, left: number, top: number): void {
    this.at = [scale / this.ratio, left / this.ratio, top / this.ratio];
  }

  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }

  clearRect(): void {
    // Nothing is below.
  }

  beginPath(): void {
    this.path = [];
    this.circle = null;
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${this.point(x, y)}`);
  }

  lineTo(x: number, y: number): void {
    this.path.push(`L${this.point(x, y)}`);
  }

  quadraticCurveTo(x: number, y: number, toX: number, toY: number): void {
    this.path.push(`Q${this.point(x, y)} ${this.point(toX, toY)}`);
  }

  rect(x: number, y: number, wide: number, high: number): void {
    const [width, height] = [shorter(wide * this.at[0]), shorter(high * this.at[0])];
    this.path.push(`M${this.point(x, y)}h${width}v${height}h${-width}Z`);
  }

  arc(x: number, y: number, r: number, from: number, to: number): void {
    const onRim = (angle: number): string => this.point(x + r * Math.cos(angle), y + r * Math.sin(angle));
    const own = shorter(r * this.at[0]);
    if (Math.abs(to - from) >= ROUND) {
      if (!this.path.length) this.circle = [...this.place(x, y), own];
      this.path.push(`M${onRim(0)}A${own} ${own} 0 1 1 ${onRim(Math.PI)}A${own} ${own} 0 1 1 ${onRim(0)}Z`);
    } else {
      const long = to - from > Math.PI ? 1 : 0;
      this.path.push(`${this.path.length ? "L" : "M"}${onRim(from)}A${own} ${own} 0 ${long} 1 ${onRim(to)}`);
    }
  }

  closePath(): void {
    this.path.push("Z");
  }

  fill(path?: Path2D | string, rule?: string): void {
    const even = (path === "evenodd" ? path : rule) === "evenodd" ? "evenodd" : null;
    this.shape(path, { ...paint("fill", this.fillStyle), "fill-rule": even });
  }

  stroke(path?: Path2D): void {
    this.shape(path, { fill: "none", ...this.line() });
  }

  fillRect(x: number, y: number, wide: number, high: number): void {
    const [left, top] = this.place(x, y);
    const size = { width: wide * this.at[0], height: high * this.at[0] };
    this.put("rect", { x: left, y: top, ...size, ...paint("fill", this.fillStyle) });
  }

  /** Only dots that know what they look like are drawn. */
  drawImage(image: HTMLCanvasElement, x: number, y: number, wide: number, high: number): void {
    const { colour, radius } = image.dataset;
    if (!colour) return;
    const [left, top] = this.place(x + wide / 2, y + high / 2);
    this.put("circle", { cx: left, cy: top, r: Number(radius) * this.at[0], ...paint("fill", colour) });
  }

  strokeText(text: string, x: number, y: number): void {
    const [left, top] = this.place(x, y);
    this.stroked = { text: `${text} ${left} ${top}`, values: { ...this.line(), "paint-order": "stroke" } };
  }

  fillText(text: string, x: number, y: number): void {
    const [left, top] = this.place(x, y);
    const halo = this.stroked?.text === `${text} ${left} ${top}` ? this.stroked.values : {};
    const [, weight, size, family] = /^(?:(\d+) )?([\d.]+)px (.+)$/.exec(this.font) ?? [];
    const values = {
      x: left,
      y: top,
      "text-anchor": this.textAlign === "center" ? "middle" : null,
      "dominant-baseline": this.textBaseline === "middle" ? "central" : null,
      "font-family": family ?? null,
      "font-size": Number(size) * this.at[0],
      "font-weight": weight ?? null,
      "letter-spacing": this.letterSpacing === "0px" ? null : this.letterSpacing,
      ...paint("fill", this.fillStyle),
      ...halo,
    };
    this.told.push(`<text${attributes(values)}>${escaped(text)}</text>\n`);
    this.stroked = null;
  }

  private line(): Values {
    return {
      ...paint("stroke", this.strokeStyle),
      "stroke-width": this.lineWidth * this.at[0],
      "stroke-linejoin": this.lineJoin === "round" ? "round" : null,
      "stroke-linecap": this.lineCap === "round" ? "round" : null,
      "stroke-dasharray": this.dash.length ? this.dash.map((part) => shorter(part * this.at[0])).join(" ") : null,
    };
  }

  private shape(path: Path2D | string | undefined, values: Values): void {
    if (path instanceof Path2D) {
      const [scale, left, top] = this.at;
      const moved = scale === 1 && !left && !top ? null : `matrix(${scale} 0 0 ${scale} ${left} ${top})`;
      // The width of its line is scaled with it.
      const own = values["stroke-width"];
      const width = typeof own === "number" ? { "stroke-width": (own / scale).toPrecision(3) } : {};
      const d = written(path);
      if (d) this.put("path", { d, transform: moved, ...values, ...width });
    } else if (this.circle && this.path.length === 1) {
      const [cx, cy, r] = this.circle;
      this.put("circle", { cx, cy, r, ...values });
    } else if (this.path.length) {
      this.put("path", { d: this.path.join(""), ...values });
    }
  }

  private put(name: string, values: Values): void {
    const opacity = this.globalAlpha === 1 ? null : this.globalAlpha;
    this.told.push(`<${name}${attributes({ ...values, opacity })}/>\n`);
  }

  private place(x: number, y: number): [number, number] {
    const [scale, left, top] = this.at;
    return [shorter(x * scale + left), shorter(y * scale + top)];
  }

  private point(x: number, y: number): string {
    return this.place(x, y).join(" ");
  }
}
