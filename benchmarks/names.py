"""Names of clusters: the table of both levels, and how many of the members say a name's terms."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.processes import seconds_of
from benchmarks.report import Figures, Outcome
from graphkit.questions.clustering import by_centrality, clustering, families
from graphkit.questions.naming import name_clusters
from graphkit.questions.wording import wording_of
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Bench
    from graphkit.model import Text
    from graphkit.questions.clustering import Clustering

VAULTS = ("shared", "large")
RUNS = 3
"""Here: how often names are worked out on the large vault."""
_FROM = 5
"""Clusters of so many notes are counted."""


def measure(bench: Bench) -> Iterator[Outcome]:
    """Counts on the shared vault; the time on the large one."""
    with closing(EmbeddedStore(bench.vaults["shared"], index=bench.fresh_index())) as store:
        store.refresh()
        found = clustering(store)
        notes = {text.id: text for text in store.texts()}
    shares = {
        id_: _share(found.names[id_].name, [notes[note] for note in members])
        for siblings in families(found.partition)
        for id_, members in siblings.items()
    }
    _print_table(found, shares)
    sizes = {id_: len(ids) for family in families(found.partition) for id_, ids in family.items()}
    counted = [shares[id_] >= 0.5 for id_, size in sizes.items() if size >= _FROM]  # noqa: PLR2004 - half
    what = f"of {len(counted)} clusters of {_FROM} or more: half of the members say a term"
    yield Outcome(what, "%", _once(100 * sum(counted) / len(counted)), 90, at_least=True)

    names, terms = [], []
    for siblings in families(found.partition):
        of = Counter(found.names[id_].name.casefold() for id_ in siblings)
        names.append(sum(count > 1 for count in of.values()))
        times = Counter(term for id_ in siblings for term in found.names[id_].terms)
        terms.append(max(times.values(), default=0))
    yield Outcome("names that two siblings share", "", _once(sum(names)), 0)
    yield Outcome("most siblings that one term names", "", _once(max(terms)), 2)

    with closing(EmbeddedStore(bench.vaults["large"], index=bench.fresh_index())) as store:
        store.refresh()
        found = clustering(store)
        texts = list(store.texts())
        yield Outcome(
            f"large vault: names of {len(found.names)} clusters, texts at hand",
            "s",
            Figures.of(seconds_of(lambda: _names(found, texts)) for _ in range(bench.runs)),
            None,
        )


def _names(found: Clustering, texts: list[Text]) -> None:
    wording = wording_of(texts, found.partition.members("lower").values())
    for siblings in families(found.partition):
        name_clusters(
            {id_: by_centrality(found.graph, ids) for id_, ids in siblings.items()}, wording
        )


def _print_table(found: Clustering, shares: dict[str, float]) -> None:
    """Each upper cluster, and below it its parts: notes, the share that says a term, the name."""
    upper, lower = (found.partition.members(level) for level in ("upper", "lower"))
    print()
    for id_ in sorted(upper, key=lambda id_: (-len(upper[id_]), id_)):
        print(f"{len(upper[id_]):5} {shares[id_]:5.0%}  {found.names[id_].name}")
        parts = [part for part in lower if found.partition.parents[part] == id_ != part]
        for part in sorted(parts, key=lambda part: (-len(lower[part]), part)):
            print(f"   {len(lower[part]):5} {shares[part]:5.0%}  {found.names[part].name}")


def _share(name: str, notes: list[Text]) -> float:
    """Which share of some notes says one of a name's terms in title, alias or heading."""
    terms = [f" {_plain(term)} " for term in name.split(", ")]
    lines = ([note.title, *note.aliases, *note.headings] for note in notes)
    said = [" " + " / ".join(map(_plain, some)) + " " for some in lines]
    return sum(any(term in told for term in terms) for told in said) / len(notes)


def _plain(text: str) -> str:
    """A text's words without the endings of the plural, by a rule of its own."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return " ".join(re.sub("(ies|es|y|s|e)$", "", word) for word in words)


def _once(value: float) -> Figures:
    return Figures(value, value, value)
