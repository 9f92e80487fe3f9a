"""What a load reads of the index beside concepts and links: hashes of notes, names, texts."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping

_IN = " IN (SELECT value FROM json_each(?))"


class Text(NamedTuple):
    """What a note says: passages, one a line, and of each its line, heading and second."""

    body: str
    places: str


class Place(NamedTuple):
    """Where a note stands among the clusters, and a mark of all that, by which to compare it."""

    cluster: str | None
    subcluster: str | None
    cluster_name: str | None
    subcluster_name: str | None
    mark: str | None


NOWHERE: Final = Place(None, None, None, None, None)
"""In no cluster."""


class Figures(NamedTuple):
    """What the graph around a concept makes of it."""

    note: bool
    title: str
    in_degree: int
    out_degree: int
    neighbours: int
    place: Place


def fingerprint(connection: sqlite3.Connection, salt: str) -> str | None:
    """What two indexes share if their graphs are the same: made of the notes' contents.

    Args:
        connection: the index.
        salt: what else decides the result.

    Returns:
        The fingerprint; None where a note has changed since the index was refreshed.
    """
    told = hashlib.blake2b(salt.encode("utf-8", "replace"), digest_size=16)
    for (settings,) in connection.execute("SELECT value FROM meta WHERE key = 'settings'"):
        told.update(str(settings).encode())
    for path, digest in connection.execute("SELECT path, digest FROM note ORDER BY path"):
        if not digest:
            return None
        told.update(f"\0{path}\0".encode())
        told.update(digest)
    return told.hexdigest()


def note_hashes(connection: sqlite3.Connection, salt: str) -> dict[str, str]:
    """For each note, by id, a hash of all that a store keeps of it but its figures.

    It is made of the note's content and of where each of its links leads, which another note may
    change.

    Args:
        connection: the index.
        salt: what else decides how a note is kept.
    """
    leads: dict[int, bytes] = {}
    for id_, *told in connection.execute(
        "SELECT target.id, concept.key, resolved_by, ambiguous FROM target"
        " LEFT JOIN concept ON concept.id = target.concept"
    ):
        leads[id_] = hashlib.blake2b(repr(told).encode(), digest_size=8).digest()
    followed: dict[int, bytearray] = defaultdict(bytearray)
    for source, target in connection.execute("SELECT source, target FROM link ORDER BY id"):
        followed[source] += leads[target]
    common = hashlib.blake2b(salt.encode("utf-8", "replace"), digest_size=12)
    hashes = {}
    for id_, key, digest in connection.execute(
        "SELECT note.id, concept.key, digest FROM note JOIN concept ON concept.id = note.id"
        " ORDER BY concept.key"
    ):
        told = common.copy()
        told.update(key.encode())
        told.update(b"\0" + digest)
        told.update(followed.pop(id_, b""))
        hashes[key] = told.hexdigest()
    return hashes


def figures(connection: sqlite3.Connection) -> dict[str, Figures]:
    """The figures of every concept, by id."""
    names: dict[str | None, str] = dict(connection.execute("SELECT id, name FROM cluster"))
    places: dict[tuple[str | None, str | None], Place] = {(None, None): NOWHERE}
    found = {}
    for cluster, subcluster, key, note, *told in connection.execute(
        "SELECT cluster, subcluster, key, concept.note, title, in_degree, out_degree, neighbours"
        " FROM concept LEFT JOIN clustered ON clustered.note = concept.key AND concept.note"
        " ORDER BY key"
    ):
        place = places.get((cluster, subcluster))
        if place is None:  # few, which the notes share
            place = _place(cluster, subcluster, names)
            places[cluster, subcluster] = place
        title, in_degree, out_degree, neighbours = told
        found[key] = Figures(bool(note), title, in_degree, out_degree, neighbours, place)
    return found


def _place(cluster: str, subcluster: str | None, names: Mapping[str | None, str]) -> Place:
    called = (cluster, subcluster, names.get(cluster), names.get(subcluster))
    mark = hashlib.blake2b(json.dumps(called).encode(), digest_size=5).hexdigest()
    return Place(*called, mark)


def names_of(
    connection: sqlite3.Connection, ids: Collection[str]
) -> dict[str, list[tuple[str, str, str]]]:
    """What some concepts are called: rule, folded, exact."""
    names: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for key, *name in connection.execute(
        "SELECT concept.key, rule, folded, exact FROM concept"
        f" JOIN name ON name.concept = concept.id WHERE concept.key{_IN}"
        " ORDER BY concept.key, rule, exact",
        (json.dumps(list(ids)),),
    ):
        names[key].append((name[0], name[1], name[2]))
    return names


def headings_of(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """The headings of some notes, one a line."""
    return dict(
        connection.execute(
            "SELECT concept.key, headings FROM concept JOIN note ON note.id = concept.id"
            f" WHERE concept.key{_IN}",
            (json.dumps(list(ids)),),
        )
    )


def problems_of(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, int]:
    """The number of findings in some notes; a note without any is left out."""
    return dict(
        connection.execute(
            "SELECT concept.key, COUNT(*) FROM concept JOIN problem ON problem.note = concept.id"
            f" WHERE concept.key{_IN} GROUP BY concept.key",
            (json.dumps(list(ids)),),
        )
    )


def texts_of(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Text]:
    """What some notes say."""
    rows = connection.execute(
        "SELECT concept.key, body, places FROM concept JOIN text ON text.note = concept.id"
        f" WHERE concept.key{_IN}",
        (json.dumps(list(ids)),),
    )
    return {key: Text(body, places) for key, body, places in rows}
