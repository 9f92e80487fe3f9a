"""A note that is saved, until an open explorer shows it, against a bare refresh of the index.

The page is open at the card of the note that the saved one then links to, in headless Chromium.
"""

from __future__ import annotations

import http.client
import random
import shutil
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote, urlsplit

from playwright.sync_api import sync_playwright

import graphkit
from benchmarks.explorer_pages import chromium, explorer
from benchmarks.processes import ROOT, in_pairs
from benchmarks.report import ratio_of
from graphkit.explorer.frontend.hatch_build import build_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.explorer_pages import Page
    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 9
BAR = 3.0
_SEED: Final = 9
_OPENED: Final = 2_000
"""Milliseconds in which the opening of a page comes to rest."""
_SETTLED: Final = 0.2
"""Seconds after which a change can be told by size and time alone."""


def measure(bench: Bench) -> Iterator[Outcome]:
    """Works on two copies of the large vault: what one does must not be seen by the other."""
    build_page(ROOT, keep_packages=True)
    ours, theirs = bench.folder / "explored", bench.folder / "refreshed"
    for copy in (ours, theirs):
        shutil.copytree(bench.vaults["large"], copy)
    own = replace(bench, vaults={"large": ours})
    with (
        sync_playwright() as playwright,
        chromium(playwright) as browser,
        explorer(own, browser, "large") as page,
        graphkit.open(theirs, index=bench.folder / "bare.sqlite") as graph,
    ):
        saves = _Saves(ours), _Saves(theirs)
        heard: list[float] = []

        def seen() -> float:
            told, shown = _seen(page, saves[0])
            heard.append(told)
            return shown

        def refreshed() -> float:
            saves[1].save()
            time.sleep(_SETTLED)
            start = time.perf_counter()
            graph.refresh()
            return time.perf_counter() - start

        shown, bare = in_pairs(bench.runs, seen, refreshed)
    told = "saved note, told to the page", heard[1:]
    yield ratio_of("saved note, told", told, ("refresh, one note changed", bare), None)
    drawn = "saved note, shown in the card", shown
    yield ratio_of("saved note, shown", drawn, ("refresh, one note changed", bare), BAR)


class _Saves:
    """Saves of a vault's notes: each one sentence more, with a link to one note.

    Args:
        vault: its folder.
    """

    def __init__(self, vault: Path) -> None:
        self._vault = vault
        self._notes = sorted(vault.rglob("*.md"))
        self._chosen = random.Random(_SEED)
        self._number = 0
        self.goal = self._chosen.choice(self._notes)

    @property
    def goal_id(self) -> str:
        """The note that all links lead to, by its id."""
        return self.goal.relative_to(self._vault).as_posix().removesuffix(".md")

    @property
    def words(self) -> str:
        """What the next sentence begins with."""
        return f"Save number {self._number + 1} tells more"

    def save(self) -> None:
        """Saves a note."""
        text = f"\n\n{self.words} in [[{self.goal.stem}]].\n"
        self._number += 1
        with self._chosen.choice(self._notes).open("ab") as file:
            file.write(text.encode())


def _seen(page: Page, saves: _Saves) -> tuple[float, float]:
    """Seconds until a save is told, and until it is shown; then waits until it has settled."""
    with page.opened() as tab, _Events(page) as events:
        tab.wait_for_selector("body[data-ready]")
        tab.evaluate("told => { location.hash = told; }", f"concept={quote(saves.goal_id)}")
        tab.wait_for_selector("#side h2")
        events.wait_for("hello")
        tab.wait_for_function("graphkitTest.listening()")
        tab.evaluate("words => { window.shown = benchmark.shown(words); }", saves.words)
        tab.wait_for_timeout(_OPENED)
        start = time.time()
        saves.save()
        events.wait_for("changed")
        told = time.time() - start
        shown = float(tab.evaluate("window.shown")) - start
        events.wait_for("settled")
    return told, shown


class _Events:
    """A stream of what an explorer tells."""

    def __init__(self, page: Page) -> None:
        host = urlsplit(page.address).netloc
        cookies = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
        self._connection = http.client.HTTPConnection(host)
        self._connection.request("GET", "/api/events", headers={"Cookie": cookies})
        self._answer = self._connection.getresponse()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        self._answer.close()
        self._connection.close()

    def wait_for(self, name: str) -> None:
        """Reads on until such an event is told."""
        while self._answer.readline().decode().strip() != f"event: {name}":
            pass
