"""One note's bytes turned into what it says. The one place where a note is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from graphkit.model import LINKS_TO
from graphkit.saying import AS_BEFORE
from graphkit.text import relation_name
from graphkit.vault.addresses import is_external
from graphkit.vault.blocks import plain, target_and_anchor
from graphkit.vault.evidence import LONGEST_SENTENCE, evidence_of, settle_times
from graphkit.vault.markdown import MarkdownReader
from graphkit.vault.properties import read_frontmatter
from graphkit.vault.written import Problem, WrittenLink, WrittenNote, WrittenReference

if TYPE_CHECKING:
    from graphkit.vault.blocks import Block

READING: Final = 3
"""Raised whenever a note is read otherwise than before: an older index reads all notes again."""
_OTHER_WHITE: Final = ("  ", *"\t\r\v\f\x1c\x1d\x1e\x1f")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PIECE: Final = 1_000_000
LONGEST_SUMMARY: Final = 400
"""Characters after which a note's summary is cut at a word."""
MOST_EVIDENCE: Final = 10_000_000
"""Characters that the sentences and headings of a note's links may have together."""
_LEAST_EVIDENCE = 200


def parse_note(data: bytes) -> WrittenNote:
    """Reads one note.

    Args:
        data: the file's bytes, whatever they are.

    Returns:
        What the note says; what could not be taken as written is in ``problems``.
    """
    text, problems = decode(data)
    front = read_frontmatter(text)
    problems += front.problems
    body = text[front.body :]
    above = text.count("\n", 0, front.body)
    markdown = MarkdownReader(body, video=front.video)
    blocks = markdown.blocks()

    times = [time for block in blocks for time in block.times]
    seconds: list[int | None] = []
    if times:
        seconds, doubts = settle_times(times)
        problems += [doubt._replace(line=(doubt.line or 0) + above) for doubt in doubts]
        if front.video is None:
            seconds = [None] * len(seconds)

    found = [link for link in front.links if not is_external(link.text)]
    references = [
        WrittenReference(link.kind, link.text, link.anchor, link.alias, link.line)
        for link in front.links
        if is_external(link.text)
    ]
    passages: list[str] = []
    places: list[tuple[int, str | int | None, int | None]] = []
    first_time = 0
    heading: str | None = None
    for block in blocks:
        if block.links:
            here = seconds[first_time : first_time + len(block.times)]
            _take_links(block, here, above, found, references)
        if shown := plain(block.text):
            passages.append(shown)
            moment = seconds[first_time] if block.times else None
            same = bool(places) and block.heading == heading
            heading = block.heading
            places.append((block.line + above, AS_BEFORE if same else heading, moment))
        first_time += len(block.times)

    return WrittenNote(
        front.title,
        front.aliases,
        tuple(dict.fromkeys((*front.tags, *markdown.tags))),
        front.video,
        _word_count(body),
        _summary(blocks, found, above),
        front.properties,
        _within_bounds(found),
        references,
        problems,
        markdown.headings,
        "\n".join(passages),
        _json(places),
    )


def _within_bounds(links: list[WrittenLink]) -> list[WrittenLink]:
    """The links, their sentences and headings cut shorter where thousands say the same again."""
    if len(links) * LONGEST_SENTENCE <= MOST_EVIDENCE:
        return links
    if sum(len(link.sentence) + len(link.heading or "") for link in links) <= MOST_EVIDENCE:
        return links
    most = max(_LEAST_EVIDENCE, MOST_EVIDENCE // len(links))
    short: dict[str | None, str | None] = {None: None}  # so that equal texts stay one text
    cut = []
    for link in links:
        for text in (link.sentence, link.heading):
            if text not in short:
                short[text] = text and text[:most]
        cut.append(link._replace(sentence=short[link.sentence] or "", heading=short[link.heading]))
    return cut


def _word_count(text: str) -> int:
    """The number of words, as ``len(text.split())`` would have it."""
    if len(text) < _PIECE and text.isascii() and not any(white in text for white in _OTHER_WHITE):
        lines = text.split("\n")
        if not any(line[:1] == " " or line[-1:] == " " for line in lines):
            return text.count(" ") + len(lines) - lines.count("")
    count = 0  # piece by piece: a list of all words would be larger than the note
    within = False
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE]
        count += len(piece.split()) - (within and not piece[0].isspace())
        within = not piece[-1].isspace()
    return count


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """A note's bytes as text.

    Args:
        data: the file's bytes.

    Returns:
        The text without a byte order mark, bad bytes and NUL replaced by U+FFFD, and a problem of
        rule ``encoding`` where that was needed.
    """
    problems = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        message = (
            "The file is UTF-16; graphkit reads UTF-8."
            if wide
            else f"A byte that is no UTF-8 (0x{error.object[error.start]:02x}); it is replaced."
        )
        problems.append(Problem("encoding", line, message, "Save the note as UTF-8."))
        text = data.decode("utf-8-sig", errors="replace")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        problems.append(Problem("encoding", line, "A NUL byte; it is replaced.", None))
        text = text.replace("\x00", "\ufffd")
    return text, problems


def _take_links(
    block: Block,
    seconds: list[int | None],
    above: int,
    links: list[WrittenLink],
    references: list[WrittenReference],
) -> None:
    for link, proof in zip(block.links, evidence_of(block), strict=True):
        kind = "embed" if link.embed else link.form
        line = link.line + above
        if is_external(link.target.strip()):
            references.append(WrittenReference(kind, link.target.strip(), None, link.alias, line))
            continue
        if not link.target.strip():
            continue
        target, anchor = target_and_anchor(link)
        second = seconds[proof.time] if proof.time is not None else None
        links.append(
            WrittenLink(
                link.form,
                target,
                proof.relation,
                kind,
                anchor,
                link.alias,
                block.heading,
                line,
                proof.sentence,
                second,
                proof.nearest and second is not None,
            )
        )


def _summary(blocks: list[Block], links: list[WrittenLink], above: int) -> str | None:
    """The first paragraph that says something: no relation line, no announcement of a list."""
    typed = {
        link.line - above
        for link in links
        if link.relation != LINKS_TO
        and not link.sentence.startswith(("(", "["))
        and relation_name(link.sentence.partition(":")[0]) == link.relation
    }
    for block in blocks:
        if block.kind != "paragraph" or any(link.line in typed for link in block.links):
            continue
        shown = plain(block.text)
        if shown and not shown.endswith(":"):
            if len(shown) > LONGEST_SUMMARY:
                shown = shown[:LONGEST_SUMMARY].rsplit(" ", 1)[0].rstrip(",;: ") + " …"
            return shown
    return None
