"""What the index can be asked: concepts and links with all that is known of them."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graphkit.index.figures import IndexFigures
from graphkit.index.linked import IndexLinked
from graphkit.index.names import IndexNames
from graphkit.index.rows import IN, concept_of, listed
from graphkit.model import Link, Marked, Node, Reference, Text, moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graphkit.model import Concept

_LINKS = """
SELECT source.key, concept.key, link.relation, link.kind, target.text, link.anchor, link.alias,
  link.heading, link.line, link.sentence, link.seconds, note.video, link.nearest,
  target.resolved_by, target.ambiguous
FROM link JOIN target ON target.id = link.target JOIN concept ON concept.id = target.concept
  JOIN concept AS source ON source.id = link.source JOIN note ON note.id = link.source
"""
_ORDER = " ORDER BY source.key, link.line, link.id"
_NODES = """
SELECT concept.id, concept.key, concept.title, concept.note, concept.name, note.path, note.folder,
  note.video, note.aliases, note.words, note.summary, concept.in_degree, concept.out_degree,
  concept.neighbours, note.properties, clustered.cluster, clustered.subcluster, upper.name,
  lower.name
FROM concept LEFT JOIN note ON note.id = concept.id
  LEFT JOIN clustered ON clustered.note = concept.key AND concept.note
  LEFT JOIN cluster AS upper ON upper.id = clustered.cluster
  LEFT JOIN cluster AS lower ON lower.id = clustered.subcluster
