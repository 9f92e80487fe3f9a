"""After any sequence of edits the refreshed index says what one made from nothing says."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.index.settings import Settings
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.embedded import EmbeddedStore
from tests.index.conftest import assert_clusters_told

if TYPE_CHECKING:
    from collections.abc import Callable

# Times long past, each later than the one before: what was written just now is looked at twice.
_TIMES = itertools.count(1_600_000_000_000_000_000, 1_000_000_000)
_KEYS = ["x", "f/x", "f/X", "f/g/x", "beta one", "f/Beta_One", "f/A\u0308", "n.md"]
_PATHS = st.sampled_from(_KEYS).map("{}.md".format)
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
_TEXTS = st.builds(
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
_EDITS = st.one_of(
    st.tuples(st.just("write"), _PATHS, _TEXTS),
    st.tuples(st.just("edit"), _WHICH, _TEXTS),
    st.tuples(st.just("delete"), _WHICH),
    st.tuples(st.just("move"), _WHICH, _PATHS),
    st.tuples(st.just("touch"), _WHICH),
    st.tuples(st.just("file"), st.sampled_from(["pic.png", "f/pic.png"])),
)
_ROUNDS = st.tuples(
    st.lists(_EDITS, max_size=4),
    st.sampled_from(["", "", "", "verify", "strict", "membership", "search", "clusters"]),
)


def _date(file: Path) -> None:
    time = next(_TIMES)
    os.utime(file, ns=(time, time))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    _date(file)


def _edit(vault: Path, what: str, which: str | int, *more: str) -> None:
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


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    at_first=st.lists(st.tuples(_PATHS, _TEXTS), max_size=5),
    rounds=st.lists(_ROUNDS, min_size=1, max_size=5),
    say=st.booleans(),
)
def test_a_refreshed_index_says_what_a_new_one_says(
    everything_in: Callable[[Path], dict[str, Any]],
    at_first: list[tuple[str, str]],
    rounds: list[tuple[list[tuple[Any, ...]], str]],
    say: bool,
) -> None:
    """Whatever is edited, moved, deleted, renamed or set, a refresh is as good as a rebuild."""
    place = Path(tempfile.mkdtemp())
    try:
        vault = place / "vault"
        vault.mkdir()
        for path, text in at_first:
            _edit(vault, "write", path, text)
        how = Settings()
        with closing(EmbeddedStore(vault, index=place / "kept", settings=how)) as store:
            store.refresh()
            if say:
                store.search("words", 1)
        for number, (edits, besides) in enumerate(rounds):
            for edit in edits:
                _edit(vault, *edit)
            if besides == "strict":
                how = how._replace(strict=not how.strict)
            elif besides == "membership":
                how = how._replace(membership=() if how.membership else ("FROM",))
            with closing(EmbeddedStore(vault, index=place / "kept", settings=how)) as store:
                store.refresh(verify=besides == "verify")
                if besides == "search":
                    store.search("words", 1)
                    say = True
                elif besides == "clusters":
                    bring_up_to_date(store)
                    assert_clusters_told(store)
            with closing(EmbeddedStore(vault, index=place / f"{number}", settings=how)) as store:
                store.refresh()
                if say:
                    store.search("words", 1)
            assert everything_in(place / "kept") == everything_in(place / f"{number}")
    finally:
        shutil.rmtree(place)


def _with_notes(place: Path, notes: dict[str, str]) -> EmbeddedStore:
    for name, text in notes.items():
        _write(place / "vault" / name, text)
    store = EmbeddedStore(place / "vault", index=place / "index")
    store.refresh()
    return store


def test_a_note_that_goes_leaves_an_unresolved_concept_with_its_links(tmp_path: Path) -> None:
    """Links to a deleted note are counted, and its title is how the links spell it."""
    with closing(_with_notes(tmp_path, {"a.md": "[[Zed]] and [[Zed]]", "zed.md": ""})) as store:
        (tmp_path / "vault" / "zed.md").unlink()
        assert store.refresh().links_resolved_anew == 2
        node = store.nodes(["zed"])["zed"]
        assert (node.note, node.title, node.in_degree, node.neighbours) == (False, "Zed", 2, 1)


def test_a_link_to_a_folder_is_no_link_to_the_note_of_that_name(tmp_path: Path) -> None:
    """What is written as a folder stays unresolved, whatever notes come and go."""
    with closing(_with_notes(tmp_path, {"a.md": "[[x/]] [[./]] [[/ x]]", "x.md": ""})) as store:
        before = [link.target for link in store.all_links()]
        assert "x" not in before
        (tmp_path / "vault" / "x.md").unlink()
        store.refresh()
        assert [link.target for link in store.all_links()] == before
