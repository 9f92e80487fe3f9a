"""Where a note says another's name without linking to it: the exact place, and a link to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.graph import Graph
    from graphkit.topics import Gap

    Maker = Callable[[dict[str, str]], Graph]

FILLER = {f"other{n}.md": f"Note number{n} tells of matters{n} quite apart.\n" for n in range(12)}


def mention(graph: Graph, name: str = "a") -> tuple[str, int, int | None, str] | None:
    """The first mention: note, line and column, and the link to paste."""
    for gap in graph.gaps(name).gaps:
        for reason in gap.reasons:
            if reason.kind == "mention":
                assert reason.note is not None
                assert reason.line is not None
                assert (gap.paste.note, gap.paste.line) == (reason.note, reason.line)
                return reason.note, reason.line, reason.column, gap.paste.link
    return None


@pytest.mark.parametrize(
    ("text", "line", "column", "link"),
    [
        ("Of the motor cortex.\n", 1, 8, "[[motor cortex]]"),
        ("---\ntags: [x]\n---\n\n# Head\n\nÉé: Motor Cortex rules.\n", 7, 5, "[[Motor Cortex]]"),
        ("One.\n\n- item\n- of **motor cortex** too\n", 4, 8, "[[motor cortex]]"),
        ("First line\nsecond, motor cortex\n", 2, 9, "[[motor cortex]]"),
        ("All motor cortexes alike.\n", 1, 5, "[[motor cortex|motor cortexes]]"),
        ("The motor-cortex.\n", 1, 5, "[[motor cortex|motor-cortex]]"),
        ("|a|b|\n|---|---|\n|x|motor cortexes|\n", 3, 4, r"[[motor cortex\|motor cortexes]]"),
        ("`motor cortex` and motor cortex.\n", 1, 20, "[[motor cortex]]"),
        ("%%motor cortex%% then motor cortex.\n", 1, 23, "[[motor cortex]]"),
        ("> [!info] Note\n> Then motor cortex.\n", 2, 8, "[[motor cortex]]"),
    ],
)  # fmt: skip
def test_exact_place(graph_of: Maker, text: str, line: int, column: int, link: str) -> None:
    """A mention stands at its line and column, and what is pasted there leads to the note."""
    graph = graph_of({"a.md": text, "motor cortex.md": "Plans.\n", **FILLER})
    assert mention(graph) == ("a", line, column, link)


@pytest.mark.parametrize(
    "text",
    [
        "See [[b|motor cortex]].\n",
        "See [motor cortex](https://example.org).\n",
        "# Motor cortex\n\nNothing else.\n",
        "Only `motor cortex`.\n",
        "```\nmotor cortex\n```\n",
        "<!-- motor cortex -->\n",
        "A motor. Cortex too.\n",
        "The premotor cortexlike.\n",
    ],
)
def test_no_mention(graph_of: Maker, text: str) -> None:
    """Words of links, headings, code, comments and parts of words are no mentions."""
    graph = graph_of({"a.md": text, "motor cortex.md": "Plans.\n", "b.md": "B.\n", **FILLER})
    assert mention(graph) is None


def test_mentioned_by_others(graph_of: Maker) -> None:
    """A note that says this note's alias is found from either side, at the place in that note."""
    files = {
        "a.md": "---\naliases: [end plate]\n---\nIt ends.\n",
        "b.md": "First.\n\nAt the End Plate.\n",
    }
    graph = graph_of(files | FILLER)
    assert mention(graph, "a") == mention(graph, "b") == ("b", 3, 8, "[[End Plate]]")


def test_longest_name_is_meant(graph_of: Maker) -> None:
    """Where names overlap, the longest one is mentioned and the shorter one is not."""
    files = {
        "a.md": "The upper motor neuron sends.\n",
        "motor neuron.md": "Drives.\n",
        "upper motor neuron.md": "Plans.\n",
    }
    graph = graph_of(files | FILLER)
    found = [
        gap.b.id
        for gap in graph.gaps("a").gaps
        if any(reason.kind == "mention" for reason in gap.reasons)
    ]
    assert found == ["upper motor neuron"]


