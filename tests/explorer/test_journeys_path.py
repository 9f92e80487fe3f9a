"""From one concept to another, read step by step; and the table that follows what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

TITIN, SLEEP = "muscle/titin", "recovery/sleep"
BOTH: dict[str, Any] = {"from": TITIN, "to": SLEEP, "pane": "path"}


def stops(visit: Visit) -> list[str]:
    """The titles along the path that is read."""
    return visit.tab.locator("#side .chain .stop a").all_inner_texts()


def titles(path: dict[str, Any]) -> list[str]:
    return [concept["title"] for concept in path["concepts"]]


def reads(visit: Visit, path: dict[str, Any]) -> None:
    """Waits until a path is read, concept by concept."""
    visit.until(lambda: stops(visit), lambda told: told == titles(path))


def ids(path: dict[str, Any]) -> list[str]:
    return [concept["id"] for concept in path["concepts"]]


@pytest.fixture
def paths(of_notes: Served) -> list[dict[str, Any]]:
    """The three different paths between the two."""
    told: list[dict[str, Any]] = of_notes.api("path", **{"from": TITIN, "to": SLEEP, "k": 3})[
        "paths"
    ]
    return told


@pytest.mark.parametrize("way", ["card", "find", "map"])
def test_two_concepts_are_chosen(
    way: str, of_notes: Served, visit: Callable[..., Visit], paths: list[dict[str, Any]]
) -> None:
    """The first on its card; the other on its card, in the find box, or on the map."""
    seen = visit(of_notes).open(concept=TITIN)
    seen.tab.click("#side >> text=Path from here")
    seen.title("Where to?")
    assert seen.tab.get_attribute("#find-box", "placeholder") == "The other end of the path"
    if way == "map":
        seen.look_at(SLEEP)
        seen.rested()
        seen.tab.mouse.click(*seen.at(SLEEP))
    elif way == "find":
        seen.find("sleep")
        seen.tab.keyboard.press("Enter")
    else:
        seen.to(**{"concept": SLEEP, "from": TITIN})
        seen.title("Sleep")
        seen.tab.click("#side >> text=Path to here")
    seen.title(f"{paths[0]['hops']} steps")
    assert stops(seen) == titles(paths[0])
    seen.lit(*ids(paths[0]))


def test_each_step_is_read(
    of_notes: Served, visit: Callable[..., Visit], paths: list[dict[str, Any]]
) -> None:
    """Who says it, in which sentence, under which heading and at what line; all of it is lit."""
    seen = visit(of_notes).open(**BOTH)
    seen.title(f"{paths[0]['hops']} steps")
    rows = seen.tab.locator("#side .chain > li")
    for number, step in enumerate(paths[0]["steps"], 1):
        text = " ".join(rows.nth(number).inner_text().split())
        assert any(" ".join(link["sentence"].split()) in text for link in step["links"])
        assert f"{step['from']['title']} says:" in text or f"{step['to']['title']} says:" in text
        assert "line " in text
        if len(step["links"]) > 1:
            rows.nth(number).locator("button", has_text="more").click()
            assert rows.nth(number).locator(".said:visible").count() == len(step["links"])
    rows.nth(1).locator("a.place").first.click()
    seen.until(lambda: seen.state["pane"], lambda pane: pane == "note")
    seen.tab.go_back()
    seen.title(f"{paths[0]['hops']} steps")


def test_the_next_different_path(
    of_notes: Served, visit: Callable[..., Visit], paths: list[dict[str, Any]]
) -> None:
    """And the next, and the first again; the address says which."""
    seen = visit(of_notes).open(**BOTH)
    for number in (2, 3):
        seen.tab.click("#side >> text=Next different path")
        reads(seen, paths[number - 1])
        assert f"number={number}" in seen.hash
        seen.lit(*ids(paths[number - 1]))
    seen.tab.go_back()
    reads(seen, paths[1])
    seen.tab.click("#side >> text=First path")
    reads(seen, paths[0])


def test_one_is_avoided_another_gone_through(
    of_notes: Served, visit: Callable[..., Visit], paths: list[dict[str, Any]]
) -> None:
    """The chain goes round the one and by the other, until both are taken away again."""
    seen = visit(of_notes).open(**BOTH)
    inner = paths[0]["concepts"][1]
    seen.tab.click(f"#side [aria-label='Avoid {inner['title']}']")
    seen.until(lambda: stops(seen), lambda told: told and inner["title"] not in told)
    assert seen.state["path"]["avoid"] == [inner["id"]]
    seen.tab.fill("#through-box", "dopamine")
    seen.tab.locator("#through-list [role=option]", has_text="Dopamine").first.click()
    seen.until(lambda: stops(seen), lambda told: "Dopamine" in told)
    assert inner["title"] not in stops(seen)
    assert "through=control%2Fdopamine" in seen.hash
    for chip in ("through Dopamine", f"not by {inner['title']}"):
        seen.tab.locator("#side .chip", has_text=chip).click()
    reads(seen, paths[0])


def test_it_is_turned_round_and_let_go(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """Read from the other end; then another end is chosen."""
    seen = visit(of_notes).open(**BOTH)
    seen.tab.click("#side [aria-label='Read it the other way round']")
    seen.until(lambda: stops(seen), lambda told: told and told[0] == "Sleep")
    assert stops(seen)[-1] == "Titin"
    seen.tab.locator("#side .end").last.click()
    seen.title("Where to?")
    seen.tab.locator("#find >> text=Let go").click()
    seen.until(lambda: seen.state["path"], lambda path: path is None)


def test_no_path_is_said(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """With what may help."""
    around = of_notes.api("neighbours", concept=TITIN, depth=1)["neighbours"]
    seen = visit(of_notes).open(**BOTH, avoid=[one["id"] for one in around])
    seen.title("No path")
    assert "No chain of links joins the two like this" in seen.side.inner_text()
    assert "let a concept in again" in seen.side.inner_text()


def test_the_table_lists_what_is_on_the_map(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """The whole map, what is around a concept with its hops, a path's steps in their order."""
    seen = visit(of_notes).open()
    seen.tab.click("#tools >> text=Table")
    rows = seen.tab.locator("#table tbody tr")
    seen.until(rows.count, lambda count: count == 91)
    assert "table=1" in seen.hash
    seen.to(concept=TITIN, table="1")
    seen.tab.locator("#table h2", has_text="Around Titin").wait_for()
    told = of_notes.api("neighbours", concept=TITIN, depth=1)["neighbours"]
    assert rows.count() == len(told) + 1
    row = seen.tab.locator(f"#table tr[data-concept='{TITIN}']")
    assert row.get_attribute("aria-current") == "true"
    assert row.locator("td").all_inner_texts()[-1] == "0"
    seen.to(**BOTH, table="1")
    path = of_notes.api("path", **{"from": TITIN, "to": SLEEP})["paths"][0]
    seen.until(rows.locator("th").all_inner_texts, lambda told: told == titles(path))


