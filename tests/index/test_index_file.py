"""The index as a file: damaged, foreign, newer, read-only, shared."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.errors import GraphkitError, IndexUnusableError
from graphkit.index import schema
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Everything = Callable[[Path], dict[str, Any]]

NOTES = {
    f"n{number}.md": f"# Part\nOn to [[n{number * 7 % 50}]] and [[wanted {number % 5}]]. A word.\n"
    for number in range(50)
}
_MADE_OFTEN = """
import sys
from contextlib import closing
from pathlib import Path
from graphkit.index import schema
file = Path(sys.argv[1])
for _ in range(300):
    file.unlink(missing_ok=True)
    with closing(schema._opened(file, rebuilt=None).connection):
        pass
"""
_REFRESH = """
import os, sys, tempfile
from graphkit.index import fulltext, refresh, search
from graphkit.stores.embedded import EmbeddedStore
if sys.argv[3:]:  # from here on as another user
    os.setgroups([])
    os.setgid(int(sys.argv[3]))
    os.setuid(int(sys.argv[3]))
store = EmbeddedStore(sys.argv[1], index=sys.argv[2])
print("open", flush=True)
done = store.refresh()
store.search("word", 1)
print(sorted(store.stats().to_dict().items()))
print(done.warnings)
"""


@pytest.fixture
def vault(make_vault: Callable[[dict[str, str]], Path]) -> Path:
    return make_vault(NOTES)


@pytest.fixture
def index(vault: Path, tmp_path: Path) -> Path:
    """The index of the vault, finished and closed."""
    _ask(vault, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _ask(vault: Path, index: Path | None) -> list[Any]:
    """Opens, refreshes, and asks whatever can be asked."""
    with closing(EmbeddedStore(vault, index=index)) as store:
        store.refresh()
        return [
            store.search("word", 5),
            store.stats(),
            list(store.all_nodes()),
            list(store.all_links()),
            list(store.references()),
            store.check(),
            store.links(["n3"], "both"),
            store.adjacent(["n3"], "both", ()),
            store.called("n3"),
        ]


def test_an_index_in_a_folder_that_is_not_there_is_made(vault: Path, tmp_path: Path) -> None:
    """The folders above a named index are made with it."""
    _ask(vault, tmp_path / "a" / "b" / "index")
    assert (tmp_path / "a" / "b" / "index").is_file()


def test_a_newer_index_is_refused_and_left_alone(vault: Path, index: Path) -> None:
    """An index of a newer graphkit is not touched; the error says so."""
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = index.read_bytes()
    with pytest.raises(IndexUnusableError, match="newer") as told:
        _ask(vault, index)
    assert "Upgrade" in told.value.hint
    assert index.read_bytes() == before


def test_an_older_index_is_made_anew(
    vault: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index of an older graphkit is replaced, and the refresh says why."""
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with closing(EmbeddedStore(vault, index=index)) as store:
        assert "older" in (store.refresh().rebuilt or "")
        assert store.stats().notes == 50


