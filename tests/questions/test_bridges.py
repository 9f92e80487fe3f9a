"""Which notes, and which sentences, hold two clusters together."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.questions import bridges as module
from graphkit.questions.bridges import bridges_around
from graphkit.questions.clustering import clustering

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkit.graph import Graph
    from graphkit.questions.clustering import Clustering
    from graphkit.topics import Bridge

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Maker = Callable[[dict[str, str]], Graph]


def cliques(*topics: str, size: int = 6) -> dict[str, str]:
    """Topics of notes that all link to each other: ``bread 0``, ``bread 1`` and so on."""
    return {
        f"{topic} {number}.md": f"# About {topic}\n"
        + " ".join(f"[[{topic} {n}]]" for n in range(size) if n != number)
        for topic in topics
        for number in range(size)
    }


def told(bridges: tuple[Bridge, ...]) -> list[tuple[str, float]]:
    return [(bridge.concept.id, bridge.score) for bridge in bridges]


def clusters_of(graph: Graph) -> Clustering:
    return clustering(graph._store)  # noqa: SLF001 - which note is where


@pytest.fixture(scope="module")
def shared(shared_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with graphkit.open(shared_vault, index=tmp_path_factory.mktemp("index") / "i") as graph:
        yield graph


def test_one_note_joins_two_cliques(graph_of: Maker) -> None:
    """The note that all ways cross at comes first, then those at their other ends, alike."""
    files = cliques("bread", "star")
    files["bread 0.md"] += "\n\nBread rises with [[star 0]], [[star 1]] and [[star 2]]."
    graph = graph_of(files)
    found = graph.bridges().bridges
    # all three links across are its own; 5 of its 8 neighbours are here and 3 there
    first = ("bread 0", 3 * 4 * 5 * 3 / 8**2)
    # one link each, taken as much as the two others; 5 of 6 neighbours here and 1 there
    others = [(f"star {n}", round(1 * 4 * 5 * 1 / 6**2, 4)) for n in range(3)]
    assert told(found) == [first, *others]
    assert {link.sentence for link in found[0].links} == {
        "Bread rises with star 0, star 1 and star 2."
    }
    assert [link.target for link in found[0].links] == ["star 0", "star 1", "star 2"]
    assert [link.target for link in found[1].links] == ["star 0"]


def test_other_clusters_count_against_a_bridge(graph_of: Maker) -> None:
    """Of two notes with the same links across, the one that belongs to no third is the better."""
    files = cliques("bread", "star", "chess")
    for number in (0, 1):
        files[f"bread {number}.md"] += f" [[star {number}]]"
    files["bread 1.md"] += " [[chess 0]] [[chess 1]] [[chess 2]]"
    found = graph_of(files).bridges("bread", "star").bridges
    scores = dict(told(found))
    assert scores["bread 0"] == round(4 * 5 * 1 / 6**2, 4)
    assert scores["bread 1"] == round(4 * 5 * 1 / 9**2, 4)
    assert [id_ for id_, _ in told(found)] == ["bread 0", "star 0", "star 1", "bread 1"]


def test_every_bridge_leads_across(shared: Graph) -> None:
    """Each is of one of its clusters, and each of its links leads to a note of the other one."""
    found = clusters_of(shared)
    members = found.partition.members("lower") | found.partition.members("upper")
    pairs = list(combinations(found.partition.members("upper"), 2))
    lower = [("s20", other) for other in found.partition.members("lower") if other[0] == "s"]
    for pair in [*pairs[::4], *lower[::6]]:
        if pair[0] == pair[1]:
            continue
        bridges = shared.bridges(*pair, limit=None).bridges
        scores = [bridge.score for bridge in bridges]
        assert scores == sorted(scores, reverse=True)
        assert len({bridge.concept.id for bridge in bridges}) == len(bridges)
        for bridge in bridges:
            assert (bridge.a.id, bridge.b.id) == pair
            id_ = bridge.concept.id
            own, other = (members[end] for end in pair)
            if id_ in other:
                own, other = other, own
            assert id_ in own
            assert bridge.concept.note
            assert bridge.links
            for link in bridge.links:
                assert id_ in {link.source, link.target}
                assert {link.source, link.target} - {id_} <= set(other)
                assert link.relation != "FROM"


def test_it_does_not_matter_how_they_are_named(shared: Graph) -> None:
    """In either order, by id, name, term or beginning, two clusters have the same bridges."""
    found = shared.bridges("c2", "c3", limit=None).bridges
    assert found
    turned = shared.bridges("c3", "c2", limit=None).bridges
    assert told(turned) == told(found)
    assert [bridge.links for bridge in turned] == [bridge.links for bridge in found]
    names = [clusters_of(shared).called(id_) for id_ in ("c2", "c3")]
    assert shared.bridges(*names, limit=None).bridges == found
    assert shared.bridges(names[0].upper(), names[1].split(", ")[-1], limit=None).bridges == found


def test_one_cluster_and_all(example: Graph) -> None:
    """Without a second, or any, cluster the same bridges come, with the same scores."""
    ids = list(clusters_of(example).partition.members("upper"))
    pairs = {pair: example.bridges(*pair, limit=None).bridges for pair in combinations(ids, 2)}
    whole = example.bridges(limit=None).bridges
    assert sorted(map(repr, whole)) == sorted(repr(b) for some in pairs.values() for b in some)
    assert example.bridges(limit=7).bridges == whole[:7]
    of_c3 = example.bridges("c3", limit=None).bridges
    assert {bridge.a.id for bridge in of_c3} == {"c3"}
    assert sorted(told(of_c3)) == sorted(
        item for pair, some in pairs.items() if "c3" in pair for item in told(some)
    )
    assert example.bridges("c3", limit=3).bridges == of_c3[:3]


def test_lower_clusters(shared: Graph) -> None:
    """A part of a cluster has bridges to other parts, of the same cluster too."""
    found = shared.bridges("s20", limit=None).bridges
    parents = clusters_of(shared).partition.parents
    others = [bridge.b.id for bridge in found if bridge.b.id]
    assert set(others) <= parents.keys()
    assert parents["s20"] in {parents[other] for other in others}
    assert {parents[other] for other in others} - {parents["s20"]}
    mixed = shared.bridges("s20", "c3" if parents["s20"] != "c3" else "c2").bridges
    assert mixed


def test_index_notes_are_no_bridges(graph_of: Maker) -> None:
    """A note that is linked with nearly everything holds nothing together."""
    files = cliques("bread", "star", *(f"topic{n}" for n in range(10)))
    files["bread 0.md"] += " [[star 0]]"
    files["all.md"] = " ".join(f"[[{name[:-3]}]]" for name in files)
    assert [id_ for id_, _ in told(graph_of(files).bridges().bridges)] == ["bread 0", "star 0"]


def test_hubs_of_all_clusters_are_the_last_resort(graph_of: Maker) -> None:
    """A hub that is linked with all clusters alike is a bridge only where nothing else is."""
    topics = [f"topic{n}" for n in range(10)]
    files = cliques(*topics)
    for number in range(12):
        files[f"ring {number}.md"] = f"[[ring {(number + 1) % 12}]] [[hub]]"
    files["ring 0.md"] += " [[topic0 0]]"
    files["hub.md"] = " ".join(f"[[{topic} {n}]]" for topic in topics for n in range(2))
    graph = graph_of(files)
    own = clusters_of(graph).partition.upper
    assert own["hub"] == own["ring 1"] != own["topic0 0"]
    joined = told(graph.bridges(own["hub"], own["topic0 0"]).bridges)
    assert {id_ for id_, _ in joined} == {"ring 0", "topic0 0"}
    joined = told(graph.bridges(own["hub"], own["topic1 0"]).bridges)
    assert {id_ for id_, _ in joined} == {"hub", "topic1 0", "topic1 1"}


def test_clusters_too_large_for_all_paths(shared: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a sample of the paths the best bridges are still among the first, however named."""
    best = shared.bridges("c2", "c5", limit=3).bridges
    monkeypatch.setattr(module, "_STEPS", 150_000)
    found = shared.bridges("c2", "c5", limit=None).bridges
    assert found != shared.bridges("c2", "c5", limit=10).bridges
    assert {bridge.concept.id for bridge in best} <= {b.concept.id for b in found[:6]}
    assert told(shared.bridges("c5", "c2", limit=None).bridges) == told(found)
    monkeypatch.setattr(module, "_STEPS", 1)
    assert shared.bridges("c2", "c5").bridges


