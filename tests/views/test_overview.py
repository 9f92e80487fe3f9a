"""The page of all topics, and the folder of linked pages, in a real Chromium."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.errors import UsageError
from graphkit.questions.clusters import clusters
from graphkit.questions.map_changes import rename
from graphkit.views.cluster_page import clusters_page
from graphkit.views.linked_set import write_set
from graphkit.views.overview import MOST_CLUSTERS

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.stores.embedded import EmbeddedStore
    from tests.conftest import Disk
    from tests.views.conftest import Opened

HOSTILE = "<img src=x onerror=window.hacked=1></script><script>window.hacked=1</script>"


def test_each_topic_is_a_dot_with_its_name(
    store: EmbeddedStore, show: Callable[[str], Opened]
) -> None:
    """Its number of notes stands in it, its name beside it; nothing is asked for."""
    opened = show(clusters_page(store))
    opened.painted()
    wanted = clusters(store).clusters
    sizes: Any = opened.tab.evaluate("graphkit.names().map(({ node }) => [node.title, node.count])")
    assert sorted(sizes) == sorted([topic.name, topic.size] for topic in wanted)
    assert opened.errors == []
    assert len(opened.requests) == 1


def test_a_click_shows_what_a_topic_holds(
    store: EmbeddedStore, show: Callable[[str], Opened]
) -> None:
    """Its central notes, and what joins it to others; from there it leads on to these."""
    opened = show(clusters_page(store))
    topic = clusters(store).clusters[2]
    opened.tab.mouse.click(*opened.at(2))
    assert opened.tab.inner_text("#panel h2") == topic.name
    text = opened.tab.inner_text("#panel")
    assert all(concept.title in text for concept in topic.central)
    assert f"{topic.links_inside} links inside, {topic.links_outside} out of it" in text
    opened.tab.locator("#panel button.concept").first.click()
    assert opened.tab.inner_text("#panel h2") != topic.name


def test_a_line_shows_the_sentences_that_join_two_topics(
    store: EmbeddedStore, show: Callable[[str], Opened]
) -> None:
    """And the same joint is lit in the table."""
    opened = show(clusters_page(store))
    line: Any = opened.tab.evaluate("graphkit.network.body.data.edges.getIds()[0]")
    opened.tab.evaluate("line => graphkit.showJoint(line)", line)
    assert opened.tab.locator("#panel li p").count() >= 1
    assert opened.tab.locator("tr.lit").count() == 1


def test_a_note_is_found_in_its_topic(
    store: EmbeddedStore, show: Callable[[str | Path], Opened], tmp_path: Path
) -> None:
    """Who does not know the topics' names types what they know; in a set it leads to the note."""
    opened = show(clusters_page(store))
    opened.tab.fill("#find", "titin")
    opened.tab.press("#find", "Enter")
    assert "Titin is one of its notes" in opened.tab.inner_text("#panel")
    opened = show(write_set(store, tmp_path / "set"))
    opened.tab.fill("#find", "titin")
    opened.tab.press("#find", "Enter")
    opened.tab.wait_for_url("**/c2.html#note=muscle%2Ftitin")
    opened.drawn()
    assert opened.tab.inner_text("#panel h2") == "Titin"


def test_names_of_topics_execute_nothing(
    store_of: Callable[[dict[str, str]], EmbeddedStore], show: Callable[[str], Opened]
) -> None:
    """Not on the page of all, not in a linked set, where names are links."""
    files = {
        f"n{number}.md": f"# {HOSTILE}\n\n{HOSTILE} [[n{number // 9 * 9 + (number + 1) % 9}]]"
        f" [[n{number // 9 * 9 + (number + 4) % 9}]]{' [[n9]]' if number < 2 else ''}\n"
        for number in range(18)
    }
    store = store_of(files)
    rename(store, "c1", f"c1 {HOSTILE}")
    opened = show(clusters_page(store))
    opened.tab.evaluate("graphkit.choose(0)")
    opened.tab.fill("#find", "<img")
    assert opened.tab.evaluate("window.hacked") is None
    assert opened.tab.locator("img, svg, iframe").count() == 0
    assert opened.errors == []


def test_the_pages_of_a_set_are_linked(
    store: EmbeddedStore, show: Callable[[Path], Opened], tmp_path: Path
) -> None:
    """From all topics to one, over a bridge to the next, and back; all of it from the folder."""
    opened = show(write_set(store, tmp_path / "set"))
    topic = clusters(store).clusters[1]
    opened.tab.mouse.click(*opened.at(1))
    opened.tab.wait_for_url(f"**/{topic.id}.html")
    opened.drawn()
    opened.painted()
    assert opened.tab.inner_text("h1") == topic.name
    other = opened.tab.locator(".rim a.chip").first
    target = other.get_attribute("href")
    other.click()
    opened.tab.wait_for_url(f"**/{target}")
    opened.drawn()
    opened.tab.click("text=All topics")
    opened.tab.wait_for_url("**/index.html")
    opened.drawn()
    opened.tab.click(f"table >> text={topic.name}")
    opened.tab.wait_for_url(f"**/{topic.id}.html")
    opened.drawn()
    assert opened.errors == []
    assert all(url.startswith((tmp_path / "set").as_uri()) for url in opened.requests)


