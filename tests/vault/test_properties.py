"""Frontmatter: names, tags, properties and their links, and what is wrong with the YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.vault.parse import parse_note

if TYPE_CHECKING:
    from graphkit.vault.written import WrittenNote


def read(head: str, body: str = "[[Reed]]\n") -> WrittenNote:
    return parse_note(f"---\n{head}\n---\n{body}".encode())


def complaints(note: WrittenNote) -> list[tuple[str, int | None]]:
    return [(problem.rule, problem.line) for problem in note.problems]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("title: Reed bed", "Reed bed"),
        ("Title: '  Reed   bed '", "Reed bed"),
        ("title: 007", "007"),
        ("title: 2024-05-01", "2024-05-01"),
        ("title: no # really", "no"),
        ("title: |\n  Reed\n  bed", "Reed bed"),
        ("title:", None),
        ("title: ''", None),
        ("name: Reed", None),
    ],
)
def test_title(head: str, title: str | None) -> None:
    """The title is a text just as it is written, whatever else YAML would make of it."""
    assert read(head).title == title


@pytest.mark.parametrize("key", ["aliases", "alias", "Aliases"])
@pytest.mark.parametrize(
    ("value", "aliases"),
    [
        ("Reed", ("Reed",)),
        ("Reed bed, Rush", ("Reed bed", "Rush")),
        ("[Reed bed, Rush, Reed bed]", ("Reed bed", "Rush")),
        ("\n  - Reed bed\n  - Rush, tall", ("Reed bed", "Rush, tall")),
        ("[007, no, 1e3, 12:30, 2024-05-01]", ("007", "no", "1e3", "12:30", "2024-05-01")),
        ("[Reed, '', ~]", ("Reed",)),
        ("", ()),
    ],
)
def test_aliases(key: str, value: str, aliases: tuple[str, ...]) -> None:
    """Aliases are a list or a text with commas, each just as it is written."""
    assert read(f"{key}: {value}").aliases == aliases


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("Bird", ("bird",)),
        ("bird, Wet/Reed", ("bird", "wet/reed")),
        ("bird reed", ("bird", "reed")),
        ("['#Bird', bird, wet/reed/]", ("bird", "wet/reed")),
        ("[2024]", ("2024",)),
        ("", ()),
    ],
)
def test_tags(value: str, tags: tuple[str, ...]) -> None:
    """Tags are a list or a text with commas or spaces, folded, before those of the body."""
    assert read(f"tags: {value}", "#body").tags == (*tags, "body")


@pytest.mark.parametrize(
    ("head", "links"),
    [
        pytest.param('near: "[[Oak]]"', [("Oak", None, None, "NEAR", 2)], id="text"),
        pytest.param("near: '[[Oak]]'", [("Oak", None, None, "NEAR", 2)], id="single-quotes"),
        pytest.param('near: "[[Oak#A|o]]"', [("Oak", "A", "o", "NEAR", 2)], id="all-parts"),
        pytest.param('near: "[[Oak|[o]]]"', [("Oak", None, "[o]", "NEAR", 2)], id="brackets"),
        pytest.param(
            'is near:\n  - "[[Oak]]"\n  - text\n  - "[[Ash]]"',
            [("Oak", None, None, "IS_NEAR", 3), ("Ash", None, None, "IS_NEAR", 5)],
            id="list",
        ),
        pytest.param('near: ["[[Oak]]", x]', [("Oak", None, None, "NEAR", 2)], id="flow-list"),
        pytest.param("near: [[Oak]]", [], id="without-quotes-it-is-a-list"),
        pytest.param('near: "by [[Oak]]"', [], id="more-than-a-link"),
        pytest.param('near: "[[Oak]] and [[Ash]]"', [], id="two-links"),
        pytest.param('near: {far: "[[Oak]]"}', [], id="deeper"),
        pytest.param('near: "[[]]"', [], id="empty"),
    ],
)
def test_property_links(
    head: str, links: list[tuple[str, str | None, str | None, str, int]]
) -> None:
    """A quoted wiki-link that is a property or an item of one is a link, its key the relation."""
    note = read(head, "")
    found = [(x.text, x.anchor, x.alias, x.relation, x.line) for x in note.links]
    assert found == links
    assert {link.kind for link in note.links} <= {"property"}


def test_sentence_of_a_property_link() -> None:
    """The evidence of a property's link is its key and its words."""
    (link,) = read('part of: "[[Oak|the oak]]"', "").links
    assert link.sentence == "part of: the oak"


