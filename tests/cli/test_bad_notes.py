"""A vault of everything that a note can get wrong, on the command line: said, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., subprocess.CompletedProcess[str]]

LINK = "\n[[Well]]\n"
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{key}: &{key} [{', '.join(['*' + chr(ord(key) - 1)] * 10)}]\n" for key in "bcdefghi"
)
# What stands in the note, and what is said of it: the line, if it has one, and the words.
NOTES: dict[str, tuple[bytes, str | None]] = {
    "Well": (b"", None),
    "empty": (b"", None),
    "bom": (b"\xef\xbb\xbf---\ntitle: BOM\n---" + LINK.encode(), None),
    "crlf": (b"---\r\ntitle: CRLF\r\n---\r\n[[Well]]\r\n", None),
    "dates": (f"---\na: 2024-01-02\nb: 2024-13-45\n---{LINK}".encode(), None),
    "huge": (f"---\na: {'9' * 9_000}\nb: {'9' * 200}\nc: .inf\n---{LINK}".encode(), None),
    "nul": (f"a\x00b{LINK}".encode(), ":1: A NUL byte"),
    "latin": (f"\ncaf\xe9{LINK}".encode("latin-1"), ":2: A byte that is no UTF-8 (0xe9)"),
    "surrogate": (b"a \xed\xa0\x80" + LINK.encode(), ":1: A byte that is no UTF-8 (0xed)"),
    "binary": (bytes(range(256)) * 20 + LINK.encode(), ":1: A NUL byte"),
    "escaped": (f'---\na: "\\ud800"\n---{LINK}'.encode(), ":2: The YAML cannot be read"),
    "invalid": (f"---\na: [b\n---{LINK}".encode(), ":3: The YAML cannot be read"),
    "deep": (f"---\na: {'[' * 100_000}\n---{LINK}".encode(), ":1: The frontmatter is longer"),
    "laughs": (f"---\n{LAUGHS}---{LINK}".encode(), ":1: The YAML cannot be used"),
    "object": (
        f"---\na: !!python/object/apply:os.system ['touch owned']\n---{LINK}".encode(),
        ":2: The YAML cannot be read: could not determine a constructor",
    ),
    "twice": (f"---\na: 1\na: 2\n---{LINK}".encode(), ":3: The key 'a' is given twice"),
    "list": (f"---\ntitle: [a, b]\n---{LINK}".encode(), ":2: 'title' should be a text"),
    "open": (f"---\ntitle: a{LINK}".encode(), ":1: The frontmatter opens here"),
}
NAMES = [
    b"quote\"s and 'more'",
    b"line\nbreak",
    b"<script>alert(1)<",
    b"esc\x1b[31m",
    b"no \xff UTF-8",
    b"Case",
    b"case",
    b"\xc3\xa9",
    b"e\xcc\x81",
    b" ",
    b"-rf",
    b"a#b|c]]",
    b"\xe2\x80\xaetxt",
    b"long" * 60,
]


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    vault = tmp_path_factory.mktemp("hostile")
    for name, (text, _) in NOTES.items():
        (vault / f"{name}.md").write_bytes(text)
    for called in NAMES:
        try:
            (vault / os.fsdecode(called + b".md")).write_bytes(LINK.encode())
        except OSError:
            pytest.skip("this file system does not take every name")
    (vault / "loop").symlink_to(vault, target_is_directory=True)
    (vault / "one.md").symlink_to("two.md")
    (vault / "two.md").symlink_to("one.md")
    return vault


@pytest.fixture
def ask(run: Run, vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    index = tmp_path_factory.getbasetemp() / "hostile.index"
    return partial(run, "--index", str(index), vault=vault)


def linked_from(ask: Run) -> list[str]:
    card = json.loads(ask("show", "Well", "--format", "json").stdout)
    return [link["source"] for link in card["backlinks"]]


def test_what_is_wrong_is_said_by_file_and_line(ask: Run, vault: Path) -> None:
    """Once when it is indexed, and by ``check`` as often as it is asked; it is no failure."""
    ended = ask("index", "--verify")
    assert ended.returncode == 0
    for name, (_, said) in NOTES.items():
        complaints = [line for line in ended.stderr.splitlines() if line.startswith(f"{name}.md:")]
        assert any(said in line for line in complaints) if said else not complaints
    checked = ask("check", "--rule", "frontmatter", "--rule", "encoding", "--format", "json")
    assert checked.returncode == 1
    found = {finding["path"]: finding["line"] for finding in json.loads(checked.stdout)["findings"]}
    wrong = {f"{name}.md" for name, (_, said) in NOTES.items() if said}
    assert set(found) == wrong | {"no \\xff UTF-8.md"}
    assert all(found[path] for path in wrong)
    assert not (vault / "owned").exists()


def test_nothing_but_the_properties_is_lost(ask: Run) -> None:
    """Every note is there under its name, and every link that stands in one is found."""
    ids = [os.fsdecode(name) for name in NAMES]
    ids[NAMES.index(b"no \xff UTF-8")] = "no \\xff UTF-8"
    linking = {*ids, *NOTES} - {"Well", "empty"}
    assert set(linked_from(ask)) == linking


@pytest.mark.parametrize("name", NAMES, ids=[repr(name)[2:14] for name in NAMES])
def test_a_note_is_found_by_its_id(ask: Run, name: bytes) -> None:
    """Whatever its file is called; what would do something to a terminal is shown, not done."""
    id_ = name.decode("utf-8", "backslashreplace")
    ended = ask("show", "--format", "json", "--", id_)
    assert json.loads(ended.stdout)["path"] == f"{id_}.md"
    shown = ask("neighbours", "--", id_)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "\x1b" not in shown.stdout
    assert "\u202e" not in shown.stdout


@pytest.mark.parametrize(
    "line",
    [
        *(f"export --format {kind}" for kind in "json jsonl csv tsv graphml dot mermaid".split()),
        *("stats", "check", "search Well", "path empty Well", "view --no-open -o page.html"),
    ],
)
def test_every_verb_answers(ask: Run, line: str) -> None:
    """No verb stumbles over any of it."""
    ended = ask(*line.split())
    assert ended.returncode == (1 if line == "check" else 0)
    assert "should not have happened" not in ended.stderr
    assert "Traceback" not in ended.stderr
    if "json" in line.split():
        json.loads(ended.stdout)


# Everything is imported by a first call; the second is another user's, if the first was root's.
AS_NOBODY = """
import os, sys
from graphkit.cli import main
for index in ("first", "second"):
    sys.argv[1:] = ["--vault", "vault", "--index", index, "index"]
    try:
        main()
    except SystemExit as end:
        print(end.code, flush=True)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setuid(65534)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder in which other users may write."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="needs permissions")
def test_a_note_that_may_not_be_read(open_folder: Path, environment: dict[str, str]) -> None:
    """It is a note without words, it is said by name, and all others are read."""
    (open_folder / "vault").mkdir()
    for name in ("locked", "other"):
        (open_folder / "vault" / f"{name}.md").write_text("[[x]]", encoding="utf-8")
    (open_folder / "vault" / "locked.md").chmod(0)
    ended = subprocess.run(
        [sys.executable, "-c", AS_NOBODY],
        cwd=open_folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout == "2 notes  2 added\n0\n" * 2
    assert ended.stderr.endswith("locked.md: The note cannot be read: Permission denied.\n")
