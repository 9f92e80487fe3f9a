"""``graphkit search``: which notes say something."""

from typing import Annotated

import typer

from graphkit.cli.options import with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(search))


def search(
    session: Session,
    text: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT",
            help='Words that must all occur, "a phrase", begin*, and after -- also -not.',
        ),
    ],
    *,
    limit: Annotated[int, typer.Option(min=1, help="The most notes to print.")] = 20,
) -> None:
    """Search titles, aliases, headings and bodies; show where each note says it best."""
    store = session.store
    found = store.search(" ".join(text), limit, progress=session.progress("Filling full text"))
    session.answer(found)
