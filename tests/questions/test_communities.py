"""Clusters of notes: what is a cluster, and that clusters and their ids stay as notes change."""

from __future__ import annotations

import json
import random
from contextlib import closing
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.questions import communities
from graphkit.questions.communities import changes, from_nothing, refreshed
from graphkit.questions.leiden import modularity
from graphkit.questions.note_graph import NoteGraph, graph_after, graph_of, note_graph
from graphkit.questions.partition import Partition
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Pair = tuple[str, str]
SMALL = 6
"""In tests of small graphs, clusters of so many notes are split."""


def _planted(seed: int, parts: int, size: int, within: float, between: float) -> NoteGraph:
    """Parts of notes that are linked with each other more than with the rest."""
    told = nx.planted_partition_graph(parts, size, within, between, seed=seed)
    return graph_of(map(_name, told), ((_name(one), _name(other)) for one, other in told.edges))


def _name(number: int) -> str:
    return f"n{number:05}"


def _pairs(graph: NoteGraph) -> list[Pair]:
    return [
        (graph.ids[one], graph.ids[other])
        for one, near in enumerate(graph.adjacency)
        for other, weight in near.items()
        if one < other or weight == 2
    ]


def _numbers(graph: NoteGraph, found: Partition) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(found.upper.get(id_, f" {id_}"), len(numbers)) for id_ in graph.ids]


def _check(graph: NoteGraph, found: Partition, split_from: int = 30) -> None:
    """All that holds of every partition, whatever way it came to be."""
    linked = {id_ for id_, near in zip(graph.ids, graph.adjacency, strict=True) if near}
    assert found.upper.keys() == found.lower.keys() == linked
    whole: nx.Graph[str] = nx.Graph(_pairs(graph))
    for level in ("upper", "lower"):
        for id_, notes in found.members(level).items():
            assert nx.is_connected(whole.subgraph(notes))
            assert int(id_[1:]) < found.next
    parts: dict[str, set[str]] = {}
    for note, upper in found.upper.items():
        parts.setdefault(upper, set()).add(found.lower[note])
    assert sum(map(len, parts.values())) == len(found.parents)  # each is part of one alone
    sizes = {id_: len(notes) for id_, notes in found.members("upper").items()}
    for upper, lowers in parts.items():
        assert upper.startswith("c")
        if len(lowers) == 1:
            assert lowers == {upper}
        else:
            assert sizes[upper] >= split_from
            assert all(lower.startswith("s") for lower in lowers)
    told = json.loads(json.dumps(found.to_dict()))
    assert Partition.from_dict(told) == found


# What a cluster is


def test_planted_clusters_are_found_on_both_levels() -> None:
    """Three topics of three sub-topics each, of twenty notes, are three clusters split in three."""
    chance = random.Random(3)  # noqa: S311 - chance is seeded and keeps no secret
    pairs = []
    for one in range(180):
        for other in range(one):
            share = 0.8 if one // 20 == other // 20 else 0.18 if one // 60 == other // 60 else 0.002
            if chance.random() < share:
                pairs.append((_name(one), _name(other)))
    graph = graph_of(map(_name, range(180)), pairs)
    found = from_nothing(graph)
    _check(graph, found)
    for level, size, ids in (
        ("upper", 60, "c1 c2 c3"),
        ("lower", 20, "s4 s5 s6 s7 s8 s9 s10 s11 s12"),
    ):
        members = found.members(level)  # type: ignore[arg-type]
        assert list(members) == ids.split()
        topics = {frozenset(map(_name, range(n, n + size))) for n in range(0, 180, size)}
        assert {frozenset(notes) for notes in members.values()} == topics


def test_a_small_cluster_and_one_that_is_all_one_are_their_own_only_lower_cluster() -> None:
    """Below thirty notes nothing is split, and neither is a clique of any size."""
    pairs = [(f"a{i}", f"a{j}") for i in range(29) for j in (i - 1, i - 2) if j >= 0]
    pairs += [(f"b{i:02}", f"b{j:02}") for i in range(80) for j in range(i)]
    graph = graph_of({id_ for pair in pairs for id_ in pair}, pairs)
    found = from_nothing(graph)
    _check(graph, found)
    assert found.parents["c1"] == "c1"
    assert len(found.members("upper")["c1"]) == 80
    small = {id_ for id_ in found.upper if id_.startswith("a")}
    assert {found.lower[id_] for id_ in small} == {found.upper[id_] for id_ in small}


