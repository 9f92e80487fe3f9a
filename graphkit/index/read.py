"""What the index can be asked: concepts, links and numbers, a set at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from graphkit.index.figures import IndexFigures
from graphkit.model import Concept, Link, Marked, Node, Reference, Text
from graphkit.text import fold, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_IN = " IN (SELECT value FROM json_each(?))"
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


class Called(NamedTuple):
    """A name and the concept that it belongs to; ``rule`` says what kind of name it is."""

    rule: str
    folded: str
    exact: str
    concept: Concept


def moment(video: str | None, seconds: int | None) -> str | None:
    """The address of a second of a video, None where either is not known."""
    if video is None or seconds is None:
        return None
    return f"https://youtu.be/{video}?t={seconds}"


def _concept(row: tuple[Any, ...]) -> Concept:
    return Concept(row[0], row[1], bool(row[2]))


def _list(values: Iterable[object]) -> str:
    return json.dumps(list(values))


def _safe(text: str) -> str:
    """Text that SQLite takes: what the command line could not decode is replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


class IndexReader(IndexFigures):
    """Reads an index; every answer is ordered, and the same whatever way the index came to be.

    Args:
        connection: an open index.
    """

    def meta(self, key: str) -> str | None:
        """One of the index's own notes: ``vault``, ``revision`` or ``settings``."""
        rows = self._run("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    # names

    def called(self, text: str) -> list[Called]:
        """All names whose slug is that of a text, by the concept's id."""
        return self._called("name.slug = ?", (slug(_safe(text)),))

    def called_any(self, texts: Collection[str]) -> list[Called]:
        """All names whose slug is that of one of some texts, by slug, id and rule."""
        slugs = _list(sorted({slug(_safe(text)) for text in texts}))
        return self._called(f"name.slug{_IN}", (slugs,))

    def called_like(self, prefix: str, limit: int) -> list[Called]:
        """The first names, in slug order, whose slug starts like a text."""
        start = slug(_safe(prefix))
        return self._called(
            "name.slug >= ? AND name.slug < ?", (start, start + "\U0010ffff"), f" LIMIT {limit:d}"
        )

    def all_called(self) -> list[Called]:
        """Every name there is."""
        return self._called("TRUE", ())

    def _called(self, where: str, values: tuple[str, ...], limit: str = "") -> list[Called]:
        rows = self._run(
            "SELECT name.rule, name.folded, name.exact, concept.key, concept.title, concept.note"
            f" FROM name JOIN concept ON concept.id = name.concept WHERE {where}"
            f" ORDER BY name.slug, concept.key, name.rule{limit}",
            values,
        )
        return [Called(row[0], row[1], row[2], _concept(row[3:])) for row in rows]

    def by_id(self, text: str) -> list[Concept]:
        """The concept with exactly this id, else those whose id differs in case only."""
        text = _safe(text)
        query = "SELECT key, title, note FROM concept WHERE key = ?"
        if exact := self._run(query, (text,)):
            return [_concept(row) for row in exact]
        tail = slug(text.rpartition("/")[2])
        found = {called.concept for called in self.called(tail) if called.rule == "name"}
        found |= {called.concept for called in self.called(text) if called.rule == "unresolved"}
        return sorted((c for c in found if fold(c.id) == fold(text)), key=lambda c: c.id)

    # concepts

    def concepts(self, ids: Collection[str]) -> dict[str, Concept]:
        """The concepts with these ids; an id that is none is left out."""
        rows = self._run(f"SELECT key, title, note FROM concept WHERE key{_IN}", (_list(ids),))
        return {row[0]: _concept(row) for row in rows}

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """All that is known of the concepts with these ids."""
        rows = self._run(f"{_NODES} WHERE concept.key{_IN}", (_list(ids),))
        tags = self._tags(f"WHERE note{_IN}", (_list(row[0] for row in rows),))
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

    # links

    def links(self, ids: Collection[str], direction: str) -> list[Link]:
        """The links that touch any of some concepts, by source, line and place in the line.

        Args:
            ids: ids of concepts.
            direction: ``out`` for links that start there, ``in`` for those that point there,
                ``both`` for either.
        """
        numbers = _list(self._numbers(ids).values())
        where = {
            "out": f"link.source{_IN}",
            "in": f"target.concept{_IN}",
            "both": f"(link.source{_IN} OR target.concept{_IN})",
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
        numbers = _list(self._numbers(ids).values())
        rows = self._run(
            f"{_LINKS} WHERE link.source{_IN} AND target.concept{_IN}{_ORDER}", (numbers, numbers)
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
        some, values = ("TRUE", ()) if ids is None else (f"concept.key{_IN}", (_list(ids),) * 2)
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
        some, values = ("", ()) if ids is None else (f" WHERE concept.key{_IN}", (_list(ids),))
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
        some, values = ("", ()) if ids is None else (f" WHERE key{_IN}", (_list(ids),))
        query = f"SELECT key, digest FROM note JOIN concept ON concept.id = note.id{some}"
        return dict(self._run(query, values))

    def _numbers(self, ids: Collection[str]) -> dict[str, int]:
        rows = self._run(f"SELECT key, id FROM concept WHERE key{_IN}", (_list(ids),))
        return dict(rows)

    # walking

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
        some, left_out = _list(keys), _list(without)
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
        some, values = "", [_list(without)]
        if ids is not None:
            # Two ways in, each through an index of its own: an OR would walk all links.
            some = (
                " AND link.id IN (SELECT id FROM link WHERE source IN (SELECT value FROM"
                " json_each(?2)) UNION SELECT link.id FROM target JOIN link ON link.target ="
                " target.id WHERE target.concept IN (SELECT value FROM json_each(?2)))"
            )
            values.append(_list(self._numbers(ids).values()))
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

    def marked(self) -> list[Marked]:
        """Every note with its video and tags, by id."""
        tags = self._tags("", ())
        rows = self._run(
            "SELECT note.id, key, video FROM note JOIN concept ON concept.id = note.id ORDER BY key"
        )
        return [Marked(key, video, tuple(tags.get(number, ()))) for number, key, video in rows]

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
            (_safe(relation),),
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
        some, values = ("", ()) if ids is None else (f" AND concept.key{_IN}", (_list(ids),))
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
