"""Ctrl-C, as a terminal sends it: to graphkit and to every process that it started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs groups of processes")

FILLER = "Plain words that only take room, one after another. " * 220
IMPORTED = """
import sys
OWN = ["__future__", "graphkit", "graphkit._version", "graphkit.cli"]
before = set(sys.modules)
import graphkit.cli
print(sorted(set(sys.modules) - before - set(OWN)))
"""


@pytest.fixture
def vault(make_vault: Callable[[dict[str, str]], Path]) -> Path:
    """A vault that is large enough for worker processes."""
    return make_vault({f"n{n}.md": f"[[n{n * 7 % 300}]]\n\n{FILLER}" for n in range(300)})


class Kept:
    """An index in a folder of its own, and the calls that use it."""

    def __init__(self, environment: dict[str, str], vault: Path, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._environment = environment
        self._line = [sys.executable, "-m", "graphkit", "--vault", str(vault)]
        self._line += ["--index", str(folder / "index"), "--format", "json"]

    def interrupted(self, *words: str) -> tuple[int, bytes, bytes]:
        """A call that is interrupted as soon as it has begun to write."""
        before = set(self._folder.iterdir())
        call = subprocess.Popen(
            [*self._line, *words],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
        while set(self._folder.iterdir()) == before and call.poll() is None:
            pass
        os.killpg(call.pid, signal.SIGINT)
        out, said = call.communicate()
        with pytest.raises(ProcessLookupError):  # nobody of the group is left
            os.killpg(call.pid, 0)
        return call.returncode, out, said

    def asked(self, *words: str) -> dict[str, Any]:
        call = [*self._line, *words]
        answer = subprocess.run(call, env=self._environment, capture_output=True, check=True)
        told: dict[str, Any] = json.loads(answer.stdout)
        return told


@pytest.fixture
def kept(environment: dict[str, str], vault: Path, tmp_path: Path) -> Kept:
    return Kept(environment, vault, tmp_path / "kept")


def test_the_first_index_is_interrupted(kept: Kept) -> None:
    """Ctrl-C ends it and all its workers with one sentence, and the next call does all of it."""
    assert kept.interrupted("index") == (130, b"", b"Interrupted; everything is as it was.\n")
    assert len(kept.asked("index")["added"]) == 300


def test_a_refresh_is_interrupted(kept: Kept, vault: Path) -> None:
    """What was there before it answers as before, and the next call does all of it."""
    before = kept.asked("stats")
    for number in range(300):
        (vault / f"n{number}.md").write_text(f"[[new]] {FILLER}", encoding="utf-8")
    assert kept.interrupted("stats") == (130, b"", b"Interrupted; everything is as it was.\n")
    assert kept.asked("stats", "--no-refresh") == before
    assert kept.asked("stats")["unresolved"] == 1


def test_the_first_search_is_interrupted(kept: Kept) -> None:
    """The full text is filled by the next one."""
    kept.asked("index")
    said = kept.interrupted("search", "room", "--no-refresh")
    assert said == (130, b"", b"Interrupted; everything is as it was.\n")
    assert kept.asked("search", "room", "--no-refresh")["total"] == 300


def test_ctrl_c_is_heard_from_the_beginning() -> None:
    """Before graphkit listens to Ctrl-C it imports nothing that takes time."""
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


def test_an_interrupt_while_a_class_is_made(environment: dict[str, str], tmp_path: Path) -> None:
    """The exit code is the same where Ctrl-C meets a text that Python executes."""
    (tmp_path / "interrupted.py").write_text(
        "from graphkit import cli\n"
        "cli._run = lambda arguments: exec('raise KeyboardInterrupt')\n"
        "cli.main()\n",
        encoding="utf-8",
    )
    call = [sys.executable, "-m", "interrupted"]
    ended = subprocess.run(
        call, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (130, "Interrupted; everything is as it was.\n")
