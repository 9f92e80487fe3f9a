"""``graphkit load``: what stands in the database afterwards, and what is sent the next time."""

from __future__ import annotations

import json
import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from graphkit.errors import OtherGraphError
from graphkit.vault.map_file import NAME as MAP_FILE
from tests.neo4j.loading import both_graphs, everything_in, load_vault

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.answers import Loaded
    from tests.neo4j.server import Server

    Run = Callable[..., subprocess.CompletedProcess[str]]
    MakeVault = Callable[[dict[str, str]], Path]

HOSTILE = {
    "quotes.md": '---\nsay: "it\'s `x` \\"y\\" $(z) {a: 1}"\n---\n'
    "See [[a'b\"c`d $(e)|`) DETACH DELETE n //]] and [[back\\\\slash]].\n"
    "`) MATCH (n) DETACH DELETE n //:: [[quotes]]\n",
    "keys.md": '---\n"a`b.c $(x)": 1\n"": empty\n"n\\0l": 2\n_hash: mine\n_text: [1]\nid: 7\n'
    "fm_id: 8\nlabels: x\n---\nText with a \0 in it, [[nul\0l]].\n",
    "values.md": "---\nmap: {a: {b: [1, 2]}}\nmixed: [1, a, 2.5]\nnumbers: [1, 2.0]\nhuge: "
    "123456789012345678901234567890\nneg: -9223372036854775808\nover: 9223372036854775808\n"
    "nulls: [1, null]\nnothing:\nnan: .nan\ninf: -.inf\nempty: []\nnested: [[1], [2]]\n"
    "flags: [true, false]\nday: 2024-02-29\nfloat: 1.0\nzero: -0.0\n"
    '---\n![[picture.png|100]] [out](https://example.org/?a=`b`&c="d")\n',
    "relations.md": "Is a kind of: [[values]]\nÜber: [[keys]]\n`x` y:: [[quotes]]\n",
    "long.md": f"---\naliases: [{'alias ' * 9000}]\ntitle: {'t' * 40_000}\n---\n"
    f"[[{'q' * 7_000}]]\n",
}


@pytest.fixture
def loading(empty_server: Server, tmp_path: Path) -> Callable[..., Loaded]:
    """Loads a vault into the server."""
    return partial(load_vault, index=tmp_path / "index", server=empty_server)


def test_second_load_writes_nothing(
    loading: Callable[..., Loaded], notes: Path, empty_server: Server
) -> None:
    """A load of a vault that has not changed sends nothing, and changes nothing there."""
    first = loading(notes)
    assert len(first.added) == 85
    assert first.links == graphkit_stats(empty_server)[1] == 777
    before = everything_in(empty_server)
    second = loading(notes)
    assert (second.added, second.changed, second.removed) == ((), (), ())
    assert (second.unchanged, second.links) == (85, 0)
    assert everything_in(empty_server) == before


def graphkit_stats(server: Server) -> list[int]:
    ((notes,),) = server.ask("MATCH (n:Note) RETURN count(n)")
    ((links,),) = server.ask("MATCH (:Concept)-[r]->(:Concept) RETURN count(r)")
    return [notes, links]


def edit(vault: Path) -> None:
    """Changes a copy of the example notes in every way that a person does."""
    (vault / "junction" / "calcium.md").unlink()  # linked to: becomes unresolved
    (vault / "muscle" / "titin.md").rename(vault / "muscle" / "connectin.md")
    (vault / "acetylcholinesterse.md").write_text("Now there is [[a note]].", encoding="utf-8")
    nmj = vault / "junction" / "neuromuscular_junction.md"
    text = nmj.read_text(encoding="utf-8").replace("aliases: [", "aliases: [calcium, ", 1)
    nmj.write_text(text + "\nAnother [[dopamine]].\n", encoding="utf-8")
    (vault / "how_to_read_these_notes.md").write_text("Nothing is linked.", encoding="utf-8")


