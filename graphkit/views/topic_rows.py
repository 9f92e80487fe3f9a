"""How answers about a vault as a whole look, clusters, bridges and gaps: on a terminal, in rows."""

from __future__ import annotations

from functools import singledispatch
from itertools import groupby
from typing import TYPE_CHECKING, Any

from graphkit.topics import Bridges, ClusterCard, Clusters, Gaps
from graphkit.views.rows import Table
from graphkit.views.sheet import Piece, Sheet
from graphkit.views.terminal import AnswerSheet, called
from graphkit.views.text import most_telling

if TYPE_CHECKING:
    from graphkit.model import Answer, Link
    from graphkit.topics import Because, Bridge, ReadingStep


_JOINING = 3
"""Bridges that a cluster's card names to each of the others."""


@singledispatch
def print_topics(answer: Answer, sheet: AnswerSheet) -> None:
    """Prints an answer for a person to read."""
    raise NotImplementedError(type(answer))


@singledispatch
def table_of_topics(answer: Answer) -> Table:
    """An answer as columns and rows."""
    raise NotImplementedError(type(answer))


@singledispatch
def items_of_topics(answer: Answer) -> list[Any]:
    """An answer as the objects that JSON lines hold, one a line."""
    raise NotImplementedError(type(answer))


def notes_and_links(answer: Answer) -> tuple[set[str], list[Link]]:
    """The ids of an answer's notes, and the links between them."""
    if isinstance(answer, Bridges):
        links = [link for bridge in answer.bridges for link in bridge.links]
        return {bridge.concept.id for bridge in answer.bridges}, links
    if not isinstance(answer, ClusterCard):
        raise NotImplementedError(type(answer))
    notes = {note.id for note in answer.concepts}
    return notes, [link for link in answer.links if {link.source, link.target} <= notes]


@print_topics.register
def _(answer: Clusters, sheet: Sheet) -> None:
    if not answer.clusters:
        return
    wide = len(f"{answer.clusters[0].size:,}")
    for cluster in answer.clusters:
        of = f" of {cluster.parent}" if cluster.parent else ""
        facts = f"  {cluster.id}{of} · {cluster.links_inside:,} links inside"
        if cluster.links_outside:
            facts += f", {cluster.links_outside:,} out of it"
        size = f"{cluster.size:>{wide},}  "
        sheet.line(size, Piece(cluster.name, "bold"), Piece(facts, "dim"))
        sheet.line(" · ".join(concept.title for concept in cluster.central), indent=wide + 2)
    notes = sum(cluster.size for cluster in answer.clusters)
    told = (
        f"{len(answer.clusters):,} clusters of {notes:,} notes, modularity {answer.modularity:.3f}"
    )
    sheet.line(Piece(told, "dim"))


@table_of_topics.register
def _(answer: Clusters) -> Table:
    columns = ["id", "name", "named_by", "level", "parent", "size", "links_inside", "links_outside"]
    rows = [
        [
            *(getattr(cluster, name) for name in columns),
            "; ".join(concept.id for concept in cluster.central),
        ]
        for cluster in answer.clusters
    ]
    return [*columns, "central"], rows


@items_of_topics.register
def _(answer: Clusters) -> list[Any]:
    return [cluster.to_dict() for cluster in answer.clusters]


@print_topics.register
def _(answer: ClusterCard, sheet: Sheet) -> None:
    facts = [*filter(None, [answer.id]), f"{answer.size:,} notes" if answer.size > 1 else "1 note"]
    facts.append(f"{answer.links_inside:,} links inside, {answer.links_outside:,} out of it")
    if answer.seed and answer.seed.query:
        said = f"{answer.seed.query!r}, which" if answer.named_by == "hand" else "what"
        facts.insert(0, f"around {said} {answer.seed.hits:,} say")
    sheet.line(Piece(answer.name, "bold"), Piece("  " + " · ".join(facts), "dim"))
    for part in answer.parts:
        sheet.line(f"{part.size:>5,}  {part.name}", Piece(f"  {part.id}", "dim"))
    if answer.reading_order:
        _print_reading_order(answer.reading_order, sheet)
        return
    for note in answer.concepts:
        score = f"{note.score:.2f}  "
        sheet.line(Piece(score, "dim"), *called(note.title, note.id))
        if note.because:
            sheet.line(note.because.sentence, indent=len(score))
            place = _place(note.because.note, note.because.line, None)
            sheet.line(Piece(place, "dim"), indent=len(score))
    if rest := answer.size - len(answer.concepts):
        sheet.line(Piece(f"… and {rest:,} more: --limit {answer.size}", "dim"))
    joined: dict[str | None, list[Bridge]] = {}
    for bridge in answer.bridges:
        joined.setdefault(bridge.b.id, []).append(bridge)
    for id_, bridges in joined.items():
        sheet.line("⋯ ", Piece(bridges[0].b.name, "bold"), Piece(f"  {id_}", "dim"))
        sheet.line(" · ".join(bridge.concept.title for bridge in bridges[:_JOINING]), indent=2)


