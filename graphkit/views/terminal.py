"""Answers for people: cards, chains and lists that read well, with links one can click.

Piped, the same without colour; a moment's address stands behind its time either way.
"""

from __future__ import annotations

import sys
from functools import singledispatch
from itertools import groupby
from typing import TYPE_CHECKING, Final

from graphkit.answers import (
    Card,
    Counted,
    Findings,
    Loaded,
    Neighbourhood,
    Path,
    Paths,
    QueryResult,
    Refreshed,
    SavedQueries,
    SavedQuery,
    SearchResult,
    Stats,
)
from graphkit.model import LINKS_TO, Answer, Link
from graphkit.views import query_rows
from graphkit.views.sheet import Piece, Sheet
from graphkit.views.text import TOPICS, clock, most_telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.stores.base import GraphStore

_SHOWN: Final = 40


def print_for_people(answer: Answer, store: GraphStore) -> None:
    """Prints an answer for a person to read.

    Args:
        answer: what was answered.
        store: where concepts' titles are asked for.
    """
    _print(answer, AnswerSheet(store))


class AnswerSheet(Sheet):
    """Where an answer is being printed, with the titles of the concepts it names."""

    def __init__(self, store: GraphStore) -> None:
        super().__init__(sys.stdout)
        self._store = store
        self._titles: dict[str, str] = {}

    def learn(self, ids: Iterable[str]) -> None:
        """Asks for the titles of some concepts at once."""
        unknown = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._titles]
        if unknown:
            self._titles |= {id_: c.title for id_, c in self._store.concepts(unknown).items()}

    def title(self, id_: str) -> str:
        """The title of a concept, where it has been learnt, else its id."""
        return self._titles.get(id_, id_)

    def proof(self, link: Link, indent: int, *, where: bool = False) -> None:
        """The sentence of a link, and where and when it is said."""
        self.line(link.sentence, indent=indent)
        facts: list[str] = []
        if where:
            facts.append(f"{link.source}.md:{link.line}")
        if where and link.heading:
            facts.append(_heading(link.heading))
        if link.ambiguous:
            facts.append("could also be " + ", ".join(link.ambiguous))
        self.facts(facts, link.seconds, link.moment, indent, around="near " * link.nearest)

    def facts(
        self,
        facts: Sequence[str],
        seconds: int | None,
        address: str | None,
        indent: int,
        *,
        around: str = "",
    ) -> None:
        """A dim line of facts, and the moment; no line where there is neither."""
        told = " · ".join(facts)
        if seconds is not None and address is not None:
            moment = Piece(f"{around}{clock(seconds)} {address}", "cyan", address)
            self.line(Piece(told + " · " * bool(told), "dim"), moment, indent=indent)
        elif told:
            self.line(Piece(told, "dim"), indent=indent)


def _heading(chain: str) -> str:
    return chain.replace(" > ", " › ")


def called(title: str, id_: str) -> tuple[Piece, Piece]:
    """A concept by its title and, where that is another, its id."""
    return Piece(title, "bold"), Piece(f"  {id_}" if id_ != title else "", "dim")


def _relation(link: Link) -> str:
    return link.relation if link.relation != LINKS_TO else ""


def _many(count: int, one: str) -> str:
    return f"{count:,} {one}" + "s" * (count != 1)


@singledispatch
def _print(answer: Answer, sheet: AnswerSheet) -> None:
    if type(answer).__module__ == TOPICS:
        from graphkit.views import topic_rows  # noqa: PLC0415 - for these answers only

        topic_rows.print_topics(answer, sheet)
        return
    for key, value in answer.to_dict().items():
        sheet.line(Piece(f"{key}: ", "dim"), str(value))


