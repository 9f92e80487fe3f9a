"""Lets only queries through that read: the same guard stands before every engine.

It goes over a query's words (never over its text) and knows of each place whether an operand or
an operator belongs there. A word such as ``SET`` is a clause where a clause can begin; where an
operand belongs it is a name, and so it is behind a dot or in backticks. Where it could be either,
the query is refused: backticks always help.

What is refused: clauses that write, commands (schema, rights, databases), ``LOAD CSV``,
procedures and functions that are not known to be harmless, several statements, and
``CALL … IN TRANSACTIONS``. On Neo4j a session in read mode is the second lock, on the embedded
engine its own read-only mode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.cypher.tokens import END, NAME, NUMBER, PARAMETER, QUOTED, STRING, Query, Token

if TYPE_CHECKING:
    from graphkit.errors import QueryError

WRITES: Final = frozenset(
    "CREATE MERGE SET DELETE DETACH NODETACH REMOVE FOREACH INSERT DROP ALTER LOAD".split()
)
COMMANDS: Final = frozenset(
    "USE GRANT DENY REVOKE START STOP SHOW TERMINATE RENAME ENABLE DEALLOCATE REALLOCATE DRYRUN"
    " EXPLAIN PROFILE CYPHER BEGIN COMMIT ROLLBACK COPY PURGE REFRESH ANALYZE".split()
)
PROCEDURES: Final = frozenset(
    "db.labels db.propertykeys db.relationshiptypes db.schema.nodetypeproperties"
    " db.schema.reltypeproperties db.schema.visualization db.index.fulltext.querynodes".split()
)
"""Procedures that may be called, in lower case."""
FUNCTIONS: Final = frozenset(
    "date datetime localdatetime localtime time duration point vector".split()
)
"""First parts of functions' names with a dot that may be called."""

_PREFIXES: Final = frozenset("NOT DISTINCT CASE WHEN BY".split())
_OPEN_A_QUERY: Final = frozenset("EXISTS COUNT COLLECT".split())
_INFIX: Final = frozenset(
    "AND OR XOR NOT IN IS AS STARTS ENDS CONTAINS WITH WHERE RETURN ORDER BY SKIP LIMIT OFFSET"
    " MATCH OPTIONAL UNWIND UNION CALL YIELD THEN ELSE WHEN END ASC DESC ASCENDING DESCENDING"
    " DISTINCT FINISH ALL".split()
)
_THEN_A_CLAUSE: Final = frozenset("OPTIONAL ORDER STARTS ENDS UNION END FINISH".split())
_THEN_NOTHING: Final = frozenset("ASC DESC ASCENDING DESCENDING".split())
_HINT: Final = "Queries only read. A name that is such a word is put in backticks: `set`."


def check_reads_only(query: Query) -> None:
    """Lets a query through that only reads.

    Args:
        query: as ``read_query`` gives it.

    Raises:
        QueryError: it does something else, or it cannot be told; names the place.
    """
    _Guard(query).check()


