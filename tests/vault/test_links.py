"""Extraction: what in a note is a link, what it says, and what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkit.vault.parse import parse_note

if TYPE_CHECKING:
    from graphkit.vault.written import WrittenLink, WrittenNote, WrittenReference


def read(text: str) -> WrittenNote:
    return parse_note(text.encode("utf-8"))


def link_in(text: str) -> WrittenLink:
    (link,) = read(text).links
    return link


def targets_in(text: str) -> list[str]:
    return [link.text for link in read(text).links]


def reference_in(text: str) -> WrittenReference:
    note = read(text)
    assert note.links == []
    (reference,) = note.references
    return reference


@pytest.mark.parametrize(
    ("written", "target", "alias"),
    [
        pytest.param("[[Reed]]", "Reed", None, id="plain"),
        pytest.param("[[Reed|a bird]]", "Reed", "a bird", id="alias"),
        pytest.param("[[ Reed | a bird ]]", "Reed", "a bird", id="spaces-are-trimmed"),
        pytest.param("[[Reed|]]", "Reed", None, id="an-empty-alias-is-none"),
        pytest.param("[[Reed|a\nbird]]", "Reed", "a bird", id="a-newline-in-the-alias-is-a-space"),
        pytest.param("[[Reed|a **bold** bird]]", "Reed", "a bold bird", id="emphasis-in-the-alias"),
        pytest.param("[[Reed|a [small] bird]]", "Reed", "a [small] bird", id="brackets-inside"),
        pytest.param("[[Reed|a [bird]]]", "Reed", "a [bird]", id="brackets-at-the-end"),
        pytest.param("[[Reed|[01:17:00]]]", "Reed", "[01:17:00]", id="a-time-in-brackets"),
        pytest.param("[[Reed|a|b]]", "Reed", "a|b", id="a-second-pipe-is-part-of-the-alias"),
        pytest.param("[[wet/Reed]]", "wet/Reed", None, id="path"),
        pytest.param("[[Reed.md]]", "Reed.md", None, id="md-is-kept-as-written"),
        pytest.param("[[葦|鳥]]", "葦", "鳥", id="any-script"),
        pytest.param("[[Re: Reed]]", "Re: Reed", None, id="a-colon-and-a-space-is-no-scheme"),
        pytest.param("[[std::vector]]", "std::vector", None, id="two-colons-are-no-scheme"),
    ],
)
def test_wiki_link(written: str, target: str, alias: str | None) -> None:
    """A wiki-link gives its target and its alias, both trimmed, the target as it was written."""
    link = link_in(f"See {written} here.")
    assert (link.kind, link.text, link.alias, link.anchor) == ("wiki", target, alias, None)


@pytest.mark.parametrize(
    ("written", "target", "anchor"),
    [
        ("[[Reed#Nest]]", "Reed", "Nest"),
        ("[[Reed#Nest#Eggs]]", "Reed", "Nest#Eggs"),
        ("[[Reed#^a1b2]]", "Reed", "^a1b2"),
        ("[[Reed # Nest]]", "Reed", "Nest"),
        ("[[Reed.md#Nest|there]]", "Reed.md", "Nest"),
        ("[[#Nest]]", "", "Nest"),
        ("[there](reed.md#the%20nest)", "reed.md", "the nest"),
        ("[there](#nest)", "", "nest"),
    ],
)
def test_anchor(written: str, target: str, anchor: str) -> None:
    """A heading or block behind ``#`` is kept apart from the target, also within the same note."""
    link = link_in(written)
    assert (link.text, link.anchor) == (target, anchor)


