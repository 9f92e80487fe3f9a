"""Whoever looks, on whatever: keys alone, a phone, large print, dark, few colours, no motion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

TITIN, SLEEP = "muscle/titin", "recovery/sleep"
SHOWN: dict[str, dict[str, Any]] = {
    "nothing": {},
    "card": {"concept": "junction/acetylcholine", "depth": 2},
    "note": {"concept": TITIN, "pane": "note", "line": 17},
    "path": {"from": TITIN, "to": SLEEP, "pane": "path", "avoid": "junction/calcium"},
    "legend": {"legend": 1, "cluster": "c1", "pane": "cluster", "hide": "c2"},
    "table": {"table": 1, "concept": TITIN},
}


def grave(visit: Visit) -> list[str]:
    """What axe-core finds serious or critical."""
    found = Axe().run(visit.tab).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_anybodys_way(
    theme: str, of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """With each of the panes, the table, the topics, the keys and the choices open."""
    seen = visit(of_notes, color_scheme=theme).open()
    told = {}
    for name, state in SHOWN.items():
        if state:
            seen.to(**state)
        seen.rested()
        told[name] = grave(seen)
    seen.tab.keyboard.press("?")
    seen.tab.locator("#help[open]").wait_for()
    told["keys"] = grave(seen)
    seen.tab.keyboard.press("Escape")
    seen.find("muscle")
    seen.tab.locator("#find [role=group]", has_text="In the text").wait_for()
    told["find"] = grave(seen)
    assert {name: found for name, found in told.items() if found} == {}


@pytest.mark.parametrize(
    "size", [(390, 780, 2), (600, 400, 2)], ids=["phone", "200 %"]
)  # width, height, pixels for each of them
def test_all_can_be_reached_where_there_is_little_room(
    size: tuple[int, int, int], of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Nothing goes on sideways, all can be reached and is large enough; topics stand in front."""
    width, height, ratio = size
    seen = visit(of_notes, width=width, height=height, device_scale_factor=ratio).open()
    told = {}
    for name, state in SHOWN.items():
        if state:
            seen.to(**state)
        seen.tab.locator("body").evaluate("() => scrollTo(0, 0)")
        told[name] = seen.asked("unreached")
        if name in {"card", "note", "path"}:
            box = seen.side.bounding_box()
            assert box
            assert box["height"] > 120
            assert box["y"] + box["height"] <= height + 1
    seen.tab.evaluate("() => document.activeElement.blur()")
    seen.tab.keyboard.press("?")
    seen.tab.locator("#help[open]").get_by_role("button", name="Close").click()
    seen.to(**SHOWN["card"])
    seen.tab.locator("#map").focus()
    seen.tab.keyboard.press("l")
    assert seen.tab.evaluate("() => document.activeElement.id") == "legend"
    chosen = seen.state["concept"]
    seen.tab.keyboard.press("Escape")
    seen.until(lambda: seen.state["legend"], lambda legend: not legend)
    assert seen.state["concept"] == chosen
    assert focused(seen) == "Topics"
    assert {name: found for name, found in told.items() if found} == {}


def focused(visit: Visit) -> str:
    """What has the focus, which has to be seen: an outline of its own, within the window."""
    told: dict[str, Any] = visit.asked("focused")
    assert told["outlined"], told
    assert told["seen"], told
    return str(told["name"])


