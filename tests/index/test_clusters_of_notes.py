"""Every note knows its cluster: kept in the index, and brought up to date by what shows it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from graphkit.cypher.saved import saved_queries
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.embedded import EmbeddedStore
from graphkit.vault.map_file import NAME
from graphkit.views.read_back import read_jsonl
from tests.index.conftest import assert_clusters_told

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]
    MakeVault = Callable[[dict[str, str]], Path]

SHOWS = {
    "show": ["show", "bread 0"],
    "query": ["query", "MATCH (n) RETURN count(n)"],
    "export": ["export"],
    "graphml": ["neighbours", "bread 0", "--format", "graphml"],
}
SHOWS_NOT = {
    "neighbours": ["neighbours", "bread 0"],
    "path": ["path", "bread 1", "star 1"],
    "search": ["search", "bread"],
    "stats": ["stats"],
    "index": ["index"],
}


def topics(*names: str, size: int = 6) -> dict[str, str]:
    """Notes on some topics; those of one topic link to each other, and one to the next topic."""
    files = {}
    for topic, after in zip(names, (*names[1:], ""), strict=True):
        for number in range(size):
            others = " ".join(f"[[{topic} {n}]]" for n in range(size) if n != number)
            files[f"{topic} {number}.md"] = f"# About a {topic}\n{others}"
        files[f"{topic} 0.md"] += f" [[{after} 0]]" if after else " [[nothing yet]]"
    return files


@pytest.fixture
def vault(make_vault: MakeVault) -> Path:
    """A cluster of bread and one of stars, a note in none, and a concept without a note."""
    return make_vault(topics("bread", "star") | {"alone.md": "No link."})


def kept_in(index: Path) -> list[str]:
    """The keys of what an index keeps."""
    with closing(sqlite3.connect(index)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM kept ORDER BY key")]


def test_cards_agree_with_the_clusters(shared_vault: Path, tmp_path: Path) -> None:
    """As many notes say that they are in a cluster as it has, by its name, on both levels."""
    with graphkit.open(shared_vault, index=tmp_path / "i") as graph:
        store = graph._store  # noqa: SLF001 - all there are
        bring_up_to_date(store)
        nodes = list(store.all_nodes())
        upper = Counter((node.cluster, node.cluster_name) for node in nodes if node.cluster)
        lower = Counter((n.subcluster, n.subcluster_name) for n in nodes if n.subcluster)
        assert upper == {(c.id, c.name): c.size for c in graph.clusters().clusters}
        parts = [c for c in graph.clusters(level="lower").clusters if c.parent]
        assert lower == {(c.id, c.name): c.size for c in parts}
        assert {(n.subcluster, n.cluster) for n in nodes if n.subcluster} == {
            (c.id, c.parent) for c in parts
        }


def test_a_card_on_a_terminal(shared_vault: Path, tmp_path: Path, run: Run) -> None:
    """One line names the cluster, the part of it, and their ids."""
    with graphkit.open(shared_vault, index=tmp_path / "i") as graph:
        bring_up_to_date(graph._store)  # noqa: SLF001 - all there are
        node = next(node for node in graph._store.all_nodes() if node.subcluster)  # noqa: SLF001
    told = f"{node.cluster_name} › {node.subcluster_name} ({node.cluster} › {node.subcluster})"
    shown = run("show", node.id, "--index", str(tmp_path / "i"), vault=shared_vault).stdout
    assert shown.splitlines()[2] == f"Cluster  {told}"


def test_a_card_says_its_cluster(vault: Path, tmp_path: Path) -> None:
    """By id and name; a note in none, and a concept without a note, have null."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        card = graph.concept("bread 0").to_dict()
        found = {c.id: c.name for c in graph.clusters().clusters}
        assert found[card["cluster"]] == card["cluster_name"]
        keys = list(card)
        at = keys.index("cluster")
        assert keys[at : at + 4] == ["cluster", "subcluster", "cluster_name", "subcluster_name"]
        assert (card["subcluster"], card["subcluster_name"]) == (None, None)
        for name in ("alone", "nothing yet"):
            assert [graph.concept(name).to_dict()[key] for key in keys[at : at + 4]] == [None] * 4


@pytest.mark.parametrize("words", SHOWS.values(), ids=SHOWS)
def test_what_shows_clusters_finds_them(
    words: list[str], vault: Path, tmp_path: Path, run: Run
) -> None:
    """The first verb that shows clusters finds them, and so does the first after an edit."""
    index = tmp_path / "i"
    assert run(*words, "--index", str(index), vault=vault).returncode == 0
    assert "clusters" in kept_in(index)
    (vault / "bread 6.md").write_text("[[bread 1]] [[bread 2]]", encoding="utf-8")
    assert run(*words, "--index", str(index), vault=vault).returncode == 0
    with closing(EmbeddedStore(vault, index=index)) as store:
        nodes = store.nodes(["bread 1", "bread 6"])
        assert nodes["bread 6"].cluster == nodes["bread 1"].cluster is not None


