"""What is around a concept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import graphkit
from graphkit import Filter

if TYPE_CHECKING:
    from collections.abc import Callable

    GraphOf = Callable[[dict[str, str]], graphkit.Graph]

VAULT = {
    "a.md": "[[b]] [[b]] [[f/c]] [[nowhere]] [[a]]\n\nPart of: [[d]]\n",
    "b.md": "[[e]]",
    "f/c.md": "---\ntags: [Muscle/fast, other]\n---\n[[e]] [[a]]",
    "d.md": "---\ntags: [muscles]\n---\n",
    "e.md": "[[g]]\n\nFrom: [[h]]\n",
    "f/g/k.md": "[[a]] #muscle",
    "h.md": "",
    "g.md": "",
}


def _found(graph: graphkit.Graph, name: str = "a", **options: Any) -> list[tuple[str, int, int]]:  # noqa: ANN401
    near = graph.neighbours(name, **options)
    assert near.total >= len(near.neighbours)
    return [(n.id, n.hops, len(n.links)) for n in near.neighbours]


def test_the_nearest_stand_first_then_those_with_most_links_then_by_id(graph_of: GraphOf) -> None:
    """Links to concepts one hop nearer are given, those between equals are not."""
    graph = graph_of(VAULT)
    first = [("b", 1, 2), ("f/c", 1, 2), ("d", 1, 1), ("f/g/k", 1, 1), ("nowhere", 1, 1)]
    assert _found(graph) == first
    assert _found(graph, depth=2) == [*first, ("e", 2, 2)]
    assert _found(graph, depth=9) == [*first, ("e", 2, 2), ("g", 3, 1)]


def test_links_can_be_followed_one_way(graph_of: GraphOf) -> None:
    """Out follows links, in goes against them."""
    graph = graph_of(VAULT)
    out = [("b", 1, 2), ("d", 1, 1), ("f/c", 1, 1), ("nowhere", 1, 1), ("e", 2, 2)]
    assert _found(graph, direction="out", depth=2) == out
    assert _found(graph, direction="in") == [("f/c", 1, 1), ("f/g/k", 1, 1)]
    assert _found(graph, "e", direction="in", depth=2) == [("b", 1, 1), ("f/c", 1, 1), ("a", 2, 3)]


@pytest.mark.parametrize(
    ("only", "ids"),
    [
        (Filter(relations=("PART_OF",)), ["d"]),
        (Filter(folder="f"), ["f/c", "f/g/k"]),
        (Filter(folder="/f/g/"), ["f/g/k"]),
        (Filter(folder=""), ["b", "f/c", "d", "f/g/k"]),
        (Filter(folder="g"), []),
        (Filter(tag="muscle"), ["f/c", "f/g/k"]),
        (Filter(tag="#MUSCLE/fast"), ["f/c"]),
        (Filter(notes_only=True), ["b", "f/c", "d", "f/g/k"]),
        (Filter(folder="f", tag="other", notes_only=True), ["f/c"]),
    ],
)
def test_a_filter_keeps_what_is_wanted(graph_of: GraphOf, only: Filter, ids: list[str]) -> None:
    """By relation, folder, tag and note."""
    near = graph_of(VAULT).neighbours("a", only=only)
    assert [n.id for n in near.neighbours] == ids
    assert near.total == len(ids)


def test_a_filter_hides_but_does_not_stop(graph_of: GraphOf) -> None:
    """What is not wanted itself may lead to what is."""
    found = _found(graph_of(VAULT), "b", only=Filter(folder="f"), depth=2)
    assert found == [("f/c", 2, 3), ("f/g/k", 2, 1)]


def test_a_limit_leaves_the_total(graph_of: GraphOf) -> None:
    """The total says how many there are, however few are given back."""
    near = graph_of(VAULT).neighbours("a", limit=2)
    assert [n.id for n in near.neighbours] == ["b", "f/c"]
    assert near.total == 5


def test_membership_is_walked_from_the_middle_only(graph_of: GraphOf) -> None:
    """Beyond the first hop membership links are walked when asked for, or named."""
    graph = graph_of(VAULT)
    assert ("h", 1, 1) in _found(graph, "e")
    assert "h" not in {id_ for id_, *_ in _found(graph, "b", depth=3)}
    assert ("h", 2, 1) in _found(graph, "b", depth=3, through_index=True)
    graph = graph_of({"p.md": "From: [[q]]", "q.md": "From: [[r]]"})
    assert _found(graph, "p", depth=2, only=Filter(relations=("FROM",))) == [
        ("q", 1, 1),
        ("r", 2, 1),
    ]


def test_an_index_note_is_a_neighbour_and_no_way_on(graph_of: GraphOf) -> None:
    """A note that is linked with everything is named, and walked through only when asked for."""
    many = {f"n{number}.md": "" for number in range(60)}
    graph = graph_of(
        {"all.md": " ".join(f"[[{name[:-3]}]]" for name in many), "x.md": "[[n1]]"} | many
    )
    near = graph.neighbours("x", depth=3)
    assert [n.id for n in near.neighbours] == ["n1", "all"]
    assert [stop.id for stop in near.not_walked] == ["all"]
    assert graph.neighbours("x", depth=3, through_index=True).total == 61
    assert graph.neighbours("all").total == 60


@pytest.mark.parametrize("options", [{"depth": 0}, {"direction": "up"}])
def test_what_cannot_be_walked_is_refused(graph_of: GraphOf, options: dict[str, Any]) -> None:
    """A depth below 1 or an unknown direction is an error of usage."""
    with pytest.raises(graphkit.UsageError):
        graph_of(VAULT).neighbours("a", **options)


def test_hops_are_those_of_the_graph(example: graphkit.Graph) -> None:
    """Walking everything, each concept is as many hops away as networkx says."""
    whole = example.to_networkx()
    for name in ("junction/acetylcholine", "muscle/actin"):
        near = example.neighbours(name, depth=20, through_index=True)
        far = nx.single_source_shortest_path_length(whole.to_undirected(), name)
        assert {n.id: n.hops for n in near.neighbours} == {i: h for i, h in far.items() if h}
        hops = {name: 0} | {n.id: n.hops for n in near.neighbours}
        order = [(n.hops, -len(n.links), n.id) for n in near.neighbours]
        assert order == sorted(order)
        for n in near.neighbours:
            assert all({hops[k.source], hops[k.target]} == {n.hops, n.hops - 1} for k in n.links)
            assert all(n.id in {link.source, link.target} for link in n.links)
