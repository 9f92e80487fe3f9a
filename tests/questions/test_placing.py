"""The places of a vault's concepts, kept in the index and shared by the vault's map file."""

from __future__ import annotations

import json
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.questions.clustering import clustering
from graphkit.questions.places import RIM
from graphkit.questions.placing import placing
from graphkit.vault.map_file import NAME as MAP_FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.graph import Graph
    from graphkit.questions.places import Places

    MakeVault = Callable[[dict[str, str]], Path]


def places_of(graph: Graph) -> Places:
    return placing(graph._store)  # noqa: SLF001 - not a part of the Python interface yet


@pytest.fixture
def vault(notes: Path, tmp_path: Path) -> Path:
    """The example notes, to be changed."""
    return shutil.copytree(notes, tmp_path / "vault")


def test_every_concept_of_the_example_notes(example: Graph) -> None:
    """Each note lies in its cluster's area, each concept without one beside who mentions it."""
    places = places_of(example)
    store = example._store  # noqa: SLF001 - all there are
    assert list(places.points) == sorted(node.id for node in store.all_nodes())
    lower = clustering(store).partition.lower
    for node in store.all_nodes():
        if node.note:
            assert places.owner[places.seats[node.id]] == lower.get(node.id, RIM)
        else:
            areas = {places.owner.get(cell) for cell in places.corners[node.id]}
            assert areas & {lower.get(link.source) for link in store.links([node.id], "in")}


def test_they_are_kept(vault: Path, tmp_path: Path) -> None:
    """Asked again, from another process or after an edit of words, no place is another."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        first = places_of(graph)
        assert places_of(graph) == first
    with sqlite3.connect(tmp_path / "i") as connection:
        kept = connection.execute("SELECT key FROM kept ORDER BY key").fetchall()
    assert ("places",) in kept
    note = vault / "muscle" / "titin.md"
    note.write_text(note.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        assert places_of(graph) == first
    with graphkit.open(vault, index=tmp_path / "another") as graph:
        assert places_of(graph) == first


def test_an_edit_moves_nothing_else(vault: Path, tmp_path: Path) -> None:
    """A new note lies in the area of those it links to, and goes without a trace."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        first = places_of(graph)
        new = vault / "muscle" / "nebulin.md"
        new.write_text("# Nebulin\n\n[[actin]], [[titin]], [[sarcomere]], [[tropomodulin]].\n")
        graph.refresh()
        second = places_of(graph)
        assert {"muscle/nebulin", "tropomodulin"} == second.points.keys() - first.points.keys()
        assert {id_: second.points[id_] for id_ in first.points} == first.points
        area = {id_: second.owner[cell] for id_, cell in second.seats.items()}
        assert area["muscle/nebulin"] == area["muscle/titin"]
        new.unlink()
        graph.refresh()
        assert places_of(graph).points == first.points


def test_clusters_that_are_found_anew(make_vault: MakeVault, tmp_path: Path) -> None:
    """Places follow clusters that have changed although no note has."""
    files = {}
    for topic in ("bread", "star"):
        for number in range(6):
            others = " ".join(f"[[{topic} {n}]]" for n in range(6) if n != number)
            files[f"{topic} {number}.md"] = others
    made = make_vault(files)
    with graphkit.open(made, index=tmp_path / "i") as graph:
        places_of(graph)
        for number in range(6):
            (made / f"bread {number}.md").write_text(f"[[star {number}]] [[star 0]]")
        graph.refresh()
        graph.clusters(recompute=True)
        lower = clustering(graph._store).partition.lower  # noqa: SLF001 - which note is where
        places = places_of(graph)
        assert {id_: places.owner[cell] for id_, cell in places.seats.items()} == lower


def test_others_see_the_same_map(vault: Path, tmp_path: Path) -> None:
    """Places that were saved with the clusters are those of whoever opens the vault."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        places_of(graph)
        for number in range(9):
            text = "[[actin]] [[titin]] [[myosin]]\n"
            (vault / "muscle" / f"new {number}.md").write_text(text)
            graph.refresh()
            mine = places_of(graph)
        graph.save_map()
        assert places_of(graph) == mine
    with graphkit.open(vault, index=tmp_path / "another") as graph:
        assert places_of(graph) == mine
    told = json.loads((vault / MAP_FILE).read_bytes())
    assert told["places"]["concepts"] == {id_: list(at) for id_, at in mine.points.items()}
    text = (vault / MAP_FILE).read_text(encoding="utf-8")
    x, y = mine.points["muscle/titin"]
    assert f'"muscle/titin": [{x}, {y}]' in text


@pytest.mark.parametrize(
    ("place", "said"),
    [([160 * 400, 0], "lies outside any area"), (["left", 0], "is not 2 numbers")],
)
def test_a_map_file_with_wrong_places(
    place: list[object], said: str, vault: Path, tmp_path: Path
) -> None:
    """It is not used and left as it is; what is wrong is said, and the map is the vault's own."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        first = places_of(graph)
        graph.save_map()
    told = json.loads((vault / MAP_FILE).read_bytes())
    told["places"]["concepts"]["muscle/titin"] = place
    (vault / MAP_FILE).write_text(json.dumps(told))
    with graphkit.open(vault, index=tmp_path / "another") as graph:
        assert said in str(graph.map_problem)
        assert "'muscle/titin'" in str(graph.map_problem)
        assert places_of(graph) == first
    assert json.loads((vault / MAP_FILE).read_bytes()) == told


def test_an_index_that_cannot_be_written(vault: Path, tmp_path: Path) -> None:
    """With an index that is only readable, places are worked out, and are the same."""
    index = tmp_path / "there" / "i"
    index.parent.mkdir()
    with graphkit.open(vault, index=index) as graph:
        graph.clusters()
    shutil.copyfile(index, tmp_path / "copy")
    with graphkit.open(vault, index=index) as graph:
        first = places_of(graph)
    index.unlink()
    shutil.copyfile(tmp_path / "copy", index)
    index.chmod(0o444)
    index.parent.chmod(0o555)
    try:
        with graphkit.open(vault, index=index, refresh=False) as graph:
            assert places_of(graph) == first
    finally:
        index.parent.chmod(0o755)


@pytest.mark.parametrize("text", ["{", "[]", '{"places": 1}', '{"map": ["", ""], "hues": {}}'])
def test_kept_places_that_are_none(text: str, vault: Path, tmp_path: Path) -> None:
    """What an index keeps in another form, or damaged, is worked out anew."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        first = places_of(graph)
    with sqlite3.connect(tmp_path / "i") as connection:
        connection.execute("UPDATE kept SET value = ? WHERE key = 'places'", (text,))
    connection.close()
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        assert places_of(graph) == first