"""


class IndexReader(IndexNames, IndexLinked, IndexFigures):
    """Reads an index; every answer is ordered, and the same whatever way the index came to be.

    Args:
        connection: an open index.
    """

    def meta(self, key: str) -> str | None:
        """One of the index's own notes: ``vault``, ``revision`` or ``settings``."""
        rows = self._run("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    # concepts

    def concepts(self, ids: Collection[str]) -> dict[str, Concept]:
        """The concepts with these ids; an id that is none is left out."""
        rows = self._run(f"SELECT key, title, note FROM concept WHERE key{IN}", (listed(ids),))
        return {row[0]: concept_of(row) for row in rows}

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """All that is known of the concepts with these ids."""
        rows = self._run(f"{_NODES} WHERE concept.key{IN}", (listed(ids),))
        tags = self._tags(f"WHERE note{IN}", (listed(row[0] for row in rows),))
        return {row[1]: self._node(row, tags) for row in rows}

    def all_nodes(self) -> Iterator[Node]:
        """Every concept, by id."""
        tags = self._tags("", ())
        for row in self._walk(f"{_NODES} ORDER BY concept.key"):
            yield self._node(row, tags)

    def _tags(self, where: str, values: tuple[str, ...]) -> dict[int, list[str]]:
        tags: dict[int, list[str]] = defaultdict(list)
        for note, tag in self._run(
            f"SELECT note, tag FROM tag {where} ORDER BY note, position", values
        ):
            tags[note].append(tag)
        return tags

    @staticmethod
    def _node(row: tuple[Any, ...], tags: dict[int, list[str]]) -> Node:
        return Node(
            id=row[1],
            title=row[2],
            note=bool(row[3]),
            name=row[4],
            path=row[5],
            folder=row[6],
            video=row[7],
            tags=tuple(tags.get(row[0], ())),
            aliases=tuple(json.loads(row[8])) if row[8] else (),
            words=row[9],
            summary=row[10],
            cluster=row[15],
            subcluster=row[16],
            cluster_name=row[17],
            subcluster_name=row[18],
            in_degree=row[11],
            out_degree=row[12],
            neighbours=row[13],
            properties=json.loads(row[14]) if row[14] else {},
        )

    def marked(self) -> list[Marked]:
        """Every note with its video and tags, by id."""
        tags = self._tags("", ())
        rows = self._run(
            "SELECT note.id, key, video FROM note JOIN concept ON concept.id = note.id ORDER BY key"
        )
        return [Marked(key, video, tuple(tags.get(number, ()))) for number, key, video in rows]

    # links

    def links(self, ids: Collection[str], direction: str) -> list[Link]:
        """The links that touch any of some concepts, by source, line and place in the line.

        Args:
            ids: ids of concepts.
            direction: ``out`` for links that start there, ``in`` for those that point there,
                ``both`` for either.
        """
        numbers = listed(self._numbers(ids).values())
        where = {
            "out": f"link.source{IN}",
            "in": f"target.concept{IN}",
            "both": f"(link.source{IN} OR target.concept{IN})",
        }[direction]
        if direction == "both":
            some = (
                "link.id IN (SELECT id FROM link WHERE source IN (SELECT value FROM json_each(?1))"
                " UNION SELECT link.id FROM target JOIN link ON link.target = target.id"
                " WHERE target.concept IN (SELECT value FROM json_each(?1)))"
            )
            return [
                self._link(row) for row in self._run(f"{_LINKS} WHERE {some}{_ORDER}", (numbers,))
            ]
        return [self._link(row) for row in self._run(f"{_LINKS} WHERE {where}{_ORDER}", (numbers,))]

    def links_within(self, ids: Collection[str]) -> list[Link]:
        """The links between any two of some concepts."""
        numbers = listed(self._numbers(ids).values())
        rows = self._run(
            f"{_LINKS} WHERE link.source{IN} AND target.concept{IN}{_ORDER}", (numbers, numbers)
        )
        return [self._link(row) for row in rows]

    def all_links(self) -> Iterator[Link]:
        """Every link occurrence, by source, line and place in the line."""
        for row in self._walk(_LINKS + _ORDER):
            yield self._link(row)

    @staticmethod
    def _link(row: tuple[Any, ...]) -> Link:
        seconds, video, nearest, resolved_by, others = row[10:]
        ambiguous = tuple(json.loads(others)) if others != "[]" else ()
        proof = (seconds, moment(video, seconds), bool(nearest), resolved_by, ambiguous)
        return Link(*(row[:10] + proof))

    def references(self, ids: Collection[str] | None = None) -> Iterator[Reference]:
        """Attachments and outside addresses, of some notes or of all, by source and line."""
        some, values = ("TRUE", ()) if ids is None else (f"concept.key{IN}", (listed(ids),) * 2)
        rows = self._run(
            "SELECT 'attachment', concept.key, link.kind, target.text, link.anchor, link.alias,"
            " link.line AS line, link.id FROM link JOIN target ON target.id = link.target"
            f" JOIN concept ON concept.id = link.source WHERE target.concept IS NULL AND {some}"
            " UNION ALL SELECT 'external', concept.key, kind, text, anchor, alias, line,"
            " reference.id FROM reference JOIN concept ON concept.id = reference.source"
            f" WHERE {some} ORDER BY 2, 7, 1, 8",
            values,
        )
        for row in rows:
            yield Reference(*row[:7])

    def texts(self, ids: Collection[str] | None = None) -> Iterator[Text]:
        """What some notes say, or all, by id."""
        some, values = ("", ()) if ids is None else (f" WHERE concept.key{IN}", (listed(ids),))
        for row in self._walk(
            "SELECT concept.key, text.title, text.aliases, text.headings, text.body, text.places"
            f" FROM concept JOIN text ON text.note = concept.id{some} ORDER BY concept.key",
            values,
        ):
            aliases, headings = (
                tuple(json.loads(row[2])),
                tuple(row[3].split("\n") if row[3] else ()),
            )
            yield Text(row[0], row[1], aliases, headings, row[4], row[5])

    def number_of_notes(self) -> int:
        """How many notes there are."""
        ((notes,),) = self._run("SELECT COUNT(*) FROM note")
        return int(notes)

    def digests(self, ids: Collection[str] | None = None) -> dict[str, bytes]:
        """For each of some notes, or of all, a digest of its file."""
        some, values = ("", ()) if ids is None else (f" WHERE key{IN}", (listed(ids),))
        query = f"SELECT key, digest FROM note JOIN concept ON concept.id = note.id{some}"
        return dict(self._run(query, values))
