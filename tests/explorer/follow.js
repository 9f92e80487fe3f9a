// Changes the address of the open page, and waits until what it tells stands beside the map.
async (told) => {
  const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
  location.hash = told;
  await changed;
  const side = document.getElementById("side");
  const until = performance.now() + 30_000;
  while (side.querySelector("[aria-busy]") && performance.now() < until) {
    await new Promise((done) => setTimeout(done, 5));
  }
  return side.querySelector("h2")?.textContent ?? null;
}
