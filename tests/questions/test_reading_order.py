"""Where to begin in some notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.errors import UsageError
from graphkit.questions.around import around
from graphkit.questions.clustering import clustering
from graphkit.questions.reading_order import reading_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkit.stores.base import GraphStore
    from graphkit.topics import ReadingStep

    GraphOf = Callable[[dict[str, str]], graphkit.Graph]

PROSE = "\n\n" + "Much more could be told of it, and is told here in many plain words.\n" * 20


@pytest.fixture(scope="module")
def shared(shared_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with graphkit.open(shared_vault, index=tmp_path_factory.mktemp("index") / "i") as graph:
        yield graph._store  # noqa: SLF001 - questions are asked of stores


def steps(graph: graphkit.Graph, most: int = 99, about: str = "") -> tuple[ReadingStep, ...]:
    """The reading order of all notes of a small vault."""
    store = graph._store  # noqa: SLF001 - as above
    return reading_order(store, [node.id for node in store.all_nodes()], most=most, about=about)


def order(graph: graphkit.Graph, most: int = 99, about: str = "") -> list[str]:
    return [step.id for step in steps(graph, most, about)]


def test_foundations_come_before_what_builds_on_them(graph_of: GraphOf) -> None:
    """Each says how many notes lead to it, on which it builds, and the sentence that says so."""
    graph = graph_of(
        {
            "bread.md": "Bread is dough that has been [[oven|baked]] in a hot oven for an hour.\n\n"
            "Good bread needs a [[dough]] that has had all the time it wants." + PROSE,
            "dough.md": "See [[yeast]].\n\n"
            "Dough is flour and water that [[yeast]] has made to rise for a night." + PROSE,
            "yeast.md": "Yeast is alive." + PROSE,
        }
    )
    yeast, dough, bread = steps(graph)
    assert (yeast.id, yeast.linked_by, yeast.builds_on) == ("yeast", 1, ())
    assert (dough.id, dough.linked_by, [c.id for c in dough.builds_on]) == ("dough", 1, ["yeast"])
    assert (bread.id, bread.linked_by, [c.id for c in bread.builds_on]) == ("bread", 0, ["dough"])
    for step in (yeast, dough):
        assert step.because is not None
        assert step.because.to_dict() == {
            "note": "dough",
            "line": 3,
            "sentence": "Dough is flour and water that yeast has made to rise for a night.",
        }
    assert bread.because is not None
    assert (bread.because.note, bread.because.line) == ("bread", 3)
    assert list(bread.to_dict()) == ["id", "title", "note", "linked_by", "builds_on", "because"]


def test_what_most_notes_lead_to_comes_first(graph_of: GraphOf) -> None:
    """Also before the details that it leads to, which would else all come before it."""
    files = {f"use {word}.md": f"[[muscle]]{PROSE}" for word in ("one", "two", "three", "four")}
    files |= {
        "muscle.md": f"[[cramp]] and [[tendon]]{PROSE}",
        "cramp.md": PROSE,
        "tendon.md": PROSE,
    }
    found = steps(graph_of(files))
    assert [step.id for step in found[:3]] == ["muscle", "cramp", "tendon"]
    assert [step.linked_by for step in found[:3]] == [4, 1, 1]
    assert [concept.id for concept in found[3].builds_on] == ["muscle"]


def test_two_that_praise_each_other_are_not_central(graph_of: GraphOf) -> None:
    """A note that five lead to, each with other links too, comes before a pair of single links."""
    uses = {f"{n}.md": f"[[root]] [[{(n + 1) % 5}]] [[{(n + 2) % 5}]]{PROSE}" for n in range(5)}
    pair = {"this.md": f"[[that]]{PROSE}", "that.md": f"[[this]]{PROSE}"}
    assert order(graph_of({"root.md": PROSE} | uses | pair))[0] == "root"


def test_stubs_and_lists_of_links_do_not_come_first(graph_of: GraphOf) -> None:
    """However many notes lead there, there is little to read."""
    names = ["apple", "bean", "carrot", "date", "endive", "fig"]
    files = {
        f"{one}.md": f"[[stub]] [[map]] [[{other}]]{PROSE}"
        for one, other in zip(names, names[1:] + names[:1], strict=True)
    }
    files |= {"stub.md": "To be written.", "map.md": "".join(f"- [[{one}]]\n" for one in names)}
    assert set(order(graph_of(files))[-2:]) == {"map", "stub"}


@pytest.mark.parametrize(("second", "place"), [("taste", 1), ("memory and sleep", 2)])
def test_near_duplicates_wait(graph_of: GraphOf, second: str, place: int) -> None:
    """What is second by its links comes after other subjects if its title says the same again."""
    both = f"[[sleep and memory]] [[{second}]]"
    files = {f"{word}.md": both + PROSE for word in ("dream", "exam", "night")}
    files |= {
        "rest.md": f"[[sleep and memory]]{PROSE}",
        "sleep and memory.md": PROSE,
        f"{second}.md": PROSE,
        "food.md": PROSE,
        "hunger.md": f"[[food]]{PROSE}",
    }
    found = order(graph_of(files))
    assert (found[0], found.index(second)) == ("sleep and memory", place)


def test_a_title_that_says_what_it_is_about_is_a_good_beginning(graph_of: GraphOf) -> None:
    """In singular or plural; between notes that are equally central."""
    ring = ["bone", "heart", "muscle", "nerve"]
    graph = graph_of(
        {
            f"{one}.md": f"[[{other}]]{PROSE}"
            for one, other in zip(ring, ring[1:] + ring[:1], strict=True)
        }
    )
    assert order(graph)[0] == "bone"
    assert order(graph, about="muscles, strength")[0] == "muscle"
    assert order(graph, about="whatever")[0] == "bone"


def test_a_sentence_is_said_once_if_there_are_others(graph_of: GraphOf) -> None:
    """What another note says of the first is not what that one says of itself, further down."""
    files = {
        "root.md": PROSE,
        "stem.md": f"The stem carries what the [[root]] has drawn from the soil.{PROSE}",
        "leaf.md": f"What the [[root]] draws up leaves again by the [[stem]] and the leaf.{PROSE}",
    }
    graph = graph_of(files)
    told = [[s.because and s.because.note for s in steps(graph, most)] for most in (1, 2)]
    assert told == [["stem"], ["leaf", "stem"]]


def test_membership_does_not_count(graph_of: GraphOf) -> None:
    """Who belongs to a note does not lead there, and its line is no reason."""
    files = {f"{n}.md": f"From: [[podcast]] <br/>\n\n[[root]] is all.{PROSE}" for n in range(5)}
    found = {
        step.id: step for step in steps(graph_of(files | {"podcast.md": PROSE, "root.md": PROSE}))
    }
    assert next(iter(found)) == "root"
    assert (found["podcast"].linked_by, found["podcast"].because) == (0, None)


def test_a_circle_begins_at_the_lowest_id(graph_of: GraphOf) -> None:
    """All are equally central, so ids decide; none is left out."""
    found = steps(graph_of({f"{n}.md": f"On to [[{(n + 1) % 5}]].{PROSE}" for n in range(5)}))
    assert found[0].id == "0"
    assert sorted(step.id for step in found) == list("01234")
    assert all(step.because for step in found)


def test_what_cannot_be_asked(graph_of: GraphOf) -> None:
    """No notes have no order, what is no note is left out, and less than one is no number."""
    graph = graph_of({"b.md": "[[nowhere]]", "a.md": ""})
    store = graph._store  # noqa: SLF001 - as above
    assert reading_order(store, [], most=3) == ()
    assert reading_order(store, ["nowhere", "unknown"], most=3) == ()
    (step,) = reading_order(store, ["a", "a", "nowhere"], most=3)
    assert (step.id, step.linked_by, step.builds_on, step.because) == ("a", 0, (), None)
    assert sorted(order(graph)) == ["a", "b"]
    with pytest.raises(UsageError):
        reading_order(store, ["a"], most=0)


def test_around_a_word(shared: GraphStore, example: graphkit.Graph) -> None:
    """A student of what is neuromuscular begins where a teacher would."""
    for store, first in (
        (shared, "neuromuscular_connections_and_muscle_movement"),
        (example._store, "junction/neuromuscular_junction"),  # noqa: SLF001 - as above
    ):
        ids = [member.id for member in around(store, "neuromuscular").concepts]
        found = reading_order(store, ids, most=10, about="neuromuscular")
        assert found[0].id == first
        assert {step.id for step in found} <= set(ids)


def clusters(store: GraphStore) -> Iterator[tuple[str, list[str]]]:
    """The names and the notes of all clusters of five or more, on both levels."""
    found = clustering(store)
    for level in ("upper", "lower"):
        for id_, members in found.partition.members(level).items():
            if len(members) >= 5:
                yield found.called(id_), members


def test_every_cluster_has_its_beginning(shared: GraphStore) -> None:
    """Each step has the sentence of a link; to the first more notes lead than to most others."""
    most_linked = []
    ties: dict[tuple[str, int | None], set[str]] = {}
    for name, members in clusters(shared):
        found = reading_order(shared, members, most=10, about=name)
        assert len(found) == min(10, len(members))
        for link in shared.links_within(members):
            ties.setdefault((link.source, link.line), set()).update((link.source, link.target))
        for step in found:
            assert step.because is not None
            assert step.id in ties[step.because.note, step.because.line]
        most_linked.append(found[0].linked_by == max(step.linked_by for step in found))
    assert sum(most_linked) >= 0.8 * len(most_linked)


def plain(line: str) -> str:
    """A line of a note with its links shown as their visible words."""
    line = re.sub(r"\[\[(?:[^\]|]*\|)?\s*([^\]]*?)\s*\]\]", r"\1", line)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)


SUBSETS = st.lists(st.integers(0, 84), min_size=1, max_size=40, unique=True)


@settings(deadline=None, max_examples=60)
@given(SUBSETS, st.integers(1, 12), st.integers(1, 12))
def test_any_notes_have_an_order(
    example: graphkit.Graph, notes: Path, places: list[int], fewer: int, more: int
) -> None:
    """Fewer are the first of more, links lead back, and each sentence stands in its line."""
    store = example._store  # noqa: SLF001 - as above
    known = [node.id for node in store.all_nodes() if node.note]
    ids = [known[place] for place in places]
    found = reading_order(store, ids, most=fewer + more)
    assert found == reading_order(store, ids[::-1], most=fewer + more)
    assert [step.id for step in found[:fewer]] == [
        step.id for step in reading_order(store, ids, most=fewer)
    ]
    assert len(found) == min(fewer + more, len(ids)) == len({step.id for step in found})
    leads = {pair for pair in store.linked_notes(ids) if set(pair) <= set(ids)}
    for place, step in enumerate(found):
        before = [earlier.id for earlier in found[:place]]
        assert step.linked_by == sum(target == step.id for _, target in leads)
        assert [c.id for c in step.builds_on] == [id_ for id_ in before if (step.id, id_) in leads]
        if (because := step.because) and because.line:
            line = (notes / f"{because.note}.md").read_text("utf-8").split("\n")[because.line - 1]
            assert because.sentence in plain(line)
        else:
            assert not any(step.id in pair for pair in leads)


@settings(deadline=None, max_examples=40)
@given(SUBSETS)
def test_what_is_central_is_pageranks_business(example: graphkit.Graph, places: list[int]) -> None:
    """The first note has most of networkx's PageRank and text; none links to a later, higher one.

    A walk leaves by a note's other links, and by three more that every note is given.
    """
    store = example._store  # noqa: SLF001 - as above
    known = [node for node in store.all_nodes() if node.note]
    nodes = {known[place].id: known[place] for place in places}
    leads: nx.DiGraph[str] = nx.DiGraph()
    leads.add_weighted_edges_from((id_, "away", 3.0) for id_ in nodes)
    for source, target in store.linked_notes(list(nodes)):
        if source in nodes and target in nodes:
            leads.add_edge(source, target, weight=1.0)
        elif source in nodes:
            leads[source]["away"]["weight"] += 1
    ranks = nx.pagerank(leads, 0.7, dict.fromkeys(nodes, 1.0), tol=1e-12)
    own = {id_: (node.words or 0) - 6 * node.out_degree for id_, node in nodes.items()}
    worth = {id_: ranks[id_] * max(1, own[id_]) / (max(1, own[id_]) + 100) for id_ in nodes}
    found = [step.id for step in reading_order(store, list(nodes), most=len(nodes))]
    assert worth[found[0]] == pytest.approx(max(worth.values()), rel=1e-4)
    for place, id_ in enumerate(found):
        for later in found[place + 1 :]:
            if later in leads[id_]:
                assert worth[later] < worth[id_] * 1.0001
