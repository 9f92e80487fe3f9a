"""The index file: its tables, how it is opened, and what is done with one that cannot be used."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Final, NamedTuple

from graphkit.errors import IndexUnusableError

VERSION: Final = 4
"""The schema's version. An index of another version is made anew, or refused if it is newer."""
_APPLICATION: Final = 0x67724B74
_MAGIC: Final = b"SQLite format 3\x00"
_WAIT_SECONDS: Final = 120
_NOT_NOW: Final = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY)
"""Errors of SQLite that say nothing about the file itself."""

_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE concept (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, title TEXT NOT NULL, name TEXT NOT NULL,
  note INTEGER NOT NULL, in_degree INTEGER NOT NULL DEFAULT 0,
  out_degree INTEGER NOT NULL DEFAULT 0, neighbours INTEGER NOT NULL DEFAULT 0);
CREATE TABLE note (
  id INTEGER PRIMARY KEY REFERENCES concept, path TEXT NOT NULL, raw_path BLOB,
  folder TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, digest BLOB NOT NULL,
  video TEXT, words INTEGER NOT NULL, summary TEXT, aliases TEXT NOT NULL, headings TEXT NOT NULL,
  properties TEXT NOT NULL);
CREATE TABLE tag (note INTEGER NOT NULL, position INTEGER NOT NULL, tag TEXT NOT NULL,
  PRIMARY KEY (note, position)) WITHOUT ROWID;
CREATE TABLE name (
  slug TEXT NOT NULL, rule TEXT NOT NULL, folded TEXT NOT NULL, exact TEXT NOT NULL,
  concept INTEGER NOT NULL);
CREATE TABLE target (
  id INTEGER PRIMARY KEY, folder TEXT NOT NULL, form TEXT NOT NULL, text TEXT NOT NULL,
  own TEXT NOT NULL, slug TEXT NOT NULL, tail TEXT NOT NULL, concept INTEGER, resolved_by TEXT,
  ambiguous TEXT NOT NULL DEFAULT '[]');
CREATE TABLE link (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, target INTEGER NOT NULL,
  relation TEXT NOT NULL, kind TEXT NOT NULL, anchor TEXT, alias TEXT, heading TEXT,
  line INTEGER NOT NULL, sentence TEXT NOT NULL, seconds INTEGER, nearest INTEGER NOT NULL);
CREATE TABLE reference (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
  anchor TEXT, alias TEXT, line INTEGER NOT NULL);
CREATE TABLE problem (
  id INTEGER PRIMARY KEY, note INTEGER NOT NULL, rule TEXT NOT NULL, line INTEGER,
  message TEXT NOT NULL, suggestion TEXT);
CREATE TABLE passage (note INTEGER PRIMARY KEY, body TEXT NOT NULL, places TEXT NOT NULL);
CREATE VIEW text AS SELECT passage.note, concept.title, note.aliases, note.headings, passage.body,
  passage.places FROM passage JOIN concept ON concept.id = passage.note
  JOIN note ON note.id = passage.note;
