// What all parts of a page use: its data, elements, colours, light and dark.

const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const panel = document.getElementById("panel");
const GREY = ["#7d858d", "#8f98a1"];
const onTheme = [];

function make(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function button(text, className, act) {
  const made = make("button", text, className);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** A number with commas; `toLocaleString` would take longer than all the rest of a small page. */
function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

function counted(number, one, many) {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

const colours = new Map();  // of the theme, asked for once

function colour(name) {
  if (!colours.has(name)) colours.set(name, getComputedStyle(root).getPropertyValue(name).trim());
  return colours.get(name);
}

function isDark() {
  return root.dataset.theme === "dark";
}

/** The colour of a hue's number, for light or for dark; grey for what has none. */
function hue(number) {
  return (number < 0 ? GREY : data.colours[number])[isDark() ? 1 : 0];
}

function channels(hex) {
  return [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16));
}

/** A colour between two, as `#rrggbb`; `part` is the second one's share. */
function between(one, other, part) {
  const a = channels(one), b = channels(other);
  return `#${a.map((value, place) => Math.round(value + (b[place] - value) * part).toString(16).padStart(2, "0")).join("")}`;
}

function clear(hex, opacity) {
  return `rgba(${channels(hex).join(",")},${opacity})`;
}

const themeButton = document.getElementById("theme");

function setTheme(theme, keep) {
  root.dataset.theme = theme;
  colours.clear();
  themeButton.setAttribute("aria-pressed", String(theme === "dark"));
  if (keep) { try { localStorage.setItem("graphkit-theme", theme); } catch { /* not kept */ } }
  for (const dot of document.querySelectorAll(".dot")) paint(dot);
  for (const act of onTheme) act();
}

function paint(dot) {
  const shade = hue(Number(dot.dataset.hue));
  dot.style.borderColor = shade;
  dot.style.background = dot.classList.contains("diamond") ? "transparent" : shade;
}

/** A cluster's sign: a dot in its colour. */
function dotOf(number) {
  const dot = make("span", null, "dot");
  dot.dataset.hue = number;
  paint(dot);
  return dot;
}

function beginTheme() {
  const remembered = (() => { try { return localStorage.getItem("graphkit-theme"); } catch { return null; } })();
  const wished = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  setTheme(remembered === "dark" || remembered === "light" ? remembered : wished, false);
  themeButton.addEventListener("click", () => setTheme(isDark() ? "light" : "dark", true));
  let before = null;
  addEventListener("beforeprint", () => { before = root.dataset.theme; setTheme("light", false); });
  addEventListener("afterprint", () => { if (before) setTheme(before, false); before = null; });
}

/** The box in which a name is typed: an array of names for each thing, and what else to say of it. */
function beginFind(names, choose, hint = () => "") {
  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const folded = names.map((all) => all.join("\n").toLowerCase());
  let hits = [], current = 0;

  function show() {
    found.hidden = hits.length === 0;
    find.setAttribute("aria-expanded", String(!found.hidden));
    [...found.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === current)));
    if (found.hidden) find.removeAttribute("aria-activedescendant");
    else find.setAttribute("aria-activedescendant", `found${current}`);
  }

  function list() {
    const asked = find.value.trim().toLowerCase();
    hits = asked ? names.map((_, number) => number).filter((number) => folded[number].includes(asked)) : [];
    hits.sort((a, b) => Number(!folded[a].startsWith(asked)) - Number(!folded[b].startsWith(asked)) || a - b);
    hits = hits.slice(0, 12);
    current = 0;
    found.replaceChildren(...hits.map((number, place) => {
      const item = make("li", names[number][0]);
      if (hint(number)) item.append(make("small", ` ${hint(number)}`));
      item.id = `found${place}`;
      item.dir = "auto";
      item.setAttribute("role", "option");
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(place); });
      return item;
    }));
    show();
  }

  function take(place) {
    if (hits[place] === undefined) return;
    find.value = names[hits[place]][0];
    choose(hits[place]);
    hits = [];
    show();
  }

  find.addEventListener("input", list);
  find.addEventListener("blur", () => { hits = []; show(); });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take(current);
    if (event.key === "Escape") { hits = []; show(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    current = (current + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % (hits.length || 1);
    show();
  });
}
