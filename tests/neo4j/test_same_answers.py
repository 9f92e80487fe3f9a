"""The same questions to the index and to Neo4j: the same JSON, byte by byte."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from graphkit.cli.completion import names_begun
from graphkit.questions.neighbours import Filter
from graphkit.questions.placing import placing
from graphkit.views.export import FORMATS, write_export
from graphkit.views.page import render
from graphkit.views.page_content import path_page, surroundings_page, vault_page
from tests.neo4j.loading import both_graphs, load_vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkit.graph import Graph
    from tests.neo4j.server import Server

    Both = tuple[Graph, Graph]


@pytest.fixture(scope="module", params=["notes", "shared"])
def both(
    request: pytest.FixtureRequest, neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    """A vault as a graph from its index, and from Neo4j."""
    vault: Path = request.getfixturevalue("notes" if request.param == "notes" else "shared_vault")
    index = tmp_path_factory.mktemp("index") / "index"
    neo4j_server.empty()
    load_vault(vault, index, neo4j_server)
    with both_graphs(vault, index, neo4j_server) as graphs:
        yield graphs


@pytest.fixture(scope="module")
def some(both: Both) -> list[str]:
    """All concepts of the example notes; of a large vault 50, seeded."""
    ids = [node.id for node in both[0]._store.all_nodes()]  # noqa: SLF001 - all there are
    return ids if len(ids) < 100 else random.Random(5).sample(ids, 50)  # noqa: S311


def told(graph: Graph, verb: str, *words: Any, **options: Any) -> str:  # noqa: ANN401
    """The JSON of an answer; of an error, its code, words and candidates."""
    try:
        answer = getattr(graph, verb)(*words, **options)
    except graphkit.GraphkitError as error:
        candidates = [candidate.to_dict() for candidate in error.candidates]
        return json.dumps([error.code, error.message, error.hint, candidates])
    return json.dumps(answer.to_dict(), ensure_ascii=False)


def assert_same(both: Both, verb: str, *words: Any, **options: Any) -> None:  # noqa: ANN401
    ours, theirs = (told(graph, verb, *words, **options) for graph in both)
    assert theirs == ours


def pairs(some: list[str]) -> list[tuple[str, str]]:
    chosen = random.Random(11)  # noqa: S311 - seeded
    return [(chosen.choice(some), chosen.choice(some)) for _ in range(50)]


def test_show(both: Both, some: list[str]) -> None:
    """``show`` says the same of a concept, its links and its backlinks."""
    for id_ in some:
        assert_same(both, "concept", id_)


@pytest.mark.parametrize("direction", ["both", "out", "in"])
def test_neighbours(both: Both, some: list[str], direction: str) -> None:
    """``neighbours`` finds the same, in the same order, one hop and two hops away."""
    for id_ in some:
        assert_same(both, "neighbours", id_, direction=direction)
        assert_same(both, "neighbours", id_, direction=direction, depth=2)


def test_neighbours_that_are_filtered(both: Both, some: list[str]) -> None:
    """Filters, limits and walking through index notes make no difference."""
    for id_ in some[:6]:
        for only in (Filter(notes_only=True), Filter(folder="muscle"), Filter(tag="anatomy")):
            assert_same(both, "neighbours", id_, depth=2, only=only)
        assert_same(both, "neighbours", id_, depth=2, limit=7, through_index=True)


def test_paths(both: Both, some: list[str]) -> None:
    """``path`` finds the same chains at the same cost, with the same evidence."""
    for start, goal in pairs(some):
        assert_same(both, "paths", start, goal)


@pytest.mark.parametrize(
    "options",
    [{"k": 3}, {"shortest": True}, {"directed": True}, {"membership": True, "max_length": 4}],
    ids=str,
)
def test_paths_with_conditions(both: Both, some: list[str], options: dict[str, Any]) -> None:
    """Several paths, plain hop counts, directed walks and membership links are the same too."""
    for start, goal in pairs(some)[:12]:
        assert_same(both, "paths", start, goal, **options)


def test_search_finds_the_same_notes(both: Both) -> None:
    """Whole words, phrases, beginnings and unwanted words find the same notes and places."""
    asked = [
        *("muscle", "Muscle strength", "dopamine -sleep", '"motor neuron"', "neuromusc*"),
        *("ACETYLCHOLINE", "don't", "muscle-memory", "é", "a", "3", "calcium ion", "xyzzy"),
        *("and", "OR not", "neuro-musc*", '"the motor" unit', "state-of-the", "fiber OR fibre"),
    ]
    for query in asked:
        ours, theirs = (graph.search(query, limit=5_000) for graph in both)
        assert theirs.total == ours.total, query

        def without_scores(found: graphkit.SearchResult) -> list[dict[str, Any]]:
            hits = [hit.to_dict() | {"score": None} for hit in found.hits]
            return sorted(hits, key=lambda hit: str(hit["id"]))

        assert without_scores(theirs) == without_scores(ours), query
        scores = [hit.score for hit in theirs.hits]
        assert scores == sorted(scores, reverse=True)
    assert_same(both, "search", "-muscle")


@pytest.mark.parametrize("level", ["upper", "lower"])
def test_clusters(both: Both, level: str) -> None:
    """The same clusters with the same names, where nothing has changed since they were found."""
    assert_same(both, "clusters", level=level)


def test_places(both: Both, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same map from nothing; who mentions what has no note yet is told alike."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    ours, theirs = (graph._store for graph in both)  # noqa: SLF001 - not asked for by any verb
    assert theirs.unresolved_sources() == ours.unresolved_sources()
    assert placing(theirs) == placing(ours)


def test_stats(both: Both) -> None:
    """``stats`` gives the same numbers, the ranked concepts among them."""
    assert_same(both, "stats")


@pytest.mark.parametrize("format_", FORMATS)
def test_export(both: Both, format_: Any, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ANN401
    """An export of the whole graph is the same text in every format."""
    texts = []
    for graph in both:
        write_export(graph._store, format_, None, None)  # noqa: SLF001 - as the verb does
        texts.append(capsys.readouterr().out)
    assert len(texts[0]) > 1_000
    assert texts[1] == texts[0]


def test_view(both: Both, some: list[str]) -> None:
    """A page around a concept, of a path and of the whole is the same file."""
    stores = [graph._store for graph in both]  # noqa: SLF001 - as the verb does
    for id_ in some[:3]:
        ours, theirs = (
            render(surroundings_page(store, graph.find(id_), 1))
            for store, graph in zip(stores, both, strict=True)
        )
        assert theirs == ours
    start, goal = next(
        pair for pair in pairs(some) if pair[0] != pair[1] and both[0].paths(*pair).paths
    )
    ours, theirs = (
        render(path_page(store, graph.find(start), graph.find(goal)))
        for store, graph in zip(stores, both, strict=True)
    )
    assert theirs == ours
    assert render(vault_page(stores[1])) == render(vault_page(stores[0]))


def test_names_are_understood_alike(both: Both, some: list[str]) -> None:
    """Titles, names and aliases in any case, beginnings and near-spellings mean the same."""
    chosen = random.Random(3)  # noqa: S311 - seeded
    asked = [
        "",
        " ",
        "-",
        "nm",
        "xyzzy",
        "fatigue",
        "N",
        "Notes/",
        "muscle.md",
        "'\"`{}\\",
        "\udcff",
    ]
    names = [name for id_ in some for name in (id_, id_.upper(), both[0].find(id_).title)]
    names += [alias for id_ in some for alias in both[0].concept(id_).aliases]
    for name in names[:100]:
        place = chosen.randrange(max(1, len(name)))
        asked += [name, name[: max(2, place)], name[:place] + name[place + 1 :]]
        asked += [name[:place] + "q" + name[place:], name.replace(" ", "_")]
    for text in asked:
        assert_same(both, "find", text)


def test_completion(both: Both) -> None:
    """The shell is offered the same names."""
    for begun in ("", "n", "mo", "motor ", "motor_", "Neuro", "zz", "(", "*"):
        ours, theirs = (names_begun(graph._store, begun) for graph in both)  # noqa: SLF001
        assert theirs == ours, begun


def test_networkx(both: Both) -> None:
    """The networkx graph holds the same nodes and edges in the same order."""
    ours, theirs = (graph.to_networkx() for graph in both)
    assert list(theirs.nodes(data=True)) == list(ours.nodes(data=True))
    assert list(theirs.edges(keys=True, data=True)) == list(ours.edges(keys=True, data=True))


def test_gaps(both: Both, some: list[str]) -> None:
    """Gaps are the same, but for the column, which only the vault's files tell."""
    ours, theirs = both
    for id_ in some[::5]:
        one, other = (graph.gaps(id_, limit=None).to_dict()["gaps"] for graph in (ours, theirs))
        for gap in one:
            gap["paste"]["column"] = None
            for reason in gap["reasons"]:
                reason["column"] = None
        assert one == other
