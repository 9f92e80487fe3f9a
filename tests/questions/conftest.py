"""What the tests of the questions share: the example notes, and small vaults, as graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import graphkit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def example(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[graphkit.Graph]:
    """The example notes."""
    with graphkit.open(notes, index=tmp_path_factory.mktemp("index") / "example") as graph:
        yield graph


@pytest.fixture
def graph_of(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> Iterator[Callable[[dict[str, str]], graphkit.Graph]]:
    """Makes a small vault and opens it: ``graph_of({"a.md": "[[b]]"})``."""
    opened: list[graphkit.Graph] = []

    def make(files: dict[str, str]) -> graphkit.Graph:
        graph = graphkit.open(make_vault(files), index=tmp_path / f"index{len(opened)}")
        opened.append(graph)
        return graph

    yield make
    for graph in opened:
        graph.close()
