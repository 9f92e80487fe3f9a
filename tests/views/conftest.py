"""A real Chromium, cut off from every network, and what a page in it asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Playwright
    from playwright.sync_api import Page as Tab


@pytest.fixture(scope="module")
def chromium(browser: str, playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(
        executable_path=browser,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
    yield started
    started.close()


class Opened:
    """A page that is open, with what it asked for and complained about."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.requests: list[str] = []
        self.errors: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )

    @classmethod
    def of(cls, context: BrowserContext, file: Path) -> Opened:
        """Opens a page from disk, and waits until it is drawn."""
        opened = cls(context.new_page())
        opened.tab.goto(file.as_uri())
        opened.drawn()
        return opened

    def drawn(self) -> None:
        """Waits until the page has drawn its picture."""
        self.tab.wait_for_selector("html[data-drawn=yes]", timeout=60_000)

    def painted(self) -> None:
        """Waits until there are many pixels of colour in the picture, read back from it."""
        self.tab.wait_for_function(
            """() => {
              const canvas = document.querySelector("canvas");
              const { width, height } = canvas;
              const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
              let painted = 0;
              for (let place = 3; place < data.length; place += 4) painted += data[place] > 0;
              return painted > 5_000;
            }""",
            timeout=60_000,
        )

    def at(self, node: int) -> tuple[float, float]:
        """Where on the page a dot of the picture is."""
        x, y = self.tab.evaluate(
            """node => {
              const place = graphkit.network.getPositions([node])[node];
              const { x, y } = graphkit.network.canvasToDOM(place);
              const box = document.getElementById("graph").getBoundingClientRect();
              return [box.left + x, box.top + y];
            }""",
            node,
        )
        return x, y


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens the HTML of a page: ``show(html, width=390)``."""
    contexts: list[BrowserContext] = []

    def open_page(html: str | Path, *, width: int = 1200, theme: str = "light") -> Opened:
        file = html if not isinstance(html, str) else tmp_path / "page.html"
        if isinstance(html, str):
            file.write_text(html, encoding="utf-8")
        contexts.append(
            chromium.new_context(
                viewport={"width": width, "height": 900},
                offline=True,
                color_scheme="dark" if theme == "dark" else "light",
            )
        )
        return Opened.of(contexts[-1], file)

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def store(notes: Path, tmp_path: Path) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(notes, index=tmp_path / "notes.sqlite")
    opened.refresh()
    yield opened
    opened.close()


@pytest.fixture
def store_of(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> Iterator[Callable[[dict[str, str]], EmbeddedStore]]:
    """A vault of some files, indexed."""
    opened: list[EmbeddedStore] = []

    def make(files: dict[str, str]) -> EmbeddedStore:
        made = EmbeddedStore(make_vault(files), index=tmp_path / "made.sqlite")
        made.refresh()
        opened.append(made)
        return made

    yield make
    for made in opened:
        made.close()
