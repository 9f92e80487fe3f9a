"""The cluster around a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.errors import NothingSaidError, UsageError
from graphkit.questions.around import around
from graphkit.questions.note_graph import graph_of as note_graph_of
from graphkit.questions.sweep import RESTART, cut, nearness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkit.stores.base import GraphStore
    from graphkit.topics import ClusterCard

    GraphOf = Callable[[dict[str, str]], graphkit.Graph]

ABOUT_MUSCLES = (
    "neuromuscular_connections_and_muscle_movement",
    "role_of_neural_adaptation_in_strength_training",
    "role_of_nervous_system_in_flexibility_and_stretching",
    "the_role_of_central_pattern_generators_in_motor_movement",
    "mechanisms_of_muscle_metabolism_and_energy_use",
)
WORDS = (
    "dopamine fasting myopia caffeine testosterone meditation ketamine microbiome neuroplasticity"
).split()


@pytest.fixture(scope="module")
def store(shared_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with graphkit.open(shared_vault, index=tmp_path_factory.mktemp("index") / "i") as graph:
        yield graph._store  # noqa: SLF001 - questions are asked of stores


def near(graph: graphkit.Graph, *words: str, **options: object) -> ClusterCard:
    return around(graph._store, *words, **options)  # type: ignore[arg-type] # noqa: SLF001


def ids(card: ClusterCard) -> list[str]:
    return [member.id for member in card.concepts]


def written(vault: Path, id_: str) -> str:
    """A note without its links."""
    return re.sub(r"\[\[[^\]]*\]\]", "", (vault / f"{id_}.md").read_text(encoding="utf-8"))


def test_neuromuscular(store: GraphStore, shared_vault: Path) -> None:
    """What a student of it wants is there, and the first thirty are all on muscle and nerve."""
    found = ids(around(store, "neuromuscular"))
    assert set(ABOUT_MUSCLES) <= set(found)
    assert sum(id_ in found[:30] for id_ in ABOUT_MUSCLES) >= 3
    first = [written(shared_vault, id_) for id_ in found[:30]]
    assert all(re.search("muscl|muscul|motor|nerv|movement", told, re.IGNORECASE) for told in first)
    often = re.compile("muscl|muscul|motor neuron|motor unit|nerve", re.IGNORECASE)
    assert sum(len(often.findall(told)) >= 2 for told in first) >= 24


@pytest.mark.parametrize("word", [*WORDS, "cold exposure"])
def test_any_word_has_its_cluster(store: GraphStore, shared_vault: Path, word: str) -> None:
    """It has from 8 to 80 notes; most of the first ten say the word itself."""
    card = around(store, word)
    assert 8 <= card.size == len(card.concepts) <= 80
    first = [written(shared_vault, id_).casefold() for id_ in ids(card)[:10]]
    assert sum(word in told for told in first) >= (5 if word == "myopia" else 8)
    assert all(member.because and member.because.sentence for member in card.concepts)


def test_every_note_is_tied_in_by_a_sentence(store: GraphStore, shared_vault: Path) -> None:
    """The sentence stands on the line that it is said to; it says the word, or holds a link."""
    card = around(store, "neuromuscular")
    links = {(link.source, link.line, link.sentence) for link in card.links}
    for member in card.concepts:
        because = member.because
        assert because is not None
        assert because.line is not None
        if because.note == member.id and "neuromuscular" in because.sentence.casefold():
            lines = (shared_vault / f"{member.id}.md").read_text(encoding="utf-8").split("\n")
            near_by = " ".join(lines[because.line - 1 : because.line + 40])
            assert "neuromuscular" in near_by.casefold()
        else:
            assert (because.note, because.line, because.sentence) in links


def test_the_answer_has_its_documented_form(store: GraphStore) -> None:
    """Keys stand in their order, scores fall from 1, links join members, pairs are counted."""
    card = around(store, "myopia")
    told = card.to_dict()
    assert list(told) == (
        "id name named_by level parent size links_inside links_outside central parts seed concepts"
        " links bridges reading_order".split()
    )
    assert told["id"] is None
    assert (told["name"], told["seed"]["query"], told["seed"]["hits"]) == ("myopia", "myopia", 7)
    assert list(told["concepts"][0]) == ["id", "title", "note", "score", "subcluster", "because"]
    assert list(told["concepts"][0]["because"]) == ["note", "line", "sentence"]
    scores = [member.score for member in card.concepts]
    assert scores[0] == 1
    assert scores == sorted(scores, reverse=True)
    members = set(ids(card))
    pairs = {frozenset((link.source, link.target)) for link in card.links}
    assert all(pair <= members for pair in pairs)
    assert card.links_inside == len(pairs)
    assert {concept.id for concept in card.central} <= members


def topics() -> dict[str, str]:
    """Twenty notes on bread in a ring with chords, twenty on stars; one link between."""
    files = {}
    for topic in ("bread", "star"):
        for number in range(20):
            others = " ".join(f"[[{topic} {(number + step) % 20}]]" for step in (1, 2, 5))
            files[f"{topic} {number}.md"] = f"A note. Here it goes on to {others}.\n"
    files["bread 0.md"] = "# Yeast\nFrom: [[bread 9]]\nYeast is alive. Yeasts eat.\n\n[[bread 3]]\n"
    files["bread 1.md"] += "\nIt needs yeast, as [[star 1]] does not.\n"
    return files


def test_notes_that_do_not_say_it_are_found_by_links(graph_of: GraphOf) -> None:
    """Those that say it come first, with their own words; the others with a link's sentence."""
    card = near(graph_of(topics()), "yeast")
    assert ids(card)[0] == "bread 0"
    assert card.seed is not None
    assert (card.seed.hits, card.seed.remark) == (2, None)
    assert 8 <= card.size <= 13
    assert all(id_.startswith("bread") for id_ in ids(card)[:8])
    because = {member.id: member.because for member in card.concepts}
    assert because["bread 0"] is not None
    assert (because["bread 0"].line, because["bread 0"].sentence) == (2, "Yeast is alive.")
    assert because["bread 2"] is not None
    assert because["bread 2"].note in {"bread 0", "bread 1", "bread 2"}
    assert "goes on to" in because["bread 2"].sentence


