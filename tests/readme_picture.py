"""Makes the picture that the README opens with: ``python -m tests.readme_picture``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import BROWSERS, ROOT
from tests.pictures import take

PICTURE = ROOT / "docs" / "page.png"
LINE = ["cluster", "motor unit", "--view", "--no-open", "--output"]


def main() -> None:
    """Draws the page as the README's first line does, and takes its picture."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder, "page.html")
        at = ["--vault", str(ROOT / "notes"), "--index", str(Path(folder, "index.sqlite"))]
        subprocess.run([sys.executable, "-m", "graphkit", *at, *LINE, str(page)], check=True)
        chromium = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        tab = chromium.new_page(viewport={"width": 1280, "height": 800})
        tab.goto(page.as_uri())
        tab.wait_for_selector("html[data-drawn=yes]")
        frame = "requestAnimationFrame"
        tab.evaluate(f"new Promise(done => {frame}(() => {frame}(done)))")
        take(tab, PICTURE)
        chromium.close()


if __name__ == "__main__":
    main()
