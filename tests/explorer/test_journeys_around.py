"""What is around words, kept as an area of the map under a name of one's own; here and in Neo4j."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.questions.map_changes import keep_around
from graphkit.vault.map_file import NAME
from tests.explorer.test_journeys_live import listening
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served
    from tests.neo4j.server import Server

HOSTILE = "<img src=x onerror=alert(1)> & “all”"


@pytest.fixture
def vault(notes: Path, tmp_path: Path) -> Path:
    """A copy of the example notes that may be written."""
    return shutil.copytree(notes, tmp_path / "notes")


def kept(seen: Visit, *names: str) -> None:
    """Waits until just these areas are drawn."""
    seen.until(lambda: seen.drawn["kept"], lambda drawn: drawn == list(names))


def named(seen: Visit, name: str) -> None:
    """Types a name into the form, and sends it."""
    seen.tab.locator("#around-name").fill(name)
    seen.tab.keyboard.press("Enter")


def test_an_area_of_ones_own(
    explore: Callable[..., Served], vault: Path, visit: Callable[..., Visit]
) -> None:
    """Found by words and kept, also while notes change; another page sees, hides and finds it."""
    served = explore("--vault", vault)
    seen = visit(served).open()
    seen.find("motor unit")
    seen.options.filter(has_text="Cluster around “motor unit”").click()
    seen.title("motor unit")
    kept(seen)
    seen.tab.click("#side >> text=Keep as an area")
    seen.tab.keyboard.press("Escape")
    assert seen.tab.evaluate("() => document.activeElement.textContent") == "Keep as an area"
    seen.title("motor unit")
    seen.tab.keyboard.press("Enter")
    listening(seen)
    seen.tab.keyboard.type("half a name")
    with seen.tab.expect_response("**/api/cluster?*"):
        (vault / "twitch.md").write_text("# Twitch\n\nOf one [[motor unit]].\n", encoding="utf-8")
    assert seen.tab.input_value("#around-name") == "half a name"
    seen.expected.append("400 ")
    topic = served.api("clusters")["clusters"][0]["name"]
    named(seen, topic)
    seen.side.locator(".failure", has_text="already").wait_for()
    named(seen, HOSTILE)
    seen.title(HOSTILE)
    kept(seen, HOSTILE)
    assert json.loads((vault / NAME).read_bytes())["around"] == [
        {"name": HOSTILE, "words": "motor unit", "size": None}
    ]
    ids = [note["id"] for note in served.api("cluster", name="motor unit")["concepts"]]
    seen.lit(*ids)
    assert "Found around “motor unit”" in seen.side.inner_text()

    other = visit(served).open(legend="1")
    kept(other, HOSTILE)
    assert HOSTILE in other.drawn["names"]
    entry = other.tab.locator("#legend .kept li", has_text=HOSTILE)
    assert entry.locator(".size").inner_text() == str(len(ids))
    entry.locator("input").press("Space")
    kept(other)
    assert "unshown=" in other.hash
    other.tab.reload()
    other.ready()
    entry.locator("input:not(:checked)").wait_for()
    kept(other)
    other.tab.fill("#find-box", "all")
    other.tab.fill("#find-box", "<img src=x")
    other.options.filter(has_text="around “motor unit”").first.click()
    other.title(HOSTILE)
    kept(other, HOSTILE)
    assert entry.locator("[aria-current=true]").count() == 1


def test_it_lives_with_the_notes(
    explore: Callable[..., Served], vault: Path, visit: Callable[..., Visit]
) -> None:
    """A note that comes to say the words joins it; it gets another name, and is let go."""
    parts = {"graphkit-map": 1, "around": [{"name": "Units", "words": "motor unit", "size": None}]}
    (vault / NAME).write_text(json.dumps(parts), encoding="utf-8")
    served = explore("--vault", vault)
    seen = visit(served).open(cluster="Units", pane="cluster", legend="1")
    seen.title("Units")
    kept(seen, "Units")
    size = seen.tab.locator("#legend .kept .size")
    before = int(size.inner_text())
    text = "# More units\nMotor unit after motor unit: [[motor_unit]] and [[size_principle]].\n"
    (vault / "control" / "more_units.md").write_text(text, encoding="utf-8")
    seen.side.locator("a[href*='more_units']").first.wait_for()
    seen.until(size.inner_text, lambda told: int(told) > before)
    assert "control/more_units" in served.api("around")["around"][0]["notes"]
    seen.tab.click("#side >> text=Rename")
    named(seen, "Firing")
    seen.title("Firing")
    kept(seen, "Firing")
    seen.tab.locator("#legend .kept li", has_text="Firing").wait_for()
    seen.tab.reload()
    seen.ready()
    seen.title("Firing")
    seen.side.locator("text=Remove").press("Enter")
    seen.title("motor unit")
    kept(seen)
    assert "around" not in json.loads((vault / NAME).read_bytes())
    seen.side.locator("text=Keep as an area").wait_for()
    parts["around"] = [{"name": "Nothing", "words": "xyzzy", "size": None}]
    (vault / NAME).write_text(json.dumps(parts), encoding="utf-8")
    seen.expected.append("404 ")
    seen.open(cluster="Nothing", pane="cluster")
    seen.side.locator("p", has_text="No note says 'xyzzy'").wait_for()
    seen.side.locator("text=Remove").press("Enter")
    seen.side.locator(".failure", has_text="No note says 'xyzzy'").wait_for()
    assert "around" not in json.loads((vault / NAME).read_bytes())


@pytest.fixture
def of_neo4j(
    vault: Path, neo4j_server: Server, explore: Callable[..., Served], tmp_path: Path
) -> Served:
    """An explorer of notes in Neo4j with an area that was kept when they were loaded."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        keep_around(graph._store, "Firing", "motor unit")  # noqa: SLF001
    neo4j_server.empty()
    load_vault(vault, tmp_path / "i", neo4j_server)
    return explore("--store", neo4j_server.uri, **neo4j_server.environment)


def test_in_neo4j(of_neo4j: Served, of_notes: Served, visit: Callable[..., Visit]) -> None:
    """Area, bridges and gaps are those of the vault; what changes its map says where to do it."""
    seen = visit(of_neo4j).open(cluster="Firing", pane="cluster")
    seen.title("Firing")
    kept(seen, "Firing")
    seen.lit(*(note["id"] for note in of_notes.api("cluster", name="motor unit")["concepts"]))
    seen.expected.append("503 ")
    seen.side.locator("text=Remove").press("Enter")
    seen.side.locator(".failure", has_text="Open the vault's folder").wait_for()
    kept(seen, "Firing")
    seen.to(pane="bridges", cluster="c1", other="c2")
    told = of_notes.api("bridges", a="c1", b="c2")["bridges"]
    rows = seen.tab.locator("#side .bridge > .joins a")
    assert rows.all_inner_texts() == [bridge["concept"]["title"] for bridge in told]
    seen.to(concept="control/dopamine", pane="gaps")
    gaps = of_notes.api("gaps", concept="control/dopamine")["gaps"]
    wanted = [[gap["a"]["id"], gap["b"]["id"]] for gap in gaps]
    seen.until(lambda: seen.drawn["dashed"], lambda dashed: dashed == wanted)
    row = seen.tab.locator("#side .gap").first
    assert seen.tab.locator("#side >> text=Open in editor").count() == 0
    row.get_by_label("Dismiss").press("Enter")
    row.locator(".failure", has_text="Open the vault's folder").wait_for()
    assert len(seen.drawn["dashed"]) == len(wanted)
