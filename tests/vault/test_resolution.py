"""Resolution: to which note a target points, by which rule, and which others it could mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import pytest

import graphkit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from graphkit import Link

    Vault = Callable[[dict[str, str]], Path]


class Case(NamedTuple):
    """A link in ``wet/from.md`` among other notes, and where it leads."""

    link: str
    others: Sequence[str]
    target: str
    rule: str | None
    ambiguous: tuple[str, ...] = ()


@pytest.fixture
def links_of(make_vault: Vault, tmp_path: Path) -> Callable[..., tuple[Link, ...]]:
    """Opens a vault and gives the links of one of its notes."""

    def links(files: dict[str, str], source: str, *, strict: bool = False) -> tuple[Link, ...]:
        with graphkit.open(make_vault(files), index=tmp_path / "i.db", strict=strict) as graph:
            return graph.links(source, direction="out")

    return links


PATHS = {
    "relative": Case("[[./a]]", ["a", "wet/a"], "wet/a", "path"),
    "relative-is-exact": Case("[[./a]]", ["dry/a"], "wet/a", None),
    "parent": Case("[[../a]]", ["a", "wet/a"], "a", "path"),
    "parent-and-down": Case("[[../dry/a]]", ["dry/a", "wet/dry/a"], "dry/a", "path"),
    "out-of-the-vault": Case("[[../../../a]]", ["a"], "a", "path"),
    "from-the-root": Case("[[/a]]", ["a", "wet/a"], "a", "path"),
    "from-the-root-only": Case("[[/a]]", ["dry/a"], "a", None),
    "exact-from-the-root": Case("[[dry/a]]", ["dry/a", "wet/dry/a"], "dry/a", "path"),
    "suffix": Case("[[dry/a]]", ["far/dry/a", "far/a"], "far/dry/a", "path"),
    "suffix-of-whole-names": Case("[[dry/a]]", ["bone_dry/a"], "dry/a", None),
    "suffixes": Case("[[x/a]]", ["b/x/a", "a/b/x/a"], "b/x/a", "path", ("a/b/x/a",)),
    "suffix-under-own-folder": Case(
        "[[x/a]]", ["b/x/a", "wet/b/x/a"], "wet/b/x/a", "path", ("b/x/a",)
    ),
    "md-is-stripped": Case("[[dry/a.md]]", ["dry/a"], "dry/a", "path"),
    "any-case": Case("[[DRY/A]]", ["dry/a"], "dry/a", "path"),
    "exact-case-wins": Case("[[dry/A]]", ["dry/a", "dry/A"], "dry/A", "path"),
    "a-path-is-no-name": Case("[[x/a]]", ["dry/a"], "x/a", None),
    "markdown-beside-the-note": Case("[t](a.md)", ["a", "wet/a"], "wet/a", "path"),
    "markdown-from-the-root": Case("[t](dry/a.md)", ["dry/a"], "dry/a", "path"),
    "markdown-beside-before-root": Case("[t](x/a.md)", ["x/a", "wet/x/a"], "wet/x/a", "path"),
    "markdown-parent": Case("[t](../dry/a.md)", ["dry/a"], "dry/a", "path"),
    "markdown-percent": Case("[t](a%20b.md)", ["wet/a b"], "wet/a b", "path"),
    "markdown-without-extension": Case("[t](a)", ["wet/a"], "wet/a", "path"),
    "markdown-leading-slash": Case("[t](/a.md)", ["a", "wet/a"], "a", "path"),
    "markdown-by-name": Case("[t](a.md)", ["dry/a"], "dry/a", "name"),
}
NAMES = {
    "name": Case("[[a]]", ["dry/a"], "dry/a", "name"),
    "md-is-stripped": Case("[[a.md]]", ["dry/a"], "dry/a", "name"),
    "anchor-is-no-part": Case("[[a#b]]", ["a"], "a", "name"),
    "any-case": Case("[[ÄA]]", ["dry/äa"], "dry/äa", "name"),
    "folded": Case("[[strasse]]", ["Straße"], "Straße", "name"),
    "decomposed": Case(f"[[{normalize('NFD', 'äa')}]]", ["äa"], "äa", "name"),
    "exact-case-wins": Case("[[Aa]]", ["aa", "wet/aa", "dry/Aa"], "dry/Aa", "name"),
    "no-exact-case": Case("[[AA]]", ["dry/aa", "dry/Aa"], "dry/Aa", "name", ("dry/aa",)),
    "own-folder": Case("[[a]]", ["a", "dry/a", "wet/far/a"], "wet/far/a", "name", ("a", "dry/a")),
    "shortest-path": Case("[[a]]", ["dry/a", "b/a", "a"], "a", "name", ("b/a", "dry/a")),
    "lowest-code-point": Case("[[a]]", ["c/a", "b/a", "Z/a"], "Z/a", "name", ("b/a", "c/a")),
    "another-dot": Case("[[Node.js]]", ["Node.js"], "Node.js", "name"),
    "itself": Case("[[from]]", [], "wet/from", "name"),
    "same-note": Case("[[#b]]", [], "wet/from", "path"),
}


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"path-{name}") for name, case in PATHS.items()]
    + [pytest.param(case, id=f"name-{name}") for name, case in NAMES.items()],
)
@pytest.mark.parametrize("strict", [False, True])
def test_path_and_name(links_of: Callable[..., tuple[Link, ...]], case: Case, strict: bool) -> None:
    """A target is a path first and a file name second; what else it could mean is kept.

    Of several notes the exact case wins, then the one under the source's folder, then the
    shortest path, then the lowest by code point.
    """
    files = {f"{name}.md": "" for name in case.others}
    (link,) = links_of(files | {"wet/from.md": case.link}, "wet/from", strict=strict)
    found = (link.target, link.resolved_by, link.ambiguous)
    assert found == (case.target, case.rule, case.ambiguous)


OTHER_RULES = {
    "alias": ("[[rush]]", {"a.md": "---\naliases: [Rush, Sedge]\n---\n"}, "a", "alias", "a"),
    "alias-text": ("[[sedge]]", {"a.md": "---\naliases: Rush, Sedge\n---\n"}, "a", "alias", "a"),
    "alias-with-slash": ("[[a/b]]", {"c.md": "---\naliases: [a/b]\n---\n"}, "c", "alias", "c"),
    "title": ("[[tall rush]]", {"a.md": "---\ntitle: Tall Rush\n---\n"}, "a", "title", None),
    "slug-spaces": ("[[tall rush]]", {"tall_rush.md": ""}, "tall_rush", "slug", None),
    "slug-runs": ("[[Tall - Rush]]", {"tall_rush.md": ""}, "tall_rush", "slug", None),
    "slug-is-for-names": (
        "[[tall-rush]]",
        {"a.md": "---\ntitle: tall rush\n---\n"},
        None,
        None,
        None,
    ),
    "slug-is-no-path": ("[[x/tall rush]]", {"y/tall_rush.md": ""}, None, None, None),
    "near-is-not-enough": ("[[tal rush]]", {"tall_rush.md": ""}, None, None, None),
}


@pytest.mark.parametrize("name", OTHER_RULES)
def test_alias_title_and_slug(links_of: Callable[..., tuple[Link, ...]], name: str) -> None:
    """What is no path and no name is an alias, else a title, else a name spelt alike.

    Strictly only paths, names and aliases count, as in Obsidian.
    """
    written, files, target, rule, strictly = OTHER_RULES[name]
    (link,) = links_of(files | {"from.md": written}, "from")
    assert (link.target if rule else None, link.resolved_by) == (target, rule)
    (link,) = links_of(files | {"from.md": written}, "from", strict=True)
    assert (link.target if link.resolved_by else None) == strictly


def test_order_of_the_rules(make_vault: Vault, tmp_path: Path) -> None:
    """Where several rules would find a note the first wins: path, name, alias, title, slug."""
    files = {
        "from.md": "[[wet/the reed]] [[the reed]]",
        "wet/the reed.md": "",
        "b.md": "---\naliases: [the reed]\n---\n",
        "c.md": "---\ntitle: the reed\n---\n",
        "the_reed.md": "",
    }
    expected = [
        ("path", "wet/the reed"),
        ("name", "wet/the reed"),
        ("alias", "b"),
        ("title", "c"),
        ("slug", "the_reed"),
    ]
    vault = make_vault(files)
    found = []
    with graphkit.open(vault, index=tmp_path / "i.db") as graph:
        found += [(x.resolved_by, x.target) for x in graph.links("from", direction="out")]
        for gone in ("wet/the reed.md", "b.md", "c.md"):
            (vault / gone).unlink()
            graph.refresh()
            link = graph.links("from", direction="out")[1]
            found.append((link.resolved_by, link.target))
    assert found == expected


def test_alias_leads_to_another_note(links_of: Callable[..., tuple[Link, ...]]) -> None:
    """A note's own alias does not make a link to itself: another note has it, or nobody."""
    own = "---\naliases: [rush]\n---\n[[rush]]"
    (link,) = links_of({"from.md": own}, "from")
    assert (link.target, link.resolved_by) == ("rush", None)
    (link,) = links_of({"from.md": own, "b.md": "---\naliases: [rush]\n---\n"}, "from")
    assert (link.target, link.resolved_by) == ("b", "alias")