@_print.register
def _(answer: Card, sheet: AnswerSheet) -> None:
    sheet.learn([link.target for link in answer.links] + [link.source for link in answer.backlinks])
    sheet.line(*called(answer.title, answer.id))
    if answer.note:
        facts = [_many(answer.words or 0, "word"), *(f"#{tag}" for tag in answer.tags)]
        if answer.aliases:
            facts.append("also " + ", ".join(answer.aliases))
        sheet.line(Piece(" · ".join(facts), "dim"))
        if answer.cluster:
            sheet.line(Piece(_cluster(answer), "dim"))
        if answer.video:
            address = f"https://youtu.be/{answer.video}"
            sheet.line(Piece(address, "cyan", address))
    else:
        sheet.line(Piece("No note yet; only linked to.", "dim"))
    if answer.summary:
        sheet.line()
        sheet.line(answer.summary)
    if answer.links:
        sheet.line()
        sheet.line(Piece(f"Links ({len(answer.links)})", "bold"))
        _links(answer.links, sheet)
    if answer.backlinks:
        sheet.line()
        sheet.line(Piece(f"Backlinks ({len(answer.backlinks)})", "bold"))
        for link in answer.backlinks[:_SHOWN]:
            sheet.line(
                "← ", Piece(sheet.title(link.source), "bold"), _more(_relation(link)), indent=2
            )
            sheet.proof(link, 4, where=True)
        _and_more(len(answer.backlinks), sheet)


def _cluster(card: Card) -> str:
    """The clusters that a note is in, the upper one first."""
    names = [name for name in (card.cluster_name, card.subcluster_name) if name]
    ids = [id_ for id_ in (card.cluster, card.subcluster) if id_]
    return f"Cluster  {' › '.join(names)} ({' › '.join(ids)})"


def _links(links: Sequence[Link], sheet: AnswerSheet) -> None:
    """Links by heading; those that stand in one sentence together, above it."""
    for heading, under in groupby(links, key=lambda link: link.heading):
        if heading:
            sheet.line(Piece(_heading(heading), "italic"), indent=2)
        for _, group in groupby(
            under, key=lambda link: (link.line, link.sentence, link.seconds, link.ambiguous)
        ):
            together = list(group)
            for link in together:
                anchor = f"#{link.anchor}" if link.anchor else ""
                more = _more(anchor, _relation(link))
                sheet.line("→ ", Piece(sheet.title(link.target), "bold"), more, indent=2)
            sheet.proof(together[0], 4)


def _more(*facts: str) -> Piece:
    told = " · ".join(fact for fact in facts if fact)
    return Piece("  " + told if told else "", "dim")


def _and_more(count: int, sheet: AnswerSheet) -> None:
    if count > _SHOWN:
        told = f"… and {count - _SHOWN:,} more: --format json prints them all."
        sheet.line(Piece(told, "dim"), indent=2)


@_print.register
def _(answer: Neighbourhood, sheet: AnswerSheet) -> None:
    sheet.learn(
        end
        for near in answer.neighbours
        for link in near.links
        for end in (link.source, link.target)
    )
    within = f" within {answer.depth} hops" if answer.depth > 1 else ""
    told = Piece(f"  {_many(answer.total, 'neighbour')}{within}", "dim")
    sheet.line(Piece(answer.concept.title, "bold"), told)
    for near in answer.neighbours:
        link = most_telling(near.links, answer.concept.id)
        if link is None:
            continue
        forth = link.target == near.id
        facts = []
        if near.hops > 1:
            nearer = link.source if forth else link.target
            facts.append(f"{near.hops} hops, by {sheet.title(nearer)}")
        facts.append(_relation(link))
        if len(near.links) > 1:
            facts.append(f"{len(near.links)} links")
        if not near.note:
            facts.append("no note yet")
        arrow = "→ " if forth else "← "
        sheet.line(arrow, *called(near.title, near.id), _more(*facts), indent=2)
        sheet.proof(link, 4)


@_print.register
def _(answer: Paths, sheet: AnswerSheet) -> None:
    for number, path in enumerate(answer.paths, start=1):
        if number > 1:
            sheet.line()
        _path(path, sheet, f"{number}. " if len(answer.paths) > 1 else "")


def _path(path: Path, sheet: AnswerSheet, number: str) -> None:
    chain = " → ".join(concept.title for concept in path.concepts)
    sheet.line(
        Piece(number + chain, "bold"),
        Piece(f"  {_many(path.hops, 'hop')}, cost {path.cost:g}", "dim"),
    )
    for step in path.steps:
        link = most_telling(step.links, step.from_.id)
        if link is None:
            continue
        sheet.line()
        sheet.line(
            Piece(step.from_.title, "bold"),
            " → " if link.source == step.from_.id else " ← ",
            Piece(step.to.title, "bold"),
            _more(_relation(link), f"and {len(step.links) - 1} more" * (len(step.links) > 1)),
            indent=2,
        )
        sheet.proof(link, 4, where=True)


