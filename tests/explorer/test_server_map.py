"""The whole graph in its binary form, decoded again and held against the store."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.explorer.geometry import areas, edges, ground
from graphkit.explorer.known import Known
from graphkit.questions.clustering import clustering
from graphkit.questions.placing import placing
from graphkit.stores.base import Linked
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.neo4j.store import Neo4jStore
from tests.explorer.decoding import decoded
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkit.stores.base import GraphStore
    from tests.explorer.served import Served
    from tests.neo4j.server import Server


def held_against(content: bytes, told: Any, store: GraphStore) -> None:  # noqa: ANN401 - JSON
    """A map and the areas say of a graph what its store says."""
    found = decoded(content)
    nodes = {node.id: node for node in store.all_nodes()}
    assert found.ids == sorted(nodes)
    assert found.titles == [nodes[id_].title for id_ in found.ids]
    assert found.head["notes"] == sum(node.note for node in nodes.values())
    strong = {
        tuple(sorted((link.source, link.target)))
        for link in store.all_links()
        if link.source != link.target and link.relation not in store.membership
    }
    every = {
        tuple(sorted((link.source, link.target)))
        for link in store.all_links()
        if link.source != link.target
    }
    assert set(found.pairs) == every
    assert {pair for pair, member in found.pairs.items() if not member} == strong
    noted = {pair for pair in strong if all(nodes[end].note for end in pair)}
    assert noted == {tuple(sorted(pair)) for pair in store.linked_notes()}
    degrees = [sum(id_ in pair for pair in every) for id_ in found.ids]
    assert found.columns["degree"].tolist() == degrees
    stops = {concept.id for concept in store.index_notes()}
    for place, id_ in enumerate(found.ids):
        assert found.columns["flags"][place] == nodes[id_].note + 2 * (id_ in stops)
        number = found.columns["cluster"][place]
        cluster = told["clusters"][number]["id"] if number < 65_535 else None
        assert cluster == (nodes[id_].subcluster or nodes[id_].cluster)
    points = placing(store).points
    xs, ys = found.columns["x"], found.columns["y"]
    for id_, x, y in zip(found.ids, xs, ys, strict=True):
        assert (x, y) == tuple(points[id_])
    if found.ids:
        assert told["box"] == [min(xs), min(ys), max(xs), max(ys)]


def both(store: GraphStore) -> tuple[bytes, dict[str, Any]]:
    picture = Known(refreshes=False, rebuilt=lambda: None).picture(store)
    return picture.map(store).content, json.loads(picture.areas(store).content)


@pytest.fixture(scope="module")
def store(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(notes, index=tmp_path_factory.mktemp("map") / "index")
    opened.refresh()
    clustering(opened)
    yield opened
    opened.close()


def test_the_map_is_the_graph(store: EmbeddedStore) -> None:
    """Concepts, titles, places, clusters and linked pairs are all of them, and no more."""
    held_against(*both(store), store)


def test_the_shared_vault(shared_vault: Path, tmp_path: Path) -> None:
    """The same holds of a vault of a thousand notes."""
    opened = EmbeddedStore(shared_vault, index=tmp_path / "index")
    opened.refresh()
    held_against(*both(opened), opened)
    opened.close()


def test_neo4j_gives_the_same_map(
    store: EmbeddedStore,
    notes: Path,
    empty_server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From a loaded graph come the same bytes, but for the revision."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_vault(notes, tmp_path / "index", empty_server)
    theirs = Neo4jStore(empty_server.uri, empty_server.environment)
    held_against(*both(theirs), theirs)
    (content, told), (other, others) = both(store), both(theirs)
    assert told.pop("revision") != others.pop("revision")
    assert told == others
    body = 8 + struct.unpack_from("<4sI", content)[1]
    assert content[body:] == other[8 + struct.unpack_from("<4sI", other)[1] :]
    theirs.close()


def test_it_is_served_as_it_is_made(explorer: Served, store: EmbeddedStore) -> None:
    """What comes over the wire, unpacked, is that map; areas have the same revision."""
    answer = explorer.ask("/api/map")
    assert answer.headers["content-type"] == "application/octet-stream"
    told = explorer.api("areas")
    held_against(answer.body, told, store)
    assert decoded(answer.body).head["revision"] == told["revision"]
    assert explorer.api("vault")["revision"] == told["revision"]


def test_areas(store: EmbeddedStore) -> None:
    """Upper clusters come first, the largest first; then the parts of those that are split."""
    told = areas(ground(store), "r")
    assert list(told) == ["revision", "hues", "box", "clusters", "joints"]
    assert told["revision"] == "r"
    partition = clustering(store).partition
    upper = [cluster for cluster in told["clusters"] if cluster["level"] == "upper"]
    assert told["clusters"][: len(upper)] == upper
    assert {cluster["id"] for cluster in upper} == set(partition.parents.values())
    lower = told["clusters"][len(upper) :]
    split = {id_: parent for id_, parent in partition.parents.items() if id_ != parent}
    assert {cluster["id"]: cluster["parent"] for cluster in lower} == split
    for level in (upper, lower):
        sizes = [cluster["size"] for cluster in level]
        assert sizes == sorted(sizes, reverse=True)
    places = placing(store)
    for cluster in told["clusters"]:
        assert cluster["hue"] == places.hues[cluster["id"]]
        for polygon in cluster["outline"]:
            assert len(polygon) % 2 == 0
            assert all(type(number) is int for number in polygon)
    assert all(a != b and pairs > 0 for a, b, pairs in told["joints"])
    assert max(max(a, b) for a, b, _ in told["joints"]) < len(upper)
    counts = [pairs for _, _, pairs in told["joints"]]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    "files",
    [{}, {"a.md": ""}, {"a.md": "[[a]] and [[b]]"}, {"a.md": "[[\u2603 x]]", "d/a.md": "[[a]]"}],
)
def test_small_vaults(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path, files: dict[str, str]
) -> None:
    """A vault without notes, without links, or with one link to nowhere has a map, too."""
    opened = EmbeddedStore(make_vault(files), index=tmp_path / "index")
    opened.refresh()
    held_against(*both(opened), opened)
    opened.close()


class _Links:
    """A store that knows nothing but links."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked

    def linked_concepts(self) -> Linked:
        return self._linked