@pytest.mark.parametrize(("rule", "head"), [("alias", "aliases: [rush]"), ("title", "title: rush")])
def test_tie_breaks_of_aliases_and_titles(
    links_of: Callable[..., tuple[Link, ...]], rule: str, head: str
) -> None:
    """Several notes of one alias or title are ranked like those of one name."""
    names = ("wet/far/d", "dry/c", "b", "a")
    files = {f"{name}.md": f"---\n{head}\n---\n" for name in names}
    (link,) = links_of(files | {"wet/from.md": "[[rush]]"}, "wet/from")
    assert (link.target, link.resolved_by) == ("wet/far/d", rule)
    assert link.ambiguous == ("a", "b", "dry/c")


def test_unresolved_concept(make_vault: Vault, tmp_path: Path) -> None:
    """What nothing answers is a concept without a note, one for all its spellings."""
    vault = make_vault(
        {"a.md": "[[Tall Rush]] [[tall rush]] [[Tall Rush.md]]", "b.md": "[[tall rush#x]]"}
    )
    with graphkit.open(vault, index=tmp_path / "i.db") as graph:
        card = graph.concept("tall rush")
        assert (card.id, card.title, card.note, card.path) == (
            "tall rush",
            "Tall Rush",
            False,
            None,
        )
        assert card.in_degree == 4
        assert {link.resolved_by for link in card.backlinks} == {None}


@pytest.mark.parametrize(
    ("written", "attachments"),
    [
        ("![[i.png]]", 1),
        ("[[a.pdf#page=2]]", 1),
        ("[a](b/c.MP3)", 1),
        ("[[Node.js]]", 0),
        ("[[i.md]]", 0),
    ],
)
def test_attachment(make_vault: Vault, tmp_path: Path, written: str, attachments: int) -> None:
    """What no note answers and ends like a file is an attachment and no concept."""
    with graphkit.open(make_vault({"a.md": written}), index=tmp_path / "i.db") as graph:
        stats = graph.stats()
    assert (stats.attachments, stats.unresolved) == (attachments, 1 - attachments)


def test_note_with_the_name_of_a_file(links_of: Callable[..., tuple[Link, ...]]) -> None:
    """A note that is called like a file is found before any attachment."""
    (link,) = links_of({"a.md": "[[i.png]]", "i.png.md": ""}, "a")
    assert (link.target, link.resolved_by) == ("i.png", "name")
