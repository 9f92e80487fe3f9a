import type { App } from "./app";

export function mountHelp(_place: HTMLElement, _app: App): void {}
