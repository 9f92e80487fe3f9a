"""Which cluster a person means: by id, name or one of a name's terms, or by how a name begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.errors import AmbiguousClusterError, NoSuchClusterError
from graphkit.questions.naming import SEPARATOR
from graphkit.questions.partition import natural
from graphkit.text import Spellings, slug
from graphkit.topics import ClusterName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphkit.questions.clustering import Clustering

_SHORTEST_BEGINNING: Final = 2
_OFFERED: Final = 5


def find_cluster(found: Clustering, text: str, *, exactly: bool = False) -> str:
    """Finds the cluster that is meant.

    Tried in this order, and the first that finds anything decides: the id; the name; one of the
    terms of a name (``dopamine`` of ``visualization, dopamine, ADHD``); the beginning of a name.
    Case does not matter, nor do spaces, ``-`` and ``_`` for each other. Each is tried with the
    upper clusters first.

    Args:
        found: the clusters.
        text: what a person typed.
        exactly: whether only an id or a whole name will do.

    Returns:
        The cluster's id.

    Raises:
        AmbiguousClusterError: several clusters of a level answer equally well.
        NoSuchClusterError: none does.
    """
    wanted = slug(text.strip())
    parents = found.partition.parents
    if wanted in parents or wanted in parents.values():
        return wanted
    upper = sorted(set(parents.values()), key=natural)
    levels = (upper, [id_ for id_, parent in parents.items() if id_ != parent])
    names = {id_: slug(found.called(id_)) for ids in levels for id_ in ids}
    ways: list[Callable[[str], bool]] = [lambda name: name == wanted]
    if not exactly:
        ways.append(lambda name: wanted in name.split(SEPARATOR))
    if not exactly and len(wanted) >= _SHORTEST_BEGINNING:
        ways.append(lambda name: name.startswith(wanted))
    for fits in ways:
        for ids in levels:
            fitting = [id_ for id_ in ids if fits(names[id_])]
            if len(fitting) > 1:
                raise AmbiguousClusterError(text, named(found, fitting[:_OFFERED]))
            if fitting:
                return fitting[0]
    raise NoSuchClusterError(text, named(found, _near(names, wanted)))


def named(found: Clustering, ids: Iterable[str]) -> list[ClusterName]:
    """Some clusters with their names."""
    return [ClusterName(id_, found.called(id_)) for id_ in ids]


def _near(names: dict[str, str], wanted: str) -> list[str]:
    """The clusters whose name, or a term of it, is spelt most like what was typed."""
    spelt: dict[str, list[str]] = {}
    for id_, name in names.items():
        for told in dict.fromkeys((name, *name.split(SEPARATOR))):
            spelt.setdefault(told, []).append(id_)
    near = Spellings(spelt).nearest(wanted, _OFFERED)
    return list(dict.fromkeys(id_ for told, _ in near for id_ in spelt[told]))[:_OFFERED]
