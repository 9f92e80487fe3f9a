// Where names stand on the map: as many as fit, the most important first, none upon another.

const FAMILY = "system-ui, sans-serif";
const measuring = document.createElement("canvas").getContext("2d");
const measured = new Map();

function widthOf(text, font) {
  const key = `${font}\n${text}`;
  if (!measured.has(key)) {
    measuring.font = font;
    measured.set(key, measuring.measureText(text).width);
  }
  return measured.get(key);
}

/** A title in lines of about so many letters, three at the most. */
function inLines(title, letters) {
  const lines = [];
  const told = title.length <= 60 ? title : `${title.slice(0, 59)}…`;
  for (let word of told.split(/ +/)) {
    if (word.length > 2 * letters) word = `${word.slice(0, 2 * letters - 1)}…`;
    if (lines.length && lines.at(-1).length + word.length < letters) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  if (lines.length > 3) lines.splice(2, lines.length, `${lines[2]}\u00a0…`);
  return lines;
}

/** A title in one line of so many letters, cut where a word ends. */
function shortened(title, letters) {
  if (title.length <= letters) return title;
  const cut = title.lastIndexOf(" ", letters);
  return `${title.slice(0, cut > letters / 2 ? cut : letters)}\u00a0…`;
}

/** As many terms of a cluster's name as have so many letters, one at the least. */
function brief(name, letters) {
  const terms = name.split(", ");
  let told = terms.shift();
  while (terms.length && told.length + terms[0].length + 2 <= letters) told += `, ${terms.shift()}`;
  return terms.length ? `${told}\u00a0…` : told;
}

/** A name that is to be drawn, measured. */
function textBlock(lines, size, weight) {
  const font = `${weight} ${size}px ${FAMILY}`;
  const high = Math.round(size * 1.2);
  return { lines, font, high, width: Math.max(...lines.map((line) => widthOf(line, font))), height: high * lines.length };
}

/** Rectangles, found by where they lie. */
class Taken {
  constructor() { this.squares = new Map(); }

  * under([left, top, right, bottom]) {
    for (let column = Math.floor(left / 64); column <= Math.floor(right / 64); column += 1) {
      for (let row = Math.floor(top / 64); row <= Math.floor(bottom / 64); row += 1) yield `${column} ${row}`;
    }
  }

  add(box) {
    for (const square of this.under(box)) {
      if (!this.squares.has(square)) this.squares.set(square, []);
      this.squares.get(square).push(box);
    }
  }

  /** The boxes that overlap one. */
  over(box) {
    const found = new Set();
    for (const square of this.under(box)) {
      for (const other of this.squares.get(square) || []) {
        if (other[0] < box[2] && box[0] < other[2] && other[1] < box[3] && box[1] < other[3]) found.add(other);
      }
    }
    return found;
  }
}

/** Where a name may stand beside a dot, the best first: under it, beside it, above it, or in one line. */
function besideDot(x, y, radius, blocks) {
  const spots = [];
  for (const block of blocks) {
    const down = radius + 3 + block.height / 2, right = radius + 5 + block.width / 2;
    spots.push({ x, y: y + down, block });
    if (block === blocks[0]) spots.push({ x: x + right, y, block }, { x: x - right, y, block });
    spots.push({ x, y: y - down, block });
  }
  return spots;
}

/**
 * Gives names their places.
 *
 * @param names in the order of their importance; each has `spots`, the middles of its possible
 *   places in pixels with the lines that would stand there, the best first; one that is worse than
 *   the others `cost`s as much as so many covered dots. One that `must` be there stands at its first
 *   place if there is no other.
 * @param dots boxes that no name should cover.
 * @param frame the box that all names should stand in, and `rim`, boxes that none may cover; null
 *   where there is none.
 * @returns the names that have a place, each with its `box` and `block`.
 */
function placed(names, dots, { frame, rim }) {
  const taken = new Taken(), below = new Taken();
  for (const dot of dots) below.add(dot);
  for (const box of rim) taken.add(box);
  const found = [];
  const boxOf = ({ x, y, block }, more = 0) => [
    x - block.width / 2 - 4 * more, y - block.height / 2 - more, x + block.width / 2 + 4 * more, y + block.height / 2 + more,
  ];
  const within = (spot) => {
    if (!frame) return spot;
    const half = [spot.block.width / 2, spot.block.height / 2];
    const x = Math.min(Math.max(spot.x, frame[0] + half[0]), frame[2] - half[0]);
    const y = Math.min(Math.max(spot.y, frame[1] + half[1]), frame[3] - half[1]);
    return { ...spot, x, y, cost: (spot.cost || 0) + (Math.abs(x - spot.x) + Math.abs(y - spot.y)) / 20 };
  };
  for (const name of names) {
    let best = null, least = Infinity;
    const spots = name.spots.map(within);
    for (const spot of spots) {
      if (taken.over(boxOf(spot, 1)).size) continue;
      const cost = below.over(boxOf(spot)).size + (spot.cost || 0);
      if (cost < least) [best, least] = [spot, cost];
      if (cost <= (spot.cost || 0)) break;
    }
    if (!best && name.must) [best] = spots;
    if (!best || (least >= 1 && !name.must && !name.overDots)) continue;
    taken.add(boxOf(best));
    found.push({ ...name, box: boxOf(best), block: best.block });
  }
  return found;
}

function drawName(context, name, ink, halo) {
  const { lines, font, high } = name.block;
  const [left, top, right] = name.box;
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = halo;
  context.fillStyle = ink;
  lines.forEach((line, row) => {
    const x = (left + right) / 2, y = top + high * (row + 0.5);
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  });
}
