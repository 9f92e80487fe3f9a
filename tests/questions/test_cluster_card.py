"""``cluster``: the card of a topic that is kept, and of any vault, however odd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import graphkit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    MakeVault = Callable[[dict[str, str]], Path]
    GraphOf = Callable[[dict[str, str]], graphkit.Graph]


@pytest.fixture(scope="module")
def shared(
    shared_vault: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[graphkit.Graph]:
    index = tmp_path_factory.mktemp("index") / "shared"
    with graphkit.open(shared_vault, index=index) as graph:
        yield graph


@pytest.mark.parametrize("level", ["upper", "lower"])
def test_a_card_says_what_the_list_says(shared: graphkit.Graph, level: str) -> None:
    """Each cluster of a list has a card, by its id and by its name, with the same figures."""
    for cluster in shared.clusters(level=level).clusters[::9]:
        card = shared.cluster(cluster.id)
        told = card.to_dict()
        parent = told["parent"] if level == "lower" else None
        assert {key: told[key] for key in cluster.to_dict()} == {
            **cluster.to_dict(),
            "level": card.level,
            "parent": parent,
        }
        assert shared.cluster(cluster.name.upper()) == card


def test_a_card_holds_its_notes_and_their_links(shared: graphkit.Graph) -> None:
    """The most central first; links join two of them; the parts make up the whole."""
    first, *_ = shared.clusters().clusters
    card = shared.cluster(first.id)
    ids = [note.id for note in card.concepts]
    assert len(set(ids)) == len(ids) == card.size
    assert [concept.id for concept in card.central] == ids[:5]
    scores = [note.score for note in card.concepts]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1
    assert all(link.source in ids and link.target in ids for link in card.links)
    pairs = {frozenset((link.source, link.target)) for link in card.links}
    assert len(pairs) == card.links_inside
    assert sum(part.size for part in card.parts) == card.size
    sizes = {part.id: part.size for part in card.parts}
    assert {sub: sum(note.subcluster == sub for note in card.concepts) for sub in sizes} == sizes
    part = shared.cluster(card.parts[0].id)
    assert part.parent == first.id
    assert {note.subcluster for note in part.concepts} == {part.id}


def test_each_note_is_tied_in_by_what_it_says(shared: graphkit.Graph, shared_vault: Path) -> None:
    """The sentence stands in the note that is named, in the paragraph at the line that is named."""
    cluster = shared.clusters().clusters[6]
    card = shared.cluster(cluster.id)
    tied = [note for note in card.concepts if note.because]
    assert len(tied) >= 0.95 * card.size
    for note in tied:
        because = note.because
        assert because is not None
        if because.line is None:
            continue
        lines = (shared_vault / f"{because.note}.md").read_text(encoding="utf-8").splitlines()
        there = " ".join(lines[because.line - 1 : because.line + 30])
        words = re.findall(r"\w+", because.sentence)
        assert sum(word in there for word in words) >= 0.9 * len(words), because


def test_a_cluster_that_is_kept_has_the_size_it_has(example: graphkit.Graph) -> None:
    """A size is asked for around a word only."""
    with pytest.raises(graphkit.UsageError, match="kept"):
        example.cluster("c1", size=3)
    with pytest.raises(graphkit.UsageError):
        example.cluster()
    with pytest.raises(graphkit.NothingSaidError):
        example.cluster("c99")


ALL = [f"n{number}" for number in range(40)]
ODD: dict[str, dict[str, str]] = {
    "no links": {"a.md": "alone", "b.md": "alone too"},
    "two notes": {"a.md": "[[b]]", "b.md": ""},
    "one clique": {f"{one}.md": " ".join(f"[[{n}]]" for n in ALL) for one in ALL},
    "numbers": {f"{n}.md": f"[[{(n + 1) % 8}]]" for n in range(8)},
    "emoji": {f"{'😀' * n}.md": f"[[{'😀' * (n % 7 + 1)}]]" for n in range(1, 8)},
    "chinese": {f"神经{n}.md": f"# 肌肉 {n}\n[[神经{(n + 1) % 7}]]" for n in range(7)},
    "arabic": {f"عضلة {n}.md": f"# أعصاب\n[[عضلة {(n + 1) % 7}]]" for n in range(7)},
    "the same words": {
        f"{folder}/{n}.md": f"# Muscle and nerve\n[[{folder}/{(n + 1) % 7}]]"
        for folder in ("a", "b", "c")
        for n in range(7)
    },
    "hostile": {
        f"x{n}.md": f'---\ntitle: "<script>alert({n})</script>, c1"\n---\n[[x{(n + 1) % 7}]]'
        for n in range(7)
    },
    "a star": {"hub.md": " ".join(f"[[{n}]]" for n in ALL), **{f"{n}.md": "" for n in ALL}},
}


@pytest.mark.parametrize("files", ODD.values(), ids=ODD.keys())
def test_any_vault(graph_of: GraphOf, files: dict[str, str]) -> None:
    """Every cluster has a name of its own and a card; every question has an answer."""
    graph = graph_of(files)
    for level in ("upper", "lower"):
        found = graph.clusters(level=level).clusters
        siblings: dict[str | None, list[str]] = {}
        for cluster in found:
            assert cluster.name.strip()
            siblings.setdefault(cluster.parent, []).append(cluster.name.casefold())
            card = graph.cluster(cluster.id)
            assert card.size == len(card.concepts) == cluster.size
        assert all(len(set(names)) == len(names) for names in siblings.values())
    graph.gaps()
    noted = min(files).removesuffix(".md")
    assert noted in {note.id for note in graph.cluster(seeds=noted).concepts}
