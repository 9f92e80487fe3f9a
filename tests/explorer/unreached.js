// What can be pressed and is too small for it, beyond the edge or covered; what goes on sideways.
() => {
  const told = [];
  const pressed = "a[href], button, input, summary, select, [tabindex='0']";
  const unused = "[inert], .skip, dialog:not([open]), details:not([open]) > :not(summary)";
  for (const one of document.querySelectorAll(pressed)) {
    if (one.disabled || !one.checkVisibility() || one.closest(unused)) continue;
    const boxed = one.matches("input[type=radio], input[type=checkbox]");
    const seen = (boxed && one.labels?.[0]) || one;
    const name = `${seen.localName} ${seen.id || seen.className} ${seen.textContent.slice(0, 30)}`;
    seen.scrollIntoView({ block: "center", inline: "nearest" });
    const { left, right, width, height } = seen.getBoundingClientRect();
    if (!width || !height) {
      told.push(`${name}: not to be seen`);
      continue;
    }
    if (left < -1 || right > innerWidth + 1) told.push(`${name}: beyond the edge`);
    const inline = seen.localName === "a" && getComputedStyle(seen).display === "inline";
    if (!inline && Math.min(width, height) < 23.5) {
      told.push(`${name}: too small, ${width} by ${height}`);
    }
    const [first] = seen.getClientRects();
    const middle = [first.left + first.width / 2, first.top + first.height / 2];
    const there = document.elementFromPoint(...middle);
    if (!there || !(seen.contains(there) || there.contains(seen))) {
      told.push(`${name}: covered by ${there?.outerHTML.slice(0, 80)}`);
    }
  }
  for (const one of [document.scrollingElement, ...document.querySelectorAll("#bar, #side, #legend, #table, #help")]) {
    if (one.checkVisibility() && one.scrollWidth > one.clientWidth + 1) {
      told.push(`${one.localName} ${one.id} goes on sideways`);
    }
  }
  return told;
}
