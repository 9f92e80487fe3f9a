"""The index after runs that were killed, and after runs at once."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from tests.index.kill_many import (
    change_vault,
    fill,
    kill_first_fillings,
    kill_keepings,
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


@needs_fork
def test_clusters_are_kept_whole(tmp_path: Path) -> None:
    """Killed at any of 30 moments, an index says of clusters what it said, or all of the new."""
    kill_keepings(tmp_path, 30)


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


def test_a_new_file_is_seen_by_all_who_have_the_index_open(
    tmp_path: Path, everything_in: Callable[[Path], dict[str, Any]]
) -> None:
    """A file that is no note comes and goes; each of two open graphs that looks is in step."""
    vault, index = tmp_path / "vault", tmp_path / "kept"
    vault.mkdir()
    (vault / "a.md").write_text("![[picture.png]]", encoding="utf-8")
    with graphkit.open(vault, index=index) as one, graphkit.open(vault, index=index) as other:
        for there in (True, False):
            if there:
                (vault / "picture.png").touch()
            else:
                (vault / "picture.png").unlink()
            one.refresh()
            other.refresh()
            fill(vault, tmp_path / "anew", search=False)
            assert everything_in(index) == everything_in(tmp_path / "anew")
