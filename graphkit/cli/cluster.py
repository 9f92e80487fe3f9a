"""``graphkit cluster``: one topic of a vault, or the notes around a word."""

from typing import Annotated

import typer

from graphkit.cli.options import Format, complete_concept, with_common_options
from graphkit.cli.session import Session
from graphkit.cli.showing import Open, Output, show_page
from graphkit.errors import UsageError

_SHOWN = 20
"""Notes that a terminal shows of a cluster."""


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(cluster))


def cluster(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|ID|WORDS",
            help="A cluster, by name or id; else words to find a cluster around.",
            show_default=False,
        ),
    ] = None,
    *,
    seeds: Annotated[
        list[str] | None,
        typer.Option(
            "--seeds",
            metavar="CONCEPT",
            help="Find a cluster around this concept, or several.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    size: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Around words or concepts: the most notes it may have.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help=f"The most notes to print; {_SHOWN} in a table, else all.",
            show_default=False,
        ),
    ] = None,
    reading_order: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="List the N notes to read first, and why.", show_default=False
        ),
    ] = None,
    view: Annotated[
        bool, typer.Option("--view", help="Draw it as a page, as graphkit view --cluster does.")
    ] = False,
    output: Output = None,
    open_: Open = None,
    rename: Annotated[
        str | None,
        typer.Option(
            "--rename",
            metavar="TEXT",
            help="Give the cluster a name, kept in the vault's graphkit-map.json;"
            " an empty one takes it away.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show a topic: its notes, and what ties each in.

    Where no cluster is called so, it is found around the words: the notes that say them and those
    that are near by their links, as far as these hang together.
    """
    from dataclasses import replace

    from graphkit.questions.cluster_card import cluster_meant

    if rename is not None:
        if name is None or seeds or size or limit or reading_order or view:
            raise UsageError("--rename wants a cluster and nothing else.")
        _rename(session, name, rename)
        return
    if view and limit:
        raise UsageError("A page shows all notes: --view and --limit do not go together.")
    if not view and (output or open_ is not None):
        raise UsageError("--output and --open are for the page of --view.")
    given = [session.concept(seed) for seed in seeds or ()]
    session.say_about_map()
    if view:
        from graphkit.views.cluster_page import READ_FIRST

        reading_order = reading_order or READ_FIRST
    found = cluster_meant(session.store, name, seeds=given, size=size, read=reading_order)
    if view:
        from graphkit.views.cluster_page import cluster_page
        from graphkit.views.page import render
        from graphkit.views.page_content import write_page

        html = render(cluster_page(session.store, found))
        show_page(write_page(html, found.name, output), open_)
    else:
        if limit is None and session.format is Format.TABLE:
            limit = _SHOWN
        session.answer(replace(found, concepts=found.concepts[:limit]), graph=True)
    if found.seed and found.seed.remark:
        session.say(found.seed.remark)


def _rename(session: Session, name: str, to: str) -> None:
    from graphkit.questions.cluster_lookup import find_cluster
    from graphkit.questions.clustering import clustering
    from graphkit.questions.map_changes import rename

    id_ = find_cluster(clustering(session.store), name)
    before, now = rename(session.store, id_, to)
    session.say(f"{id_} is called {now!r} now, and was {before!r}; graphkit-map.json says so.")