CREATE TABLE file (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE relinked (note TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT NOT NULL, revision TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE cluster (id TEXT PRIMARY KEY, name TEXT NOT NULL, level TEXT NOT NULL,
  named_by TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE clustered (note TEXT PRIMARY KEY, cluster TEXT NOT NULL, subcluster TEXT)
  WITHOUT ROWID;
"""
_INDEXES: Final = """
CREATE UNIQUE INDEX concept_key ON concept (key);
CREATE UNIQUE INDEX note_path ON note (path);
CREATE UNIQUE INDEX target_told ON target (text, folder, form, own);
CREATE INDEX note_folder ON note (folder);
CREATE INDEX name_slug ON name (slug);
CREATE INDEX name_concept ON name (concept);
CREATE INDEX target_slug ON target (slug);
CREATE INDEX target_tail ON target (tail);
CREATE INDEX target_concept ON target (concept);
CREATE INDEX link_source ON link (source, target, relation);
CREATE INDEX link_target ON link (target, source, relation);
CREATE INDEX reference_source ON reference (source);
CREATE INDEX problem_note ON problem (note);
CREATE INDEX tag_tag ON tag (tag);
"""


class Opened(NamedTuple):
    """An index that is open.

    Args:
        connection: in autocommit mode; transactions are begun by hand.
        fresh: true when the file was made just now and holds nothing yet.
        writable: false when it can only be read.
        rebuilt: why an index that was there could not be kept, None when it could.
        warning: what a person should know about where it is kept.
    """

    connection: sqlite3.Connection
    fresh: bool
    writable: bool
    rebuilt: str | None
    warning: str | None = None


def default_location(vault: Path) -> Path:
    """Where the index of a vault lives: one file a vault in the user's cache folder.

    Args:
        vault: the vault's folder, absolute.

    Returns:
        The file's path; the schema's version is in its name, so that two versions of graphkit
        on one machine leave each other's files alone.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - not when --index says where

    told = hashlib.blake2b(os.fsencode(vault), digest_size=8).hexdigest()
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in vault.name)[:40]
    return user_cache_path("graphkit", appauthor=False) / f"{stem}-{told}-v{VERSION}.sqlite"


def open_index(file: Path, *, own: bool) -> Opened:
    """Opens an index, makes it where there is none, and makes it anew where it is of no use.

    Args:
        file: where it is.
        own: whether the place is graphkit's own (the cache folder) and not one that a person
            named: only there a file that is no index is replaced.

    Raises:
        IndexUnusableError: the file is newer than this graphkit, is none of graphkit's, or
            cannot be made.
    """
    rebuilt = None
    try:
        known = _look_at(file)
    except PermissionError as error:
        raise IndexUnusableError(
            f"The index {str(file)!r} may not be read.",
            "Check its permissions, or use --index FILE.",
        ) from error
    if known == "foreign" and not own:
        raise IndexUnusableError(
            f"{str(file)!r} is not an index of graphkit; it is left as it is.",
            "Name another file with --index.",
        )
    if known in {"foreign", "damaged"}:
        rebuilt = "the index was damaged"
    elif isinstance(known, int) and known > VERSION:
        raise IndexUnusableError(
            f"The index {str(file)!r} is a newer graphkit's (schema {known}, here {VERSION}).",
            "Upgrade graphkit, or name another file with --index.",
        )
    elif isinstance(known, int) and known < VERSION:
        rebuilt = "the index was made by an older graphkit"
    try:
        if rebuilt:
            _remove(file)
        return _opened(file, rebuilt=rebuilt)
    except (sqlite3.OperationalError, OSError) as error:
        if file.exists() and not rebuilt and isinstance(known, int):
            return Opened(_read_only(file), fresh=False, writable=False, rebuilt=None)
        if not own:
            raise IndexUnusableError(
                f"The index {str(file)!r} cannot be made:"
                f" {getattr(error, 'strerror', None) or error}.",
                "Name another file with --index.",
            ) from error
        connection = _connect(":memory:")
        _create(connection)
        warning = (
            f"The index {str(file)!r} cannot be written; it is made in memory, for this time only."
            " Name another place with --index FILE."
        )
        return Opened(connection, fresh=True, writable=True, rebuilt=None, warning=warning)


def open_again(file: Path) -> Opened:
    """Opens an index that this process has open already, and so need not look at, once more.

    Args:
        file: where it is.
    """
    try:
        opened = _opened(file, rebuilt=None)
    except (sqlite3.OperationalError, OSError):
        opened = Opened(_read_only(file), fresh=False, writable=False, rebuilt=None)
    opened.connection.execute("PRAGMA cache_size = -16384")  # there may be several
    return opened


def remove_index(file: Path) -> None:
    """Throws an index away. Nothing that a person typed lives in it alone."""
    _remove(file)


def _look_at(file: Path) -> int | str | None:
    """The version of the index in a file; ``foreign``, ``damaged`` or None for no file.

    SQLite is asked first. To close a file that one has read oneself is to give up all locks that
    the process holds on it (POSIX), those of its other connections too.
    """
    if file.is_dir():
        return "foreign"
    try:
        connection = sqlite3.connect(f"file:{_uri(file)}?mode=ro", uri=True)
        try:
            connection.execute("BEGIN")  # another process may be making it just now
            ((application,),) = connection.execute("PRAGMA application_id")
            ((version,),) = connection.execute("PRAGMA user_version")
            ((tables,),) = connection.execute("SELECT COUNT(*) FROM sqlite_master")
            if application == _APPLICATION:
                connection.execute("SELECT COUNT(*) FROM meta").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return _look_at_head(file, error)
    if application == _APPLICATION:
        return int(version)
    return None if application == 0 and tables == 0 else "foreign"


def _look_at_head(file: Path, error: sqlite3.DatabaseError) -> int | str | None:
    """The same of a file that SQLite cannot read, or not now."""
    try:
        with file.open("rb") as opened:
            head = opened.read(100)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not head:
        return None
    if len(head) < 100 or head[:16] != _MAGIC:  # noqa: PLR2004 - the size of SQLite's header
        return "foreign"
    version, application = int.from_bytes(head[60:64]), int.from_bytes(head[68:72])
    if error.sqlite_errorcode & 0xFF not in _NOT_NOW:
        return "damaged" if application == _APPLICATION else "foreign"
    page = int.from_bytes(head[16:18])
    killed = error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK
    if killed and application == 0 and file.stat().st_size <= page:
        return None  # nobody's yet: whoever wrote its very first page was killed
    return version if application == _APPLICATION else "foreign"


def _uri(file: Path) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - for odd cases only

    return quote(str(file.absolute()), errors="surrogateescape")


def _opened(file: Path, *, rebuilt: str | None) -> Opened:
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(str(file))
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                _create(connection)
            connection.execute("COMMIT")
        elif not os.access(file, os.W_OK):
            raise PermissionError(f"{file} may not be written")  # noqa: TRY301 - one way out
        fresh = connection.execute("SELECT COUNT(*) FROM meta").fetchone()[0] == 0
        if not fresh:
            keep_log(connection)
    except BaseException:
        connection.close()
        raise
    return Opened(connection, fresh=fresh, writable=True, rebuilt=rebuilt)


def keep_log(connection: sqlite3.Connection) -> None:
    """Has changes written ahead to a log, so that who reads never waits for who writes.

    Not before the first filling: without the log its pages are written once instead of twice,
    and SQLite takes a filling that was killed back all the same.
    """
    connection.execute("PRAGMA journal_mode = WAL")


def _connect(place: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        place, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False, uri=uri
    )
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _read_only(file: Path) -> sqlite3.Connection:
    """An index that cannot be written: read in place if SQLite can, else from a copy."""
    try:
        connection = _connect(f"file:{_uri(file)}?mode=ro", uri=True)
        connection.execute("SELECT COUNT(*) FROM meta").fetchone()
    except sqlite3.OperationalError:
        import tempfile  # noqa: PLC0415 - for odd cases only

        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "index.sqlite")
            for ending in ("", "-wal"):
                if Path(f"{file}{ending}").exists():
                    Path(f"{copy}{ending}").write_bytes(Path(f"{file}{ending}").read_bytes())
            connection = _connect(":memory:")
            copied = sqlite3.connect(copy)
            copied.backup(connection)
            copied.close()
    return connection


def _create(connection: sqlite3.Connection) -> None:
    for statement in (_TABLES + _INDEXES).split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _remove(file: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)


def drop_indexes(connection: sqlite3.Connection) -> None:
    """Takes the indexes away before a first filling, which is faster without them."""
    for line in _INDEXES.strip().splitlines():
        name = line.split(" ON ")[0].split()[-1]
        connection.execute(f"DROP INDEX IF EXISTS {name}")


def create_indexes(connection: sqlite3.Connection) -> None:
    """Makes the indexes that ``drop_indexes`` took away."""
    for line in _INDEXES.strip().splitlines():
        connection.execute(line)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file itself is damaged."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def raise_if_damaged(connection: sqlite3.Connection, error: sqlite3.DatabaseError) -> None:
    """Says in words for a person that an index is damaged, if that is what SQLite says."""
    if is_damage(error):
        (_, _, file), *_ = connection.execute("PRAGMA database_list")
        raise IndexUnusableError(
            f"The index {file!r} is damaged: {error}.",
            "Delete the file; no more is lost than the time to make it anew.",
        ) from error
