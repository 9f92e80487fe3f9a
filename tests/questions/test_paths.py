"""Paths: the cheapest, the next ones, and what every option promises, against brute force."""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphkit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    GraphOf = Callable[[dict[str, str]], graphkit.Graph]

Edges = frozenset[tuple[int, int]]
NODES = 8


def _links_walked(graph: graphkit.Graph, *, membership: bool = False) -> nx.DiGraph[str]:
    """The links that paths walk, each once."""
    walked: nx.DiGraph[str] = nx.DiGraph()
    whole = graph.to_networkx()
    walked.add_nodes_from(whole)
    for source, target, told in whole.edges(data=True):
        if source != target and (membership or told["relation"] != "FROM"):
            walked.add_edge(source, target)
    return walked


def _cost(degree: dict[str, int], way: Iterable[str]) -> float:
    """What a way costs: 1 + d/20 for each concept on it, 1 for the last step."""
    return 1 + sum(1 + degree[inner] / 20 for inner in list(way)[1:-1])


def _all_ways(
    walked: nx.DiGraph[str], start: str, goal: str, *, directed: bool
) -> list[tuple[float, int, tuple[str, ...]]]:
    """Every simple way with its cost and hops, the cheapest first."""
    both = walked.to_undirected()
    degree = dict(both.degree())
    ways = nx.all_simple_paths(walked if directed else both, start, goal)
    return sorted((round(_cost(degree, way), 6), len(way) - 1, tuple(way)) for way in ways)


def _ids(path: graphkit.Path) -> tuple[str, ...]:
    return tuple(concept.id for concept in path.concepts)


@st.composite
def _edges(draw: st.DrawFn) -> Edges:
    pairs = st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1))
    apart = pairs.filter(lambda pair: pair[0] != pair[1])
    return draw(st.frozensets(apart, min_size=draw(st.integers(0, 14)), max_size=20))


class _Made:
    """A small vault of numbered notes for as long as a ``with`` block lasts."""

    def __init__(self, edges: Edges) -> None:
        self._place = Path(tempfile.mkdtemp())
        vault = self._place / "vault"
        vault.mkdir()
        for number in range(NODES):
            links = " ".join(f"[[{goal}]]" for start, goal in sorted(edges) if start == number)
            (vault / f"{number}.md").write_text(links, encoding="utf-8")
        self._graph = graphkit.open(vault, index=self._place / "index")

    def __enter__(self) -> graphkit.Graph:
        return self._graph

    def __exit__(self, *_: object) -> None:
        self._graph.close()
        shutil.rmtree(self._place)


@settings(max_examples=60, deadline=None)
@given(edges=_edges(), directed=st.booleans(), k=st.integers(1, 6), linked=st.booleans())
def test_paths_are_the_cheapest_that_share_nothing_then_the_cheapest_that_differ(
    edges: Edges, directed: bool, k: int, linked: bool
) -> None:
    """The rule of --k, against every simple path there is."""
    edges |= {(0, 1)} if linked else edges
    with _Made(edges) as graph:
        ways = _all_ways(_links_walked(graph), "0", "1", directed=directed)
        found = [
            (p.cost, p.hops, _ids(p)) for p in graph.paths("0", "1", k=k, directed=directed).paths
        ]
        assert len({ids for _, _, ids in found}) == len(found) == min(k, len(ways))
        assert set(found) <= set(ways)
        used: set[str] = set()
        apart = True
        for number, (cost, hops, ids) in enumerate(found):
            left = [way for way in ways if way not in found[:number]]
            free = [way for way in left if used.isdisjoint(way[2][1:-1])]
            apart = apart and bool(free)
            assert (cost, hops) == (free if apart else left)[0][:2]
            used.update(ids[1:-1])


@settings(max_examples=60, deadline=None)
@given(
    edges=_edges(),
    directed=st.booleans(),
    most=st.none() | st.integers(1, 5),
    avoid=st.frozensets(st.sampled_from("234"), max_size=2),
    shortest=st.booleans(),
)
def test_a_path_is_the_best_of_those_that_the_options_leave(
    edges: Edges, directed: bool, most: int | None, avoid: frozenset[str], shortest: bool
) -> None:
    """avoid, directed, max_length and shortest, against every simple path there is."""
    with _Made(edges) as graph:
        ways = [
            way
            for way in _all_ways(_links_walked(graph), "0", "1", directed=directed)
            if avoid.isdisjoint(way[2]) and (most is None or way[1] <= most)
        ]
        paths = graph.paths(
            "0", "1", avoid=sorted(avoid), directed=directed, max_length=most, shortest=shortest
        ).paths
        assert len(paths) == min(1, len(ways))
        if shortest and ways:
            assert (paths[0].cost, paths[0].hops) == (min(w[1] for w in ways),) * 2
        elif ways:
            assert (paths[0].cost, paths[0].hops) == ways[0][:2]


@settings(max_examples=60, deadline=None)
@given(edges=_edges(), directed=st.booleans(), order=st.permutations("2345"), n=st.integers(1, 2))
def test_a_path_goes_through_what_it_is_to_go_through(
    edges: Edges, directed: bool, order: list[str], n: int
) -> None:
    """through, in its order, by the cheapest simple path that does."""
    through = order[:n]
    with _Made(edges) as graph:
        ways = [
            way
            for way in _all_ways(_links_walked(graph), "0", "1", directed=directed)
            if [id_ for id_ in way[2] if id_ in through] == through
        ]
        paths = graph.paths("0", "1", through=through, directed=directed, k=3).paths
        assert [(p.cost, p.hops) for p in paths[:1]] == [way[:2] for way in ways[:1]]
        found = {(p.cost, p.hops, _ids(p)) for p in paths}
        assert found <= set(ways)
        assert len(found) == len(paths) == min(3, len(ways))


