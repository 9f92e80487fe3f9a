"""The map of a vault: a place for every concept, found once and then kept as the notes change."""

from __future__ import annotations

import json
import random
import re
from math import hypot
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.questions.communities import refreshed
from graphkit.questions.hexagons import around, cell_at
from graphkit.questions.layout import places_from_nothing, places_refreshed
from graphkit.questions.note_graph import graph_of
from graphkit.questions.partition import Partition
from graphkit.questions.places import LARGEST, RIM, Places
from tests.questions.vaults import pairs_of, random_vault

if TYPE_CHECKING:
    from graphkit.questions.hexagons import Cell
    from tests.questions.vaults import Vault

PARENTS = {"c1": "c1", "s3": "c2", "s4": "c2", "s5": "c2", "c6": "c6", "c7": "c7", "s8": "c9"}
"""The lower clusters of the made-up vaults, and the upper ones that they are parts of."""
NAMES = [f"n{number:02}" for number in range(36)]
notes = st.sampled_from(NAMES)
of_cluster = st.sampled_from([*PARENTS, None])
written = st.tuples(
    st.dictionaries(notes, of_cluster, max_size=len(NAMES)),
    st.lists(st.tuples(notes, notes), max_size=80),
    st.dictionaries(st.sampled_from("UVWXYZ"), st.lists(notes, min_size=1, max_size=4)),
    st.sets(notes, max_size=2),
)
edits = st.lists(st.tuples(st.integers(0, 2), notes, notes, of_cluster), max_size=25)


def vault_of(written: Any) -> Vault:  # noqa: ANN401 - what Hypothesis made up
    """A vault of clusters that were not found but drawn by lot, as odd as can be."""
    clusters, links, mentions, aside = written
    lower = {id_: of for id_, of in sorted(clusters.items()) if of and id_ not in aside}
    partition = Partition({id_: PARENTS[of] for id_, of in lower.items()}, lower, 10)
    told = {
        mark: sorted(set(by) & clusters.keys())
        for mark, by in mentions.items()
        if set(by) & clusters.keys()
    }
    return graph_of(clusters, links, aside & clusters.keys()), partition, told


def edited(written: Any, edits: Any) -> Any:  # noqa: ANN401 - as above
    """The same after notes came, went and changed their clusters, and links came and went."""
    clusters, links, mentions, aside = written
    clusters = dict(clusters)
    for kind, one, other, cluster in edits:
        if kind == 0:
            clusters[one] = cluster
        elif kind == 1 and one in clusters:
            del clusters[one]
        else:
            links = [pair for pair in links if pair != (one, other)] + [(other, one)]
    return clusters, links, mentions, aside


def assert_nothing_overlaps(places: Places) -> None:
    """Discs of the largest radius around any two concepts have no point in common."""
    near: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for x, y in places.points.values():
        square = x // (2 * LARGEST), y // (2 * LARGEST)
        for right in (-1, 0, 1):
            for down in (-1, 0, 1):
                for a, b in near.get((square[0] + right, square[1] + down), ()):
                    assert hypot(x - a, y - b) >= 2 * LARGEST
        near.setdefault(square, []).append((x, y))


def assert_is_a_map(places: Places, vault: Vault) -> None:
    """Every concept has a place in its area, nothing overlaps, nothing hides."""
    graph, partition, mentions = vault
    assert set(places.points) == {*graph.ids, *mentions}
    for id_ in graph.ids:
        cell = cell_at(places.points[id_])
        assert places.owner[cell] == partition.lower.get(id_, RIM), id_
    assert_nothing_overlaps(places)
    cells = [cell for area in places.areas.values() for cell in area.cells]
    assert len(set(cells)) == len(cells)
    uppers = {id_: set(places.cells(id_)) for id_ in set(partition.upper.values())}
    assert set(places.hues) == {*uppers, *partition.parents}
    assert_told_apart(uppers, places)
    for upper in uppers:
        parts = [id_ for id_, parent in partition.parents.items() if parent == upper]
        assert_told_apart({id_: set(places.cells(id_)) for id_ in parts}, places)


def assert_told_apart(clusters: dict[str, set[Cell]], places: Places) -> None:
    """No two of some clusters that lie beside each other have the same hue."""
    for one, mine in clusters.items():
        beside = {near for cell in mine for near in around(cell)} - mine
        for other, theirs in clusters.items():
            apart = other == one or beside.isdisjoint(theirs)
            assert apart or places.hues[one] != places.hues[other]


@given(written)
@settings(max_examples=60, deadline=None)
def test_from_nothing(written: Any) -> None:  # noqa: ANN401 - as above
    """Every vault has a map, the same each time, that can be written down and read back."""
    vault = vault_of(written)
    places = places_from_nothing(*vault)
    assert_is_a_map(places, vault)
    assert places_from_nothing(*vault) == places
    told = json.dumps(places.to_dict())
    assert Places.from_dict(json.loads(told)) == places
    assert json.dumps(Places.from_dict(json.loads(told)).to_dict()) == told


@given(written, edits)
@settings(max_examples=120, deadline=None)
def test_refreshed(written: Any, edits: Any) -> None:  # noqa: ANN401 - as above
    """After any edits it is still a map, and no note has moved whose cluster is the same."""
    before, after = vault_of(written), vault_of(edited(written, edits))
    kept = places_from_nothing(*before)
    places = places_refreshed(kept, *after)
    assert_is_a_map(places, after)
    for id_ in set(before[0].ids) & set(after[0].ids):
        if before[1].lower.get(id_) == after[1].lower.get(id_):
            assert places.points[id_] == kept.points[id_]
    assert places_refreshed(kept, *after) == places
    assert places_refreshed(places, *after) == places
    assert places_refreshed(kept, *before) == kept


