"""What may be wrong: no notes, no links, no WebGL, a vault or a server that goes away meanwhile."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.explorer.browsing import WITHOUT_GL, Visit, exploring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright

    from tests.explorer.served import Served

TITIN = "muscle/titin"


@pytest.fixture
def explore_once(
    built_page: Path, surroundings: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., Served]]:
    """Starts an explorer of a vault that is not looked at by another test."""
    assert built_page.is_dir()
    with ExitStack() as running:

        def start(vault: Path) -> Served:
            return running.enter_context(exploring(["--vault", str(vault)], surroundings, tmp_path))

        yield start


@pytest.fixture(scope="module")
def chromium_without_gl(browser: str, playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that draws no WebGL."""
    started = playwright.chromium.launch(executable_path=browser, args=[*WITHOUT_GL])
    yield started
    started.close()


def test_an_empty_vault(
    make_vault: Callable[[dict[str, str]], Path],
    explore_once: Callable[..., Served],
    visit: Callable[..., Visit],
) -> None:
    """It is said, with what to do; find finds nothing and says so; no pane fails."""
    seen = visit(explore_once(make_vault({}))).open()
    assert "There is no note" in seen.tab.inner_text("#map")
    assert "Write one" in seen.tab.inner_text("#map")
    seen.tab.fill("#find-box", "titin")
    seen.tab.locator("#find .remark", has_text="Nothing found").wait_for()
    seen.tab.keyboard.press("Escape")
    seen.tab.click("#tools >> text=Topics")
    seen.tab.locator("#legend", has_text="No topics").wait_for()
    seen.tab.click("#tools >> text=Table")
    seen.tab.locator("#table h2", has_text="0 concepts").wait_for()
    assert seen.tab.locator("#notice").is_hidden()


def test_no_links(
    make_vault: Callable[[dict[str, str]], Path],
    explore_once: Callable[..., Served],
    visit: Callable[..., Visit],
) -> None:
    """Each note is on the map, is found, and says that nothing is linked."""
    vault = make_vault({f"note {number}.md": "Alone.\n" for number in range(5)})
    seen = visit(explore_once(vault)).open(table="1")
    seen.until(seen.tab.locator("#table tbody tr").count, lambda count: count == 5)
    seen.find("note 3")
    seen.tab.keyboard.press("Enter")
    seen.title("note 3")
    assert "Nothing links here, and it links to nothing yet." in seen.side.inner_text()
    seen.lit("note 3")


def test_no_webgl(of_notes: Served, chromium_without_gl: Browser) -> None:
    """It is said; find, card, note, path and table do what they do."""
    seen = Visit(chromium_without_gl, f"http://{of_notes.host}/")
    seen.admit(of_notes)
    seen.expected.append("WebGL")
    seen.tab.goto(seen.address)
    seen.ready()
    assert "no WebGL" in seen.tab.inner_text("#map")
    rows = seen.tab.locator("#table tbody tr")
    seen.until(rows.count, lambda count: count == 91)
    seen.find("titin")
    seen.tab.keyboard.press("Enter")
    seen.title("Titin")
    around = of_notes.api("neighbours", concept=TITIN, depth=1)["neighbours"]
    seen.until(rows.count, lambda count: count == len(around) + 1)
    seen.tab.click("#side >> text=Read the note")
    seen.tab.locator("#side .text", has_text="giant spring").wait_for()
    seen.tab.locator("#side .text a", has_text="calcium").click()
    seen.title("Calcium")
    seen.to(**{"from": TITIN, "to": "recovery/sleep", "pane": "path", "table": "1"})
    seen.tab.locator("#side .chain").wait_for()
    seen.tab.go_back()
    seen.title("Calcium")
    for _ in range(3):  # of its note and its card, and of the one before, back to the beginning
        seen.tab.go_back()
    seen.tab.locator("#side").wait_for(state="hidden")
    seen.until(rows.count, lambda count: count == 91)
    assert seen.told() == []
    seen.context.close()