@pytest.mark.parametrize(
    ("written", "target", "alias"),
    [
        ("![[Reed]]", "Reed", None),
        ("![[Reed#Nest]]", "Reed", None),
        ("![[reed.png|100]]", "reed.png", "100"),
        ("![[reed.png|a reed|100x80]]", "reed.png", "a reed|100x80"),
        ("![a reed](reed.md)", "reed.md", "a reed"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "Look: {} there.", "- {}", "# {}", "> {}\n\nMore."])
def test_embed(written: str, target: str, alias: str | None, around: str) -> None:
    """An embed is a link of kind ``embed``, also when it is all that its block has."""
    link = link_in(around.format(written))
    assert (link.kind, link.text, link.alias, link.line) == ("embed", target, alias, 1)


def test_embed_keeps_to_its_block() -> None:
    """An image alone in its paragraph has no sentence, least of all that of the next paragraph."""
    first, second = read("# Bog\n\n![[a.png]]\n\n## Fen\n\nOf [[Sedge]].\n").links
    assert (first.line, first.heading, first.sentence) == (3, "Bog", "")
    assert (second.line, second.heading, second.sentence) == (7, "Bog > Fen", "Of Sedge.")


TABLE = "| plant | bird |\n|---|---|\n"


@pytest.mark.parametrize(
    "written",
    [
        r"[[Reed\|a bird]]",
        "[[Reed|a bird]]",
        r"![[Reed\|a bird]]",
        "![[Reed|a bird]]",
        r"[[ Reed \| a bird ]]",
        "[[ Reed | a bird ]]",
    ],
)
@pytest.mark.parametrize("cell", ["| {} | x |", "| x | {} |", "{} | x"])
def test_pipe_in_a_table(written: str, cell: str) -> None:
    r"""In a table ``\|`` and a bare ``|`` both divide target and alias, and no cell is lost."""
    link = link_in(TABLE + cell.format(written) + "\n")
    assert (link.text, link.alias, link.line) == ("Reed", "a bird", 3)
    assert link.sentence == "a bird"


def test_pipes_of_an_image_in_a_table() -> None:
    """An embed with words and a size stays in its cell, and the next cell is read."""
    assert targets_in(TABLE + "| ![[a.png|words|100]] | [[Reed|b]] |\n") == ["a.png", "Reed"]


def test_pipes_outside_links_still_divide_cells() -> None:
    """A table's own pipes divide its cells, whatever links stand beside them."""
    links = read(TABLE + "| wet [[Reed|r]] | dry [[Oak|o]] |\n").links
    assert [link.sentence for link in links] == ["wet r", "dry o"]


@pytest.mark.parametrize(
    "written",
    [
        "[[Re[ed]]",
        "[[Re]ed]]",
        "[[Re\ned]]",
        "[[]]",
        "[[ ]]",
        "[[Reed]",
        "[Reed]]",
        r"\[[Reed]]",
        r"\[\[Reed\]\]",
        r"[\[Reed]]",
    ],
)
def test_no_link(written: str) -> None:
    """Brackets or a newline in the target, or a backslash before the brackets, make no link."""
    assert targets_in(written) == []


def test_escaped_exclamation_mark() -> None:
    r"""``\!`` before a wiki-link makes it a plain link."""
    assert link_in(r"\![[Reed]]").kind == "wiki"


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("[a](reed%20bed.md)", "reed bed.md"),
        ("[a](<reed bed.md>)", "reed bed.md"),
        ("[a](reed)", "reed"),
        ("[a](../wet/reed.md)", "../wet/reed.md"),
        ("[a](/wet/reed.md)", "/wet/reed.md"),
        ('[a](reed.md "a title")', "reed.md"),
        ("[a](%E8%91%A6.md)", "葦.md"),
        ("[a](reed%ff.md)", "reed\ufffd.md"),
        ("[a](100%.md)", "100%.md"),
        ("[a][r]\n\n[r]: reed.md", "reed.md"),
        ("[a][]\n\n[a]: reed.md", "reed.md"),
        ("[a]\n\n[a]: <reed bed.md>", "reed bed.md"),
    ],
)
def test_markdown_link(written: str, target: str) -> None:
    """A Markdown link, inline or by a definition, gives its decoded target and its words."""
    link = link_in(written)
    assert (link.form, link.kind, link.text, link.alias) == ("markdown", "markdown", target, "a")


def test_undefined_reference_is_text() -> None:
    """Brackets that no definition answers are words."""
    assert targets_in("[a][r] and [b]") == []


@pytest.mark.parametrize(
    "target", ["http://a.example/b", "mailto:a@b.example", "obsidian://open?vault=x", "//a.example"]
)
@pytest.mark.parametrize("written", ["[x]({})", "[[{}|x]]", "![x]({})", "[x][r]\n\n[r]: {}"])
def test_outside_address(target: str, written: str) -> None:
    """An address with a scheme is an external reference of the note and no link."""
    reference = reference_in(written.format(target))
    assert (reference.text, reference.alias, reference.line) == (target, "x", 1)


