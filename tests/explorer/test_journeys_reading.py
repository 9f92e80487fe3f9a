"""Find a concept, read its card and its note, walk on, as a person does it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.explorer.browsing import centre, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

TITIN = "muscle/titin"
ACETYLCHOLINE = "junction/acetylcholine"


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_a_key_leads_to_the_find_box(
    key: str, of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """From the map, from a card; what is typed next is typed there."""
    seen = visit(of_notes).open(concept=TITIN)
    for place in ("#map", "#side a.concept >> nth=1"):
        seen.tab.focus(place)
        seen.tab.keyboard.press(key)
        seen.tab.keyboard.type("tit")
        assert seen.tab.input_value("#find-box") == "tit"
        seen.tab.fill("#find-box", "")


@pytest.mark.parametrize(
    ("words", "title", "how"),
    [
        ("titin", "Titin", ""),
        ("motor uni", "Motor unit", ""),
        ("ACh", "Acetylcholine", "also: ACh"),
        ("acetilcholine", "Acetylcholine", "spelled alike"),
    ],
)
def test_a_concept_is_found_by_its_names(
    words: str, title: str, how: str, of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """By title, the beginning of one, an alias, a near-spelling; and the map flies there."""
    seen = visit(of_notes).open()
    seen.find(words)
    first = seen.options.first
    first.filter(has_text=title).wait_for()
    assert how in first.inner_text()
    seen.tab.keyboard.press("Enter")
    seen.title(title)
    concept = seen.state["concept"]
    assert f"concept={concept.replace('/', '%2F')}" in seen.hash
    seen.rested()
    assert within(seen.at(concept), seen.tab.locator("#map").bounding_box(), share=0.5)
    assert concept in seen.drawn["lit"]
    assert title in seen.drawn["names"]
    assert seen.tab.input_value("#find-box") == ""


def test_words_are_found_in_the_text(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """With the place where they stand; the choice leads to the note that says them."""
    seen = visit(of_notes).open()
    seen.find("brakes a load")
    hit = seen.tab.locator("#find [role=group]", has_text="In the text").locator("[role=option]")
    assert "Titin" in hit.first.inner_text()
    assert "brakes a load" in hit.first.inner_text()
    hit.first.click()
    seen.title("Titin")


def test_a_topic_is_found_and_made(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """A topic by its name; around words that are none, a cluster of their own, lit on the map."""
    seen = visit(of_notes).open()
    topic = of_notes.api("areas")["clusters"][0]
    seen.find(topic["name"].split(",")[0])
    seen.tab.locator("#find [role=option]", has_text=topic["name"]).click()
    seen.title(topic["name"])
    assert seen.state["cluster"] == topic["id"]
    seen.find("slow movement")
    seen.tab.locator("#find [role=option]", has_text="Cluster around “slow movement”").click()
    seen.tab.locator("#side .kind", has_text="Around words").wait_for()
    told = of_notes.api("cluster", name="slow movement")
    seen.title(told["name"])
    seen.lit(*(one["id"] for one in told["concepts"]))


def test_enter_chooses_what_is_typed_now(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """However fast, and whatever was offered for what was typed before."""
    seen = visit(of_notes).open()
    seen.tab.press("#map", "/")
    seen.tab.keyboard.type("titin")
    seen.tab.keyboard.press("Enter")
    seen.title("Titin")
    seen.find("ACh")
    seen.tab.fill("#find-box", "calcium")
    seen.tab.keyboard.press("Enter")
    seen.title("Calcium")


def test_nothing_found_is_said(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """And what to do then."""
    seen = visit(of_notes).open()
    seen.tab.fill("#find-box", "qqqxyzzy")
    seen.tab.locator("#find .remark", has_text="Nothing found: try other words").wait_for()


def test_a_card_says_what_it_is_and_what_is_linked(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """What it says of itself, then each link under its heading, each with its own sentence."""
    seen = visit(of_notes).open(concept=TITIN)
    seen.title("Titin")
    card = of_notes.api("show", concept=TITIN)
    text = seen.side.inner_text()
    for told in (card["summary"], card["cluster_name"], "#muscle", f"{card['words']} words"):
        assert told in text
    rows = seen.tab.locator("#side .evidence")
    for link in (*card["links"], *card["backlinks"]):
        assert rows.filter(has_text=" ".join(link["sentence"].split())).count() >= 1
    headings = seen.tab.locator("#side .links h4").all_inner_texts()
    assert headings == ["Key takeaways", "A spring with two jobs", "A sensor"]
    assert seen.tab.locator("#side mark", has_text="calcium").count() == 1


def test_a_moment_leads_to_the_second_of_the_video(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """It is a link to the outside, which opens in a tab of its own and says nothing of us."""
    seen = visit(of_notes).open(concept=ACETYLCHOLINE)
    seen.title("Acetylcholine")
    moment = seen.tab.locator("#side a.moment", has_text="13:56").first
    assert moment.get_attribute("href") == "https://youtu.be/XLr2RKoD-oY?t=836"
    assert moment.get_attribute("target") == "_blank"
    assert set(str(moment.get_attribute("rel")).split()) >= {"noopener", "noreferrer"}


def test_one_walks_from_card_to_card_and_back(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Each step is one of the browser's; what is lit and what is read go with it."""
    seen = visit(of_notes).open()
    seen.to(concept=TITIN)
    seen.tab.locator("#side a.concept", has_text="Calcium").first.click()
    seen.title("Calcium")
    seen.tab.locator("#side a.concept", has_text="Neuromuscular junction").first.click()
    seen.title("Neuromuscular junction")
    seen.tab.go_back()
    seen.title("Calcium")
    seen.tab.go_back()
    seen.title("Titin")
    around = of_notes.api("neighbours", concept=TITIN, depth=1)["neighbours"]
    seen.lit(TITIN, *(one["id"] for one in around))
    seen.tab.go_forward()
    seen.title("Calcium")
    seen.tab.go_back()
    seen.tab.go_back()
    seen.until(lambda: seen.state["concept"], lambda concept: concept is None)


