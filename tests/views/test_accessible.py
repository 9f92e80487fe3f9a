"""Pages as axe-core sees them: nothing serious or critical, light and dark, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from graphkit.questions.cluster_card import cluster_meant
from graphkit.questions.lookup import find_concept
from graphkit.views.cluster_page import READ_FIRST, cluster_page, clusters_page
from graphkit.views.page import render
from graphkit.views.page_content import surroundings_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.stores.embedded import EmbeddedStore
    from tests.views.conftest import Opened

PAGES: dict[str, Callable[[EmbeddedStore], str]] = {
    "cluster": lambda store: render(
        cluster_page(store, cluster_meant(store, "motor unit", read=READ_FIRST))
    ),
    "clusters": clusters_page,
    "concept": lambda store: render(
        surroundings_page(store, find_concept(store, "acetylcholine").concept, 1)
    ),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", sorted(PAGES))
def test_nothing_stands_in_anybodys_way(
    page: str, theme: str, store: EmbeddedStore, show: Callable[..., Opened]
) -> None:
    """As it opens, and with something chosen and something found."""
    for width in (1200, 390):
        opened = show(PAGES[page](store), width=width, theme=theme)
        assert _found(opened) == []
        opened.tab.evaluate("graphkit.choose(1)")
        opened.tab.fill("#find", "mu")
        assert _found(opened) == []


def _found(opened: Opened) -> list[str]:
    violations = Axe().run(opened.tab).response["violations"]
    grave = [found for found in violations if found["impact"] in {"serious", "critical"}]
    return [f"{found['id']}: {node['html']}" for found in grave for node in found["nodes"]]
