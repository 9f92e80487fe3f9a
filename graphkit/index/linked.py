"""Which concepts of the index are linked with which, without the links' evidence.

For walks from one concept to the next, and for what is made of the whole graph at once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graphkit.index.rows import IN, IndexRows, listed
from graphkit.model import Concept
from graphkit.text import in_utf8

if TYPE_CHECKING:
    from collections.abc import Collection


class IndexLinked(IndexRows):
    """Reads pairs of linked concepts out of an index."""

    def adjacent(
        self, ids: Collection[str], direction: str, without: Collection[str]
    ) -> dict[str, dict[str, int]]:
        """The concepts next to each of some concepts, with their number of neighbours.

        Args:
            ids: ids of concepts.
            direction: ``out``, ``in`` or ``both``.
            without: relations that are not walked.

        Returns:
            For each id, its neighbours' ids in order, each with its own number of neighbours.
        """
        numbers = self._numbers(ids)
        keys = {number: key for key, number in numbers.items()}
        found: dict[str, dict[str, int]] = {id_: {} for id_ in ids}
        some, left_out = listed(keys), listed(without)
        parts = []
        if direction != "in":
            parts.append(
                "SELECT link.source AS here, target.concept AS there FROM link JOIN target"
                " ON target.id = link.target WHERE link.source IN (SELECT value FROM json_each(?1))"
                " AND link.relation NOT IN (SELECT value FROM json_each(?2))"
            )
        if direction != "out":
            parts.append(
                "SELECT target.concept AS here, link.source AS there FROM target JOIN link"
                " ON link.target = target.id WHERE target.concept IN"
                " (SELECT value FROM json_each(?1))"
                " AND link.relation NOT IN (SELECT value FROM json_each(?2))"
            )
        rows = self._run(
            f"SELECT here, key, neighbours FROM ({' UNION '.join(parts)}) JOIN concept"
            " ON concept.id = there WHERE here <> there ORDER BY here, key",
            (some, left_out),
        )
        for here, key, neighbours in rows:
            found[keys[here]][key] = neighbours
        return found

    def linked_pairs(
        self, without: Collection[str], ids: Collection[str] | None = None
    ) -> list[tuple[str, str]]:
        """Every pair of two different notes of which the first links to the second, by ids.

        Args:
            without: relations that do not count.
            ids: only pairs of which one or both are among these; all without it.
        """
        some, values = "", [listed(without)]
        if ids is not None:
            # Two ways in, each through an index of its own: an OR would walk all links.
            some = (
                " AND link.id IN (SELECT id FROM link WHERE source IN (SELECT value FROM"
                " json_each(?2)) UNION SELECT link.id FROM target JOIN link ON link.target ="
                " target.id WHERE target.concept IN (SELECT value FROM json_each(?2)))"
            )
            values.append(listed(self._numbers(ids).values()))
        return self._run(
            "SELECT source.key, note.key FROM (SELECT DISTINCT link.source, target.concept"
            " FROM link JOIN target ON target.id = link.target"
            f" WHERE link.relation NOT IN (SELECT value FROM json_each(?1)){some}) AS pair"
            " JOIN concept AS source ON source.id = pair.source"
            " JOIN concept AS note ON note.id = pair.concept"
            " WHERE note.note AND pair.source <> pair.concept ORDER BY source.key, note.key",
            values,
        )

    def places_linked(self, without: Collection[str]) -> tuple[list[str], list[set[int]]]:
        """All notes, and which of them each links to.

        Args:
            without: relations that do not count.

        Returns:
            The notes' ids, in order, and for each the places in that order of those that it
            links to, itself left out.
        """
        rows = sorted(self._run("SELECT key, id FROM concept WHERE note"))
        found: list[set[int]] = [set() for _ in rows]
        # All numbers in two lists, in the same order: a row a link takes three times as long.
        ((sources, targets),) = self._run(
            "SELECT json_group_array(source), json_group_array(concept)"
            " FROM link CROSS JOIN target ON target.id = link.target"
            f" WHERE relation NOT IN ({', '.join('?' * len(without))}) AND source <> concept",
            tuple(without),
        )
        places = {number: place for place, (_, number) in enumerate(rows)}
        linked = {number: found[place] for number, place in places.items()}
        for source, target in zip(json.loads(sources), json.loads(targets), strict=True):
            if target in places:
                linked[source].add(places[target])
        return [row[0] for row in rows], found

    def all_linked(
        self, membership: Collection[str]
    ) -> tuple[list[str], list[int], list[int], list[bool]]:
        """All concepts' ids in order, and of each link between two of them the places of both.

        Args:
            membership: relations of which the last list says whether the link's is one.
        """
        rows = sorted(self._run("SELECT key, id FROM concept"))
        ((sources, targets, flags),) = self._run(
            "SELECT json_group_array(source), json_group_array(concept),"
            f" json_group_array(relation IN ({', '.join('?' * len(membership))}))"
            " FROM link CROSS JOIN target ON target.id = link.target WHERE source <> concept",
            tuple(membership),
        )
        places = {number: place for place, (_, number) in enumerate(rows)}
        return (
            [row[0] for row in rows],
            [places[number] for number in json.loads(sources)],
            [places[number] for number in json.loads(targets)],
            [bool(flag) for flag in json.loads(flags)],
        )

    def relations(self) -> dict[str, int]:
        """How many links between two different concepts have each relation, by its name."""
        rows = self._run(
            "SELECT relation, COUNT(*) FROM link JOIN target ON target.id = link.target"
            " WHERE source <> concept GROUP BY relation ORDER BY relation"
        )
        return dict(rows)

    def related(self, relation: str) -> list[tuple[str, str]]:
        """Every pair of two different concepts that a link of a relation leads between, by ids."""
        return self._run(
            "SELECT DISTINCT source.key, there.key FROM link"
            " JOIN target ON target.id = link.target"
            " JOIN concept AS source ON source.id = link.source"
            " JOIN concept AS there ON there.id = target.concept"
            " WHERE relation = ? AND source.id <> there.id ORDER BY source.key, there.key",
            (in_utf8(relation),),
        )

    def unresolved_sources(self) -> dict[str, list[str]]:
        """For each concept without a note the ids of the notes that link to it, both in order."""
        found: dict[str, list[str]] = {}
        for target, source in self._run(
            "SELECT DISTINCT concept.key, source.key FROM concept"
            " JOIN target ON target.concept = concept.id JOIN link ON link.target = target.id"
            " JOIN concept AS source ON source.id = link.source WHERE NOT concept.note"
            " ORDER BY concept.key, source.key"
        ):
            found.setdefault(target, []).append(source)
        return found

    def relinked(self) -> list[str]:
        """The ids of all notes whose links may have changed since this list was last emptied.

        Notes that came or went are among them. Whoever keeps something that is made of links
        empties the table ``relinked`` in the transaction in which it is kept.
        """
        return [row[0] for row in self._run("SELECT note FROM relinked ORDER BY note")]

    def index_notes(self, ids: Collection[str] | None = None) -> list[Concept]:
        """Those of some notes, or of all, that are linked with so many others as to say nothing.

        That is over a fifth of all notes and 50 at least, or over half of the notes of their own
        folder where it holds 50 or more; links of any relation count.
        """
        ((notes,),) = self._run("SELECT COUNT(*) FROM note")
        many = max(notes // 5, 49)
        sizes: dict[str, int] = {}
        found = []
        some, values = ("", ()) if ids is None else (f" AND concept.key{IN}", (listed(ids),))
        for number, key, title, folder, degree in self._run(
            "SELECT concept.id, key, title, folder, in_degree + out_degree FROM concept"
            f" JOIN note ON note.id = concept.id WHERE in_degree + out_degree > 25{some}"
            " ORDER BY key",
            values,
        ):
            far = degree > many and self._linked_notes(number, many + 1) > many
            if not far:
                enough = max(2 * degree, 50)  # so large a folder is not half linked with
                size = sizes.get(folder, 0)
                if size < enough:
                    ((size,),) = self._run(
                        "SELECT COUNT(*) FROM (SELECT 1 FROM note WHERE folder = ? LIMIT ?)",
                        (folder, enough),
                    )
                    sizes[folder] = size
                half = size // 2
                far = (
                    size >= 50  # noqa: PLR2004 - as said
                    and degree > half
                    and self._linked_notes(number, half + 1, folder) > half
                )
            if far:
                found.append(Concept(key, title, note=True))
        return found

    def _linked_notes(self, number: int, limit: int, folder: str | None = None) -> int:
        """How many other notes a note is linked with, of one folder or of all, up to a limit."""
        # Rows of notes are long: they are looked at only where their folders are asked for.
        here = there = ""
        if folder is not None:
            here = " JOIN note ON note.id = concept.id AND note.folder = ?2"
            there = " JOIN note ON note.id = link.source AND note.folder = ?2"
        ((count,),) = self._run(
            "SELECT COUNT(*) FROM (SELECT concept.id FROM link"
            " JOIN target ON target.id = link.target"
            f" JOIN concept ON concept.id = target.concept AND concept.note{here}"
            " WHERE link.source = ?1 AND concept.id <> ?1"
            f" UNION SELECT link.source FROM target JOIN link ON link.target = target.id{there}"
            f" WHERE target.concept = ?1 AND link.source <> ?1 LIMIT {limit:d})",
            (number,) if folder is None else (number, folder),
        )
        return int(count)