def test_around_some_notes(shared: Graph) -> None:
    """Some notes have bridges to what else is in each cluster."""
    card = shared.cluster("neuromuscular")
    ids = {note.id for note in card.concepts}
    store, found = shared._store, clusters_of(shared)  # noqa: SLF001
    bridges = bridges_around(store, found, "neuromuscular", ids, limit=30)
    assert len(bridges) == 30
    for bridge in bridges:
        assert bridge.a.to_dict() == {"id": None, "name": "neuromuscular"}
        other = {id_ for id_, upper in found.partition.upper.items() if upper == bridge.b.id} - ids
        for link in bridge.links:
            assert len({link.source, link.target} & ids) == 1
            assert len({link.source, link.target} & other) == 1
            assert bridge.concept.id in {link.source, link.target}
    assert bridges_around(store, found, "nothing", [], limit=None) == ()


def test_nothing_to_join(graph_of: Maker) -> None:
    """Clusters without a link between them have no bridges."""
    graph = graph_of(cliques("bread", "star"))
    assert graph.bridges().bridges == ()
    assert graph.bridges("bread").bridges == ()
    assert graph.bridges("bread", "star").bridges == ()


def test_no_clusters(graph_of: Maker) -> None:
    """In a vault without links there are none."""
    assert graph_of({"a.md": "No link."}).bridges().bridges == ()