@given(
    st.integers(2, 40).flatmap(
        lambda size: st.tuples(
            st.just(size),
            st.lists(
                st.tuples(st.integers(0, size - 1), st.integers(0, size - 1), st.booleans()).filter(
                    lambda link: link[0] != link[1]
                )
            ),
        )
    )
)
def test_any_edges(drawn: tuple[int, list[tuple[int, int, bool]]]) -> None:
    """Whatever is linked with whatever, each pair is there once; a real link outweighs."""
    size, links = drawn
    ids = [f"n{place:02}" for place in range(size)]
    told = Linked(ids, *map(list, zip(*links, strict=True))) if links else Linked(ids, [], [], [])
    made = edges(_Links(told))  # type: ignore[arg-type]
    pairs: dict[tuple[int, int], bool] = {}
    at = 0
    for place, count in enumerate(made.counts):
        other = place
        for _ in range(count):
            other += made.ends[at]
            pairs[place, other] = bool(made.membership[at])
            at += 1
    wanted: dict[tuple[int, int], bool] = {}
    for one, other, member in links:
        pair = min(one, other), max(one, other)
        wanted[pair] = wanted.get(pair, True) and member
    assert pairs == wanted
    assert made.degrees == [sum(place in pair for pair in wanted) for place in range(size)]


def test_more_edges_than_can_be_told() -> None:
    """Of a concept with more than 65,535 neighbours so many are told, and all else is whole."""
    size = 65_600
    ids = [f"n{place:05}" for place in range(size)]
    sources, targets = [0] * (size - 1), list(range(1, size))
    told = Linked(ids, [*sources, 1], [*targets, 2], [False] * size)
    made = edges(_Links(told))  # type: ignore[arg-type]
    assert made.counts[:3].tolist() == [65_535, 1, 0]
    assert len(made.ends) == len(made.membership) == 65_536
    assert made.ends[-1] == 1
    assert made.degrees[:4] == [65_599, 2, 2, 1]
