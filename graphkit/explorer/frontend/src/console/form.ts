/** Fields for the parameters of a query, and the values in them. */

import type { App } from "../app";
import { combobox } from "../combobox";
import { el, fill } from "../dom";
import type { ConceptChoice } from "../wire";
import { isAborted } from "../server";
import type { Parameter } from "./asking";

interface Field {
  readonly parameter: Parameter;
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
}

export interface Form {
  readonly element: HTMLElement;
  /** Shows fields for some parameters; those that stay keep what was written in them. */
  ask(parameters: readonly Parameter[]): void;
  fill(values: Readonly<Record<string, unknown>>): void;
  /** What was written; a parameter without a value is left out. */
  values(): Record<string, unknown>;
}

/** A parameter of which nothing is known but its name. */
export function unknown(name: string): Parameter {
  return { name, type: "any", default: null, required: true, example: null, text: "" };
}

export function parameterForm(app: App): Form {
  const element = el("div.parameters", { role: "group", "aria-label": "Parameters", hidden: true });
  let fields: Field[] = [];
  return {
    element,
    ask(parameters) {
      const told = (some: readonly Parameter[]): string => JSON.stringify(some);
      if (told(parameters) === told(fields.map(({ parameter }) => parameter))) return;
      const before = fields;
      fields = parameters.map((parameter) => {
        const kept = before.find((field) => told([field.parameter]) === told([parameter]));
        return kept ?? fieldOf(app, parameter);
      });
      fill(element, ...fields.map((field) => field.element));
      element.hidden = !fields.length;
    },
    fill(values) {
      for (const { parameter, input } of fields) {
        const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined;
        if (input.type === "checkbox") input.checked = Boolean(value ?? parameter.default);
        else input.value = textOf(parameter.type, value);
      }
    },
    values() {
      const told = fields.map(({ parameter, input }) => [parameter.name, valueOf(parameter.type, input)] as const);
      return Object.fromEntries(told.filter(([, value]) => value !== undefined));
    },
  };
}

function fieldOf(app: App, parameter: Parameter): Field {
  const { name, type } = parameter;
  const id = `parameter-${name}`;
  if (type === "concept") {
    const box = conceptBox(app, parameter, id);
    return { parameter, element: el("div.parameter", {}, labelOf(parameter, box.input.id), box.element), input: box.input };
  }
  const input = el("input", {
    id,
    // Not "number", which keeps what is no number to itself: the query would run without it.
    type: type === "boolean" ? "checkbox" : "text",
    inputmode: type === "integer" ? "numeric" : type === "number" ? "decimal" : null,
    placeholder: type === "boolean" ? null : hint(parameter),
    autocomplete: "off",
    spellcheck: "false",
    dir: "auto",
  });
  input.checked = parameter.default === true;
  return { parameter, element: el("div.parameter", { class: `parameter ${type}` }, labelOf(parameter, id), input), input };
}

function labelOf({ name, text }: Parameter, id: string): HTMLElement {
  return el("label", { for: id }, el("span.name", { dir: "auto" }, name), text && el("small", { dir: "auto" }, text));
}

/** What stands in an empty field: what is taken without a value, or something to try. */
function hint({ type, required, default: otherwise, example }: Parameter): string {
  if (type === "any") return "JSON, else a text";
  const told = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
  if (!required) return otherwise === null || otherwise === undefined ? "nothing" : told(otherwise);
  return example === null || example === undefined ? "" : `as in: ${told(example)}`;
}

function valueOf(type: string, input: HTMLInputElement): unknown {
  if (input.type === "checkbox") return input.checked;
  const text = input.value.trim();
  if (!text) return undefined;
  if (type === "text" || type === "concept") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return type === "list" ? text.split(",").map((one) => one.trim()) : text;
  }
}

/** How a value is written so that it is read as the same again. */
function textOf(type: string, value: unknown): string {
  if (value === undefined || (value === null && type !== "any")) return "";
  if (typeof value !== "string") return JSON.stringify(value);
  if (type !== "any") return value;
  return value === value.trim() && value && !isJson(value) ? value : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A box that completes the names of concepts; what is in it may be any name that the server knows. */
function conceptBox(app: App, parameter: Parameter, id: string): { element: HTMLElement; input: HTMLInputElement } {
  const box = combobox({
    id,
    label: parameter.name,
    placeholder: hint(parameter),
    suggest(words, offer, signal) {
      app.server.find(words, signal).then(
        ({ choices }) => {
          const concepts = choices.filter((one): one is ConceptChoice => one.kind === "concept");
          const titles = concepts.map(({ title }) => title);
          const made = concepts.map((one) => {
            const alike = titles.indexOf(one.title) !== titles.lastIndexOf(one.title);
            return {
              key: one.id,
              shown: [el("span.name", { dir: "auto" }, one.title), alike && el("span.how", { dir: "auto" }, one.id)].filter(
                (part): part is HTMLElement => Boolean(part),
              ),
              act: () => {
                box.input.value = alike ? one.id : one.title;
                box.input.focus();
              },
            };
          });
          offer([{ title: "Concepts", choices: made }], made.length ? null : "No concept is called so.");
        },
        (error: unknown) => isAborted(error) || offer([], "graphkit does not answer."),
      );
    },
    leave: () => undefined,
    closed: () => undefined,
  });
  box.element.querySelector("label")?.remove(); // It has a label of its own.
  return box;
}
