"""Earlier maps of a graph, kept as files of which old ones are thrown away, to compare with now."""

from __future__ import annotations

import gzip
import re
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from graphkit.errors import GraphkitError
from graphkit.explorer.geometry import with_header
from graphkit.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_MOST: Final = 60
_HOURLY: Final = timedelta(days=2)
_DAILY: Final = timedelta(days=30)
_HOUR: Final = timedelta(hours=1)
_WRITTEN: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"(\d{8}T\d{6}Z)\.map\.gz")


class NoEarlierError(GraphkitError):
    """No earlier map has been kept, or none can be read any more."""

    code = "no_earlier"


class History:
    """The earlier maps of a graph in a folder, each a file that is whole or not there.

    Args:
        folder: where they are.
        now: tells the time.
    """

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._folder = folder
        self._now = now

    def keep(self, content: bytes) -> None:
        """Keeps a map, unless one was kept within the last hour; throws away what is too old.

        A folder that cannot be written is left as it is.

        Args:
            content: a map; see ``geometry.binary_map``.
        """
        now = self._now().replace(microsecond=0)
        times = self._times()
        if any(abs(now - time) < _HOUR for time in times):
            return
        packed = gzip.compress(with_header(content, time=now.isoformat()), mtime=0)
        with suppress(OSError):
            write_whole(self._file(now), packed)
            for time in {*times, now} - worth_keeping([*times, now], now):
                self._file(time).unlink(missing_ok=True)

    def before(self, hours: int) -> bytes:
        """The newest map that is so old at least, else the oldest there is, gzipped.

        Args:
            hours: how old.

        Raises:
            NoEarlierError: there is none that can be read.
        """
        times = self._times()
        wanted = self._now() - timedelta(hours=hours)
        old = [time for time in times if time <= wanted]
        for time in [*reversed(old), *(time for time in times if time > wanted)]:
            with suppress(OSError, EOFError, zlib.error, ValueError):
                packed = self._file(time).read_bytes()
                with_header(gzip.decompress(packed))
                return packed
        raise NoEarlierError(
            "No earlier map has been kept yet.",
            "One is kept while the explorer is open, at most every hour.",
        )

    def _times(self) -> list[datetime]:
        """When maps were kept, the oldest first."""
        try:
            names = [file.name for file in self._folder.iterdir()]
        except OSError:
            return []
        found = []
        for name in names:
            if told := _NAME.fullmatch(name):
                with suppress(ValueError):
                    found.append(datetime.fromisoformat(told[1]))
        return sorted(found)

    def _file(self, time: datetime) -> Path:
        return self._folder / f"{time:{_WRITTEN}}.map.gz"


def worth_keeping(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Of some times those whose maps are kept: 60 at the most.

    Args:
        times: when maps were kept.
        now: the time.

    Returns:
        The first of each hour of the last two days, and of each day of the last thirty; none that
        is still to come, by a clock that was put right since.
    """
    hours: dict[str, datetime] = {}
    days: dict[str, datetime] = {}
    for time in sorted(times):
        age = now - time
        if timedelta() <= age <= _HOURLY:
            hours.setdefault(f"{time:%Y%m%d%H}", time)
        elif _HOURLY < age <= _DAILY:
            days.setdefault(f"{time:%Y%m%d}", time)
    return {*days.values(), *list(hours.values())[len(days) - _MOST :]}