def test_a_link_opens_in_another_tab(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """By the browser's own ways, and the other tab shows what the link says."""
    seen = visit(of_notes).open(concept=TITIN)
    with seen.context.expect_page() as opened:
        seen.tab.locator("#side a.concept", has_text="Calcium").first.click(modifiers=["Control"])
    other = opened.value
    other.wait_for_selector("body[data-ready='1']", state="attached")
    other.locator("#side h2", has_text="Calcium").wait_for()
    seen.title("Titin")


def test_what_is_not_yet_written_says_who_mentions_it(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """It has a card of its own, with what is said of it, and no note to read."""
    unwritten = next(
        link["target"]
        for note in ("neuromuscular_system", "muscle/muscle_fibre", "nutrition/protein")
        for link in of_notes.api("show", concept=note)["links"]
        if not of_notes.api("show", concept=link["target"])["note"]
    )
    seen = visit(of_notes).open(concept=unwritten)
    seen.tab.locator("#side .kind", has_text="Not yet written").wait_for()
    assert "No note has this name yet" in seen.side.inner_text()
    assert seen.tab.locator("#side .said").count() >= 1
    assert seen.tab.locator("#side button", has_text="Read the note").count() == 0


def test_the_note_is_read_and_walked(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """From the card to the note, through one of its links to the next note, and back."""
    seen = visit(of_notes).open(concept=TITIN)
    seen.tab.click("#side >> text=Read the note")
    seen.tab.locator("#side .text", has_text="One molecule spans half a sarcomere").wait_for()
    assert seen.state["pane"] == "note"
    assert seen.tab.locator("#side .where").first.inner_text() == "muscle/titin.md"
    headings = seen.tab.locator("#side .text").locator("h2, h3, h4").all_inner_texts()
    assert headings == ["Key takeaways", "A spring with two jobs", "A sensor"]
    seen.tab.locator("#side .text a", has_text="calcium").click()
    seen.title("Calcium")
    assert seen.state["pane"] == "note"
    seen.tab.go_back()
    seen.title("Titin")
    seen.tab.click("#side >> text=Back to the card")
    seen.tab.locator("#side .kind", has_text="Note").wait_for()
    assert seen.state["pane"] == "card"


def test_the_sentence_one_came_by_is_marked(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """From a backlink's place to that place in the note, in view."""
    seen = visit(of_notes).open(concept="junction/calcium")
    row = seen.tab.locator("#side .evidence", has_text="When calcium rises the spring").last
    row.locator("a.place").click()
    seen.title("Titin")
    marked = seen.tab.locator("#side .text mark")
    marked.first.wait_for()
    assert "".join(marked.all_text_contents()) == (
        "When calcium rises the spring becomes stiffer, which helps a muscle that brakes a load."
    )
    assert within(centre(marked.first.bounding_box()), seen.side.bounding_box())
    assert "line=17" in seen.hash


def test_the_note_opens_elsewhere(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """In an editor and in Obsidian, by the addresses that they listen to."""
    seen = visit(of_notes).open(concept=TITIN, pane="note")
    seen.title("Titin")
    editor = seen.tab.locator("#side a", has_text="Open in editor").get_attribute("href")
    assert re.fullmatch(r"vscode://file/.*/notes/muscle/titin\.md:\d+", str(editor))
    obsidian = seen.tab.locator("#side a", has_text="Open in Obsidian").get_attribute("href")
    assert re.fullmatch(r"obsidian://open\?path=.*%2Fnotes%2Fmuscle%2Ftitin\.md", str(obsidian))


def test_what_is_chosen_is_announced(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """In a sentence, to who listens to the page."""
    seen = visit(of_notes).open()
    said = seen.tab.locator("#said[role=status][aria-live=polite]")
    seen.to(concept=TITIN)
    seen.until(said.text_content, lambda text: re.fullmatch("Titin, a note, 13 links", str(text)))
    seen.to(concept=TITIN, pane="note")
    seen.until(said.text_content, lambda text: "The note Titin" in str(text))
