"""A query being written anew, word by word, with every word's place in the original kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkit.cypher.tokens import END, Query

if TYPE_CHECKING:
    from graphkit.cypher.tokens import Token


class Part(NamedTuple):
    """Some words of a query, from the first to the last, both included."""

    first: int
    last: int


class Rewriting:
    """A query's words with what stands for each, before it and behind it.

    Args:
        query: as ``read_query`` gives it.

    Raises:
        QueryError: a bracket is not closed, or closes nothing.
    """

    def __init__(self, query: Query) -> None:
        self.query = query
        # a few more behind the end, so that one can look ahead from anywhere
        self.tokens: tuple[Token, ...] = query.tokens + query.tokens[-1:] * 8
        self.partner = _partners(query)
        """For each bracket the place of the one that closes or opens it."""
        self._text = [token.text for token in self.tokens]
        self._before = [""] * len(self.tokens)
        self._behind = [""] * len(self.tokens)

    def put(self, place: int, text: str) -> None:
        """Writes something else in place of a word."""
        self._text[place] = text

    def wrap(self, part: Part, before: str, behind: str) -> None:
        """Writes something around some words; what is wrapped later stands further out."""
        self._before[part.first] = before + self._before[part.first]
        self._behind[part.last] += behind

    def text_of(self, part: Part) -> str:
        """Some words as they are written now."""
        return " ".join(self._word(place) for place in range(part.first, part.last + 1))

    def _word(self, place: int) -> str:
        return self._before[place] + self._text[place] + self._behind[place]

    def rendered(self) -> tuple[str, list[tuple[int, int]]]:
        """The new text, and for each word its place there and in the original."""
        parts: list[str] = []
        places: list[tuple[int, int]] = []
        length = end = 0
        for place, token in enumerate(self.tokens):
            gap = self.query.text[end : token.start]
            for start, stop in self.query.comments:
                if end <= start < token.start:
                    comment = self.query.text[start:stop]
                    gap = gap.replace(comment, " " + "\n" * comment.count("\n"), 1)
            word = "" if token.kind == END or token.is_mark(";") else self._word(place)
            places.append((length + len(gap), token.start))
            parts += (gap, word)
            length += len(gap) + len(word)
            end = token.end
        return "".join(parts), places


def _partners(query: Query) -> dict[int, int]:
    closed_by = {"(": ")", "[": "]", "{": "}"}
    partner: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(query.tokens):
        if token.is_mark(*closed_by):
            opened.append(place)
        elif token.is_mark(*closed_by.values()):
            if not opened or closed_by[query.tokens[opened[-1]].text] != token.text:
                raise query.error(f"Nothing is open that {token.text} closes.", token)
            start = opened.pop()
            partner[start], partner[place] = place, start
    if opened:
        token = query.tokens[opened[-1]]
        raise query.error(f"This {token.text} is not closed.", token)
    return partner