def _print_reading_order(steps: tuple[ReadingStep, ...], sheet: Sheet) -> None:
    wide = len(str(len(steps)))
    for number, step in enumerate(steps, start=1):
        indent = wide + 2
        sheet.line(Piece(f"{number:>{wide}}  ", "dim"), *called(step.title, step.id))
        if step.builds_on:
            told = ", ".join(concept.title for concept in step.builds_on)
            sheet.line(Piece(f"builds on {told}", "dim"), indent=indent)
        elif step.linked_by:
            told = (
                "1 of these notes leads"
                if step.linked_by == 1
                else f"{step.linked_by:,} of these notes lead"
            )
            sheet.line(Piece(f"{told} here", "dim"), indent=indent)
        if step.because:
            sheet.line(step.because.sentence, indent=indent)
            place = _place(step.because.note, step.because.line, None)
            sheet.line(Piece(place, "dim"), indent=indent)


@table_of_topics.register
def _(answer: ClusterCard) -> Table:
    if answer.reading_order:
        rows = [
            [number, step.id, step.title, [c.id for c in step.builds_on], *_said(step.because)]
            for number, step in enumerate(answer.reading_order, start=1)
        ]
        return ["number", "id", "title", "builds_on", "said_in", "line", "sentence"], rows
    columns = ["id", "title", "score", "subcluster", "said_in", "line", "sentence"]
    return columns, [
        [note.id, note.title, note.score, note.subcluster, *_said(note.because)]
        for note in answer.concepts
    ]


def _said(because: Because | None) -> list[Any]:
    return [because.note, because.line, because.sentence] if because else [None, None, None]


@items_of_topics.register
def _(answer: ClusterCard) -> list[Any]:
    return [note.to_dict() for note in answer.reading_order or answer.concepts]


@print_topics.register
def _(answer: Bridges, sheet: AnswerSheet) -> None:
    sheet.learn(
        end
        for bridge in answer.bridges
        for link in bridge.links
        for end in (link.source, link.target)
    )
    for (a, b), joining in groupby(answer.bridges, key=lambda bridge: (bridge.a, bridge.b)):
        ids = Piece(f"  {a.id} {b.id}", "dim")
        sheet.line(Piece(a.name, "bold"), " ⋯ ", Piece(b.name, "bold"), ids)
        for bridge in joining:
            _bridge(bridge, sheet)


def _bridge(bridge: Bridge, sheet: AnswerSheet) -> None:
    concept, count = bridge.concept, len(bridge.links)
    facts = f"  {count} link{'s' * (count != 1)} · score {bridge.score:.2f}"
    sheet.line(*called(concept.title, concept.id), Piece(facts, "dim"), indent=4)
    for link in _telling(bridge):
        forth = link.source == concept.id
        other = Piece(sheet.title(link.target if forth else link.source), "bold")
        sheet.line("→ " if forth else "← ", other, indent=6)
        sheet.proof(link, 8, where=True)


def _telling(bridge: Bridge) -> list[Link]:
    """The links that explain a bridge best, to different notes and in different sentences."""
    first = most_telling(bridge.links, bridge.concept.id)
    if first is None:
        return []
    ends = {first.source, first.target}
    others = [
        link
        for link in bridge.links
        if {link.source, link.target} != ends and link.sentence != first.sentence
    ]
    second = most_telling(others, bridge.concept.id)
    return [first] if second is None else [first, second]


@table_of_topics.register
def _(answer: Bridges) -> Table:
    columns = ["a", "a_name", "b", "b_name", "concept", "title", "score", "links"]
    rows: list[list[Any]] = []
    for bridge in answer.bridges:
        names = [bridge.a.id, bridge.a.name, bridge.b.id, bridge.b.name]
        link = most_telling(bridge.links, bridge.concept.id)
        said = [link.source, link.line, link.sentence, link.moment] if link else [None] * 4
        concept = [bridge.concept.id, bridge.concept.title, bridge.score, len(bridge.links)]
        rows.append([*names, *concept, *said])
    return [*columns, "said_in", "line", "sentence", "moment"], rows


@items_of_topics.register
def _(answer: Bridges) -> list[Any]:
    return [bridge.to_dict() for bridge in answer.bridges]


@print_topics.register
def _(answer: Gaps, sheet: Sheet) -> None:
    for gap in answer.gaps:
        sheet.line(*called(gap.a.title, gap.a.id), " ⋯ ", *called(gap.b.title, gap.b.id))
        for reason in gap.reasons:
            sheet.line(reason.sentence, indent=4)
            if reason.note is not None:
                sheet.line(Piece(_place(reason.note, reason.line, reason.column), "dim"), indent=4)
        paste = gap.paste
        where = Piece("  " + _place(paste.note, paste.line, paste.column), "dim")
        sheet.line("Paste ", Piece(paste.link, "bold"), where, indent=4)


def _place(note: str, line: int | None, column: int | None) -> str:
    told = [f"{note}.md", *(str(number) for number in (line, column) if number is not None)]
    return ":".join(told)


@table_of_topics.register
def _(answer: Gaps) -> Table:
    columns = ["a", "b", "score", "reasons", "note", "line", "column", "link"]
    rows: list[list[Any]] = []
    for gap in answer.gaps:
        reasons = [reason.sentence for reason in gap.reasons]
        place = [gap.paste.note, gap.paste.line, gap.paste.column, gap.paste.link]
        rows.append([gap.a.id, gap.b.id, gap.score, reasons, *place])
    return columns, rows


@items_of_topics.register
def _(answer: Gaps) -> list[Any]:
    return [gap.to_dict() for gap in answer.gaps]
