"""Makes the pictures of ``docs/explorer.md``: ``python -m tests.explorer_pictures``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from playwright.sync_api import Page, expect, sync_playwright

from tests.conftest import BROWSERS, ROOT
from tests.pictures import take

_QUERY = """MATCH (a:Note)-[r]->(b:Note)
WHERE a.cluster <> b.cluster AND r.seconds > 3000
RETURN a AS note, b AS links_to, r.moment AS moment, r.sentence AS sentence"""
_SOFTWARE = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


class Picture(NamedTuple):
    """What one picture shows: an address, then words typed into the find box, then keys."""

    name: str
    address: str
    typed: str = ""
    keys: tuple[str, ...] = ()
    dark: bool = False
    wide: int = 1280
    high: int = 800


PICTURES = (
    Picture("map", ""),
    Picture("find", "", typed="calcium"),
    Picture("card", "concept=control/motor_unit"),
    Picture("note", "concept=control/motor_unit&pane=note&line=14", keys=("t",)),
    Picture("path", "pane=path&from=junction/acetylcholine&to=training/muscle_strength", dark=True),
    Picture("topic", "pane=cluster&cluster=c1&legend=1"),
    Picture("filters", "tag=brain&tag=muscle&kind=notes"),
    Picture("bridges", "pane=bridges&cluster=c2&other=c4"),
    Picture("gaps", "concept=control/dopamine&pane=gaps", dark=True),
    Picture("query", f"query={quote(_QUERY)}", keys=("q", "Control+Enter")),
    Picture("phone", "concept=control/motor_unit", wide=390, high=780),
)


def main() -> None:
    """Opens the explorer on the example vault and takes one picture after the other."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = str(Path(folder, "index.sqlite"))
        line = [sys.executable, "-m", "graphkit", "--vault", str(ROOT / "notes"), "--index", index]
        with subprocess.Popen([*line, "explore", "--no-open"], stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            address = server.stdout.readline().decode().strip()
            chromium = playwright.chromium.launch(executable_path=browser, args=_SOFTWARE)
            context = chromium.new_context(reduced_motion="reduce")
            page = context.new_page()
            page.goto(address)
            for picture in PICTURES:
                _show(page, address.partition("?")[0], picture)
                take(page, ROOT / "docs" / f"explorer-{picture.name}.png")
            chromium.close()
            server.terminate()


def _show(page: Page, address: str, picture: Picture) -> None:
    page.set_viewport_size({"width": picture.wide, "height": picture.high})
    page.emulate_media(color_scheme="dark" if picture.dark else "light")
    page.goto("about:blank")
    page.goto(f"{address}#{picture.address}")
    page.wait_for_selector('body[data-ready="1"]')
    if picture.typed:
        page.keyboard.press("/")
        page.keyboard.type(picture.typed)
        expect(page.get_by_role("option").filter(has_text="Cluster around")).to_be_visible()
    for key in picture.keys:
        page.keyboard.press(key)
        page.wait_for_timeout(3_000)  # what it opens is there
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)  # the map comes to rest


if __name__ == "__main__":
    main()