def test_outside_address_in_a_property() -> None:
    """A property that names an outside address in brackets is a reference and no link."""
    note = read('near: "[[http://a.example|a]]"', "")
    assert note.links == []
    assert [(r.text, r.line) for r in note.references] == [("http://a.example", 2)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", 5),
        ("0.5", 0.5),
        ("true", True),
        ("~", None),
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00+00:00"),
        ("2024-02-30", "2024-02-30"),
        (".nan", "nan"),
        ("-.inf", "-inf"),
        ("!!binary aGk=", "aGk="),
        ("!!set {b, a}", ["a", "b"]),
        ("{a: [1, {b: c}]}", {"a": [1, {"b": "c"}]}),
        ("{1: a, 2024-05-01: b, ~: c}", {"1": "a", "2024-05-01": "b", "null": "c"}),
        ("9" * 5_000, "9" * 5_000),
        ("0x" + "f" * 5_000, "0x" + "f" * 5_000),
        ("1" + ":59" * 2_000, "1" + ":59" * 2_000),
        ("&x [a]\nother: *x", ["a"]),
    ],
)
def test_property(value: str, expected: Any) -> None:  # noqa: ANN401 - any of JSON's types
    """Every other property is kept as plain JSON data; what is no date or number is a text."""
    note = read(f"field: {value}")
    assert note.problems == []
    assert note.properties["field"] == expected
    json.dumps(note.properties, allow_nan=False)


def test_merge_key() -> None:
    """YAML's merge key works, and a key that overrides a merged one is not given twice."""
    note = read("a: &a {x: 1, y: 1}\nb: &b\n  <<: *a\n  x: 2\nc: {<<: *b}")
    assert note.properties["c"] == {"x": 2, "y": 1}
    assert note.problems == []


def test_several_merge_keys() -> None:
    """Of several merged mappings the first counts, and none counts before what stands there."""
    note = read("a: &a {ab: 1, cd: 1, x: 1}\nb: &b {ab: 2, ef: 2, x: 2}\nc: {<<: [*a, *b], cd: 3}")
    assert note.properties["c"] == {"ab": 1, "ef": 2, "x": 1, "cd": 3}
    assert note.problems == []


def test_merge_keys_of_merge_keys() -> None:
    """Mappings merged nine times each, nineteen times over, hold each key once."""
    head = "a0: &a0 {x: y}\n" + "".join(
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 20)
    )
    note = read(head)
    assert note.properties["a19"] == {"x": "y"}
    assert note.problems == []


@pytest.mark.parametrize(
    ("head", "line"),
    [
        pytest.param("a: b\nc: d: e", 3, id="second-colon"),
        pytest.param("a: [b\nc: d", 3, id="open-bracket"),
        pytest.param("a: 'b", 3, id="open-quote"),
        pytest.param("\ta: b", 2, id="tab"),
        pytest.param("a: b\n\n c: d", 4, id="indentation"),
        pytest.param("a: *b", 2, id="unknown-anchor"),
        pytest.param("a: b\n? [c]\n: d", 3, id="a-list-as-a-key"),
        pytest.param("a: !!python/object:os.system b", 2, id="python-object"),
        pytest.param("a: !!python/object/apply:os.system ['true']", 2, id="python-call"),
        pytest.param("a: !unknown b", 2, id="unknown-tag"),
        pytest.param("a: b\n...\nc: d", 4, id="two-documents"),
        pytest.param("a: !!bool maybe", 1, id="no-bool"),
        pytest.param("a: !!int ''", 1, id="no-int"),
        pytest.param("a: !!float x", 1, id="no-float"),
        pytest.param("a: !!timestamp x", 1, id="no-date"),
        pytest.param("a: \x07", 1, id="control-character"),
        pytest.param("a: &a [*a]", 1, id="itself"),
        pytest.param("just words", 2, id="no-mapping"),
        pytest.param("- a\n- b", 2, id="a-list"),
        pytest.param("a: " + "[" * 100_000, 1, id="nested-100000-deep"),
        pytest.param("a: " + "{b: " * 100_000, 1, id="mappings-100000-deep"),
        pytest.param("- " * 100_000, 1, id="items-100000-deep"),
        pytest.param("? " * 100_000, 1, id="keys-100000-deep"),
        pytest.param("a: " + "x" * 1_000_001, 1, id="over-a-megabyte"),
    ],
)
def test_unusable_yaml(head: str, line: int) -> None:
    """YAML that cannot be used is reported with its line; the body is read all the same."""
    note = read(head, "#tag [[Reed]]\n")
    assert complaints(note) == [("frontmatter", line)]
    assert note.properties == {}
    assert [(link.text, link.line) for link in note.links] == [("Reed", head.count("\n") + 4)]
    assert note.tags == ("tag",)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(
            "a0: &a0 [x]\n"
            + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)),
            id="lists",
        ),
        pytest.param(
            "a: &a {" + "".join(f"k{n}: v, " for n in range(2_000)) + "}\n"
            "b: {<<: [" + "*a, " * 2_000 + "]}",
            id="one-wide-merge",
        ),
    ],
)
def test_billion_laughs(head: str) -> None:
    """A few lines that stand for billions of values are refused before they take any room."""
    assert complaints(read(head)) == [("frontmatter", 1)]


