"""The embedded store gives each answer that can be worked out from all nodes and all links."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from graphkit.errors import VaultError
from graphkit.stores.embedded import EmbeddedStore
from graphkit.vault.map_file import NAME as MAP_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FEW = ["junction/acetylcholine", "control/motor_neuron", "muscle/actin", "acetylcholinesterse"]


@pytest.fixture(scope="module")
def store(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    with closing(EmbeddedStore(notes, index=tmp_path_factory.mktemp("index") / "i")) as store:
        store.refresh()
        yield store


def test_nodes_stand_by_id_and_links_by_source_and_line(store: EmbeddedStore) -> None:
    """The order of everything is the same on every machine."""
    ids = [node.id for node in store.all_nodes()]
    assert ids == sorted(set(ids))
    places = [(link.source, link.line) for link in store.all_links()]
    assert places == sorted(places)
    assert {end for link in store.all_links() for end in (link.source, link.target)} <= set(ids)


def test_some_are_those_of_all(store: EmbeddedStore) -> None:
    """What is asked of a set is the same as among all; an id that is none is left out."""
    few = {node.id: node for node in store.all_nodes() if node.id in FEW}
    assert sorted(few) == sorted(FEW)
    assert store.nodes([*FEW, "none"]) == few
    concepts = store.concepts([*FEW, "none"])
    assert {i: (c.id, c.title, c.note) for i, c in concepts.items()} == {
        i: (n.id, n.title, n.note) for i, n in few.items()
    }
    links = list(store.all_links())
    assert store.links(FEW, "out") == [link for link in links if link.source in FEW]
    assert store.links(FEW, "in") == [link for link in links if link.target in FEW]
    either = [link for link in links if link.source in FEW or link.target in FEW]
    assert store.links(FEW, "both") == either
    within = [link for link in links if link.source in FEW and link.target in FEW]
    assert store.links_within(FEW) == within
    assert within
    references = list(store.references())
    some = {reference.source for reference in references}
    assert list(store.references(some)) == references
    assert list(store.references(["none"])) == []


def test_who_mentions_what_has_no_note(store: EmbeddedStore) -> None:
    """For each unresolved concept its sources are those of the links that point to it."""
    wanted = {node.id: set[str]() for node in store.all_nodes() if not node.note}
    for link in store.all_links():
        if link.target in wanted:
            wanted[link.target].add(link.source)
    assert store.unresolved_sources() == {id_: sorted(by) for id_, by in wanted.items()}
    assert len(wanted) > 3


def test_the_next_are_those_at_the_other_end(store: EmbeddedStore) -> None:
    """Adjacent concepts and their numbers of neighbours leave membership out where asked."""
    degrees = {node.id: node.neighbours for node in store.all_nodes()}
    walked = [k for k in store.all_links() if k.source != k.target and k.relation != "FROM"]
    for node, degree in degrees.items():
        out = {link.target for link in walked if link.source == node}
        into = {link.source for link in walked if link.target == node}
        assert degree == len(out | into)
        for direction, ends in (("out", out), ("in", into), ("both", out | into)):
            told = store.adjacent([node], direction, ("FROM",))
            assert told == {node: {end: degrees[end] for end in sorted(ends)}}
            assert list(told[node]) == sorted(ends)
    assert store.adjacent(FEW, "both", ()).keys() == set(FEW)


def test_an_index_note_is_linked_with_half_its_folder_or_a_fifth_of_all(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """Of fifty notes or more in its folder over half, or over a fifth of all and fifty.

    Links either way count.
    """
    files = {f"f/n{number}.md": "" for number in range(58)}
    files |= {f"g/m{number}.md": "" for number in range(200)}

    def links(names: list[str]) -> str:
        return " ".join(f"[[{name[:-3]}]]" for name in names)

    names = sorted(files)
    for name in names[:53]:
        files[name] = "[[pointed_at]]" + " [[less_pointed_at]]" * (name != names[0])
    files |= {"g/pointed_at.md": "", "g/less_pointed_at.md": ""}
    files["f/half.md"] = links(names[:31])
    files["f/less.md"] = links(names[:30])
    files["g/fifth.md"] = links(names[:53])
    files["g/fewer.md"] = links(names[:52])
    with closing(EmbeddedStore(make_vault(files), index=tmp_path / "index")) as store:
        store.refresh()
        assert store.stats().notes == 264
        found = store.index_notes([node.id for node in store.all_nodes()])
    assert [concept.id for concept in found] == ["f/half", "g/fifth", "g/pointed_at"]


def test_the_map_file_is_read_as_it_is(make_vault: Callable[[dict[str, str]], Path]) -> None:
    """What people said of a vault is its file's text, whatever its bytes; None without one."""
    vault = make_vault({"a.md": "[[b]]"})
    with closing(EmbeddedStore(vault, index=vault.parent / "i")) as store:
        store.refresh()
        assert store.map_text() is None
        (vault / MAP_FILE).write_bytes(b'{"names": "\xff\n"}\r\n')
        assert store.map_text() == '{"names": "\ufffd\n"}\r\n'
        (vault / MAP_FILE).unlink()
        (vault / MAP_FILE).mkdir()
        with pytest.raises(VaultError, match=r"graphkit-map\.json cannot be read: "):
            store.map_text()


def test_notes_saying_most_are_those_with_the_largest_sums(store: EmbeddedStore) -> None:
    """Of the words that a note says the weights are added; of equals the lower ids come first."""
    weights = {"muscle": 1.5, "axon": 2.0, "calcium": 1.5, "nowhere": 9.0}
    saying = store.notes_saying(weights)
    sums: dict[str, float] = {}
    for word, ids in saying.items():
        for id_ in ids:
            sums[id_] = sums.get(id_, 0.0) + weights[word]
    ranked = sorted(sums, key=lambda id_: (-sums[id_], id_))
    assert len(set(sums.values())) < len(ranked)
    assert [store.saying_most(weights, limit) for limit in (1, 10, len(ranked) + 1)] == [
        ranked[:1], ranked[:10], ranked
    ]  # fmt: skip
    assert store.saying_most({"nowhere": 1.0}, 5) == []


def test_a_vault_that_has_gone_is_not_forgotten(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """A refresh of a folder that is gone says so, and what is known of it is there still."""
    vault = make_vault({"a.md": "[[b]]", "b.md": ""})
    with closing(EmbeddedStore(vault, index=tmp_path / "index")) as store:
        store.refresh()
        vault.rename(tmp_path / "away")
        with pytest.raises(VaultError, match="There is no folder"):
            store.refresh()
        assert store.number_of_notes() == 2
        (tmp_path / "away").rename(vault)
        assert store.refresh().deleted == ()


def test_another_store_of_the_same_index(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """A store for another thread sees what the first writes, and other processes see both.

    To open it must not take away the first one's locks: a process that opens and closes the index
    meanwhile would take itself for the last one, and remove the log under both.
    """
    vault = make_vault({"a.md": "[[b]]"})
    opened = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('VACUUM'); c.close()"
    with closing(EmbeddedStore(vault, index=tmp_path / "index")) as store:
        store.refresh()
        with closing(store.another()) as other:
            subprocess.run([sys.executable, "-c", opened, str(tmp_path / "index")], check=True)
            (vault / "c.md").write_text("[[a]]", encoding="utf-8")
            store.refresh()
            assert other.number_of_notes() == store.number_of_notes() == 2
            assert (tmp_path / "index-wal").exists()
