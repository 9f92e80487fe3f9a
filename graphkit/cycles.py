"""Many objects made at once, without Python's search for cycles among them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_looking_for_cycles() -> Iterator[None]:
    """For rows by the hundred thousand, made and let go: looking for cycles in them takes time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
