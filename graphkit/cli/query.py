"""``graphkit query``: Cypher over the graph."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from graphkit.cli.options import Format, with_common_options
from graphkit.cli.session import Session
from graphkit.errors import UsageError


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(query))


def query(
    session: Session,
    told: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="Cypher, a .cypher file, a saved query's name, or - for standard input.",
            show_default=False,
        ),
    ],
    *,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="KEY=VALUE",
            help="A parameter's value: JSON, else text; repeatable.",
            show_default=False,
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.001, metavar="SECONDS", help="How long it may take.")
    ] = 30,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The most rows.")] = 10_000,
    view: Annotated[
        bool, typer.Option("--view", help="Draw the concepts, links and paths as a page.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The page of --view.", show_default=False
        ),
    ] = None,
) -> None:
    """Ask the graph in Cypher.

    Nodes are :Concept, and :Note or :Unresolved; each link is a relationship with its evidence.
    Queries only read. Saved ones are listed by graphkit queries.
    """
    from graphkit.questions.query import ask, meant_by

    if told == "-":
        told = sys.stdin.read()
    meant = meant_by(told, session.query_folders)
    store = session.store
    found = ask(
        store,
        meant,
        _given(param or ()),
        lambda name: session.concept(name).id,
        timeout=timeout,
        limit=limit,
    )
    if view:
        from graphkit.views.page import render
        from graphkit.views.page_content import query_page, write_page

        page = query_page(store, found, meant.title or "query")
        typer.echo(str(write_page(render(page), page.title, output)))
    else:
        session.answer(found, graph=True)
        if not found.rows and session.format is Format.TABLE:
            session.say("No rows.")
    if found.truncated:
        session.say(f"Only the first {limit:,} rows are given; --limit N gives more.")


def _given(told: Any) -> dict[str, Any]:  # noqa: ANN401 - some texts
    from graphkit.cypher.saved import json_or_text

    given = {}
    for pair in told:
        name, equals, value = pair.partition("=")
        if not (equals and name.removeprefix("$")):
            raise UsageError(f"--param {pair!r} is not understood.", "As in: --param limit=5")
        given[name.removeprefix("$")] = json_or_text(value)
    return given
