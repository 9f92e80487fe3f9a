r"""The words of a query: names, strings, numbers, parameters and marks, each with its place.

This is Cypher's own way of reading, so that nothing hides: a comment may stand between any two
words, a name in backticks is never a keyword, and ``\uXXXX`` is a character wherever it stands.
Neo4j turns such an escape into its character *before* it looks for strings and comments. So an
escape that would then end a string or a comment, and one outside of strings, is refused.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from graphkit.errors import QueryError

NAME: Final = "name"
QUOTED: Final = "quoted name"
STRING: Final = "string"
NUMBER: Final = "number"
PARAMETER: Final = "parameter"
MARK: Final = "mark"
END: Final = "end"

_SPACES: Final = re.compile(r"[\s\x1c-\x1f\ufeff\u180e]+")
_NAME: Final = re.compile(r"[^\W\d]\w*")
_NUMBER: Final = re.compile(
    r"0[xX][0-9a-fA-F_]+|0o[0-7_]+"
    r"|(?:\d[\d_]*(?:\.(?!\.)(?:\d[\d_]*)?)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?"
)
_MARKS: Final = re.compile(r"<=|>=|<>|!=|=~|\+=|\.\.|::|\|\||[()\[\]{}<>=+\-*/%^.,:;|&!?]")
_ESCAPE: Final = re.compile(r"\\+u+([0-9a-fA-F]{4})")
_BREAKING: Final = frozenset("'\"`\\/*\n\r\u0085\u2028\u2029")
_SIMPLE: Final = {
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "`": "`",
}


class Token(NamedTuple):
    """One word of a query.

    Args:
        kind: one of the constants of this module.
        text: as it is written.
        value: what it says: a string's text, a name without backticks; the text itself otherwise.
        start: its place in the query, from 0.
    """

    kind: str
    text: str
    value: str
    start: int

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """A bare name in capitals, as keywords are compared; empty for everything else."""
        return self.text.upper() if self.kind == NAME else ""

    def is_mark(self, *texts: str) -> bool:
        """Whether it is one of some marks."""
        return self.kind == MARK and self.text in texts


class Query(NamedTuple):
    """A query that has been read.

    Args:
        text: as it was written.
        tokens: its words; the last one is of the kind ``END``.
        comments: where its comments stand, as pairs of places.
    """

    text: str
    tokens: tuple[Token, ...]
    comments: tuple[tuple[int, int], ...]

    def error(self, message: str, token: Token | int, hint: str = "") -> QueryError:
        """An error that points at a word, or at a place."""
        return error_at(self.text, token if isinstance(token, int) else token.start, message, hint)


def error_at(text: str, place: int, message: str, hint: str = "") -> QueryError:
    """An error that points at a place in a query.

    Args:
        text: the query.
        place: where, from 0.
        message: what was wrong there.
        hint: what to do about it.
    """
    before = re.split(r"\r\n|\n|\r", text[:place])
    return QueryError(message, hint, query=text, line=len(before), column=len(before[-1]) + 1)


def read_query(text: str) -> Query:
    """Reads a query's words.

    Args:
        text: Cypher.

    Raises:
        QueryError: it has a character that no query has, a string, a name or a comment that does
            not end, or an escape that would hide where one ends.
    """
    tokens: list[Token] = []
    comments: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        if found := _SPACES.match(text, place):
            place = found.end()
        elif text.startswith(("//", "/*"), place):
            end = _comment_end(text, place)
            comments.append((place, end))
            place = end
        else:
            token = _token(text, place)
            tokens.append(token)
            place = token.end
    tokens.append(Token(END, "", "", len(text)))
    return Query(text, tuple(tokens), tuple(comments))


def _comment_end(text: str, start: int) -> int:
    if text.startswith("//", start):
        found = re.compile(r"[\n\r]").search(text, start)
        end = found.start() if found else len(text)
    else:
        closed = text.find("*/", start + 2)
        if closed < 0:
            raise error_at(text, start, "This comment does not end.", "End it with */.")
        end = closed + 2
    _check_escapes(text, start, end)
    return end


def _check_escapes(text: str, start: int, end: int) -> None:
    """Refuses an escape that another reader would take for the end of what it stands in."""
    for found in _ESCAPE.finditer(text, start, end):
        character = chr(int(found[1], 16))
        if character in _BREAKING:
            raise error_at(
                text,
                found.start(),
                f"The escape {found[0]} hides a quote, a line's end or the end of a comment.",
                "Write the character itself.",
            )


def _token(text: str, place: int) -> Token:
    first = text[place]
    if first in "'\"":
        return _string(text, place)
    if first == "`":
        end = _backticks(text, place)
        return Token(QUOTED, text[place:end], text[place + 1 : end - 1].replace("``", "`"), place)
    if first == "$":
        return _parameter(text, place)
    if found := _NAME.match(text, place):
        return Token(NAME, found[0], found[0], place)
    if first.isdigit() or first == ".":
        found = _NUMBER.match(text, place)
        if found and found[0].isascii():
            return Token(NUMBER, found[0], found[0], place)
    if found := _MARKS.match(text, place):
        return Token(MARK, found[0], found[0], place)
    if first == "\\":
        raise error_at(
            text, place, "An escape stands outside of strings.", "Write the character itself."
        )
    raise error_at(text, place, f"The character {first!r} (U+{ord(first):04X}) has no place here.")


def _string(text: str, start: int) -> Token:
    mark = text[start]
    place = start + 1
    parts: list[str] = []
    while True:
        stop = place
        while stop < len(text) and text[stop] not in (mark, "\\"):
            stop += 1
        parts.append(text[place:stop])
        if stop >= len(text):
            raise error_at(text, start, "This string does not end.", f"End it with {mark}.")
        if text[stop] == mark:
            break
        read, place = _escaped(text, stop)
        parts.append(read)
    _check_escapes(text, start, stop)
    value = "".join(parts)
    try:  # two escapes may make one character
        value = value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError as error:
        raise error_at(text, start, "This string holds half a character.") from error
    return Token(STRING, text[start : stop + 1], value, start)


def _escaped(text: str, place: int) -> tuple[str, int]:
    following = text[place + 1 : place + 2]
    if following == "u":
        found = _ESCAPE.match(text, place)
        if found is None:
            raise error_at(text, place, r"Behind \u stand four hexadecimal digits.")
        return chr(int(found[1], 16)), found.end()
    if following not in _SIMPLE:
        raise error_at(
            text,
            place,
            f"There is no escape {text[place : place + 2]!r}.",
            r"A backslash itself is written \\.",
        )
    return _SIMPLE[following], place + 2


def _backticks(text: str, start: int) -> int:
    place = start + 1
    while True:
        closed = text.find("`", place)
        if closed < 0:
            raise error_at(text, start, "This name does not end.", "End it with a backtick.")
        if not text.startswith("``", closed):
            break
        place = closed + 2
    if found := _ESCAPE.search(text, start, closed):
        raise error_at(
            text, found.start(), "An escape stands in a name.", "Write the character itself."
        )
    return closed + 1


def _parameter(text: str, start: int) -> Token:
    if text.startswith("$(", start) or text.startswith("${", start):
        raise error_at(
            text,
            start,
            "Labels and types that are worked out, $(…), are not supported.",
            "Write the label itself, or compare labels(n) or type(r) with a parameter.",
        )
    if text.startswith("`", start + 1):
        end = _backticks(text, start + 1)
        value = text[start + 2 : end - 1].replace("``", "`")
        return Token(PARAMETER, text[start:end], value, start)
    found = re.compile(r"\w+").match(text, start + 1)
    if found is None:
        raise error_at(text, start, "Behind $ stands a parameter's name.")
    return Token(PARAMETER, text[start : found.end()], found[0], start)
