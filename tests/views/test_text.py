"""What every view says in the same way, whatever the notes hold."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.answers import Finding, Findings
from graphkit.cli.options import Format
from graphkit.model import Link
from graphkit.views.printing import as_json, print_answer, write_rows
from graphkit.views.text import clock, most_telling, visible

ANY_TEXT = st.text(st.characters())
HARMFUL = {"Cc", "Cs", "Zl", "Zp"}


def link(sentence: str, *, seconds: int | None = None, line: int = 1, source: str = "a") -> Link:
    return Link(
        source=source,
        target="b" if source == "a" else "a",
        relation="LINKS_TO",
        kind="wiki",
        text="b",
        anchor=None,
        alias=None,
        heading=None,
        line=line,
        sentence=sentence,
        seconds=seconds,
        moment=None,
        nearest=False,
        resolved_by="name",
        ambiguous=(),
    )


@given(ANY_TEXT)
def test_visible_text_does_nothing_to_a_terminal(text: str) -> None:
    """No control, line-breaking or direction character is left, and nothing else changes."""
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in HARMFUL]
    assert not [c for c in shown if unicodedata.bidirectional(c) in {"LRO", "RLO", "LRE", "RLE"}]
    if text.isprintable():
        assert shown == text


@given(ANY_TEXT)
def test_json_is_shown_harmlessly_and_read_back_whole(text: str) -> None:
    """JSON holds every text as it was, without a character that does something to a terminal."""
    told = as_json({"title": text}, io.StringIO())
    assert json.loads(told) == {"title": text}
    assert visible(told) == told


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
def test_csv_is_read_back_whole(cells: list[str]) -> None:
    """CSV holds every text as it was."""
    out = io.StringIO(newline="")
    write_rows(out, ["one", "two"], [cells], ",")
    assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == cells


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_tsv_has_one_line_a_row(cells: list[str]) -> None:
    """A cell of TSV holds neither tabs nor line breaks."""
    out = io.StringIO(newline="")
    write_rows(out, ["one", "two"], [cells], "\t")
    rows = out.getvalue().removesuffix("\n").split("\n")
    assert len(rows) == 2
    assert rows[1].count("\t") == 1


def test_markdown_has_one_line_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    """A cell of a Markdown table neither ends the row nor begins another cell or a tag."""
    finding = Finding("encoding", "error", "a.md", 1, "one\ntwo | three\\| <b>", None)

    print_answer(Findings((finding,), {}), Format.MARKDOWN, None)  # type: ignore[arg-type]
    told = capsys.readouterr().out.splitlines()
    assert told[2] == "| encoding | error | a.md | 1 | one two \\| three\\\\\\| &lt;b> |  |"
    assert len(told) == 3


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (59, "0:59"), (836, "13:56"), (3723, "1:02:03")]
)
def test_clock(seconds: int, told: str) -> None:
    """A moment is told as players tell it."""
    assert clock(seconds) == told


def test_most_telling_link() -> None:
    """A sentence comes before a bare line, then one with a moment, onwards, and the earlier."""
    bare = link("From: b", seconds=1)
    said = link("This sentence says why it is so.")
    timed = link("This sentence says why it is so.", seconds=3, line=9)
    back = link("This sentence says why it is so.", source="b")
    assert most_telling([bare, said], "a") is said
    assert most_telling([said, timed], "a") is timed
    assert most_telling([back, said], "a") is said
    assert most_telling([], "a") is None
