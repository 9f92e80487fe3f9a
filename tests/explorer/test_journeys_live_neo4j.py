"""The page over a Neo4j into which others load: what came and went is there, and in the list."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.explorer.test_journeys_live import CALCIUM, TITIN, add, listening, places
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served
    from tests.neo4j.server import Server


def test_what_is_loaded_comes_upon_all_open_pages(
    notes: Path,
    empty_server: Server,
    explore: Callable[..., Served],
    visit: Callable[..., Visit],
    tmp_path: Path,
) -> None:
    """Cards, the map and the list of changes follow a load, in each page; what stayed stays."""
    vault = shutil.copytree(notes, tmp_path / "written")
    load_vault(vault, tmp_path / "index", empty_server)
    served = explore("--store", empty_server.uri, **empty_server.environment)
    seen = visit(served).open(concept=TITIN)
    other = visit(served).open(concept=CALCIUM, pane="changes")
    for page in (seen, other):
        listening(page)
        page.rested()
    before = places(seen)
    assert "muscle/nebulin" not in before

    text = "# Nebulin\n\nNebulin measures beside [[titin]].\n"
    (vault / "muscle" / "nebulin.md").write_text(text, encoding="utf-8")
    add(vault / "junction" / "calcium.md", "\nIt also wakes [[nebulin]], they say.\n")
    load_vault(vault, tmp_path / "index", empty_server)
    seen.side.locator("li.evidence", has_text="Nebulin measures beside").wait_for()
    seen.until(lambda: places(seen), lambda now: "muscle/nebulin" in now)
    after = places(seen)
    assert {id_: after[id_] for id_ in before} == before
    other.title("1 concept came")
    changed = {"muscle/nebulin", TITIN, CALCIUM}
    other.until(lambda: set(other.drawn["lit"]), lambda lit: changed <= lit)
    seen.tab.keyboard.press("h")
    seen.title("1 concept came")
    assert "nebulin" in seen.side.inner_text()

    (vault / "muscle" / "nebulin.md").unlink()
    (vault / "muscle" / "titin.md").unlink()
    load_vault(vault, tmp_path / "index", empty_server)
    for page in (seen, other):
        page.side.get_by_role("heading", name="Written since, or no longer").wait_for()
