"""``graphkit view``: a part of the graph as a page, or all clusters as linked pages."""

from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.cli.options import complete_concept, concept_argument, with_common_options
from graphkit.cli.session import Session
from graphkit.cli.showing import Open, Output, show_page
from graphkit.errors import UsageError

if TYPE_CHECKING:
    from graphkit.views.page import Page


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(view))


def view(
    session: Session,
    concept: Annotated[str | None, concept_argument()] = None,
    *,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="CONCEPT",
            help="Show the paths that lead there.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    depth: Annotated[int, typer.Option(min=1, help="The most hops from the concept.")] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Show a cluster, by name or id, or the one around these words.",
            show_default=False,
        ),
    ] = None,
    clusters: Annotated[
        bool, typer.Option("--clusters", help="Show all clusters, and what joins them.")
    ] = False,
    all_: Annotated[
        bool,
        typer.Option("--all", help="Write all clusters as linked pages into the folder --output."),
    ] = False,
    output: Output = None,
    open_: Open = None,
) -> None:
    """Draw a concept, a path, a cluster or a vault as a page.

    The page is one HTML file that opens anywhere, without any network. Without a concept the whole
    vault is drawn, or the best-connected 1,500 concepts of it. With --all it is a folder with a
    page for each cluster, for any place that hands out files.
    """
    if sum(map(bool, (concept is not None, cluster is not None, clusters, all_))) > 1:
        raise UsageError("Only one can be drawn: a concept, --cluster, --clusters or --all.")
    if to is not None and concept is None:
        raise UsageError("--to wants a concept that the paths begin at.")
    if cluster is not None or clusters or all_:
        session.say_about_map()
    if all_:
        from graphkit.views.linked_set import write_set

        if output is None:
            raise UsageError("--all wants a folder to write the pages into: --output DIR.")
        show_page(write_set(session.store, output, session.progress("Drawing")), open_)
        return
    from graphkit.views.page import render
    from graphkit.views.page_content import write_page

    if clusters:
        from graphkit.views.cluster_page import clusters_page

        html = clusters_page(session.store)
        show_page(write_page(html, f"{session.store.stats().vault} topics", output), open_)
        return
    page = _page(session, concept, to, depth, cluster)
    show_page(write_page(render(page), page.title, output), open_)


def _page(
    session: Session, concept: str | None, to: str | None, depth: int, cluster: str | None
) -> "Page":
    from graphkit.views.page_content import path_page, surroundings_page, vault_page

    if cluster is not None:
        from graphkit.questions.cluster_card import cluster_meant
        from graphkit.views.cluster_page import READ_FIRST, cluster_page

        found = cluster_meant(session.store, cluster, read=READ_FIRST)
        return cluster_page(session.store, found)
    if concept is None:
        return vault_page(session.store)
    if to is None:
        return surroundings_page(session.store, session.concept(concept), depth)
    return path_page(session.store, session.concept(concept), session.concept(to))