def test_singular_and_plural_are_the_same(graph_of: GraphOf) -> None:
    """Words are whole words, in either number; a phrase is next to each other."""
    graph = graph_of(topics() | {"x.md": "[[bread 4]] Old bodies, and yeasty ones."})
    assert ids(near(graph, "yeasts")) == ids(near(graph, "Yeast"))
    hits = {
        word: seed.hits if (seed := near(graph, word).seed) else 0
        for word in ("body", "bodies", "yeast*", '"old body"', "yeast -alive", "old yeasty")
    }
    assert hits == {
        "body": 1, "bodies": 1, "yeast*": 3, '"old body"': 1, "yeast -alive": 1, "old yeasty": 1
    }  # fmt: skip


def test_who_only_links_does_not_say_it(graph_of: GraphOf) -> None:
    """A link's target is no word of the note's own; the words that it shows are."""
    files = topics() | {
        "the_yeast_cell.md": "[[bread 2]]",
        "star 3.md": "[[the_yeast_cell]] [[star 4]]",
        "star 5.md": "[[the_yeast_cell|yeast]] [[star 6]]",
    }
    card = near(graph_of(files), "yeast")
    assert card.seed is not None
    assert card.seed.hits == 4
    assert "the_yeast_cell" in ids(card)


def test_the_size_can_be_given(graph_of: GraphOf) -> None:
    """By hand it may be smaller and larger than what links would say; 0 is none."""
    graph = graph_of(topics())
    whole = ids(near(graph, "yeast"))
    for size in (1, 5, 20, 40):
        assert ids(near(graph, "yeast", size=size))[: len(whole)] == whole[:size]
        assert near(graph, "yeast", size=size).size == size
    assert near(graph, "yeast", size=99).size == 40
    with pytest.raises(UsageError):
        near(graph, "yeast", size=0)


def test_it_can_begin_with_concepts(graph_of: GraphOf) -> None:
    """Given concepts are members without a reason; one without a note means who links there."""
    graph = graph_of(topics() | {"star 7.md": "[[nowhere]] [[star 8]] [[star 9]]"})
    card = near(graph, seeds=[graph.concept("star 7"), graph.concept("star 8")])
    assert (card.name, card.seed and card.seed.query) == ("star 7, star 8", None)
    assert {ids(card)[0], ids(card)[1]} == {"star 7", "star 8"}
    assert [member.because is None for member in card.concepts[:3]] == [True, True, False]
    wanted = near(graph, "what is not there", seeds=[graph.concept("nowhere")])
    assert wanted.name == "what is not there"
    assert ids(wanted)[0] == "star 7"
    with pytest.raises(UsageError):
        near(graph)