def test_no_links_are_no_clusters() -> None:
    """A note without links belongs to no cluster; none at all give an empty partition."""
    for ids in ([], ["a", "b"]):
        graph = graph_of(ids, [])
        found = from_nothing(graph)
        assert found.members("upper") == found.members("lower") == {}
        _check(graph, found)
        assert refreshed(graph, found) == found
    one = graph_of(["a", "b", "c"], [("a", "b")])
    found = refreshed(one, from_nothing(graph_of(["a"], [])))
    assert found.upper == {"a": "c1", "b": "c1"}
    assert refreshed(graph_of(["a", "b"], []), found).upper == {}


def test_ten_thousand_components_are_ten_thousand_clusters() -> None:
    """Pairs of notes far from each other; and one more link joins two of them."""
    pairs = [(_name(i), _name(i + 1)) for i in range(0, 20_000, 2)]
    ids = [_name(i) for i in range(20_000)]
    graph = graph_of(ids, pairs)
    found = from_nothing(graph)
    assert len(found.members("upper")) == 10_000
    joined = refreshed(graph_of(ids, [*pairs, (ids[0], ids[2]), (ids[0], ids[3])]), found)
    assert len(joined.members("upper")) == 9_999
    assert sum(joined.upper[id_] != found.upper[id_] for id_ in ids) == 2


# What stays


def test_clusters_stay_where_a_fresh_run_would_shatter_them() -> None:
    """After one link in a hundred has changed, five times over, nine of ten clusters are there."""
    graph = _planted(1, 12, 40, 0.2, 0.02)
    first = found = from_nothing(graph)
    chance = random.Random(7)  # noqa: S311 - chance is seeded and keeps no secret
    pairs = _pairs(graph)
    now = graph
    for _ in range(5):
        left = set(pairs) - set(chance.sample(pairs, len(pairs) // 100))
        while len(left) < len(pairs):
            one, other = chance.sample(graph.ids, 2)
            left.add((one, other))
        pairs = sorted(left)
        now = graph_of(graph.ids, pairs)
        found = refreshed(now, found)
        _check(now, found)
    last = found.members("upper")
    kept = [
        len({*notes} & {*last.get(id_, ())}) >= 0.8 * len({*notes} | {*last.get(id_, ())})
        for id_, notes in first.members("upper").items()
    ]
    assert sum(kept) >= 0.9 * len(kept)
    fresh = modularity(now.adjacency, _numbers(now, from_nothing(now)))
    assert modularity(now.adjacency, _numbers(now, found)) > fresh - 0.01


_WHICH = st.integers(0, 99)
_EDITS = st.lists(
    st.lists(
        st.one_of(
            st.tuples(st.just("link"), _WHICH, _WHICH),
            st.tuples(st.just("unlink"), _WHICH, _WHICH),
            st.tuples(st.just("add"), _WHICH, _WHICH),
            st.tuples(st.just("delete"), _WHICH, _WHICH),
            st.tuples(st.just("rename"), _WHICH, _WHICH),
        ),
        max_size=6,
    ),
    min_size=1,
    max_size=6,
)


def _edit(ids: set[str], pairs: set[Pair], edit: tuple[str, int, int], number: int) -> None:
    kind, one, other = edit
    notes, links = sorted(ids), sorted(pairs)
    new = f"x{number:03}"
    if kind == "link" and notes:
        pairs.add((notes[one % len(notes)], notes[other % len(notes)]))
    elif kind == "unlink" and links:
        pairs.discard(links[one % len(links)])
    elif kind == "add":
        ids.add(new)
        pairs.update((new, notes[place % len(notes)]) for place in (one, other) if notes)
    elif kind in {"delete", "rename"} and notes:
        gone = notes[one % len(notes)]
        ids.discard(gone)
        mine = {pair for pair in pairs if gone in pair}
        pairs -= mine
        if kind == "rename":
            ids.add(new)
            pairs |= {(new, b) if a == gone else (a, new) for a, b in mine}


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 50), _EDITS)
def test_what_holds_of_clusters_holds_after_any_edits(
    seed: int, rounds: list[list[tuple[str, int, int]]]
) -> None:
    """Nested, connected, ids never used again; without an edit nothing changes at all."""
    graph = _planted(seed, 4, 9, 0.5, 0.04)
    ids, pairs = set(graph.ids), set(_pairs(graph))
    with patch.object(communities, "SPLIT_FROM", SMALL):
        found = from_nothing(graph)
        _check(graph, found, SMALL)
        assert from_nothing(graph) == found
        retired: set[str] = set()
        number = 0
        for edits in rounds:
            for edit in edits:
                _edit(ids, pairs, edit, number)
                number += 1
            now = graph_of(ids, pairs)
            before, found = found, refreshed(now, found)
            _check(now, found, SMALL)
            start = {id_: cluster for id_, cluster in before.upper.items() if id_ in found.upper}
            as_they_were = Partition(start, start)
            worth = modularity(now.adjacency, _numbers(now, as_they_were))
            assert modularity(now.adjacency, _numbers(now, found)) >= worth - 1e-12
            used = {*found.upper.values(), *found.lower.values()}
            old = {*before.upper.values(), *before.lower.values()}
            assert not used & retired
            assert all(int(id_[1:]) >= before.next for id_ in used - old)
            retired |= old - used
            again = refreshed(now, found)
            assert again == found
            told = Partition.from_dict(found.to_dict())
            assert (refreshed(now, told).upper, refreshed(now, told).lower) == (
                found.upper,
                found.lower,
            )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 50), _EDITS)
