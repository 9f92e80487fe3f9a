"""Makes the picture that the README opens with: ``python -m tests.readme_picture``."""

from __future__ import annotations

import base64
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright

from tests.conftest import BROWSERS, ROOT

_ALIKE = 16
"""The square of how far two colours lie apart that are as good as one."""
PICTURE = ROOT / "docs" / "page.png"
_PIXELS = """async address => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  let rgba = "";
  for (const byte of data) rgba += String.fromCharCode(byte);
  return { width, height, rgba: btoa(rgba) };
}"""
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
        taken = base64.b64encode(tab.screenshot()).decode("ascii")
        read = chromium.new_page().evaluate(_PIXELS, f"data:image/png;base64,{taken}")
        chromium.close()
    pixels = np.frombuffer(base64.b64decode(read["rgba"]), np.uint8)
    PICTURE.write_bytes(_small_png(pixels.reshape(read["height"], read["width"], 4)[..., :3]))
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


def _small_png(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    """A picture in 256 of its commonest colours, no two alike; each other becomes the nearest."""
    height, width, _ = pixels.shape
    colours, which, counts = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    palette = np.empty((0, 3), int)
    for colour in colours[np.argsort(-counts, kind="stable")].astype(int):
        if len(palette) < 256 and not (((palette - colour) ** 2).sum(axis=1) < _ALIKE).any():
            palette = np.vstack([palette, colour])
    far = ((colours[:, None].astype(int) - palette[None]) ** 2).sum(axis=2)
    rows = far.argmin(axis=1)[which].astype(np.uint8).reshape(height, width)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    lines = zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows), 9)
    told = {b"IHDR": head, b"PLTE": palette.astype(np.uint8).tobytes(), b"IDAT": lines}
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (told | {b"IEND": b""}).items()
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


if __name__ == "__main__":
    main()