def test_a_set_is_the_same_each_time(store: EmbeddedStore, tmp_path: Path) -> None:
    """Byte by byte, and over an earlier one too, of which nothing is left that has gone."""
    write_set(store, tmp_path / "one")
    write_set(store, tmp_path / "two")
    gone = tmp_path / "two" / "c99.html"
    gone.write_text("of a cluster that is no more")
    marker = tmp_path / "two" / "graphkit-pages.json"
    told = json.loads(marker.read_text())
    marker.write_text(json.dumps({"files": [*told["files"], "c99.html"]}))
    write_set(store, tmp_path / "two")
    files = [
        {file.name: file.read_bytes() for file in folder.iterdir()}
        for folder in (tmp_path / "one", tmp_path / "two")
    ]
    assert files[0] == files[1]
    assert "index.html" in files[0]


def test_a_folder_of_other_things_is_left_alone(
    run: Callable[..., subprocess.CompletedProcess[str]], notes: Path, tmp_path: Path
) -> None:
    """A folder that is not ours, and a file in its place; it is said, and nothing is written."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    done = run("view", "--all", "-o", "mine", vault=notes)
    assert done.returncode == 5
    assert "holds other things" in done.stderr
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    (tmp_path / "file").write_text("dear")
    done = run("view", "--all", "-o", "file", vault=notes)
    assert (done.returncode, done.stdout) == (5, "")
    assert "'file' is a file" in done.stderr
    assert (tmp_path / "file").read_text() == "dear"


def test_a_full_disk_leaves_what_was_there(
    run: Callable[..., subprocess.CompletedProcess[str]],
    disk_of: Callable[[str], Disk],
    notes: Path,
) -> None:
    """No page of a set that is not whole is left, and an earlier set stays as it was."""
    disk = disk_of("600k")
    done = run("view", "--all", "-o", str(disk.place / "set"), vault=notes)
    assert (done.returncode, done.stdout) == (5, "")
    assert "cannot be written: No space left on device" in done.stderr
    assert list(disk.place.iterdir()) == []
    disk.resize("1500k")
    assert run("view", "--all", "-o", str(disk.place / "set"), vault=notes).returncode == 0
    before = {file.name: file.read_bytes() for file in (disk.place / "set").iterdir()}
    assert run("view", "--all", "-o", str(disk.place / "set"), vault=notes).returncode == 5
    assert {file.name: file.read_bytes() for file in (disk.place / "set").iterdir()} == before


def test_a_vault_without_links_has_no_topics_to_draw(
    store_of: Callable[[dict[str, str]], EmbeddedStore], tmp_path: Path
) -> None:
    """It is said, and no empty set is left behind."""
    store = store_of({"a.md": "alone", "b.md": "alone too"})
    with pytest.raises(UsageError, match="no clusters"):
        clusters_page(store)
    with pytest.raises(UsageError, match="no clusters"):
        write_set(store, tmp_path / "set")
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": "[[b]]", "b.md": "and [[a]]"},
        {
            f"n{number}.md": f"[[n{(number + 1) % 9}]] [[n{(number + 2) % 9}]]"
            for number in range(9)
        },
    ],
    ids=["two notes", "one topic of all"],
)
def test_a_single_topic_is_drawn(
    files: dict[str, str],
    store_of: Callable[[dict[str, str]], EmbeddedStore],
    show: Callable[..., Opened],
    tmp_path: Path,
) -> None:
    """With nothing at its rim, on the page of all and on its own."""
    index = write_set(store_of(files), tmp_path / "set")
    for page in (index, tmp_path / "set" / "c1.html"):
        opened = show(page, width=390)
        opened.painted()
        assert opened.errors == []


def test_of_very_many_topics_the_largest_are_drawn(
    store_of: Callable[[dict[str, str]], EmbeddedStore], show: Callable[[str], Opened]
) -> None:
    """And the page says so."""
    files = {}
    for number in range(MOST_CLUSTERS + 20):
        files[f"a{number}.md"] = f"[[b{number}]]"
        files[f"b{number}.md"] = f"[[a{number}]]"
    opened = show(clusters_page(store_of(files)))
    opened.painted()
    assert "The 500 largest of 520 topics are shown." in opened.tab.inner_text(".notice")
    assert opened.tab.locator("table tbody tr").count() == MOST_CLUSTERS
    assert opened.errors == []
