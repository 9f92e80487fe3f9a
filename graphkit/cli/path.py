"""``graphkit path``: how one concept leads to another."""

from typing import Annotated

import typer

from graphkit.cli.options import Format, complete_concept, concept_argument, with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(path))


def path(
    session: Session,
    start: Annotated[str, concept_argument("START")],
    goal: Annotated[str, concept_argument("GOAL")],
    *,
    k: Annotated[
        int, typer.Option("--k", "-k", min=1, metavar="N", help="How many different paths.")
    ] = 1,
    avoid: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONCEPT",
            help="Go through no such concept; repeatable.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    through: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONCEPT",
            help="Go through this concept; repeatable, in order.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    directed: Annotated[
        bool, typer.Option("--directed", help="Follow links only the way they point.")
    ] = False,
    max_length: Annotated[
        int | None, typer.Option(min=1, metavar="HOPS", help="The most hops.", show_default=False)
    ] = None,
    shortest: Annotated[
        bool, typer.Option("--shortest", help="Count hops only, whatever they run through.")
    ] = False,
    membership: Annotated[
        bool, typer.Option("--membership", help="Walk membership links (From: …) too.")
    ] = False,
) -> None:
    """Find a chain between two concepts, with its evidence.

    Each step has its sentence and, where there is one, its moment. A chain does not run through
    notes that are linked with nearly everything, unless there is no other or --shortest is given.
    """
    from graphkit.questions.paths import PathOptions, find_paths

    options = PathOptions(
        k=k,
        avoid=tuple(session.concept(name).id for name in avoid or ()),
        through=tuple(session.concept(name).id for name in through or ()),
        directed=directed,
        max_length=max_length,
        shortest=shortest,
        membership=membership,
    )
    found = find_paths(session.store, session.concept(start), session.concept(goal), options)
    session.answer(found, graph=True)
    if not found.paths and session.format is Format.TABLE:
        session.say(f"No path leads from {found.from_.title} to {found.to.title}.")
