"""Large vaults are read in worker processes, wherever graphkit is called from."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from graphkit.vault import reading
from graphkit.vault.discover import walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCRIPT = """
import os
import sys

import graphkit

vault, index = sys.argv[1:]
graph = graphkit.open(vault, index=index)
print(graph.stats().notes, graph.stats().links)
"""


@pytest.fixture
def large_vault(make_vault: Callable[[dict[str, str]], Path]) -> Path:
    filler = "Plain words that only take room, one after another. " * 400
    notes = {
        f"folder {n % 7}/note {n}.md": f"# {n}\n\nSee [[note {n + 1}]].\n\n{filler}\n"
        for n in range(200)
    }
    return make_vault(notes)


def sizes_of(vault: Path) -> tuple[list[str], int]:
    notes = walk(vault).notes
    return sorted(notes), sum(seen.size for seen in notes.values())


def test_a_script_without_a_main_guard_indexes_a_large_vault(
    large_vault: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Worker processes never run the script that asked for them."""
    _, size = sizes_of(large_vault)
    assert size >= reading.WORTH_WORKERS
    script = tmp_path / "no_guard.py"
    script.write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, str(script), str(large_vault), str(tmp_path / "index.sqlite")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "200 200\n", "")


def test_workers_read_what_one_process_reads(large_vault: Path) -> None:
    """In order, note by note, the same."""
    paths, size = sizes_of(large_vault)
    many = list(reading.read_notes(large_vault, paths, size))
    one = list(reading.read_notes(large_vault, paths, 0))
    assert [read.path for read in many] == paths
    assert many == one


def test_what_a_dead_worker_leaves_is_read_all_the_same(
    large_vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that cannot even start costs time, not notes."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    paths, size = sizes_of(large_vault)
    assert [read.path for read in reading.read_notes(large_vault, paths, size)] == paths


def test_a_folder_of_python_files_runs_nothing(
    large_vault: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Files that are called like Python's own modules are not run, by workers neither."""
    for name in ("queue", "hashlib", "struct", "re", "typing", "graphkit"):
        (large_vault / f"{name}.py").write_text("raise SystemExit('run by a stranger')\n")
    index = str(tmp_path / "index.sqlite")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "graphkit", "--index", index, "--format", "json", "stats"],
        cwd=large_vault,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"notes": 200' in done.stdout
