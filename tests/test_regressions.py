"""What was wrong once and stays mended."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.vault import parse

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]


def vault_of(folder: Path, text: str) -> Path:
    folder.mkdir()
    note = folder / "n.md"
    note.write_text(text)
    os.utime(note, (1_700_000_000, 1_700_000_000))
    return folder


def test_an_index_used_for_two_vaults_answers_from_the_right_one(tmp_path: Path, run: Run) -> None:
    """Even where both hold a note of the same name, size and time."""
    one, other = vault_of(tmp_path / "a", "AAA [[x]]"), vault_of(tmp_path / "b", "BBB [[y]]")
    index = ["--index", str(tmp_path / "index.sqlite")]
    assert "AAA x" in run("show", "n", *index, vault=one).stdout
    assert "BBB y" in run("show", "n", *index, vault=other).stdout
    refused = run("show", "n", "--no-refresh", *index, vault=one)
    assert (refused.returncode, refused.stdout) == (5, "")
    assert "is the index of another vault" in refused.stderr


def test_notes_are_read_again_by_a_graphkit_that_reads_them_otherwise(
    make_vault: Callable[[dict[str, str]], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An index that was made by an older one is not trusted."""
    vault, index = make_vault({"a.md": "[[b]]"}), tmp_path / "index.sqlite"
    graphkit.open(vault, index=index).close()
    connection = sqlite3.connect(index)
    connection.execute("UPDATE link SET sentence = 'as it was read before'")
    connection.commit()
    connection.close()
    with graphkit.open(vault, index=index) as graph:
        assert graph.links("a")[0].sentence == "as it was read before"
    monkeypatch.setattr("graphkit.index.refresh.READING", parse.READING + 1)
    with graphkit.open(vault, index=index) as graph:
        assert graph.links("a")[0].sentence == "b"


def test_through_is_found_where_the_cheapest_ways_are_in_each_others_way(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """A second leg takes what it needs, and the first one goes round."""
    files = {f"B{number}.md": "[[X]]" for number in range(30)}
    files["A.md"] = " ".join(f"[[B{number}]]" for number in range(30))
    files |= {"S.md": "[[A]] [[C1]]", "T.md": "[[A]]", "X.md": "x"}
    files |= {f"C{n}.md": f"[[C{n + 1}]]" if n < 6 else "[[X]]" for n in range(1, 7)}
    with graphkit.open(make_vault(files), index=tmp_path / "i.sqlite") as graph:
        (path,) = graph.paths("S", "T", through="X").paths
    ids = [concept.id for concept in path.concepts]
    assert ids[:8] == ["S", "C1", "C2", "C3", "C4", "C5", "C6", "X"]
    assert ids[-2:] == ["A", "T"]


@pytest.mark.parametrize(
    ("query", "line"), [("cat", 5), ("resume", 9), ("RÉSUMÉ", 9), ("ca*", 5), ("vacation", 3)]
)
def test_a_hit_stands_where_its_words_stand(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path, query: str, line: int
) -> None:
    """Whole words, whatever their case and accents; beginnings only where they are asked for."""
    text = "Intro.\n\nThe indicated vacation.\n\nA cat sat.\n\n# H\n\nMy résumé is here\n"
    with graphkit.open(make_vault({"n.md": text}), index=tmp_path / "i.sqlite") as graph:
        (hit,) = graph.search(query).hits
    assert hit.line == line


def test_a_closed_graph_says_that_it_is_closed(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """And its index is left alone."""
    index = tmp_path / "index.sqlite"
    graph = graphkit.open(make_vault({"a.md": "[[b]]"}), index=index)
    graph.close()
    before = index.read_bytes()
    for ask in (graph.stats, graph.refresh, lambda: graph.concept("a")):
        with pytest.raises(graphkit.StoreError, match="closed"):
            ask()
    assert index.read_bytes() == before


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there are no devices")
def test_a_device_is_written_to_and_stays_one(notes: Path, run: Run) -> None:
    """``-o /dev/null`` never puts a file in the device's place, whoever asks."""
    assert run("export", "-o", "/dev/null", vault=notes).returncode == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_an_empty_vault_is_doubted(tmp_path: Path, run: Run) -> None:
    """The commonest mistake, a wrong folder, is named."""
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run("stats", vault=empty)
    assert done.returncode == 0
    assert done.stderr == f"There is no note (*.md) in {empty}; is that the vault?\n"


def test_wrong_limits_are_refused(notes: Path, tmp_path: Path) -> None:
    """From Python as on the command line."""
    with graphkit.open(notes, index=tmp_path / "i.sqlite") as graph:
        with pytest.raises(graphkit.UsageError):
            graph.neighbours("nmj", limit=-1)
        with pytest.raises(graphkit.UsageError):
            graph.search("calcium", limit=0)
        by_name = graph.neighbours("nmj", only=graphkit.Filter(relations=("Target",)))
        assert [near.id for near in by_name.neighbours] == ["disorders/myasthenia_gravis"]


def test_an_id_is_taken_as_it_is_written(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """A note whose id ends like a file's name is found by it, before the one it would name."""
    vault = make_vault({"a.md": "[[b]]", "a.md.md": "[[c]]", " .md": ""})
    with graphkit.open(vault, index=tmp_path / "i.sqlite") as graph:
        assert [graph.concept(id_).id for id_ in ("a", "a.md", " ", "b.md")] == [
            *("a", "a.md", " ", "b")
        ]
