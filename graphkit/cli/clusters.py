"""``graphkit clusters``: the topics of a vault."""

from typing import Annotated

import typer

from graphkit.cli.options import with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(clusters))


def clusters(
    session: Session,
    *,
    level: Annotated[
        str,
        typer.Option(
            metavar="upper|lower", help="The clusters, or the parts that large ones are split into."
        ),
    ] = "upper",
    recompute: Annotated[
        bool,
        typer.Option("--recompute", help="Find them anew instead of bringing them up to date."),
    ] = False,
    save_map: Annotated[
        bool,
        typer.Option(
            "--save-map",
            help="Write them and their places to the vault's graphkit-map.json for others to take.",
        ),
    ] = False,
) -> None:
    """List the topics of the vault, named by their words.

    A topic is a cluster of notes that are linked with each other more than with the rest; the
    largest come first. Found once, they are kept, and brought up to date with the same ids and
    names as notes change.
    """
    from graphkit.questions.clusters import clusters as find_clusters

    session.say_about_map()
    found = find_clusters(session.store, level=level, recompute=recompute)
    session.answer(found)
    if not found.clusters:
        session.say("No notes are linked with each other, so there are no clusters.")
    if save_map:
        from graphkit.questions.map_changes import save_map as save

        save(session.store)
        session.say("The clusters, their names and their places are in graphkit-map.json now.")
