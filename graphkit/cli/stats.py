"""``graphkit stats``: the numbers of the whole graph."""

import typer

from graphkit.cli.options import with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(stats))


def stats(session: Session) -> None:
    """Count notes and links; rank the best linked.

    Ranked are also the concepts that are linked to most and have no note yet.
    """
    session.answer(session.store.stats())
