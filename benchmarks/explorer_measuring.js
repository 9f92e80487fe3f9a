/* How the benchmark of the explorer looks at a page, its own or sigma alone: run before its scripts. */

(() => {
  const frame = () => new Promise(requestAnimationFrame);
  /* All that was to be drawn before is drawn when its pixels have been read back. */
  const readBack = () => {
    for (const canvas of document.querySelectorAll("canvas")) {
      const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
      if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      else canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
    }
  };
  /* Names are painted on canvases of two dimensions. */
  const named = () =>
    [...document.querySelectorAll("canvas")].some(canvas => {
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
      return pixels && new Uint32Array(pixels.data.buffer).some(Boolean);
    });
  const until = async wanted => {
    for (;;) {
      const found = wanted();
      if (found) return found;
      await frame();
    }
  };
  /* Seconds until the first picture; and until the find box answers, where a word is given. */
  const picture = async word => {
    await until(() => window.graphkitTest?.ready);
    await frame();
    readBack();
    await until(named);
    if (word !== null) {
      const box = document.querySelector("#find input");
      box.value = word;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      await until(() => document.querySelector("#find [role=option]"));
    }
    return performance.now() / 1000;
  };
  /* What each frame took, in seconds, and how many notes it showed. */
  const walk = async cameras => {
    const told = { frames: [], notes: [] };
    for (const camera of cameras) {
      const start = performance.now();
      window.graphkitTest.setCamera(...camera);
      await frame();
      await frame();
      readBack();
      told.frames.push((performance.now() - start) / 1000);
      told.notes.push(window.graphkitTest.drawn().notes);
    }
    return told;
  };
  /* When a text is in the panel and the map is drawn, in seconds since 1970. */
  const shown = words =>
    new Promise(done => {
      const side = document.querySelector("#side");
      /* Nothing is drawn only to see whether it is there: that would be work for the same processor. */
      const watching = new MutationObserver(async () => {
        if (!side.textContent.includes(words)) return;
        watching.disconnect();
        await frame();
        readBack();
        done((performance.timeOrigin + performance.now()) / 1000);
      });
      watching.observe(side, { childList: true, subtree: true });
    });
  /* Brings a concept to the middle of the map, and says where on the screen that is. */
  const bring = async (id, x, y, scale) => {
    window.graphkitTest.setCamera(x, y, scale);
    let [before, at] = [null, null];
    do {
      before = at;
      for (let frames = 0; frames < 4; frames += 1) await frame();
      const { left, top } = document.getElementById("map").getBoundingClientRect();
      const { x, y } = window.graphkitTest.screenOf(id);
      at = { x: x + left, y: y + top };
    } while (before?.x !== at.x || before.y !== at.y);
    return at;
  };
  /* What the page measures of itself under a name, the next time. */
  const measured = (name, before) =>
    until(() => performance.getEntriesByName(name)[before]).then(({ duration }) => duration / 1000);
  window.benchmark = { picture, walk, bring, shown, measured };
})();
