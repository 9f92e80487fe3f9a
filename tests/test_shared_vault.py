"""Known good counts on a vault of a thousand real notes; see ``docs/links.md``."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

HUB = "neurobiology_and_ophthalmology"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all questions of this module keep their index."""
    return tmp_path_factory.mktemp("index") / "shared.sqlite"


@pytest.fixture
def tool(run: Run, shared_vault: Path, index: Path) -> Run:
    """Runs the command line on the shared vault, with answers as JSON."""
    return partial(
        run, "--format", "json", GRAPHKIT_VAULT=str(shared_vault), GRAPHKIT_INDEX=str(index)
    )


@pytest.fixture
def ask(tool: Run) -> Callable[..., Any]:
    """Asks the shared vault something; gives the JSON of the answer."""

    def asked(*arguments: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads(tool(*arguments).stdout)

    return asked


def test_counts(ask: Callable[..., Any]) -> None:
    """Strictly resolved, notes, links and edges are those counted by other means."""
    counts = ask("stats", "--strict")
    known = {
        "notes": 1117,
        "links": 9160,
        "resolved_links": 8632,
        "unresolved_links": 528,
        "ambiguous_links": 0,
        "edges": 8397,
        "components": 1,
        "orphans": 0,
        "attachments": 0,
    }
    assert {key: counts[key] for key in known} == known
    assert counts["links_by_kind"] == {"wiki": 9034, "markdown": 126, "embed": 0, "property": 0}
    assert [concept["id"] for concept in counts["best_linked"]][:2] == ["hubermanlab", HUB]


def test_misspelt_name_of_the_most_linked_note_is_mended(ask: Callable[..., Any]) -> None:
    """``check`` says what was meant by the best-known misspelling of the vault."""
    findings = ask("check", "--rule", "unresolved")["findings"]
    meant = {
        finding["suggestion"]
        for finding in findings
        if "'neurobiology_and_opthalmology'" in finding["message"]
    }
    assert meant == {HUB}


def test_misspelt_name_is_understood(tool: Run) -> None:
    """A person who misspells a name that no link misspells gets the note, and is told."""
    told = tool("show", "neurobiology_and_ophtalmology")
    assert json.loads(told.stdout)["id"] == HUB
    assert "is taken to mean" in told.stderr


def test_path_does_not_run_through_the_index_note(ask: Callable[..., Any]) -> None:
    """Two notes are joined by what they say, not by the note that links to everything."""
    start, goal = (
        "sciencebased_protocols_for_muscle_hypertrophy",
        "neuroplasticity_and_adaptive_learning",
    )
    (found,) = ask("path", start, goal)["paths"]
    ids = [concept["id"] for concept in found["concepts"]]
    assert ids[0] == start
    assert ids[-1] == goal
    assert "hubermanlab" not in ids
    assert all(step["links"] for step in found["steps"])
    (short,) = ask("path", start, goal, "--shortest")["paths"]
    assert short["hops"] <= min(2, found["hops"])


def test_neighbours_name_where_they_stop(ask: Callable[..., Any]) -> None:
    """Two hops from a note, the note that links to everything is not walked on through."""
    near = ask("neighbours", HUB, "--depth", "2", "--limit", "5")
    assert [concept["id"] for concept in near["not_walked"]] == ["hubermanlab"]
    assert len(near["neighbours"]) == 5
    assert near["total"] < 1116
