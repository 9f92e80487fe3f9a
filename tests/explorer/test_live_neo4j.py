"""What is told of a graph in Neo4j, which others load."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.explorer.following import Page, graph_of_files
from tests.explorer.served import served
from tests.explorer.test_server_faults import Between
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neo4j.server import Server


def test_a_load_is_told(
    notes: Path, empty_server: Server, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Another process loads: pages are told, as they are when the server goes and comes back."""
    vault = tmp_path / "notes"
    shutil.copytree(notes, vault)
    load_vault(vault, tmp_path / "loaded", empty_server)
    between = Between(int(empty_server.uri.rpartition(":")[2]))
    told = surroundings | empty_server.environment | {"GRAPHKIT_NEO4J_PATIENCE": "10"}
    address = f"bolt://127.0.0.1:{between.port}"
    with served(None, told, tmp_path / "page", "--store", address) as explorer:
        page = Page(explorer)
        assert page.graph == graph_of_files(vault, tmp_path / "anew")
        (vault / "muscle" / "titin.md").unlink()
        (vault / "new.md").write_text("[[sleep]] [[something new]]\n", encoding="utf-8")
        load_vault(vault, tmp_path / "loaded", empty_server)
        heard = page.heard_until(graph_of_files(vault, tmp_path / "anew"))
        changes = [one.told for one in heard if one.kind == "changed"]
        assert changes
        assert all(change["rows"] is None for change in changes)
        assert changes[-1]["numbers"] == {
            key: explorer.api("stats")[key] for key in ("notes", "unresolved", "links")
        }
        assert explorer.api("show", concept="new")["links"][0]["target"] == "recovery/sleep"

        between.cut()
        problem = page.hear()
        assert problem.kind == "problem"
        assert address in problem.told["message"]
        between.mend()
        assert page.hear().kind == "well"

        (vault / "new.md").write_text("[[sleep]]\n", encoding="utf-8")
        load_vault(vault, tmp_path / "loaded", empty_server)
        page.heard_until(graph_of_files(vault, tmp_path / "anew"))
        assert explorer.ask("/api/earlier").status == 200
        between.cut()
        code, _ = explorer.interrupt()
        assert code == 0