@pytest.mark.parametrize("names", [("c1", "c1"), ("c1", "part"), ("part", "c1")])
def test_clusters_with_notes_in_common(shared: Graph, names: tuple[str, str]) -> None:
    """A cluster and itself, or a part of it, are not two that anything could join."""
    parents = clusters_of(shared).partition.parents
    part = next(part for part, whole in parents.items() if whole == "c1")
    with pytest.raises(graphkit.UsageError):
        shared.bridges(*(part if name == "part" else name for name in names))


def test_errors(example: Graph) -> None:
    """A name that no cluster has, and a limit of none, are errors."""
    with pytest.raises(graphkit.NoSuchClusterError):
        example.bridges("xylophone")
    with pytest.raises(graphkit.NoSuchClusterError):
        example.bridges("c1", "xylophone")
    with pytest.raises(graphkit.UsageError):
        example.bridges(limit=0)


def test_the_verb(run: Run, notes: Path) -> None:
    """The verb prints the documented JSON, rows and graphs, and says where there is nothing."""
    ran = run("bridges", "c1", "c5", "--format", "json", vault=notes)
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    assert list(answer) == ["bridges"]
    first = answer["bridges"][0]
    assert list(first) == ["a", "b", "concept", "score", "links"]
    assert list(first["a"]) == ["id", "name"]
    assert first["links"][0]["sentence"]
    lines = run("bridges", "c1", "c5", "--format", "jsonl", vault=notes).stdout.splitlines()
    assert [json.loads(line) for line in lines] == answer["bridges"]
    graph = run("bridges", "c1", "c5", "--format", "dot", vault=notes).stdout
    assert all(bridge["concept"]["title"] in graph for bridge in answer["bridges"])