def test_the_vault_is_taken_away_meanwhile(
    notes: Path, explore_once: Callable[..., Served], visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """What is known still shows, a note says that its file is gone; a reload says what to do."""
    vault = shutil.copytree(notes, tmp_path / "mine" / "notes")
    seen = visit(explore_once(vault)).open(concept=TITIN)
    seen.title("Titin")
    away = vault.rename(tmp_path / "away")
    seen.expected.append("503 ")
    seen.tab.click("#side >> text=Read the note")
    seen.settled()
    seen.until(
        seen.side.inner_text,
        lambda text: "its file is not at hand" in text or "vault" in text.lower(),
    )
    # Only then has the explorer itself seen it.
    seen.tab.locator("#notice", has_text="goes on by itself").wait_for()
    seen.tab.reload()
    notice = seen.tab.locator("#notice, #side .failure").first
    notice.wait_for()
    text = notice.inner_text()
    assert "notes" in text
    assert "Try again" in text
    away.rename(vault)
    notice.get_by_role("button", name="Try again").click()
    seen.ready()
    seen.title("Titin")
    seen.tab.locator("#notice").wait_for(state="hidden")


def test_a_vault_that_changes_meanwhile(
    notes: Path, explore_once: Callable[..., Served], visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """A note that was written since is there when the page is loaded anew."""
    vault = shutil.copytree(notes, tmp_path / "mine" / "notes")
    seen = visit(explore_once(vault)).open()
    (vault / "brand new.md").write_text("It leans on [[titin]].\n", encoding="utf-8")
    seen.tab.reload()
    seen.ready()
    seen.find("brand new")
    seen.tab.keyboard.press("Enter")
    seen.title("brand new")
    seen.lit("brand new", TITIN)


def test_the_explorer_is_ended_meanwhile(
    notes: Path, explore_once: Callable[..., Served], visit: Callable[..., Visit]
) -> None:
    """The map goes on; what has to be asked for says that it is gone, and how to start it."""
    served = explore_once(notes)
    seen = visit(served).open(concept=TITIN)
    seen.title("Titin")
    served.interrupt()
    seen.expected.append("net::ERR_")
    seen.tab.locator("#side a.concept", has_text="Calcium").first.click()
    failure = seen.tab.locator("#side .failure")
    failure.wait_for()
    assert "graphkit does not answer any more" in failure.inner_text()
    assert "graphkit explore" in failure.inner_text()
    seen.tab.fill("#find-box", "sleep")
    seen.tab.locator("#find .failure", has_text="graphkit does not answer any more").wait_for()
    assert "junction/calcium" in seen.drawn["lit"]


def test_a_map_file_that_cannot_be_used(
    notes: Path, explore_once: Callable[..., Served], visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """Is said above the page, which shows all else."""
    vault = shutil.copytree(notes, tmp_path / "mine" / "notes")
    (vault / "graphkit-map.json").write_text('{"graphkit-map": 1, <<<', encoding="utf-8")
    seen = visit(explore_once(vault)).open(concept=TITIN)
    seen.title("Titin")
    notice = seen.tab.locator("#notice")
    notice.filter(has_text="graphkit-map.json").wait_for()
    assert "It is not used" in notice.inner_text()
    notice.get_by_role("button", name="Close").click()
    notice.wait_for(state="hidden")


def test_a_saved_query_that_is_not_understood(
    make_vault: Callable[[dict[str, str]], Path],
    explore_once: Callable[..., Served],
    visit: Callable[..., Visit],
) -> None:
    """The others are listed, and it is said which file is meant, and where in it."""
    broken = {
        "a.md": "[[b]]",
        "queries/mine.cypher": "// Mine\n// $a (<b>colour</b>): what\nRETURN 1",
    }
    seen = visit(explore_once(make_vault(broken))).open()
    seen.tab.keyboard.press("q")
    seen.tab.locator("#panel-saved .query", has_text="Best-linked notes").wait_for()
    said = seen.tab.inner_text("#panel-saved .problem")
    assert "mine.cypher:2: this parameter is not understood." in said
