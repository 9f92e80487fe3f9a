"""Reading a note takes time in proportion to its size, whatever stands in it."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.vault.parse import parse_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = "---\nvideoId: aB3-_xyz012\n---\n"
TIME = '<a data-t="00:01:05">[00:01:05]</a>'
SIZE = 5_000
TIMES_LARGER = 16
# What is linear grows by 16, by 30 where caches end; what is quadratic by 256.
MOST = 40
# Seconds below which a clock tells nothing.
FLOOR = 0.002
TRIES = 6


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seconds_for(text: str) -> float:
    data = text.encode()
    with no_garbage_collection():
        begun = time.process_time()
        parse_note(data)
        return time.process_time() - begun


def grows_too_fast(text_of: Callable[[int], str], size: int) -> str | None:
    """What was measured, if time never grew in proportion; other processes only ever add to it."""
    small = large = float("inf")
    seconds_for(text_of(size))  # what is imported and kept with the first note is none of its time
    for _ in range(TRIES):
        small = max(min(small, seconds_for(text_of(size))), FLOOR)
        large = min(large, seconds_for(text_of(size * TIMES_LARGER)))
        if large <= small * MOST:
            return None
    return f"{TIMES_LARGER} times the text took {large / small:.0f} times as long: {large:.2f} s"


UNITS = {
    "brackets": "[",
    "closing-brackets": "]",
    "double-brackets": "[[",
    "open-links": "[[a",
    "open-aliases": "[[a|",
    "aliases-in-brackets": "[[a|[b]",
    "open-addresses": "[a](",
    "open-angles": "[a](<",
    "addresses-behind-links": "[[x]](",
    "images": "![a",
    "quotes": "\"'",
    "links-in-quotes": "\"'[[a]]'\" ",
    "stars": "*",
    "emphasis": "*a _b ",
    "emphasis-in-emphasis": "**a* ",
    "struck": "~~a ",
    "backticks": "`a``b```c ",
    "math": "$a$b",
    "display-math": "$$ a ",
    "pipes": "|",
    "rows": "|a|b|\n",
    "tables": "|a|\n|-|\n",
    "rows-of-links": "|[[a|b]] c [[d]]|\n",
    "items": "- a\n",
    "items-in-items": "- ",
    "block-quotes": "> ",
    "kinds-of-items": "* - + 1. ",
    "tags-of-html": "<a ",
    "html": '<b c="d">e</b>',
    "html-blocks": "<div>\n",
    "comments": "a <!-- ",
    "questions": "a <? ",
    "cdata": "a <![CDATA[ ",
    "hidden": "%% a ",
    "hidden-in-lines": "%% a\n",
    "footnotes": "[^1] ",
    "notes-of-footnotes": "[^a]: b\n\n",
    "references": "[r]: /x\n",
    "headings": "# a [[b]]\n",
    "levels-of-headings": "# [[a]]\n## b\n### [[c]]\n#### d\n",
    "links-and-times": f"[[a]] {TIME} ",
    "times": f"{TIME} ",
    "times-in-parentheses": f"({TIME} ",
    "open-times": '<a data-t="00:01:05"> ',
    "links": "[[Reed]] ",
    "sentences": "Of [[Reed]]. ",
    "abbreviations": "e.g. [[a]] ",
    "initials": "A.",
    "stops": '."',
    "tags": "#a ",
    "fields": "[k:: [[x]] ",
    "fields-in-lines": "Key: [[a]]<br/>\n",
    "escapes": "\\[",
    "entities": "&#1",
    "spaces": " ",
    "lines": "\n",
    "separators": "\u2028\x1c",
    "wide": "鳥[[鳥]]\U0001f426 ",
}


@pytest.mark.parametrize("kind", UNITS)
def test_repeated(kind: str) -> None:
    """A note of one thing said over and over takes time in proportion to its length."""
    unit = UNITS[kind]
    assert not grows_too_fast(lambda size: HEAD + unit * (size // len(unit)), SIZE)


def in_order(count: int, text: Callable[[int], str]) -> str:
    return "".join(map(text, range(count)))


SHAPES: dict[str, Callable[[int], str]] = {
    "one-line": lambda n: "plain words and [[links]] " * (n // 26),
    "a-sentence-of-links": lambda n: "See " + "[[a]] and " * (n // 10) + ".",
    "a-sentence-of-links-and-a-time": lambda n: "See " + "[[a]] and " * (n // 10) + TIME + ".",
    "sentences-before-one-time": lambda n: "See [[a]]. " * (n // 11) + TIME,
    "times-before-one-link": lambda n: f"Said {TIME}. " * (n // 42) + "[[a]]",
    "a-relation-of-many-links": lambda n: "Key: " + "[[a]], " * (n // 7),
    "a-field-never-closed": lambda n: "[k:: " + "[[a]] " * (n // 6),
    "brackets-in-brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "links-in-links": lambda n: "[[a|" * (n // 6) + "]]" * (n // 6),
    "images-in-images": lambda n: "![a" * (n // 7) + "](x)" * (n // 7),
    "emphasis-in-emphasis": lambda n: "*a " * (n // 6) + " b*" * (n // 6),
    "longer-backticks": lambda n: in_order(int((2 * n) ** 0.5), lambda k: "`" * k + "a"),
    "deeper-items": lambda n: in_order(int(n**0.5), lambda k: "  " * k + "- a [[b]]\n"),
    "deeper-quotes": lambda n: in_order(int(n**0.5), lambda k: "> " * k + "[[b]]\n"),
    "a-wide-table": lambda n: "|a" * (n // 6) + "|\n" + "|-" * (n // 6) + "|\n" + "|a" * (n // 6),
    "a-wide-table-of-empty-rows": lambda n: (
        "|a" * int(n**0.5) + "|\n" + "|-" * int(n**0.5) + "|\n" + "|\n" * (n // 2)
    ),
    "open-links-in-a-cell": lambda n: "|a|\n|-|\n|" + "[[a|[b" * (n // 6),
    "a-cell-of-spaces": lambda n: "|a|\n|-|\n|a" + " " * n + "[[b]]|\n",
    "an-alias-of-spaces": lambda n: "[[a|" + " " * n + "x]]",
    "a-row-of-dashes": lambda n: "|a|\n" + "|-" * (n // 2),
    "attributes": lambda n: "x <a " + "data-t " * (n // 7) + ">",
    "an-attribute-of-spaces": lambda n: "x <a data-t" + " " * n + ">",
    "paragraphs-of-an-item": lambda n: "- a\n\n" + "  b [[c]]\n\n" * (n // 11),
    "one-definition-for-all": lambda n: "[r]: /" + "a" * (n // 10) + "\n\n" + "[r] " * (n // 40),
    "many-definitions": lambda n: (
        in_order(n // 30, lambda k: f"[r{k}]: /x\n") + in_order(n // 30, lambda k: f"[r{k}] ")
    ),
    "many-footnotes": lambda n: (
        in_order(n // 30, lambda k: f"a[^{k}] ") + in_order(n // 30, lambda k: f"\n\n[^{k}]: [[b]]")
    ),
    "long-headings": lambda n: f"# {'h' * 300} [[a]]\n## b\n" * (n // 315),
    "spaces-behind-a-stop": lambda n: "a." + " " * n + "b [[a]]",
    "words-before-a-field": lambda n: "a b " * (n // 4) + ":: [[a]]",
    "hidden-lines": lambda n: "%%" + "\n" * n + "%% [[a]]",
}


@pytest.mark.parametrize("kind", SHAPES)
def test_shaped(kind: str) -> None:
    """So does a note in which one thing stands within, before or behind very many others."""
    assert not grows_too_fast(lambda size: HEAD + SHAPES[kind](size), SIZE)


HEADS: dict[str, Callable[[int], str]] = {
    "items": lambda n: "tags:\n" + "- a\n" * (n // 4),
    "links": lambda n: "up:\n" + "- '[[a]]'\n" * (n // 10),
    "brackets": lambda n: ("a: " + "[" * 90 + "]" * 90 + "\n") * (n // 184),
    "keys": lambda n: in_order(n // 10, lambda k: f"k{k}: v\n"),
    "one-key": lambda n: "k: v\n" * (n // 5),
    "anchors": lambda n: "a: &a [x]\n" + in_order(n // 12, lambda k: f"k{k}: *a\n"),
    "merges": lambda n: "a: &a {x: 1}\n" + in_order(n // 18, lambda k: f"k{k}: {{<<: *a}}\n"),
    "digits": lambda n: "a: " + "1" * n,
    "clocks": lambda n: "a: " + "1:" * (n // 2) + "1",
    "open-links": lambda n: "a: '" + "[[" * (n // 2) + "'",
}


@pytest.mark.parametrize("kind", HEADS)
def test_frontmatter(kind: str) -> None:
    """And so does its frontmatter."""
    assert not grows_too_fast(lambda size: f"---\n{HEADS[kind](size)}\n---\n[[a]]", SIZE)


PIECES = st.sampled_from(
    [
        *"[]()|!`%$#*_~<>\\&:;.\"'-+=^{} \t\n",
        *("[[", "]]", "![", "](", "[[a|b]]", "%%", "$$", "```", "\n\n", "\n- ", "\n1. ", "\n> "),
        *("\n# ", "\n|-|\n", "|a|", "<br/>", "</a>", "<!--", "-->", "<div>", TIME, "00:01:05"),
        *("key:: ", "\nKey: ", "e.g. ", "A. ", "[^1]", "\n[^1]: ", "[r]", "\n[r]: /x\n", "a", "鳥"),
        *("[[a]]", "[a](b.md)", "~~", "\\|", "&#1", "?>", "<?", "<![CDATA[", "http://a.b", "     "),
    ]
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(*(st.lists(PIECES, max_size=4).map("".join) for _ in range(3)))
def test_composed(before: str, unit: str, behind: str) -> None:
    """Whatever is repeated, whatever stands before and behind it."""
    unit = unit or "[["
    told = grows_too_fast(lambda n: HEAD + before + unit * (n // len(unit)) + behind, 4_000)
    assert told is None, told
