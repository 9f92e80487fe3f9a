"""Exports: what other programs read, and what comes back from them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import tempfile
import unicodedata
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pydot
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.cli.options import Format
from graphkit.errors import StoreError, UsageError
from graphkit.questions.clustering import clustering
from graphkit.questions.placing import placing
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.networkx import OWN_PROPERTIES
from graphkit.views.colours import HUES
from graphkit.views.export import FORMATS, Part, write_export
from graphkit.views.read_back import ReadBack, read_graphml, read_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ODD = {
    "plain.md": "---\ntitle: Plain\nyear: 2020\nsentence: 1.5\nline: text\n---\n"
    '[[odd "name"]] then [[b]] then [[plain]] then [[odd "name"]] again. [[b]] [[pic.png]]\n'
    "A line with <b>, & and [a file](x.pdf) and [out](https://example.org/?a=1&b=2).\n",
    "b.md": "---\nyear: next\nsentence: [1, two]\nid: own\nfm_id: other\nlabels: [x]\nempty: ''\n"
    'none: null\n---\n# Über \\ back\n\nUp: [[plain|a "quoted" word]], [[no\\way]] #tag\n',
    "json:c.md": "---\ntitle: 'json: {'\nblank: ' '\ndeep: {a: [1, {b: null}]}\n---\n"
    "[[;#|&]] [[<i>]]",
    "f/\U0001f98b — x.md": '---\ntitle: "two\\nlines \\x07 \\\\"\n---\n![[b#Über]]',
}


def _written(store: EmbeddedStore, format_: Format, part: Part | None = None) -> str:
    with tempfile.TemporaryDirectory() as folder:
        write_export(store, format_, Path(folder, "out.x"), part)
        return Path(folder, "out.x").read_bytes().decode("utf-8")


def _everything(store: EmbeddedStore) -> ReadBack:
    """What is to come back: all but the number of neighbours, which is not exported."""
    nodes = tuple(replace(node, neighbours=0) for node in store.all_nodes())
    return ReadBack(nodes, tuple(store.all_links()), tuple(store.references()))


def _read_back(store: EmbeddedStore, format_: Format) -> ReadBack:
    text = _written(store, format_)
    if format_ is Format.JSONL:
        return read_jsonl(io.StringIO(text, newline="\n"))
    return read_graphml(io.BytesIO(text.encode("utf-8")))


@pytest.fixture
def store_of(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> Iterator[Callable[[dict[str, str]], EmbeddedStore]]:
    opened: list[EmbeddedStore] = []

    def make(files: dict[str, str]) -> EmbeddedStore:
        opened.append(EmbeddedStore(make_vault(files), index=tmp_path / f"index{len(opened)}"))
        opened[-1].refresh()
        bring_up_to_date(opened[-1])
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def odd(store_of: Callable[[dict[str, str]], EmbeddedStore]) -> EmbeddedStore:
    return store_of(ODD)


@pytest.fixture
def example(notes: Path, tmp_path: Path) -> Iterator[EmbeddedStore]:
    with closing(EmbeddedStore(notes, index=tmp_path / "example")) as store:
        store.refresh()
        yield store


_KEYS = st.one_of(
    st.sampled_from(sorted(OWN_PROPERTIES - {"title", "aliases", "tags"})),
    st.sampled_from(
        [
            "fm_id",
            "fm_fm_x",
            "x",
            "size",
            "cluster_name",
            "json:",
            "type",
            "year",
            "sentence",
            "line",
            "kind",
            "key",
        ]
    ),
    st.sampled_from(["source", "target", "references", "node_default", "ä\x07", "", " "]),
    st.text(max_size=4),
)
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(["json:", "json:[", " ", "", "\n", "a\r\nb", "\x07", "\ufffe", "0123", "true"]),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    properties=st.lists(st.dictionaries(_KEYS, _VALUES, max_size=4), min_size=1, max_size=4),
    title=st.none() | st.text(max_size=8) | st.sampled_from(['"', "json:1", "a\nb", "]]>", "&lt;"]),
    links=st.lists(st.integers(0, 5), max_size=8),
)
def test_jsonl_and_graphml_lose_nothing(
    properties: list[dict[str, Any]], title: str | None, links: list[int]
) -> None:
    """Whatever stands in the frontmatter comes back, in its order."""
    place = Path(tempfile.mkdtemp())
    try:
        (place / "vault").mkdir()
        for number, told in enumerate(properties):
            front = yaml.safe_dump(told | ({"title": title} if title is not None else {}))
            body = " then ".join(f"[[n{goal}]]" for goal in links)
            text = f"---\n{front}---\n{body}\n\n[x](y.pdf) <https://example.org>\n"
            (place / "vault" / f"n{number}.md").write_bytes(text.encode("utf-8", "replace"))
        with closing(EmbeddedStore(place / "vault", index=place / "index")) as store:
            store.refresh()
            bring_up_to_date(store)
            whole = _everything(store)
            assert _read_back(store, Format.JSONL) == whole
            assert _read_back(store, Format.GRAPHML) == whole
    finally:
        shutil.rmtree(place)


@pytest.mark.parametrize("format_", [Format.JSONL, Format.GRAPHML])
def test_an_odd_vault_comes_back_whole(odd: EmbeddedStore, format_: Format) -> None:
    """Quotes, markup, control characters, keys of our own: nothing is lost."""
    assert _read_back(odd, format_) == _everything(odd)


@pytest.mark.parametrize("format_", [Format.JSONL, Format.GRAPHML])
def test_the_example_comes_back_whole(example: EmbeddedStore, format_: Format) -> None:
    """The example notes survive the way there and back."""
    assert _read_back(example, format_) == _everything(example)


def test_json_lines_are_sorted_concepts_then_links_then_references(odd: EmbeddedStore) -> None:
    """One object a line, with the documented keys in their order."""
    lines = [json.loads(line) for line in _written(odd, Format.JSONL).split("\n")[:-1]]
    kinds = [line["type"] for line in lines]
    assert kinds == sorted(kinds, key=["concept", "link", "reference"].index)
    assert set(kinds) == {"concept", "link", "reference"}
    concepts = [line for line in lines if line["type"] == "concept"]
    assert [list(line) for line in concepts] == [["type", "id", "labels", "properties"]] * len(
        concepts
    )
    assert [line["id"] for line in concepts] == sorted(line["id"] for line in concepts)
    assert {tuple(line["labels"]) for line in concepts} == {
        ("Concept", "Note"),
        ("Concept", "Unresolved"),
    }
    links = [line for line in lines if line["type"] == "link"]
    assert all(list(line)[1:] == list(graphkit.Link.__dataclass_fields__) for line in links)
    places = [(line["source"], line["line"]) for line in links]
    assert places == sorted(places)
    references = [line for line in lines if line["type"] == "reference"]
    keys = ["type", "of", "source", "kind", "text", "anchor", "alias", "line"]
    assert all(list(line) == keys for line in references)
    assert sorted(line["of"] for line in references) == ["attachment", "attachment", "external"]


def test_a_key_of_our_own_name_is_kept_beside_ours(odd: EmbeddedStore) -> None:
    """A frontmatter key equal to one of graphkit's becomes fm_KEY."""
    lines = map(json.loads, _written(odd, Format.JSONL).split("\n")[:-1])
    (told,) = (line["properties"] for line in lines if line.get("id") == "b")
    assert (told["id"], told["fm_id"], told["fm_fm_id"], told["fm_labels"]) == (
        "b",
        "own",
        "other",
        ["x"],
    )