def test_the_edited_pairs_are_counted_and_their_notes_found(
    seed: int, rounds: list[list[tuple[str, int, int]]]
) -> None:
    """As comparing all pairs of both graphs would count them."""
    before = _planted(seed, 3, 5, 0.5, 0.1)
    ids, pairs = set(before.ids), set(_pairs(before))
    for number, edit in enumerate(edit for edits in rounds for edit in edits):
        _edit(ids, pairs, edit, number)
    now = graph_of(ids, pairs)
    weights: list[dict[frozenset[str], int]] = []
    for graph in (before, now):
        weights.append({})
        for one, near in enumerate(graph.adjacency):
            for other, weight in near.items():
                weights[-1][frozenset((graph.ids[one], graph.ids[other]))] = weight
    edited = {pair for pair, _ in weights[0].items() ^ weights[1].items()}
    places, number = changes(before, now)
    assert number == len(edited)
    assert {now.ids[place] for place in places} == {id_ for pair in edited for id_ in pair} & ids


def test_a_cluster_that_falls_apart_leaves_its_id_to_the_largest_part() -> None:
    """The other part is a new cluster; its lower clusters, which are whole, keep their ids."""
    cliques = [
        (f"{part}{i}", f"{part}{j}") for part in "abcdefg" for i in range(9) for j in range(i)
    ]
    joints = [("a0", "b0"), ("a1", "b1"), ("b0", "c0"), ("c1", "d1"), ("d0", "e0"), ("c2", "d2")]
    bridge = [(f"d{i}", f"{p}{i}") for p in "efg" for i in range(3)]
    pairs = [*cliques, *joints, *bridge, ("e5", "f5"), ("f6", "g6")]
    graph = graph_of({id_ for pair in pairs for id_ in pair}, pairs)
    one = Partition(
        dict.fromkeys(graph.ids, "c1"),
        {id_: f"s{'abcdefg'.index(id_[0]) + 2}" for id_ in graph.ids},
    )
    one = Partition(one.upper, one.lower, 9, graph.pairs, 0, graph)
    left = [
        pair
        for pair in pairs
        if not ({pair[0][0], pair[1][0]} & set("abc") and "d" in pair[0][0] + pair[1][0])
    ]
    apart = graph_of(graph.ids, left)
    found = refreshed(apart, one)
    _check(apart, found)
    assert found.upper["d0"] == found.upper["g0"] == "c1"
    assert found.upper["a0"] == found.upper["c0"] == "c9"
    assert found.lower["d0"] == "s5"
    assert found.lower["a0"] == "c9"  # 27 notes are not split


