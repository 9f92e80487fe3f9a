"""Which cluster a name means."""

from __future__ import annotations

import pytest

import graphkit
from graphkit.questions.cluster_lookup import find_cluster
from graphkit.questions.clustering import Clustering
from graphkit.questions.naming import Named
from graphkit.questions.note_graph import NoteGraph
from graphkit.questions.partition import Partition

NAMES = {
    "c1": "visualization, dopamine, ADHD, memory",
    "c2": "sleep",
    "c3": "sleep, light",
    "c4": "light, eye",
    "s5": "dopamine, reward",
    "s6": "ADHD, drive",
    "s7": "Sleep",
    "s8": "drive, focus",
    "s9": "spinal-cord, reflex",
    "c10": "Diet",
}
PARENTS = {
    "s5": "c1", "s6": "c1", "s7": "c3", "s8": "c3", "s9": "c3",
    "c2": "c2", "c4": "c4", "c10": "c10",
}  # fmt: skip


@pytest.fixture
def found() -> Clustering:
    """Clusters of one note each, on two levels; ``c10`` is called ``Food, c2`` by hand."""
    lower = {f"note of {id_}": id_ for id_ in PARENTS}
    upper = {note: PARENTS[id_] for note, id_ in lower.items()}
    names = {id_: Named(name, (), frozenset()) for id_, name in NAMES.items()}
    graph = NoteGraph(tuple(lower), [{} for _ in lower])
    return Clustering(Partition(upper, lower), names, graph, {"c10": "Food, c2"})


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("c1", "c1"),
        (" S5 ", "s5"),
        ("c2", "c2"),
        ("Visualization, Dopamine, adhd, MEMORY", "c1"),
        ("dopamine", "c1"),
        ("dopamine, reward", "s5"),
        ("adhd", "c1"),
        ("sleep", "c2"),
        ("sleep, light", "c3"),
        ("reflex", "s9"),
        ("Spinal Cord", "s9"),
        ("food", "c10"),
        ("visual", "c1"),
        ("dopamine, re", "s5"),
    ],
)
def test_a_name_means_its_cluster(found: Clustering, asked: str, id_: str) -> None:
    """An id comes before a name, this before a term, a beginning last; upper before lower ones."""
    assert find_cluster(found, asked) == id_


@pytest.mark.parametrize(("asked", "ids"), [("light", ["c3", "c4"]), ("DRIVE", ["s6", "s8"])])
def test_several_clusters_are_listed(found: Clustering, asked: str, ids: list[str]) -> None:
    """A name that several clusters of one level answer to is an error that names them all."""
    with pytest.raises(graphkit.AmbiguousClusterError) as told:
        find_cluster(found, asked)
    assert [cluster.id for cluster in told.value.clusters] == ids
    assert all(f"{id_} ({NAMES[id_]})" in told.value.hint for id_ in ids)
    assert told.value.exit_code == 4


@pytest.mark.parametrize(
    ("asked", "near"),
    [("dopamyne", ["c1", "s5"]), ("refelx", ["s9"]), ("xylophone", []), ("Diet", []), ("", [])],
)
def test_no_cluster_is_an_error(found: Clustering, asked: str, near: list[str]) -> None:
    """What no cluster is called is an error that offers those of nearly that name."""
    with pytest.raises(graphkit.NoSuchClusterError) as told:
        find_cluster(found, asked)
    assert [cluster.id for cluster in told.value.clusters] == near
    assert (near or ["graphkit clusters"])[0] in told.value.hint
    assert told.value.exit_code == 3


@pytest.mark.parametrize("part", ["visual", "memory"])
def test_whole_names_only(found: Clustering, part: str) -> None:
    """Where only a whole name will do, neither its beginning nor a term of it is one."""
    with pytest.raises(graphkit.NoSuchClusterError):
        find_cluster(found, part, exactly=True)
    assert find_cluster(found, found.called("c1").upper(), exactly=True) == "c1"
    assert find_cluster(found, "C1", exactly=True) == "c1"


def test_no_clusters_at_all() -> None:
    """In a vault without clusters none is found."""
    with pytest.raises(graphkit.NoSuchClusterError):
        find_cluster(Clustering(Partition({}, {}), {}, NoteGraph((), [])), "sleep")