@pytest.mark.parametrize("seed", range(4))
def test_a_vault_that_lives(seed: int) -> None:
    """Through many edits, with clusters that follow, it stays a map and whatever can stays."""
    chance = random.Random(seed)  # noqa: S311 - seeded
    graph, partition, mentions = random_vault(400, seed)
    places = places_from_nothing(graph, partition, mentions)
    for step in range(12):
        ids, pairs = set(graph.ids), pairs_of(graph)
        for number in range(chance.randrange(90)):
            ids.add(f"new {step} {number}")
            pairs += [(f"new {step} {number}", other) for other in chance.sample(graph.ids, 3)]
        ids -= set(chance.sample(sorted(ids), chance.randrange(30)))
        chance.shuffle(pairs)
        graph = graph_of(ids, pairs[chance.randrange(300) :])
        mentions = {mark: by for mark, by in mentions.items() if not ids.isdisjoint(by)}
        before, partition = partition, refreshed(graph, partition)
        kept, places = places, places_refreshed(places, graph, partition, mentions)
        assert_is_a_map(places, (graph, partition, mentions))
        for id_ in kept.points.keys() & set(graph.ids):
            mine = (before.lower.get(id_), before.upper.get(id_))
            if mine == (partition.lower.get(id_), partition.upper.get(id_)):
                assert places.points[id_] == kept.points[id_]


def chain(number: int) -> list[tuple[str, str]]:
    return [(f"n{place:05}", f"n{place + 1:05}") for place in range(number - 1)]


@pytest.mark.parametrize(
    ("notes", "pairs", "size", "mentions"),
    [
        (0, [], 0, {}),
        (1, [], 0, {}),
        (1, [], 0, {"unwritten": ["n00000"]}),
        (2, chain(2), 2, {f"unwritten {number}": ["n00001"] for number in range(200)}),
        (1_000, [], 0, {f"unwritten {number:04}": ["n00000"] for number in range(2_000)}),
        (3_000, chain(3_000), 3_000, {}),
        (20_000, chain(20_000)[::2], 2, {}),
    ],
    ids=["empty", "one", "one and unwritten", "two", "no links", "one of all", "10,000 clusters"],
)
def test_odd_vaults(
    notes: int, pairs: list[tuple[str, str]], size: int, mentions: dict[str, list[str]]
) -> None:
    """Vaults without links, of one note, of one cluster and of ten thousand have a map too."""
    graph = graph_of([f"n{place:05}" for place in range(notes)], pairs)
    clusters = {id_: f"c{place // size + 1}" for place, id_ in enumerate(graph.ids) if size}
    partition = Partition(clusters, clusters, notes + 1)
    places = places_from_nothing(graph, partition, mentions)
    assert set(places.points) == {*graph.ids, *mentions}
    assert_nothing_overlaps(places)
    assert Places.from_dict(places.to_dict()) == places
    assert places_refreshed(places, graph, partition, mentions) == places


GOOD = places_from_nothing(*random_vault(30)).to_dict()
SOMEONE, ANOTHER = sorted(GOOD["concepts"])[:2]


@pytest.mark.parametrize(
    ("where", "wrong", "said"),
    [
        (("concepts", SOMEONE), [10**9 - 1, 0], f"{SOMEONE!r} lies"),
        (("concepts", SOMEONE), [160 * 500, 0], f"{SOMEONE!r} lies outside any area"),
        (("concepts", SOMEONE), [80, 0], f"{SOMEONE!r} lies between"),
        (("concepts", SOMEONE), GOOD["concepts"][ANOTHER], "lie in the same place"),
        (("concepts", SOMEONE), ["0", 0], f"the place of {SOMEONE!r} is not 2 numbers"),
        (("concepts", SOMEONE), [0], "is not 2 numbers"),
        (("concepts", SOMEONE), {"x": 0, "y": 0}, "is not 2 numbers"),
        (("concepts", SOMEONE), [float("nan"), 0], "is not 2 numbers"),
        (("concepts", SOMEONE), [0, float("inf")], "is not 2 numbers"),
        (("concepts", SOMEONE), [True, 0], "is not 2 numbers"),
        (("concepts", SOMEONE), [10**400, 0], "is not 2 numbers"),
        (("areas", "c1", "rows", 0), [0, 0, 10**8], "is too long"),
        (("areas", "c1", "rows", 0), [0, 1, 0], "has no end"),
        (("areas", "c1", "rows", 0), [0.5, 0, 1], "is not 3 numbers"),
        (("areas", "c1", "rows"), GOOD["areas"]["c2"]["rows"], "comes twice"),
        (("areas", "c1", "rows"), None, "has no rows"),
        (("areas", "c1"), [], "is no area"),
        (("areas", "c1", "parent"), "me", "is no id of a cluster"),
        (("areas", "z"), {"parent": "c1", "rows": []}, "is no id of a cluster"),
        (("hues", "c1"), 10, "the hue of 'c1'"),
        (("hues", "z"), 1, "is no id of a cluster"),
        (("concepts",), None, "there are no concepts"),
        ((), [], "there are no places"),
    ],
)
def test_wrong_places_are_refused(where: tuple[Any, ...], wrong: Any, said: str) -> None:  # noqa: ANN401 - JSON
    """Places that someone changed by hand are taken only if they are a map; else, what is wrong."""
    told = json.loads(json.dumps(GOOD))
    inner = told
    for key in where[:-1]:
        inner = inner[key]
    if where:
        inner[where[-1]] = wrong
    else:
        told = wrong
    with pytest.raises(ValueError, match=re.escape(said)):
        Places.from_dict(told)
