"""A vault of attacks, walked through in a real Chromium: nothing of it is more than text.

That no dialog opens, nothing is asked of another host and the browser has nothing to complain
about is asserted where ``visit`` ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.explorer.hostile import BODIES, FILES, NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served


def theirs(visit: Visit) -> list[str]:
    """What stands in the page, or happened in it, that only the vault can have brought in."""
    found: list[str] = visit.asked("theirs")
    return found


def shown(visit: Visit, title: str) -> None:
    """Waits until a title stands beside the map, letter by letter, with nothing foreign."""
    visit.until(lambda: visit.tab.text_content("#side h2"), lambda text: text == title)
    assert theirs(visit) == []


def words(visit: Visit, selector: str) -> list[str]:
    """The words of links, without what is added for who listens."""
    links = visit.tab.locator(selector)
    found: list[str] = links.evaluate_all("all => all.map((one) => one.firstChild.data)")
    return found


def test_there_are_enough() -> None:
    """At least eighty of them, and each once."""
    assert len({*NAMES, *FILES, *BODIES}) >= 80
    assert len({*NAMES}) == len(NAMES)


def test_what_is_foreign_is_seen(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """The other tests would notice an element, an address or a handler that is not the page's."""
    seen = visit(of_hostile_vault, width=820, height=420).open()
    assert theirs(seen) == []
    seen.expected.append("Content Security Policy")
    for number, html in enumerate(
        ("<svg></svg>", "<a href='javascript:0'>a</a>", "<p onclick='0'>p</p>"), 1
    ):
        seen.tab.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", html)
        assert len(theirs(seen)) == number


def test_on_cards(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """Titles and aliases are shown as they are written; sentences, headings and tags are text."""
    seen = visit(of_hostile_vault, width=820, height=420).open()
    for number, name in enumerate(NAMES):
        assert seen.to(concept=f"n{number}") == " ".join(name.split())
        assert theirs(seen) == []
        also = seen.tab.text_content("#side .also") or ""
        assert f"{' '.join(name.split())} alias" in also
        assert seen.tab.locator("#side .said").count() >= 3


def test_in_notes(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """What stands in a note is read, and does nothing."""
    seen = visit(of_hostile_vault, width=820, height=420).open()
    for number, name in enumerate(NAMES):
        told = {"concept": f"n{number}", "pane": "note", "line": 9 + number % 9}
        assert seen.to(**told) == " ".join(name.split())
        assert theirs(seen) == []
    for number in range(len(BODIES)):
        assert seen.to(concept=f"bodies/b{number}", pane="note") == f"Body {number}"
        assert theirs(seen) == []
        assert "It begins with" in (seen.tab.text_content("#side .text") or "")


def test_as_names_of_files(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """Each file is found by its name in the address, as a card and as a note."""
    seen = visit(of_hostile_vault, width=820, height=420).open()
    for file in FILES:
        for pane in ("card", "note"):
            assert seen.to(concept=file, pane=pane) == file.rpartition("/")[2]
            assert theirs(seen) == []
            assert "It is near" in (seen.tab.text_content("#side") or "")


def test_under_the_pointer(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """The hint on the map."""
    seen = visit(of_hostile_vault, width=820, height=420).open()
    for number, name in [*enumerate(NAMES)][::6]:
        seen.tab.mouse.move(0, 0)
        seen.look_at(f"n{number}")
        seen.tab.mouse.move(*seen.at(f"n{number}"))
        seen.tab.locator("#hint", has_text=" ".join(name.split())).wait_for()
    assert theirs(seen) == []


def test_as_topics(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """Each topic in the legend is shown by its name, is entered and read, hidden and shown."""
    seen = visit(of_hostile_vault, width=820, height=420).open(legend="1")
    names = [
        area["name"]
        for area in of_hostile_vault.api("areas")["clusters"]
        if area["level"] == "upper"
    ]
    assert len({*names} & {*NAMES}) >= 10
    buttons = seen.tab.locator("#legend .topic-line button.topic")
    assert buttons.all_text_contents() == names
    assert theirs(seen) == []
    for number, name in enumerate(names):
        buttons.nth(number).click()
        shown(seen, name)
        seen.tab.locator("#legend .topic-line input").nth(number).click()
    seen.tab.click("#legend >> text=Show all")
    assert theirs(seen) == []


def test_in_the_table(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """Titles and topics in rows, sorted by each column."""
    seen = visit(of_hostile_vault, width=820, height=420).open(table="1")
    seen.tab.locator("#table tbody tr").first.wait_for()
    for column in ("title", "kind", "topic", "links"):
        seen.tab.click(f"#table [data-column={column}] button")
        assert theirs(seen) == []
    rows = {*words(seen, "#table tbody th a")}
    assert {" ".join(name.split()) for name in NAMES} <= rows


def test_in_the_find_box(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """What is typed is said as it is, and what is offered is named as it is; one is chosen."""
    seen = visit(of_hostile_vault, width=820, height=420).open()
    seen.expected.append("400 ")  # what has no words cannot be searched for in the text
    for name in NAMES[::3]:
        title = " ".join(name.split())
        seen.find(title[:80])
        assert theirs(seen) == []
    seen.find("<script>alert")
    first = seen.options.first.locator(".name").text_content()
    assert first in NAMES
    seen.tab.press("#find-box", "Enter")
    shown(seen, str(first))


def test_on_paths(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """A path is read step by step, its further sentences opened."""
    seen = visit(of_hostile_vault, width=820, height=420).open()
    for number in range(0, len(NAMES) - 9, 9):
        seen.to(**{"from": f"n{number}", "to": f"n{number + 2}", "pane": "path"})
        stops = words(seen, "#side .chain .stop a")
        assert stops[0] == " ".join(NAMES[number].split())
        assert stops[-1] == " ".join(NAMES[number + 2].split())
        for more in seen.tab.locator("#side .chain button", has_text="more").all():
            more.click()
        assert theirs(seen) == []


@pytest.mark.parametrize("key", ["concept", "cluster", "from"])
def test_in_the_address(key: str, of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """Whatever an address tells, it is said that there is no such thing."""
    seen = visit(of_hostile_vault, width=820, height=420).open()
    seen.expected.append("40[049] ")
    pane = {"cluster": "cluster", "from": "path"}.get(key, "card")
    for name in NAMES[::4]:
        gone = f"{name} gone"
        seen.to(**{key: gone, "to": gone, "pane": pane, "hide": gone, "at": name, "line": name})
        assert seen.tab.locator("#side .failure, #side .path").count() == 1
        assert theirs(seen) == []
