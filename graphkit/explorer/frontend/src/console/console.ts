/** The console's place in the page: what stands in it is loaded when it is first opened. */

import type { App } from "../app";
import { el, fill } from "../dom";
import { failure } from "../failures";
import { ServerError } from "../server";

export function mountConsole(place: HTMLElement, app: App): void {
  let begun = false;
  const open = (byHand: boolean): void => {
    if (begun || !app.state.get().console) return;
    begun = true;
    fill(place, el("p.soft.loading", {}, "One moment …"));
    import("./drawer").then(
      ({ mountDrawer }) => mountDrawer(place, app, byHand),
      () => {
        begun = false;
        const gone = new ServerError("gone", "The console could not be loaded.", "Is graphkit explore still running?");
        fill(place, failure(app, gone, () => open(true)));
      },
    );
  };
  app.state.subscribe((now, before) => now.console && !before.console && open(true));
  open(false); // What an address opens does not take the focus.
}
