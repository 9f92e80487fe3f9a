"""The options that every verb shares, declared once; they work before and after the verb."""

from __future__ import annotations

import gc
import inspect
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    DOT = "dot"
    MERMAID = "mermaid"
    GRAPHML = "graphml"
    GEXF = "gexf"


COMMON: dict[str, Any] = {
    "vault": Annotated[
        str | None,
        typer.Option(
            metavar="DIR", help="The folder of notes; else GRAPHKIT_VAULT.", show_default=False
        ),
    ],
    "index": Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Where the index is kept; else GRAPHKIT_INDEX.", show_default=False
        ),
    ],
    "store": Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Ask a Neo4j server (neo4j://… or bolt://…), not the index; else GRAPHKIT_STORE.",
            show_default=False,
        ),
    ],
    "strict": Annotated[
        bool | None,
        typer.Option(
            "--strict/--no-strict",
            help="Resolve links by path, name and alias only.",
            show_default=False,
        ),
    ],
    "refresh": Annotated[
        bool | None,
        typer.Option(
            "--refresh/--no-refresh", help="Bring the index into step first.", show_default=False
        ),
    ],
    "format": Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="How to print: table, json, jsonl, csv,"
            " tsv, markdown; graphs also dot, mermaid, graphml, gexf.",
            show_default=False,
        ),
    ],
}

TAKE_A_VALUE = frozenset({"--vault", "--index", "--store", "--format", "-f"})
"""Those of the common options behind which a value stands."""


def declared(function: Callable[..., None], like: inspect.Signature) -> Callable[..., None]:
    """Declares the common options on a function that takes them as ``**keywords``.

    Args:
        function: what Typer is to call.
        like: its own parameters; the common options stand behind them.
    """
    kind = inspect.Parameter.KEYWORD_ONLY
    named = [p for p in like.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
    common = [
        inspect.Parameter(name, kind, default=None, annotation=annotation)
        for name, annotation in COMMON.items()
    ]
    function.__signature__ = inspect.Signature([*named, *common])  # type: ignore[attr-defined]
    function.__annotations__ = {p.name: p.annotation for p in (*named, *common)}
    return function


def with_common_options(function: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb the common options and a session made of them.

    Args:
        function: a verb; its first parameter takes the ``Session``.

    Returns:
        The same verb as Typer takes it: with the common options instead of the session.
    """
    context = inspect.Parameter(
        "ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    own = list(inspect.signature(function).parameters.values())[1:]

    @wraps(function)
    def verb(ctx: typer.Context, **given: Any) -> None:  # noqa: ANN401 - as declared
        from graphkit.cli.session import Session

        told = dict(ctx.obj or {})
        for name in COMMON:
            value = given.pop(name)
            if value is not None:
                told[name] = value
        gc.freeze()  # what has been imported is not looked through for cycles, now or at the end
        gc.enable()
        with Session(told) as session:
            function(session, **given)

    return declared(verb, inspect.Signature([context, *own]))


def remember_common_options(ctx: typer.Context, given: dict[str, Any]) -> None:
    """Keeps the common options that stand before the verb for the verb."""
    ctx.obj = {name: value for name, value in given.items() if value is not None}


def complete_concept(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Concept names that begin as typed, for the shell; nothing where anything is amiss."""
    from graphkit.cli.completion import names_begun
    from graphkit.cli.session import Session

    told: dict[str, Any] = {}
    for context in (ctx.find_root(), ctx):
        told.update({n: v for n, v in context.params.items() if n in COMMON and v is not None})
    try:
        with Session({**told, "refresh": False}) as session:
            return names_begun(session.store, incomplete)
    except Exception:  # noqa: BLE001 - a shell that is completing wants no message
        return []


def concept_argument(metavar: str = "CONCEPT") -> Any:  # noqa: ANN401 - as Typer declares it
    """Declares an argument that names a concept.

    Args:
        metavar: what it is called in help.
    """
    return typer.Argument(
        metavar=metavar,
        help="A title, file name, alias or id, in any case.",
        autocompletion=complete_concept,
        show_default=False,
    )
