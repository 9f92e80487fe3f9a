"""The page of a cluster in a real Chromium: its map, the ways through it and out of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.questions.cluster_card import cluster_meant
from graphkit.questions.map_changes import rename
from graphkit.views.cluster_page import READ_FIRST, cluster_page
from graphkit.views.page import Page, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.stores.embedded import EmbeddedStore
    from tests.views.conftest import Opened

HOSTILE = "<img src=x onerror=window.hacked=1></script><script>window.hacked=1</script>"


@pytest.fixture
def page(store: EmbeddedStore) -> Page:
    """The notes around a word, which are of several topics."""
    return cluster_page(store, cluster_meant(store, "motor unit", read=READ_FIRST))


def test_it_draws_the_notes_at_their_places(page: Page, show: Callable[[str], Opened]) -> None:
    """Nothing moves, nothing is asked for, and the picture is painted."""
    opened = show(render(page))
    opened.painted()
    places: Any = opened.tab.evaluate("graphkit.network.getPositions()")
    drawn = {page.nodes[int(number)].id: place for number, place in places.items()}
    wanted = {
        id_: {"x": round(point[0]), "y": round(point[1])} for id_, point in page.places.items()
    }
    assert drawn == wanted
    assert opened.errors == []
    assert len(opened.requests) == 1


def test_names_stand_beside_each_other(page: Page, show: Callable[..., Opened]) -> None:
    """No two names overlap, on a wide page and on a phone, and each topic's name is there."""
    for width in (1400, 390):
        opened = show(render(page), width=width)
        names: Any = opened.tab.evaluate(
            "graphkit.names().map(({ box, area }) => [box, area ? area.group : null])"
        )
        boxes = [box for box, _ in names]
        for number, (left, top, right, bottom) in enumerate(boxes):
            for other_left, other_top, other_right, other_bottom in boxes[:number]:
                apart = right <= other_left or other_right <= left
                assert apart or bottom <= other_top or other_bottom <= top
        topics = {group for _, group in names if group is not None}
        assert len(topics) >= (len(page.groups) if width > 1000 else 3)
        assert sum(group is None for _, group in names) >= (20 if width > 1000 else 3)


def test_a_phone_scrolls_in_one_direction_only(page: Page, show: Callable[..., Opened]) -> None:
    """At 390 pixels nothing sticks out of the page."""
    opened = show(render(page), width=390)
    opened.painted()
    assert opened.tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_topic_is_switched_off_from_the_keyboard(
    page: Page, show: Callable[[str], Opened]
) -> None:
    """Its notes go from the picture, and come back."""
    opened = show(render(page))
    group = page.groups[1]
    mine = [page.group_of.get(node.id) == 1 for node in page.nodes]
    hidden = "graphkit.network.body.data.nodes.get().map(node => Boolean(node.hidden))"
    box = opened.tab.get_by_label(group.name)
    box.focus()
    opened.tab.keyboard.press("Space")
    assert opened.tab.evaluate(hidden) == mine
    opened.tab.keyboard.press("Space")
    assert not any(opened.tab.evaluate(hidden))


def test_it_moves_when_it_is_told_to_and_goes_back(
    page: Page, show: Callable[[str], Opened]
) -> None:
    """The switch turns physics on; turned off again, each note is where it was."""
    opened = show(render(page))
    where = "JSON.stringify(graphkit.network.getPositions())"
    home = opened.tab.evaluate(where)
    opened.tab.click("text=Let it move")
    opened.tab.wait_for_function(f"home => {where} !== home", arg=home)
    assert opened.tab.get_attribute("#move", "aria-pressed") == "true"
    opened.tab.click("text=Let it move")
    assert opened.tab.evaluate(where) == home


def test_it_leads_through_the_notes_to_read(page: Page, show: Callable[[str], Opened]) -> None:
    """The list says why each comes where it does, and a button leads on from note to note."""
    opened = show(render(page))
    assert page.card is not None
    order = page.card.reading_order
    assert opened.tab.locator("#panel ol > li").count() == len(order) > 5
    first = opened.tab.locator("#panel ol > li").first.inner_text()
    assert order[0].because is not None
    assert order[0].because.sentence in first
    opened.tab.click(f"#panel ol >> text={order[0].title}")
    for number, step in enumerate(order, 1):
        assert opened.tab.inner_text("#panel h2") == step.title
        assert f"{number} of {len(order)}" in opened.tab.inner_text("#panel .walk")
        if number < len(order):
            opened.tab.click("text=Next →")
    assert opened.tab.get_by_text("Next →").is_disabled()
    opened.tab.click("#panel .back")
    assert opened.tab.inner_text("#panel h2") == "motor unit"


