"""``graphkit queries``: the saved queries."""

from typing import Annotated

import typer

from graphkit.cli.options import with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(queries))


def queries(
    session: Session,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One of them.", show_default=False)
    ] = None,
) -> None:
    """List the saved queries, or show one.

    A folder queries in the vault, or one that graphkit.toml names, adds to those of graphkit.
    """
    from graphkit.cypher.saved import saved_queries, saved_query

    folders = session.query_folders
    if name:
        session.answer(saved_query(name, folders))
        return
    known = saved_queries(folders)
    session.answer(known)
    for problem in known.problems:
        session.say(problem)
