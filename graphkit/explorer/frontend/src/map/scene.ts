/** All that is seen of the map, to be drawn once more: into a file, for instance. */

import type { UndirectedGraph } from "graphology";
import type { Look } from "../look";
import type { View } from "./view";

export interface Scene {
  readonly view: View;
  readonly look: Look;
  /** What lies below the links; the context may be another one than the map's. */
  land(context: CanvasRenderingContext2D): void;
  /** Concepts and links as they are handed to sigma, which draws them; null from afar. */
  readonly near: UndirectedGraph | null;
  /** What lies above them but for the names. */
  lit(context: CanvasRenderingContext2D): void;
  names(context: CanvasRenderingContext2D): void;
}