@_print.register
def _(answer: SearchResult, sheet: AnswerSheet) -> None:
    for hit in answer.hits:
        sheet.line(*called(hit.title, hit.id))
        sheet.line(hit.snippet, indent=4)
        facts = [f"{hit.id}.md:{hit.line}"] if hit.line else []
        if hit.heading:
            facts.append(_heading(hit.heading))
        sheet.facts(facts, hit.seconds, hit.moment, 4)


@_print.register
def _(answer: Stats, sheet: AnswerSheet) -> None:
    sheet.line(Piece(answer.vault, "bold"))
    figures: list[tuple[str, int]] = []
    for key, value in answer.to_dict().items():
        if isinstance(value, int):
            figures.append((key.replace("_", " "), value))
        elif key == "links_by_kind":
            figures += ((f"  {kind}", count) for kind, count in answer.links_by_kind.items())
    named = max(len(name) for name, _ in figures)
    wide = max(len(f"{value:,}") for _, value in figures)
    for name, value in figures:
        sheet.line(Piece(f"{name:<{named}}", "dim"), f"  {value:>{wide},}", indent=2)
    _ranking(sheet, "Best linked", answer.best_linked)
    _ranking(sheet, "Most wanted, without a note", answer.most_wanted)


def _ranking(sheet: AnswerSheet, title: str, counted: Sequence[Counted]) -> None:
    if not counted:
        return
    sheet.line()
    sheet.line(Piece(title, "bold"))
    wide = len(f"{counted[0].count:,}")
    for concept in counted:
        name, id_ = called(concept.title, concept.id)
        sheet.line(f"{concept.count:>{wide},}  ", name._replace(style=""), id_, indent=2)


@_print.register
def _(answer: Findings, sheet: AnswerSheet) -> None:
    for finding in answer.findings:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        meant = ""
        if finding.suggestion and finding.rule in {"unresolved", "attachment"}:
            meant = f" Did you mean {finding.suggestion!r}?"
        colour = "red" if finding.severity == "error" else "yellow"
        rule = Piece(f"  {finding.rule}  ", colour)
        sheet.line(place, rule, finding.message, Piece(meant, "green"), wrap=False)
    counts = [f"{count:,} {rule}" for rule, count in answer.counts.items() if count]
    sheet.line(Piece(", ".join(counts) or "Nothing is wrong.", "bold"))


@_print.register
def _(answer: Refreshed, sheet: AnswerSheet) -> None:
    _changes(sheet, answer.notes, answer.added, answer.changed, ("deleted", answer.deleted))
    if count := answer.links_resolved_anew:
        told = f"{_many(count, 'link')} of other notes {'leads' if count == 1 else 'lead'}"
        sheet.line(Piece(f"{told} elsewhere now", "dim"))


@_print.register
def _(answer: Loaded, sheet: AnswerSheet) -> None:
    notes = answer.unchanged + len(answer.added) + len(answer.changed)
    _changes(sheet, notes, answer.added, answer.changed, ("removed", answer.removed))
    if answer.dry_run:
        sheet.line(Piece("nothing was written", "dim"))
    else:
        told = f"{_many(answer.links, 'link')} sent to {answer.store} in {answer.seconds:,} s"
        sheet.line(Piece(told, "dim"))


def _changes(
    sheet: AnswerSheet,
    notes: int,
    added: Sequence[str],
    changed: Sequence[str],
    lost: tuple[str, Sequence[str]],
) -> None:
    """How many notes there are now, and which of them came, changed and went."""
    went, gone = lost
    named = (("added", added), ("changed", changed), (went, gone))
    happened = [f"{len(some):,} {what}" for what, some in named if some]
    told = ", ".join(happened) or "nothing has changed"
    sheet.line(_many(notes, "note"), Piece(f"  {told}", "dim"))
    if len(added) < notes:
        for sign, some in (("+", added), ("~", changed), ("-", gone)):
            for one in some[:_SHOWN]:
                sheet.line(f"{sign} {one}", indent=2)
            _and_more(len(some), sheet)


@_print.register
def _(answer: QueryResult, sheet: AnswerSheet) -> None:
    query_rows.print_rows(answer, sheet)


@_print.register
def _(answer: SavedQueries, sheet: AnswerSheet) -> None:
    query_rows.print_saved(answer, sheet)


@_print.register
def _(answer: SavedQuery, sheet: AnswerSheet) -> None:
    query_rows.print_query(answer, sheet)
