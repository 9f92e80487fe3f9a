"""``graphkit-map.json``: what people typed about the map, kept in the vault and nowhere else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from graphkit.vault.map_file import NAME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    MakeVault = Callable[[dict[str, str]], Path]


def topics(*names: str, size: int = 6) -> dict[str, str]:
    """Notes on some topics; those of one topic link to each other, and no others."""
    files = {}
    for topic in names:
        for number in range(size):
            others = " ".join(f"[[{topic} {n}]]" for n in range(size) if n != number)
            files[f"{topic} {number}.md"] = f"# About a {topic}\n{others}"
    return files


@pytest.fixture
def vault(make_vault: MakeVault) -> Path:
    """Three clusters of six notes: bread, star, whale."""
    return make_vault(topics("bread", "star", "whale"))


def names(graph: graphkit.Graph) -> dict[str, str]:
    """Each cluster's name by its first central note's topic."""
    return {c.central[0].id.split()[0]: c.name for c in graph.clusters().clusters}


def id_of(graph: graphkit.Graph, topic: str) -> str:
    found = graph.clusters().clusters
    return next(c.id for c in found if c.central[0].id.startswith(topic))


def told(vault: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads((vault / NAME).read_bytes())


# names by hand


def test_a_name_by_hand_outlives_the_index(vault: Path, tmp_path: Path) -> None:
    """It is in the vault; an index made anew, with other ids, has it on the same notes."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.rename_cluster(id_of(graph, "star"), "The  night sky")
        named = next(c for c in graph.clusters().clusters if c.named_by == "hand")
        assert (named.name, named.size) == ("The night sky", 6)
    assert told(vault)["names"][0]["notes"] == [f"star {n}" for n in range(6)]
    for name, text in topics("bread", size=9).items():  # a larger cluster gets the first id
        (vault / name).write_text(text, encoding="utf-8")
    (vault / "star 6.md").write_text("[[star 1]] [[star 2]]", encoding="utf-8")
    for number in range(2):
        (vault / f"star {number}.md").unlink()
    with graphkit.open(vault, index=tmp_path / "another") as graph:
        assert names(graph)["star"] == "The night sky"
        assert id_of(graph, "star") != named.id or id_of(graph, "bread") != named.id
        assert sum(c.named_by == "hand" for c in graph.clusters().clusters) == 1


def test_it_stays_while_the_cluster_changes(vault: Path, tmp_path: Path) -> None:
    """Where the index lives on, a name stays with its cluster whatever becomes of the notes."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.rename_cluster(id_of(graph, "whale"), "Big fish")
        before = (vault / NAME).read_bytes()
        for number in range(6):  # each note of old is replaced, one after the other
            others = " ".join(f"[[whale {n}]]" for n in range(number + 1, number + 6))
            (vault / f"whale {number + 6}.md").write_text(others, encoding="utf-8")
            graph.refresh()
            graph.clusters()
            (vault / f"whale {number}.md").unlink()
            graph.refresh()
            named = [c for c in graph.clusters().clusters if c.name == "Big fish"]
            assert len(named) == 1
        assert {c.id.split()[0] for c in named[0].central} == {"whale"}
    assert (vault / NAME).read_bytes() == before


def test_it_can_be_taken_away(vault: Path, tmp_path: Path) -> None:
    """An empty name gives the cluster back to its words."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        before = names(graph)
        graph.rename_cluster(id_of(graph, "star"), "Sky")
        graph.rename_cluster("sky", "Heaven")
        assert [entry["name"] for entry in told(vault)["names"]] == ["Heaven"]
        graph.rename_cluster("Heaven", "")
        assert names(graph) == before
    assert "names" not in told(vault)


