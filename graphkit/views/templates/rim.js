// Other clusters around the picture, each with lines to the notes that lead there.

/**
 * Puts other clusters left and right of a picture, on a narrow page above and below it.
 *
 * @param element where the picture is drawn.
 * @param others the nearest first, each with `name`, `hue`, the direction `towards` it, `page` and `ends`, the notes
 *   that are linked with it.
 * @param open what a click does where there is no page to go to.
 */
function beginRim(element, others, open) {
  const sides = [make("div", null, "rim before"), make("div", null, "rim after")];
  const narrow = matchMedia("(max-width: 50rem)");
  let stressed = null, redraw = () => {};

  const chips = others.map((other, number) => {
    const chip = other.page ? make("a", null, "chip") : button(null, "chip", () => open(number));
    if (other.page) chip.href = other.page;
    const name = make("bdi", brief(other.name, 30));
    chip.append(dotOf(other.hue), name);
    chip.title = other.name;
    const stress = (wanted) => () => { stressed = wanted; redraw(); };
    chip.addEventListener("mouseenter", stress(number));
    chip.addEventListener("focus", stress(number));
    chip.addEventListener("mouseleave", stress(null));
    chip.addEventListener("blur", stress(null));
    return chip;
  });

  function arrange() {
    const axis = narrow.matches ? 1 : 0;
    const shown = others.slice(0, narrow.matches ? 4 : 10).map((_, number) => number);
    const order = shown.sort((a, b) => others[a].towards[axis] - others[b].towards[axis] || a - b);
    const half = Math.ceil(order.length / 2);
    [order.slice(0, half), order.slice(half)].forEach((side, place) => {
      side.sort((a, b) => others[a].towards[1 - axis] - others[b].towards[1 - axis] || a - b);
      sides[place].replaceChildren(...side.map((number) => chips[number]));
    });
  }

  if (others.length) {
    arrange();
    narrow.addEventListener("change", arrange);
    element.parentElement.append(...sides);
  }

  /** How much of the picture it takes on either side, and above and below. */
  function room() {
    if (!others.length) return [0, 0];
    const sizes = sides.map((side) => (narrow.matches ? side.offsetHeight : side.offsetWidth));
    const most = Math.max(...sizes) + 18;
    return narrow.matches ? [0, most] : [most, 0];
  }

  /** The boxes of what stands there, in pixels of the element. */
  function boxes() {
    const frame = element.getBoundingClientRect();
    return chips.filter((chip) => chip.isConnected).map((chip) => {
      const box = chip.getBoundingClientRect();
      return [box.left - frame.left - 4, box.top - frame.top - 4, box.right - frame.left + 4, box.bottom - frame.top + 4];
    });
  }

  function draw(context, network, away, told) {
    const scale = network.getScale(), frame = element.getBoundingClientRect();
    others.forEach((other, number) => {
      if (!chips[number].isConnected) return;
      const box = chips[number].getBoundingClientRect();
      const middle = [box.left + box.width / 2 - frame.left, box.top + box.height / 2 - frame.top];
      const inner = [frame.width / 2 > middle[0] ? box.right - frame.left : box.left - frame.left, middle[1]];
      if (narrow.matches) [inner[0], inner[1]] = [middle[0], frame.height / 2 > middle[1] ? box.bottom - frame.top : box.top - frame.top];
      const from = network.DOMtoCanvas({ x: inner[0], y: inner[1] });
      const opacity = stressed === null ? 0.32 : stressed === number ? 0.9 : 0.1;
      context.strokeStyle = clear(hue(other.hue), opacity);
      context.setLineDash([5 / scale, 4 / scale]);
      for (const [id, count] of other.ends) {
        if (away.has(told.get(id).group)) continue;
        const { [id]: to } = network.getPositions([id]);
        context.lineWidth = (0.8 + Math.min(count, 9) / 5) / scale;
        context.beginPath();
        context.moveTo(from.x, from.y);
        const bend = narrow.matches ? [from.x, (from.y + to.y) / 2, to.x, (from.y + to.y) / 2] : [(from.x + to.x) / 2, from.y, (from.x + to.x) / 2, to.y];
        context.bezierCurveTo(...bend, to.x, to.y);
        context.stroke();
      }
    });
    context.setLineDash([]);
  }

  return { room, boxes, draw, changed: (act) => { redraw = act; } };
}
