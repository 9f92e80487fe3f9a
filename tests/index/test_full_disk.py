"""A disk that is full while the index is written; what could not be written is written later."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.index.kill_many import change_vault, fill, write_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Disk

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Everything = Callable[[Path], dict[str, Any]]

ROOM = "48k"


@pytest.fixture
def disk(disk_of: Callable[[str], Disk]) -> Disk:
    return disk_of(ROOM)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    write_vault(tmp_path / "vault")
    return tmp_path / "vault"


def complains_of_space(ended: subprocess.CompletedProcess[str], index: Path) -> None:
    assert (ended.returncode, ended.stdout) == (5, "")
    assert str(index) in ended.stderr
    assert "disk is full" in ended.stderr or "disk I/O error" in ended.stderr
    assert "--index" in ended.stderr
    assert "Delete" not in ended.stderr


def test_the_first_index_does_not_fit(
    disk: Disk, vault: Path, run: Run, tmp_path: Path, everything_in: Everything
) -> None:
    """It is said, with what to do, and where there is room again the index is made whole."""
    index = disk.place / "index"
    for _ in range(2):
        complains_of_space(run("index", "--index", str(index), vault=vault), index)
    disk.resize("20m")
    assert run("index", "--index", str(index), vault=vault).returncode == 0
    fill(vault, tmp_path / "new", search=False)
    assert everything_in(index) == everything_in(tmp_path / "new")
    assert [file.name for file in disk.place.iterdir()] == ["index"]


def test_a_refresh_does_not_fit(
    disk: Disk, vault: Path, run: Run, tmp_path: Path, everything_in: Everything
) -> None:
    """The index answers as before, and where there is room again it is brought into step."""
    index = disk.place / "index"
    disk.resize("20m")
    fill(vault, index, search=False)
    asked = ("stats", "--no-refresh", "--format", "json", "--index", str(index))
    before = run(*asked, vault=vault).stdout
    # As much room as the files need that SQLite keeps beside an index that it only reads.
    disk.resize(str(index.stat().st_size + 60_000))
    change_vault(vault)
    for verb in ("index", "stats"):
        complains_of_space(run(verb, "--index", str(index), vault=vault), index)
    assert run(*asked, vault=vault).stdout == before
    complains_of_space(run("search", "word", *asked[1:], vault=vault), index)
    assert run(*asked, vault=vault).stdout == before
    disk.resize("20m")
    assert run("index", "--index", str(index), vault=vault).returncode == 0
    fill(vault, tmp_path / "new", search=False)
    assert everything_in(index) == everything_in(tmp_path / "new")


def test_no_room_where_graphkit_keeps_its_own(disk: Disk, vault: Path, run: Run) -> None:
    """A full cache folder is said; nothing that was printed is wrong."""
    (disk.place / "filler").write_bytes(b"x" * 48 * 1024)
    ended = run("stats", "--format", "tsv", vault=vault, XDG_CACHE_HOME=str(disk.place))
    assert (ended.returncode, "notes\t60\n" in ended.stdout) == (0, True)
    assert "cannot be written; it is made in memory, for this time only" in ended.stderr


@pytest.mark.parametrize("verb", ["export", "view"])
def test_what_a_verb_writes_does_not_fit(disk: Disk, vault: Path, run: Run, verb: str) -> None:
    """A file that is there stays as it is, and nothing half is left beside it."""
    file = disk.place / "graph.html"
    file.write_text("mine", encoding="utf-8")
    (disk.place / "filler").write_bytes(b"x" * 40 * 1024)
    more = ["--no-open"] if verb == "view" else ["--format", "jsonl"]
    ended = run(verb, "-o", str(file), *more, vault=vault)
    assert (ended.returncode, ended.stdout) == (5, "")
    assert f"{str(file)!r} cannot be written: No space left on device." in ended.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert {left.name for left in disk.place.iterdir()} == {"filler", "graph.html"}


def test_a_file_that_may_not_grow(
    vault: Path, environment: dict[str, str], tmp_path: Path, run: Run
) -> None:
    """A limit on the size of files is like a full disk, and leaves as little behind."""
    resource = pytest.importorskip("resource")
    index = tmp_path / "kept" / "index"
    line = ["-m", "graphkit", "--vault", str(vault), "--index", str(index), "index"]
    ended = subprocess.run(
        [sys.executable, "-B", *line],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )
    complains_of_space(ended, index)
    assert run("index", "--index", str(index), vault=vault).returncode == 0
    assert [file.name for file in index.parent.iterdir()] == ["index"]