def test_autolinks_are_outside_addresses() -> None:
    """``<…>`` around an address or a mail address is an external reference."""
    note = read("Ask <http://a.example> or <me@a.example>.")
    assert [r.text for r in note.references] == ["http://a.example", "mailto:me@a.example"]


def test_wiki_link_before_parentheses() -> None:
    """Parentheses right behind a wiki-link are its own: what stands in them is no second link."""
    assert targets_in("[[Reed]]([x](other.md)) and ([y](third.md))") == ["Reed", "third.md"]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("`[[Reed]]`", id="code-span"),
        pytest.param("`` a ` [[Reed]] ``", id="long-code-span"),
        pytest.param("```\n[[Reed]]\n```", id="fence"),
        pytest.param("~~~md\n[[Reed]]\n~~~", id="tilde-fence"),
        pytest.param("```\n[[Reed]]", id="fence-never-closed"),
        pytest.param("    [[Reed]]", id="indented-code"),
        pytest.param("$[[Reed]]$", id="math"),
        pytest.param("$$\n[[Reed]]\n$$", id="display-math"),
        pytest.param("<div>\n[[Reed]]\n</div>", id="html-block"),
        pytest.param('a <b title="[[Reed]]">b</b>', id="html-attribute"),
        pytest.param("<!-- [[Reed]] -->", id="html-comment"),
        pytest.param("a <!-- [[Reed]]\n[[Sedge]] --> b", id="html-comment-in-text"),
        pytest.param("a %% [[Reed]] %% b", id="hidden-comment"),
        pytest.param("%%\n[[Reed]]\n\n- [[Sedge]]\n%%", id="hidden-block"),
    ],
)
def test_not_in_code_math_html_or_comments(written: str) -> None:
    """What stands in code, math, HTML or a comment is no link."""
    assert targets_in(written) == []


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("a %% b [[Reed]]", id="never-closed"),
        pytest.param("`%%` [[Reed]] `%%`", id="marks-in-code"),
        pytest.param("```\n%%\n```\n[[Reed]]\n\n```\n%%\n```", id="marks-in-fences"),
        pytest.param("    %%\n\n[[Reed]]\n\n    %%", id="marks-in-indented-code"),
        pytest.param("%% a %% [[Reed]] %% b %%", id="between-two-comments"),
        pytest.param("%% a %% [x](CodeBlock) %% [[Sedge]] %% [[Reed]]", id="odd-address"),
        pytest.param("%% ü %%[[Reed]]%% ü %%", id="multi-byte"),
    ],
)
def test_only_paired_marks_outside_code_hide(written: str) -> None:
    """``%%`` hides only in pairs, and none that stands in code counts."""
    assert [link.text for link in read(written).links if link.kind == "wiki"] == ["Reed"]


def test_hidden_comments_keep_lines() -> None:
    """A hidden comment takes no line away from what follows."""
    assert link_in("%% ä\nb\n\n%%\n[[Reed]]").line == 5


@pytest.mark.parametrize("written", ["It cost $5 for [[Reed]] and $10.", "From $5 [[Reed]] to $10"])
def test_prices_are_no_math(written: str) -> None:
    """Two prices around a link do not hide it."""
    assert targets_in(written) == ["Reed"]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("> [!note] [[Reed]]\n> text", id="callout-title"),
        pytest.param("> [!note]- Title\n> [[Reed]]", id="callout"),
        pytest.param("> > [[Reed]]", id="quote"),
        pytest.param("| a |\n|---|\n| [[Reed]] |", id="table"),
        pytest.param("| [[Reed]] |\n|---|\n| a |", id="table-head"),
        pytest.param("a[^1]\n\n[^1]: [[Reed]]", id="footnote"),
        pytest.param("- a\n  1. [[Reed]]", id="list"),
        pytest.param("- [ ] [[Reed]]", id="task"),
        pytest.param("# [[Reed]]", id="heading"),
        pytest.param("[[Reed]]\n===", id="underlined-heading"),
        pytest.param("a **b *[[Reed]]* c**", id="emphasis"),
        pytest.param("~~[[Reed]]~~ ==a==", id="struck-and-marked"),
        pytest.param("a <b>[[Reed]]</b>", id="between-tags"),
        pytest.param("<div>\n\n[[Reed]]\n\n</div>", id="paragraph-between-html-blocks"),
    ],
)
def test_where_links_are_read(written: str) -> None:
    """Callouts, quotes, tables, footnotes, lists, headings and emphasis hold links like text."""
    assert targets_in(written) == ["Reed"]