def test_two_siblings_never_have_one_name(vault: Path, tmp_path: Path) -> None:
    """A name that another cluster has is refused, and words give no name that a person gave."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        words = names(graph)["bread"]
        with pytest.raises(graphkit.UsageError, match="already"):
            graph.rename_cluster(id_of(graph, "star"), words.upper())
        assert not (vault / NAME).exists()
        graph.rename_cluster(id_of(graph, "bread"), "Loaves")
        graph.rename_cluster(id_of(graph, "star"), words)  # it is free now
        assert names(graph) | {"whale": ""} == {"bread": "Loaves", "star": words, "whale": ""}
        graph.rename_cluster("Loaves", "")
        found = names(graph)
        assert found["star"] == words
        assert len({name.casefold() for name in found.values()}) == 3


@pytest.mark.parametrize("name", ["x" * 101, "a\u202eb", "\x1b[31m"])
def test_what_is_no_name(vault: Path, tmp_path: Path, name: str) -> None:
    """A name is one line that can be printed."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        with pytest.raises(graphkit.UsageError):
            graph.rename_cluster("c1", name)
        assert not (vault / NAME).exists()


def test_a_part_can_be_named(make_vault: MakeVault, tmp_path: Path) -> None:
    """A lower cluster has a name by hand as an upper one has, and each level its own."""
    files = topics("bread", "star", size=16)
    for number in range(16):
        for other in range(4):
            files[f"bread {number}.md"] += f" [[star {(number + other) % 16}]]"
    rest = topics("whale", "stone", "leaf", "wheel", "song", "river", "chess", "ice", size=16)
    with graphkit.open(make_vault({**files, **rest}), index=tmp_path / "i") as graph:
        lower = [c for c in graph.clusters(level="lower").clusters if c.parent]
        if not lower:
            pytest.fail("the vault was meant to have a cluster that is split")
        graph.rename_cluster(lower[0].id, "Loaves")
        assert graph.cluster(lower[0].id).name == "Loaves"
        assert graph.cluster("loaves").named_by == "hand"
        parent = graph.cluster(str(lower[0].parent))
        assert "Loaves" in {part.name for part in parent.parts}
        assert parent.named_by == "words"


# gaps that are none


def test_a_dismissed_gap_is_gone(notes: Path, tmp_path: Path) -> None:
    """Whichever end is asked, on any machine, and nothing else is left out."""
    vault = tmp_path / "v"
    shutil.copytree(notes, vault)
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        first, *rest = graph.gaps("dopamine", limit=None).gaps
        graph.dismiss_gap(first.b.title, first.a.title)
        graph.dismiss_gap(first.a.id, first.b.id)
        assert list(graph.gaps("dopamine", limit=None).gaps) == rest
        assert told(vault)["dismissed"] == [sorted((first.a.id, first.b.id))]
        with pytest.raises(graphkit.UsageError):
            graph.dismiss_gap(first.a.id, first.a.id)
    with graphkit.open(vault, index=tmp_path / "another") as graph:
        assert list(graph.gaps("dopamine", limit=None).gaps) == rest
        other = graph.gaps(first.b.id, limit=None).gaps
        assert first.a.id not in {gap.b.id for gap in other}


def test_a_dismissed_gap_is_taken_back(notes: Path, tmp_path: Path) -> None:
    """It is a gap as before, and the others stay dismissed."""
    vault = shutil.copytree(notes, tmp_path / "v")
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        before = graph.gaps("dopamine", limit=None)
        first, second, *rest = before.gaps
        for gap in (first, second):
            graph.dismiss_gap(gap.a.id, gap.b.id)
        assert graph.restore_gap(first.b.title, first.a.title)
        assert not graph.restore_gap(first.a.id, first.b.id)
        assert list(graph.gaps("dopamine", limit=None).gaps) == [first, *rest]
        assert told(vault)["dismissed"] == [sorted((second.a.id, second.b.id))]
        assert graph.restore_gap(second.a.id, second.b.id)
        assert graph.gaps("dopamine", limit=None) == before
        with pytest.raises(graphkit.UsageError):
            graph.restore_gap(first.a.id, first.a.id)


