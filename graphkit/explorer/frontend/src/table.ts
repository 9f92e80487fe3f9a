import type { App } from "./app";

export function mountTable(_place: HTMLElement, _app: App): void {}