def test_the_cheapest_path_is_dijkstras_on_the_example(example: graphkit.Graph) -> None:
    """On the example notes every pair costs what networkx says."""
    walked = _links_walked(example).to_undirected()
    ids = sorted(walked)
    pairs = random.Random(3).sample([(a, b) for a in ids for b in ids if a < b], 60)  # noqa: S311
    for start, goal in pairs:

        def step(_here: str, there: str, _: Any, goal: str = goal) -> float:  # noqa: ANN401
            return 1 if there == goal else 1 + walked.degree(there) / 20

        (path,) = example.paths(start, goal).paths
        assert path.cost == pytest.approx(nx.dijkstra_path_length(walked, start, goal, step))
        assert path.cost == pytest.approx(_cost(dict(walked.degree()), _ids(path)))
        (plain,) = example.paths(start, goal, shortest=True).paths
        assert plain.hops == plain.cost == nx.shortest_path_length(walked, start, goal)


def test_every_step_carries_its_links(example: graphkit.Graph) -> None:
    """A step's links run between its two ends, those that lead on first, each with a sentence."""
    for path in example.paths("acetylcholine", "muscle strength", k=5).paths:
        assert [s.from_ for s in path.steps] + [path.steps[-1].to] == list(path.concepts)
        for step in path.steps:
            ends = {step.from_.id, step.to.id}
            assert step.links
            assert all({link.source, link.target} == ends for link in step.links)
            assert all(link.sentence for link in step.links)
            back = [link.source != step.from_.id for link in step.links]
            assert back == sorted(back)


def test_membership_is_walked_when_asked_for(graph_of: GraphOf) -> None:
    """Notes that only share what they belong to are joined with membership."""
    graph = graph_of({"a.md": "From: [[all]]", "b.md": "From: [[all]]", "all.md": ""})
    assert graph.paths("a", "b").paths == ()
    (path,) = graph.paths("a", "b", membership=True).paths
    assert _ids(path) == ("a", "all", "b")
    assert all(step.links for step in path.steps)


def test_a_directed_path_shows_only_links_that_lead_on(graph_of: GraphOf) -> None:
    """With directed no step is shown a link that points back."""
    graph = graph_of({"a.md": "[[b]]", "b.md": "[[a]] [[c]]", "c.md": "[[b]]"})
    (path,) = graph.paths("a", "c", directed=True).paths
    assert all(link.source == step.from_.id for step in path.steps for link in step.links)
    assert graph.paths("a", "c").paths[0].steps[0].links[1].source == "b"


def test_a_concept_is_no_step_from_itself(graph_of: GraphOf) -> None:
    """From a concept to itself leads the path without a step."""
    graph = graph_of({"a.md": "[[a]] [[b]]"})
    (path,) = graph.paths("a", "a").paths
    assert (path.hops, path.cost, _ids(path), path.steps) == (0, 0, ("a",), ())


@pytest.mark.parametrize(
    "options",
    [
        {"k": 0},
        {"max_length": 0},
        {"avoid": ["a"]},
        {"avoid": ["c"], "through": ["c"]},
        {"through": ["a"]},
        {"through": ["c", "c"]},
    ],
)
def test_a_path_that_cannot_be_meant_is_refused(graph_of: GraphOf, options: dict[str, Any]) -> None:
    """Options that contradict each other are an error of usage."""
    graph = graph_of({"a.md": "[[b]] [[c]]"})
    with pytest.raises(graphkit.UsageError):
        graph.paths("a", "b", **options)


def test_a_path_back_to_its_start_goes_through_nothing(graph_of: GraphOf) -> None:
    """From a concept to itself through another is refused: it would go through one twice."""
    graph = graph_of({"a.md": "[[b]]"})
    with pytest.raises(graphkit.UsageError):
        graph.paths("a", "a", through=["b"])


def test_paths_in_a_large_vault_are_worth_reading(shared_vault: Path, tmp_path: Path) -> None:
    """Few paths run through the notes linked with everything; every step has a sentence."""
    with graphkit.open(shared_vault, index=tmp_path / "index") as graph:
        walked = _links_walked(graph).to_undirected()
        degree = dict(walked.degree())
        notes = [id_ for id_, note in graph.to_networkx().nodes(data="note") if note]
        ranked = sorted(degree, key=lambda id_: -degree[id_])
        hubs = set(ranked[: len(ranked) // 100])
        (part,) = [p for p in nx.connected_components(walked) if len(p) > len(notes) / 2]
        choice = random.Random(11)  # noqa: S311 - any pairs do
        among = sorted(part.intersection(notes))
        pairs = [choice.sample(among, 2) for _ in range(60)]
        paths = [graph.paths(start, goal).paths[0] for start, goal in pairs]
    through_hubs = sum(not hubs.isdisjoint(_ids(path)[1:-1]) for path in paths)
    assert through_hubs / len(paths) <= 0.10
    assert statistics.mean(path.hops for path in paths) <= 3.7
    for path in paths:
        assert path.cost == pytest.approx(_cost(degree, _ids(path)))
        for (here, there), step in zip(pairwise(_ids(path)), path.steps, strict=True):
            assert any(link.sentence for link in step.links)
            assert all({link.source, link.target} == {here, there} for link in step.links)
