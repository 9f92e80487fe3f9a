/** Elements of the page. Text only ever becomes text: nothing here takes markup. */

type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined | ((event: never) => void);

/**
 * Makes an element.
 *
 * @param tag its name, with classes behind dots: `li.hit`.
 * @param attributes attributes; a function under `onclick` and the like listens; `true` sets an empty
 *   attribute, `false`, `null` and `undefined` none.
 * @param children elements and texts; empty ones are left out.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K | `${K}.${string}`,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name as K);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(key.replace(/^on/, ""), value as unknown as EventListener);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

/** A button that does something. */
export function button(text: string, act: () => void, attributes: Record<string, Value> = {}): HTMLButtonElement {
  return el("button", { type: "button", onclick: act, ...attributes }, text);
}

/** Puts children in the place of those that an element has. */
export function fill(place: HTMLElement, ...children: Child[]): void {
  place.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
}

/** The element of the page with an id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

/** Where an address leads that may be followed: the web's only; null for any other. */
export function outside(address: string | null | undefined): string | null {
  return address && /^https?:\/\//i.test(address) ? address : null;
}

/** `1 note`, `1,200 notes`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** Seconds as people read them: `13:56`, `1:02:03`. */
export function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const told = parts[0] ? parts : parts.slice(1);
  return told.map((part, place) => (place ? String(part).padStart(2, "0") : String(part))).join(":");
}

/** The page is so narrow that topics stand in front of the map, not beside it; as in `style.css`. */
export const NARROW = "(max-width: 47rem)";

export function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}
