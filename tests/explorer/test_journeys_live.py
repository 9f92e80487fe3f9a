"""The page while notes are written: what comes, stays, is said; a server that goes and comes."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.explorer.browsing import exploring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

TITIN, CALCIUM = "muscle/titin", "junction/calcium"


@pytest.fixture
def mine(notes: Path, tmp_path: Path) -> Path:
    """A copy of the example notes, to write in."""
    return shutil.copytree(notes, tmp_path / "mine" / "notes")


@pytest.fixture
def starting(
    mine: Path, built_page: Path, surroundings: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., Served]]:
    """Starts an explorer of these notes, several times if need be."""
    assert built_page.is_dir()
    with ExitStack() as running:

        def start(*words: str) -> Served:
            options = ["--vault", str(mine)]
            return running.enter_context(exploring(options, surroundings, tmp_path, *words))

        yield start


def listening(visit: Visit) -> None:
    """Waits until the page hears of changes."""
    visit.until(lambda: visit.tab.evaluate("() => graphkitTest.listening()"), bool)


def places(visit: Visit) -> dict[str, Any]:
    """Where all concepts stand on the screen."""
    told: dict[str, Any] = visit.tab.evaluate("() => graphkitTest.places()")
    return told


def add(note: Path, text: str) -> None:
    """Saves a note with more in it."""
    note.write_text(note.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_what_is_written_comes_upon_all_open_pages(
    mine: Path, starting: Callable[..., Served], visit: Callable[..., Visit]
) -> None:
    """What is new stands beside what it links to, nothing else moves, what is read is renewed."""
    served = starting()
    seen = visit(served).open(concept=TITIN)
    other = visit(served).open(concept=CALCIUM, pane="note")
    for page in (seen, other):
        listening(page)
        page.rested()
    before = places(seen)
    text = "# Nebulin\n\nNebulin measures beside [[titin]].\n"
    (mine / "muscle" / "nebulin.md").write_text(text, encoding="utf-8")
    row = seen.side.locator("li.evidence", has_text="Nebulin measures beside")
    row.wait_for()
    seen.until(lambda: places(seen), lambda now: "muscle/nebulin" in now)
    after = places(seen)
    assert {id_: after[id_] for id_ in before} == before
    apart = [abs(a - b) for a, b in zip(after["muscle/nebulin"], after[TITIN], strict=True)]
    assert 0 < max(apart) < 600
    assert "muscle/nebulin" in seen.drawn["lit"]
    other.until(lambda: places(other), lambda now: "muscle/nebulin" in now)

    add(mine / "junction" / "calcium.md", "\nIt also wakes [[nebulin]], they say.\n")
    other.side.locator(".text", has_text="It also wakes").wait_for()
    row.locator("a.concept").click()
    seen.title("nebulin")
    seen.side.locator("li.evidence", has_text="It also wakes").wait_for()

    seen.tab.keyboard.press("h")
    seen.title("1 concept came")
    told = seen.side.inner_text()
    assert "nebulin" in told
    assert seen.tab.locator("#tools .news").is_visible()
    changed = {"muscle/nebulin", TITIN, CALCIUM}
    seen.until(lambda: set(seen.drawn["lit"]), lambda lit: changed <= lit)


def test_what_changed_since_a_day(
    mine: Path, starting: Callable[..., Served], visit: Callable[..., Visit]
) -> None:
    """Links that came and went, notes that were deleted or written; each led to, with its words."""
    served = starting()
    seen = visit(served).open()
    seen.until(lambda: served.ask("/api/earlier?hours=24").status, lambda status: status == 200)
    listening(seen)
    seen.to(pane="changes", since="day")
    seen.title("Nothing has changed")
    (mine / "muscle" / "titin.md").unlink()
    add(mine / "junction" / "calcium.md", "\nIt wakes the [[hypertrophy]] of stories.\n")
    seen.side.get_by_role("heading", name="New links").wait_for()
    seen.tab.locator("#side details.says summary").first.click()
    seen.side.locator(".said", has_text="of stories").wait_for()
    seen.side.get_by_role("heading", name="Written since, or no longer").wait_for()
    assert "its note is gone, but it is still mentioned" in seen.side.inner_text()
    lit = set(seen.drawn["lit"])
    assert {CALCIUM, "growth/hypertrophy"} & lit
    seen.tab.click("#side label[for=since-opened]")
    seen.side.get_by_role("heading", name="New links").wait_for()
    assert "since=day" not in seen.hash


def test_renaming_and_deleting_what_one_looks_at(
    mine: Path, starting: Callable[..., Served], visit: Callable[..., Visit]
) -> None:
    """The card says that it is gone and offers where it went; else one keeps place and focus."""
    seen = visit(starting()).open(concept="recovery/sleep")
    seen.expected.append("404 ")
    listening(seen)
    seen.title("Sleep")
    seen.side.get_by_role("button", name="Path from here").focus()
    add(mine / "recovery" / "sleep.md", "\nDreams strengthen [[titin]], in a way.\n")
    seen.side.locator("li.evidence", has_text="Dreams strengthen").wait_for()
    assert seen.tab.evaluate("() => document.activeElement.textContent") == "Path from here"
    (mine / "recovery" / "sleep.md").rename(mine / "recovery" / "sleeping well.md")
    seen.until(lambda: places(seen), lambda now: "recovery/sleeping well" in now)
    seen.side.locator(".failure button", has_text="Sleep").click()
    seen.title("Sleep")
    assert seen.state["concept"] == "recovery/sleeping well"
    (mine / "recovery" / "sleeping well.md").unlink()
    seen.side.locator(".failure, .kind:text('Not yet written')").wait_for()


def test_a_server_that_goes_and_comes(
    mine: Path, starting: Callable[..., Served], visit: Callable[..., Visit]
) -> None:
    """The page says that nobody answers, keeps what it shows, and goes on by itself when it can."""
    served = starting()
    seen = visit(served).open(concept=TITIN)
    listening(seen)
    seen.expected += ["ERR_CONNECTION", "403", "net::"]
    served.interrupt()
    notice = seen.tab.locator("#notice")
    notice.filter(has_text="does not answer any more").wait_for()
    assert "Titin" in seen.side.inner_text()
    add(mine / "muscle" / "titin.md", "\nMeanwhile it met [[calcium]] again.\n")
    again = starting("--port", str(served.port))
    notice.filter(has_text="was started anew").wait_for()
    seen.admit(again)  # as the address does that it prints
    seen.side.locator("li.evidence", has_text="Meanwhile it met").wait_for()
    notice.wait_for(state="hidden")
    listening(seen)


def test_filters_follow_what_is_written(
    mine: Path, starting: Callable[..., Served], visit: Callable[..., Visit]
) -> None:
    """A note that gets the tag comes, one that loses it goes, and the choices count anew."""
    seen = visit(starting()).open(tag="protein")
    listening(seen)
    left = seen.tab.locator("#filters .plain")
    seen.until(left.inner_text, lambda told: told.startswith("3 of"))
    new = mine / "muscle" / "nebulin.md"
    new.write_text("---\ntags: [protein]\n---\nBeside [[actin]] and [[titin]].\n", "utf-8")
    seen.until(left.inner_text, lambda told: told.startswith("4 of"))
    seen.until(lambda: seen.drawn["notes"], lambda notes: notes == 4)
    new.write_text("Beside [[actin]] and [[titin]].\n", encoding="utf-8")
    seen.until(left.inner_text, lambda told: told.startswith("3 of"))
    titin = mine / "muscle" / "titin.md"
    titin.unlink()
    seen.until(left.inner_text, lambda told: told.startswith("2 of"))
    seen.tab.keyboard.press("f")
    seen.tab.keyboard.type("#protein ")
    seen.tab.keyboard.press("Backspace")
    seen.tab.fill("#filter-box", "#protein")
    assert seen.tab.locator("#filters [role=option]").count() == 0  # it is chosen already
