"""The console: queries are written, asked, cancelled and read, with the mouse and by keys."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.explorer.hostile import NAMES
from tests.explorer.test_journeys_comfort import grave

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

TITIN: Final = "muscle/titin"
ENDLESS: Final = "MATCH (a), (b), (c), (d) WHERE a.id + b.id + c.id = d.id RETURN count(*) AS n"
TWO: Final = (
    "MATCH (a:Note {id: 'muscle/titin'})-[r:LINKS_TO]->(b)"
    " RETURN a, head(collect(r)) AS r, b, b.id AS id ORDER BY id"
)
ROW: Final = "#console .grid-body [role=row]"


def write(visit: Visit, query: str) -> None:
    """Puts a query in the place of what is written."""
    visit.tab.locator("#console .cm-content").fill(query)


def ask(visit: Visit, query: str) -> str:
    """Writes and runs a query; what is said of its rows."""
    visit.tab.locator("#console .cm-content").wait_for()
    write(visit, query)
    visit.tab.keyboard.press("Control+Enter")
    return answered(visit)


def answered(visit: Visit) -> str:
    """Waits for the rows, or for what went wrong; what is said of it."""
    visit.tab.locator("#console:not([aria-busy])").wait_for()
    told = visit.tab.locator("#console .summary:visible, #console .failed:visible").first
    told.wait_for()
    return told.inner_text()


def cell(visit: Visit, row: int, column: int) -> Any:  # noqa: ANN401 - a locator
    """A cell, counted from 1."""
    place = f"{ROW}[aria-rowindex='{row + 1}'] [aria-colindex='{column}']"
    return visit.tab.locator(place)


def rows_of(served: Served, query: str, **more: Any) -> Any:  # noqa: ANN401 - JSON
    return served.post("query", {"query": query, **more}).told["rows"]


def test_one_writes_asks_and_reads(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """By keys: words are completed, rows are walked, and the map shows what they hold."""
    seen = visit(of_notes).open()
    press, tab = seen.tab.keyboard.press, seen.tab
    press("q")
    tab.locator("#console .cm-content:focus").wait_for()
    schema = of_notes.api("schema")
    tab.keyboard.type("MATCH (n:Unres")
    tab.locator(".cm-tooltip-autocomplete [aria-selected]", has_text="Unresolved").wait_for()
    press("Enter")
    tab.keyboard.type(")<-[r:")
    for type_ in schema["types"][:2]:
        tab.locator(".cm-tooltip-autocomplete li", has_text=type_).first.wait_for()
    press("Escape")
    tab.keyboard.type("LINKS_TO]-(m) WHERE m.tit")
    tab.locator(".cm-tooltip-autocomplete [aria-selected]", has_text="title").wait_for()
    press("Escape")
    assert seen.state["console"]
    told = ask(seen, TWO)
    wanted = rows_of(of_notes, TWO)
    assert told.startswith(f"{len(wanted)} rows in ")
    grid = tab.locator("#console [role=grid]")
    assert grid.get_attribute("aria-rowcount") == str(len(wanted) + 1)
    assert cell(seen, 1, 1).inner_text() == "Titin"
    assert cell(seen, 1, 4).inner_text() == wanted[0][3]
    ids = list(dict.fromkeys(row[3] for row in wanted))
    seen.lit(TITIN, *ids)
    cell(seen, 2, 4).hover()
    seen.lit(TITIN, ids[1])
    tab.mouse.move(600, 100)
    seen.lit(TITIN, *ids)
    cell(seen, 2, 4).get_by_role("button").focus()
    seen.lit(TITIN, ids[1])
    press("Control+End")
    seen.lit(TITIN, ids[-1])
    press("Control+Home")
    press("ArrowUp")
    assert tab.evaluate("() => document.activeElement.closest('[role=columnheader]').ariaColIndex")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Enter", "Enter"):
        press(key)
    assert tab.get_attribute("#console [aria-sort=descending]", "aria-colindex") == "4"
    assert cell(seen, 1, 4).inner_text() == max(ids)
    press("ArrowDown")
    press("Enter")
    seen.until(lambda: seen.state["concept"], lambda concept: concept == max(ids))
    around = [one["id"] for one in of_notes.api("neighbours", concept=max(ids))["neighbours"]]
    seen.lit(max(ids), *around)
    tab.click("#console >> text=Show on the map")
    seen.lit(TITIN, *ids)
    seen.side.get_by_role("button", name="Close").click()
    seen.lit(TITIN, *ids)


def test_a_bookmark_brings_the_query_back(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """It does not run by itself, nor does going back; of the console and the table one is open."""
    seen = visit(of_notes).open(console=1)
    press, tab = seen.tab.keyboard.press, seen.tab
    ask(seen, TWO)
    wanted = tab.locator(ROW).count()
    seen.goto(f"#{seen.hash}")
    tab.locator("#console .cm-content").wait_for()
    seen.until(
        lambda: tab.locator("#console .cm-line").all_inner_texts(), lambda lines: lines == [TWO]
    )
    assert "Ctrl-Enter runs" in tab.locator("#panel-rows").inner_text()
    assert tab.locator(ROW).count() == 0
    assert not [url for url in seen.requests if url.endswith("/api/query")][1:]
    tab.locator("#console .cm-content").focus()
    press("Control+Enter")
    answered(seen)
    assert tab.locator(ROW).count() == wanted
    assert ask(seen, "RETURN 1 AS one").startswith("1 row ")
    tab.go_back()
    seen.until(
        lambda: tab.locator("#console .cm-line").all_inner_texts(), lambda lines: lines == [TWO]
    )
    assert not tab.locator("#console .answer").is_visible()  # the rows are of another query
    tab.locator("#console .cm-content").focus()
    press("t")  # written, not heard
    assert seen.state["console"]
    press("Escape")
    seen.until(lambda: seen.state["console"], lambda console: not console)
    press("t")
    seen.until(lambda: seen.state["table"], bool)
    press("q")
    seen.until(
        lambda: (seen.state["table"], seen.state["console"]), lambda two: two == (False, True)
    )


def test_what_is_wrong_is_shown_where_it_is(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """Marked in the query and said; a query that goes on is cancelled, one that is cut says so."""
    seen = visit(of_notes).open(console=1)
    seen.expected.append("422 ")
    tab = seen.tab
    told = ask(seen, "MATCH (n)\nRETURN n.id AS id, nothing")
    assert "Line 2" in told
    assert tab.inner_text("#console .q-wrong") == "nothing"
    tab.keyboard.type(" x")
    assert tab.locator("#console .q-wrong").count() == 0
    told = ask(seen, "MATCH (n) SET n.x = 1")
    assert "SET is refused" in told
    assert tab.inner_text("#console .q-wrong") == "SET"
    ask(seen, "RETURN $what")
    assert tab.inner_text("#console .q-wrong") == "$what"
    write(seen, ENDLESS)
    tab.fill("#console-timeout", "300")
    tab.click("#console >> text=Run")
    tab.locator("#console >> text=/Running … [1-9] s/").wait_for()
    tab.keyboard.press("Escape")
    assert "Cancelled after" in answered(seen)
    assert tab.locator("#console button", has_text="Run").is_visible()
    write(seen, ENDLESS)
    tab.fill("#console-timeout", "1")
    tab.click("#console >> text=Run")
    tab.locator("#console button", has_text="Cancel").wait_for()
    assert "ran out of time (1 s)" in answered(seen)
    tab.fill("#console-limit", "5")
    told = ask(seen, "MATCH (n:Note) RETURN n.id AS id")
    assert "5 rows" in told
    assert "Only the first 5 rows" in told
    assert tab.locator(ROW).count() == 5
    assert "No rows" in ask(seen, "MATCH (n:Nobody) RETURN n")


def test_saved_queries_and_those_before(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """A form asks for parameters; a concept is named by its title; what was asked is kept here."""
    seen = visit(of_notes).open(console=1)
    tab = seen.tab
    saved = of_notes.api("queries")["queries"]
    entries = tab.locator("#panel-saved .query")
    seen.until(entries.count, lambda count: count == len(saved))
    tab.fill("#panel-saved input", "both linked")
    seen.until(entries.count, lambda count: count == 1)
    entries.click()
    first = tab.get_by_label("a", exact=False).first
    first.wait_for()
    tab.keyboard.type("slee")
    tab.locator("#console [role=option]", has_text="Sleep").first.click()
    tab.fill("#parameter-b-box", TITIN)
    tab.keyboard.press("Control+Enter")
    answered(seen)
    given = {"a": "Sleep", "b": TITIN}
    wanted = rows_of(of_notes, "common-neighbours", saved=True, parameters=given)
    assert tab.locator(ROW).count() == len(wanted)
    ask(seen, "MATCH (n) WHERE n.id IN $ids RETURN $what + 1 AS x, n.id AS id")
    assert "No value is given" in tab.inner_text("#console .failed")
    seen.expected.append("422 ")
    tab.fill("#parameter-ids", f'["{TITIN}"]')
    tab.fill("#parameter-what", "2")
    tab.keyboard.press("Control+Enter")
    seen.until(tab.locator(ROW).first.inner_text, lambda text: text.startswith("3"))
    assert [tab.locator(ROW).count(), cell(seen, 1, 1).inner_text()] == [1, "3"]
    seen.goto(f"#{seen.hash}")
    seen.until(lambda: tab.input_value("#parameter-what"), lambda told: told == "2")
    tab.click("#tab-history")
    past = tab.locator("#panel-history .query")
    seen.until(past.count, lambda count: count == 3)
    tab.locator("#panel-history .query", has_text="Common neighbours").click()
    answered(seen)
    assert tab.input_value("#parameter-a-box") == "Sleep"
    tab.click("#tab-history")
    seen.until(past.count, lambda count: count == 3)
    second = seen.context.new_page()
    second.goto(seen.address + "#console=1&query=RETURN+2+AS+two")
    second.click("#console >> text=Run")
    second.locator("#console .summary:visible").wait_for()
    second.close()
    tab.locator("#panel-history .forget").first.click()
    seen.until(past.count, lambda count: count == 3)  # that of the other page is there
    tab.locator("#panel-history code", has_text="RETURN 2 AS two").wait_for()
    tab.click("#panel-history >> text=Forget all")
    tab.locator("#panel-history >> text=No query has been asked").wait_for()
    assert visit(of_notes).open().tab.evaluate("() => Object.keys(localStorage).length") == 0


def test_a_value_is_read_as_it_was_written(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """From the history texts come back as texts, and null; what is no number is told of."""
    seen = visit(of_notes).open(console=1)
    seen.expected.append("422 |400 ")
    tab = seen.tab
    query = "RETURN $a + 'x' AS a, $b IS NULL AS b, $c + 'x' AS c, $d + 1 AS d"
    values = ['"2"', "null", '" c "', "3"]
    tab.locator("#console .cm-content").wait_for()
    write(seen, query)
    for name, value in zip("abcd", values, strict=True):
        tab.fill(f"#parameter-{name}", value)
    tab.keyboard.press("Control+Enter")
    told = rows_of(of_notes, query, parameters={"a": "2", "b": None, "c": " c ", "d": 3})
    assert told == [["2x", True, " c x", 4]]
    answered(seen)
    cells = [cell(seen, 1, column).text_content() for column in (1, 2, 3, 4)]
    assert cells == ["2x", "true", " c x", "4"]
    ask(seen, "RETURN 1 AS one")
    tab.click("#tab-history")
    tab.locator("#panel-history .query", has_text="IS NULL").click()
    answered(seen)
    assert [tab.input_value(f"#parameter-{name}") for name in "abcd"] == values
    assert [cell(seen, 1, column).text_content() for column in (1, 2, 3, 4)] == cells
    tab.click("#tab-saved")
    (saved,) = (one for one in of_notes.api("queries")["queries"] if one["name"] == "best-linked")
    tab.locator("#panel-saved .query", has_text=saved["title"]).first.click()
    answered(seen)
    tab.locator("#parameter-limit").focus()
    tab.keyboard.type("1e")
    tab.keyboard.press("Control+Enter")
    tab.locator("#console .failed", has_text="of the type integer").wait_for()


def test_the_focus_stays_on_what_runs_and_cancels(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Run is pressed by a key, Cancel in its place, and the focus is on Run again."""
    seen = visit(of_notes).open(console=1)
    seen.expected.append("422 ")
    tab = seen.tab
    tab.locator("#console .cm-content").wait_for()
    tab.fill("#console-timeout", "300")
    write(seen, ENDLESS)
    tab.locator("#console button", has_text="Run").focus()
    tab.keyboard.press("Enter")
    tab.locator("#console button:focus", has_text="Cancel").wait_for()
    tab.locator("#console >> text=/Running … [1-9] s/").wait_for()
    tab.keyboard.press("Enter")
    assert "Cancelled after" in answered(seen)
    tab.locator("#console button:focus", has_text="Run").wait_for()


