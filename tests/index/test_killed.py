"""The index after runs that were killed, and after runs at once."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.index.kill_many import (
    change_vault,
    fill,
    kill_first_fillings,
    kill_refreshes,
    write_vault,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")


@needs_fork
def test_a_killed_first_filling_stands_in_nobodys_way(tmp_path: Path) -> None:
    """Killed at any of 50 moments, a first filling is nothing or whole; the next is right."""
    kill_first_fillings(tmp_path, 50)


@needs_fork
def test_a_killed_refresh_leaves_the_last_good_index(tmp_path: Path) -> None:
    """Killed at any of 50 moments, the index says what it said before or all of the new."""
    kill_refreshes(tmp_path, 50)


def test_runs_at_once_agree(
    tmp_path: Path, environment: dict[str, str], everything_in: Callable[[Path], dict[str, Any]]
) -> None:
    """Two calls that start at once, without an index and with an old one, both do what is due."""
    vault, index = tmp_path / "vault", tmp_path / "kept" / "index"
    for number, write in enumerate((write_vault, change_vault)):
        write(vault)
        line = ["--vault", str(vault), "--index", str(index), "index", "--format", "tsv"]
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "graphkit", *line],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            for _ in range(2)
        ]
        assert [run.communicate()[1] for run in running] == [b"", b""]
        assert [run.returncode for run in running] == [0, 0]
        fill(vault, tmp_path / f"{number}", search=False)
        assert everything_in(index) == everything_in(tmp_path / f"{number}")
        assert [file.name for file in index.parent.iterdir()] == ["index"]
