// What stands in the panel: sentences and where they are said, lists, a way back.

function listOf(tag, items) {
  const made = make(tag);
  made.append(...items);
  return made;
}

function written(tag, text, className) {
  const made = make(tag, text, className);
  made.dir = "auto";
  return made;
}

/** A link with its sentence; `end` makes an element of one of its ends. */
function proof(link, end) {
  const item = make("li"), ends = make("div");
  ends.append(end(link.source, link.source_title), " → ", end(link.target, link.target_title));
  if (link.relation) ends.append(make("small", ` ${link.relation}`));
  item.append(ends, written("p", link.sentence));
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

/** Another cluster: its colour, and its name as a link to its page, or as a button. */
function clusterLine({ name, hue: shade, page }, act) {
  const line = make("div", null, "other");
  const made = page ? make("a", name) : button(name, "concept", act);
  if (page) made.href = page;
  made.dir = "auto";
  line.append(dotOf(shade), made);
  return line;
}

/** Shows something in the panel, and lights the rows of the tables that belong to it. */
function fill(parts, rows = []) {
  panel.replaceChildren(...parts);
  panel.scrollTop = 0;
  for (const row of document.querySelectorAll("tr.lit")) row.classList.remove("lit");
  for (const row of rows) document.getElementById(row).classList.add("lit");
}
