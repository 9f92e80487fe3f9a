/** What a concept is, beside the pointer and without a click: its title and a sentence. */

import type { App } from "./app";
import { clock, counted, el, fill } from "./dom";
import type { GraphMap } from "./map/map";
import type { Link } from "./wire";
import { isAborted } from "./server";

const PATIENCE = 90;
const WIDE = 320;

/**
 * Shows the hint while the pointer rests upon a concept of the map.
 *
 * With a concept chosen it has a sentence that links the two, else what the note is about.
 */
export function mountHint(place: HTMLElement, app: App, map: GraphMap): void {
  const told = new Map<string, HTMLElement[]>();
  let current: number | null = null;
  let waiting = 0;
  let asked = new AbortController();

  const away = (): void => {
    clearTimeout(waiting);
    asked.abort();
    place.hidden = true;
  };
  hintOfJoint(place, app, map);
  app.onGraph(() => told.clear());
  map.onMove(() => {
    away();
    current = null;
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") away();
  });
  map.pointer.onHover((number, x, y) => {
    if (number === current) return;
    current = number;
    away();
    if (number === null) return;
    asked = new AbortController();
    const { signal } = asked;
    waiting = window.setTimeout(() => {
      void app.graph.then(async (graph) => {
        const concept = graph.concept(number);
        const kind = concept.note ? "" : "not yet written";
        const head = [el("strong", { dir: "auto" }, concept.title || concept.id), kind ? el("small", {}, kind) : null];
        fill(place, ...head);
        put(place, x, y);
        const chosen = app.state.get().concept;
        const key = JSON.stringify([chosen, concept.id]);
        try {
          if (!told.has(key)) told.set(key, await sentences(app, chosen, concept.id, signal));
        } catch (error) {
          if (!isAborted(error)) place.hidden = true;
          return;
        }
        if (signal.aborted) return;
        fill(place, ...head, ...(told.get(key) ?? []));
        put(place, x, y);
      });
    }, PATIENCE);
  });
}

/** Says of what joins two areas which they are, while the pointer rests upon it. */
function hintOfJoint(place: HTMLElement, app: App, map: GraphMap): void {
  map.pointer.onJointHover((joint, x, y) => {
    place.hidden = true;
    if (!joint) return;
    const [one, other] = joint;
    const names = joint.map((number) => app.areas.clusters[number]?.name ?? "");
    const pairs = app.areas.joints.find(([a, b]) => a === one && b === other)?.[2] ?? 0;
    const facts = `${counted(pairs, "pair")} of notes linked across. A click shows the bridges.`;
    fill(place, ...names.map((name) => el("strong", { dir: "auto" }, name)), el("small", {}, facts));
    put(place, x, y);
  });
}

async function sentences(app: App, chosen: string | null, id: string, signal: AbortSignal): Promise<HTMLElement[]> {
  if (chosen !== null && chosen !== id) {
    const { links } = await app.server.links(chosen, id, signal);
    const link = mostTelling(links);
    if (link) return [el("p", { dir: "auto" }, link.sentence), where(link)];
  }
  const card = await app.server.show(id, signal);
  const link = mostTelling(card.backlinks) ?? mostTelling(card.links);
  const facts = el("small", {}, `${card.in_degree} links here, ${card.out_degree} from here`);
  const sentence = card.summary ?? link?.sentence;
  return sentence ? [el("p", { dir: "auto" }, sentence), facts] : [facts];
}

/** The link whose sentence says the most: one that has a moment, else the longest of the first. */
function mostTelling(links: readonly Link[]): Link | undefined {
  const some = links.slice(0, 40).filter((link) => link.sentence);
  return some.find((link) => link.moment && link.sentence.length > 40) ?? some.find((link) => link.sentence.length > 40) ?? some[0];
}

function where(link: Link): HTMLElement {
  const moment = link.seconds === null ? "" : ` · ${clock(link.seconds)}`;
  return el("small", {}, `${link.heading ?? link.source}${moment}`);
}

function put(place: HTMLElement, x: number, y: number): void {
  place.hidden = false;
  const stage = place.parentElement;
  if (!stage) return;
  const left = Math.min(Math.max(x + 16, 8), Math.max(stage.clientWidth - WIDE - 8, 8));
  place.style.left = `${left}px`;
  const high = place.offsetHeight;
  place.style.top = `${y + 18 + high > stage.clientHeight ? Math.max(y - high - 14, 8) : y + 18}px`;
}