def test_edited_vault_is_the_same_as_one_loaded_anew(
    loading: Callable[..., Loaded], notes: Path, empty_server: Server, tmp_path: Path
) -> None:
    """Notes that came, changed and went, and links that lead elsewhere now, are all followed."""
    vault = tmp_path / "notes"
    shutil.copytree(notes, vault)
    loading(vault)
    edit(vault)
    would = loading(vault, dry_run=True)
    loaded = loading(vault)
    assert (would.added, would.changed, would.removed) == (
        *(loaded.added, loaded.changed, loaded.removed),
    )
    assert set(loaded.added) == {"acetylcholinesterse", "muscle/connectin"}
    assert set(loaded.removed) == {"junction/calcium", "muscle/titin"}
    assert 5 < len(loaded.changed) < 40
    after = everything_in(empty_server)
    empty_server.empty()
    loading(vault)
    assert everything_in(empty_server) == after


def test_one_changed_note_is_all_that_is_sent(
    loading: Callable[..., Loaded], notes: Path, tmp_path: Path
) -> None:
    """A note that is edited is replaced; notes whose links lead where they did are not sent."""
    vault = tmp_path / "notes"
    shutil.copytree(notes, vault)
    loading(vault)
    note = vault / "muscle" / "actin.md"
    note.write_text(note.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    loaded = loading(vault)
    assert (loaded.added, loaded.changed, loaded.removed) == ((), ("muscle/actin",), ())


def test_dry_run_writes_nothing(
    loading: Callable[..., Loaded], notes: Path, empty_server: Server
) -> None:
    """``--dry-run`` says what would be sent, and leaves an empty database empty."""
    would = loading(notes, dry_run=True)
    assert would.dry_run
    assert len(would.added) == 85
    assert empty_server.ask("MATCH (n) RETURN count(n)") == [[0]]


def test_nodes_of_others_are_not_touched(
    loading: Callable[..., Loaded], notes: Path, empty_server: Server, tmp_path: Path
) -> None:
    """Nodes of other labels, and links that a person made, stay through loads and edits."""
    vault = tmp_path / "notes"
    shutil.copytree(notes, vault)
    empty_server.ask("CREATE (:Person {name: 'Ann', id: 'muscle/actin'})-[:KNOWS]->(:Person)")
    try:
        loading(vault)
        empty_server.ask(
            "MATCH (p:Person {name: 'Ann'})"
            " MATCH (c:Concept {id: 'junction/neuromuscular_junction'})"
            " MATCH (d:Concept {id: 'muscle/bone'}) CREATE (c)-[:READ_BY]->(p), (c)-[:MINE]->(d)"
        )
        edit(vault)
        assert "junction/neuromuscular_junction" in loading(vault).changed
        assert empty_server.ask(
            "MATCH (:Note)-[r:READ_BY|MINE]->() RETURN type(r) ORDER BY type(r)"
        ) == [["MINE"], ["READ_BY"]]
        with both_graphs(vault, tmp_path / "index", empty_server) as (ours, theirs):
            assert theirs.concept("nmj") == ours.concept("nmj")
            assert theirs.find("calcium") == ours.find("calcium")
            assert theirs.stats() == ours.stats()
        assert empty_server.ask("MATCH (p:Person)-[:KNOWS]->(:Person) RETURN properties(p)") == [
            [{"name": "Ann", "id": "muscle/actin"}]
        ]
    finally:
        empty_server.ask("MATCH (p:Person) DETACH DELETE p")


def test_concepts_of_others_are_refused(
    loading: Callable[..., Loaded], notes: Path, empty_server: Server
) -> None:
    """Where ``:Concept`` nodes are somebody else's, nothing is loaded, whatever is asked."""
    empty_server.ask("CREATE (:Concept {id: 'mine', name: 'of another program'})")
    for replace in (False, True):
        with pytest.raises(graphkit.StoreError, match="1 :Concept nodes that graphkit did not"):
            loading(notes, replace=replace)
    assert empty_server.ask("MATCH (n) RETURN count(n)") == [[1]]


def test_another_vault_is_refused_unless_it_may_go(
    loading: Callable[..., Loaded],
    notes: Path,
    empty_server: Server,
    make_vault: MakeVault,
    tmp_path: Path,
) -> None:
    """A database that holds another vault is only loaded into with ``replace``."""
    other = make_vault({"a.md": "[[b]] and [[calcium]]"})
    load_vault(other, tmp_path / "other", empty_server)
    with pytest.raises(OtherGraphError, match="holds another vault, 'vault'"):
        loading(notes)
    assert graphkit_stats(empty_server) == [1, 2]
    loading(notes, replace=True)
    replaced = everything_in(empty_server)
    empty_server.empty()
    loading(notes)
    assert everything_in(empty_server) == replaced


def test_another_vault_of_the_same_name_is_refused(
    loading: Callable[..., Loaded],
    notes: Path,
    empty_server: Server,
    tmp_path: Path,
) -> None:
    """Two vaults whose folders have one name are told apart by their notes; a copy is the same."""
    loading(notes)
    copy = tmp_path / "elsewhere" / "notes"
    shutil.copytree(notes, copy)
    assert load_vault(copy, tmp_path / "i2", empty_server).unchanged == 85
    other = tmp_path / "other" / "notes"
    other.mkdir(parents=True)
    (other / "a.md").write_text("[[b]]", encoding="utf-8")
    with pytest.raises(OtherGraphError, match=r"called 'notes' too \(0 notes in common\)"):
        load_vault(other, tmp_path / "i3", empty_server)


def test_newer_graph_is_refused(
    loading: Callable[..., Loaded],
    notes: Path,
    empty_server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a newer graphkit wrote is neither loaded over nor read."""
    loading(notes)
    empty_server.ask("MATCH (v:GraphkitVault) SET v.schema_version = 99")
    with pytest.raises(OtherGraphError, match="a newer graphkit's graph"):
        loading(notes)
    for name, value in empty_server.environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(graphkit.StoreError, match="a newer graphkit's"):
        graphkit.open(empty_server.uri)
    assert loading(notes, replace=True).unchanged == 85
    assert loading(notes).unchanged == 85


def test_odd_texts_and_values_are_kept(
    loading: Callable[..., Loaded],
    make_vault: MakeVault,
    empty_server: Server,
    tmp_path: Path,
) -> None:
    """Quotes, backticks, ``$(…)``, NUL, nested and huge values break nothing and come back."""
    vault = make_vault(HOSTILE)
    loading(vault)
    with both_graphs(vault, tmp_path / "index", empty_server) as (ours, theirs):
        for node in ours._store.all_nodes():  # noqa: SLF001 - all there are
            one, other = (graph.concept(node.id).to_dict() for graph in (ours, theirs))
            assert json.dumps(other) == json.dumps(one)
        assert list(theirs._store.references()) == list(ours._store.references())  # noqa: SLF001
        assert theirs.stats() == ours.stats()
        values = theirs.concept("values").properties
        assert values["map"] == {"a": {"b": [1, 2]}}
        assert values["numbers"] == [1, 2.0]
        assert [type(number) for number in values["numbers"]] == [int, float]
        assert values["huge"] == 123456789012345678901234567890
        assert values["nothing"] is None
        assert values["neg"] == -(2**63)
        assert theirs.concept("keys").properties["_hash"] == "mine"
    assert loading(vault).links == 0


def test_the_map_file_is_kept_with_the_graph(
    loading: Callable[..., Loaded], make_vault: MakeVault, empty_server: Server, tmp_path: Path
) -> None:
    """The text of the vault's map file is there as it was loaded, and follows the file."""
    vault = make_vault({"a.md": "[[b]]", "b.md": ""})
    loading(vault)
    told = []
    for text in ('{"a": 1}\n', None, "\0 é 🧠"):
        if text is None:
            (vault / MAP_FILE).unlink()
        else:
            (vault / MAP_FILE).write_text(text, encoding="utf-8")
        loaded = loading(vault)
        assert (loaded.changed, loaded.links) == ((), 0)
        with both_graphs(vault, tmp_path / "index", empty_server) as graphs:
            told.append([graph._store.map_text() for graph in graphs])  # noqa: SLF001
    assert told == [['{"a": 1}\n'] * 2, [None] * 2, ["\0 é 🧠"] * 2]


def test_name_too_long_for_the_index_is_said(
    loading: Callable[..., Loaded], make_vault: MakeVault, empty_server: Server
) -> None:
    """A link to a name of more bytes than Neo4j can index is named by file and line."""
    vault = make_vault({"deep/a.md": f"One.\n\n[[{'é' * 5_000}]]"})
    with pytest.raises(graphkit.StoreError, match=r"^deep/a\.md:3 links to a name of 10,000 bytes"):
        loading(vault)
    assert empty_server.ask("MATCH (n) RETURN count(n)") == [[0]]


def test_without_text(
    loading: Callable[..., Loaded],
    notes: Path,
    empty_server: Server,
    tmp_path: Path,
    run: Run,
) -> None:
    """``--no-text`` leaves the bodies out; ``search`` then says that it sees names only."""
    loading(notes, text=False)
    assert empty_server.ask("MATCH (n:Note) WHERE n._text IS NOT NULL RETURN count(n)") == [[0]]
    found = run("search", "acetylcholine", **empty_server.environment)
    assert found.returncode == 0
    assert "was loaded with --no-text" in found.stderr
    assert "Acetylcholine" in found.stdout
    assert len(loading(notes, text=True).changed) == 85
    with both_graphs(notes, tmp_path / "index", empty_server) as graphs:
        ours, theirs = (graph.search("acetylcholine").total for graph in graphs)
        assert theirs == ours


def test_search_names_what_a_graph_holds(
    loading: Callable[..., Loaded], notes: Path, empty_server: Server
) -> None:
    """The holder says which vault, which schema and when it was last whole."""
    loading(notes)
    ((vault, version, kind),) = empty_server.ask(
        "MATCH (v:GraphkitVault) RETURN v.vault, v.schema_version, valueType(v.last_whole)"
    )
    assert (vault, version) == ("notes", 2)
    assert kind.startswith("ZONED DATETIME")


def test_verbs_with_a_server_named(
    notes: Path, empty_server: Server, run: Run, tmp_path: Path
) -> None:
    """``--store`` works before and after a verb, from the environment and from graphkit.toml."""
    secrets = {k: v for k, v in empty_server.environment.items() if k != "GRAPHKIT_STORE"}
    uri = empty_server.uri
    loaded = run("load", "--store", uri, vault=notes, **secrets)
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.startswith("85 notes  85 added\n777 links sent to ")
    plain = run("show", "nmj", "--format", "json", vault=notes).stdout
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "graphkit.toml").write_text(f'store = "{uri}"', encoding="utf-8")
    for asked in (
        run("--store", uri, "show", "nmj", "--format", "json", **secrets),
        run("show", "nmj", "--format", "json", "--store", uri, **secrets),
        run("show", "nmj", "--format", "json", GRAPHKIT_STORE=uri, **secrets),
        run("show", "nmj", "--format", "json", cwd=tmp_path / "set", **secrets),
    ):
        assert asked.stdout == plain, asked.stderr
        assert asked.returncode == 0
    again = json.loads(
        run("load", "--format", "json", vault=notes, GRAPHKIT_STORE=uri, **secrets).stdout
    )
    assert again["unchanged"] == 85
    own: dict[str, Any] = {"GRAPHKIT_STORE": uri, **secrets}
    assert (
        run("show", "nmj", "--store", "embedded", "-f", "json", vault=notes, **own).stdout == plain
    )
    assert run("check", vault=notes, **own).stdout == run("check", vault=notes).stdout
    assert run("index", vault=notes, **own).returncode == 0
