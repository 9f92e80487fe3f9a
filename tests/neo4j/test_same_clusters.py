"""Clusters in Neo4j: on every note as in the index that was loaded, kept in step by loads."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.neo4j.connection import Connection
from graphkit.stores.neo4j.load import load
from tests.neo4j.loading import both_graphs, load_vault
from tests.neo4j.test_load import edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.answers import Loaded
    from graphkit.graph import Graph
    from tests.neo4j.server import Server

    Both = Callable[[], Any]

_PROPERTIES = "n.id, n.cluster, n.subcluster, n.cluster_name, n.subcluster_name"


@pytest.fixture
def vault(notes: Path, tmp_path: Path) -> Path:
    """The example notes, to be changed."""
    return shutil.copytree(notes, tmp_path / "notes")


@pytest.fixture
def loading(vault: Path, empty_server: Server, tmp_path: Path) -> Callable[..., Loaded]:
    """Loads the notes into the server."""
    return partial(load_vault, vault, index=tmp_path / "index", server=empty_server)


@pytest.fixture
def both(vault: Path, empty_server: Server, tmp_path: Path) -> Both:
    """The notes as a graph from their index, and from the server."""
    return partial(both_graphs, vault, tmp_path / "index", empty_server)


def as_json(answer: Any) -> str:  # noqa: ANN401 - any answer
    return json.dumps(answer.to_dict(), ensure_ascii=False)


def assert_same(ours: Graph, theirs: Graph) -> None:
    """Clusters on both levels, each of them whole, every card and every query say the same."""
    for level in ("upper", "lower"):
        found = ours.clusters(level=level)
        assert as_json(theirs.clusters(level=level)) == as_json(found)
        for cluster in found.clusters:
            told = theirs.cluster(cluster.id).to_dict()
            assert told == ours.cluster(cluster.id).to_dict()
    for node in ours._store.all_nodes():  # noqa: SLF001 - all there are
        assert as_json(theirs.concept(node.id)) == as_json(ours.concept(node.id))
    asked = f"MATCH (n) RETURN {_PROPERTIES} ORDER BY n.id"
    assert theirs.query(asked) == ours.query(asked)


def test_they_are_those_of_the_index(
    loading: Callable[..., Loaded], both: Both, vault: Path
) -> None:
    """After a load, after edits and another load, and after one from nothing again."""
    loading()
    with both() as graphs:
        assert_same(*graphs)
    edit(vault)
    first = loading()
    assert 0 < len(first.changed) < 20
    with both() as (ours, theirs):
        assert_same(ours, theirs)
        gone = theirs.concept("calcium")
        assert (gone.note, gone.cluster, gone.cluster_name) == (False, None, None)
    assert loading().links == 0


def test_a_name_alone_is_followed(
    loading: Callable[..., Loaded], both: Both, empty_server: Server
) -> None:
    """A cluster that is renamed sends no note; its notes say the new name, the others theirs."""
    loading()
    with both() as (ours, _):
        first = ours.clusters().clusters[0]
        ours.rename_cluster(first.id, "Bakery")
    loaded = loading()
    assert (loaded.added, loaded.changed, loaded.removed, loaded.links) == ((), (), (), 0)
    with both() as graphs:
        assert_same(*graphs)
    counted = (
        "MATCH (n:Note) WHERE n.cluster_name = 'Bakery'"
        " RETURN collect(DISTINCT n.cluster), count(n)"
    )
    assert empty_server.ask(counted) == [[[first.id], first.size]]
    with both() as (ours, _):
        ours.rename_cluster(first.id, "")
    loading()
    assert empty_server.ask(counted) == [[[], 0]]


def test_a_note_that_leaves_its_cluster_loses_the_properties(
    loading: Callable[..., Loaded], both: Both, vault: Path, empty_server: Server
) -> None:
    """A note that nothing links to any more has none of the four; nothing is left behind."""
    loading()
    note = vault / "muscle" / "titin.md"
    for file in vault.rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("[[titin]]", "titin").replace("[[titin|", "[[x|"), encoding="utf-8"
        )
    note.write_text("No link.", encoding="utf-8")
    with both() as (ours, _):
        assert ours.concept("muscle/titin").cluster is None, "the test wants it to be alone"
    loading()
    asked = (
        "MATCH (n {id: 'muscle/titin'})"
        " RETURN [key IN keys(n) WHERE key CONTAINS 'cluster'], n.words > 0"
    )
    assert empty_server.ask(asked) == [[[], True]]
    with both() as graphs:
        assert_same(*graphs)


def test_what_an_older_load_left_is_made_whole(
    loading: Callable[..., Loaded], both: Both, empty_server: Server
) -> None:
    """A database that was loaded before notes knew their clusters gets them by the next load."""
    loading()
    empty_server.ask(
        "MATCH (n:Note) REMOVE n.cluster, n.subcluster, n.cluster_name, n.subcluster_name,"
        " n._clustered"
    )
    empty_server.ask("MATCH (v:GraphkitVault) SET v.schema_version = 1 REMOVE v._clusters, v._map")
    with both() as (_, theirs):
        assert theirs.clusters().clusters, "they are found from the links"
        assert theirs.concept("nmj").cluster is None
    loading()
    with both() as graphs:
        assert_same(*graphs)


def test_without_clusters_in_the_index(
    vault: Path, tmp_path: Path, empty_server: Server, both: Both
) -> None:
    """An index in which none could be kept is loaded too; the verbs find them from the links."""
    with closing(EmbeddedStore(vault, index=tmp_path / "index")) as store:
        store.refresh()
        with Connection(empty_server.uri, empty_server.environment) as connection:
            load(store, connection)
    assert empty_server.ask("MATCH (n:Note) RETURN count(n.cluster)") == [[0]]
    with both() as (ours, theirs):
        assert as_json(theirs.clusters()) == as_json(ours.clusters())


def test_a_half_loaded_graph_has_clusters(
    loading: Callable[..., Loaded], both: Both, empty_server: Server
) -> None:
    """While notes that the clusters name are not there yet, the rest is in its clusters."""
    loading()
    with both() as (ours, _):
        before = {cluster.id: cluster.size for cluster in ours.clusters().clusters}
    empty_server.ask("MATCH (n:Note) WHERE n.folder = 'training' DETACH DELETE n")
    with both() as (_, theirs):
        found = theirs.clusters().clusters
        assert sum(cluster.size for cluster in found) < sum(before.values())
        assert all(cluster.size <= before[cluster.id] for cluster in found)
        assert theirs.concept("nmj").cluster_name


def test_found_anew_they_are_shown_and_not_kept(loading: Callable[..., Loaded], both: Both) -> None:
    """``recompute`` answers from the links, and changes nothing that others see."""
    loading()
    with both() as (_, theirs):
        before = as_json(theirs.clusters())
        assert as_json(theirs.clusters(recompute=True)) == before
        assert as_json(theirs.clusters()) == before


def test_look_ups_do_not_fetch_what_is_long(
    loading: Callable[..., Loaded], both: Both, empty_server: Server
) -> None:
    """The texts that the graph's holder keeps are asked for by name only, and shown by nothing."""
    loading()
    empty_server.ask("MATCH (v:GraphkitVault) SET v._clusters = 'no clusters', v._map = '{'")
    with both() as (ours, theirs):
        for graph in (ours, theirs):
            rows = graph.query("MATCH (v:GraphkitVault) RETURN v, properties(v)").rows
            keys = [sorted(rows[0][0]["properties"]), sorted(rows[0][1])]
            assert [[key for key in told if key != "last_whole"] for told in keys] == [
                ["id", "name", "schema_version", "title", "vault"]
            ] * 2
        assert theirs.concept("nmj").cluster_name
        assert theirs.neighbours("nmj").total
