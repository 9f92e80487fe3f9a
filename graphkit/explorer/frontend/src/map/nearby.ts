/** What sigma draws: the concepts around what is in view, and the links between them. */

import { UndirectedGraph } from "graphology";
import type Sigma from "sigma";
import type { Graph } from "../graph";
import { between, type Look } from "../look";
import type { Grid } from "./grid";
import { nearness, type Land } from "./land";
import { NEAR, radius, seen, within, type Box, type View } from "./view";

const MOST_CONCEPTS = 1_200;
const MOST_LINKS = 2_000;
/** So much of the screen is kept ready around it, on each side. */
const AROUND = 0.3;

/** The part of the graph that is handed to sigma; it is exchanged when one leaves it. */
export class Nearby {
  private readonly sigma: Sigma;
  private readonly graph: Graph;
  private readonly grid: Grid;
  private readonly land: Land;
  private box: Box | null = null;
  private partly = false;
  private scale = 0;
  private mixed = -1;
  /** What sigma has to draw; null from afar. */
  held: UndirectedGraph | null = null;
  nodes = 0;
  edges = 0;

  constructor(sigma: Sigma, graph: Graph, grid: Grid, land: Land) {
    this.sigma = sigma;
    this.graph = graph;
    this.grid = grid;
    this.land = land;
  }

  /** Lets go of what is held, so that it is gathered anew: colours or clusters shown have changed. */
  forget(): void {
    this.box = null;
  }

  /** Holds what a view shows ready; does nothing as long as it is. */
  follow(view: View, look: Look, far: number): void {
    if (view.scale < NEAR) {
      if (this.nodes) this.exchange(new UndirectedGraph());
      this.box = null;
      return;
    }
    const mixed = Math.round(nearness(view.scale, far));
    const fits = this.box && within(seen(view), this.box) && mixed === this.mixed;
    if (fits && !(this.partly && view.scale > 1.4 * this.scale)) return;
    const box = seen(view, AROUND);
    let numbers: number[] = [];
    this.grid.each(box, (one) => {
      if (this.land.keeps(one)) numbers.push(one);
    });
    this.partly = numbers.length > MOST_CONCEPTS;
    if (this.partly) {
      numbers.sort((one, other) => this.graph.degree[other]! - this.graph.degree[one]! || one - other);
      numbers = numbers.slice(0, MOST_CONCEPTS);
    }
    [this.box, this.scale, this.mixed] = [box, view.scale, mixed];
    this.exchange(this.gathered(numbers, look, mixed > 0.5));
  }

  private gathered(numbers: readonly number[], look: Look, near: boolean): UndirectedGraph {
    const { graph } = this;
    const made = new UndirectedGraph({ multi: false, allowSelfLoops: false });
    const here = new Set(numbers);
    for (const one of numbers) {
      const colour = this.land.colour(graph.cluster[one]!, look, near);
      made.addNode(String(one), {
        x: graph.x[one]!,
        y: -graph.y[one]!,
        size: radius(graph.degree[one]!),
        color: graph.isNote(one) ? between(look.paper, colour, 0.88) : between(look.paper, colour, 0.42),
      });
    }
    const links: [number, number, number][] = [];
    for (const one of numbers) {
      for (const other of graph.neighbours(one)) {
        if (other > one && here.has(other) && this.land.joins(one, other)) links.push([one, other, graph.degree[one]! + graph.degree[other]!]);
      }
    }
    if (links.length > MOST_LINKS) links.sort((one, other) => one[2] - other[2]);
    const colour = between(look.paper, look.edge, look.dark ? 0.44 : 0.42);
    const faint = between(look.paper, look.edge, 0.24);
    for (const [one, other] of links.slice(0, MOST_LINKS)) {
      const across = graph.cluster[one] !== graph.cluster[other];
      made.addEdge(String(one), String(other), { size: 0.4, color: across ? faint : colour });
    }
    return made;
  }

  private exchange(graph: UndirectedGraph): void {
    this.held = graph.order ? graph : null;
    this.nodes = graph.order;
    this.edges = graph.size;
    this.sigma.setGraph(graph);
  }
}
