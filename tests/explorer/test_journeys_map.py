"""The map as a person looks at it: areas, names, what is near, what is lit, hidden, pointed at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from tests.explorer.browsing import centre

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

TITIN = "muscle/titin"


def overlapping(visit: Visit) -> list[tuple[str, str]]:
    """Names on the map that stand upon each other."""
    boxes: list[dict[str, Any]] = visit.tab.evaluate("() => graphkitTest.boxes()")
    return [
        (one["text"], other["text"])
        for number, one in enumerate(boxes)
        for other in boxes[:number]
        if one["box"][0] < other["box"][2]
        and other["box"][0] < one["box"][2]
        and one["box"][1] < other["box"][3]
        and other["box"][1] < one["box"][3]
    ]


def painted(visit: Visit, layer: str) -> int:
    """How many pixels of a layer of the map have a colour."""
    count: int = visit.tab.evaluate(
        """layer => {
          const canvas = document.querySelector(`#map canvas.sigma-${layer}`);
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          let painted = 0;
          for (let place = 3; place < data.length; place += 4) painted += data[place] > 0;
          return painted;
        }""",
        layer,
    )
    return count


def test_from_afar_topics_are_named(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """All of the map is in view, its areas painted; the largest are named as they are called."""
    seen = visit(of_notes).open()
    areas = of_notes.api("areas")
    names = seen.until(lambda: seen.drawn["names"], len)
    for area in areas["clusters"][:3]:
        assert any(area["name"].startswith(name) for name in names)
    view = seen.drawn["view"]
    left, top, right, bottom = areas["box"]
    assert left * view["scale"] + view["left"] >= -1
    assert right * view["scale"] + view["left"] <= view["width"] + 1
    assert top * view["scale"] + view["top"] >= -1
    assert bottom * view["scale"] + view["top"] <= view["height"] + 1
    assert painted(seen, "land") > 20_000
    assert painted(seen, "lit") > 1_000


def test_nearer_there_are_parts_then_notes_then_their_names(
    of_shared_vault: Served, visit: Callable[..., Visit]
) -> None:
    """More is told the nearer one is; names never stand upon each other on the way."""
    seen = visit(of_shared_vault).open()
    clusters = of_shared_vault.api("areas")["clusters"]
    upper = [area for area in clusters if area["level"] == "upper"]
    lower = [area for area in clusters if area["level"] == "lower"]
    assert lower
    assert seen.drawn["links"] == 0
    told: dict[str, float] = {}
    x, y = upper[0]["at"]
    for scale in (0.04, 0.08, 0.12, 0.2, 0.4, 0.8):
        seen.tab.evaluate("([x, y, scale]) => graphkitTest.setCamera(x, y, scale)", [x, y, scale])
        seen.rested()
        assert overlapping(seen) == []
        drawn = seen.drawn
        if any(part["name"].startswith(name) for name in drawn["names"] for part in lower):
            told.setdefault("parts", scale)
        if drawn["links"]:
            told.setdefault("links", scale)
        boxes = seen.tab.evaluate("() => graphkitTest.boxes()")
        areas = {area["name"].split(",")[0] for area in clusters}
        if sum(box["text"].split(",")[0] not in areas for box in boxes) >= 10:
            told.setdefault("names", scale)
    assert told.keys() == {"parts", "links", "names"}
    assert told["parts"] < told["names"]


@pytest.mark.parametrize("width", [1200, 390])
def test_names_never_stand_upon_each_other(
    width: int, of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """From afar and near by, with much lit, with a path, on a narrow screen and a wide one."""
    seen = visit(of_notes, width=width).open()
    for scale in (0.1, 0.25, 0.5, 1.0):
        seen.look_at(TITIN, scale)
        seen.rested()
        assert overlapping(seen) == []
    for depth in (1, 3):
        seen.to(concept="neuromuscular_system", depth=depth)
        seen.rested()
        assert overlapping(seen) == []
    seen.to(**{"from": TITIN, "to": "recovery/sleep", "pane": "path"})
    seen.rested()
    assert overlapping(seen) == []


def test_a_click_chooses(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """The card of what is clicked; what is linked with it is lit, by one hop, two and three."""
    seen = visit(of_notes).open()
    seen.look_at(TITIN)
    seen.rested()
    seen.tab.mouse.click(*seen.at(TITIN))
    seen.title("Titin")
    for depth in (1, 2, 3):
        seen.tab.click(f"#side label[for=depth-{depth}]")
        told = of_notes.api("neighbours", concept=TITIN, depth=depth, limit=1000)["neighbours"]
        seen.lit(TITIN, *(one["id"] for one in told))
        assert seen.state["depth"] == depth
    seen.tab.focus("#map")
    seen.tab.keyboard.press("1")
    seen.until(lambda: seen.state["depth"], lambda depth: depth == 1)
    assert seen.tab.is_checked("#side input[value='1']")


def test_a_click_beside_lets_go(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """Nothing is chosen any more, nothing lit; the map has the room again."""
    seen = visit(of_notes).open(concept=TITIN)
    seen.title("Titin")
    seen.rested()
    box = seen.tab.locator("#map").bounding_box()
    assert box
    free = next(
        (box["x"] + x, box["y"] + y)
        for x in range(20, int(box["width"]) - 20, 37)
        for y in range(20, int(box["height"]) - 20, 41)
        if all(
            math.dist((box["x"] + x, box["y"] + y), seen.at(concept)) > 60
            for concept in seen.drawn["lit"]
        )
        and seen.tab.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('#map') !== null",
            [box["x"] + x, box["y"] + y],
        )
    )
    before = seen.state["concept"]
    seen.tab.mouse.click(*free)
    chosen = seen.until(lambda: seen.state["concept"], lambda concept: concept != before)
    if chosen is not None:  # another concept stood there, unlit
        pytest.fail(f"{chosen} is chosen")
    seen.lit()
    assert seen.side.is_hidden()


def test_a_click_into_an_area_enters_it(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """From afar, where there is no concept to choose: its card, and the map goes there."""
    seen = visit(of_notes).open()
    names = seen.until(lambda: seen.tab.evaluate("() => graphkitTest.boxes()"), len)
    x1, y1, x2, y2 = names[0]["box"]
    box = seen.tab.locator("#map").bounding_box()
    assert box
    seen.tab.mouse.click(box["x"] + (x1 + x2) / 2, box["y"] + (y1 + y2) / 2)
    seen.tab.locator("#side .kind", has_text="Topic").wait_for()
    heading = seen.tab.inner_text("#side h2")
    assert heading.startswith(names[0]["text"])
    assert "cluster=" in seen.hash


def test_the_pointer_shows_a_sentence(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """What a note is about; with one chosen, the words that link the two. No click is needed."""
    seen = visit(of_notes).open()
    seen.look_at(TITIN)
    seen.rested()
    seen.tab.mouse.move(*seen.at(TITIN))
    hint = seen.tab.locator("#hint")
    summary = of_notes.api("show", concept=TITIN)["summary"]
    hint.filter(has_text=summary).wait_for()
    assert "Titin" in hint.inner_text()
    assert seen.state["concept"] is None
    seen.tab.mouse.move(0, 0)
    hint.wait_for(state="hidden")
    seen.to(concept="junction/calcium")
    seen.look_at(TITIN)
    seen.rested()
    seen.tab.mouse.move(*seen.at(TITIN))
    hint.filter(has_text="When calcium rises the spring becomes stiffer").wait_for()
    assert seen.state["concept"] == "junction/calcium"


def test_the_buttons_leave_a_low_map_alone(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """Where they would cover half of it they are not there, and are again where there is room."""
    seen = visit(of_notes, height=200).open()
    seen.tab.locator("#zoom").wait_for(state="hidden")
    seen.tab.set_viewport_size({"width": 1200, "height": 800})
    seen.tab.locator("#zoom").wait_for(state="visible")


def test_wheel_drag_and_buttons_move_it(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """Nearer, farther, aside, and back to all of it; the address keeps where one is."""
    seen = visit(of_notes).open()
    whole = seen.drawn["view"]
    x, y = centre(seen.tab.locator("#map").bounding_box())
    seen.tab.mouse.move(x, y)
    seen.tab.mouse.wheel(0, -400)
    seen.until(lambda: seen.drawn["view"]["scale"], lambda scale: scale > whole["scale"] * 1.1)
    seen.rested()
    wheeled = seen.drawn["view"]
    seen.tab.click("#zoom [aria-label=Nearer]")
    seen.rested()
    near = seen.drawn["view"]
    assert near["scale"] > wheeled["scale"] * 1.2
    seen.tab.mouse.move(x, y)
    seen.tab.mouse.down()
    seen.tab.mouse.move(x + 60, y + 20, steps=4)
    seen.tab.mouse.move(x + 120, y + 40, steps=4)
    seen.tab.mouse.up()
    seen.rested()
    dragged = seen.drawn["view"]
    assert dragged["left"] > near["left"] + 60
    assert seen.state["concept"] is None
    assert "at=" in seen.hash
    seen.tab.click("#zoom [aria-label='All of the map']")
    seen.until(
        lambda: seen.drawn["view"]["scale"],
        lambda scale: math.isclose(scale, whole["scale"], rel_tol=0.02),
    )
    seen.until(lambda: seen.hash, lambda told: "at=" not in told)


def test_fingers_move_it(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """Two that part go nearer, and the page itself stays as it is; one that taps chooses."""
    seen = visit(of_notes, width=390, height=800, has_touch=True).open()
    before = seen.drawn["view"]["scale"]
    x, y = centre(seen.tab.locator("#map").bounding_box())
    device = seen.context.new_cdp_session(seen.tab)

    def touch(kind: str, apart: float) -> None:
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        device.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [] if kind == "touchEnd" else points},
        )

    touch("touchStart", 20)
    for apart in (30, 45, 60, 80, 100):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    seen.until(lambda: seen.drawn["view"]["scale"], lambda scale: scale > before * 1.5)
    assert seen.tab.evaluate("() => visualViewport.scale") == 1
    seen.look_at(TITIN)
    seen.rested()
    seen.tab.touchscreen.tap(*seen.at(TITIN))
    seen.title("Titin")


def test_topics_are_hidden_and_shown(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """What is hidden is not drawn, not named, not in the table, not to be clicked."""
    seen = visit(of_notes).open(legend="1", table="1")
    areas = of_notes.api("areas")["clusters"]
    rows = seen.tab.locator("#table tbody tr")
    seen.until(rows.count, lambda count: count > 60)
    before = rows.count()
    lines = seen.tab.locator("#legend .topic-line")
    assert lines.locator(".size").all_inner_texts() == [str(area["size"]) for area in areas]
    own = of_notes.api("show", concept=TITIN)["cluster"]
    place = [area["id"] for area in areas].index(own)
    lines.nth(place).locator("input").uncheck()
    seen.until(rows.count, lambda count: count <= before - areas[place]["size"] + 1)
    assert f"hide={own}" in seen.hash
    first = areas[place]["name"].split(",")[0]
    seen.until(lambda: seen.drawn["names"], lambda names: not any(first in name for name in names))
    assert seen.tab.locator(f"#table tr[data-concept='{TITIN}']").count() == 0
    seen.look_at(TITIN)
    seen.rested()
    seen.tab.mouse.move(*seen.at(TITIN))
    seen.tab.mouse.click(*seen.at(TITIN))
    seen.rested()
    assert seen.state["concept"] != TITIN
    seen.tab.click("#legend >> text=Show all")
    seen.until(lambda: seen.state["hidden"], lambda hidden: not hidden)
    assert lines.nth(place).locator("input").is_checked()


def test_a_topic_is_entered_and_read(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """From the legend: what to read first, its notes with their reasons, bridges to others."""
    seen = visit(of_notes).open(legend="1")
    topic = of_notes.api("areas")["clusters"][1]
    told = of_notes.api("cluster", name=topic["id"], read=12)
    seen.tab.locator("#legend button.topic", has_text=topic["name"]).click()
    seen.title(topic["name"])
    first = seen.tab.locator("#side ol.reading > li")
    titles = first.locator("a.concept").first
    assert titles.inner_text() == told["reading_order"][0]["title"]
    assert first.count() == len(told["reading_order"])
    text = seen.side.inner_text()
    assert f"{topic['size']} notes" in text
    assert all(one["title"] in text for one in told["concepts"])
    seen.rested()
    view = seen.drawn["view"]
    x, y = topic["at"]
    assert abs(x * view["scale"] + view["left"] - view["width"] / 2) < view["width"] / 2
    assert abs(y * view["scale"] + view["top"] - view["height"] / 2) < view["height"] / 2
    first.locator("a.concept").first.click()
    seen.title(told["reading_order"][0]["title"])
