"""Clusters around words that last: in ``graphkit-map.json``, found anew as the notes change."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphkit
from graphkit.questions.hexagons import around as next_to
from graphkit.questions.hexagons import closed
from graphkit.questions.map_changes import keep_around, remove_around, rename_around
from graphkit.questions.vault_map import understood, vault_map
from graphkit.vault.map_file import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkit.graph import Graph
    from graphkit.stores.base import GraphStore

KEPT = {"name": "Firing", "words": "motor unit", "size": None}


@pytest.fixture
def vault(notes: Path, tmp_path: Path) -> Path:
    """A copy of the example notes that may be written."""
    return shutil.copytree(notes, tmp_path / "notes")


@pytest.fixture
def graph(vault: Path, tmp_path: Path) -> Iterator[Graph]:
    with graphkit.open(vault, index=tmp_path / "i") as opened:
        yield opened


@pytest.fixture(scope="module")
def untouched(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """A graph of a copy of the example notes in which nothing is ever written."""
    folder = tmp_path_factory.mktemp("untouched")
    copy = shutil.copytree(notes, folder / "notes")
    with graphkit.open(copy, index=folder / "i") as opened:
        yield opened


def store_of(graph: Graph) -> GraphStore:
    return graph._store  # noqa: SLF001


def told(vault: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads((vault / NAME).read_bytes())


def write(vault: Path, *around: object) -> None:
    parts = {"graphkit-map": 1, "around": list(around)}
    (vault / NAME).write_text(json.dumps(parts), encoding="utf-8")


def test_it_is_found_by_its_name(vault: Path, graph: Graph, tmp_path: Path) -> None:
    """In any case, in any index; its notes are those around the words, and it says which words."""
    plain = graph.cluster("motor unit")
    assert keep_around(store_of(graph), "  Firing ", "motor  unit") == "Firing"
    assert told(vault)["around"] == [KEPT]
    with graphkit.open(vault, index=tmp_path / "another") as other:
        for name in ("Firing", "firing "):
            found = other.cluster(name)
            assert (found.name, found.named_by, found.id) == ("Firing", "hand", None)
            assert found.seed == plain.seed
            assert found.concepts == plain.concepts
            assert {bridge.a.name for bridge in found.bridges} == {"Firing"}
        assert len(other.cluster("Firing", size=3).concepts) == 3
        assert other.cluster("motor unit") == plain


def test_it_follows_the_notes(vault: Path, graph: Graph) -> None:
    """A note that comes to say the words belongs to it; the file stays as it is."""
    keep_around(store_of(graph), "Firing", "motor unit")
    before = (vault / NAME).read_bytes()
    text = "# New motor units\nMotor unit by motor unit: [[motor_unit]], [[size_principle]]."
    (vault / "control" / "new_units.md").write_text(text, encoding="utf-8")
    graph.refresh()
    assert "control/new_units" in {note.id for note in graph.cluster("Firing").concepts}
    assert (vault / NAME).read_bytes() == before


def test_a_size_that_is_kept(vault: Path, graph: Graph) -> None:
    """It holds so many notes at the most, unless another number is asked for."""
    keep_around(store_of(graph), "Firing", "motor unit", 4)
    assert told(vault)["around"] == [{**KEPT, "size": 4}]
    assert len(graph.cluster("Firing").concepts) == 4
    assert len(graph.cluster("Firing", size=2).concepts) == 2


def test_renamed_and_removed(vault: Path, graph: Graph) -> None:
    """The file is sorted by names; what is gone is words again."""
    store = store_of(graph)
    keep_around(store, "firing", "motor unit")
    keep_around(store, "Energy", "ATP")
    assert [one["name"] for one in told(vault)["around"]] == ["Energy", "firing"]
    assert rename_around(store, "FIRING", "All of a motor unit") == "All of a motor unit"
    assert rename_around(store, "energy", "ENERGY") == "ENERGY"
    assert [one["name"] for one in told(vault)["around"]] == ["All of a motor unit", "ENERGY"]
    with pytest.raises(graphkit.NoSuchClusterError):
        rename_around(store, "firing", "Something")
    remove_around(store, "energy")
    remove_around(store, "energy")
    assert [one["name"] for one in told(vault)["around"]] == ["All of a motor unit"]
    remove_around(store, "All of a motor unit")
    assert "around" not in told(vault)


def test_a_name_means_one_thing(vault: Path, graph: Graph) -> None:
    """No two are called alike, nor like a topic; a topic is not renamed to the name of one."""
    store = store_of(graph)
    topic = graph.clusters().clusters[0].name
    for name in (topic, topic.upper(), "c1"):
        with pytest.raises(graphkit.UsageError, match="already"):
            keep_around(store, name, "motor unit")
    assert not (vault / NAME).exists()
    keep_around(store, "Firing", "motor unit")
    keep_around(store, "Firing", "motor unit")
    with pytest.raises(graphkit.UsageError, match="already"):
        keep_around(store, "firing", "ATP")
    keep_around(store, "Energy", "ATP")
    for name in (topic, "FIRING"):
        with pytest.raises(graphkit.UsageError, match="already"):
            rename_around(store, "Energy", name)
    with pytest.raises(graphkit.UsageError, match="already"):
        graph.rename_cluster("c1", "firing")
    assert [one["name"] for one in told(vault)["around"]] == ["Energy", "Firing"]


@pytest.mark.parametrize(
    ("name", "words", "error"),
    [
        ("", "motor unit", graphkit.UsageError),
        (" \t", "motor unit", graphkit.UsageError),
        ("x" * 101, "motor unit", graphkit.UsageError),
        ("a\u202eb", "motor unit", graphkit.UsageError),
        ("\x1b[31m", "motor unit", graphkit.UsageError),
        ("half \ud800", "motor unit", graphkit.UsageError),
        ("Nothing", "-", graphkit.UsageError),
        ("Nothing", "", graphkit.UsageError),
        ("Nothing", "xyzzy", graphkit.GraphkitError),
    ],
)
def test_what_is_not_kept(untouched: Graph, name: str, words: str, error: type[Exception]) -> None:
    """A name is one line that can be printed; and a note says the words."""
    with pytest.raises(error):
        keep_around(store_of(untouched), name, words)
    assert store_of(untouched).map_text() is None


@pytest.mark.parametrize(
    ("around", "says"),
    [
        ([{"name": "x", "words": "y"}], "'size' is missing"),
        ([{"words": "y", "size": None}], "'name' is missing"),
        (["x"], "string"),
        ([None], "not subscriptable"),
        ({"x": "y"}, "no list"),
        ([{**KEPT, "name": ""}], "no name around words"),
        ([{**KEPT, "name": " x"}], "no name around words"),
        ([{**KEPT, "name": "\ud800"}], "no name around words"),
        ([{**KEPT, "name": "a\nb"}], "no name around words"),
        ([{**KEPT, "words": ["a"]}], "no name around words"),
        ([{**KEPT, "words": "\x1b"}], "no name around words"),
        ([{**KEPT, "words": "w" * 1_001}], "no name around words"),
        ([{**KEPT, "size": 0}], "no number of notes"),
        ([{**KEPT, "size": True}], "no number of notes"),
        ([{**KEPT, "size": "3"}], "no number of notes"),
        ([KEPT, {**KEPT, "name": "FIRING"}], "two clusters around words"),
    ],
)
def test_a_part_of_another_form(around: object, says: str) -> None:
    """It is said what is wrong with it."""
    with pytest.raises(graphkit.VaultError, match=NAME) as told:
        understood({"around": around})
    assert says in told.value.message


def test_a_part_that_cannot_be_used(vault: Path, graph: Graph) -> None:
    """It is said, answers come without the file, and it is left as it is."""
    write(vault, KEPT, {**KEPT, "size": -1})
    before = (vault / NAME).read_bytes()
    assert str(graph.map_problem).startswith(f"{NAME}: the size of 'Firing'")
    with pytest.raises(graphkit.VaultError, match=NAME):
        keep_around(store_of(graph), "Energy", "ATP")
    assert graph.cluster("motor unit").named_by == "query"
    assert (vault / NAME).read_bytes() == before


def test_words_that_nobody_says_any_more(vault: Path, graph: Graph) -> None:
    """What is kept stays kept; asking for it says what is wrong."""
    write(vault, {**KEPT, "words": "xyzzy"})
    assert [one.words for one in vault_map(store_of(graph)).around] == ["xyzzy"]
    with pytest.raises(graphkit.GraphkitError, match="xyzzy"):
        graph.cluster("Firing")


def test_two_processes_at_once(vault: Path, graph: Graph, tmp_path: Path) -> None:
    """What one keeps and what another dismisses is all there."""
    graph.clusters()
    keeping = (
        "import sys, graphkit\n"
        "from graphkit.questions.map_changes import keep_around\n"
        "with graphkit.open(sys.argv[1], index=sys.argv[2]) as graph:\n"
        "    keep_around(graph._store, sys.argv[3], sys.argv[4])\n"
    )
    words = {"One": "motor unit", "Two": "ATP", "Three": "sleep"}
    base = [sys.executable, "-c", keeping, str(vault), str(tmp_path / "i")]
    running = [subprocess.Popen([*base, *told]) for told in words.items()]
    line = [sys.executable, "-m", "graphkit", "--vault", str(vault), "--index", str(tmp_path / "i")]
    dismissing = [*line, "gaps", "--dismiss", "control/dopamine", "training/fatigue"]
    running.append(subprocess.Popen(dismissing, stderr=subprocess.DEVNULL))
    assert [process.wait() for process in running] == [0] * 4
    parts = told(vault)
    assert {one["name"]: one["words"] for one in parts["around"]} == words
    assert parts["dismissed"] == [["control/dopamine", "training/fatigue"]]


CELLS = st.frozensets(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), max_size=30)


@given(CELLS)
def test_cells_and_what_is_between_them(cells: frozenset[tuple[int, int]]) -> None:
    """All are there, no cell far from them is, and doing it once more changes nothing."""
    found = closed(cells)
    assert cells <= found
    assert found <= cells.union(*map(next_to, cells))
    assert closed(found) == found
