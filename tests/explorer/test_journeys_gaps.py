"""What is missing: drawn dashed, with its reasons; the link is copied, the gap dismissed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from graphkit.vault.map_file import NAME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

DOPAMINE = "control/dopamine"


@pytest.fixture(scope="module")
def vault(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example notes that may be written."""
    return shutil.copytree(notes, tmp_path_factory.mktemp("gaps") / "notes")


@pytest.fixture(scope="module")
def mine(explore: Callable[..., Served], vault: Path) -> Served:
    return explore("--vault", vault)


def pairs(gaps: list[dict[str, Any]]) -> list[list[str]]:
    return [[gap["a"]["id"], gap["b"]["id"]] for gap in gaps]


def dashed(seen: Visit, wanted: list[list[str]]) -> None:
    """Waits until just these pairs are joined by dashed lines."""
    seen.until(lambda: sorted(seen.drawn["dashed"]), lambda drawn: drawn == sorted(wanted))


def focused(seen: Visit) -> str:
    told: str = seen.tab.evaluate("() => document.activeElement.textContent")
    return told


def test_gaps_of_a_concept(mine: Served, vault: Path, visit: Callable[..., Visit]) -> None:
    """One reads why, copies the link, dismisses one, thinks better of it; another page agrees."""
    seen = visit(mine, permissions=["clipboard-read", "clipboard-write"]).open(concept=DOPAMINE)
    seen.title("Dopamine")
    seen.tab.keyboard.press("g")
    told = mine.api("gaps", concept=DOPAMINE)
    dashed(seen, pairs(told["gaps"]))
    seen.lit(DOPAMINE, *(gap["b"]["id"] for gap in told["gaps"]))
    rows = seen.tab.locator("#side .gap")
    assert rows.count() == len(told["gaps"])
    for place, gap in enumerate(told["gaps"]):
        row = " ".join(rows.nth(place).inner_text().split())
        assert row.startswith(gap["b"]["title"])
        assert gap["paste"]["link"] in row
        assert all(" ".join(reason["sentence"].split()) in row for reason in gap["reasons"])
    first = told["gaps"][0]
    paste = first["paste"]
    address = rows.first.locator(".paste .place").get_attribute("href")
    assert address == f"#concept={quote(paste['note'], safe='')}&line={paste['line']}&pane=note"
    editors = seen.tab.locator("#side .gap a[href^='vscode:']")
    assert [editors.nth(place).get_attribute("href") for place in range(editors.count())] == (
        told["editors"]
    )
    rows.first.locator("text=Copy link").press("Enter")
    rows.first.locator("text=Copied").wait_for()
    assert seen.tab.evaluate("() => navigator.clipboard.readText()") == paste["link"]

    rows.first.get_by_label("Dismiss").press("Enter")
    rows.first.locator("text=is no gap any more").wait_for()
    assert focused(seen) == "Undo"
    dashed(seen, pairs(told["gaps"][1:]))
    pair = sorted((first["a"]["id"], first["b"]["id"]))
    file = vault / NAME
    assert json.loads(file.read_bytes())["dismissed"] == [pair]
    other = visit(mine).open(concept=DOPAMINE, pane="gaps")
    other.title("Dopamine")
    left = mine.api("gaps", concept=DOPAMINE)["gaps"]
    dashed(other, pairs(left))
    assert pair[1] not in {gap["b"]["id"] for gap in left}
    summary = other.tab.locator("#side summary", has_text="1 pair dismissed")
    summary.press("Enter")

    seen.tab.keyboard.press("Enter")
    rows.first.locator("text=Copy link").wait_for()
    assert focused(seen) == first["b"]["title"]
    dashed(seen, pairs(told["gaps"]))
    assert "dismissed" not in json.loads(file.read_bytes())
    taken = other.tab.locator("#side details li")
    taken.locator("text=Take back").press("Enter")
    taken.locator("text=may be a gap again").wait_for()

    seen.tab.keyboard.press("c")
    seen.title("Dopamine")
    dashed(seen, [])
    seen.tab.click("#side >> text=Gaps")
    dashed(seen, pairs(told["gaps"]))


def test_of_two_topics_and_of_all(mine: Served, visit: Callable[..., Visit]) -> None:
    """Between two topics, of all notes, and where there is nothing to say."""
    seen = visit(mine).open(pane="gaps", cluster="c1", other="c2")
    told = mine.api("gaps", a="c1", b="c2")["gaps"]
    dashed(seen, pairs(told))
    for place, gap in enumerate(told):
        names = seen.tab.locator("#side .gap").nth(place).locator(".joins a").all_inner_texts()
        assert names == [gap["a"]["title"], gap["b"]["title"]]
    row = seen.tab.locator("#side .gap").nth(1)
    row.locator(".joins a").last.press("Enter")
    seen.title(told[1]["b"]["title"])
    seen.tab.go_back()
    dashed(seen, pairs(told))
    row.hover()
    bold = {told[1]["a"]["title"], told[1]["b"]["title"]}
    seen.until(lambda: set(seen.drawn["names"]), lambda names: bold <= names)
    seen.tab.locator("#map").focus()
    seen.tab.keyboard.press("Escape")
    seen.until(lambda: seen.state["cluster"], lambda cluster: cluster is None)
    seen.tab.keyboard.press("g")
    seen.title("What is missing")
    dashed(seen, pairs(mine.api("gaps")["gaps"]))
    seen.to(concept="substantia nigra", pane="gaps")
    seen.tab.locator("#side", has_text="nothing can be said of its gaps").wait_for()
    assert seen.drawn["dashed"] == []


def test_a_map_file_that_cannot_be_used(
    mine: Served, vault: Path, visit: Callable[..., Visit]
) -> None:
    """Dismissing says what is wrong with it, and what to do; trying again does it then."""
    seen = visit(mine).open(concept=DOPAMINE, pane="gaps")
    row = seen.tab.locator("#side .gap").first
    row.wait_for()
    file = vault / NAME
    before = file.read_text(encoding="utf-8") if file.exists() else '{"graphkit-map": 1}'
    file.write_text("{", encoding="utf-8")
    seen.expected.append("503 ")
    row.get_by_label("Dismiss").press("Enter")
    row.locator(".failure", has_text=NAME).wait_for()
    assert "Mend it" in row.inner_text()
    file.write_text(before, encoding="utf-8")
    row.locator("text=Try again").press("Enter")
    row.locator("text=is no gap any more").wait_for()
    assert len(json.loads(file.read_bytes())["dismissed"]) == 1
