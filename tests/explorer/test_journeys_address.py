"""What is shown stands in the address: to reload, to go back, to keep, to open another day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.explorer.browsing import Visit, exploring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.explorer.served import Served

TITIN, SLEEP = "muscle/titin", "recovery/sleep"


def what_is_seen(visit: Visit) -> dict[str, Any]:
    """What a person would say is shown, without the last pixel of where."""
    view = visit.drawn["view"]
    scale = view["scale"]
    x, y = ((view[wide] / 2 - view[side]) / scale for wide, side in
            (("width", "left"), ("height", "top")))  # fmt: skip
    lit, state = visit.drawn["lit"], visit.state
    state.pop("camera")
    text = visit.side.inner_text() if visit.side.is_visible() else ""
    return {"state": state, "lit": lit, "text": text, "at": [round(x, -1), round(y, -1)]}


@pytest.mark.parametrize(
    "told",
    [
        {"concept": TITIN, "depth": 2, "hide": ["c3", "c4"], "legend": 1},
        {"concept": TITIN, "pane": "note", "line": 17, "table": 1},
        {"from": TITIN, "to": SLEEP, "number": 2, "avoid": "junction/calcium", "pane": "path"},
        {"cluster": "c2", "pane": "cluster"},
        {"at": "0,0,0.5"},
    ],
    ids=lambda told: next(iter(told)),
)
def test_it_is_the_same_when_loaded_anew(
    told: dict[str, Any], of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """By a reload, in another tab, and with what it looks at moved by hand."""
    seen = visit(of_notes).open(**told)
    seen.settled()
    seen.tab.click("#zoom [aria-label=Nearer]")
    seen.rested()
    assert re.search(r"at=-?\d+%2C-?\d+%2C[\d.]+", seen.hash)
    before = what_is_seen(seen)
    for key, value in told.items():
        assert key == "at" or f"{key}=" in seen.hash, value
    seen.tab.reload()
    seen.ready()
    seen.settled()
    seen.rested()
    assert what_is_seen(seen) == before
    other = visit(of_notes)
    other.goto(f"#{seen.hash}")
    other.settled()
    other.rested()
    assert what_is_seen(other) == before


def test_back_and_forward_go_through_all_of_it(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Each thing that is chosen is a step; where one looks at is none of its own."""
    seen = visit(of_notes).open()
    seen.rested()
    steps = [what_is_seen(seen)]
    seen.find("titin")
    for pressed in (
        "#find [role=option]",
        "#side >> text=Read the note",
        "#tools >> text=Topics",
        "#tools >> text=Table",
    ):
        seen.tab.locator(pressed).first.click()
        seen.title("Titin")
        seen.settled()
        seen.tab.evaluate("() => graphkitTest.setCamera(100, 100, 0.5)")
        seen.rested()
        steps.append(what_is_seen(seen))
    for step in steps[-2::-1]:
        seen.tab.go_back()
        seen.settled()
        seen.rested()
        assert what_is_seen(seen) == step
    for step in steps[1:]:
        seen.tab.go_forward()
        seen.settled()
        seen.rested()
        assert what_is_seen(seen) == step


def test_a_bookmark_holds_another_day(
    notes: Path, surroundings: dict[str, str], tmp_path: Path, built_page: Path,
    chromium_with_gl: Browser,
) -> None:  # fmt: skip
    """The printed address opens; kept and given to ``graphkit explore``, it shows the same."""
    assert built_page.is_dir()
    graph = ["--vault", str(notes)]
    with exploring(graph, surroundings, tmp_path, "titin") as first:
        day = Visit(chromium_with_gl, f"http://{first.host}/")
        day.tab.goto(first.address)
        day.ready()
        assert "token" not in day.tab.url
        day.title("Titin")
        day.tab.click("#side label[for=depth-2]")
        day.rested()
        kept, before = day.tab.url, what_is_seen(day)
        first.interrupt()
        day.expected.append("net::ERR_|403 ")  # it looks for the explorer that has gone
    with exploring(graph, surroundings, tmp_path, kept, "--port", str(first.port)) as second:
        another = Visit(chromium_with_gl, f"http://{second.host}/")
        another.expected.append("403 ")
        another.tab.goto(kept)
        told = another.tab.locator("code").text_content()
        assert told == f"graphkit explore '{kept}'"
        another.tab.goto(second.address)
        another.ready()
        another.settled()
        another.rested()
        assert what_is_seen(another) == before
        assert another.told() == []
    assert day.told() == []
    day.context.close()
    another.context.close()


def test_what_an_address_tells_wrongly_is_as_at_the_start(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Depths, panes, places and lines that there are none of."""
    seen = visit(of_notes).open(
        concept=TITIN, depth="7", pane="x", at="1,NaN,-3", line="-1", hide="c999", number="0"
    )
    seen.title("Titin")
    state = seen.state
    assert (state["depth"], state["pane"], state["line"]) == (1, "card", None)


@pytest.mark.parametrize("gone", ["titinn", "muscle/titinn", "elsewhere/titin"])
def test_near_ones_are_offered_for_what_is_gone(
    gone: str, of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """An address of a note that was renamed or moved since leads on."""
    seen = visit(of_notes)
    seen.expected.append("404 ")
    seen.open(concept=gone)
    failure = seen.tab.locator("#side .failure")
    failure.wait_for()
    assert gone in failure.inner_text()
    failure.get_by_role("button", name="Titin").click()
    seen.title("Titin")
    assert seen.state["concept"] == TITIN