def test_many_at_once_lose_nothing(vault: Path, tmp_path: Path) -> None:
    """Processes that write at the same time wait for each other."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.stats()
    line = [sys.executable, "-m", "graphkit", "--vault", str(vault), "--index", str(tmp_path / "i")]
    running = [
        subprocess.Popen([*line, "gaps", "--dismiss", f"bread {n}", f"star {n}"], stderr=-1)
        for n in range(6)
    ]
    assert [process.wait() for process in running] == [0] * 6
    assert told(vault)["dismissed"] == [[f"bread {n}", f"star {n}"] for n in range(6)]
    assert sorted(file.name for file in vault.iterdir()) == sorted(
        [*topics("bread", "star", "whale"), NAME]
    )
    for process in running:
        assert process.stderr is not None
        process.stderr.close()


# a map that is shared


def test_a_saved_map_is_what_others_see(vault: Path, tmp_path: Path) -> None:
    """Clusters and names are taken from the file, even where they would be found otherwise."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.save_map()
        mine = graph.clusters(), graph.clusters(level="lower")
    parts = told(vault)
    first = next(iter(parts["clusters"]["clusters"].values()))
    first["name"], first["terms"] = "Something else", ["something else"]
    (vault / NAME).write_text(json.dumps(parts), encoding="utf-8")
    with graphkit.open(vault, index=tmp_path / "another") as graph:
        theirs = graph.clusters(), graph.clusters(level="lower")
        assert [(c.id, c.size, c.central) for c in theirs[0].clusters] == [
            (c.id, c.size, c.central) for c in mine[0].clusters
        ]
        assert "Something else" in {c.name for c in theirs[0].clusters}
    with graphkit.open(vault, index=tmp_path / "i") as graph:  # pulled where there were some
        assert (graph.clusters(), graph.clusters(level="lower")) == theirs


def test_saving_changes_nothing_here(vault: Path, tmp_path: Path) -> None:
    """Saved twice the file is the same, byte by byte, and so are the clusters."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        before = graph.clusters()
        graph.save_map()
        saved = (vault / NAME).read_bytes()
        assert graph.clusters() == before
        graph.save_map()
    assert (vault / NAME).read_bytes() == saved


def test_what_came_since_is_not_lost(vault: Path, tmp_path: Path) -> None:
    """Notes that the map does not know join their clusters; the file itself stays as it is."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.save_map()
    saved = (vault / NAME).read_bytes()
    (vault / "galaxy.md").write_text("[[star 1]] [[star 2]]", encoding="utf-8")
    (vault / "star 5.md").unlink()
    with graphkit.open(vault, index=tmp_path / "another") as graph:
        stars = graph.cluster(id_of(graph, "star"))
        assert {note.id for note in stars.concepts} == {*(f"star {n}" for n in range(5)), "galaxy"}
        graph.clusters(recompute=True)
        graph.gaps()
    assert (vault / NAME).read_bytes() == saved


def test_what_graphkit_does_not_know_is_kept(vault: Path, tmp_path: Path) -> None:
    """Other parts of the file stay in it when it is written."""
    parts = {"graphkit-map": 1, "mine": {"b": 1, "a": [2]}, "dismissed": [["bread 1", "star 1"]]}
    (vault / NAME).write_text(json.dumps(parts), encoding="utf-8")
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.dismiss_gap("star 2", "bread 2")
    assert told(vault) == {**parts, "dismissed": [["bread 1", "star 1"], ["bread 2", "star 2"]]}
    assert list(told(vault)) == ["graphkit-map", "dismissed", "mine"]


# what cannot be used

