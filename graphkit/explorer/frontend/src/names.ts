/** Concepts as the panels name them: links that walk on, and that light the map while they are looked at. */

import { toAddress } from "./address";
import type { App } from "./app";
import { el } from "./dom";
import { lastPart } from "./graph";
import { START, type State } from "./state";

/** Whether a click is one that the browser has its own way with: a new tab, a new window, a download. */
export function isBrowsers(event: MouseEvent): boolean {
  return event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

/**
 * A link to a concept.
 *
 * @param id which one.
 * @param more what else is chosen with it: the line that one came by, for instance.
 * @param title what it is called; without it the name that the graph knows, as soon as it is there.
 */
export function conceptLink(app: App, id: string, more: Partial<State> = {}, title?: string): HTMLAnchorElement {
  const link = el(
    "a.concept",
    {
      href: `#${toAddress({ ...START, concept: id, ...more })}`,
      dir: "auto",
      onclick: (event: MouseEvent) => {
        if (isBrowsers(event)) return;
        event.preventDefault();
        app.choose(id, { line: null, ...more });
      },
    },
    title ?? lastPart(id),
  );
  lightens(app, link, id);
  void app.graph.then(
    (graph) => {
      const number = graph.number(id);
      if (number === undefined) return;
      if (title === undefined) link.textContent = graph.title(number);
      if (graph.isNote(number)) return;
      link.classList.add("unwritten");
      link.append(el("span.unseen", {}, ", not yet written"));
    },
    () => undefined,
  );
  return link;
}

/** What a concept is called, in words that come when the graph is there. */
export function nameOf(app: App, id: string): Text {
  const text = new Text(lastPart(id));
  void app.graph.then(
    (graph) => (text.data = graph.called(id)),
    () => undefined,
  );
  return text;
}

/** Lights a concept on the map while an element is under the pointer or has the focus. */
export function lightens(app: App, element: HTMLElement, id: string): void {
  for (const event of ["pointerenter", "focusin"]) element.addEventListener(event, () => app.map?.point([id]));
  for (const event of ["pointerleave", "focusout"]) element.addEventListener(event, () => app.map?.point([]));
}
