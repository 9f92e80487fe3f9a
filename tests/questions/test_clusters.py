"""The clusters of a vault: found, named, kept, and brought up to date."""

from __future__ import annotations

import json
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.questions.clustering import clustering

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]
    MakeVault = Callable[[dict[str, str]], Path]


def two_topics() -> dict[str, str]:
    """Six notes on bread that link to each other, six on stars, and one link between."""
    files = {}
    for topic in ("bread", "star"):
        for number in range(6):
            others = " ".join(f"[[{topic} {n}]]" for n in range(6) if n != number)
            files[f"{topic} {number}.md"] = f"# About a {topic}\n{others}"
    files["bread 0.md"] += " [[star 0]]"
    return files


def test_topics_are_found_and_named(make_vault: MakeVault, tmp_path: Path) -> None:
    """Notes that link to each other are a cluster, named by their own words."""
    with graphkit.open(make_vault(two_topics()), index=tmp_path / "i") as graph:
        found = graph.clusters()
    assert [cluster.size for cluster in found.clusters] == [6, 6]
    names = sorted(cluster.name.casefold() for cluster in found.clusters)
    assert "bread" in names[0]
    assert "star" in names[1]
    first = found.clusters[0]
    assert (first.links_inside, first.links_outside) == (15, 1)
    assert first.central[0].id in {"bread 0", "star 0"}
    assert found.modularity == pytest.approx(60 / 61 - 1 / 2, abs=1e-6)


def test_they_are_kept(make_vault: MakeVault, tmp_path: Path) -> None:
    """Asked again, from another process or after a restart, the answer is the same."""
    vault, index = make_vault(two_topics()), tmp_path / "i"
    with graphkit.open(vault, index=index) as graph:
        first = graph.clusters(level="lower")
    with graphkit.open(vault, index=index) as graph:
        assert graph.clusters(level="lower") == first
    with sqlite3.connect(index) as connection:
        kept = connection.execute("SELECT key FROM kept ORDER BY key").fetchall()
    assert kept == [("clusters",), ("map",), ("map seen",), ("note graph",)]


def test_an_edit_keeps_ids_and_names(make_vault: MakeVault, tmp_path: Path) -> None:
    """A new note joins the cluster it is linked with; no id and no name changes."""
    files = two_topics()
    vault, index = make_vault(files), tmp_path / "i"
    with graphkit.open(vault, index=index) as graph:
        before = {c.id: c.name for c in graph.clusters().clusters}
        (vault / "sourdough.md").write_text("[[bread 1]] [[bread 2]]", encoding="utf-8")
        graph.refresh()
        after = graph.clusters().clusters
        assert {c.id: c.name for c in after} == before
        assert [c.size for c in after] == [7, 6]
        (vault / "sourdough.md").unlink()
        (vault / "star 5.md").unlink()
        graph.refresh()
        assert sorted(c.size for c in graph.clusters().clusters) == [5, 6]
        assert {c.id: c.name for c in graph.clusters().clusters} == before


def test_only_words_changed(make_vault: MakeVault, tmp_path: Path) -> None:
    """An edit that changes no link changes no cluster."""
    vault = make_vault(two_topics())
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        before = graph.clusters()
        note = vault / "star 3.md"
        note.write_text(note.read_text(encoding="utf-8") + "\nMore words.", encoding="utf-8")
        graph.refresh()
        assert graph.clusters() == before


def test_found_anew(shared_vault: Path, tmp_path: Path) -> None:
    """Found anew, they are the same when nothing has changed, and a lost index brings them back."""
    index = tmp_path / "i"
    with graphkit.open(shared_vault, index=index) as graph:
        first = graph.clusters(level="lower")
        again = graph.clusters(level="lower", recompute=True)
        assert [c.id for c in again.clusters] == [c.id for c in first.clusters]
        assert again.modularity == first.modularity
        members = clustering(graph._store).partition  # noqa: SLF001 - which note is where
    index.unlink()
    with graphkit.open(shared_vault, index=index) as graph:
        assert graph.clusters(level="lower") == first
        assert clustering(graph._store).partition == members  # noqa: SLF001


def test_shared_vault(shared_vault: Path, tmp_path: Path) -> None:
    """The shared vault has some ten topics and some seventy parts, each with a name of its own."""
    with graphkit.open(shared_vault, index=tmp_path / "i") as graph:
        upper, lower = graph.clusters(), graph.clusters(level="lower")
    assert upper.modularity >= 0.530
    assert 8 <= sum(c.size >= 5 for c in upper.clusters) <= 14
    assert 50 <= sum(c.size >= 5 for c in lower.clusters) <= 90
    assert sum(c.size for c in upper.clusters) == sum(c.size for c in lower.clusters)
    assert len({c.name.casefold() for c in upper.clusters}) == len(upper.clusters)
    siblings = [(c.parent, c.name.casefold()) for c in lower.clusters if c.parent]
    assert len(set(siblings)) == len(siblings)


@pytest.mark.parametrize(
    "files",
    [{}, {"a.md": "no link"}, {"a.md": "[[b]]"}, {"1.md": "[[2]]", "2.md": "[[😀]]", "😀.md": ""}],
)
def test_small_vaults(files: dict[str, str], make_vault: MakeVault, tmp_path: Path) -> None:
    """Without links between notes there is no cluster; a name is never empty."""
    with graphkit.open(make_vault(files), index=tmp_path / "i") as graph:
        for level in ("upper", "lower"):
            assert all(cluster.name.strip() for cluster in graph.clusters(level=level).clusters)


def test_the_verb(run: Run, notes: Path, tmp_path: Path) -> None:
    """The verb prints the documented JSON, tables and rows, and says where there is nothing."""
    told = run("clusters", "--format", "json", vault=notes)
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert list(answer) == ["level", "modularity", "clusters"]
    assert list(answer["clusters"][0]) == (
        "id name named_by level parent size links_inside links_outside central".split()
    )
    assert answer["clusters"][0]["name"] in run("clusters", vault=notes).stdout
    rows = run("clusters", "--level", "lower", "--format", "csv", vault=notes).stdout
    assert rows.startswith("id,name,named_by,level,parent,size,")
    assert run("clusters", "--level", "middle", vault=notes).returncode == 2
    (tmp_path / "empty").mkdir()
    nothing = run("clusters", vault=tmp_path / "empty")
    assert nothing.returncode == 0
    assert "no clusters" in nothing.stderr


def test_an_index_that_cannot_be_written(make_vault: MakeVault, tmp_path: Path, run: Run) -> None:
    """With an index that is only readable the clusters are worked out and not kept."""
    vault, index = make_vault(two_topics()), tmp_path / "there" / "i"
    index.parent.mkdir()
    with graphkit.open(vault, index=index):
        pass
    shutil.copyfile(index, tmp_path / "copy")
    with graphkit.open(vault, index=index) as graph:
        told = graph.clusters()
    index.unlink()
    shutil.copyfile(tmp_path / "copy", index)
    index.chmod(0o444)
    index.parent.chmod(0o555)
    try:
        answer = run("clusters", "--index", str(index), "--format", "json", vault=vault)
    finally:
        index.parent.chmod(0o755)
    assert json.loads(answer.stdout) == told.to_dict()