def test_after_many_edits_a_full_run_is_tried_and_the_likest_clusters_keep_their_ids() -> None:
    """It is taken where it gains; ids go one to one to the clusters with most in common."""
    ids = list(map(_name, range(120)))
    merged = [(ids[i], ids[j]) for i in range(120) for j in range(i) if (i * j + i + j) % 11 == 0]
    before = from_nothing(graph_of(ids, merged))
    parts = [(ids[i], ids[j]) for i in range(120) for j in range(i) if i // 40 == j // 40]
    graph = graph_of(ids, parts)
    found = refreshed(graph, before)
    _check(graph, found)
    assert {frozenset(notes) for notes in found.members("upper").values()} == {
        frozenset(ids[n : n + 40]) for n in (0, 40, 80)
    }
    assert (found.pairs, found.edited) == (graph.pairs, 0)


def test_a_full_run_is_not_taken_for_little() -> None:
    """Below one in twenty links none is tried: what has changed is counted until then."""
    graph = _planted(5, 6, 30, 0.3, 0.02)
    found = from_nothing(graph)
    pairs = _pairs(graph)
    few = refreshed(graph_of(graph.ids, pairs[3:]), found)
    assert (few.pairs, few.edited) == (graph.pairs, 3)
    more = refreshed(graph_of(graph.ids, pairs[10:]), few)
    assert (more.pairs, more.edited) == (graph.pairs, 10)
    many = refreshed(graph_of(graph.ids, pairs[len(pairs) // 10 :]), more)
    assert (many.pairs, many.edited) == (len(pairs) - len(pairs) // 10, 0)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"clusters": []},
        {"clusters": {"c1": ["a"]}},
        {"clusters": {"c1": {"c1": "ab"}}},
        {"clusters": {"c1": {"c1": ["a", "a"]}}},
        {"clusters": {"c1": {"c1": ["a"]}, "c2": {"c2": ["a"]}}},
        {"clusters": {"c1": {"s3": ["a"]}, "c2": {"s3": ["b"]}}},
        {"clusters": {"c1": {"c1": ["a"], "s2": ["b"]}}},
        {"clusters": {"muscle": {"muscle": ["a"]}}},
        {"clusters": {}, "next": "3"},
    ],
)
def test_a_partition_that_was_merged_badly_is_refused(told: dict[str, Any]) -> None:
    """It is said what is wrong, and nothing is guessed."""
    with pytest.raises(ValueError, match=r"\w"):
        Partition.from_dict(told)


def test_a_number_that_is_taken_is_never_given_again() -> None:
    """Even where the kept next number is too low, as after a merge by hand."""
    assert Partition.from_dict({"clusters": {"c7": {"c7": ["a"]}}, "next": 2}).next == 8


# The graph


def test_the_graph_of_notes_holds_links_between_notes_without_membership(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """One direction weighs 1, both 2; parallel links once; index notes are set aside."""
    files = {f"n{number:02}.md": "From: [[hub]]\n" for number in range(60)}
    files["n00.md"] = "[[n01]] [[n01]] [[n02]] [[n00]] [[nowhere]]\n\nFrom: [[n05]]\n"
    files["n01.md"] = "[[n00]] [[hub]]\n"
    files["hub.md"] = "Here: " + " ".join(f"[[n{number:02}]]" for number in range(60))
    files["alone.md"] = "Words.\n"
    with closing(EmbeddedStore(make_vault(files), index=tmp_path / "index")) as store:
        store.refresh()
        graph = note_graph(store)
        told = graph_of(
            [node.id for node in store.all_nodes() if node.note], store.linked_notes(), ["hub"]
        )
        assert store.linked_notes(["n02", "alone"]) == [("hub", "n02"), ("n00", "n02")]
    assert graph.set_aside == ("hub",)
    assert graph == told
    places = {id_: place for place, id_ in enumerate(graph.ids)}
    assert graph.adjacency[places["n00"]] == {places["n01"]: 2, places["n02"]: 1}
    assert graph.adjacency[places["hub"]] == {}
    assert graph.pairs == 2
    assert NoteGraph.from_dict(json.loads(json.dumps(graph.to_dict()))) == graph


def test_only_what_changed_is_read_again(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """After any edits of files the graph put together from changes is the one read whole."""
    chance = random.Random(11)  # noqa: S311 - chance is seeded and keeps no secret
    names = [f"f{number % 3}/n{number:02}" for number in range(70)]

    def text() -> str:
        some = chance.sample(names, chance.choice([0, 1, 3, 3, 60]))
        return " ".join(f"[[{name[3:]}]]" for name in some) + f"\n\nFrom: [[{names[0]}]]\n"

    vault = make_vault({f"{name}.md": text() for name in names})
    with closing(EmbeddedStore(vault, index=tmp_path / "index")) as store:
        store.refresh()
        graph = note_graph(store)
        for _ in range(12):
            store.connection.execute("DELETE FROM relinked")
            for name in chance.sample(names, 3):
                file = vault / f"{name}.md"
                if file.exists() and chance.random() < 0.4:
                    file.rename(file.with_name(f"n{chance.randrange(90):02}.md"))
                elif file.exists() and chance.random() < 0.3:
                    file.unlink()
                else:
                    file.write_text(text(), encoding="utf-8")
            store.refresh(verify=True)
            graph = graph_after(store, graph, store.relinked())
            assert graph == note_graph(store)
            assert [list(near) for near in graph.adjacency] == [
                list(near) for near in note_graph(store).adjacency
            ]
