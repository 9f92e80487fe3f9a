/** What the page has to say of itself, in a line below the bar: one at a time, the latest. */

import { button, byId, fill } from "./dom";

interface Notice {
  readonly key: string;
  readonly parts: readonly (Node | string)[];
}

let said: Notice[] = [];

/**
 * Says something until it is taken back or closed.
 *
 * @param key what it is known by: the same is said once.
 * @param parts words, and what can be done.
 */
export function notice(key: string, ...parts: (Node | string)[]): void {
  said = [...said.filter((one) => one.key !== key), { key, parts }];
  draw();
}

/** Takes back what was said. */
export function unsaid(key: string): void {
  if (!said.some((one) => one.key === key)) return;
  said = said.filter((one) => one.key !== key);
  draw();
}

function draw(): void {
  const place = byId("notice");
  const last = said.at(-1);
  place.hidden = !last;
  if (last) fill(place, ...last.parts, button("Close", () => unsaid(last.key)));
  else fill(place);
}
