"""The embedded engine: its saved graph, its values, its time, and what it says of a mistake."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import graphkit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.cypher.embedded import EmbeddedEngine
    from graphkit.stores.embedded import EmbeddedStore

    MakeVault = Callable[[dict[str, str]], Path]


def graphs(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if ".kgl" in file.name)


def test_the_graph_is_saved_beside_the_index(make_vault: MakeVault, tmp_path: Path) -> None:
    """A graph is made once for an index, opened again, and made anew when the vault changes."""
    vault = make_vault({"a.md": "[[b]]"})
    index = tmp_path / "index.sqlite"
    with graphkit.open(vault, index=index) as graph:
        assert graph.query("MATCH (n) RETURN count(n) AS c").rows == ((3,),)
        (first,) = graphs(tmp_path)
        assert graph.query("MATCH (n:Note) RETURN count(n) AS c").rows == ((1,),)
    with graphkit.open(vault, index=index) as graph:
        graph.query("RETURN 1")
        assert graphs(tmp_path) == [first]
        (vault / "b.md").write_text("[[a]]", encoding="utf-8")
        assert graph.query("MATCH (n:Note) RETURN count(n) AS c").rows == ((1,),)
        graph.refresh()
        assert graph.query("MATCH (n:Note) RETURN count(n) AS c").rows == ((2,),)
        (second,) = graphs(tmp_path)
        assert second != first


def test_a_graph_that_is_gone_or_damaged_is_made_anew(
    make_vault: MakeVault, tmp_path: Path
) -> None:
    """Nobody needs to know of the saved graph: without it, or with a broken one, rows come."""
    index = tmp_path / "index.sqlite"
    vault = make_vault({"a.md": "[[b]]"})
    for harm in ("gone", "damaged"):
        with graphkit.open(vault, index=index) as graph:
            graph.query("RETURN 1")
        (name,) = graphs(tmp_path)
        if harm == "gone":
            (tmp_path / name).unlink()
        else:
            (tmp_path / name).write_bytes(b"no graph")
        with graphkit.open(vault, index=index) as graph:
            assert graph.query("MATCH (n:Note) RETURN n.id AS id").rows == (("a",),)


def test_a_killed_process_leaves_nothing_in_the_way(make_vault: MakeVault, tmp_path: Path) -> None:
    """Whenever a call is killed, the next one answers, and no second graph stays behind."""
    vault = make_vault({f"n{i}.md": f"[[n{i + 1}]] [[n{i // 2}]]" for i in range(300)})
    index = tmp_path / "index.sqlite"
    told = [sys.executable, "-m", "graphkit", "query", "MATCH (n:Note) RETURN count(n) AS c"]
    told += ["--vault", str(vault), "--index", str(index), "--format", "csv"]
    for moment in (0.15, 0.25, 0.35, 0.5, 0.7):
        process = subprocess.Popen(told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
            process.wait()
    ran = subprocess.run(told, capture_output=True, text=True, check=True)
    assert ran.stdout == "c\n300\n"
    assert len(graphs(tmp_path)) == 1


def test_two_processes_make_the_graph_at_once(make_vault: MakeVault, tmp_path: Path) -> None:
    """Calls that find no graph at the same time all answer."""
    vault = make_vault({f"n{i}.md": f"[[n{i + 1}]]" for i in range(50)})
    index = tmp_path / "index.sqlite"
    told = [sys.executable, "-m", "graphkit", "query", "MATCH (n:Note) RETURN count(n) AS c"]
    told += ["--vault", str(vault), "--index", str(index), "--format", "csv"]
    running = [subprocess.Popen(told, stdout=subprocess.PIPE, text=True) for _ in range(5)]
    assert [process.communicate()[0] for process in running] == ["c\n50\n"] * 5


def test_an_engine_that_dies_is_started_again(example_store: EmbeddedStore) -> None:
    """When the engine's process is killed between two queries, the next one does not notice."""
    example_store.query("RETURN 1 AS x", timeout=30, limit=10)
    engine: EmbeddedEngine = example_store.engine
    assert engine._process is not None  # noqa: SLF001 - the process is what dies
    engine._process.kill()  # noqa: SLF001
    engine._process.wait()  # noqa: SLF001
    assert example_store.query("RETURN 2 AS x", timeout=30, limit=10).rows == ((2,),)


