"""``graphkit index``: builds or refreshes the index and says what changed."""

from typing import Annotated

import typer

from graphkit.cli.options import Format, with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(index))


def index(
    session: Session,
    *,
    verify: Annotated[
        bool, typer.Option("--verify", help="Find changed notes by their content.")
    ] = False,
) -> None:
    """Build or refresh the index; say what changed.

    Says on standard error what could not be read as it is written, by file and line.
    """
    store = session.open(verify=verify, always=True)
    assert session.refreshed is not None  # noqa: S101 - always
    session.answer(session.refreshed)
    if session.format is Format.TABLE:
        from graphkit.views.printing import print_problems

        print_problems(store.problems())
