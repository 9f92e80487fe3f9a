// A page of concepts and links: what a click shows in the panel, and the way through a cluster.

function beginPage() {
  const { concepts, links, groups, beyond, card, drawn } = data;
  const touching = concepts.map(() => []);
  const together = new Map();
  links.forEach((link, number) => {
    touching[link.source].push(number);
    if (link.target !== link.source) touching[link.target].push(number);
    const pair = [Math.min(link.source, link.target), Math.max(link.source, link.target)].join("-");
    if (!together.has(pair)) together.set(pair, []);
    together.get(pair).push(number);
  });
  const map = createMap(document.getElementById("graph"), drawn, {
    node: showConcept,
    edge: showEdge,
    area: showPart,
    nothing: showAll,
    beyond: showBeyond,
  });

  // the panel

  function rowOf(number) {
    return `link${number}`;
  }

  function conceptButton(number) {
    const made = button(concepts[number].title, "concept", () => choose(number));
    made.dir = "auto";
    return made;
  }

  /** One end of a link; of a concept that is not on the page, its title. */
  function end(number, title) {
    if (number !== null && number !== undefined) return conceptButton(number);
    return written("b", title);
  }

  function back() {
    const name = card ? card.name : "Best linked";
    return button(`← ${name}`, "back", () => { map.choose(null); showAll(); });
  }

  function clusterOf(concept) {
    if (concept.group < 0) return [];
    const line = make("p", null, "where");
    line.append(dotOf(groups[concept.group].hue), groups[concept.group].name);
    return [line];
  }

  function showConcept(number) {
    const concept = concepts[number];
    const facts = [concept.id, concept.note ? null : "no note yet", ...concept.tags.map((tag) => `#${tag}`)];
    const parts = [back(), ...walk(number), written("h2", concept.title), make("p", facts.filter(Boolean).join(" · "), "where"), ...clusterOf(concept)];
    if (concept.summary) parts.push(written("p", concept.summary));
    if (concept.because) parts.push(written("p", concept.because, "because"));
    const proofs = touching[number].map((link) => proof(links[link], end));
    const outer = beyond.flatMap((other) => other.bridges.filter((bridge) => bridge.concept === number).flatMap((bridge) => bridge.links));
    fill([...parts, listOf("ul", [...proofs, ...outer.map((link) => proof(link, end))])], touching[number].map(rowOf));
  }

  function showEdge(pair) {
    const numbers = together.get(pair);
    const [one, other] = pair.split("-").map((number) => concepts[Number(number)].title);
    const proofs = numbers.map((number) => proof(links[number], end));
    fill([back(), written("h2", `${one} — ${other}`), make("p", counted(numbers.length, "link", "links"), "where"), listOf("ul", proofs)], numbers.map(rowOf));
  }

  function showAll() {
    if (!card) { showBest(); return; }
    const parts = [written("h2", card.name), make("p", card.facts, "where")];
    if (card.central.length && !card.order.length) {
      const central = card.central.map((number) => { const item = make("li"); item.append(conceptButton(number)); return item; });
      parts.push(make("h3", "In the middle"), listOf("ul", central));
    }
    if (card.order.length) parts.push(make("h3", "Read in this order"), listOf("ol", card.order.map(stepItem)));
    if (beyond.length) parts.push(make("h3", "Leads on to"), listOf("ul", beyond.map(beyondItem)));
    fill(parts);
  }

  function conceptItem(number) {
    const item = make("li");
    item.append(conceptButton(number), make("small", ` ${counted(touching[number].length, "link", "links")}`));
    return item;
  }

  function best(numbers) {
    return numbers.sort((a, b) => touching[b].length - touching[a].length || a - b);
  }

  /** A cluster that is a part of the page: its notes. */
  function showPart(group) {
    const members = concepts.map((_, number) => number).filter((number) => concepts[number].group === group);
    fill([back(), written("h2", groups[group].name), make("p", counted(members.length, "note", "notes"), "where"), listOf("ul", best(members).map(conceptItem))]);
  }

  function showBest() {
    const items = best(concepts.map((_, number) => number)).slice(0, 12).map(conceptItem);
    fill([written("h2", "Best linked"), make("p", "Click a dot or a line to see what it stands on.", "where"), listOf("ul", items)]);
  }

  function choose(number) {
    map.goTo(number);
    showConcept(number);
  }

  // the way through a cluster

  function stepItem(step) {
    const item = make("li");
    item.append(conceptButton(step.concept));
    if (step.sentence) item.append(written("p", step.sentence));
    if (step.builds_on.length) {
      const line = make("p", "builds on ", "where");
      step.builds_on.forEach((number, place) => line.append(place ? ", " : "", concepts[number].title));
      item.append(line);
    }
    return item;
  }

  /** Where a concept stands in the reading order, with ways back and on. */
  function walk(number) {
    const order = card ? card.order : [];
    const place = order.findIndex((step) => step.concept === number);
    if (place < 0) return [];
    const line = make("p", null, "walk");
    const go = (to, text) => {
      const made = button(text, null, () => choose(order[to].concept));
      made.disabled = !order[to];
      return made;
    };
    line.append(go(place - 1, "← Before"), ` ${place + 1} of ${order.length} to read `, go(place + 1, "Next →"));
    return [line];
  }

  // other clusters

  function beyondItem(other, number) {
    const item = make("li");
    const through = new Set(other.bridges.map((bridge) => bridge.title));
    item.append(clusterLine(other, () => showBeyond(number)), written("p", `through ${[...through].slice(0, 3).join(" · ")}`, "where"));
    return item;
  }

  function showBeyond(number) {
    const other = beyond[number];
    map.choose(null);
    const proofs = other.bridges.flatMap((bridge) => bridge.links).map((link) => proof(link, end));
    fill([back(), written("h2", other.name), make("p", `joined with ${card.name} by`, "where"), listOf("ul", proofs)]);
  }

  // the legend

  for (const box of document.querySelectorAll("#legend input")) {
    box.addEventListener("change", () => map.show(Number(box.value), box.checked));
  }

  beginFind(concepts.map((concept) => [concept.title, concept.id, ...concept.aliases]), choose);
  const middle = concepts.findIndex((concept) => concept.middle);
  const [kind, asked] = decodeURIComponent(location.hash.slice(1)).split(/=(.*)/s);
  const wanted = kind === "note" ? concepts.findIndex((concept) => concept.id === asked) : -1;
  const part = kind === "part" ? groups.findIndex((group) => group.id === asked) : -1;
  if (wanted >= 0) choose(wanted);
  else if (card || middle < 0) showAll();
  else showConcept(middle);
  if (part >= 0) {
    showPart(part);
    map.network.once("afterDrawing", () => map.goToArea(part));
  }
  window.graphkit = { network: map.network, choose, showEdge, names: map.names };
}
