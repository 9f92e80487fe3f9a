// What has the focus, and whether that can be seen.
() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const { left, right, top, bottom } = one.getBoundingClientRect();
  return {
    name: one.id || one.getAttribute("aria-label") || one.textContent.trim().slice(0, 40),
    outlined:
      one.matches(":focus-visible") && outlineStyle !== "none" && parseFloat(outlineWidth) >= 1,
    seen: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
  };
}
