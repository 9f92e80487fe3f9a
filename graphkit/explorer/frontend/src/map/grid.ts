/** Concepts by where they lie: which are in a part of the map, which is nearest to a point. */

import type { Graph } from "../graph";
import type { Box } from "./view";

const SIDE = 480;

export class Grid {
  private readonly graph: Graph;
  private readonly left: number;
  private readonly top: number;
  private readonly columns: number;
  private readonly rows: number;
  private readonly first: Uint32Array;
  private readonly order: Uint32Array;

  constructor(graph: Graph) {
    this.graph = graph;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let one = 0; one < graph.size; one += 1) {
      left = Math.min(left, graph.x[one]!);
      right = Math.max(right, graph.x[one]!);
      top = Math.min(top, graph.y[one]!);
      bottom = Math.max(bottom, graph.y[one]!);
    }
    this.left = graph.size ? left : 0;
    this.top = graph.size ? top : 0;
    this.columns = graph.size ? Math.floor((right - left) / SIDE) + 1 : 1;
    this.rows = graph.size ? Math.floor((bottom - top) / SIDE) + 1 : 1;
    this.first = new Uint32Array(this.columns * this.rows + 1);
    this.order = new Uint32Array(graph.size);
    const squares = new Uint32Array(graph.size);
    for (let one = 0; one < graph.size; one += 1) {
      const square = this.column(graph.x[one]!) + this.columns * this.row(graph.y[one]!);
      squares[one] = square;
      this.first[square + 1]! += 1;
    }
    for (let square = 0; square < this.columns * this.rows; square += 1) this.first[square + 1]! += this.first[square]!;
    const next = this.first.slice();
    for (let one = 0; one < graph.size; one += 1) {
      const square = squares[one]!;
      this.order[next[square]!] = one;
      next[square]! += 1;
    }
  }

  /** Calls back with each concept that lies in a box, row of squares by row. */
  each(box: Box, tell: (number: number) => void): void {
    const { x, y } = this.graph;
    const [from, to] = [this.column(box[0]), this.column(box[2])];
    for (let row = this.row(box[1]); row <= this.row(box[3]); row += 1) {
      const end = this.first[to + this.columns * row + 1]!;
      for (let at = this.first[from + this.columns * row]!; at < end; at += 1) {
        const one = this.order[at]!;
        if (x[one]! >= box[0] && x[one]! <= box[2] && y[one]! >= box[1] && y[one]! <= box[3]) tell(one);
      }
    }
  }

  /** The concept nearest to a point, at most so far away; `wanted` says which count. */
  nearest(x: number, y: number, far: number, wanted: (number: number) => boolean): number | null {
    let [best, least] = [null as number | null, far * far];
    this.each([x - far, y - far, x + far, y + far], (one) => {
      const distance = (this.graph.x[one]! - x) ** 2 + (this.graph.y[one]! - y) ** 2;
      if (distance <= least && wanted(one)) [best, least] = [one, distance];
    });
    return best;
  }

  private column(x: number): number {
    return Math.min(Math.max(Math.floor((x - this.left) / SIDE), 0), this.columns - 1);
  }

  private row(y: number): number {
    return Math.min(Math.max(Math.floor((y - this.top) / SIDE), 0), this.rows - 1);
  }
}
