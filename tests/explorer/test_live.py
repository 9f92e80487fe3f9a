"""What is told while notes are edited: real files, a real process, raw streams."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.explorer.following import Listener, Page, graph_of_files
from tests.explorer.served import served

if TYPE_CHECKING:
    from collections.abc import Mapping

TITIN = "muscle/titin"


def copied(notes: Path, folder: Path) -> Path:
    """A copy of a vault that may be edited."""
    return Path(shutil.copytree(notes, folder / "notes"))


def add(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


def test_edits_of_every_kind_are_told(
    notes: Path, surroundings: Mapping[str, str], tmp_path: Path
) -> None:
    """After each kind of edit the page has the graph of the files, by what it was told alone."""
    vault = copied(notes, tmp_path)
    titin = vault / f"{TITIN}.md"
    with served(vault, surroundings, tmp_path) as explorer:
        page, other = Page(explorer), Page(explorer)

        def told(*, gone: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> None:
            wanted = graph_of_files(vault, tmp_path / "anew")
            heard = page.heard_until(wanted, texts)
            changes = [one.told for one in heard if one.kind == "changed"]
            assert {id_ for change in changes for id_ in change["gone"]} >= set(gone)

        add(titin, "\nIt leans on [[Sleep]] and on [[a thing that nobody wrote]].\n")
        told(texts=(TITIN,))
        assert page.graph
        assert page.graph.concepts["a thing that nobody wrote"][1] is False
        assert explorer.api("show", concept=TITIN)["links"][-1]["sentence"].endswith("wrote.")

        (vault / "a thing that nobody wrote.md").write_text("[[titin]]\n", encoding="utf-8")
        told(texts=("a thing that nobody wrote",))

        new = titin.with_name(".titin.md.new")  # as editors save
        new.write_text(titin.read_text(encoding="utf-8") + "\n[[sleep]]\n", encoding="utf-8")
        new.replace(titin)
        told(texts=(TITIN,))

        titin.rename(titin.with_name("connectin.md"))
        told(texts=("muscle/connectin",))
        assert "muscle/connectin" in page.graph.concepts

        (vault / "muscle").rename(vault / "muscles")
        told()
        assert "muscles/connectin" in page.graph.concepts

        (vault / "a thing that nobody wrote.md").unlink()
        told()
        kept = vault / "muscles" / "connectin.md"
        kept.write_text("---\ntitle: The long spring\n---\nNo links.\n", encoding="utf-8")
        told(gone=("a thing that nobody wrote",))
        assert page.graph.concepts["muscles/connectin"] == ("The long spring", True)

        with kept.open("a", encoding="utf-8") as half:  # looked at while it is being written
            half.write("\nSee [[Sle")
            half.flush()
            told(texts=("muscles/connectin",))
            half.write("ep]].\n")
        told(texts=("muscles/connectin",))

        deep = vault / "new" / "deep"
        deep.mkdir(parents=True)
        (deep / "one.md").write_text("[[connectin]]\n", encoding="utf-8")
        told(texts=("new/deep/one",))
        add(deep / "one.md", "\n[[sleep]]\n")
        told(texts=("new/deep/one",))

        choices = explorer.api("find", q="long spring")["choices"]
        assert choices[0]["id"] == "muscles/connectin"
        other.listener.until(lambda heard: heard == page.listener.all[-1])
        assert other.listener.all == page.listener.all
        assert page.compared > 5


def test_nothing_is_told_of_what_is_no_part_of_the_vault(
    notes: Path, surroundings: Mapping[str, str], tmp_path: Path
) -> None:
    """What is hidden, the map file, an attachment: the next event is that of a real edit."""
    vault = copied(notes, tmp_path)
    (vault / ".obsidian").mkdir()
    with served(vault, surroundings, tmp_path) as explorer:
        page = Page(explorer)
        (vault / ".obsidian" / "workspace.json").write_text("{}", encoding="utf-8")
        (vault / ".hidden.md").write_text("[[titin]]", encoding="utf-8")
        (vault / "graphkit-map.json").write_text('{"graphkit-map": 1}\n', encoding="utf-8")
        (vault / "picture.png").write_bytes(b"\x89PNG")
        add(vault / f"{TITIN}.md", "\nMore words.\n")
        heard = page.hear()
        assert heard.kind == "changed"
        assert (heard.told["rows"], heard.told["texts"]) == ([], [TITIN])
        assert heard.told["numbers"] == {
            key: explorer.api("stats")[key] for key in ("notes", "unresolved", "links")
        }


def test_a_thousand_saves(notes: Path, surroundings: Mapping[str, str], tmp_path: Path) -> None:
    """As fast as they can be written: in the end all agree, and nothing has piled up."""
    vault = copied(notes, tmp_path)
    files = sorted(vault.rglob("*.md"))
    with served(vault, surroundings, tmp_path) as explorer:
        pages = [Page(explorer), Page(explorer)]

        def save(numbers: range) -> None:
            for number in numbers:
                other = files[number * 7 % len(files)].stem
                text = f"\nSave {number}: [[{other}]] and [[thing {number % 50}]].\n"
                add(files[number % len(files)], text)
            wanted = graph_of_files(vault, tmp_path / "anew")
            for page in pages:
                page.heard_until(wanted)

        save(range(100))
        before = _held(explorer.process.pid)
        save(range(100, 1_000))
        after = _held(explorer.process.pid)
        assert after[0] <= before[0] + 2
        assert after[1] < 1.5 * before[1]
        assert explorer.api("vault")["notes"] == len(files)


def _held(process: int) -> tuple[int, int]:
    """How many files a process has open, and how many kilobytes of memory it takes."""
    there = Path(f"/proc/{process}")
    if not there.exists():
        return 0, 1
    status = (there / "status").read_text(encoding="utf-8").splitlines()
    (memory,) = (line for line in status if line.startswith("VmRSS:"))
    return len(list((there / "fd").iterdir())), int(memory.split()[1])


def test_the_vault_goes_and_comes_back(
    notes: Path, surroundings: Mapping[str, str], tmp_path: Path
) -> None:
    """It is told that it is gone, to who comes later too, and what has changed when it is back."""
    vault = copied(notes, tmp_path)
    with served(vault, surroundings, tmp_path) as explorer:
        page = Page(explorer)
        card = explorer.api("show", concept=TITIN)
        vault.rename(tmp_path / "away")
        problem = page.hear()
        assert problem.kind == "problem"
        assert str(vault) in problem.told["message"]
        assert problem.told["hint"] == "As soon as it can be read, this page goes on by itself."
        assert explorer.api("show", concept=TITIN) == card
        late = Listener(explorer)
        assert [late.next().kind, late.next()] == ["hello", problem]
        add(tmp_path / "away" / f"{TITIN}.md", "\n[[sleep]] [[something new]]\n")
        (tmp_path / "away").rename(vault)
        wanted = graph_of_files(vault, tmp_path / "anew")
        assert "well" in [heard.kind for heard in page.heard_until(wanted)]
        add(vault / f"{TITIN}.md", "\n[[something newer]]\n")
        page.heard_until(graph_of_files(vault, tmp_path / "anew"))


def test_the_vault_is_deleted_and_written_anew(
    notes: Path, surroundings: Mapping[str, str], tmp_path: Path
) -> None:
    """It goes file by file, which may be told of half-way; in the end all of it is there again."""
    vault = copied(notes, tmp_path)
    with served(vault, surroundings, tmp_path) as explorer:
        page = Page(explorer)
        shutil.rmtree(vault)
        while page.hear().kind != "problem":
            pass
        shutil.copytree(notes, vault)
        add(vault / f"{TITIN}.md", "\n[[something that was not there]]\n")
        page.heard_until(graph_of_files(vault, tmp_path / "anew"))


def test_a_verb_on_the_command_line_is_seen(
    notes: Path, surroundings: Mapping[str, str], tmp_path: Path
) -> None:
    """With --no-refresh no file is looked at, but what others do to the index is told."""
    vault = copied(notes, tmp_path)
    named = ["--vault", str(vault), "--index", str(tmp_path / "index")]

    def graphkit(*words: str) -> None:
        command = [sys.executable, "-m", "graphkit", *named, *words]
        subprocess.run(command, env=surroundings, check=True, stdout=subprocess.DEVNULL)

    graphkit("index")
    with served(vault, surroundings, tmp_path, "--no-refresh") as explorer:
        page = Page(explorer)
        add(vault / f"{TITIN}.md", "\n[[something new]]\n")
        assert explorer.api("vault")["revision"] == page.revision
        graphkit("cluster", "sleep")
        heard = page.heard_until(graph_of_files(vault, tmp_path / "anew"))
        assert [one.kind for one in heard] == ["changed", "settled"]
        assert heard[0].told["texts"] == [TITIN]


def test_ctrl_c_with_ten_open_streams(
    notes: Path, surroundings: Mapping[str, str], tmp_path: Path
) -> None:
    """Who listens does not hold up the end."""
    with served(notes, surroundings, tmp_path) as explorer:
        listeners = [Listener(explorer) for _ in range(10)]
        assert {listener.next().kind for listener in listeners} == {"hello"}
        code, said = explorer.interrupt()
        assert code == 0
        assert said.endswith("Ctrl-C ends it.\nThe explorer has ended.\n")
