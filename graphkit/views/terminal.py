"""Answers for people: cards, chains and lists that read well, with links one can click.

Piped, the same without colour; a moment's address stands behind its time either way.
"""

from __future__ import annotations

import sys
from functools import singledispatch
from itertools import groupby
from typing import TYPE_CHECKING, Final

from graphkit.model import (
    LINKS_TO,
    Answer,
    Card,
    Counted,
    Findings,
    Link,
    Neighbourhood,
    Path,
    Paths,
    Refreshed,
    SearchResult,
    Stats,
)
from graphkit.views.page import Page, Piece
from graphkit.views.text import clock, most_telling

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
    _print(answer, _Page(store))


class _Page(Page):
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


def _called(title: str, id_: str) -> tuple[Piece, Piece]:
    """A concept by its title and, where that is another, its id."""
    return Piece(title, "bold"), Piece(f"  {id_}" if id_ != title else "", "dim")


def _relation(link: Link) -> str:
    return link.relation if link.relation != LINKS_TO else ""


def _many(count: int, one: str) -> str:
    return f"{count:,} {one}" + "s" * (count != 1)


@singledispatch
def _print(answer: Answer, page: _Page) -> None:
    for key, value in answer.to_dict().items():
        page.line((f"{key}: ", "dim"), str(value))


@_print.register
def _(answer: Card, page: _Page) -> None:
    page.learn([link.target for link in answer.links] + [link.source for link in answer.backlinks])
    page.line((answer.title, "bold"), (f"  {answer.id}", "dim"))
    if answer.note:
        facts = [f"{answer.words} words"]
        facts += [f"#{tag}" for tag in answer.tags]
        if answer.aliases:
            facts.append("also " + ", ".join(answer.aliases))
        page.line((" · ".join(facts), "dim"))
        if answer.video:
            page.line(
                (f"https://youtu.be/{answer.video}", f"cyan link https://youtu.be/{answer.video}")
            )
    else:
        page.line(("No note yet; only linked to.", "dim"))
    if answer.summary:
        page.line("")
        page.line(answer.summary)
    if answer.links:
        page.line("")
        page.line((f"Links ({len(answer.links)})", "bold"))
        for heading, links in groupby(answer.links, key=lambda link: link.heading):
            if heading:
                page.line((heading.replace(" > ", " › "), "italic"), indent=2)
            for link in links:
                page.line("→ ", (page.title(link.target), "bold"), _anchor(link), indent=2)
                page.proof(link, 4)
    if answer.backlinks:
        page.line("")
        page.line((f"Backlinks ({len(answer.backlinks)})", "bold"))
        for link in answer.backlinks[:_BACKLINKS_SHOWN]:
            page.line("← ", (page.title(link.source), "bold"), indent=2)
            page.proof(link, 4, where=True)
        if (more := len(answer.backlinks) - _BACKLINKS_SHOWN) > 0:
            page.line((f"… and {more} more: --format json prints them all.", "dim"), indent=2)


def _anchor(link: Link) -> tuple[str, str]:
    return (f" #{link.anchor}" if link.anchor else "", "dim")


@_print.register
def _(answer: Neighbourhood, page: _Page) -> None:
    page.learn(
        end
        for near in answer.neighbours
        for link in near.links
        for end in (link.source, link.target)
    )
    for near in answer.neighbours:
        link = most_telling(near.links, answer.concept.id)
        if link is None:
            continue
        forth = link.target == near.id
        other = link.source if forth else link.target
        facts = [f"{near.hops} hop{'s' * (near.hops > 1)}"]
        if near.hops > 1:
            facts.append(f"from {page.title(other)}")
        if len(near.links) > 1:
            facts.append(f"{len(near.links)} links")
        if not near.note:
            facts.append("no note yet")
        arrow = "→ " if forth else "← "
        page.line(arrow, (near.title, "bold"), (f"  {near.id} · {' · '.join(facts)}", "dim"))
        page.proof(link, 4)


@_print.register
def _(answer: Paths, page: _Page) -> None:
    for number, path in enumerate(answer.paths, start=1):
        if number > 1:
            page.line("")
        _path(path, page, f"{number}. " if len(answer.paths) > 1 else "")


