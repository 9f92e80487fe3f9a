/** Where names stand on the map: as many as fit, the most important first, none upon another. */

import type { Box } from "./view";

const FAMILY = "system-ui, sans-serif";
const SQUARE = 64;
/** So far the name of an area may be moved aside to be whole on the screen, in pixels. */
const ASIDE = 40;

/** A name that wants a place on the screen. */
export interface Wanted {
  readonly text: string;
  /** Size of the letters, in pixels. */
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
  /** Letters in a line, about. */
  readonly letters: number;
  /** What it names: a dot under or beside which it stands, or the middle of a room. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Whether it is moved into the frame, and looks for a place farther off as well. */
  readonly must?: boolean;
  /** Whether it stands upon others where no place is free. */
  readonly upon?: boolean;
  /** How many dots it may cover. */
  readonly covers?: number;
  readonly spaced?: boolean;
  readonly id?: string;
}

/** A name with its place. */
export interface Placed extends Wanted {
  readonly lines: readonly string[];
  readonly box: Box;
}

const measured = new Map<string, number>();
const segmenter = new Intl.Segmenter();
let measuring: CanvasRenderingContext2D | null = null;

function widthOf(text: string, font: string): number {
  const key = `${font}\n${text}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  measuring ??= document.createElement("canvas").getContext("2d");
  if (!measuring) return text.length * 7;
  measuring.font = font;
  const width = measuring.measureText(text).width;
  if (measured.size > 20_000) measured.clear();
  measured.set(key, width);
  return width;
}

/** A text in lines of about so many letters, three at the most. */
export function inLines(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const whole of cut(text.trim(), 64).split(/\s+/)) {
    const word = cut(whole, 2 * letters);
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > 3 ? [lines[0]!, lines[1]!, `${lines[2]!} …`] : lines;
}

/** A text of so many units at the most; no letter of several, as emoji are, is cut in two. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let told = "";
  for (const { segment } of segmenter.segment(text)) {
    if (told.length + segment.length >= most) break;
    told += segment;
  }
  return `${told}…`;
}

/** As many terms of a cluster's name as have so many letters, one at the least. */
export function brief(name: string, letters: number): string {
  const terms = name.split(", ");
  let told = terms.shift() ?? "";
  while (terms.length && told.length + terms[0]!.length + 2 <= letters) told += `, ${terms.shift()!}`;
  return told;
}

function fontOf(name: Wanted): string {
  return `${name.weight} ${name.size}px ${FAMILY}`;
}

/** Boxes on the screen, found by where they lie. */
class Taken {
  private readonly squares = new Map<number, Box[]>();

  add(box: Box): void {
    for (const square of this.under(box)) {
      const there = this.squares.get(square);
      if (there) there.push(box);
      else this.squares.set(square, [box]);
    }
  }

  /** How many others a box overlaps. */
  meets(box: Box): number {
    const found = new Set<Box>();
    for (const square of this.under(box)) {
      for (const other of this.squares.get(square) ?? []) {
        if (other[0] < box[2] && box[0] < other[2] && other[1] < box[3] && box[1] < other[3]) found.add(other);
      }
    }
    return found.size;
  }

  private *under([left, top, right, bottom]: Box): Generator<number> {
    for (let column = Math.floor(left / SQUARE); column <= Math.floor(right / SQUARE); column += 1) {
      for (let row = Math.floor(top / SQUARE); row <= Math.floor(bottom / SQUARE); row += 1) yield column * 4096 + row;
    }
  }
}

/**
 * Gives names their places.
 *
 * @param names in the order of their importance.
 * @param frame the box that they should stand in.
 * @param dots boxes that a name should rather not cover.
 * @param kept boxes where no name stands.
 */
export function placed(
  names: Iterable<Wanted>,
  frame: Box,
  dots: readonly Box[] = [],
  kept: readonly Box[] = [],
): Placed[] {
  const taken = new Taken();
  for (const box of kept) taken.add(box);
  const below = new Taken();
  for (const dot of dots) below.add(dot);
  const found: Placed[] = [];
  for (const name of names) {
    const lines = inLines(name.text, name.letters);
    const font = fontOf(name);
    const wide = Math.max(...lines.map((line) => widthOf(line, font) + (name.spaced ? line.length * 0.6 : 0)));
    const high = lines.length * name.size * 1.2;
    const spots = spotsOf(name, wide, high);
    let [best, least] = [null as Box | null, name.must ? Infinity : (name.covers ?? 0) + 1];
    for (const [x, y] of spots) {
      const near = name.radius <= 0 && Math.abs(Math.min(x - wide / 2 - frame[0], frame[2] - x - wide / 2, 0)) < ASIDE;
      const box = inFrame([x - wide / 2, y - high / 2, x + wide / 2, y + high / 2], frame, name.must === true || near);
      const wider: Box = [box[0] - 5, box[1] - 2, box[2] + 5, box[3] + 2];
      if (taken.meets(wider) > 0 || (!name.must && outsideOf(box, frame))) continue;
      const covered = name.radius > 0 ? below.meets(box) : 0;
      if (covered < least) [best, least] = [box, covered];
      if (!covered) break;
    }
    if (!best && name.upon) {
      const [x, y] = spots[0]!;
      best = inFrame([x - wide / 2, y - high / 2, x + wide / 2, y + high / 2], frame, true);
    }
    if (!best) continue;
    taken.add(best);
    found.push({ ...name, lines, box: best });
  }
  return found;
}

/** The middles of the places where a name may stand: under its dot, above it, right and left of it, then between. */
function spotsOf(name: Wanted, wide: number, high: number): [number, number][] {
  if (name.radius <= 0) return [[name.x, name.y]];
  const down = name.radius + 3 + high / 2;
  const right = name.radius + 5 + wide / 2;
  const beside: [number, number][] = [
    [name.x, name.y + down],
    [name.x, name.y - down],
    [name.x + right, name.y],
    [name.x - right, name.y],
  ];
  if (!name.must) return beside;
  const between = [1, -1].flatMap((row) =>
    [1, -1].map((side): [number, number] => [name.x + side * right, name.y + row * high * 0.7]),
  );
  return [...beside, ...between, [name.x, name.y + down + high], [name.x, name.y - down - high]];
}

function inFrame(box: Box, frame: Box, wanted: boolean): Box {
  if (!wanted) return box;
  const x = Math.max(frame[0] - box[0], 0) || Math.min(frame[2] - box[2], 0);
  const y = Math.max(frame[1] - box[1], 0) || Math.min(frame[3] - box[3], 0);
  return [box[0] + x, box[1] + y, box[2] + x, box[3] + y];
}

function outsideOf(box: Box, frame: Box): boolean {
  return box[0] < frame[0] || box[1] < frame[1] || box[2] > frame[2] || box[3] > frame[3];
}

/** Draws names, each with a halo of the paper's colour. */
export function drawNames(context: CanvasRenderingContext2D, names: readonly Placed[], halo: string): void {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const name of names) {
    context.font = fontOf(name);
    if ("letterSpacing" in context) context.letterSpacing = name.spaced ? "0.6px" : "0px";
    context.lineWidth = name.size > 15 ? 4 : 3;
    context.strokeStyle = halo;
    context.fillStyle = name.colour;
    name.lines.forEach((line, row) => {
      const x = (name.box[0] + name.box[2]) / 2;
      const y = name.box[1] + name.size * 1.2 * (row + 0.5);
      context.strokeText(line, x, y);
      context.fillText(line, x, y);
    });
  }
  if ("letterSpacing" in context) context.letterSpacing = "0px";
}
