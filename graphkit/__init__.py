"""graphkit: a folder of wiki-linked Markdown notes as a graph in which every link has evidence.

>>> import graphkit
>>> graph = graphkit.open("notes")
>>> for step in graph.paths("acetylcholine", "muscle strength").paths[0].steps:
...     print(step.from_.title, "->", step.to.title, ":", step.links[0].sentence)
"""

from __future__ import annotations

from graphkit._version import __version__

TYPE_CHECKING = False  # typing's own takes longer to import than all that stands here
if TYPE_CHECKING:
    from graphkit.answers import (
        Card,
        Counted,
        Finding,
        Findings,
        Hit,
        Loaded,
        Neighbour,
        Neighbourhood,
        Parameter,
        Path,
        Paths,
        QueryResult,
        Refreshed,
        SavedQueries,
        SavedQuery,
        SearchResult,
        Stats,
        Step,
    )
    from graphkit.errors import (
        AmbiguousClusterError,
        AmbiguousConceptError,
        GraphkitError,
        IndexUnusableError,
        NoSuchClusterError,
        NoSuchConceptError,
        NothingSaidError,
        OtherGraphError,
        QueryCancelledError,
        QueryError,
        StoreError,
        UsageError,
        VaultError,
    )
    from graphkit.graph import Graph, open  # noqa: A004 - graphkit.open, as in webbrowser.open
    from graphkit.model import Concept, Link, Reference, Text
    from graphkit.questions.neighbours import Filter
    from graphkit.topics import (
        Because,
        Bridge,
        Bridges,
        Cluster,
        ClusterCard,
        ClusterName,
        Clusters,
        Gap,
        GapReason,
        Gaps,
        Member,
        Part,
        Paste,
        ReadingStep,
        Seed,
    )

_HOMES = {
    "graphkit.answers": "Card Counted Finding Findings Hit Loaded Neighbour Neighbourhood Parameter"
    " Path Paths QueryResult Refreshed SavedQueries SavedQuery SearchResult Stats Step",
    "graphkit.errors": "AmbiguousClusterError AmbiguousConceptError GraphkitError"
    " IndexUnusableError NoSuchClusterError NoSuchConceptError NothingSaidError OtherGraphError"
    " QueryCancelledError QueryError StoreError UsageError VaultError",
    "graphkit.graph": "Graph open",
    "graphkit.model": "Concept Link Reference Text",
    "graphkit.questions.neighbours": "Filter",
    "graphkit.topics": "Because Bridge Bridges Cluster ClusterCard ClusterName Clusters Gap"
    " GapReason Gaps Member Part Paste ReadingStep Seed",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "AmbiguousClusterError",
    "AmbiguousConceptError",
    "Because",
    "Bridge",
    "Bridges",
    "Card",
    "Cluster",
    "ClusterCard",
    "ClusterName",
    "Clusters",
    "Concept",
    "Counted",
    "Filter",
    "Finding",
    "Findings",
    "Gap",
    "GapReason",
    "Gaps",
    "Graph",
    "GraphkitError",
    "Hit",
    "IndexUnusableError",
    "Link",
    "Loaded",
    "Member",
    "Neighbour",
    "Neighbourhood",
    "NoSuchClusterError",
    "NoSuchConceptError",
    "NothingSaidError",
    "OtherGraphError",
    "Parameter",
    "Part",
    "Paste",
    "Path",
    "Paths",
    "QueryCancelledError",
    "QueryError",
    "QueryResult",
    "ReadingStep",
    "Reference",
    "Refreshed",
    "SavedQueries",
    "SavedQuery",
    "SearchResult",
    "Seed",
    "Stats",
    "Step",
    "StoreError",
    "Text",
    "UsageError",
    "VaultError",
    "__version__",
    "open",
]


def __getattr__(name: str) -> object:
    """Imports a public name when it is first used, so that ``import graphkit`` costs nothing."""
    if name in _HOME_OF:
        from importlib import import_module  # noqa: PLC0415 - nothing but itself is imported

        value = getattr(import_module(_HOME_OF[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'graphkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
