"""How something that takes long is stopped from another thread."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Stop:
    """Stops one thing: whoever does it says for each part of it how that is ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._end: Callable[[], None] | None = None
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Whether it was stopped."""
        return self._stopped

    def now(self) -> None:
        """Ends what is being done; what has not begun yet is ended when it begins."""
        with self._lock:
            self._stopped = True
            if self._end is not None:
                self._end()

    @contextmanager
    def by(self, end: Callable[[], None]) -> Iterator[None]:
        """Says how what is done within this block is ended, which happens there or not at all.

        Args:
            end: called at most once, at once where it was stopped before.
        """
        with self._lock:
            self._end = None if self._stopped else end
            if self._stopped:
                end()
        try:
            yield
        finally:
            with self._lock:
                self._end = None
