"""Small pictures of pages, for the documentation: few colours, no more bytes than they need."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

_ALIKE = 16
"""The square of how far two colours lie apart that are as good as one."""
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


def take(page: Page, to: Path) -> None:
    """Writes a picture of what a page shows."""
    taken = base64.b64encode(page.screenshot()).decode("ascii")
    beside = page.context.new_page()
    read = beside.evaluate(_PIXELS, f"data:image/png;base64,{taken}")
    beside.close()
    pixels = np.frombuffer(base64.b64decode(read["rgba"]), np.uint8)
    to.write_bytes(_small_png(pixels.reshape(read["height"], read["width"], 4)[..., :3]))
    print(f"{to}: {to.stat().st_size:,} bytes")


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
