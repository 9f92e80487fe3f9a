"""What is measured is run here: calls in this process, and whole processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_BETWEEN_SAMPLES = 0.02


@dataclass(frozen=True)
class Bench:
    """What a benchmark is given.

    Args:
        vaults: the vaults by their names, ``shared`` and where wanted ``large``.
        folder: an empty folder for what it makes.
        runs: how many pairs to measure.
    """

    vaults: Mapping[str, Path]
    folder: Path
    runs: int

    def fresh_index(self) -> Path:
        """A place where there is no index; the one that was there before is thrown away."""
        for ending in ("", "-wal", "-shm"):
            (self.folder / f"index.sqlite{ending}").unlink(missing_ok=True)
        return self.folder / "index.sqlite"


def in_pairs(
    runs: int, one: Callable[[], float], other: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Measures two things in turn, once for nothing and then so often.

    Args:
        runs: how many pairs count.
        one: gives back what it measured.
        other: the same for the alternative.

    Returns:
        The values of either, pair by pair.
    """
    pairs = [(one(), other()) for _ in range(runs + 1)][1:]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def seconds_of(call: Callable[[], object]) -> float:
    """How long a call takes, in seconds."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def python(*arguments: str) -> list[str]:
    """A command line of this very Python."""
    return [sys.executable, *arguments]


def graphkit(vault: Path, index: Path, *arguments: str) -> list[str]:
    """A command line of this checkout's graphkit."""
    named = ("--vault", str(vault), "--index", str(index))
    return python("-m", "graphkit", arguments[0], *named, *arguments[1:])


def process_seconds(command: list[str]) -> float:
    """How long a whole process takes, from its start to its end, in seconds."""
    return seconds_of(lambda: _finished(_started(command)))


def answer_of(command: list[str]) -> str:
    """What a process prints."""
    told = subprocess.run(
        command, cwd=ROOT, env=_environment(), capture_output=True, check=True, text=True
    )
    return told.stdout


def peak_memory(command: list[str]) -> float:
    """The most memory that a process and all its children hold at a time.

    It is the proportional set size, from ``/proc/PID/smaps_rollup`` on Linux: what processes
    share counts once. Sampled about fifty times a second.

    Returns:
        Megabytes of 1,000,000 bytes.
    """
    process = _started(command)
    most = 0
    while process.poll() is None:
        most = max(most, _held(process.pid))
        time.sleep(_BETWEEN_SAMPLES)
    _finished(process)
    return most / 1e6


def chromium_path() -> str | None:
    """The machine's Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


@contextmanager
def serving(command: list[str]) -> Iterator[str]:
    """Keeps a process going that serves something.

    Gives:
        The first line that it prints.
    """
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield next(iter(process.stdout or ()), "").strip()
        finally:
            process.terminate()


def _held(pid: int) -> int:
    total = 0
    try:
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            total += int(process.memory_full_info().pss)
    except psutil.Error:  # one has just ended
        return 0
    return total


def _environment() -> dict[str, str]:
    # Python's own settings are left out too: without its compiled modules all would be compiled.
    ours = ("GRAPHKIT_", "PYTHON")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return kept | {"PYTHONPATH": str(ROOT)}


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _finished(process: subprocess.Popen[bytes]) -> None:
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, process.args)
