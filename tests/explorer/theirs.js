// What stands in the page, or happened in it, that only a vault can have brought in.
() => {
  const never =
    "script, style, link, meta, base, iframe, frame, frameset, object, embed, applet, form, svg," +
    " math, img, picture, video, audio, source, track, template, slot, portal, marquee, textarea," +
    " select, title, dialog:not(#help), noscript noscript, body body";
  const own = ["SCRIPT", "LINK", "META", "STYLE", "TITLE"];
  const address = /^(https?:|mailto:|vscode:|obsidian:|#|\/assets\/|data:,$)/;
  const forbidden = /^(on|srcdoc|ping|formaction|xlink|is$|contenteditable|popover)/;
  const told = [...document.body.querySelectorAll(never), ...document.head.children]
    .filter((one) => one.parentElement !== document.head || !own.includes(one.tagName))
    .map((one) => one.outerHTML);
  for (const one of document.querySelectorAll("*")) {
    const inNote = one.closest("#side .text") !== null;
    for (const { name, value } of one.attributes) {
      const leads = ["href", "src", "action", "data", "poster"].includes(name);
      const reaches = inNote && ["style", "id", "name"].includes(name);
      const written = name === "contenteditable" && one.matches("#console .cm-content");
      if ((forbidden.test(name) && !written) || reaches || (leads && !address.test(value))) {
        told.push(`${name}=${value}`);
      }
    }
    if (one.localName === "a" && one.target === "_blank" && !/noopener/.test(one.rel)) {
      told.push(one.outerHTML);
    }
  }
  if (window.hacked !== undefined) told.push("window.hacked");
  return told;
}
