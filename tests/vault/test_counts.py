"""The known good counts of ``docs/links.md``, on the vault they were measured with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import graphkit

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit import Stats


@pytest.fixture(scope="module")
def stats(shared_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Stats:
    index = tmp_path_factory.mktemp("index") / "index.db"
    with graphkit.open(shared_vault, index=index, strict=True) as graph:
        return graph.stats()


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("notes", 1_117),
        ("links", 9_160),
        ("resolved_links", 8_632),
        ("unresolved_links", 528),
        ("edges", 8_397),
    ],
)
def test_count(stats: Stats, what: str, count: int) -> None:
    """The shared vault has the counts that were measured and checked against Quartz."""
    assert getattr(stats, what) == count


def test_links_by_kind(stats: Stats) -> None:
    """Of the shared vault's links 9,034 are wiki-links and 126 Markdown links."""
    counted = {kind: count for kind, count in stats.links_by_kind.items() if count}
    assert counted == {"wiki": 9_034, "markdown": 126}
