import type { App } from "./app";

export function mountLegend(_place: HTMLElement, _app: App): void {}