class _Guard:
    """One pass over a query's words; remembers what belongs at the present place."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.tokens = query.tokens
        self.operand = False
        self.odd_name: Token | None = None
        self.open: list[bool] = []
        """For each open bracket whether a query stands in it."""
        self.subquery_next = False

    def check(self) -> None:
        if self.tokens[0].kind == END:
            raise self.query.error("The query is empty.", 0)
        place = 0
        while self.tokens[place].kind != END:
            place = self._step(place)

    def _step(self, place: int) -> int:
        token = self.tokens[place]
        if token.is_mark(";"):
            if self.tokens[place + 1].kind != END:
                raise self.query.error(
                    "Another statement begins here.", self.tokens[place + 1], "Ask one at a time."
                )
        elif token.kind in {STRING, NUMBER, PARAMETER, QUOTED}:
            if token.kind == QUOTED:
                self._check_function(place)
            self._take_operand()
        elif token.kind == NAME:
            return self._name(place)
        else:
            self._mark(token, self.tokens[place - 1] if place else token)
        return place + 1

    def _take_operand(self) -> None:
        if not self.operand and self.odd_name is not None:
            raise self._unclear(self.odd_name)
        self.operand = False

    def _unclear(self, token: Token) -> QueryError:
        return self.query.error(f"{token.text} could be a clause here, or a name.", token, _HINT)

    def _mark(self, token: Token, before: Token) -> None:
        if token.text in {"(", "["}:
            self.open.append(False)
            called = token.text == "[" or before.kind in {NAME, QUOTED}
            if not (self.operand or called) and self.odd_name is not None:
                raise self._unclear(self.odd_name)
            self.operand = True
        elif token.text == "{":
            self.open.append(self.subquery_next)
            self.operand = not self.subquery_next
            self.subquery_next = False
        elif token.text in {")", "]", "}"}:
            if self.open:
                self.open.pop()
            self.operand = False
        elif token.text == "*" and self.operand:
            self.operand = False
        else:
            self.operand = True

    def _name(self, place: int) -> int:
        token, before = self.tokens[place], self.tokens[place - 1] if place else None
        following = self.tokens[place + 1]
        word = token.word
        if before is not None and before.is_mark("."):
            self.operand = False
            return place + 1
        self._check_function(place)
        if self.operand and not (word in _PREFIXES and not _shows_a_name(following)):
            if word in WRITES | COMMANDS:
                self._take_odd_name(token, following)
            if following.is_mark("{") and word in _OPEN_A_QUERY:
                self.subquery_next = True
            self.operand = False
            return place + 1
        if word in WRITES | COMMANDS:
            raise self.query.error(f"{_called(self.tokens, place)} is refused.", token, _HINT)
        if word == "CALL":
            return self._call(place)
        if word in _INFIX:
            self._take_keyword(token, following)
        else:
            self._take_operand()
        return place + 1

    def _take_odd_name(self, token: Token, following: Token) -> None:
        """A word of a clause stands where an operand belongs: a name, if the rest agrees."""
        fits = following.kind == END or (following.kind == NAME and following.word in _INFIX)
        if not (fits or _shows_a_name(following)):
            raise self._unclear(token)
        self.odd_name = token

    def _take_keyword(self, token: Token, following: Token) -> None:
        if (
            self.odd_name is not None
            and _shows_a_name(following)
            and token.word not in (_THEN_NOTHING | {"END"})
        ):
            raise self._unclear(self.odd_name)
        if token.word in _THEN_NOTHING or token.word in _THEN_A_CLAUSE or token.word == "ALL":
            self.operand = False
        else:
            self.operand = True

    def _call(self, place: int) -> int:
        """``CALL { … }``, ``CALL (…) { … }`` or ``CALL procedure``."""
        following = self.tokens[place + 1]
        if following.is_mark("{", "("):
            opened = place + 1
            if following.is_mark("("):
                opened = _closing(self.tokens, opened) + 1
            if not self.tokens[opened].is_mark("{"):
                raise self.query.error("CALL is not followed by a query in braces.", following)
            self._check_not_in_transactions(_closing(self.tokens, opened) + 1)
            for between in self.tokens[place + 1 : opened]:
                if between.kind == NAME and between.word in WRITES | COMMANDS:
                    raise self._unclear(between)
            self.open.append(True)
            self.operand = False
            return opened + 1
        name, behind = _dotted(self.tokens, place + 1)
        if name.lower() not in PROCEDURES:
            raise self.query.error(
                f"The procedure {name or following.text!r} is refused.",
                following,
                f"Procedures that may be called: {', '.join(sorted(PROCEDURES))}.",
            )
        self.operand = False
        return behind

    def _check_not_in_transactions(self, place: int) -> None:
        for token in self.tokens[place : place + 4]:
            if token.word in {"TRANSACTIONS", "TRANSACTION", "CONCURRENT"}:
                raise self.query.error(
                    "CALL … IN TRANSACTIONS is refused.", self.tokens[place], _HINT
                )

    def _check_function(self, place: int) -> None:
        """Refuses a function of a library that is not known."""
        before = self.tokens[place - 1] if place else None
        if before is not None and (before.is_mark(".") or before.word == "CALL"):
            return
        name, behind = _dotted(self.tokens, place)
        if "." not in name or not self.tokens[behind].is_mark("("):
            return
        if name.partition(".")[0].lower() not in FUNCTIONS:
            raise self.query.error(
                f"The function {name!r} is refused.",
                self.tokens[place],
                f"Functions with a dot are those of {', '.join(sorted(FUNCTIONS))}.",
            )


def _shows_a_name(following: Token) -> bool:
    """Whether what follows a word shows that the word is a name."""
    return following.kind == END or following.is_mark(
        *". , ) ] } = <> < > <= >= =~ + - * / % ^ : :: ; | & !=".split()
    )


def _called(tokens: tuple[Token, ...], place: int) -> str:
    """What a person calls the clause that begins at a place."""
    word, following = tokens[place].word, tokens[place + 1].word
    schema = {"INDEX", "CONSTRAINT", "DATABASE", "USER", "ROLE"}
    deleting = {"DELETE"}
    pairs = {"LOAD": {"CSV"}, "DETACH": deleting, "NODETACH": deleting}
    pairs |= {"CREATE": schema, "DROP": schema}
    return f"{word} {following}" if following in pairs.get(word, ()) else word


def _dotted(tokens: tuple[Token, ...], place: int) -> tuple[str, int]:
    """A name of several parts, and the place behind it."""
    parts = []
    while tokens[place].kind in {NAME, QUOTED}:
        parts.append(tokens[place].value)
        place += 1
        if not tokens[place].is_mark("."):
            break
        place += 1
    return ".".join(parts), place


def _closing(tokens: tuple[Token, ...], place: int) -> int:
    """The place of the bracket that closes the one at a place; the last word where none does."""
    depth = 0
    for at in range(place, len(tokens)):
        if tokens[at].is_mark("(", "[", "{"):
            depth += 1
        elif tokens[at].is_mark(")", "]", "}"):
            depth -= 1
            if depth == 0:
                return at
    return len(tokens) - 2 if len(tokens) > 1 else 0
