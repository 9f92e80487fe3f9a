"""``graphkit export``: the graph, or a part of it, in a form that others read."""

from pathlib import Path
from typing import Annotated

import typer

from graphkit.cli.options import Format, complete_concept, with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(export))


def export(
    session: Session,
    *,
    around: Annotated[
        str | None,
        typer.Option(
            metavar="CONCEPT",
            help="Only what is around this concept.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    depth: Annotated[int, typer.Option(min=1, metavar="N", help="The most hops from it.")] = 1,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write here instead of to standard output; for csv a folder gets both tables.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the graph, or a part of it, for other programs.

    Formats are jsonl (all there is, the default), graphml (the same), gexf (for Gephi), json
    (node-link, for networkx and D3), csv, tsv, dot and mermaid. In graphml and gexf concepts stand
    where they stand on the map, in the colours of their clusters.
    """
    from graphkit.questions.up_to_date import bring_up_to_date
    from graphkit.views.export import Part, write_export

    format_ = Format.JSONL if session.format is Format.TABLE else session.format
    part = None
    if around is not None:
        from graphkit.questions.neighbours import neighbourhood

        near = neighbourhood(session.store, session.concept(around), depth=depth)
        part = Part.of((near.concept.id, *(neighbour.id for neighbour in near.neighbours)))
    bring_up_to_date(session.store)
    write_export(session.store, format_, output, part)
