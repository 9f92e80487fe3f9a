/** The console: a query is written, asked, cancelled; its rows are read. */

import type { App } from "../app";
import { button, el, fill, isNarrow } from "../dom";
import { failure } from "../failures";
import { isAborted, ServerError } from "../server";
import { Run, type Saved, type SavedQueries, type Schema } from "./asking";
import { parametersOf } from "./cypher";
import { mountEditor } from "./editor";
import { parameterForm, unknown } from "./form";
import { History, type Past } from "./history";
import { historyList, savedList } from "./lists";
import { rowsView } from "./rows";
import { tabs } from "./tabs";

const SECONDS = { usual: 30, most: 300 };
const ROWS = { usual: 1_000, most: 10_000 };
/** Longer queries are not kept in the address. */
const LONGEST = 20_000;

/** @param focused whether the editor takes the focus. */
export function mountDrawer(place: HTMLElement, app: App, focused: boolean): void {
  let schema: Schema = { labels: [], types: [], keys: [] };
  let saved: readonly Saved[] = [];
  let run: Run | null = null;
  let ticking = 0;
  const history = new History(app.vault);
  const form = parameterForm(app);
  const rows = rowsView(app);

  const writing = el("div.writing");
  const editor = mountEditor({
    place: writing,
    schema: () => schema,
    saved: () => saved,
    take: (one) => take(one),
    changed: () => asks(),
  });
  const limit = numberField("Rows", "console-limit", ROWS);
  const timeout = numberField("Seconds", "console-timeout", SECONDS);
  const start = button("Run", () => void ask(), { class: "act first", title: "Ctrl-Enter", "aria-keyshortcuts": "Control+Enter" });
  const cancel = button("Cancel", () => stop(), { class: "act", hidden: true });
  const status = el("span.soft");
  const note = el("div.note-of-query", { hidden: true });
  const answer = el("div.outcome", {}, rows.element);
  const failed = el("div.failed", { hidden: true });
  answer.append(failed);
  const before = el("p.soft.before", {}, "Ctrl-Enter runs the query.");
  answer.append(before);
  const views = tabs(
    [
      { id: "rows", title: "Rows", panel: answer },
      { id: "saved", title: "Saved", panel: el("div") },
      { id: "history", title: "History", panel: el("div") },
    ],
    (id) => {
      rows.actions.classList.toggle("aside", id !== "rows");
      if (id === "history") fill(views.panel("history"), historyList(history, saved, (past) => again(past)));
    },
  );
  const close = button("×", () => app.state.set({ console: false }), { class: "shut", "aria-label": "Close the console" });
  const answers = el("div.answers", {}, el("div.top", {}, views.list, rows.actions, close), ...views.panels);
  fill(
    place,
    el(
      "div.asking",
      {},
      el("h2.unseen", {}, "Query"),
      note,
      writing,
      form.element,
      el("div.running", {}, start, cancel, status, el("span.limits", {}, limit.element, timeout.element)),
    ),
    answers,
  );

  /** The saved query that is written in the editor, if it is one. */
  const known = (): Saved | undefined => saved.find(({ query }) => query === editor.text.trim());

  /** Shows what the query that is written is, and fields for what it wants. */
  const asks = (): void => {
    const one = known();
    form.ask(one ? one.parameters : parametersOf(editor.text).map(unknown));
    fill(note, ...(one ? [el("strong", { dir: "auto" }, one.title), el("small", { dir: "auto" }, one.answers)] : []));
    note.hidden = !one;
  };

  const write = (query: string, parameters: Readonly<Record<string, unknown>> = {}): void => {
    editor.write(query);
    asks();
    form.fill(parameters);
  };

  const take = (one: Saved): void => {
    write(one.query, history.all.find(({ query }) => query === one.query)?.parameters);
    const wanted = one.parameters.some(({ required }) => required);
    const empty = [...form.element.querySelectorAll("input")].find((input) => !input.value);
    if (wanted && empty) empty.focus();
    else {
      editor.focus();
      void ask();
    }
  };

  const again = (past: Past): void => {
    write(past.query, past.parameters);
    void ask();
  };

  const ask = async (): Promise<void> => {
    if (run) return app.announce("A query is running. Escape cancels it.");
    const text = editor.text.trim();
    if (!text) {
      app.announce("There is no query yet.");
      return editor.focus();
    }
    editor.closeChoices();
    const one = known();
    const parameters = form.values();
    const asked = { query: one ? one.name : text, saved: Boolean(one), parameters, timeout: timeout.value(), limit: limit.value() };
    history.add(text, parameters);
    app.state.set({ query: text.length > LONGEST ? null : text });
    const own = (run = new Run(app.server, asked));
    tells();
    try {
      const told = await own.rows;
      before.hidden = failed.hidden = true;
      rows.show(told, own.seconds, asked.limit);
    } catch (error) {
      rows.clear();
      before.hidden = true;
      failed.hidden = false;
      const cancelled = own.cancelled && (isAborted(error) || (error instanceof ServerError && error.code === "cancelled"));
      if (cancelled) {
        fill(failed, el("p.soft", {}, `Cancelled after ${own.seconds.toFixed(1)} s.`));
        app.announce("The query was cancelled.");
      } else {
        fill(failed, failure(app, error, () => void ask()));
        if (error instanceof ServerError && error.place && !one) editor.mark(...error.place);
      }
    } finally {
      run = null;
      tells();
      views.show("rows");
      if (isNarrow()) answers.scrollIntoView({ block: "nearest" });
    }
  };

  const stop = (): void => {
    run?.cancel();
    tells();
  };

  /** Says whether a query runs, and for how long. */
  const tells = (): void => {
    clearInterval(ticking);
    const held = document.activeElement === (run ? start : cancel);
    start.hidden = run !== null;
    cancel.hidden = run === null;
    cancel.setAttribute("aria-disabled", String(run?.cancelled ?? false)); // Disabled, it would lose the focus.
    if (held) (run ? cancel : start).focus();
    if (run) place.setAttribute("aria-busy", "true");
    else place.removeAttribute("aria-busy");
    const tick = (): void => {
      status.textContent = run ? `${run.cancelled ? "Stopping" : "Running"} … ${Math.floor(run.seconds)} s` : "";
    };
    tick();
    if (run) ticking = window.setInterval(tick, 250);
  };

  place.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        event.stopPropagation();
        void ask();
      } else if (event.key === "Escape" && run) {
        event.preventDefault();
        event.stopPropagation();
        stop();
      }
    },
    true,
  );
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    if (!editor.closeChoices()) app.state.set({ console: false });
  });
  addEventListener("pagehide", () => run?.cancel());

  const focus = (): void => {
    if (matchMedia("(pointer: fine)").matches) editor.focus();
  };
  let queried = app.state.get().query;
  const recall = (query: string | null): void => {
    queried = query;
    if (query === null || query === editor.text.trim()) return;
    stop();
    rows.clear(); // They are another query's.
    failed.hidden = true;
    before.hidden = false;
    write(query, history.all.find((past) => past.query === query)?.parameters);
  };
  app.state.subscribe((now, earlier) => {
    if (now.query !== queried) recall(now.query);
    if (now.console && !earlier.console) focus();
  });

  const listSaved = async (): Promise<void> => {
    try {
      const known = await app.server.ask<SavedQueries>("queries");
      saved = known.queries;
      fill(views.panel("saved"), savedList(known, take));
      asks();
    } catch (error) {
      fill(views.panel("saved"), failure(app, error, () => void listSaved()));
    }
  };
  recall(queried);
  views.show(queried === null ? "saved" : "rows");
  asks();
  void listSaved().then(() => {
    if (queried !== null) form.fill(history.all.find((past) => past.query === queried)?.parameters ?? {});
  });
  const learn = (): void => {
    app.server.ask<Schema>("schema").then(
      (told) => (schema = told),
      () => undefined, // Then what was known is completed, and Cypher's own words.
    );
  };
  let outdated = false; // What is new in the graph can be completed when the console is opened again.
  app.onGraph(() => (outdated = true));
  app.state.subscribe((now, earlier) => {
    if (!now.console || earlier.console || !outdated) return;
    outdated = false;
    learn();
  });
  learn();
  if (focused) focus();
}

/** A number with its bounds; what is no such number is what is usual. */
function numberField(
  label: string,
  id: string,
  bounds: { usual: number; most: number },
): { element: HTMLElement; value: () => number } {
  const input = el("input", { id, type: "number", min: 1, max: bounds.most, step: 1, value: bounds.usual });
  const value = (): number => {
    const told = Math.round(Number(input.value));
    const good = Number.isFinite(told) && told >= 1 ? Math.min(told, bounds.most) : bounds.usual;
    input.value = String(good);
    return good;
  };
  return { element: el("label", { for: id, title: `At most ${bounds.most.toLocaleString("en")}` }, label, " ", input), value };
}
