/** Light or dark, as the system has it or as it was chosen, and the colours that the map is drawn in. */

import { button } from "./dom";

export type Theme = "system" | "light" | "dark";

const KEPT = "graphkit-theme";
const THEMES: readonly Theme[] = ["system", "light", "dark"];
const LABELS: Readonly<Record<Theme, string>> = { system: "Auto", light: "Light", dark: "Dark" };

/** The colours of the page that canvases need. */
export interface Look {
  readonly dark: boolean;
  readonly forced: boolean;
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly edge: string;
  readonly mark: string;
  readonly lit: string;
}

const listeners: (() => void)[] = [];
const system = matchMedia("(prefers-color-scheme: dark)");
const contrast = matchMedia("(forced-colors: active)");
let chosen: Theme = kept();

/** Calls back when the colours have changed. */
export function onLook(listener: () => void): void {
  listeners.push(listener);
}

/** The colours as they are now. */
export function look(): Look {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const dark = document.documentElement.dataset["theme"] === "dark";
  if (contrast.matches) {
    const [paper, ink] = system.matches ? ["#000000", "#ffffff"] : ["#ffffff", "#000000"];
    return { dark: system.matches, forced: true, paper, ink, soft: ink, edge: ink, mark: ink, lit: ink };
  }
  return {
    dark,
    forced: false,
    paper: colour("paper"),
    ink: colour("ink"),
    soft: colour("soft"),
    edge: colour("edge"),
    mark: colour("mark"),
    lit: colour("lit"),
  };
}

/** Follows the system and the choice; must run before anything is drawn. */
export function startLook(): void {
  apply();
  system.addEventListener("change", apply);
  contrast.addEventListener("change", apply);
}

/** The button that goes from the system's choice to light, to dark, and back. */
export function themeButton(): HTMLButtonElement {
  const told = (): string => `Colours: ${LABELS[chosen].toLowerCase()}`;
  const made = button(LABELS[chosen], () => {
    chosen = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length] ?? "system";
    try {
      localStorage.setItem(KEPT, chosen);
    } catch {
      // it lasts as long as the page, then
    }
    made.textContent = LABELS[chosen];
    made.setAttribute("aria-label", told());
    apply();
  });
  made.setAttribute("aria-label", told());
  made.title = "Light, dark, or as the system has it";
  return made;
}

function kept(): Theme {
  try {
    const told = localStorage.getItem(KEPT) as Theme | null;
    return told && THEMES.includes(told) ? told : "system";
  } catch {
    return "system";
  }
}

function apply(): void {
  const dark = chosen === "dark" || (chosen === "system" && system.matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  for (const listener of listeners) listener();
}

type Channels = readonly [number, number, number];

/** The channels of `#rrggbb`. */
export function channels(hex: string): Channels {
  const told = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  return told ? [told[1]!, told[2]!, told[3]!].map((part) => parseInt(part, 16)) as unknown as Channels : [128, 128, 128];
}

/** A colour between two, as `#rrggbb`; `part` is the second one's share. */
export function between(one: string, other: string, part: number): string {
  const [a, b] = [channels(one), channels(other)];
  return `#${a.map((value, at) => Math.round(value + ((b[at] ?? 0) - value) * part).toString(16).padStart(2, "0")).join("")}`;
}

/** A colour that lets through what is below it. */
export function clear(hex: string, opacity: number): string {
  return `rgba(${channels(hex).join(",")},${opacity})`;
}
