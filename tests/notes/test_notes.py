"""The example vault: true to its sources, and showing what graphkit knows."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import graphkit
from tests.notes.check_moments import wrong_moments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def graph(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[graphkit.Graph]:
    """The example as a graph."""
    index = tmp_path_factory.mktemp("index") / "notes.sqlite"
    with graphkit.open(notes, index=index) as opened:
        yield opened


@pytest.fixture(scope="module")
def links(graph: graphkit.Graph, notes: Path) -> list[graphkit.Link]:
    """Every link of every note of the example."""
    ids = [path.relative_to(notes).with_suffix("").as_posix() for path in notes.rglob("*.md")]
    return [link for id_ in sorted(ids) for link in graph.links(id_, direction="out")]


def test_every_moment_stands_in_its_source(notes: Path, shared_vault: Path) -> None:
    """Each moment is said in the source's note of the same video."""
    assert wrong_moments(notes, shared_vault) == []


def test_is_large_enough_to_be_asked(graph: graphkit.Graph) -> None:
    """There are enough notes and links for paths and neighbourhoods to mean something."""
    counts = graph.stats()
    assert counts.notes >= 60
    assert counts.links >= 350
    assert counts.links_with_moment >= 100
    assert counts.orphans == 0
    assert counts.problems == 0
    assert counts.components == 1


def test_shows_every_kind_of_link(links: list[graphkit.Link]) -> None:
    """There are wiki-links, a Markdown link, an embed and a property that links."""
    assert {link.kind for link in links} == {"wiki", "markdown", "embed", "property"}


def test_shows_every_way_to_resolve(links: list[graphkit.Link]) -> None:
    """Targets are found by path, name, alias, title and slug; some by none; one is ambiguous."""
    ways = {link.resolved_by for link in links}
    assert ways == {"path", "name", "alias", "title", "slug", None}
    assert [link for link in links if link.ambiguous]


def test_shows_relations(links: list[graphkit.Link]) -> None:
    """Links have relations, from lines, sentences and properties, besides membership."""
    relations = Counter(link.relation for link in links)
    assert {"LINKS_TO", "FROM", "PART_OF", "CAUSE"} <= relations.keys()
    assert len(relations) >= 5
    assert {link.relation for link in links if link.kind == "property"} - {"FROM"}


def test_shows_evidence(links: list[graphkit.Link]) -> None:
    """Every link has its sentence; headings, anchors, aliases and moments occur."""
    assert all(link.sentence for link in links)
    assert any(link.heading for link in links)
    assert any(link.anchor for link in links)
    assert any(link.alias for link in links)
    assert any(link.moment for link in links)


def test_shows_a_misspelling(graph: graphkit.Graph) -> None:
    """``check`` has something to offer."""
    assert any(finding.suggestion for finding in graph.check("unresolved").findings)


def test_names_are_plain(notes: Path) -> None:
    """File names are lower-case words that every system can hold."""
    for path in notes.rglob("*"):
        assert path.name == path.name.lower()
        assert path.name.isascii()
        assert " " not in path.name
        assert os.path.normpath(path) == str(path)
