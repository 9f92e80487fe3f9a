/** The buttons at the top: all of them where there is room, else the most in a menu. */

import { disclosure } from "./disclosure";
import { button, el, fill } from "./dom";

/** Where there is too little room for all; as in `style.css`. */
const LITTLE_ROOM = matchMedia("(max-width: 66rem)");

/**
 * Puts buttons into their place.
 *
 * @param first stays there always.
 * @param others go into the menu where there is little room.
 * @param last stays there always.
 */
export function mountTools(place: HTMLElement, first: HTMLElement, others: readonly HTMLElement[], last: HTMLElement): void {
  const menu = el("div", { id: "more", role: "group", "aria-label": "More views" }, ...others);
  const opener = button("More", () => undefined, { id: "open-more" });
  fill(place, first, menu, opener, last);
  const { close } = disclosure(opener, menu);
  menu.addEventListener("click", (event) => {
    if (LITTLE_ROOM.matches && event.target !== menu) close();
  });
  const fit = (): void => {
    menu.hidden = LITTLE_ROOM.matches;
    opener.hidden = !LITTLE_ROOM.matches;
  };
  LITTLE_ROOM.addEventListener("change", fit);
  fit();
}

/** The first of some elements of the page that can be seen. */
export function firstSeen(selector: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(selector)].find((one) => one.checkVisibility());
}