def test_a_note_says_what_ties_it_in(page: Page, show: Callable[[str], Opened]) -> None:
    """A click on its dot shows the sentence, the links, and those that lead out of the page."""
    opened = show(render(page))
    assert page.card is not None
    note = next(note for note in page.card.concepts if note.id == "control/size_principle")
    number = [node.id for node in page.nodes].index(note.id)
    opened.tab.mouse.click(*opened.at(number))
    assert opened.tab.inner_text("#panel h2") == note.title
    assert note.because is not None
    assert note.because.sentence in opened.tab.inner_text("#panel .because")
    links = [link for link in page.links if note.id in {link.source, link.target}]
    assert opened.tab.locator("#panel li").count() >= len(links)
    assert opened.tab.locator("tr.lit").count() == len(links)


def test_the_lines_of_a_chosen_note_stand_out(page: Page, show: Callable[[str], Opened]) -> None:
    """Those and no others, and none any more when the choice is taken back."""
    opened = show(render(page))
    bold = "graphkit.network.body.data.edges.get().filter(edge => edge.color.opacity > 0.5)"
    opened.tab.evaluate("graphkit.choose(3)")
    ends: Any = opened.tab.evaluate(f"{bold}.map(edge => [edge.from, edge.to])")
    numbers = {node.id: number for number, node in enumerate(page.nodes)}
    pairs = {frozenset((numbers[link.source], numbers[link.target])) for link in page.links}
    assert {frozenset(pair) for pair in ends} == {pair for pair in pairs if 3 in pair}
    opened.tab.click("#panel .back")
    assert opened.tab.evaluate(f"{bold}.length") == 0


def test_other_topics_stand_at_the_rim(page: Page, show: Callable[[str], Opened]) -> None:
    """Each is a button with its name; a click shows the sentences that join it."""
    opened = show(render(page))
    assert len(page.beyond) >= 4
    assert opened.tab.locator(".rim .chip").count() == len(page.beyond)
    other = page.beyond[0]
    opened.tab.locator(f".rim .chip[title={json.dumps(other.name)}]").click()
    assert opened.tab.inner_text("#panel h2") == other.name
    text = opened.tab.inner_text("#panel")
    for bridge in other.bridges:
        assert all(link.sentence in text for link in bridge.links)


def test_it_prints_on_white_with_everything_that_says_something(
    page: Page, show: Callable[..., Opened]
) -> None:
    """Buttons go; the picture, the list to read and the table stay."""
    opened = show(render(page), theme="dark")
    opened.tab.emulate_media(media="print")
    assert opened.tab.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    for gone in ("#find", "#theme", "#tools"):
        assert not opened.tab.is_visible(gone)
    for there in ("canvas", "#panel ol", "table", "#legend"):
        assert opened.tab.is_visible(there)
    assert opened.tab.pdf().count(b"/Type /Page\n") > 5


def test_hostile_names_execute_nothing(
    store_of: Callable[[dict[str, str]], EmbeddedStore], show: Callable[[str], Opened]
) -> None:
    """Names given by hand, titles, sentences and names of other topics are only ever text."""
    files = {}
    for number in range(24):
        ring = [number // 12 * 12 + (number + step) % 12 for step in (1, 5)]
        across = [12, 13] if number < 3 else []
        links = " ".join(f"[[n{other}]]" for other in ring + across)
        title, alias = json.dumps(f"{number} {HOSTILE}"), json.dumps(HOSTILE)
        head = f"---\ntitle: {title}\naliases: [{alias}]\n---\n"
        files[f"n{number}.md"] = f"{head}{HOSTILE} says {links}.\n"
    store = store_of(files)
    rename(store, "c1", f"c1 {HOSTILE}")
    rename(store, "c2", f"c2 {HOSTILE}")
    page = cluster_page(store, cluster_meant(store, "c1", read=READ_FIRST))
    opened = show(render(page))
    for number in range(len(page.nodes)):
        opened.tab.evaluate("number => graphkit.choose(number)", number)
    opened.tab.fill("#find", "<img")
    opened.tab.locator(".rim .chip").first.click()
    opened.tab.locator(".rim .chip").first.hover()
    assert HOSTILE in opened.tab.inner_text("#panel")
    assert opened.tab.evaluate("window.hacked") is None
    assert opened.tab.locator("img, svg, iframe").count() == 0
    assert opened.errors == []
    assert len(opened.requests) == 1


@pytest.mark.parametrize(
    "title", ["ل" * 300, "كيف تعمل العضلة", "🦵" * 40, "x" * 300, "a\u202eb\u0000c"]
)
def test_odd_titles_are_drawn(
    title: str,
    store_of: Callable[[dict[str, str]], EmbeddedStore],
    show: Callable[..., Opened],
) -> None:
    """300 letters, right to left, nothing but emoji, control characters."""
    told = json.dumps(title)
    files = {
        f"n{number}.md": f"---\ntitle: {told}\n---\n[[n{(number + 1) % 6}]] [[n{(number + 2) % 6}]]"
        for number in range(6)
    }
    store = store_of(files)
    opened = show(render(cluster_page(store, cluster_meant(store, "c1"))), width=390)
    opened.painted()
    assert opened.errors == []
    assert opened.tab.evaluate("document.documentElement.scrollWidth") <= 390
