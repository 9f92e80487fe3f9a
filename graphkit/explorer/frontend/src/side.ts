import type { App } from "./app";

export function mountSide(_place: HTMLElement, _app: App): void {}
