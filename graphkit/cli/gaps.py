"""``graphkit gaps``: pairs of notes that ought to be linked and are not."""

from typing import Annotated

import typer

from graphkit.cli.options import complete_concept, with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(gaps))


def gaps(
    session: Session,
    concept: Annotated[
        str | None,
        typer.Argument(
            metavar="CONCEPT",
            help="One of each pair, by title, file name, alias or id; else the best of the vault.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The most gaps to print.")] = 10,
) -> None:
    """Find notes that ought to be linked and are not, best first.

    Each gap has what speaks for it, and the link to paste with the place where it goes.
    """
    from graphkit.questions.gaps import gaps as find_gaps

    asked = session.concept(concept) if concept is not None else None
    found = find_gaps(session.store, asked, limit=limit)
    session.answer(found)
    if asked is not None and not asked.note:
        session.say("It has no note yet, so nothing can be said of its gaps.")
    elif not found.gaps:
        session.say("No gap was found.")
