"""The page of all topics: how large, and how soon drawn, against an empty page of pyvis.

Both are opened from disk in the same Chromium, cut off from every network. An empty page is drawn
in the frame after its canvas is there; ours says itself when names and all have been drawn.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright
from pyvis.network import Network

from benchmarks.processes import chromium_path, in_pairs
from benchmarks.report import Figures, Outcome, ratio_of
from graphkit.stores.embedded import EmbeddedStore
from graphkit.views.cluster_page import clusters_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from benchmarks.processes import Bench

VAULTS = ("shared",)
RUNS = 7
_DRAWN: Final = """ours => new Promise(done => {
  const look = () => {
    const drawn = ours ? document.documentElement.dataset.drawn : document.querySelector("canvas");
    const now = () => done(performance.now() / 1000);
    if (drawn && ours) now();
    else requestAnimationFrame(drawn ? now : look);
  };
  look();
})"""


def measure(bench: Bench) -> Iterator[Outcome]:
    """Size, and time until it is drawn."""
    with closing(EmbeddedStore(bench.vaults["shared"], index=bench.fresh_index())) as store:
        store.refresh()
        page = clusters_page(store)
    ours, theirs = bench.folder / "ours.html", bench.folder / "theirs.html"
    ours.write_text(page, encoding="utf-8")
    theirs.write_text(Network(cdn_resources="in_line").generate_html(), encoding="utf-8")
    megabytes = Figures.of([ours.stat().st_size / 1e6])
    yield Outcome("the page of all topics", "MB", megabytes, 2.0)
    browser = chromium_path()
    if browser is None:
        raise SystemExit("There is no Chromium.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        one, other = in_pairs(
            bench.runs,
            lambda: _seconds_until_drawn(chromium, ours, ours=True),
            lambda: _seconds_until_drawn(chromium, theirs, ours=False),
        )
        chromium.close()
    yield ratio_of("drawn", ("all topics", one), ("an empty page of pyvis", other), 1.5)


def _seconds_until_drawn(chromium: Browser, page: Path, *, ours: bool) -> float:
    context = chromium.new_context(offline=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    seconds = float(tab.evaluate(_DRAWN, ours))
    context.close()
    return seconds
