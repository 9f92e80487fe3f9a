/** The editor of the console: CodeMirror, with Cypher's colours and completion. */

import {
  autocompletion,
  closeCompletion,
  completionKeymap,
  completionStatus,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers, placeholder, tooltips, type DecorationSet } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import type { Saved, Schema } from "./asking";
import { cypher, FUNCTIONS, KEYWORDS, wantedAt, written } from "./cypher";

const colours = tagHighlighter([
  { tag: tags.keyword, class: "q-keyword" },
  { tag: tags.typeName, class: "q-type" },
  { tag: tags.propertyName, class: "q-key" },
  { tag: [tags.string, tags.number, tags.bool], class: "q-value" },
  { tag: tags.atom, class: "q-parameter" },
  { tag: tags.comment, class: "q-comment" },
]);

const wrong = StateEffect.define<{ from: number; to: number } | null>();
const mark = Decoration.mark({ class: "q-wrong", attributes: { "aria-invalid": "true" } });
/** Where the query is wrong, until it is changed. */
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, change) {
    let now = change.docChanged ? Decoration.none : marks;
    for (const effect of change.effects) {
      if (effect.is(wrong)) now = effect.value ? Decoration.set(mark.range(effect.value.from, effect.value.to)) : Decoration.none;
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export interface EditorAsked {
  readonly place: HTMLElement;
  /** What can be named; asked while one types. */
  schema(): Schema;
  saved(): readonly Saved[];
  /** A saved query is chosen by its name. */
  take(saved: Saved): void;
  changed(text: string): void;
}

export interface Editor {
  readonly text: string;
  /** Puts another text in the place of what is written. */
  write(text: string): void;
  focus(): void;
  readonly hasFocus: boolean;
  /** Marks a place, lines and columns counted from 1, characters as the server counts them. */
  mark(line: number, column: number): void;
  /** Closes the list of choices; whether it was open. */
  closeChoices(): boolean;
}

export function mountEditor(asked: EditorAsked): Editor {
  const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";
  const view = new EditorView({
    parent: asked.place,
    state: EditorState.create({
      extensions: [
        EditorView.cspNonce.of(nonce),
        tooltips({ parent: document.body }),
        lineNumbers(),
        history(),
        bracketMatching(),
        cypher,
        syntaxHighlighting(colours),
        marked,
        autocompletion({ override: [(context) => complete(context, asked)], icons: false, defaultKeymap: false }),
        keymap.of([...completionKeymap.filter(({ key }) => key !== "Escape"), ...defaultKeymap.filter(isNoRun), ...historyKeymap]),
        EditorView.domEventHandlers({ beforeinput: replaceWithoutStyle }),
        EditorView.lineWrapping,
        placeholder("MATCH (n:Note) RETURN n"),
        EditorView.contentAttributes.of({ "aria-label": "Query, in Cypher", spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) asked.changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    write(text) {
      if (text === view.state.doc.toString()) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: text.length },
        scrollIntoView: true,
      });
    },
    focus: () => view.focus(),
    get hasFocus() {
      return view.hasFocus;
    },
    mark(line, column) {
      const { doc } = view.state;
      if (line > doc.lines) return;
      const own = doc.line(line);
      const from = own.from + [...own.text].slice(0, column - 1).join("").length;
      const long = /^\$?[\p{L}\p{N}_]+|^./u.exec(doc.sliceString(from, own.to))?.[0].length ?? 0;
      // Where nothing stands any more, what stands before it.
      const [start, end] = long ? [from, from + long] : [Math.max(own.from, from - 1), from];
      const range = start < end ? { from: Math.min(start, own.to), to: Math.min(end, own.to) } : null;
      view.dispatch({ effects: [wrong.of(range), EditorView.scrollIntoView(own.from)] });
    },
    closeChoices() {
      const open = completionStatus(view.state) === "active";
      closeCompletion(view);
      return open;
    },
  };
}

/**
 * Replaces what is selected by what is typed. Left to the browser, lines that become one get a style
 * of their own, which the page's rules forbid, and the browser complains.
 */
function replaceWithoutStyle(event: InputEvent, view: EditorView): boolean {
  const selected = getSelection();
  const range = selected?.rangeCount && !selected.isCollapsed ? selected.getRangeAt(0) : null;
  if (event.inputType !== "insertText" || event.data === null || event.isComposing || !range) return false;
  const from = view.posAtDOM(range.startContainer, range.startOffset);
  const to = view.posAtDOM(range.endContainer, range.endOffset);
  view.dispatch({
    changes: { from, to, insert: event.data },
    selection: { anchor: from + event.data.length },
    scrollIntoView: true,
    userEvent: "input.type",
  });
  event.preventDefault();
  return true;
}

/** Ctrl-Enter is the console's. */
function isNoRun({ key, mac }: { key?: string; mac?: string }): boolean {
  return key !== "Mod-Enter" && mac !== "Mod-Enter";
}

function complete(context: CompletionContext, asked: EditorAsked): CompletionResult | null {
  const before = context.state.sliceDoc(0, context.pos);
  const all = context.state.doc.toString();
  const { kind, from } = wantedAt(before);
  if (kind === null) return null;
  if (kind !== "words") return { from, options: names(asked.schema()[kind], kind), validFor: /^[\p{L}\p{N}_]*$/u };
  const alone = /^\s*([\w-]*)\s*$/.exec(all);
  if (from === context.pos && !context.explicit) return alone?.[1] ? savedNames(context, asked, alone[1]) : null;
  const own = new Set(all.match(/(?<![.:\w`])[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  own.delete(before.slice(from));
  for (const word of KEYWORDS) for (const one of [word, word.toLowerCase()]) own.delete(one);
  const options: Completion[] = [
    ...[...own].map((label) => ({ label, type: "variable", boost: 1 })),
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...FUNCTIONS.map((label) => ({ label, type: "function", apply: `${label}(` })),
  ];
  if (alone) return { from: all.search(/\S|$/), options: [...savedOptions(asked), ...options], validFor: /^[\w-]*$/ };
  return { from, options, validFor: /^[\p{L}\p{N}_]*$/u };
}

function savedNames(context: CompletionContext, asked: EditorAsked, name: string): CompletionResult {
  return { from: context.pos - name.length, options: savedOptions(asked), validFor: /^[\w-]*$/ };
}

function savedOptions(asked: EditorAsked): Completion[] {
  return asked.saved().map((saved) => ({ label: saved.name, detail: saved.title, apply: () => asked.take(saved) }));
}

function names(some: readonly string[], kind: string): Completion[] {
  return some.map((label, place) => ({ label, type: kind, apply: written(label), boost: -place / 100 }));
}