@pytest.mark.parametrize("words", SHOWS_NOT.values(), ids=SHOWS_NOT)
def test_what_shows_none_does_not(words: list[str], vault: Path, tmp_path: Path, run: Run) -> None:
    """Verbs that show no clusters do not wait for them."""
    index = tmp_path / "i"
    assert run(*words, "--index", str(index), vault=vault).returncode == 0
    assert kept_in(index) == []


def test_from_python(vault: Path, tmp_path: Path) -> None:
    """A networkx graph and an export carry them; an edit is followed, without asking for it."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        nodes = graph.to_networkx().nodes
        assert nodes["bread 1"]["cluster"] != nodes["star 1"]["cluster"]
        assert nodes["bread 1"]["cluster_name"]
        assert not {"cluster", "cluster_name"} & (
            nodes["alone"].keys() | nodes["nothing yet"].keys()
        )
        (vault / "alone.md").write_text("[[star 1]] [[star 2]] [[star 3]]", encoding="utf-8")
        graph.refresh()
        assert graph.concept("alone").cluster == graph.concept("star 1").cluster
        (vault / "alone.md").write_text("No link.", encoding="utf-8")
        (vault / "star 1.md").unlink()
        graph.refresh()
        assert graph.concept("alone").cluster is None
        assert graph.concept("star 1").cluster is None
        assert_clusters_told(graph._store)  # noqa: SLF001 - all there are


def test_an_edit_of_words_alone_leaves_them(vault: Path, tmp_path: Path) -> None:
    """They are those of the index as it is now, though nothing was found anew."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        before, store = graph.concept("bread 1"), graph._store  # noqa: SLF001 - what is kept
        text = store.kept("clusters")
        assert text
        note = vault / "bread 1.md"
        note.write_text(note.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        graph.refresh()
        assert store.kept("clusters") == (text[0], False)
        assert store.relinked() == []
        after = graph.concept("bread 1")
        assert (after.cluster, after.words) == (before.cluster, (before.words or 0) + 1)
        assert store.kept("clusters") == (text[0], True)
        note.write_text("More words still.", encoding="utf-8")
        (vault / "alone.md").write_text("[[star 1]] [[star 2]]", encoding="utf-8")
        graph.refresh()
        assert graph.concept("alone").cluster == graph.concept("star 1").cluster
        assert_clusters_told(store)


def test_an_export_is_read_back(vault: Path, run: Run) -> None:
    """The clusters are in the lines, and in the graph that is read back from them."""
    lines = run("export", vault=vault).stdout.splitlines()
    nodes = {node.id: node for node in read_jsonl(lines).nodes}
    card = json.loads(run("show", "star 3", "--format", "json", vault=vault).stdout)
    star = nodes["star 3"]
    assert (star.cluster, star.cluster_name) == (card["cluster"], card["cluster_name"])
    assert nodes["alone"].cluster is None


def test_keys_of_ones_own_stay_beside_them(make_vault: MakeVault, tmp_path: Path) -> None:
    """A frontmatter key called like them is a property of its own."""
    own = "cluster: mine\nsubcluster: 2\ncluster_name: [a]\nsubcluster_name: b\n"
    files = topics("bread")
    files["bread 1.md"] = f"---\n{own}---\n{files['bread 1.md']}"
    with graphkit.open(make_vault(files), index=tmp_path / "i") as graph:
        card = graph.concept("bread 1")
        assert card.properties["cluster"] == "mine"
        asked = "MATCH (n {id: 'bread 1'}) RETURN n.cluster, n.fm_cluster, n.fm_cluster_name"
        assert graph.query(asked).rows == ((card.cluster, "mine", ["a"]),)


def test_the_saved_graph_follows(vault: Path, tmp_path: Path) -> None:
    """Queries see clusters that were named or found anew, though no note has changed."""
    asked = "MATCH (n:Note) RETURN n.id, n.cluster, n.cluster_name ORDER BY n.id"
    index = tmp_path / "i"
    with graphkit.open(vault, index=index) as graph:
        before = graph.query(asked).rows
        graphs = sorted(tmp_path.glob("*.kgl"))
        assert graph.query(asked).rows == before
        assert sorted(tmp_path.glob("*.kgl")) == graphs, "it is made once"
        graph.rename_cluster(str(before[1][1]), "Bakery")
        named = graph.query(asked).rows
        assert [row[2] for row in named] == [
            "Bakery" if row[1] == before[1][1] else row[2] for row in before
        ]
        assert sorted(tmp_path.glob("*.kgl")) != graphs
    with closing(sqlite3.connect(index)) as connection:  # as if found otherwise, long ago
        ((text,),) = connection.execute("SELECT value FROM kept WHERE key = 'clusters'")
        told = json.loads(text)
        (one, notes), (_, others) = ((k, v[k]) for k, v in told["clusters"].items())
        notes.append(others.pop())
        connection.execute("UPDATE kept SET value = ? WHERE key = 'clusters'", (json.dumps(told),))
        moved = (one, notes[-1])
        connection.execute("UPDATE clustered SET cluster = ? WHERE note = ?", moved)
        connection.execute("UPDATE meta SET value = 'other' WHERE key = 'clusters'")
        connection.commit()
    with graphkit.open(vault, index=index) as graph:
        assert graph.query(asked).rows != named
        graph.clusters(recompute=True)
        assert graph.query(asked).rows == named


def test_two_indexes_of_one_vault_agree(notes: Path, tmp_path: Path) -> None:
    """Found from nothing, clusters are the same, and what tells whether they changed is too."""
    states = []
    for name in ("one", "two"):
        with closing(EmbeddedStore(notes, index=tmp_path / name)) as store:
            store.refresh()
            bring_up_to_date(store)
            states.append(store.meta("clusters"))
    assert states[0] == states[1] is not None


def test_an_index_that_cannot_be_written(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was kept is shown, and nothing where nothing was; nothing fails for it."""
    index = tmp_path / "i"
    asked = "MATCH (n) WHERE n.id IN ['bread 1', 'star 1'] RETURN n.cluster_name ORDER BY n.id"

    def told() -> list[Any]:
        with monkeypatch.context() as patched:  # permissions do not keep the superuser from it
            patched.setattr(os, "access", lambda _, how: not how & os.W_OK)
            with graphkit.open(vault, index=index) as graph:
                cards = [graph.concept(name).cluster_name for name in ("bread 1", "star 1")]
                assert [row[0] for row in graph.query(asked).rows] == cards
                assert graph.to_networkx().nodes["star 1"].get("cluster_name") == cards[1]
                return cards

    graphkit.open(vault, index=index).close()
    assert told() == [None, None]
    assert kept_in(index) == []
    with graphkit.open(vault, index=index) as graph:
        kept = [graph.concept(name).cluster_name for name in ("bread 1", "star 1")]
        (vault / "bread 1.md").write_text("Other words.", encoding="utf-8")
        graph.refresh()
    assert told() == kept


def test_a_full_disk_keeps_no_card_back(notes: Path, tmp_path: Path) -> None:
    """Where clusters cannot be kept for want of space, a card is shown without."""
    with closing(EmbeddedStore(notes, index=tmp_path / "i")) as store:
        store.refresh()
        ((pages,),) = store.connection.execute("PRAGMA page_count")
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        assert graphkit.Graph(store).concept("nmj").cluster is None
        store.connection.execute(f"PRAGMA max_page_count = {pages * 9}")
        assert graphkit.Graph(store).concept("nmj").cluster is not None


def test_saved_queries_say_what_the_verb_says(notes: Path, tmp_path: Path) -> None:
    """The saved query of clusters counts as ``clusters`` does, and those between add up."""
    with graphkit.open(notes, index=tmp_path / "i") as graph:
        told = {c.id: (c.name, c.size) for c in graph.clusters().clusters}
        rows = graph.query("clusters").rows
        assert {row[0]: (row[1], row[2]) for row in rows} == told
        assert {query.name for query in saved_queries().queries} >= {
            "between-clusters",
            "links-between-clusters",
        }
        between = graph.query("links-between-clusters", {"limit": 10_000}).rows
        links = [link for link in graph._store.all_links() if link.resolved_by]  # noqa: SLF001
        cluster = {node.id: node.cluster for node in graph._store.all_nodes()}  # noqa: SLF001
        ends = [(cluster[link.source], cluster[link.target]) for link in links]
        assert {(row[0], row[1]): row[4] for row in between} == Counter(
            (one, other) for one, other in ends if one and other and one != other
        )


def test_another_folder_of_the_same_notes(vault: Path, tmp_path: Path, run: Run) -> None:
    """A card says the name by hand of the map that lies in the vault, as soon as it lies there."""
    with graphkit.open(vault, index=tmp_path / "i") as graph:
        graph.rename_cluster(str(graph.concept("star 1").cluster), "The night sky")
    copy = tmp_path / "copy"
    shutil.copytree(vault, copy)
    (copy / NAME).rename(tmp_path / NAME)
    where = ["--index", str(tmp_path / "another")]
    assert "The night sky" not in run("show", "star 1", *where, vault=copy).stdout
    shutil.copyfile(tmp_path / NAME, copy / NAME)
    assert "The night sky" in run("show", "star 1", *where, vault=copy).stdout
    (copy / NAME).write_text("{", encoding="utf-8")
    broken = run("show", "star 1", *where, vault=copy)
    assert broken.returncode == 0
    assert "The night sky" not in broken.stdout
