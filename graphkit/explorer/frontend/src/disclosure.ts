/** A panel that a button opens and closes; Escape and whatever is done elsewhere close it as well. */

/** Its hands. */
export interface Disclosure {
  toggle(): void;
  close(): void;
}

/**
 * Lets a button open a panel.
 *
 * @param back where the focus goes when the panel closes with it.
 * @param opened called before it is shown.
 */
export function disclosure(
  opener: HTMLButtonElement,
  panel: HTMLElement,
  back: () => HTMLElement = () => opener,
  opened: () => void = () => undefined,
): Disclosure {
  const set = (open: boolean): void => {
    const held = !open && panel.contains(document.activeElement);
    if (open) opened();
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) panel.querySelector<HTMLElement>("button:not(:disabled), input")?.focus();
    else if (held) back().focus({ preventScroll: true });
  };
  const isOpen = (): boolean => !panel.hidden;
  const inside = (target: EventTarget | null): boolean =>
    target instanceof Node && (panel.contains(target) || opener.contains(target));
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", panel.id);
  opener.addEventListener("click", () => set(!isOpen()));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || opener.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    set(false);
  });
  addEventListener("pointerdown", (event) => {
    if (!opener.hidden && isOpen() && !inside(event.target)) set(false);
  });
  panel.addEventListener("focusout", (event) => {
    if (!opener.hidden && event.relatedTarget !== null && !inside(event.relatedTarget)) set(false);
  });
  return { toggle: () => set(!isOpen()), close: () => set(false) };
}
