"""Edits of a small vault, as Hypothesis thinks of them."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

# Times long past, each later than the one before: what was written just now is looked at twice.
_TIMES = itertools.count(1_600_000_000_000_000_000, 1_000_000_000)
_KEYS = ["x", "f/x", "f/X", "f/g/x", "beta one", "f/Beta_One", "f/A\u0308", "n.md"]
PATHS = st.sampled_from(_KEYS).map("{}.md".format)
_CALLED = st.sampled_from(["x", "X", "beta one", "beta-one", "ä", "Ä", "n", "nick", "Nick", "a/b"])
_TARGETS = st.one_of(
    st.sampled_from(_KEYS),
    _CALLED,
    st.sampled_from(
        ["g/x", "/x", "./x", "../x", "F/x", "x.md", "X.MD", "pic.png", "f//x", "x/", "./"]
    ),
)
_LINKS = st.one_of(
    st.builds("See [[{}]] there.".format, _TARGETS),
    st.builds("See [[{}#Part|words]].".format, _TARGETS),
    st.builds("![[{}]]".format, _TARGETS),
    st.builds("Up: [[{}]]".format, _TARGETS),
    st.builds("From: [[{}]]".format, _TARGETS),
    st.builds("Go [there](<{}>).".format, _TARGETS),
    st.sampled_from(["[[#Part]]", "[out](https://example.org/a)", "# Part", "#tag #a/b", "Words."]),
)
TEXTS = st.builds(
    lambda title, aliases, up, lines: (
        "---\n"
        + (f"title: {title}\n" if title else "")
        + (f"aliases: [{', '.join(aliases)}]\n" if aliases else "")
        + (f'up: "[[{up}]]"\n' if up else "")
        + "---\n"
        + "\n\n".join(lines)
        + "\n"
    ),
    st.none() | _CALLED,
    st.lists(_CALLED, max_size=2),
    st.none() | _TARGETS,
    st.lists(_LINKS, max_size=3),
)
_WHICH = st.integers(0, 9)
EDITS = st.one_of(
    st.tuples(st.just("write"), PATHS, TEXTS),
    st.tuples(st.just("edit"), _WHICH, TEXTS),
    st.tuples(st.just("delete"), _WHICH),
    st.tuples(st.just("move"), _WHICH, PATHS),
    st.tuples(st.just("touch"), _WHICH),
    st.tuples(st.just("file"), st.sampled_from(["pic.png", "f/pic.png"])),
)


def _date(file: Path) -> None:
    time = next(_TIMES)
    os.utime(file, ns=(time, time))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    _date(file)


def edit(vault: Path, what: str, which: str | int, *more: str) -> None:
    if isinstance(which, str):
        _write(vault / which, "".join(more))
        return
    notes = sorted(vault.rglob("*.md"))
    if not notes:
        return
    note = notes[which % len(notes)]
    match what:
        case "edit":
            _write(note, *more)
        case "delete":
            note.unlink()
        case "touch":
            _date(note)
        case "move":
            goal = vault / more[0]
            goal.parent.mkdir(parents=True, exist_ok=True)
            note.replace(goal)
