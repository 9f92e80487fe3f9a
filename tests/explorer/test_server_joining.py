"""Bridges, gaps and areas around words over HTTP, of a vault and of the same in Neo4j."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from graphkit.questions.map_changes import dismiss, keep_around
from graphkit.questions.placing import placing
from graphkit.vault.map_file import NAME
from tests.explorer.served import served
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkit.graph import Graph
    from tests.explorer.served import Served
    from tests.neo4j.server import Server

DOPAMINE, FATIGUE = "control/dopamine", "training/fatigue"


@pytest.fixture(scope="module")
def vault(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example notes with a map file: a gap that is none, and an area around words."""
    vault = shutil.copytree(notes, tmp_path_factory.mktemp("joining") / "notes")
    with graphkit.open(vault, index=vault.parent / "i") as graph:
        store = graph._store  # noqa: SLF001
        dismiss(store, graph.concept(DOPAMINE), graph.concept("learning/motor_memory"))
        keep_around(store, "Firing", "motor unit")
    return vault


@pytest.fixture(scope="module")
def graph(vault: Path) -> Iterator[Graph]:
    with graphkit.open(vault, index=vault.parent / "i") as opened:
        yield opened


@pytest.fixture(scope="module")
def of_vault(
    vault: Path, surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    with served(vault, surroundings, tmp_path_factory.mktemp("explorer")) as running:
        yield running


@pytest.fixture(scope="module")
def remote(
    vault: Path,
    neo4j_server: Server,
    surroundings: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """An explorer of the same notes in Neo4j."""
    folder = tmp_path_factory.mktemp("remote")
    neo4j_server.empty()
    load_vault(vault, folder / "loaded", neo4j_server)
    told = surroundings | neo4j_server.environment
    with served(None, told, folder, "--store", neo4j_server.uri) as running:
        yield running


@pytest.fixture(scope="module")
def writable(
    vault: Path, surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Path]]:
    """An explorer of a copy that may be written, and its map file."""
    folder = tmp_path_factory.mktemp("writable")
    copy = shutil.copytree(vault, folder / "notes")
    with served(copy, surroundings, folder) as running:
        yield running, copy / NAME


@pytest.fixture
def file(writable: tuple[Served, Path], vault: Path) -> Path:
    """The map file as it was at first."""
    return shutil.copyfile(vault / NAME, writable[1])


@pytest.fixture
def own(writable: tuple[Served, Path], file: Path) -> Served:
    """An explorer of a vault that may be written."""
    assert file.exists()
    return writable[0]


def plain(told: Any) -> Any:  # noqa: ANN401 - JSON
    return json.loads(json.dumps(told))


def holds(coast: list[tuple[int, int]], point: tuple[float, float]) -> bool:
    """Whether a point lies within a polygon: a ray from it crosses an odd number of its sides."""
    x, y = point
    crossed = 0
    for (a, b), (c, d) in zip(coast, coast[1:] + coast[:1], strict=True):
        if (b > y) != (d > y) and x < a + (y - b) * (c - a) / (d - b):
            crossed += 1
    return crossed % 2 == 1


def test_bridges(of_vault: Served, graph: Graph) -> None:
    """Of two clusters, by id or name; of one and all others; of all."""
    one, other = graph.clusters().clusters[:2]
    told = graph.bridges(one.id, other.id).to_dict()
    assert told["bridges"]
    assert of_vault.api("bridges", a=one.id, b=other.id) == plain(told)
    assert of_vault.api("bridges", a=one.name, b=other.name) == plain(told)
    assert of_vault.api("bridges", a="c2", limit=3) == plain(graph.bridges("c2", limit=3).to_dict())
    assert of_vault.api("bridges") == plain(graph.bridges().to_dict())


def test_gaps(of_vault: Served, graph: Graph, vault: Path) -> None:
    """Those of the command line, and for each the address at which an editor shows the place."""
    told = of_vault.api("gaps", concept=DOPAMINE, limit=5)
    editors = told.pop("editors")
    assert told == plain(graph.gaps(DOPAMINE, limit=5).to_dict())
    assert "learning/motor_memory" not in {gap["b"]["id"] for gap in told["gaps"]}
    for gap, editor in zip(told["gaps"], editors, strict=True):
        paste = gap["paste"]
        place = f"{paste['line'] or 1}" + (f":{paste['column']}" if paste["column"] else "")
        assert editor.startswith(f"vscode://file/{str(vault)[1:]}")
        assert editor.endswith(f"/{paste['note']}.md:{place}")
    between = of_vault.api("gaps", a="c1", b="c2", limit=4)
    assert between["gaps"] == plain(graph.gaps(between=("c1", "c2"), limit=4).to_dict())["gaps"]
    assert of_vault.api("gaps", concept="substantia nigra") == {"gaps": [], "editors": []}


def test_what_was_dismissed(of_vault: Served, graph: Graph) -> None:
    """All pairs, those of a concept, those of two clusters."""
    cards = [graph.concept(id_) for id_ in (DOPAMINE, "learning/motor_memory")]
    pair = [[{"id": card.id, "title": card.title, "note": True} for card in cards]]
    assert of_vault.api("dismissed")["dismissed"] == pair
    assert of_vault.api("dismissed", concept=DOPAMINE)["dismissed"] == pair
    assert of_vault.api("dismissed", concept="nmj")["dismissed"] == []
    here, there = (card.cluster for card in cards)
    assert here != there
    assert of_vault.api("dismissed", a=here, b=there)["dismissed"] == pair
    assert of_vault.api("dismissed", a=there, b=here)["dismissed"] == pair
    assert of_vault.api("dismissed", a=here, b="c5")["dismissed"] == []


def test_around(of_vault: Served, graph: Graph) -> None:
    """Notes as of the cluster by that name, and an area that has each of them in it."""
    (area,) = of_vault.api("around")["around"]
    assert list(area) == ["name", "words", "size", "notes", "at", "outline", "problem"]
    assert (area["name"], area["words"], area["problem"]) == ("Firing", "motor unit", None)
    card = of_vault.api("cluster", name="firing")
    assert area["notes"] == [note["id"] for note in card["concepts"]]
    assert (card["name"], card["named_by"], card["seed"]["query"]) == (
        "Firing",
        "hand",
        "motor unit",
    )
    places = placing(graph._store)  # noqa: SLF001
    coasts = [list(zip(coast[::2], coast[1::2], strict=True)) for coast in area["outline"]]
    for note in area["notes"]:
        assert sum(holds(coast, places.points[note]) for coast in coasts) % 2 == 1
    assert len(area["at"]) == 2


@pytest.mark.parametrize(
    ("question", "given", "status", "code"),
    [
        ("bridges", {"b": "c1"}, 400, "usage"),
        ("bridges", {"a": "c1", "b": "c1"}, 400, "usage"),
        ("bridges", {"a": "c99"}, 404, "no_such_cluster"),
        ("bridges", {"limit": 0}, 400, "usage"),
        ("gaps", {"a": "c1"}, 400, "usage"),
        ("gaps", {"a": "c1", "b": "\0"}, 404, "no_such_cluster"),
        ("gaps", {"concept": "xyzzy"}, 404, "no_such_concept"),
        ("dismissed", {"b": "c1"}, 400, "usage"),
    ],
)
def test_asked_wrongly(
    of_vault: Served, question: str, given: dict[str, Any], status: int, code: str
) -> None:
    """It is said what was wrong."""
    assert of_vault.api(question, status, **given)["error"]["code"] == code


def test_neo4j_answers_alike(of_vault: Served, remote: Served) -> None:
    """Bridges, dismissed pairs and areas are the same; gaps but for columns, editors and code."""
    asked: list[tuple[str, dict[str, Any]]] = [
        ("bridges", {"a": "c1", "b": "c2"}),
        ("bridges", {}),
        ("dismissed", {"concept": DOPAMINE}),
        ("around", {}),
        ("cluster", {"name": "Firing"}),
    ]
    for question, given in asked:
        assert of_vault.api(question, **given) == remote.api(question, **given)
    here, there = (one.api("gaps", concept=DOPAMINE) for one in (of_vault, remote))
    assert [gap["b"] for gap in here["gaps"]] == [gap["b"] for gap in there["gaps"]]
    assert set(there["editors"]) == {None}


def test_neo4j_changes_nothing(remote: Served) -> None:
    """Whoever wants to change the map there is told where that can be done."""
    for act, told in (
        ("dismiss", {"a": DOPAMINE, "b": FATIGUE}),
        ("restore", {"a": DOPAMINE, "b": "learning/motor_memory"}),
        ("around", {"name": "Energy", "words": "ATP"}),
        ("around-rename", {"name": "Firing", "to": "Energy"}),
        ("around-remove", {"name": "Firing"}),
    ):
        answer = remote.post(act, told)
        assert answer.status == 503
        assert "vault's folder" in answer.told["error"]["hint"]
    assert [area["name"] for area in remote.api("around")["around"]] == ["Firing"]


def test_dismissed_and_taken_back(own: Served) -> None:
    """Twice the same is once; what is taken back is a gap as before."""
    before = own.api("gaps", concept=DOPAMINE)
    first = before["gaps"][0]
    pair = {"a": first["b"]["id"], "b": first["a"]["id"]}
    for _ in range(2):
        assert own.post("dismiss", pair).told == {"dismissed": [pair["a"], pair["b"]]}
    assert own.api("gaps", concept=DOPAMINE)["gaps"][0] != first
    for _ in range(2):
        assert own.post("restore", pair).told == {"restored": [pair["a"], pair["b"]]}
    assert own.api("gaps", concept=DOPAMINE) == before


def test_many_dismissals_at_once(own: Served, file: Path) -> None:
    """None is lost, and the file is whole."""
    gaps = own.api("gaps", concept=DOPAMINE)["gaps"]
    pairs = [{"a": gap["a"]["id"], "b": gap["b"]["id"]} for gap in gaps]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda pair: own.post("dismiss", pair), pairs))
    assert [answer.status for answer in answers] == [200] * len(pairs)
    told = json.loads(file.read_bytes())
    wanted = {tuple(sorted(pair.values())) for pair in pairs}
    assert wanted <= {tuple(pair) for pair in told["dismissed"]}
    left = own.api("gaps", concept=DOPAMINE)["gaps"]
    assert not wanted & {tuple(sorted((gap["a"]["id"], gap["b"]["id"]))) for gap in left}