CLUSTERS = '"clusters": {"next": 3, "clusters": {"c1": {"name": "n", "terms": [], "notes": %s}}}'
NAMED = '{"name": "%s", "level": "upper", "cluster": "c1", "notes": ["bread 1"]}'
BAD = {
    "conflict": ('{\n "graphkit-map": 1,\n<<<<<<< HEAD\n "names": []\n=======\n}', ":3: "),
    "cut off": ('{\n "graphkit-map": 1,\n "names": [', ":3: "),
    "empty": ("", ":1: "),
    "no map": ('["graphkit-map"]', "graphkit-map"),
    "no version": ('{"names": []}', "graphkit-map"),
    "newer": ('{"graphkit-map": 2}', "newer"),
    "no list": ('{"graphkit-map": 1, "names": {"c1": "Sky"}}', "names"),
    "no notes": (
        '{"graphkit-map": 1, "names": [{"name": "x", "level": "upper", "cluster": "c1"}]}',
        "notes",
    ),
    "half a character": ('{"graphkit-map": 1, "names": [%s]}' % (NAMED % "\\ud800"), "no name"),
    "a code": ('{"graphkit-map": 1, "names": [%s]}' % (NAMED % "\\u001b[31m"), "no name"),
    "no pair": ('{"graphkit-map": 1, "dismissed": [["bread 1"]]}', "bread 1"),
    "said twice": ('{"graphkit-map": 1, "names": [], "names": []}', "twice"),
    "a note twice": ('{"graphkit-map": 1, %s}' % (CLUSTERS % '["star 1", "star 1"]'), "star 1"),
    "no ids": ('{"graphkit-map": 1, %s}' % (CLUSTERS % "[1]"), "1"),
    "another vault's": (
        '{"graphkit-map": 1, %s}' % (CLUSTERS % '["bread 1", "a", "b", "c", "d"]'),
        "another vault",
    ),
    "deep": ("[" * 100_000, "recursion"),
    "bytes": ('{"graphkit-map": 1, "names": [\xff]}', ":1: "),
}


@pytest.mark.parametrize(("text", "says"), BAD.values(), ids=BAD.keys())
def test_a_map_that_cannot_be_used(vault: Path, tmp_path: Path, text: str, says: str) -> None:
    """It is said, with file and line; answers come without it; it is left as it is."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        without = graph.clusters()
        assert graph.map_problem is None
    (vault / NAME).write_bytes(text.encode("latin-1"))
    for index in ("i", "another"):
        with graphkit.open(vault, index=tmp_path / index) as graph:
            problem = graph.map_problem
            assert problem is not None
            assert problem.startswith(NAME)
            assert says in problem
            assert problem.endswith("It is not used.")
            assert graph.clusters() == without
            with pytest.raises(graphkit.VaultError, match=NAME):
                graph.rename_cluster("c1", "Sky")
            with pytest.raises(graphkit.VaultError, match=NAME):
                graph.dismiss_gap("star 1", "bread 1")
            with pytest.raises(graphkit.VaultError, match=NAME):
                graph.save_map()
    assert (vault / NAME).read_bytes() == text.encode("latin-1")


def test_a_vault_that_may_not_be_written(vault: Path, tmp_path: Path) -> None:
    """Where the file cannot be made it is said, and nothing is half done."""
    (vault / NAME).mkdir()
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        assert "cannot be read" in str(graph.map_problem)
        with pytest.raises(graphkit.VaultError, match="cannot be read"):
            graph.rename_cluster("c1", "Sky")
        (vault / NAME).rmdir()
        (vault / f".{NAME}.new").mkdir()
        with pytest.raises(graphkit.VaultError, match="cannot be written"):
            graph.rename_cluster("c1", "Sky")
        assert not (vault / NAME).exists()
        assert all(cluster.named_by == "words" for cluster in graph.clusters().clusters)


def test_what_a_kill_left_behind(vault: Path, tmp_path: Path) -> None:
    """A half-written file beside the map is never taken for it, and goes with the next writing."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.rename_cluster("c1", "Sky")
        good = (vault / NAME).read_bytes()
        (vault / f".{NAME}.new").write_bytes(good[:20])
        assert graph.map_problem is None
        assert graph.cluster("Sky").id == "c1"
        graph.rename_cluster("c2", "Sea")
        assert not (vault / f".{NAME}.new").exists()
        assert graph.cluster("Sky").id == "c1"


def test_a_link_to_a_map_elsewhere(vault: Path, tmp_path: Path) -> None:
    """Where the file is a symbolic link, what it leads to is written."""
    shared = tmp_path / "shared.json"
    shared.write_text('{"graphkit-map": 1}', encoding="utf-8")
    (vault / NAME).symlink_to(shared)
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.rename_cluster("c1", "Sky")
    assert (vault / NAME).is_symlink()
    assert json.loads(shared.read_bytes())["names"][0]["name"] == "Sky"