@pytest.mark.parametrize(
    ("written", "relations"),
    [
        pytest.param("lives-in:: [[Reed]]", ["LIVES_IN"], id="field"),
        pytest.param("- lives in:: [[Reed]]", ["LIVES_IN"], id="field-in-a-list"),
        pytest.param("It [lives in:: [[Reed]]] here.", ["LIVES_IN"], id="field-in-brackets"),
        pytest.param("It (lives in:: [[Reed]]) here.", ["LIVES_IN"], id="field-in-parentheses"),
        pytest.param("[[Oak]] (near:: [[Reed]])", ["LINKS_TO", "NEAR"], id="behind-a-link"),
        pytest.param("(a:: [[B]]) [c:: [[D]], [[E]]] [[F]]", ["A", "C", "C", "LINKS_TO"], id="two"),
        pytest.param("From: [[Reed]]", ["FROM"], id="line"),
        pytest.param("From: [[Reed]], [[Oak|o]]", ["FROM", "FROM"], id="line-with-commas"),
        pytest.param("From: [[Reed]] <br/> \nThen [[Oak]].", ["FROM", "LINKS_TO"], id="line-break"),
        pytest.param("**Part of:** [[Reed]]", ["PART_OF"], id="bold-key"),
        pytest.param("A: [[B]]\nC: [[D]]\n[[E]]", ["A", "C", "LINKS_TO"], id="line-by-line"),
        pytest.param("From: [[Reed]] and more", ["LINKS_TO"], id="more-than-links"),
        pytest.param("This is what it all means: [[Reed]]", ["LINKS_TO"], id="a-sentence"),
        pytest.param("[[Reed]]", ["LINKS_TO"], id="no-key"),
        pytest.param("1: [[Reed]]", ["LINKS_TO"], id="a-number-is-no-key"),
        pytest.param("ist-Teil-von:: [[Reed]]", ["IST_TEIL_VON"], id="hyphens"),
        pytest.param("größe:: [[Reed]]", ["GRÖSSE"], id="any-script"),
    ],
)
def test_relation(written: str, relations: list[str]) -> None:
    """A key before a link names its relation; without one it is ``LINKS_TO``."""
    assert [link.relation for link in read(written).links] == relations


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("#bird and #Wet/Reed", ("bird", "wet/reed")),
        ("#Bird #bird #BIRD", ("bird",)),
        ("#2024 #y2024 #2024-05", ("y2024", "2024-05")),
        ("#größe #鳥", ("grösse", "鳥")),
        ("a#b c/#d &#e", ()),
        (r"\#bird", ()),
        ("`#bird` [x](y#bird) <a href='#bird'>x</a>", ()),
        ("# Heading #bird", ("bird",)),
        ("(#bird), #reed.", ("bird", "reed")),
    ],
)
def test_tags(written: str, tags: tuple[str, ...]) -> None:
    """Tags are folded, may be nested, are not all digits, and start where no word is open."""
    assert read(written).tags == tags


def test_line_and_headings() -> None:
    """Every link knows its line in the file and the chain of headings above it."""
    head, body = (
        "---\ntitle: t\n---\n[[A]]\n# One\n\n[[B]]\n### Two\n- [[C]]\n",
        "## Three\n[[D]]\n",
    )
    text = head + body + "# Four\n[[E]]\n"
    found = [(link.text, link.line, link.heading) for link in read(text).links]
    assert found == [
        ("A", 4, None),
        ("B", 7, "One"),
        ("C", 9, "One > Two"),
        ("D", 11, "One > Three"),
        ("E", 13, "Four"),
    ]


def test_a_very_long_heading_is_cut() -> None:
    """A heading of any length above thousands of links costs no more than its first words."""
    link = link_in("# " + "word " * 5_000 + "\n\n[[Reed]]")
    assert link.heading is not None
    assert len(link.heading) == 400


def test_summary() -> None:
    """The summary is the first paragraph that says something, without typed links."""
    text = "# T\n\nFrom: [[Reed]]\n\nThese are they:\n\n- one\n\nA bird of [[Reed]].\n\nMore."
    assert read(text).summary == "A bird of Reed."


def test_headings_in_order() -> None:
    """A note knows the words of all its headings, in order."""
    assert read("# A [[B]]\n## `c`\n##\nD\n---\n").headings == ["A B", "c", "D"]
