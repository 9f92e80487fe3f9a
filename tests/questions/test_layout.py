"""What a map of a vault is like: what belongs together lies together, and names have room."""

from __future__ import annotations

import random
from math import dist
from statistics import fmean
from typing import TYPE_CHECKING

import pytest

from graphkit.questions.clustering import by_centrality
from graphkit.questions.colouring import hues_of
from graphkit.questions.communities import refreshed
from graphkit.questions.hexagons import WIDE, around, mean, middle, outline, ring
from graphkit.questions.layout import places_from_nothing, places_refreshed
from graphkit.questions.note_graph import graph_of
from graphkit.questions.partition import Partition
from graphkit.questions.places import HUES, RIM
from tests.questions.vaults import pairs_of, random_vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.questions.hexagons import Cell, Point
    from graphkit.questions.note_graph import NoteGraph
    from graphkit.questions.places import Places
    from tests.questions.vaults import Vault


@pytest.fixture(scope="module")
def vault() -> Vault:
    return random_vault(400)


@pytest.fixture(scope="module")
def places(vault: Vault) -> Places:
    return places_from_nothing(*vault)


def near_and_related(graph: NoteGraph, points: Mapping[str, Point]) -> float:
    """The share of the ten notes nearest to each that are linked with it or share a link."""
    shares = []
    for place, id_ in enumerate(graph.ids):
        others = [other for other in range(len(graph.ids)) if other != place]
        others.sort(key=lambda other: dist(points[graph.ids[other]], points[id_]))
        mine = graph.adjacency[place].keys()
        shares += [
            other in mine or not mine.isdisjoint(graph.adjacency[other]) for other in others[:10]
        ]
    return fmean(shares)


def test_related_notes_are_near(vault: Vault, places: Places) -> None:
    """Of the notes that are nearest to one, most are linked with it or share a link."""
    points = list(places.points)
    random.Random(1).shuffle(points)  # noqa: S311 - seeded
    by_lot = dict(zip(points, places.points.values(), strict=True))
    assert near_and_related(vault[0], places.points) > 0.6
    assert near_and_related(vault[0], by_lot) < 0.2


def test_central_notes_are_in_the_middle(vault: Vault, places: Places) -> None:
    """The best-linked notes of a cluster are nearer to its middle than those with fewest links."""
    best, least = [], []
    for members in vault[1].members("lower").values():
        centre = mean([places.points[id_] for id_ in members])
        ordered = by_centrality(vault[0], members)
        best += [dist(places.points[id_], centre) for id_ in ordered[:4]]
        least += [dist(places.points[id_], centre) for id_ in ordered[-4:]]
    assert fmean(best) < 0.8 * fmean(least)


def test_areas_hang_together_and_have_spare_room(vault: Vault, places: Places) -> None:
    """Each area is in one piece, and about 30 % of its cells more than it has notes are free."""
    notes = {id_: len(members) for id_, members in vault[1].members("lower").items()}
    for id_, area in places.areas.items():
        pieces = [list(area.cells[:1])]
        for cell in pieces[0]:
            pieces[0] += [
                near for near in around(cell) if near in area.cells and near not in pieces[0]
            ]
        assert len(pieces[0]) == len(area.cells)
        assert 1.2 * notes[id_] <= len(area.cells) <= max(1.6 * notes[id_], notes[id_] + 3), id_
    assert 1.22 <= len(places.owner) / sum(notes.values()) <= 1.38


def test_parts_of_a_cluster_lie_together(places: Places) -> None:
    """The areas of a cluster's parts touch each other; between clusters there is a gap."""
    touching = {
        (places.areas[places.owner[cell]].parent, places.areas[places.owner[near]].parent)
        for cell in places.owner
        for near in around(cell)
        if near in places.owner and places.owner[near] != places.owner[cell]
    }
    split = {area.parent for id_, area in places.areas.items() if area.parent != id_}
    assert split
    assert touching == {(upper, upper) for upper in split}


def test_what_is_new_lies_beside_what_it_is_linked_with(vault: Vault, places: Places) -> None:
    """A new note has a free cell of its area that is near its neighbours; nobody else moves."""
    graph, partition, mentions = vault
    found = 0
    for cluster, members in partition.members("lower").items():
        linked = members[:3]
        pairs = [*pairs_of(graph), *(("new", id_) for id_ in linked)]
        after = graph_of([*graph.ids, "new"], pairs)
        clusters = refreshed(after, partition)
        if clusters.lower["new"] == cluster:
            now = places_refreshed(places, after, clusters, mentions)
            assert {**now.points, "new": (0, 0)} == {**places.points, "new": (0, 0)}
            free = set(places.areas[cluster].cells) - set(places.seats.values())
            to = mean([middle(places.seats[id_]) for id_ in linked])
            nearest = min(dist(middle(cell), to) for cell in free)
            assert dist(middle(now.seats["new"]), to) == nearest
            found += 1
    assert found > 5


