/** Changes of the state that panels are drawn for. */

import type { State, Store } from "./state";

/** Calls back when something other than the camera has changed, which moves with every frame. */
export function onChange(store: Store, listener: (now: State, before: State) => void): void {
  store.subscribe((now, before) => {
    const keys = Object.keys(now) as (keyof State)[];
    if (keys.some((key) => key !== "camera" && now[key] !== before[key])) listener(now, before);
  });
}
