"""Whatever the bytes: parsing never fails, and places in a note stay right."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graphkit.vault.evidence import LONGEST_SENTENCE
from graphkit.vault.markdown import MarkdownReader
from graphkit.vault.parse import parse_note

HEAD = "---\nvideoId: aB3-_xyz012\n---\n"
TIME = '<a data-t="00:01:05">[00:01:05]</a>'
settings.register_profile(
    "hostile", deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
hostile = settings.get_profile("hostile")

PIECES = st.sampled_from(
    [
        *"[]()|!`%$#*_~<>\\&:;.,?'\"-+=^{}/ \t\n\r\x00\x02\x1e\x1f\x07",
        *("[[", "]]", "![[", "![", "](", "[[a|", "[[a#", "#t=", "\\|", "%%", "$$", "```", "~~~"),
        *("---\n", "\n\n", "\r\n", "- ", "1. ", "> ", "    ", "# ", "|-|\n", "<br/>", "</a>"),
        *("<a data-t='00:01:00'>", "<a data-t=", "<!--", "-->", "<div>", "00:01:00", "[01:00]"),
        *(
            "key:: ",
            "Key: ",
            "(k:: ",
            "e.g. ",
            "A. ",
            "http://a.example/",
            "[^1]",
            "[^1]: ",
            "[r]: ",
        ),
        *("a", "B", "1", "é", "鳥", "e\u0301", "\U0001f426", "\u2028", "\ufeff", "\u202e", "\xa0"),
        *("title: ", "aliases: ", "tags: ", "videoId: ", "'[[a]]'", "&a ", "*a", "<<: ", "!!int "),
        *("!!bool ", "!!set ", "!!timestamp ", "? ", "{", "}", "~", "0x1f", "1:30", "2024-13-01"),
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@hostile
@given(st.binary(max_size=300))
@example(b"\xff\xfe[\x00[\x00a\x00]\x00]\x00")
@example(b"\xef\xbb\xbf---\n\xff: [[\n---\n[[a]]")
@example(b"---")
def test_any_bytes(data: bytes) -> None:
    """Parsing never raises, whatever the bytes."""
    parse_note(data)


@hostile
@given(TEXTS, st.booleans())
def test_any_markdown(text: str, video: bool) -> None:
    """Whatever the Markdown, every link has a line of the note and a sentence of fit length."""
    note = parse_note(((HEAD if video else "") + text).encode())
    lines = text.count("\n") + 4
    for link in note.links:
        assert 1 <= link.line <= lines
        assert len(link.sentence) <= LONGEST_SENTENCE
        assert link.text or link.anchor is not None or link.form == "markdown"
        assert link.relation
        assert "\x00" not in f"{link.text}{link.anchor}{link.alias}{link.sentence}{link.heading}"
        assert not link.nearest or link.seconds is not None
    for problem in note.problems:
        assert problem.line is None or 1 <= problem.line <= lines


@hostile
@given(TEXTS)
def test_any_frontmatter(text: str) -> None:
    """Whatever the frontmatter, the body behind it is read and what comes back is plain data."""
    note = parse_note(f"---\n{text.replace('---', '')}\n---\n\n[[Reed]]\n".encode())
    assert "Reed" in [link.text for link in note.links]


@hostile
@given(TEXTS)
def test_places_in_blocks(text: str) -> None:
    """Every link and time stands within the text of its block."""
    for block in MarkdownReader(text.replace("\x00", "")).blocks():
        for link in block.links:
            assert 0 <= link.start <= link.end <= len(block.text)
        for time in block.times:
            assert 0 <= time.at <= len(block.text)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("word", ["a", "ä", "鳥", "\U0001f426", "e\u0301"])
def test_lines(newline: str, mark: str, word: str) -> None:
    """Lines are counted right with characters of any width, CRLF and a byte order mark."""
    text = (
        f"{mark}---\ntitle: {word}\nnear: '[[{word}]]'\n---\n{word} [[one]] {word}\n\n"
        f"- {word}\n- {word} {word} [[two|{word}]]\n\n| {word} |\n|---|\n| [[three|{word}]] |\n"
        f"%% {word} %%\n\n`{word}` [{word}](four.md)"
    )
    note = parse_note(text.replace("\n", newline).encode())
    assert note.title == word.encode().decode()
    assert [(link.text, link.line) for link in note.links] == [
        (word, 3),
        ("one", 5),
        ("two", 8),
        ("three", 12),
        ("four.md", 15),
    ]
    assert note.problems == []


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"a\nb \xff c\n[[Reed]]", 2, "0xff"),
        (b"\xef\xbb\xbfa\n\xe4 b\n[[Reed]]", 2, "0xe4"),
        (b"a\xe9\x98\n\n[[Reed]]", 1, "0xe9"),
        (b"a\nb\x00\n[[Reed]]", 2, "NUL"),
        ("a\n\n[[Reed]]".encode("utf-16-le"), 1, "NUL"),
        (b"\xff\xfe" + "a\n\n[[Reed]]".encode("utf-16-le"), 1, "UTF-16"),
        (b"\xfe\xff" + "a\n\n[[Reed]]".encode("utf-16-be"), 1, "UTF-16"),
    ],
)
def test_bad_bytes(data: bytes, line: int, message: str) -> None:
    """Bytes that are no UTF-8 are replaced and reported with their line."""
    note = parse_note(data)
    assert (note.problems[0].rule, note.problems[0].line) == ("encoding", line)
    assert message in note.problems[0].message
    if b"[[Reed]]" in data:
        assert [(link.text, link.line) for link in note.links] == [("Reed", 3)]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n", b"\r\n", b"---\n---\n"])
def test_empty_note(data: bytes) -> None:
    """An empty note is a note that says nothing."""
    note = parse_note(data)
    assert (note.links, note.problems, note.words, note.summary) == ([], [], 0, None)


MANY = {
    "links-in-a-line": ("[[Reed]] ", 100_000),
    "links-in-lines": ("[[Reed]]\n", 12_000),
    "links-in-paragraphs": ("[[Reed]]\n\n", 12_000),
    "links-in-items": ("- [[Reed]]\n", 12_000),
    "typed-lines": ("Key: [[Reed]]<br/>\n", 12_000),
    "typed-fields": ("key:: [[Reed]]\n", 12_000),
    "bracketed-fields": ("[key:: [[Reed]]] ", 12_000),
    "open-fields": ("[key:: [[Reed]] ", 12_000),
    "links-and-times": (f"[[Reed]] {TIME} ", 10_000),
    "aliases-of-times": ("[[Reed|00:01:05]] ", 12_000),
    "sentences": ("Of [[Reed]]. ", 12_000),
    "initials": ("A. [[Reed]] ", 12_000),
    "destinations": ("[[Reed]](", 12_000),
}


@pytest.mark.parametrize("kind", MANY)
def test_very_many_links(kind: str) -> None:
    """Tens of thousands of links in one note are all read, each with its sentence."""
    text, count = MANY[kind]
    links = parse_note((HEAD + text * count).encode()).links
    assert len(links) == count
    assert {link.text for link in links} == {"Reed"}
    assert all(link.sentence or link.alias for link in links)


LONG = {
    "brackets": "[" * 1_000_000,
    "closing-brackets": "]" * 1_000_000,
    "wiki-brackets": "[[a" * 300_000,
    "open-aliases": "[[a|" * 250_000,
    "nested-aliases": "[[a|" * 100_000 + "]]" * 100_000,
    "bracketed-aliases": "[[a|[b]" * 100_000,
    "images-in-images": "![a" * 50_000 + "](x)" * 50_000,
    "open-addresses": "[a](" * 200_000,
    "angle-addresses": "[a](<" * 200_000,
    "parentheses": "[[x]]((((" * 30_000,
    "quotes": "\"'" * 500_000,
    "emphasis": "*a _b " * 150_000,
    "stars": "*" * 1_000_000,
    "struck": "~~a " * 80_000,
    "pipes": "|" * 1_000_000,
    "wide-table": "|a" * 100_000 + "|\n" + "|-" * 100_000 + "|\n" + "|a" * 100_000,
    "tables": "|a|\n|-|\n" * 15_000,
    "links-in-a-table": "|a|\n|-|\n|" + "[[a|" * 200_000,
    "cell-of-spaces": "|a|\n|-|\n|a" + " " * 1_000_000 + "[[b]]|\n",
    "alias-of-spaces": "[[a|" + " " * 1_000_000 + "x]]",
    "link-of-spaces": "[" + " " * 1_000_000 + "x](y)",
    "backticks": "".join("`" * count + "a" for count in range(1_400)),
    "dollars": "$a" * 300_000,
    "tags": "<a " * 300_000,
    "comments": "a <!-- " * 150_000,
    "hidden": "%% a " * 200_000,
    "entities": "&#1" * 300_000,
    "stops": '."' * 500_000,
    "spaced-stops": ". " * 500_000,
    "hash-marks": " #a" * 100_000,
    "colons": ":" * 1_000_000 + "[[a]]",
    "key-of-words": "a b " * 100_000 + ":: [[a]]",
    "block-quotes": ">" * 100_000,
    "lists": "- " * 100_000,
    "times-in-parentheses": "[[a]] (" + f"{TIME} " * 20_000,
    "html-attributes": "x <a " + "data-t " * 150_000 + ">",
    "definitions": "[r]: /" + "a" * 100_000 + "\n\n" + "[r] " * 100_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_very_long_line(kind: str) -> None:
    """Up to a megabyte of nested brackets, quotes, emphasis or pipes is like any other text."""
    parse_note((HEAD + LONG[kind]).encode())


DEEP = """
import sys
from graphkit.vault.parse import parse_note
for opening in ("[", "{", "{a: ", "[a, ", "- ", "? ", "- - ", "!!seq [", "&a [", '["'):
    note = parse_note(b"---\\na: " + opening.encode() * 100_000 + b"\\n---\\n[[Reed]]")
    assert [link.text for link in note.links] == ["Reed"], opening
    assert note.problems, opening
for line in ("> ", "- ", "[", "*", "![", "[[a|"):
    parse_note(line.encode() * 100_000)
print("read")
"""


def test_deep_nesting_does_not_end_the_process() -> None:
    """Frontmatter or Markdown nested 100,000 deep cannot crash the process."""
    ended = subprocess.run(
        [sys.executable, "-c", DEEP], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "read\n"), ended.stderr
