import type { App } from "./app";

export function mountFind(_place: HTMLElement, _app: App): void {}
