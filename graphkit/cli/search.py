"""``graphkit search``: which notes say something."""

from typing import Annotated

import typer

from graphkit.cli.options import Format, with_common_options
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
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The most notes to print.")] = 20,
) -> None:
    """Search the notes; show where each says it best.

    Titles, aliases, headings and bodies are searched; titles and aliases count most.
    """
    store = session.store
    found = store.search(" ".join(text), limit)
    session.answer(found)
    if store.unsaid:
        session.say(store.unsaid)
    if session.format is not Format.TABLE:
        return
    if not found.hits:
        session.say("No note says that.")
    elif len(found.hits) < found.total:
        session.say(f"{len(found.hits)} of {found.total} are printed: --limit {found.total}.")
