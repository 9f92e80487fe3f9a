"""What a terminal shows: colour and hyperlinks, and otherwise the text that a pipe gets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from graphkit.views.sheet import Piece, Sheet, cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Vault = Callable[[dict[str, str]], Path]

pty = pytest.importorskip("pty")
PAINT = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;;[^\x1b]*\x1b\\")
HOSTILE = '---\ntitle: "\\e[31mred\\e]0;own\\a \\u202etxt\\x9b1m\\r"\n---\nA [[note]].\n'
LINK = "\x1b]8;;https://youtu.be/XLr2RKoD-oY?t=836\x1b\\"


@pytest.fixture
def show(environment: dict[str, str]) -> Callable[..., str]:
    """What a call shows on a terminal of its own: standard output and standard error."""

    def shown(*arguments: str, **more: str) -> str:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "graphkit", *arguments],
            env=environment | {"TERM": "xterm-256color"} | more,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        told = b""
        while True:
            try:
                more_told = os.read(ours, 65536)
            except OSError:  # Linux says so that the other end is closed
                break
            if not more_told:
                break
            told += more_told
        os.close(ours)
        process.wait()
        return told.decode("utf-8").replace("\r\n", "\n")

    return shown


@pytest.mark.parametrize(
    "question",
    [
        ["path", "acetylcholine", "muscle strength"],
        ["show", "nmj"],
        ["neighbours", "nmj"],
        ["search", "calcium"],
        ["stats"],
        ["check"],
        ["index"],
    ],
    ids=lambda question: question[0],
)
def test_terminal_shows_what_a_pipe_gets(
    show: Callable[..., str], run: Run, notes: Path, question: list[str]
) -> None:
    """But for colour and hyperlinks the text is the same; no line ends in blanks."""
    run("index", vault=notes)
    painted = show("--vault", str(notes), *question)
    piped = run(*question, vault=notes).stdout
    assert "\x1b[" in painted
    assert "\x1b" not in piped
    assert PAINT.sub("", painted) == piped
    assert all(line == line.rstrip() for line in piped.splitlines())


def test_moments_are_hyperlinks(show: Callable[..., str], notes: Path) -> None:
    """A moment can be clicked; its address can be read as well."""
    painted = show("--vault", str(notes), "path", "acetylcholine", "muscle strength")
    assert LINK in painted
    assert "13:56 https://youtu.be/XLr2RKoD-oY?t=836" in PAINT.sub("", painted)


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_plain_where_wished(show: Callable[..., str], notes: Path, setting: dict[str, str]) -> None:
    """``NO_COLOR`` and a terminal that understands nothing get plain text."""
    assert "\x1b" not in show("--vault", str(notes), "show", "nmj", **setting)


@pytest.mark.parametrize("format_", ["json", "csv", "markdown", "mermaid"])
def test_formats_for_programs_are_never_painted(
    show: Callable[..., str], notes: Path, format_: str
) -> None:
    """No other format than the table has colour codes, on a terminal either."""
    assert "\x1b" not in show("--vault", str(notes), "show", "nmj", "--format", format_)


def test_hostile_title_does_nothing(show: Callable[..., str], make_vault: Vault) -> None:
    """Control and direction characters of a title are shown, not done, wherever it is printed."""
    vault = str(make_vault({"odd.md": HOSTILE, "other.md": "[[odd]]"}))
    for question in (["show", "odd"], ["neighbours", "other"], ["path", "odd", "other"]):
        told = show("--vault", vault, *question)
        assert "\\x1b[31mred\\x1b]0;own\\x07 \\u202etxt\\x9b1m" in told
        assert not set("\u202e\x9b\x07\r") & set(told)
        assert "\x1b" not in PAINT.sub("", told)
    near = show("--vault", vault, "show", "od", "--format", "json")
    assert not set("\x1b\u202e\x9b\x07\r") & set(near)


def test_hostile_link_text_does_nothing(show: Callable[..., str], make_vault: Vault) -> None:
    """Neither do those of a sentence, a heading, an alias, a file's name or a property."""
    vault = make_vault(
        {
            "a\x1b[31m.md": '---\nvideoId: "x\\e]8;;"\naliases: ["al\\e[1m"]\n---\n'
            "# Head\x1b[2J\n\nA [[b|\x1b[5mblink\u202e]] line. "
            '<a class="yt-timestamp" data-t="00:00:31">[00:00:31]</a>\n',
        }
    )
    for question in (["show", "b"], ["show", "al"], ["neighbours", "b"], ["search", "line"]):
        told = PAINT.sub("", show("--vault", str(vault), *question))
        assert not set("\x1b\u202e\x07\r") & set(told), question
        assert told.strip()


@pytest.mark.parametrize(
    "setting",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    ],
)
def test_any_encoding(run: Run, notes: Path, setting: dict[str, str]) -> None:
    """An encoding without arrows gets plain ones; nothing fails."""
    told = run("show", "nmj", vault=notes, **setting)
    assert told.returncode == 0
    assert told.stderr == ""
    assert "-> Motor neuron" in told.stdout
    assert "\\u" not in told.stdout


def test_progress_on_a_terminal_only(show: Callable[..., str], run: Run, make_vault: Vault) -> None:
    """Long work shows how far it is on a terminal; a pipe sees nothing of it."""
    vault = make_vault({f"{number}.md": f"[[{number + 1}]]" for number in range(450)})
    assert "Reading" in show("--vault", str(vault), "--index", f"{vault}.a", "stats")
    assert run("--index", f"{vault}.b", "stats", vault=vault).stderr == ""


class Paper:
    """A stream that is not a terminal."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def isatty(self) -> bool:
        return False


def lines(*pieces: str | Piece, width: int, indent: int = 0) -> list[str]:
    """What a sheet of some width prints, line by line."""
    paper = Paper()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        Sheet(paper).line(*pieces, indent=indent)  # type: ignore[arg-type]
    return paper.text.split("\n")[:-1]


def test_wraps_at_spaces() -> None:
    """Lines break at spaces, and blanks at the break go."""
    told = lines("one two", Piece("   three", "dim"), " four five", width=20, indent=2)
    assert told == ["  one two   three", "  four five"]


def test_wide_characters_take_two_columns() -> None:
    """What takes two columns is counted so, what takes none is not."""
    assert cells("神経") == 4
    assert cells("e\u0301") == 1
    assert lines("神経筋接合部は神経と筋のあいだ", width=20) == [
        "神経筋接合部は神経と",
        "筋のあいだ",
    ]


def test_address_is_never_cut() -> None:
    """A word wider than a line is cut; an address stays whole, so that it can be opened."""
    address = "https://youtu.be/XLr2RKoD-oY?t=836"
    assert lines("see", address, width=20) == ["see" + address]
    assert lines("at 13:56 " + address, width=20) == ["at 13:56", address]
    assert lines("x" * 50, width=20) == ["x" * 20, "x" * 20, "x" * 10]


def test_empty_line_stays_empty() -> None:
    """A line of nothing has no indent."""
    assert lines(width=20, indent=4) == [""]
