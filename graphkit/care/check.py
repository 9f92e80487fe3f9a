"""Findings: links that lead nowhere or anywhere, missing files, what could not be read.

Nothing is changed. Near-spellings are offered, never followed.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from graphkit.answers import Finding, Findings
from graphkit.errors import UsageError
from graphkit.text import Spellings, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graphkit.index.read import IndexReader

SEVERITIES: Final = {
    "unresolved": "error",
    "ambiguous": "error",
    "attachment": "error",
    "frontmatter": "error",
    "encoding": "error",
    "orphan": "warning",
    "moment": "warning",
}
"""The rules, and how bad it is that one is broken."""


def findings(
    index: IndexReader,
    rules: Sequence[str] = (),
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Findings:
    """Checks a vault by its index.

    Args:
        index: the vault's index.
        rules: which rules; all without any.
        progress: called with the number of links looked at and of links to look at.

    Returns:
        The findings by path, line and rule, and their number by rule.

    Raises:
        UsageError: there is no such rule.
    """
    wanted = tuple(rules) or tuple(SEVERITIES)
    for rule in wanted:
        if rule not in SEVERITIES:
            raise UsageError(
                f"There is no rule {rule!r}.", f"The rules are {', '.join(SEVERITIES)}."
            )
    found: list[Finding] = []
    if "unresolved" in wanted or "ambiguous" in wanted:
        found += _links(index, wanted, progress)
    if "attachment" in wanted:
        found += _attachments(index)
    found += (
        Finding(rule, SEVERITIES[rule], path, line, message, suggestion)
        for path, rule, line, message, suggestion in index.problems()
        if rule in wanted
    )
    if "orphan" in wanted:
        message = "No other concept is linked from here or links here."
        found += (
            Finding("orphan", "warning", p, None, message, None) for p in index.unlinked_paths()
        )
    found.sort(key=lambda f: (f.path, f.line or 0, f.rule, f.message))
    counted = Counter(finding.rule for finding in found)
    return Findings(tuple(found), {rule: counted[rule] for rule in wanted})


def _links(
    index: IndexReader, wanted: Sequence[str], progress: Callable[[int, int], None] | None
) -> Iterator[Finding]:
    links = [link for link in index.all_links() if link.resolved_by is None or link.ambiguous]
    names = [called for called in index.all_called() if called.rule != "unresolved"]
    files = Counter(called.folded for called in names if called.rule == "name")
    written: dict[str, str] = {}
    for called in names:
        id_ = called.concept.id
        file = id_.rpartition("/")[2]
        pasted = file if files[fold(file)] == 1 else id_
        written.setdefault(called.exact, called.exact if called.rule == "alias" else pasted)
    spellings = Spellings(written)

    @cache
    def meant(text: str) -> str | None:
        """What to write instead: an alias, or a file name (its path where there are several)."""
        near = spellings.nearest(text.rpartition("/")[2], limit=1)
        return written[near[0][0]] if near else None

    for number, link in enumerate(links, start=1):
        path = f"{link.source}.md"
        if link.resolved_by is None and "unresolved" in wanted:
            yield Finding(
                "unresolved",
                "error",
                path,
                link.line,
                f"No note answers to {link.text!r}.",
                meant(link.text),
            )
        elif link.ambiguous and "ambiguous" in wanted:
            others = ", ".join(link.ambiguous)
            message = f"{link.text!r} could also be {others}; {link.target} is taken."
            yield Finding("ambiguous", "error", path, link.line, message, link.target)
        if progress:
            progress(number, len(links))


def _attachments(index: IndexReader) -> Iterator[Finding]:
    files = [fold(path) for path in index.files()]
    whole, names = set(files), {path.rpartition("/")[2] for path in files}
    spellings: Spellings | None = None
    for reference in index.references():
        if reference.of != "attachment":
            continue
        folder = reference.source.rpartition("/")[0]
        text = fold(reference.text.lstrip("/"))
        beside = fold(posixpath.normpath(posixpath.join("/", folder, reference.text))[1:])
        if text in whole or beside in whole:
            continue
        if "/" in text and any(path.endswith("/" + text) for path in files):
            continue
        if "/" not in text and text in names:
            continue
        spellings = spellings or Spellings(path.rpartition("/")[2] for path in index.files())
        near = spellings.nearest(reference.text.rpartition("/")[2], limit=1)
        yield Finding(
            "attachment",
            "error",
            f"{reference.source}.md",
            reference.line,
            f"There is no file {reference.text!r} in the vault.",
            near[0][0] if near else None,
        )