def test_the_table_is_sorted_and_leads_on(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """By each column, both ways, as its heads say; a row chooses, and the selection follows."""
    seen = visit(of_notes).open(table="1")
    rows = seen.tab.locator("#table tbody tr")
    seen.until(rows.count, lambda count: count > 60)
    head = seen.tab.locator("#table th[data-column=title]")
    names = rows.locator("th a")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    ordered = names.evaluate_all("all => all.map((one) => one.firstChild.data)")
    assert ordered == sorted(ordered, key=str.casefold)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    turned = names.evaluate_all("all => all.map((one) => one.firstChild.data)")
    assert turned == ordered[::-1]
    links = seen.tab.locator("#table th[data-column=links]")
    links.locator("button").click()
    assert links.get_attribute("aria-sort") == "descending"
    place = [column.strip() for column in seen.tab.locator("#table thead th").all_inner_texts()]
    at = next(number for number, name in enumerate(place) if name.startswith("Links"))
    counts = [int(row.locator("td").nth(at - 1).inner_text()) for row in rows.all()[:20]]
    assert counts == sorted(counts, reverse=True)
    seen.tab.click(f"#table tr[data-concept='{TITIN}'] td >> nth=0")
    seen.title("Titin")


def test_the_table_is_copied(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """As text with tabs, which a spreadsheet understands; and it is said."""
    seen = visit(of_notes, permissions=["clipboard-read", "clipboard-write"])
    seen.open(concept=TITIN, table="1")
    seen.tab.locator("#table h2", has_text="Around Titin").wait_for()
    rows = seen.tab.locator("#table tbody tr").count()
    seen.tab.click("#table >> text=Copy")
    said = seen.tab.locator("#said")
    seen.until(said.text_content, lambda text: f"Copied {rows} rows" in str(text))
    lines = seen.tab.evaluate("() => navigator.clipboard.readText()").strip().split("\n")
    assert len(lines) == rows + 1
    assert {line.count("\t") for line in lines} == {4}
    assert any(line.startswith("Titin\tnote\t") for line in lines)