def test_node_link_json_is_networkxs(odd: EmbeddedStore) -> None:
    """What networkx builds is the graph that to_networkx gives."""
    graph = nx.node_link_graph(json.loads(_written(odd, Format.JSON)), edges="edges")
    assert graph.is_directed()
    assert graph.is_multigraph()
    nodes, links, references = _everything(odd)
    assert list(graph) == [node.id for node in nodes]
    assert graph.number_of_edges() == len(links)
    told = sorted((s, d["line"], t, d["text"]) for s, t, d in graph.edges(data=True))
    assert told == sorted((k.source, k.line, k.target, k.text) for k in links)
    assert graph.graph["references"] == [reference.to_dict() for reference in references]


def test_graphml_is_read_by_networkx(odd: EmbeddedStore, tmp_path: Path) -> None:
    """Numbers are numbers there and titles are labels; every link is an edge with its own id."""
    (tmp_path / "g.graphml").write_text(_written(odd, Format.GRAPHML), encoding="utf-8")
    graph = nx.read_graphml(tmp_path / "g.graphml")
    assert graph.nodes["plain"]["year"] == 2020
    assert graph.nodes["b"]["year"] == "next"
    assert graph.nodes["plain"]["sentence"] == 1.5
    assert graph.nodes["plain"]["label"] == "Plain"
    assert graph.number_of_edges() == len(list(odd.all_links()))
    text = _written(odd, Format.GRAPHML)
    for element in ("edge", "key"):
        ids = re.findall(rf'<{element} [^>]*\bid="([^"]*)"', text)
        assert ids
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("format_", "mark"), [(Format.CSV, ","), (Format.TSV, "\t")])
def test_tables_are_read_as_tables(
    odd: EmbeddedStore, format_: Format, mark: str, tmp_path: Path
) -> None:
    """A folder gets one row a concept and one a link; elsewhere the links are written."""
    write_export(odd, format_, tmp_path / "tables", None)
    tables = {}
    for name in ("concepts", "links"):
        text = (tmp_path / "tables" / f"{name}.{format_}").read_bytes().decode("utf-8")
        tables[name] = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark))
        if format_ is Format.TSV:
            assert len(text.splitlines()) == len(tables[name]) + 1
    nodes, links, _ = _everything(odd)
    assert [row["id"] for row in tables["concepts"]] == [node.id for node in nodes]
    (plain,) = (row for row in tables["concepts"] if row["id"] == "plain")
    assert (plain["year"], plain["tags"], plain["title"]) == ("2020", "[]", "Plain")
    assert [row["source"] for row in tables["links"]] == [link.source for link in links]
    if format_ is Format.CSV:
        assert [row["sentence"] for row in tables["links"]] == [link.sentence for link in links]
    assert list(tables["links"][0]) == list(graphkit.Link.__dataclass_fields__)
    write_export(odd, format_, tmp_path / "out.csv", None)
    links_only = (tmp_path / "out.csv").read_bytes()
    assert links_only == (tmp_path / "tables" / f"links.{format_}").read_bytes()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pydot's own