def test_one_finds_reads_and_walks_by_keys_alone(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """No mouse, and the focus is always seen."""
    seen = visit(of_notes).open()
    press = seen.tab.keyboard.press
    press("Tab")
    assert "Skip" in focused(seen)
    press("/")
    assert focused(seen) == "find-box"
    seen.tab.keyboard.type("titin")
    seen.options.first.filter(has_text="Titin").wait_for()
    active = seen.tab.get_attribute("#find-box", "aria-activedescendant")
    assert seen.tab.get_attribute(f"#{active}", "aria-selected") == "true"
    press("Enter")
    seen.title("Titin")
    assert focused(seen) == "map"
    seen.rested()
    said = seen.tab.locator("#said")
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        press(arrow)
        if "Enter chooses it" in str(said.text_content()):
            break
    neighbour = str(said.text_content()).removesuffix(". Enter chooses it.")
    press("Enter")
    seen.title(neighbour)
    seen.to(concept=TITIN)
    press("n")
    walked_to(seen, "#side .text a[data-concept='junction/calcium']")
    press("Enter")
    seen.title("Calcium")
    assert seen.state["pane"] == "note"
    press("c")
    seen.tab.locator("#side >> text=Read the note").wait_for()
    press("3")
    seen.until(lambda: seen.state["depth"], lambda depth: depth == 3)


def test_path_table_topics_and_help_by_keys_alone(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """No mouse, the focus is always seen, and Escape lets go of one thing after the other."""
    seen = visit(of_notes).open(concept=TITIN)
    press = seen.tab.keyboard.press
    press("p")
    seen.title("Where to?")
    seen.until(lambda: focused(seen), lambda name: name == "find-box")
    seen.tab.keyboard.type("sleep")
    seen.options.first.filter(has_text="Sleep").wait_for()
    press("Enter")
    walked_to(seen, "#side button >> text=Next different path")
    press("Enter")
    seen.until(lambda: seen.state["path"]["number"], lambda number: number == 2)
    press("Escape")
    seen.until(lambda: seen.state["pane"], lambda pane: pane == "card")
    press("t")
    walked_to(seen, "#table th[data-column=links] button")
    press("Enter")
    assert seen.tab.get_attribute("#table th[data-column=links]", "aria-sort") == "descending"
    walked_to(seen, "#table tbody a >> nth=1")
    press("l")
    walked_to(seen, "#legend input >> nth=0")
    press("Space")
    seen.until(lambda: seen.state["hidden"], len)
    press("?")
    seen.tab.locator("#help[open]").wait_for()
    focused(seen)
    press("Escape")
    seen.tab.locator("#help").wait_for(state="hidden")
    for _ in range(4):
        press("Escape")
    seen.until(
        lambda: seen.state,
        lambda state: not (state["concept"] or state["table"] or state["legend"]),
    )


def walked_to(visit: Visit, selector: str) -> None:
    """Goes on by Tab until an element has the focus, which is seen at each stop."""
    wanted = visit.tab.locator(selector).first
    wanted.wait_for()
    for _ in range(160):
        visit.tab.keyboard.press("Tab")
        if visit.tab.evaluate("() => document.activeElement === document.body"):
            continue
        focused(visit)
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def test_colours_are_chosen_and_kept(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """The system's, light, dark: page and map change with the button, and stay so."""
    seen = visit(of_notes, color_scheme="dark").open()

    def paper() -> str:
        return str(seen.tab.evaluate("() => getComputedStyle(document.body).backgroundColor"))

    dark = paper()
    button = seen.tab.locator("#tools button[aria-label^='Colours']")
    assert button.get_attribute("aria-label") == "Colours: auto"
    button.click()
    light = paper()
    assert light != dark
    button.click()
    assert button.get_attribute("aria-label") == "Colours: dark"
    assert paper() == dark
    seen.tab.emulate_media(color_scheme="light")
    assert paper() == dark
    seen.tab.reload()
    seen.ready()
    assert paper() == dark
    button.click()
    assert button.get_attribute("aria-label") == "Colours: auto"
    assert paper() == light


def test_colours_that_are_forced(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """Where the system allows few colours, the page has these, and the map black and white."""
    seen = visit(of_notes, forced_colors="active").open(concept=TITIN)
    seen.title("Titin")
    seen.rested()
    assert seen.drawn["names"]
    inked = seen.tab.evaluate(
        """() => {
          const canvas = document.querySelector("#map canvas.sigma-lit");
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          let inked = 0;
          for (let at = 0; at < data.length; at += 4) inked += data[at + 3] > 200 && data[at] < 80;
          return inked;
        }"""
    )
    assert inked > 300
    pressed = seen.tab.locator("#tools >> text=Table")
    plain = pressed.evaluate("one => getComputedStyle(one).backgroundColor")
    pressed.click()
    assert pressed.evaluate("one => getComputedStyle(one).backgroundColor") != plain
    assert grave(seen) == []


def test_nothing_moves_for_who_wants_no_motion(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """The map is there at once, without a flight; for others it flies."""
    seen = visit(of_notes).open()
    seen.tab.evaluate(
        """() => {
          window.scales = new Set();
          const look = () => {
            scales.add(graphkitTest.drawn().view.scale);
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    seen.find("titin")
    seen.tab.keyboard.press("Enter")
    seen.title("Titin")
    seen.rested()
    assert seen.tab.evaluate("() => scales.size") == 2
    moving = seen.tab.evaluate("() => document.getAnimations().length")
    assert moving == 0
