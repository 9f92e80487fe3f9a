"""Pairs of notes that ought to be linked and are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.vault.prose import prose_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.graph import Graph

    Maker = Callable[[dict[str, str]], Graph]

NAMES = ("dopamine", "nmj", "sleep", "sarcomere", "caffeine", "muscle_spindle")


@pytest.mark.parametrize("name", NAMES)
def test_linked_pairs_are_no_gaps(example: Graph, name: str) -> None:
    """A note that is linked either way, the note itself and index notes are never offered."""
    found = example.gaps(name, limit=None).gaps
    near = {near.id for near in example.neighbours(name, through_index=True).neighbours}
    others = [gap.b.id for gap in found]
    assert others
    assert len(set(others)) == len(others)
    assert near.isdisjoint(others)
    assert example.find(name).id not in others
    assert "neuromuscular_system" not in others


@pytest.mark.parametrize("name", NAMES)
def test_reasons(example: Graph, notes: Path, name: str) -> None:
    """Every reason holds: words at their place in the file, neighbours, words and videos shared."""
    found = example.gaps(name).gaps
    assert [gap.score for gap in found] == sorted((gap.score for gap in found), reverse=True)
    for gap in found:
        assert gap.reasons
        a, b = example.concept(gap.a.id), example.concept(gap.b.id)
        for concept in gap.common:
            for end in (a, b):
                assert concept.id in {near.id for near in example.neighbours(end.id).neighbours}
        for reason in gap.reasons:
            assert reason.sentence
            if reason.kind == "video":
                assert a.video == b.video is not None
            if reason.kind == "mention":
                lines = prose_of((notes / f"{reason.note}.md").read_bytes()).lines
                assert reason.line is not None
                assert reason.column is not None
                assert lines[reason.line - 1][reason.column - 1] != " "


def test_limit_and_order(example: Graph) -> None:
    """A limit takes the first ones; the same question has the same answer."""
    whole = example.gaps("dopamine", limit=None).gaps
    assert example.gaps("dopamine", limit=3).gaps == whole[:3]
    assert example.gaps("dopamine", limit=None).gaps == whole
    with pytest.raises(graphkit.UsageError):
        example.gaps("dopamine", limit=0)


def test_between(example: Graph) -> None:
    """Between two clusters every pair has one end in either."""
    one = {note.id for note in example.cluster("c1").concepts}
    two = {note.id for note in example.cluster("c4").concepts}
    found = example.gaps(between=("c1", "c4"), limit=None).gaps
    assert found
    assert all((gap.a.id in one) != (gap.b.id in one) for gap in found)
    assert all((gap.a.id in two) != (gap.b.id in two) for gap in found)


def test_whole_vault(example: Graph) -> None:
    """Without a concept the best gaps of the whole vault come back, each pair once."""
    found = example.gaps().gaps
    pairs = [frozenset((gap.a.id, gap.b.id)) for gap in found]
    assert len(found) == 20
    assert len(set(pairs)) == len(pairs)
    for gap in found[:5]:
        linked = {near.id for near in example.neighbours(gap.a.id).neighbours}
        assert gap.b.id not in linked


def test_notes_of_one_video(graph_of: Maker) -> None:
    """Two notes of one video are a gap even where they have no word in common."""
    head = "---\nvideoId: dQw4w9WgXcQ\n---\n"
    files = {"a.md": f"{head}Alpha [[c]].\n", "b.md": f"{head}Beta [[c]].\n", "c.md": "Gamma.\n"}
    (gap,) = graph_of(files).gaps("a").gaps
    assert (gap.a.id, gap.b.id) == ("a", "b")
    assert [reason.kind for reason in gap.reasons] == ["neighbours", "video"]
    assert [concept.id for concept in gap.common] == ["c"]
    assert gap.terms == ()
    assert gap.paste.link == "[[b]]"


def test_nothing_in_common(graph_of: Maker) -> None:
    """Notes that share nothing are no gap, and an empty note has none."""
    graph = graph_of({"a.md": "Alpha.\n", "b.md": "Beta.\n", "empty.md": ""})
    assert graph.gaps("a").gaps == ()
    assert graph.gaps("empty").gaps == ()
    assert graph.gaps().gaps == ()


def test_no_note(graph_of: Maker) -> None:
    """A concept that has no note yet has no gaps."""
    graph = graph_of({"a.md": "See [[wanted]].\n", "b.md": "Of wanted things.\n"})
    assert graph.gaps("wanted").gaps == ()


def test_index_notes_have_no_gaps(graph_of: Maker) -> None:
    """An index note is linked with nearly everything: nothing is offered for it, or with it."""
    files = {f"n{n}.md": f"Muscle {n} contracts.\n" for n in range(60)}
    index = "Muscle contracts.\n" + "".join(f"- [[n{n}]]\n" for n in range(58))
    graph = graph_of(files | {"all.md": index})
    assert graph.gaps("all").gaps == ()
    assert "all" not in {gap.b.id for gap in graph.gaps("n59", limit=None).gaps}


def test_shared_vault(shared_vault: Path, tmp_path: Path) -> None:
    """In a real vault every note of a sample has gaps, and no gap is a link that is there."""
    with graphkit.open(shared_vault, index=tmp_path / "index") as graph:
        store = graph._store  # noqa: SLF001 - its ids
        ids = [node.id for node in store.all_nodes() if node.note][::140]
        linked = {frozenset(pair) for pair in store.linked_notes()}
        for id_ in ids:
            found = graph.gaps(id_, limit=5).gaps
            if not store.index_notes([id_]):
                assert len(found) == 5
            assert linked.isdisjoint(frozenset((gap.a.id, gap.b.id)) for gap in found)