def test_values_are_plain(example: graphkit.Graph) -> None:
    """Nodes, links and paths carry labels, types, ids and properties, and nothing of the engine."""
    found = example.query(
        "MATCH p = (a {id: 'muscle/titin'})-[r:PART_OF]->(b) RETURN a {.id, .type}, r, p, labels(a)"
    )
    card, link, path, labels = found.rows[0]
    assert card == {"id": "muscle/titin", "type": None}
    assert labels == ["Concept", "Note"]
    assert link.keys() == {"type", "start", "end", "properties"}
    assert (link["type"], link["start"], link["end"]) == (
        "PART_OF",
        "muscle/titin",
        "muscle/sarcomere",
    )
    assert path["relationships"] == [link]
    first, second = path["nodes"]
    assert first["labels"] == ["Concept", "Note"]
    assert first["properties"]["id"] == "muscle/titin"
    assert "type" not in first["properties"]
    assert second["properties"]["title"] == "Sarcomere"


def test_frontmatter_keys_are_their_own(make_vault: MakeVault, tmp_path: Path) -> None:
    """Frontmatter called type, label, start, id or path is there under its name or as ``fm_``."""
    text = "---\ntype: book\nlabel: L\nstart: 3\nid: X\nrating: 4.5\nmap: {a: 1}\n---\n[[b]]"
    with graphkit.open(make_vault({"a.md": text}), index=tmp_path / "i.sqlite") as graph:
        asked = "MATCH (n:Note) RETURN n.type, n.start, n.fm_label, n.fm_id, n.rating, n.map"
        assert graph.query(asked).rows == (("book", 3, "L", "X", 4.5, '{"a": 1}'),)
        asked = "MATCH (n:Note {type: 'book'}) RETURN [k IN keys(n) WHERE k = 'type'] AS k, n"
        ((keys, node),) = graph.query(asked).rows
        assert keys == ["type"]
        assert node["properties"]["type"] == "book"


def test_time_is_bounded(example: graphkit.Graph) -> None:
    """A query that takes too long is ended with an error, and the next one is answered."""
    with pytest.raises(graphkit.QueryError, match="out of time"):
        example.query("MATCH (a), (b), (c), (d), (e) RETURN count(*)", timeout=0.3)
    assert example.query("RETURN 1 AS x").rows == ((1,),)


def test_rows_are_bounded(example: graphkit.Graph) -> None:
    """More rows than wanted are cut, and it is told."""
    cut = example.query("MATCH (n:Note) RETURN n.id ORDER BY n.id", limit=3)
    assert len(cut.rows) == 3
    assert cut.truncated
    assert not example.query("MATCH (n:Note) RETURN n.id LIMIT 3", limit=3).truncated


@pytest.mark.parametrize(
    ("query", "place", "says"),
    [
        ("MATCH (n) RETURN m", (1, 18), "m"),
        ("MATCH (n:Note)\nWHERE n.words > foo(1)\nRETURN n", (2, 17), "foo"),
        ("MATCH (n:Note\nRETURN n", (1, 7), "not closed"),
        ("MATCH (n:Note RETURN n)", (1, 15), "RETURN"),
        ("/* a\nb */ RETURN 1 +", (2, 16), ""),
        ("MATCH (n) WHERE n.tags + n.x / n.y = $p RETURN zork", (1, 48), "zork"),
    ],
)
def test_mistakes_are_pointed_at(
    example_store: EmbeddedStore, query: str, place: tuple[int, int], says: str
) -> None:
    """What the engine complains of is shown at its place in the query as written."""
    with pytest.raises(graphkit.QueryError) as refused:
        example_store.query(query, {"p": 1}, timeout=10, limit=10)
    assert (refused.value.line, refused.value.column) == place
    assert says in refused.value.message


def test_writing_is_refused_before_the_engine(example: graphkit.Graph) -> None:
    """No query changes the graph."""
    with pytest.raises(graphkit.QueryError, match="CREATE is refused"):
        example.query("CREATE (n:Note)")
    assert example.query("MATCH (n:Note) RETURN count(n) AS c").rows == ((85,),)


def test_an_empty_vault_has_a_graph(make_vault: MakeVault, tmp_path: Path) -> None:
    """A vault without notes is a graph without concepts."""
    with graphkit.open(make_vault({}), index=tmp_path / "i.sqlite") as graph:
        assert graph.query("MATCH (n:Concept) RETURN n").rows == ()


def test_nothing_is_imported_from_the_current_folder(
    make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file kglite.py or pickle.py where one stands is not run by the engine's process."""
    for name in ("kglite", "pickle", "datetime"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run!')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with graphkit.open(make_vault({"a.md": "[[b]]"}), index=tmp_path / "i.sqlite") as graph:
        assert graph.query("MATCH (n:Note) RETURN n.id").rows == (("a",),)