@pytest.mark.parametrize(
    ("head", "line", "key", "value"),
    [
        ("a: 1\nb: 2\na: 3", 4, "a", 3),
        ("a: {b: 1, b: 2}", 2, "a", {"b": 2}),
        ("'a': 1\na: 2", 3, "a", 2),
    ],
)
def test_key_given_twice(head: str, line: int, key: str, value: object) -> None:
    """Of a key that is given twice the last counts, and the second is reported."""
    note = read(head)
    assert note.properties[key] == value
    assert complaints(note) == [("frontmatter", line)]


@pytest.mark.parametrize(
    ("head", "key", "kept"),
    [
        ("x: 1\ntitle: [a, b]", "title", ["a", "b"]),
        ("x: 1\ntags: {a: b}", "tags", {"a": "b"}),
        ("x: 1\naliases: [[a]]", "aliases", [["a"]]),
        ("x: 1\naliases: [a, {b: c}, {d: e}]", "aliases", ["a", {"b": "c"}, {"d": "e"}]),
    ],
)
def test_list_where_a_text_is_due(head: str, key: str, kept: object) -> None:
    """A title, tag or alias of the wrong kind is reported once and stays a plain property."""
    note = read(head)
    assert note.properties == {"x": 1, key: kept}
    assert complaints(note) == [("frontmatter", 3)]


@pytest.mark.parametrize(
    "text", ["---\ntitle: Bog\n\n[[Reed]]\n", "---\ntitle: Bog\n...\n[[Reed]]\n"]
)
def test_never_closed(text: str) -> None:
    """Only a line of three dashes closes the frontmatter; without one all is body, and reported."""
    note = parse_note(text.encode())
    assert note.title is None
    assert [(link.text, link.line) for link in note.links] == [("Reed", 4)]
    assert complaints(note) == [("frontmatter", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "\n---\ntitle: Bog\n---\n[[Reed]]",
        " ---\ntitle: Bog\n---\n[[Reed]]",
        "text\n---\ntitle: Bog\n---\n[[Reed]]",
        "----\ntitle: Bog\n----\n[[Reed]]",
        "--- title: Bog\n---\n[[Reed]]",
    ],
)
def test_frontmatter_starts_at_the_first_byte(text: str) -> None:
    """Frontmatter stands at the very beginning of a note or nowhere."""
    note = parse_note(text.encode())
    assert (note.title, note.properties, note.problems) == (None, {}, [])
    assert [link.text for link in note.links] == ["Reed"]


@pytest.mark.parametrize("text", ["---\n---\n[[Reed]]", "---\n# only this\n---\n[[Reed]]"])
def test_empty_frontmatter(text: str) -> None:
    """Frontmatter that says nothing is fine."""
    note = parse_note(text.encode())
    assert (note.properties, note.problems) == ({}, [])
    assert note.links[0].text == "Reed"
