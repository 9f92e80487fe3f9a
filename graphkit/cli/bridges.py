"""``graphkit bridges``: what holds two topics together."""

from typing import Annotated

import typer

from graphkit.cli.options import with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(bridges))


def bridges(
    session: Session,
    one: Annotated[
        str | None,
        typer.Argument(
            metavar="A",
            help="A topic, by its id, its name or a term of its name; else all pairs of topics.",
            show_default=False,
        ),
    ] = None,
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="B",
            help="The other topic; else all that the first is linked with.",
            show_default=False,
        ),
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The most bridges to print.")] = 10,
) -> None:
    """Find the notes that hold two topics together, best first.

    Such a note is one at which many of the ways from the one topic to the other cross, and which
    belongs to these two more than to others. Each has the sentences of its links across.
    """
    from graphkit.questions.bridges import bridges as find_bridges

    session.say_about_map()
    found = find_bridges(session.store, one, other, limit=limit)
    session.answer(found, graph=True)
    if not found.bridges:
        session.say("No link leads from one topic to another here.")