def test_a_word_that_nothing_is_about(graph_of: GraphOf) -> None:
    """It is said that no note says it, and words that look like it are offered."""
    graph = graph_of(topics())
    with pytest.raises(NothingSaidError) as error:
        near(graph, "yeasst")
    assert error.value.words == ("yeast",)
    assert (error.value.exit_code, error.value.code) == (3, "nothing_said")
    for word in ("zzzz", "alive goes", "骨"):
        with pytest.raises(NothingSaidError):
            near(graph, word)
    for word in ("", "  ", "-yeast", "%"):
        with pytest.raises(UsageError):
            near(graph, word)


def test_a_word_that_everything_is_about(graph_of: GraphOf, store: GraphStore) -> None:
    """The cluster is no larger than others, and it is said how many notes say the word."""
    card = near(graph_of(topics()), "note")
    assert 8 <= card.size <= 13
    assert card.seed is not None
    assert card.seed.remark == "39 of 40 notes say 'note', so links decide more than the word."
    large = around(store, "and")
    assert large.size <= 80
    assert large.seed is not None
    assert large.seed.remark


def test_notes_without_links_and_index_notes(graph_of: GraphOf) -> None:
    """A note that says it and is linked with nothing is a member; an index note is none."""
    many = {f"n{number}.md": "" for number in range(60)}
    files = {
        "all.md": "Everything. " + " ".join(f"[[{name[:-3]}]]" for name in many),
        "alone.md": "A word on its own: quark.",
    } | many
    graph = graph_of(files)
    card = near(graph, "quark")
    assert ids(card) == ["alone"]
    assert (card.links, card.links_inside, card.links_outside) == ((), 0, 0)
    with pytest.raises(UsageError):
        near(graph, "everything")
    with pytest.raises(UsageError):
        near(graph, seeds=[graph.concept("all")])


def test_the_walk_is_personalised_pagerank(store: GraphStore) -> None:
    """Nearness is that of networkx's PageRank, by the root of the degree."""
    from graphkit.questions.note_graph import note_graph  # noqa: PLC0415 - like the fixture

    graph = note_graph(store)
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(graph.ids)))
    for place, row in enumerate(graph.adjacency):
        plain.add_weighted_edges_from((place, other, weight) for other, weight in row.items())
    places = [place for place, row in enumerate(graph.adjacency) if row]
    seeds = {places[3]: 2.0, places[70]: 1.0}
    exact = nx.pagerank(plain, alpha=1 - RESTART, personalization=seeds, tol=1e-12)
    found = nearness(graph.adjacency, seeds)
    degrees = dict(plain.degree(weight="weight"))
    for place, score in list(found.items())[:100]:
        assert score * degrees[place] ** 0.5 == pytest.approx(exact[place], rel=0.05)


EDGES = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=120)


@settings(deadline=None)
@given(EDGES, st.dictionaries(st.integers(0, 39), st.floats(0.5, 20), min_size=1, max_size=9))
def test_the_cut_has_the_lowest_conductance(
    edges: list[tuple[int, int]], seeds: dict[int, float]
) -> None:
    """Among all sizes that are allowed; every seed is reached, and nothing unconnected is."""
    pairs = [(f"{one:02}", f"{other:02}") for one, other in edges]
    graph = note_graph_of([f"{number:02}" for number in range(40)], pairs)
    found = nearness(graph.adjacency, seeds)
    assert seeds.keys() <= found.keys()
    assert (
        list(found.values()) == sorted(found.values(), reverse=True)
        or max(
            later - sooner
            for sooner, later in zip(found.values(), list(found.values())[1:], strict=False)
        )
        < 1e-9
    )
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(40))
    for place, row in enumerate(graph.adjacency):
        plain.add_weighted_edges_from((place, other, weight) for other, weight in row.items())
    together = set().union(*(nx.node_connected_component(plain, seed) for seed in seeds))
    assert found.keys() <= together
    order = list(found)
    size = cut(graph.adjacency, order)
    allowed = range(min(8, len(order)), min(13, len(order)) + 1)
    assert size in allowed

    def conductance(number: int) -> float:
        some = set(order[:number])
        smaller = min(
            nx.volume(plain, some, "weight"), nx.volume(plain, set(plain) - some, "weight")
        )
        return float(nx.cut_size(plain, some, weight="weight") / smaller) if smaller else 0.0

    assert conductance(size) == pytest.approx(min(map(conductance, allowed)))
