"""Full-text search: what is found, where it is said, and queries that mean no good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.index.search import parsed_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

VAULT = {
    "fibre.md": "---\ntitle: Muscle fibre\naliases: [myocyte]\nvideoId: abcdefghijk\n---\n"
    "# Parts\n\nThe sarcomere is the smallest part that shortens.\n\n"
    "## Kinds\n\n- slow fibres endure <a data-t='00:01:05'>[00:01:05]</a>\n- quick fibres tire\n\n"
    "| a | b |\n|---|---|\n| creatine | ATP |\n\n```\ncode says glucose\n```\n",
    "nerve.md": "The nerve meets the [[fibre|muscle fibre]] at a junction.\n\n"
    "Über Nerven, naïve ones.\n",
    "long.md": "word " * 400 + "the needle lies here " + "word " * 400 + "\n",
    "empty.md": "",
}


@pytest.fixture
def graph(make_vault: Callable[[dict[str, str]], Path], tmp_path: Path) -> Iterator[graphkit.Graph]:
    with graphkit.open(make_vault(VAULT), index=tmp_path / "index") as graph:
        yield graph


def _found(graph: graphkit.Graph, query: str) -> list[str]:
    result = graph.search(query)
    assert result.total == len(result.hits)
    return [hit.id for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("sarcomere", ["fibre"]),
        ("SARCOMERE shortens", ["fibre"]),
        ("sarcomere junction", []),
        ('"smallest part"', ["fibre"]),
        ('"part smallest"', []),
        ("sarco*", ["fibre"]),
        ("sarco", []),
        ("muscle -junction", ["fibre"]),
        ('muscle -"meets the"', ["fibre"]),
        ("muscle -junc*", ["fibre"]),
        ("myocyte", ["fibre"]),
        ("muscle fibre", ["fibre", "nerve"]),
        ("kinds", ["fibre"]),
        ("glucose", ["fibre"]),
        ("atp", ["fibre"]),
        ("uber", ["nerve"]),
        ("über naive", ["nerve"]),
        ("muscle-fibre", ["fibre", "nerve"]),
        ("nothing", []),
        ("NOT AND OR NEAR", []),
        ("title : muscle", []),
    ],
)
def test_words_phrases_beginnings_and_what_is_not_wanted(
    graph: graphkit.Graph, query: str, ids: list[str]
) -> None:
    """All words must occur, in any case and without accents; titles and aliases weigh most."""
    assert _found(graph, query) == ids


@pytest.mark.parametrize(
    ("query", "line", "heading", "seconds"),
    [
        ("sarcomere", 8, "Parts", None),
        ("endure", 12, "Parts > Kinds", 65),
        ("creatine", None, "Parts > Kinds", None),
    ],
)
def test_a_hit_names_the_place_where_it_is_said(
    graph: graphkit.Graph, query: str, line: int | None, heading: str, seconds: int | None
) -> None:
    """The line holds the word, the heading stands above it, a moment where there is a time."""
    (hit,) = graph.search(query).hits
    assert query in hit.snippet
    assert (hit.heading, hit.seconds) == (heading, seconds)
    assert hit.moment == (f"https://youtu.be/abcdefghijk?t={seconds}" if seconds else None)
    text = VAULT[f"{hit.id}.md"].split("\n")
    assert query in text[(hit.line or 0) - 1]
    assert line in {None, hit.line}


def test_a_long_passage_is_cut_around_the_word(graph: graphkit.Graph) -> None:
    """A snippet stays short and shows the word."""
    (hit,) = graph.search("needle").hits
    assert "needle" in hit.snippet
    assert len(hit.snippet) < 300
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")


def test_the_words_stay_in_step_with_the_notes(graph: graphkit.Graph, tmp_path: Path) -> None:
    """After an edit new words are found and old ones are not; a deleted note is gone."""
    vault = tmp_path / "vault"
    assert _found(graph, "sarcomere") == ["fibre"]
    (vault / "fibre.md").write_text("Now about tendons.", encoding="utf-8")
    (vault / "new.md").write_text("# Sarcomere\n", encoding="utf-8")
    (vault / "nerve.md").unlink()
    graph.refresh()
    assert _found(graph, "sarcomere") == ["new"]
    assert _found(graph, "tendons") == ["fibre"]
    assert _found(graph, "junction") == []


def test_a_first_search_sees_the_notes_as_every_other_question_does(
    graph: graphkit.Graph, tmp_path: Path
) -> None:
    """The first search too answers of the notes as they were when they were last read."""
    note = tmp_path / "vault" / "fibre.md"
    note.write_text("Now about tendons.", encoding="utf-8")
    assert _found(graph, "tendons") == []
    assert _found(graph, "sarcomere") == ["fibre"]
    graph.refresh()
    assert _found(graph, "tendons") == ["fibre"]
    assert _found(graph, "sarcomere") == []


def test_a_limit_leaves_the_total(graph: graphkit.Graph) -> None:
    """The total counts all notes that match."""
    result = graph.search("muscle", limit=1)
    assert (result.total, [hit.id for hit in result.hits]) == (2, ["fibre"])


@pytest.mark.parametrize(
    "query", ["", " ", '"', '""', "*", "-", "--", "-muscle", "()", "\x00", "🦔"]
)
def test_a_query_without_a_word_is_wrong_usage(graph: graphkit.Graph, query: str) -> None:
    """There has to be something to look for."""
    with pytest.raises(graphkit.UsageError, match="no word"):
        graph.search(query)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    query=st.one_of(
        st.text(max_size=30),
        st.text(alphabet="ab \"'*-+()^:{}[]<>\\/%_.,;\x00\n\tß_é", max_size=20),
        st.lists(
            st.sampled_from(
                ["AND", "OR", "NOT", "NEAR(a b, 2)", "title:", '"', "*", "-", "a", "^a"]
            ),
            max_size=8,
        ).map(" ".join),
        st.text(st.characters(categories=["Cs", "Co", "Cn", "Cf", "Mn", "No", "Lo"]), max_size=6),
    )
)
@example(query="_")
@example(query="___*")
@example(query='"a')
@example(query="a" * 100_000)
@example(query="a " * 3_000)
@example(query="a -b " * 500)
@example(query="\udcff")
@example(query="a\udcff")
@example(query="²")
@example(query="\u0300")
def test_no_query_raises_anything_but_wrong_usage(graph: graphkit.Graph, query: str) -> None:
    """Whatever is typed is answered, or said to hold no word."""
    try:
        expression, words = parsed_query(query)
    except graphkit.UsageError:
        return
    assert expression
    assert words
    result = graph.search(query)
    assert result.query == query
    assert result.total >= len(result.hits)