@pytest.mark.parametrize("place", ["named", "own"])
@pytest.mark.usefixtures("cache")
def test_a_damaged_page_never_gives_anything_but_a_clear_word(
    vault: Path, tmp_path: Path, place: str
) -> None:
    """With any one page overwritten, the index is made anew or said to be damaged."""
    named = tmp_path / "index" if place == "named" else None
    right = _ask(vault, named)
    with closing(EmbeddedStore(vault, index=named)) as store:
        file = store.file
    whole = file.read_bytes()
    odd = random.Random(1)  # noqa: S311 - any bytes do
    told: list[str] = []
    for page in range(1, len(whole) // 4096):
        start = page * 4096
        file.write_bytes(whole[:start] + odd.randbytes(4096) + whole[start + 4096 :])
        try:
            answered = _ask(vault, named)
        except IndexUnusableError as error:
            told.append(error.message + error.hint)
            file.unlink()
            answered = _ask(vault, named)
        assert answered[1:] == right[1:]
    assert all("damaged" in said and "Delete" in said for said in told)


@pytest.mark.parametrize("left", [0, 50, 100, 4096, 20_000])
def test_an_index_cut_short_is_made_anew(vault: Path, cache: Path, left: int) -> None:
    """In graphkit's own place what is left of an index is replaced."""
    right = _ask(vault, None)
    (file,) = cache.rglob("*.sqlite")
    file.write_bytes(file.read_bytes()[:left])
    assert _ask(vault, None) == right


def test_a_garbled_header_in_our_own_place_is_made_anew(vault: Path, cache: Path) -> None:
    """What stands in graphkit's cache folder is graphkit's to replace."""
    right = _ask(vault, None)
    (file,) = cache.rglob("*.sqlite")
    file.write_bytes(b"\xff" * 100 + file.read_bytes()[100:])
    with closing(EmbeddedStore(vault)) as store:
        assert store.refresh().rebuilt
    assert _ask(vault, None) == right


@pytest.mark.parametrize("what", ["text", "database", "folder"])
def test_what_is_no_index_is_refused_and_left_alone(vault: Path, tmp_path: Path, what: str) -> None:
    """A person's own file that is named as index is never overwritten."""
    file = tmp_path / "mine"
    if what == "text":
        file.write_text("my diary, " * 50, encoding="utf-8")
    elif what == "folder":
        file.mkdir()
    else:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE diary (day, words)")
            connection.commit()
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(IndexUnusableError, match="not an index"):
        _ask(vault, file)
    assert file.is_dir() if before is None else file.read_bytes() == before


def test_an_index_that_cannot_be_made_is_an_error_where_it_was_named(
    vault: Path, tmp_path: Path
) -> None:
    """A place under a file is no place for an index."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(IndexUnusableError, match="cannot be made") as told:
        _ask(vault, tmp_path / "file" / "index")
    assert "--index" in told.value.hint


@pytest.mark.parametrize("what", ["cache is a file", "index is a folder"])
def test_without_a_cache_folder_the_index_is_kept_in_memory(
    vault: Path, tmp_path: Path, cache: Path, what: str
) -> None:
    """Every question is answered though nothing can be kept, and the refresh says so."""
    right = _ask(vault, tmp_path / "index")
    if what == "cache is a file":
        cache.write_text("", encoding="utf-8")
    else:
        schema.default_location(vault).mkdir(parents=True)
    with closing(EmbeddedStore(vault)) as store:
        refreshed = store.refresh()
        assert refreshed.rebuilt is None
        (warning,) = refreshed.warnings
        assert "cannot be written; it is made in memory, for this time only." in warning
    assert _ask(vault, None) == right


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may read too."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_an_index_that_may_only_be_read_is_read(open_folder: Path, vault: Path) -> None:
    """Another user's index is asked as it is; a warning says that it may be old."""
    shutil.copytree(vault, open_folder / "vault")
    right = _ask(open_folder / "vault", open_folder / "index")
    (open_folder / "index").chmod(0o444)
    open_folder.chmod(0o555)
    whose = ["65534"] if os.geteuid() == 0 else []  # nothing is read-only to root
    ran = subprocess.run(
        [sys.executable, "-c", _REFRESH, open_folder / "vault", open_folder / "index", *whose],
        capture_output=True,
        text=True,
        check=False,
    )
    open_folder.chmod(0o755)
    assert ran.stderr == ""
    _, stats, warnings = ran.stdout.splitlines()
    assert stats == str(sorted(right[1].to_dict().items()))
    assert "read-only" in warnings


def test_processes_that_refresh_at_once_agree(
    vault: Path, tmp_path: Path, everything_in: Everything
) -> None:
    """Several processes make, refresh and ask one index; all give the same answer."""
    for round_ in range(3):
        (vault / "more.md").write_text(f"Round [[{round_}]]", encoding="utf-8")
        running = [
            subprocess.Popen(
                [sys.executable, "-c", _REFRESH, vault, tmp_path / "index"],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]
        said = [process.communicate() for process in running]
        assert [error for _, error in said] == [""] * 4
        assert len({out for out, _ in said}) == 1
        _ask(vault, tmp_path / f"new{round_}")
        assert everything_in(tmp_path / "index") == everything_in(tmp_path / f"new{round_}")


def test_only_changed_notes_are_read(vault: Path, index: Path) -> None:
    """A note of the same size and time is not looked into, unless all are to be verified."""
    note = vault / "n1.md"
    _settle(vault, index)
    was = note.stat()
    note.write_bytes(note.read_bytes().replace(b"wanted", b"WANTED").replace(b"On to", b"Off t"))
    os.utime(note, ns=(was.st_atime_ns, was.st_mtime_ns))
    with closing(EmbeddedStore(vault, index=index)) as store:
        assert not store.refresh().anything
        assert store.links(["n1"], "out")[0].sentence.startswith("On to")
        assert store.refresh(verify=True).changed == ("n1.md",)
        assert store.links(["n1"], "out")[0].sentence.startswith("Off t")
        assert not store.refresh(verify=True).anything


def _settle(vault: Path, index: Path) -> None:
    """Gives the notes times long past, so that none counts as written just now."""
    for number, note in enumerate(sorted(vault.iterdir())):
        os.utime(note, ns=(number, 10**18 + number))
    with closing(EmbeddedStore(vault, index=index)) as store:
        assert not store.refresh().anything


def test_a_refresh_says_what_came_changed_and_went(vault: Path, index: Path) -> None:
    """Links of unchanged notes that lead elsewhere now are counted."""
    _settle(vault, index)
    (vault / "n2.md").unlink()
    (vault / "n3.md").write_text("Empty now.", encoding="utf-8")
    (vault / "wanted 1.md").write_text("Here.", encoding="utf-8")
    with closing(EmbeddedStore(vault, index=index)) as store:
        told = store.refresh()
    assert (told.added, told.changed, told.deleted) == (("wanted 1.md",), ("n3.md",), ("n2.md",))
    assert told.notes == 50
    # 36 and 1, 6 … 46; n36 links both.
    assert told.links_resolved_anew == 1 + 10
    assert json.dumps(told.to_dict())


def test_a_failure_while_notes_are_read_leaves_everything_as_it_was(
    vault: Path, index: Path, everything_in: Everything
) -> None:
    """An interrupted refresh is undone."""
    before = everything_in(index)
    (vault / "new.md").write_text("[[n1]]", encoding="utf-8")

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with closing(EmbeddedStore(vault, index=index)) as store:
        with pytest.raises(KeyboardInterrupt):
            store.refresh(progress=interrupt)
        assert everything_in(index) == before
        assert store.refresh().added == ("new.md",)


def test_every_error_of_the_index_is_one_of_graphkits() -> None:
    """A program catches one family of errors."""
    assert issubclass(IndexUnusableError, GraphkitError)


def test_one_process_may_open_an_index_twice(vault: Path, index: Path) -> None:
    """Its first connection keeps its locks when another of the same process comes and goes."""
    leave = (
        "import sqlite3, sys; connection = sqlite3.connect(sys.argv[1], timeout=0);"
        "print(*connection.execute('PRAGMA journal_mode = DELETE').fetchone())"
    )
    command = [sys.executable, "-c", leave, str(index)]
    with closing(EmbeddedStore(vault, index=index)) as first:
        notes = first.stats().notes
        EmbeddedStore(vault, index=index).close()
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "locked" in told.stderr
        assert first.stats().notes == notes
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.stdout == "delete\n"


def test_an_index_that_is_just_being_made_is_nobody_elses(tmp_path: Path) -> None:
    """Who looks at it while another process makes it never takes it for a strange file."""
    file = tmp_path / "index.sqlite"
    making = subprocess.Popen([sys.executable, "-c", _MADE_OFTEN, str(file)])
    seen = set()
    while making.poll() is None:
        seen.add(schema._look_at(file))  # noqa: SLF001 - what every opening begins with
    assert making.returncode == 0
    assert schema.VERSION in seen
    assert "foreign" not in seen
