"""``graphkit show``: all about one concept."""

from typing import Annotated

import typer

from graphkit.cli.options import concept_argument, with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(show))


def show(session: Session, concept: Annotated[str, concept_argument()]) -> None:
    """Show a concept with its links and backlinks.

    Each link has its sentence and, where there is one, its moment; links stand under the headings
    of the note.
    """
    from graphkit.questions.cards import card_of

    found = session.concept(concept)
    session.answer(card_of(session.store, found), graph=True)