def test_kept_renamed_removed(own: Served, file: Path) -> None:
    """Each is answered with the name as it is kept, and seen at once."""

    def names() -> list[str]:
        return [area["name"] for area in own.api("around")["around"]]

    assert own.post("around", {"name": " <b>Energy</b> ", "words": "ATP"}).told == {
        "kept": "<b>Energy</b>"
    }
    assert names() == ["<b>Energy</b>", "Firing"]
    assert own.post("around-rename", {"name": "Firing", "to": "Units"}).told == {"kept": "Units"}
    assert names() == ["<b>Energy</b>", "Units"]
    assert own.post("around-remove", {"name": "units"}).told == {"removed": "units"}
    assert names() == ["<b>Energy</b>"]
    for act, told, code in (
        ("around", {"name": "Energy"}, "usage"),
        ("around", {"name": ["Energy"], "words": "ATP"}, "usage"),
        ("around", {"name": "c1", "words": "ATP"}, "usage"),
        ("around", {"name": "Energy", "words": "xyzzy"}, "nothing_said"),
        ("around-rename", {"name": "Units", "to": "Energy"}, "no_such_cluster"),
        ("restore", {"a": DOPAMINE, "b": DOPAMINE}, "usage"),
    ):
        assert own.post(act, told).told["error"]["code"] == code
    file.write_text("{", encoding="utf-8")
    assert names() == []
    assert own.post("around", {"name": "Energy", "words": "ATP"}).status == 503
    assert file.read_text(encoding="utf-8") == "{"


def test_words_that_nobody_says_any_more(own: Served, file: Path) -> None:
    """Their area is empty, and why is said; the others are as they were."""
    parts = json.loads(file.read_bytes())
    parts["around"].append({"name": "Nothing", "words": "xyzzy", "size": None})
    file.write_text(json.dumps(parts), encoding="utf-8")
    firing, nothing = own.api("around")["around"]
    assert firing["notes"]
    assert (nothing["notes"], nothing["outline"], nothing["at"]) == ([], [], [])
    assert "xyzzy" in nothing["problem"]
