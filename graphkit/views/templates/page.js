"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { concepts, links, network: drawn } = data;
  const panel = document.getElementById("panel");
  const root = document.documentElement;
  const touching = concepts.map(() => []);
  const between = new Map();
  links.forEach((link, number) => {
    touching[link.source].push(number);
    if (link.target !== link.source) touching[link.target].push(number);
    const pair = [Math.min(link.source, link.target), Math.max(link.source, link.target)].join("-");
    if (!between.has(pair)) between.set(pair, []);
    between.get(pair).push(number);
  });

  // looks

  const remembered = (() => { try { return localStorage.getItem("graphkit-theme"); } catch { return null; } })();
  const wished = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const themeButton = document.getElementById("theme");
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  let network = null;

  function setTheme(theme, keep) {
    root.dataset.theme = theme;
    themeButton.setAttribute("aria-pressed", String(theme === "dark"));
    if (keep) { try { localStorage.setItem("graphkit-theme", theme); } catch { /* not kept */ } }
    for (const dot of document.querySelectorAll(".dot")) paint(dot, Number(dot.dataset.colour), theme);
    if (network) network.setData(picture(theme, network.getPositions()));
    if (network) network.setOptions({ physics: false });
  }

  function paint(dot, number, theme) {
    const [light, dark] = number < 0 ? ["#8b929a", "#8b929a"] : drawn.colours[number];
    const shade = theme === "dark" ? dark : light;
    dot.style.borderColor = shade;
    dot.style.background = number < 0 ? "transparent" : shade;
  }

  function picture(theme, positions) {
    const dark = theme === "dark";
    const ink = colour("--ink"), card = colour("--card"), soft = colour("--soft"), mark = colour("--mark");
    const nodes = drawn.nodes.map((node) => {
      const concept = concepts[node.id];
      const shade = concept.colour < 0 ? "#8b929a" : drawn.colours[concept.colour][dark ? 1 : 0];
      const place = positions && positions[node.id];
      return {
        ...node,
        ...(place || {}),
        color: {
          background: concept.note ? shade : card, border: concept.middle ? mark : shade,
          highlight: { background: concept.note ? shade : card, border: mark },
        },
        borderWidth: concept.middle ? 4 : 2,
        shapeProperties: { borderDashes: concept.note ? false : [4, 3] },
        font: { color: ink, strokeColor: card, strokeWidth: 4, size: concept.middle ? 19 : 15 },
      };
    });
    const edges = drawn.edges.map((edge) => ({
      ...edge,
      color: { color: edge.onpath ? mark : soft, opacity: edge.onpath ? 0.95 : 0.45, highlight: mark },
      font: { color: soft, strokeColor: card, strokeWidth: 3, size: 11, align: "middle" },
    }));
    return { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
  }

  // the panel

  function make(tag, text, className) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function conceptButton(number) {
    const button = make("button", concepts[number].title, "concept");
    button.type = "button";
    button.addEventListener("click", () => choose(number));
    return button;
  }

  function proof(number) {
    const link = links[number];
    const item = make("li");
    const ends = make("div");
    ends.append(conceptButton(link.source), document.createTextNode(" → "), conceptButton(link.target));
    if (link.relation) ends.append(make("small", ` ${link.relation}`));
    item.append(ends, make("p", link.sentence));
    const where = make("div", [link.path && `${link.path}:${link.line}`, link.heading].filter(Boolean).join(" · "), "where");
    if (link.moment) {
      const moment = make("a", `${link.nearest ? "near " : ""}${link.clock}`);
      moment.href = link.moment;
      moment.target = "_blank";
      moment.rel = "noreferrer noopener";
      if (where.textContent) where.append(" · ");
      where.append(moment);
    }
    item.append(where);
    return item;
  }

  function fill(title, facts, summary, numbers) {
    const list = make("ul");
    for (const number of numbers) list.append(proof(number));
    panel.replaceChildren(make("h3", title), make("p", facts, "where"), ...(summary ? [make("p", summary)] : []), list);
    panel.scrollTop = 0;
    for (const row of document.querySelectorAll("tr.lit")) row.classList.remove("lit");
    for (const number of numbers) document.getElementById(`link${number}`).classList.add("lit");
  }

  function showConcept(number) {
    const concept = concepts[number];
    const facts = [concept.id, concept.note ? null : "no note yet", ...concept.tags.map((tag) => `#${tag}`)];
    fill(concept.title, facts.filter(Boolean).join(" · "), concept.summary, touching[number]);
  }

  function showEdge(pair) {
    const numbers = between.get(pair) || [];
    const [one, other] = pair.split("-").map((number) => concepts[Number(number)].title);
    fill(`${one} — ${other}`, `${numbers.length} link${numbers.length === 1 ? "" : "s"}`, null, numbers);
  }

  function drawnOnce() {
    network.fit();
    network.moveTo({ scale: network.getScale() * 0.92 });  // labels stand outside their dots
    root.dataset.drawn = "yes";
  }

  function showAll() {
    const ranked = concepts.map((_, number) => number)
      .sort((a, b) => touching[b].length - touching[a].length || a - b).slice(0, 12);
    const items = ranked.map((number) => {
      const item = make("li");
      item.append(conceptButton(number), make("small", ` ${touching[number].length} links`));
      return item;
    });
    const best = make("ul");
    best.append(...items);
    panel.replaceChildren(make("h3", "Best linked"), make("p", "Click a dot or a line to see what it stands on.", "where"), best);
  }

  function choose(number) {
    network.selectNodes([number]);
    network.focus(number, { scale: Math.max(network.getScale(), 0.9), animation: { duration: 350 } });
    showConcept(number);
  }

  // find

  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const folded = concepts.map((concept) => [concept.title, concept.id, ...concept.aliases].join("\n").toLowerCase());
  let hits = [], current = 0;

  function list() {
    const asked = find.value.trim().toLowerCase();
    hits = asked ? concepts.map((_, number) => number).filter((number) => folded[number].includes(asked)) : [];
    hits.sort((a, b) => Number(!folded[a].startsWith(asked)) - Number(!folded[b].startsWith(asked)) || a - b);
    hits = hits.slice(0, 12);
    current = 0;
    found.replaceChildren(...hits.map((number, place) => {
      const item = make("li", concepts[number].title);
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(place === current));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(place); });
      return item;
    }));
    found.hidden = hits.length === 0;
  }

  function take(place) {
    if (hits[place] === undefined) return;
    choose(hits[place]);
    find.value = concepts[hits[place]].title;
    found.hidden = true;
  }

  find.addEventListener("input", list);
  find.addEventListener("blur", () => { found.hidden = true; });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take(current);
    if (event.key === "Escape") found.hidden = true;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    current = (current + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % (hits.length || 1);
    [...found.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === current)));
  });

  // the graph

  setTheme(remembered === "dark" || remembered === "light" ? remembered : wished, false);
  network = new vis.Network(document.getElementById("graph"), picture(root.dataset.theme), drawn.options);
  network.on("click", (event) => {
    if (event.nodes.length) showConcept(event.nodes[0]);
    else if (event.edges.length) showEdge(String(event.edges[0]));
  });
  network.once("stabilizationIterationsDone", () => {
    network.setOptions({ physics: false });
    drawnOnce();
  });
  if (!drawn.options.physics.enabled) network.once("afterDrawing", drawnOnce);
  themeButton.addEventListener("click", () => setTheme(root.dataset.theme === "dark" ? "light" : "dark", true));
  const middle = concepts.findIndex((concept) => concept.middle);
  if (middle < 0) showAll(); else showConcept(middle);
  window.graphkit = { network, choose, showEdge };
})();
