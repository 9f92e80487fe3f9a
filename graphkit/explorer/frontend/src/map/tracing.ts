/** What paths look like as SVG writes them, which a `Path2D` keeps to itself. */

const texts = new WeakMap<Path2D, () => string>();

/** Remembers how a path is written; it is written out only where somebody asks. */
export function remembered(path: Path2D, text: () => string): Path2D {
  texts.set(path, text);
  return path;
}

/** How a path is written; empty where nobody has told. */
export function written(path: Path2D): string {
  return texts.get(path)?.() ?? "";
}
