"""The two pages that the explorer's benchmark compares: its own, and sigma alone."""

from __future__ import annotations

import gzip
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.cookiejar import CookieJar
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from benchmarks.processes import ROOT, answer_of, chromium_path, graphkit, serving
from graphkit.explorer.frontend.hatch_build import FRONTEND, STATIC, build_page, run_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Playwright
    from playwright.sync_api import Page as Tab

    from benchmarks.processes import Bench

SCREEN: Final = (1280, 800)
_BARE: Final = ROOT / "benchmarks" / "explorer_bare"
_SOFTWARE: Final = ("--disable-gpu", "--enable-unsafe-swiftshader")
"""As on a machine without a graphics card: WebGL is computed, all else is painted without it."""
_WAIT: Final = 300_000
"""Milliseconds after which a page is given up."""


@dataclass(frozen=True)
class Page:
    """A page that can be opened.

    Args:
        browser: where.
        address: of the page.
        cookies: what it is opened with, by name.
    """

    browser: Browser
    address: str
    cookies: Mapping[str, str]

    @contextmanager
    def opened(self) -> Iterator[Tab]:
        """The page in a tab of its own, with nothing in the browser's cache."""
        wide, high = SCREEN
        context = self.browser.new_context(
            viewport={"width": wide, "height": high}, reduced_motion="reduce"
        )
        context.set_default_timeout(_WAIT)
        context.add_init_script(path=ROOT / "benchmarks" / "explorer_measuring.js")
        for name, value in self.cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": self.address}])
        tab = context.new_page()
        tab.goto(self.address, wait_until="commit")
        try:
            yield tab
        finally:
            context.close()

    def seconds_to_picture(self, word: str | None) -> float:
        """How long after it is asked for the page shows its first picture, in seconds.

        Args:
            word: what is then typed into the find box, which is waited for to answer; None for a
                page without one.
        """
        with self.opened() as tab:
            return float(tab.evaluate("word => benchmark.picture(word)", word))

    def answer(self, path: str) -> bytes:
        """What the page's server answers with, as it comes over the wire."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = Request(self.address + path)  # noqa: S310 - it is on this machine
        request.add_header("Accept-Encoding", "gzip")
        request.add_header("Cookie", cookies)
        with build_opener().open(request) as answered:
            return bytes(answered.read())


def built_sizes() -> tuple[float, float]:
    """Kilobytes of the page's files, compressed: those that a browser loads at first, and all."""
    build_page(ROOT, keep_packages=True)
    static = ROOT / STATIC
    sizes = {
        file.name: len(gzip.compress(file.read_bytes(), 9)) / 1e3
        for file in static.rglob("*")
        if file.suffix in {".html", ".css", ".js"}
    }
    html = (static / "index.html").read_text(encoding="utf-8")
    first = ["index.html", *re.findall(r'(?:src|href)="/assets/([^"]+)"', html)]
    return sum(sizes[name] for name in first), sum(sizes.values())


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium, without a window, its WebGL in software."""
    found = chromium_path()
    if found is None:
        raise SystemExit("There is no Chromium.")
    browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *_SOFTWARE])
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def explorer(bench: Bench, browser: Browser, name: str) -> Iterator[Page]:
    """The explorer's page of a vault, its index made and its server warm."""
    vault, index = bench.vaults[name], bench.folder / f"{name}.sqlite"
    answer_of(graphkit(vault, index, "index"))
    with serving(graphkit(vault, index, "explore", "--no-open")) as address:
        jar = CookieJar()
        build_opener(HTTPCookieProcessor(jar)).open(address).close()
        cookies = {cookie.name: str(cookie.value) for cookie in jar}
        page = Page(browser, f"http://{urlsplit(address).netloc}/", cookies)
        for path in ("areas", "map", "find?q=a"):
            page.answer(f"api/{path}")
        yield page


@contextmanager
def alone(bench: Bench, browser: Browser, ours: Page) -> Iterator[Page]:
    """A page of sigma alone, built of the packages that the explorer's is built of.

    Args:
        bench: where it is put.
        browser: where it is opened.
        ours: the explorer's page, whose graph it draws.
    """
    folder = bench.folder / "alone"
    vite = ROOT / FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    told = ["build", "--config", str(_BARE / "vite.config.mjs"), "--outDir", str(folder)]
    if problem := run_node(_BARE, vite, *told, "--emptyOutDir"):
        raise SystemExit(problem)
    (folder / "api").mkdir()
    (folder / "api" / "map").write_bytes(gzip.decompress(ours.answer("api/map")))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Page(browser, f"http://127.0.0.1:{server.server_port}/", {})
        finally:
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and does not say so."""

    def log_message(self, *told: object) -> None:
        """Keeps quiet."""
