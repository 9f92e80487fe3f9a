"""``graphkit neighbours``: what is around a concept."""

from typing import Annotated

import typer

from graphkit.cli.options import Format, concept_argument, with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(neighbours))


def neighbours(
    session: Session,
    concept: Annotated[str, concept_argument()],
    *,
    depth: Annotated[int, typer.Option(min=1, metavar="N", help="The most hops.")] = 1,
    direction: Annotated[
        str, typer.Option(metavar="both|out|in", help="Along the links, against them, or both.")
    ] = "both",
    relation: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REL", help="Walk links of this relation only; repeatable.", show_default=False
        ),
    ] = None,
    folder: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Only notes of this folder.", show_default=False),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="Only notes with this tag.", show_default=False),
    ] = None,
    notes_only: Annotated[
        bool, typer.Option("--notes-only", help="Leave out concepts without a note.")
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="The most neighbours to print; in a table 50 if not told.",
            show_default=False,
        ),
    ] = None,
    through_index: Annotated[
        bool,
        typer.Option(
            "--through-index", help="Walk on through index notes and membership links too."
        ),
    ] = False,
) -> None:
    """List what is around a concept, nearest first.

    Each neighbour has the most telling of the links that lead there, and its sentence.
    """
    from graphkit.questions.neighbours import Filter, neighbourhood
    from graphkit.text import relation_name

    found = session.concept(concept)
    only = Filter(tuple(relation_name(name) for name in relation or ()), folder, tag, notes_only)
    if limit is None and session.format is Format.TABLE:
        limit = 50
    around = neighbourhood(
        session.store,
        found,
        depth=depth,
        direction=direction,
        only=only,
        limit=limit,
        through_index=through_index,
    )
    session.answer(around, graph=True)
    if around.not_walked:
        names = ", ".join(stop.title for stop in around.not_walked)
        session.say(
            f"Not walked on through {names}, linked with nearly everything: --through-index."
        )
    if len(around.neighbours) < around.total:
        session.say(
            f"{len(around.neighbours)} of {around.total} are printed: --limit {around.total}."
        )