def test_linked_names_take_their_words(graph_of: Maker) -> None:
    """Words that name a note that is linked elsewhere in the note are no shorter name's."""
    files = {
        "a.md": "See [[upper motor neuron]].\n\nThe upper motor neuron sends.\n",
        "motor neuron.md": "Drives.\n",
        "upper motor neuron.md": "Plans.\n",
    }
    assert mention(graph_of(files | FILLER)) is None


@pytest.mark.parametrize(
    ("name", "text", "link"),
    [
        ("肌肉", "我们研究肌肉收缩。\n", "[[肌肉]]"),
        ("Café au lait", "A cafe au lait helps.\n", "[[Café au lait|cafe au lait]]"),
        ("мышца", "Каждая Мышца сильна.\n", "[[Мышца]]"),
        ("ATP", "It wants ATP.\n", "[[ATP]]"),
    ],
)
def test_scripts(graph_of: Maker, name: str, text: str, link: str) -> None:
    """Names of other scripts, with and without diacritics, and abbreviations are mentioned."""
    graph = graph_of({"a.md": text, f"{name}.md": "Plans.\n", **FILLER})
    found = mention(graph)
    assert found is not None
    assert found[3] == link


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("The", "Of the one.\n"),
        ("ATP", "She said atp.\n"),
        ("20", "In 20.\n"),
        ("🧠", "A 🧠.\n"),
    ],
)
def test_ordinary_words(graph_of: Maker, name: str, text: str) -> None:
    """Short words in another case, numbers and pictures are no mentions."""
    graph = graph_of({"a.md": text, f"{name}.md": "Plans.\n", **FILLER})
    assert mention(graph) is None


def test_common_words(graph_of: Maker) -> None:
    """A name that most notes say is an ordinary word of the vault, and no mention."""
    said = {name: text.replace("tells", "muscle tells") for name, text in FILLER.items()}
    graph = graph_of({"a.md": "A muscle.\n", "muscle.md": "Plans.\n", **said})
    assert mention(graph) is None


def test_same_name_twice(graph_of: Maker) -> None:
    """Of two notes of one name each is pasted so that the link leads to it."""
    files = {"a.md": "Of fatigue here.\n", "x/fatigue.md": "One.\n", "y/fatigue.md": "Two.\n"}
    graph = graph_of(files | FILLER)
    pasted = {gap.b.id: gap.paste.link for gap in graph.gaps("a").gaps}
    assert pasted["x/fatigue"] == "[[x/fatigue|fatigue]]"
    assert pasted["y/fatigue"] == "[[y/fatigue|fatigue]]"


def written_in(file: Path, gap: Gap) -> None:
    """Pastes a gap's link in place of the words that it shows."""
    lines = file.read_text(encoding="utf-8").split("\n")
    paste = gap.paste
    shown = paste.link.strip("[]").rpartition("|")[2]
    assert paste.line is not None
    at = 0 if paste.column is None else paste.column - 1
    line = lines[paste.line - 1]
    if paste.column is not None:
        assert line[at : at + len(shown)] == shown
        line = line[:at] + paste.link + line[at + len(shown) :]
    else:
        line += f" {paste.link}"
    lines[paste.line - 1] = line
    file.write_text("\n".join(lines), encoding="utf-8")


def test_pasted_links_close_gaps(graph_of: Maker, notes: Path) -> None:
    """Every link that the example's gaps offer, pasted at its place, links the two notes."""
    files = {
        path.relative_to(notes).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(notes.rglob("*.md"))
    }
    graph = graph_of(files)
    vault = graph._store.vault  # noqa: SLF001 - where the files are
    assert not isinstance(vault, str)
    for name in ("dopamine", "nmj", "sarcomere"):
        for gap in graph.gaps(name, limit=5).gaps:
            file = vault / f"{gap.paste.note}.md"
            before = file.read_bytes()
            written_in(file, gap)
            graph.refresh()
            other = gap.b.id if gap.paste.note == gap.a.id else gap.a.id
            assert other in {link.target for link in graph.links(gap.paste.note, direction="out")}
            assert frozenset((gap.a.id, gap.b.id)) not in {
                frozenset((g.a.id, g.b.id)) for g in graph.gaps(name, limit=None).gaps
            }
            file.write_bytes(before)
            graph.refresh()