def test_an_area_that_is_full_grows() -> None:
    """More new notes than there are free cells find room at the coast; all others stay."""
    graph, partition, mentions = random_vault(60)
    kept = places_from_nothing(graph, partition, mentions)
    cluster = partition.lower["n0000"]
    new = [f"new {number}" for number in range(25)]
    lower = {**partition.lower, **dict.fromkeys(new, cluster)}
    upper = {**partition.upper, **dict.fromkeys(new, partition.parents[cluster])}
    more = graph_of([*graph.ids, *new], [*pairs_of(graph), *((id_, "n0000") for id_ in new)])
    places = places_refreshed(kept, more, Partition(upper, lower, 99), mentions)
    assert {id_: places.points[id_] for id_ in kept.points} == kept.points
    assert {places.owner[places.seats[id_]] for id_ in new} == {cluster}
    assert set(kept.areas[cluster].cells) < set(places.areas[cluster].cells)
    assert len(places.areas[cluster].cells) < len(kept.areas[cluster].cells) + 30


def test_concepts_without_a_note_lie_beside_one_that_mentions_them(
    vault: Vault, places: Places
) -> None:
    """Each is at a corner less than two cells from a note that mentions it."""
    _, _, mentions = vault
    for mark, notes in mentions.items():
        assert min(dist(places.points[mark], places.points[id_]) for id_ in notes) < 2 * WIDE


def test_index_notes_are_above_and_unlinked_ones_below() -> None:
    """What belongs to no cluster stands in rows at the rim, index notes apart from the others."""
    graph, partition, _ = random_vault(60)
    lone = [f"alone {number}" for number in range(40)]
    more = graph_of([*graph.ids, "index", *lone], pairs_of(graph), {"index"})
    places = places_from_nothing(more, partition, {"wanted": [lone[7]]})
    rows = [y for id_ in partition.upper for y in [places.points[id_][1]]]
    assert places.points["index"][1] < min(rows) - WIDE
    assert all(places.points[id_][1] > max(rows) + WIDE for id_ in lone)
    assert dist(places.points["wanted"], places.points[lone[7]]) < WIDE
    assert len(places.cells(RIM)) == 41


def test_a_name_has_room(vault: Vault, places: Places) -> None:
    """In each area there is a row without notes, three cells wide or more in all but small ones."""
    for id_, members in vault[1].members("lower").items():
        room = places.name_room(id_)
        (x, y), far = room.middle, room.wide / 2
        row = [cell for cell in places.areas[id_].cells if middle(cell)[1] == y]
        under = [cell for cell in row if x - far < middle(cell)[0] < x + far]
        assert len(under) * WIDE == room.wide
        assert not set(under) & set(places.seats.values())
        assert room.wide >= (3 * WIDE if len(members) >= 12 else WIDE)


def inside(point: Point, polygons: list[list[Point]]) -> bool:
    """Whether a line from a point to the right crosses the polygons an odd number of times."""
    crossed = 0
    for polygon in polygons:
        for (x, y), (a, b) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
            if (y > point[1]) != (b > point[1]):
                crossed += x + (point[1] - y) * (a - x) / (b - y) > point[0]
    return crossed % 2 == 1


def test_outlines(places: Places) -> None:
    """Each note is within the outline of its own cluster, on both levels, and within no other."""
    ids = {*places.areas, *(area.parent for area in places.areas.values())}
    outlines = {id_: places.outline(id_) for id_ in ids}
    for id_, cell in places.seats.items():
        area = places.owner[cell]
        for other, polygons in outlines.items():
            mine = other in {area, places.areas[area].parent}
            assert inside(places.points[id_], polygons) == mine, (id_, other)


def test_an_area_with_a_lake_has_two_coasts() -> None:
    """The outline of a ring of cells is the coast outside and the one of the lake."""
    coasts = outline(list(ring((0, 0), 1)))
    assert sorted(map(len, coasts)) == [6, 18]


# hues


def row_of(number: int, wide: int = 1) -> dict[str, list[Cell]]:
    """Clusters of some cells each, side by side in a row with a free cell between them."""
    return {
        f"c{place + 1}": [((wide + 1) * place + cell, 0) for cell in range(wide)]
        for place in range(number)
    }


def test_ten_clusters_have_ten_hues() -> None:
    """As long as there are enough, no two clusters have the same hue."""
    assert sorted(hues_of(row_of(HUES)).values()) == list(range(HUES))


def test_hues_stay() -> None:
    """A cluster keeps its hue; of two with the same that have come together the newer changes."""
    kept = {"c1": 4, "c2": 7, "c3": 7, "c4": 1}
    hues = hues_of(row_of(6), kept, row_of(4))
    assert {id_: hues[id_] for id_ in ("c1", "c2", "c4")} == {"c1": 4, "c2": 7, "c4": 1}
    assert hues["c3"] not in {1, 4, 7}
    assert len({hues["c4"], hues["c5"], hues["c6"]}) == 3
    assert hues_of(row_of(6), hues) == hues


def test_neighbours_differ_among_many() -> None:
    """Of thousands of clusters, no two beside each other have the same hue."""
    grid = {
        f"c{40 * row + column + 1}": [(2 * column - row, 2 * row)]
        for row in range(40)
        for column in range(40)
    }
    hues = hues_of(grid)
    at = {cells[0]: hues[id_] for id_, cells in grid.items()}
    for cell, hue in at.items():
        near = {other for far in (1, 2) for other in ring(cell, far)}
        assert all(at[other] != hue for other in near & at.keys())
