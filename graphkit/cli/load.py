"""``graphkit load``: a vault into a Neo4j server, and in step with it."""

import sys
from typing import Annotated

import typer

from graphkit.cli.options import with_common_options
from graphkit.cli.session import Session
from graphkit.errors import OtherGraphError, UsageError

_HALFWAY = "Interrupted; every note that was sent is whole, and the next load does the rest."


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(load))


def load(
    session: Session,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; write nothing.")
    ] = False,
    text: Annotated[
        bool,
        typer.Option(
            "--text/--no-text",
            help="Store the notes' text too, which search wants.",
            show_default=False,
        ),
    ] = True,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Let another vault's graph go that is there; asks first."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put the vault into a Neo4j server, or in step with it.

    The server is --store ADDRESS, user, password and database are NEO4J_USERNAME, NEO4J_PASSWORD
    and NEO4J_DATABASE. Only notes that changed are sent, each with all its links in one
    transaction. Nodes that graphkit did not write are not touched.
    """
    from graphkit.questions.up_to_date import bring_up_to_date
    from graphkit.stores.neo4j.connection import Connection
    from graphkit.stores.neo4j.load import load as load_into

    if session.address is None:
        raise UsageError("No server is named.", "Say where: graphkit load --store neo4j://HOST")
    with Connection(session.address) as connection:
        vault = session.open()
        bring_up_to_date(vault)
        try:
            for anything_goes in (replace and yes, True):
                try:
                    loaded = load_into(
                        vault,
                        connection,
                        text=text,
                        dry_run=dry_run,
                        replace=anything_goes,
                        progress=session.progress("Loading"),
                    )
                    break
                except OtherGraphError as other:
                    if not (replace and sys.stdin.isatty() and sys.stderr.isatty()):
                        raise
                    session.say(other.message)
                    typer.confirm("Let it go?", abort=True, err=True)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_HALFWAY) from None
        session.answer(loaded)
