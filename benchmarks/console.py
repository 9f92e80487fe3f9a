"""The explorer's console: frames while ten thousand rows are scrolled, against two hundred.

In headless Chromium, the same query of the large vault with another limit, the same number of
frames, each by three quarters of what is in view. Two hundred rows are seen again and again, and a
browser keeps what it knows of their text; therefore the same is also measured of ten thousand rows
that are those two hundred fifty times over, which differ in nothing but their number. Besides, how
large the page's files are: what a browser loads at first, and with the editor.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from statistics import quantiles
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from benchmarks.explorer_pages import built_sizes, chromium, explorer
from benchmarks.processes import in_pairs
from benchmarks.report import Figures, Outcome, ratio_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page as Tab

    from benchmarks.processes import Bench

VAULTS = ("large",)
RUNS = 5
_QUERY: Final = (
    "MATCH (a:Note)-[r]->(b) RETURN a, r, b.id AS id, r.sentence AS sentence, r.line AS line"
)
_AGAIN: Final = (
    "MATCH (a:Note)-[r]->(b) WITH a, r, b LIMIT 200 UNWIND range(1, 50) AS copy "
    "RETURN a, r, b.id AS id, r.sentence AS sentence, r.line AS line ORDER BY copy"
)
_FEW: Final = 200
_MANY: Final = 10_000
_FRAMES: Final = 300
_SCROLL: Final = """async (frames) => {
  const grid = document.querySelector("#console [role=grid]");
  const frame = () => new Promise(requestAnimationFrame);
  const step = grid.clientHeight * 0.75;
  const most = grid.scrollHeight - grid.clientHeight;
  const told = [];
  let [top, way] = [0, 1];
  grid.scrollTop = 0;
  await frame();
  for (let number = 0; number < frames; number += 1) {
    if (top + way * step > most || top + way * step < 0) way = -way;
    top += way * step;
    const start = performance.now();
    grid.scrollTop = top;
    await frame();
    await frame();
    told.push((performance.now() - start) / 1000);
  }
  const rows = [...grid.querySelectorAll(".grid-body [role=row]")];
  const seen = rows.map((row) => row.ariaRowIndex - 2);
  if (!seen.includes(Math.ceil(top / 30))) throw new Error(`rows ${seen} at ${top}`);
  return told;
}"""
"""Goes up and down the rows; how long each frame took, in seconds."""


def measure(bench: Bench) -> Iterator[Outcome]:
    """The sizes, then the frames: the 95th of a hundred."""
    first, whole = built_sizes()
    yield Outcome("the page before the console opens", "kB", Figures.of([first]), 250)
    yield Outcome("the page with the console", "kB", Figures.of([whole]), 400)
    with (
        sync_playwright() as playwright,
        chromium(playwright) as browser,
        explorer(bench, browser, "large") as page,
    ):
        for what, query in (("scrolling", _QUERY), ("scrolling the same rows", _AGAIN)):
            asked = urlencode({"console": 1, "query": query})
            console = replace(page, address=f"{page.address}#{asked}")
            with console.opened() as many, console.opened() as few:
                _ask(many, _MANY)
                _ask(few, _FEW)
                ours, theirs = in_pairs(bench.runs, partial(_slowest, many), partial(_slowest, few))
            named = ("10,000 rows", ours), ("200 rows", theirs)
            yield ratio_of(f"a frame of {what}, 95 %", *named, 1.0)


def _ask(tab: Tab, limit: int) -> None:
    """Runs the query that the address tells."""
    tab.locator("#console .cm-line").first.wait_for()
    tab.fill("#console-limit", str(limit))
    tab.keyboard.press("Control+Enter")
    tab.locator(f"#console [role=grid][aria-rowcount='{limit + 1}']").wait_for()
    tab.wait_for_timeout(1_000)


def _slowest(tab: Tab) -> float:
    """The 95th percentile of the frames, in seconds."""
    tab.bring_to_front()
    frames: list[float] = tab.evaluate(_SCROLL, _FRAMES)
    return quantiles(frames, n=100)[94]