def test_dot_is_read_by_pydot(odd: EmbeddedStore) -> None:
    """Every concept and every link is there, whatever characters stand in it."""
    (graph,) = pydot.graph_from_dot_data(_written(odd, Format.DOT)) or [pydot.Dot()]
    nodes, links, _ = _everything(odd)
    assert len([n for n in graph.get_nodes() if n.get_name() != "node"]) == len(nodes)
    assert len(graph.get_edges()) == len(links)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not here")
def test_dot_is_read_by_graphviz(odd: EmbeddedStore) -> None:
    """Graphviz draws it without a warning, and the ids come through."""
    drawn = subprocess.run(
        ["dot", "-Tjson"],
        input=_written(odd, Format.DOT),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert drawn.stderr == ""
    objects = json.loads(drawn.stdout)["objects"]
    nodes, links, _ = _everything(odd)
    assert len(objects) == len(nodes)
    assert len(json.loads(drawn.stdout)["edges"]) == len(links)


def test_mermaid_text_cannot_leave_its_quotes(odd: EmbeddedStore) -> None:
    """One line a concept and a link; nothing but entities where Mermaid gives a character sense."""
    lines = _written(odd, Format.MERMAID).split("\n")[:-1]
    assert lines[0] == "flowchart LR"
    nodes, links, _ = _everything(odd)
    boxes = [line for line in lines[1:] if "-->" not in line]
    arrows = [line for line in lines[1:] if "-->" in line]
    assert len(boxes) == len(nodes)
    assert len(arrows) == len({(link.source, link.target, link.relation) for link in links})
    for box, node in zip(boxes, nodes, strict=True):
        found = re.fullmatch(r'  c\d+(?:\[|\(\[)"([^"]*)"(?:\]|\]\))', box)
        assert found
        text = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), found[1])
        text = text.replace("#35;", "#").replace("&num;", "#")
        shown = "".join(c if unicodedata.category(c) != "Cc" else "\ufffd" for c in node.title)
        assert text == shown
    for arrow in arrows:
        assert re.fullmatch(r'  c\d+ -->(?:\|"[^"]*"\|)? c\d+', arrow)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_is_the_same_whatever_way_the_index_came_to_be(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path, format_: Format
) -> None:
    """Rebuilt or refreshed step by step, the bytes are the same."""
    names = sorted(ODD)
    vault = make_vault(dict.fromkeys(names[:2], "[[b]] [[Nothing]]") | {"gone.md": "[[x]]"})
    with closing(EmbeddedStore(vault, index=tmp_path / "kept")) as store:
        store.refresh()
        (vault / "gone.md").unlink()
        for name in reversed(names):
            make_vault({name: ODD[name]})
            store.refresh()
        make_vault({names[0]: ODD[names[0]] + "\n"})
        store.refresh()
        kept = _written(store, format_)
    with closing(EmbeddedStore(vault, index=tmp_path / "new")) as store:
        store.refresh()
        assert _written(store, format_) == kept