def test_ten_thousand_rows_are_as_few_as_are_seen(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Only those in view are elements; keys reach the last; they are copied and saved whole."""
    seen = visit(of_notes, permissions=["clipboard-read", "clipboard-write"]).open(console=1)
    tab = seen.tab
    tab.locator("#console .cm-content").wait_for()
    tab.fill("#console-limit", "10000")
    numbers = (
        "UNWIND range(1, 10000) AS n RETURN n, 'a, \"b\"\n' + toString(n) AS text, [n, 'x'] AS l"
    )
    assert ask(seen, numbers).startswith("10,000 rows")
    rows = tab.locator(ROW)
    assert rows.count() < 60
    cell(seen, 1, 1).click()
    press = tab.keyboard.press
    press("Control+End")
    assert tab.evaluate("() => document.activeElement.textContent") == "10000, x"
    assert rows.count() < 60
    assert tab.get_attribute(f"{ROW} >> nth=-1", "aria-rowindex") == "10001"
    press("PageUp")
    press("Home")
    number = int(tab.evaluate("() => document.activeElement.textContent"))
    assert 9_900 < number < 10_000
    tab.locator("#console [role=grid]").evaluate("one => { one.scrollTop = 150000; }")
    seen.until(lambda: cell(seen, 5_001, 1).count(), lambda count: count == 1)
    assert tab.evaluate("() => document.activeElement.textContent") == str(number)
    tab.click("#console >> text=Copy")
    copied = tab.evaluate("() => navigator.clipboard.readText()").split("\n")
    assert copied[:2] == ["n\ttext\tl", '1\ta, "b" 1\t1, x']
    assert len(copied) == 10_001
    with tab.expect_download() as saved:
        tab.click("#console >> text=CSV")
    assert saved.value.suggested_filename == "notes-query.csv"
    text = saved.value.path().read_text(encoding="utf-8")
    table = list(csv.reader(io.StringIO(text, newline="")))
    assert table[0] == ["n", "text", "l"]
    assert table[10_000] == ["10000", 'a, "b"\n10000', '[10000,"x"]']
    ask(seen, "RETURN 9007199254740993 AS n, 'x' AS `n `")
    assert cell(seen, 1, 1).inner_text() == "9007199254740993"


def test_nothing_of_a_query_is_more_than_text(
    of_hostile_vault: Served, visit: Callable[..., Visit]
) -> None:
    """Rows, names of columns, parameters, labels to complete: each as it is written."""
    seen = visit(of_hostile_vault, width=1000).open(console=1)
    seen.tab.locator("#console .cm-content").wait_for()
    bad = "<img src=x onerror=alert(window.hacked=1)>"
    ask(seen, f"MATCH (n:Note) RETURN n.title AS `{bad}`, n, keys(n) AS `__proto__`, n.tags AS t")
    head = seen.tab.locator("#console [role=columnheader]").all_inner_texts()
    assert head[:3] == [bad, "n", "__proto__"]
    assert seen.asked("theirs") == []
    shown = set()
    grid = seen.tab.locator("#console [role=grid]")
    size = int(grid.get_attribute("aria-rowcount") or 0)
    for row in range(1, size, 8):
        grid.evaluate("(one, top) => { one.scrollTop = top; }", (row - 1) * 30)
        cell(seen, row, 1).wait_for()
        shown |= set(
            seen.tab.locator(f"{ROW} [aria-colindex='1']").evaluate_all(
                "all => all.map((one) => one.textContent)"
            )
        )
        assert seen.asked("theirs") == []
    titles = {name for name in NAMES if len(name) < 200}
    assert len(shown & titles) > 60
    cell(seen, size - 1, 2).get_by_role("button").focus()
    seen.tab.locator("#console .reader").wait_for()
    assert seen.asked("theirs") == []
    write(seen, "MATCH (n) WHERE n.x = $x RETURN n")
    seen.tab.fill("#parameter-x", bad)
    seen.tab.keyboard.press("Control+Enter")
    answered(seen)
    seen.tab.click("#tab-history")
    seen.tab.locator("#panel-history .query").first.wait_for()
    assert seen.asked("theirs") == []
    assert seen.tab.evaluate("() => window.hacked") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_console_stands_in_nobodys_way(
    theme: str, of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Saved queries, rows with a cell that is read, and a failure: axe-core has no objection."""
    seen = visit(of_notes, color_scheme=theme).open(console=1)
    seen.expected.append("422 ")
    seen.tab.locator("#panel-saved .query").first.wait_for()
    found = {"saved": grave(seen)}
    ask(seen, TWO)
    cell(seen, 2, 2).get_by_role("button").focus()
    seen.tab.locator("#console .reader").wait_for()
    found["rows"] = grave(seen)
    ask(seen, "RETURN $x")
    found["failure"] = grave(seen)
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize(
    "size", [(390, 780, 2), (600, 400, 2)], ids=["phone", "200 %"]
)  # width, height, pixels for each of them
def test_the_console_has_room_where_there_is_little(
    size: tuple[int, int, int], of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """All that can be pressed is reached, and rows are read."""
    width, height, ratio = size
    seen = visit(of_notes, width=width, height=height, device_scale_factor=ratio).open(console=1)
    seen.tab.locator("#panel-saved .query").first.wait_for()
    found = {"saved": seen.asked("unreached")}
    seen.tab.click("#panel-saved >> text=Best-linked notes")
    answered(seen)
    found["rows"] = seen.asked("unreached")
    box = seen.tab.locator("#console [role=grid]").bounding_box()
    assert box
    assert box["height"] > 90
    assert {name: told for name, told in found.items() if told} == {}
