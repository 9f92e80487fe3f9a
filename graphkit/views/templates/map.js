// The picture: dots and lines by vis-network, areas below them and names above them.

/**
 * Draws a map into an element.
 *
 * @param element where.
 * @param drawn its `nodes`, `edges`, `areas` and vis-network's `options`; a node or an edge is told
 *   with what it looks like, an area with its polygons.
 * @param act what a click does: `node(id)`, `edge(id)`, `area(group)`, `nothing()`, and on another
 *   cluster at the rim `beyond(number)`.
 */
function createMap(element, drawn, act) {
  const { areas } = drawn;
  const told = new Map(drawn.nodes.map((node) => [node.id, node]));
  const ranked = [...drawn.nodes].sort((a, b) => a.rank - b.rank);
  const beside = new Map(drawn.nodes.map((node) => [node.id, new Set()]));
  for (const edge of drawn.edges) {
    beside.get(edge.from).add(edge.to);
    beside.get(edge.to).add(edge.from);
  }
  const narrow = matchMedia("(max-width: 50rem)");
  const away = new Set();  // groups that are switched off
  const atHome = drawn.nodes.every((node) => node.x !== undefined);
  let moving = false, hovered = null, chosen = null;
  let names = [], layout = "", fitted = null;

  const rim = beginRim(element, drawn.rim, act.beyond);
  const nodes = new vis.DataSet(drawn.nodes.map(nodeLook));
  const edges = new vis.DataSet(drawn.edges.map(edgeLook));

  function nodeLook(node) {
    const shade = hue(node.hue), card = colour("--card"), mark = colour("--mark");
    const border = node.hollow ? shade : card;
    return {
      id: node.id, shape: node.shape, size: node.size, hidden: away.has(node.group),
      ...(node.x === undefined || moving ? {} : { x: node.x, y: node.y }),
      ...(node.fixed ? { fixed: true } : {}),
      color: {
        background: node.hollow ? card : shade, border: node.middle ? mark : border,
        highlight: { background: node.hollow ? card : shade, border: mark },
        hover: { background: node.hollow ? card : shade, border: mark },
      },
      borderWidth: node.middle ? 4 : drawn.nodes.length > 600 && !node.hollow ? 0 : 2, borderWidthSelected: 4,
      shapeProperties: { borderDashes: node.hollow ? [4, 3] : false },
    };
  }

  function edgeLook(edge) {
    const mark = colour("--mark");
    const ends = [told.get(edge.from), told.get(edge.to)], lit = edge.onpath || edge.from === chosen || edge.to === chosen;
    return {
      id: edge.id, from: edge.from, to: edge.to, width: edge.width, arrows: edge.arrows,
      hidden: ends.some((node) => away.has(node.group)),
      color: { color: lit ? mark : colour("--edge"), opacity: lit ? Math.max(0.7, edge.opacity) : edge.opacity, highlight: mark, hover: mark },
      ...(edge.label ? { label: edge.label } : {}),
      font: { color: colour("--soft"), strokeColor: colour("--card"), strokeWidth: 3, size: 11, align: "middle" },
    };
  }

  const network = new vis.Network(element, { nodes, edges }, drawn.options);

  // areas

  for (const area of areas) area.spots = area.name ? spotsWithin(area.polygons) : [];

  function spotsWithin(polygons) {
    const points = polygons.flat();
    if (!points.length) return [];
    const [left, right] = extent(points, 0), [top, bottom] = extent(points, 1);
    const middle = [(left + right) / 2, (top + bottom) / 2];
    const found = [];
    for (let row = 1; row < 24; row += 1) {
      for (let column = 1; column < 12; column += 1) {
        const point = [left + ((right - left) * column) / 12, top + ((bottom - top) * row) / 24];
        if (isWithin(point, polygons)) found.push(point);
      }
    }
    const far = ([x, y]) => Math.hypot(x - middle[0], y - middle[1]);
    return found.sort((a, b) => far(a) - far(b));
  }

  function extent(points, axis) {
    let least = Infinity, most = -Infinity;
    for (const point of points) {
      least = Math.min(least, point[axis]);
      most = Math.max(most, point[axis]);
    }
    return [least, most];
  }

  function isWithin([x, y], polygons) {
    let within = false;
    for (const polygon of polygons) {
      polygon.forEach(([ax, ay], place) => {
        const [bx, by] = polygon[(place + 1) % polygon.length];
        if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
      });
    }
    return within;
  }

  function drawAreas(context) {
    if (moving) return;
    for (const area of areas) {
      const shade = hue(area.hue), off = away.has(area.group);
      context.beginPath();
      for (const polygon of area.polygons) trace(context, polygon);
      context.fillStyle = clear(shade, off ? 0.03 : isDark() ? 0.16 : 0.11);
      context.fill("evenodd");
      context.lineWidth = 1.5 / network.getScale();
      context.strokeStyle = clear(shade, off ? 0.25 : 0.55);
      context.setLineDash([]);
      context.stroke();
    }
  }

  /** A polygon with its corners rounded. */
  function trace(context, polygon) {
    const half = (one, other) => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
    context.moveTo(...half(polygon.at(-1), polygon[0]));
    polygon.forEach((corner, place) => {
      context.quadraticCurveTo(...corner, ...half(corner, polygon[(place + 1) % polygon.length]));
    });
    context.closePath();
  }

  // names

  /** The ways to write a node's name, the best first. */
  function blocksOf(node, scale, stressed) {
    if (node.count !== undefined) {
      const size = narrow.matches ? 12 : node.size * scale > 26 ? 15 : 13;
      return [44, 24, 1].map((letters) => textBlock(inLines(brief(node.title, letters), 18), size, 650));
    }
    const size = node.middle ? 15 : 12, weight = node.middle ? 650 : stressed ? 600 : 450;
    const lines = inLines(node.title, 18);
    const blocks = [textBlock(lines, size, weight)];
    if (lines.length > 1) blocks.push(textBlock([shortened(node.title, 30)], size, weight));
    return blocks;
  }

  function noteName(node, { x, y }, scale, { must = false, stressed = false }) {
    const spots = besideDot(x * scale, y * scale, node.size * scale, blocksOf(node, scale, stressed));
    return { node, must, overDots: node.count !== undefined, spots };
  }

  /** An area's name: in the room that is kept for it, there also in narrower lines, or elsewhere. */
  function areaName(area, scale) {
    const [left, right] = extent(area.polygons.flat(), 0);
    const wide = (right - left) * scale;
    const size = Math.max(11.5, Math.min(narrow.matches ? 13 : 16, wide / 14));
    const letters = Math.max(14, wide / (size * 0.62));
    const told = brief(area.name, (wide > 160 ? 1.6 : 1.1) * letters);
    const [block, lower] = [1, 0.6].map((part) => textBlock(inLines(told, part * letters + 4), size, 650));
    const spot = ([x, y], lines, cost) => {
      const half = lines.width / 2 / scale;
      const out = [x - half, x + half].filter((side) => !isWithin([side, y], area.polygons)).length;
      return { x: x * scale, y: y * scale, block: lines, cost: cost + out };
    };
    const spots = area.spots.map((point, place) => spot(point, block, 1 + place / area.spots.length));
    if (area.room) spots.push(spot(area.room, block, 0), spot(area.room, lower, 0.1));
    return { area, overDots: true, spots: spots.sort((a, b) => a.cost - b.cost) };
  }

  /** Chooses which names are drawn, and where. */
  function layNames(scale) {
    const positions = network.getPositions();
    const shown = ranked.filter((node) => !away.has(node.group));
    const dots = shown.map(({ id, size }) => {
      const { x, y } = positions[id], radius = size * scale;
      return [x * scale - radius, y * scale - radius, x * scale + radius, y * scale + radius];
    });
    const near = chosen === null ? new Set() : beside.get(chosen);
    const first = [], next = [], others = [];
    for (const node of shown) {
      const at = positions[node.id];
      if (node.id === hovered || node.id === chosen) first.unshift(noteName(node, at, scale, { must: true, stressed: true }));
      else if (node.middle) first.push(noteName(node, at, scale, { must: true }));
      else if (near.has(node.id)) next.push(noteName(node, at, scale, { stressed: true }));
      else others.push(noteName(node, at, scale, {}));
    }
    const named = moving ? [] : areas.filter((area) => area.name && !away.has(area.group)).map((area) => areaName(area, scale));
    // The closer the notes are together, the fewer of them are named: so the picture stays clear.
    const room = drawn.room ? shown.length * Math.min(1, (drawn.room * scale / 80) ** 3) : shown.length;
    // In the view of all of it, names stand within the frame and beside what stands at its rim.
    const whole = fitted && Math.abs(scale - fitted.scale) < 0.001 ? fitted : { frame: null, rim: [] };
    names = placed([...first, ...named, ...next, ...others.slice(0, Math.max(6, room))], dots, whole);
  }

  function drawNames(context) {
    const matrix = context.getTransform();
    const ratio = context.canvas.width / context.canvas.clientWidth;
    const scale = matrix.a / ratio;
    const now = [scale.toFixed(4), hovered, chosen, [...away].join()].join();
    if (moving || !atHome || now !== layout) layNames(scale);
    layout = now;
    const ink = colour("--ink"), halo = clear(colour("--card"), 0.9);
    context.save();
    context.setTransform(ratio, 0, 0, ratio, matrix.e, matrix.f);
    drawNumbers(context, scale);
    for (const name of [...names].reverse()) {
      const shade = name.area ? name.area.hue : name.node.count !== undefined ? name.node.hue : null;
      drawName(context, name, shade === null ? ink : between(hue(shade), ink, 0.45), halo);
    }
    context.restore();
  }

  /** The number of its cluster in every dot that has room for it, or of a cluster's notes. */
  function drawNumbers(context, scale) {
    const positions = network.getPositions();
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const node of drawn.nodes) {
      const radius = node.size * scale;
      if (node.number === undefined || away.has(node.group) || radius < 8) continue;
      const told = grouped(node.number);
      context.font = `600 ${Math.min(15, radius * (1.1 - 0.13 * told.length))}px ${FAMILY}`;
      context.fillStyle = readableOn(hue(node.hue));
      const { x, y } = positions[node.id];
      context.fillText(told, x * scale, y * scale + 0.5);
    }
  }

  function readableOn(hex) {
    const [red, green, blue] = channels(hex);
    return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#111" : "#fff";
  }

  // what a person does

  /** The node whose name is drawn at a place on the page; null where there is none. */
  function namedAt({ x, y }) {
    const middle = network.canvasToDOM({ x: 0, y: 0 });
    const [left, top] = [x - middle.x, y - middle.y];
    const found = names.find(({ box }) => box[0] <= left && left <= box[2] && box[1] <= top && top <= box[3]);
    return found && found.node ? found.node.id : null;
  }

  function bounds() {
    const points = areas.flatMap((area) => area.polygons.flat());
    for (const [id, { x, y }] of Object.entries(network.getPositions())) {
      const { size } = told.get(Number(id));
      points.push([x - size, y - size], [x + size, y + size]);
    }
    return points.length ? [...extent(points, 0), ...extent(points, 1)] : [0, 1, 0, 1];
  }

  function fit() {
    const [left, right, top, bottom] = bounds();
    const [aside, above] = rim.room();
    const around = atHome && areas.length ? 14 : 48;  // names of dots without an area reach beyond it
    if (narrow.matches && atHome) {
      const high = ((bottom - top) / (right - left || 1)) * (element.clientWidth - 2 * around) + 2 * Math.max(above, around);
      element.style.height = `${Math.min(innerHeight * 0.75, Math.max(240, high))}px`;
      network.setSize("100%", "100%");
    }
    const { clientWidth, clientHeight } = element;
    const wide = clientWidth - 2 * Math.max(aside, around), high = clientHeight - 2 * Math.max(above, around);
    const scale = Math.min(wide / (right - left || 1), high / (bottom - top || 1), 1.4);
    const x = (left + right) / 2, y = (top + bottom) / 2;
    network.moveTo({ position: { x, y }, scale });
    const shift = [x * scale - clientWidth / 2, y * scale - clientHeight / 2];
    const moved = (box) => box.map((value, side) => value + shift[side % 2]);
    fitted = { scale, frame: moved([3, 3, clientWidth - 3, clientHeight - 3]), rim: rim.boxes().map(moved) };
    layout = "";
    network.redraw();
  }

  function choose(id) {
    const before = chosen;
    chosen = id;
    edges.update(drawn.edges.filter(({ from, to }) => [from, to].some((end) => end === before || end === id)).map(edgeLook));
    if (id === null) network.unselectAll();
    else network.selectNodes([id], false);
    network.redraw();
  }

  /** Chooses a node and, where it is out of sight or too small, goes there. */
  function goTo(id) {
    choose(id);
    const { [id]: place } = network.getPositions([id]);
    const { x, y } = network.canvasToDOM(place), scale = network.getScale();
    const seen = x > 40 && y > 40 && x < element.clientWidth - 40 && y < element.clientHeight - 40;
    if (seen && scale >= 0.4) return;
    network.focus(id, { scale: Math.max(scale, 0.6), animation: { duration: 350 } });
  }

  function goToArea(group) {
    const area = areas.find((one) => one.group === group);
    if (!area) return;
    const points = area.polygons.flat();
    const [left, right] = extent(points, 0), [top, bottom] = extent(points, 1);
    const scale = Math.min(element.clientWidth / (right - left), element.clientHeight / (bottom - top)) * 0.85;
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: { duration: 350 } });
  }

  function show(group, wanted) {
    if (wanted) away.delete(group); else away.add(group);
    refresh();
  }

  function refresh() {
    nodes.update(drawn.nodes.map(nodeLook));
    edges.update(drawn.edges.map(edgeLook));
    layout = "";
    network.redraw();
  }

  function setMoving(wanted) {
    moving = wanted;
    network.setOptions({ physics: { enabled: moving }, interaction: { dragNodes: moving || !atHome } });
    if (!moving && atHome) refresh();
    layout = "";
    network.redraw();
  }

  function drawnOnce() {
    network.once("afterDrawing", () => { root.dataset.drawn = "yes"; });
    fit();
  }

  network.on("beforeDrawing", (context) => {
    drawAreas(context);
    rim.draw(context, network, away, told);
  });
  rim.changed(() => network.redraw());
  network.on("afterDrawing", drawNames);
  network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  network.on("click", ({ nodes: hit, edges: lines, pointer }) => {
    const id = hit.length ? hit[0] : namedAt(pointer.DOM);
    if (id !== null) {
      choose(id);
      act.node(id);
    } else if (lines.length) {
      act.edge(String(lines[0]));
    } else {
      choose(null);
      const area = moving ? null : areas.find(({ polygons }) => isWithin([pointer.canvas.x, pointer.canvas.y], polygons));
      if (area) act.area(area.group);
      else act.nothing();
    }
  });
  if (atHome) {
    drawnOnce();
  } else {
    network.once("stabilizationIterationsDone", () => {
      network.setOptions({ physics: false });
      drawnOnce();
    });
  }
  onTheme.push(refresh);
  addEventListener("resize", () => { if (root.dataset.drawn) fit(); });
  const zoom = (by) => network.moveTo({ scale: network.getScale() * by, animation: { duration: 150 } });
  document.getElementById("closer").addEventListener("click", () => zoom(1.4));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("fit").addEventListener("click", fit);
  document.getElementById("move").addEventListener("click", (event) => {
    setMoving(!moving);
    event.currentTarget.setAttribute("aria-pressed", String(moving));
  });
  return { network, choose, goTo, goToArea, show, fit, names: () => names };
}