def _path(path: Path, page: _Page, number: str) -> None:
    chain = " → ".join(concept.title for concept in path.concepts)
    hops = f"{path.hops} hop{'s' * (path.hops != 1)}, cost {path.cost:g}"
    page.line((number + chain, "bold"), (f"  {hops}", "dim"))
    for step in path.steps:
        link = most_telling(step.links, step.from_.id)
        if link is None:
            continue
        page.line("")
        arrow = " → " if link.source == step.from_.id else " ← "
        more = f"  and {len(step.links) - 1} more" if len(step.links) > 1 else ""
        page.line(
            (step.from_.title, "bold"), arrow, (step.to.title, "bold"), (more, "dim"), indent=2
        )
        page.proof(link, 4, where=True)


@_print.register
def _(answer: SearchResult, page: _Page) -> None:
    for hit in answer.hits:
        page.line((hit.title, "bold"), (f"  {hit.id}", "dim"))
        page.line(hit.snippet, indent=4)
        place = f"{hit.id}.md:{hit.line}" if hit.line else ""
        pieces = [place, (hit.heading or "").replace(" > ", " › ")]
        text = page.text(" · ".join(piece for piece in pieces if piece), "dim")
        if hit.seconds is not None and hit.moment is not None:
            text.append_text(page.text(" · ", "dim"))
            text.append_text(page.moment("", hit.seconds, hit.moment))
        if text.plain:
            page.show(text, 4)
    if answer.total > len(answer.hits):
        page.line((f"{len(answer.hits)} of {answer.total} notes: --limit {answer.total}", "dim"))
    elif not answer.hits:
        page.line(("No note says that.", "dim"))


@_print.register
def _(answer: Stats, page: _Page) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right")
    page.line((answer.vault, "bold"))
    for key, value in answer.to_dict().items():
        if isinstance(value, int):
            grid.add_row(page.text(key.replace("_", " "), "dim"), f"{value:,}")
            if key == "links":
                for kind, count in answer.links_by_kind.items():
                    grid.add_row(page.text(f"  {kind}", "dim"), f"{count:,}")
    page.console.print(grid)
    _ranking(page, "Best linked", answer.best_linked)
    _ranking(page, "Most wanted, without a note", answer.most_wanted)


def _ranking(page: _Page, title: str, counted: Sequence[Counted]) -> None:
    if not counted:
        return
    page.line("")
    page.line((title, "bold"))
    wide = len(str(counted[0].count))
    for concept in counted:
        page.line(f"{concept.count:>{wide}}  {concept.title}", (f"  {concept.id}", "dim"), indent=2)


@_print.register
def _(answer: Findings, page: _Page) -> None:
    for finding in answer.findings:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        meant = ""
        if finding.suggestion and finding.rule in {"unresolved", "attachment"}:
            meant = f" Did you mean {finding.suggestion!r}?"
        style = "red" if finding.severity == "error" else "yellow"
        page.line(place, (f"  {finding.rule}  ", style), finding.message, (meant, "green"))
    counts = [f"{count} {rule}" for rule, count in answer.counts.items() if count]
    page.line((", ".join(counts) or "Nothing is wrong.", "bold"))


@_print.register
def _(answer: Refreshed, page: _Page) -> None:
    happened = [
        f"{len(paths)} {what}"
        for what, paths in (
            ("added", answer.added),
            ("changed", answer.changed),
            ("deleted", answer.deleted),
        )
        if paths
    ]
    page.line(f"{answer.notes} notes", (f"  {', '.join(happened) or 'nothing has changed'}", "dim"))
    if len(answer.added) < answer.notes:
        for sign, paths in (("+", answer.added), ("~", answer.changed), ("-", answer.deleted)):
            for path in paths[:_BACKLINKS_SHOWN]:
                page.line(f"{sign} {path}", indent=2)
    if answer.links_resolved_anew:
        page.line((f"{answer.links_resolved_anew} links of other notes lead elsewhere now", "dim"))