def test_a_part_is_the_concepts_and_the_links_between_them(odd: EmbeddedStore) -> None:
    """Around a concept only what was asked for is written."""
    back = read_jsonl(_written(odd, Format.JSONL, Part.of({"b", "plain"})).split("\n")[:-1])
    assert [node.id for node in back.nodes] == ["b", "plain"]
    assert {(link.source, link.target) for link in back.links} == {
        ("b", "plain"),
        ("plain", "b"),
        ("plain", "plain"),
    }


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_is_written_whole_or_not_at_all(
    example: EmbeddedStore, tmp_path: Path, format_: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export that fails halfway leaves the file that was there, and nothing beside it."""
    file = tmp_path / "out" / "graph.x"
    file.parent.mkdir()
    file.write_text("before", encoding="utf-8")

    def broken() -> Iterator[graphkit.Link]:
        yield next(EmbeddedStore.all_links(example))
        raise KeyboardInterrupt

    monkeypatch.setattr(example, "all_links", broken)
    with pytest.raises(KeyboardInterrupt):
        write_export(example, format_, file, None)
    assert file.read_text(encoding="utf-8") == "before"
    assert list(file.parent.iterdir()) == [file]


def test_what_cannot_be_written_is_said(example: EmbeddedStore, tmp_path: Path) -> None:
    """A folder that is not there is an error of the store, a format that is none one of usage."""
    with pytest.raises(StoreError, match="cannot be written"):
        write_export(example, Format.JSONL, tmp_path / "none" / "out.jsonl", None)
    with pytest.raises(UsageError):
        write_export(example, Format.MARKDOWN, tmp_path / "out.md", None)


def test_gexf_and_graphml_carry_the_map(example: EmbeddedStore, tmp_path: Path) -> None:
    """Gephi opens the map of the pages: places (its y grows upwards), sizes, colours, names."""
    places, found = placing(example), clustering(example)
    (tmp_path / "g.gexf").write_text(_written(example, Format.GEXF), encoding="utf-8")
    (tmp_path / "g.graphml").write_text(_written(example, Format.GRAPHML), encoding="utf-8")
    text = (tmp_path / "g.gexf").read_text(encoding="utf-8")
    assert 'xmlns="http://gexf.net/1.3"' in text
    gexf = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    graphml = nx.read_graphml(tmp_path / "g.graphml")
    assert len(gexf) == len(graphml) == len(list(example.all_nodes()))
    assert gexf.number_of_edges() == len(list(example.all_links()))
    for id_, (x, y) in places.points.items():
        position = gexf.nodes[id_]["viz"]["position"]
        assert (position["x"], position["y"]) == (x, -y)
        assert (graphml.nodes[id_]["x"], graphml.nodes[id_]["y"]) == (x, -y)
    for id_, cluster in found.partition.upper.items():
        colour = "#{r:02x}{g:02x}{b:02x}".format(**gexf.nodes[id_]["viz"]["color"])
        assert colour == "#{r:02x}{g:02x}{b:02x}".format(**graphml.nodes[id_])
        assert colour == HUES[places.hues[cluster]][0]
        names = {graph.nodes[id_]["cluster_name"] for graph in (gexf, graphml)}
        assert names == {found.called(cluster)}


def test_gexf_takes_whatever_stands_in_notes(odd: EmbeddedStore, tmp_path: Path) -> None:
    """Odd characters, keys of GEXF's own, lists, numbers of any size."""
    text = _written(odd, Format.GEXF)
    (tmp_path / "g.gexf").write_text(text, encoding="utf-8")
    graph = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    assert len(graph) == len(list(odd.all_nodes()))
    assert text == _written(odd, Format.GEXF)
    assert "lastmodifieddate" not in text
