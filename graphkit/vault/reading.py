"""Reading many notes: in this process, or in worker processes where that is faster.

A worker is a plain ``python -c``, given paths on its standard input and answering on its standard
output. It never imports ``__main__``, so that it also works from a script without a main guard,
from a notebook and from an embedded interpreter.
"""

from __future__ import annotations

import errno
import hashlib
import marshal
import os
import queue
import stat
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.vault.parse import parse_note
from graphkit.vault.written import Problem, WrittenNote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORTH_WORKERS: Final = 3_000_000
"""Bytes of notes from which on worker processes gain more than their start costs."""
_CHUNK: Final = 64
_AHEAD: Final = 4
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_UNSETTLED_NS: Final = 50_000_000
_TRIES: Final = 4


class ReadNote(NamedTuple):
    """A note as it was read.

    Args:
        path: its path in the vault, as the walk gave it.
        size: bytes; -1 when it was written so shortly before that a second write within the
            clock's tick could go unseen, so that the next refresh looks again.
        mtime_ns: time of its last change before it was read, in nanoseconds.
        digest: of its bytes.
        note: what it says; None when it is gone.
    """

    path: str
    size: int
    mtime_ns: int
    digest: bytes
    note: WrittenNote | None


def read_note(root: str, path: str) -> ReadNote:
    """Reads one note, again if it changes meanwhile.

    Args:
        root: the vault's folder.
        path: the note's path in it.

    Returns:
        The note; one that may not be read says nothing but that, as a problem.
    """
    try:
        file = os.open(f"{root}{os.sep}{path}", _FLAGS)
        try:
            for _ in range(_TRIES):
                before = os.fstat(file)
                if not stat.S_ISREG(before.st_mode):
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                data = _all_of(file, before.st_size)
                after = os.fstat(file)
                if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
                    break
                os.lseek(file, 0, os.SEEK_SET)
        finally:
            os.close(file)
    except FileNotFoundError:
        return ReadNote(path, 0, 0, b"", None)
    except OSError as error:
        reason = error.strerror or "unknown error"
        problem = Problem("encoding", None, f"The note cannot be read: {reason}.", None)
        said = parse_note(b"")._replace(problems=[problem])
        return ReadNote(path, -1, 0, b"", said)
    unsettled = abs(time.time_ns() - before.st_mtime_ns) < _UNSETTLED_NS
    size = -1 if unsettled else before.st_size
    digest = hashlib.blake2b(data, digest_size=16).digest()
    return ReadNote(path, size, before.st_mtime_ns, digest, parse_note(data))


def _all_of(file: int, size: int) -> bytes:
    """The rest of a file; ``size`` is what it is said to hold."""
    data = os.read(file, size + 1)
    if len(data) == size:
        return data
    pieces = [data]
    while piece := os.read(file, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def read_notes(root: Path, paths: Sequence[str], total_bytes: int) -> Iterator[ReadNote]:
    """Reads notes in the order of their paths.

    Args:
        root: the vault's folder.
        paths: the notes' paths in it.
        total_bytes: how large they are together; decides about worker processes.

    Yields:
        Each note.
    """
    processes = min(os.cpu_count() or 1, 8)
    done = 0
    if total_bytes >= WORTH_WORKERS and processes > 1 and sys.executable:
        for note in _read_in_workers(root, paths, processes):
            yield note
            done += 1
    for path in paths[done:]:
        yield read_note(str(root), path)


def _read_in_workers(root: Path, paths: Sequence[str], processes: int) -> Iterator[ReadNote]:
    """Reads in workers; ends early, with what came so far, should one of them die."""
    chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
    workers: list[subprocess.Popen[bytes]] = []
    answers: list[queue.Queue[bytes | None]] = []
    receivers: list[threading.Thread] = []
    here = str(Path(__file__).resolve().parents[2])
    start = f"import sys; sys.path.insert(0, {here!r}); from graphkit.vault.reading import worker"
    try:
        for number in range(min(processes, len(chunks))):
            worker_ = subprocess.Popen(  # noqa: S603 - this very Python, with our own words
                [sys.executable, "-P", "-X", "utf8", "-c", f"{start}; worker()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            workers.append(worker_)
            given = (str(root), [list(chunk) for chunk in chunks[number::processes]])
            assert worker_.stdin is not None  # noqa: S101 - for the type checker
            with worker_.stdin:
                _send(worker_.stdin, marshal.dumps(given))
            answers.append(queue.Queue(_AHEAD))
            arguments = (worker_.stdout, answers[-1])
            receivers.append(threading.Thread(target=_receive_all, args=arguments, daemon=True))
            receivers[-1].start()
        for number in range(len(chunks)):
            answer = answers[number % processes].get()
            if answer is None:
                return
            yield from map(_from_plain, marshal.loads(answer))  # noqa: S302 - our own worker's
    except OSError:  # no process to be had
        return
    finally:
        for worker_ in workers:
            worker_.kill()
        for answer_, receiver in zip(answers, receivers, strict=False):
            _drain(answer_, receiver)
        for worker_ in workers:
            worker_.wait()
            if worker_.stdout:
                worker_.stdout.close()


def worker() -> None:
    """What a worker process does: read what is asked for, answer chunk by chunk, end."""
    import gc  # noqa: PLC0415 - for a worker only

    gc.disable()
    given = _receive(sys.stdin.buffer)
    if given is None:
        return
    root, chunks = marshal.loads(given)  # noqa: S302 - our own parent's
    for chunk in chunks:
        read = [_as_plain(read_note(root, path)) for path in chunk]
        _send(sys.stdout.buffer, marshal.dumps(read))
        gc.collect(0)


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(8)
    if len(head) < 8:  # noqa: PLR2004 - the length that _send writes
        return None
    (length,) = struct.unpack("<Q", head)
    data = stream.read(length)
    return data if len(data) == length else None


def _receive_all(stream: IO[bytes], answers: queue.Queue[bytes | None]) -> None:
    while True:
        try:
            answer = _receive(stream)
        except (OSError, ValueError):
            answer = None
        answers.put(answer)
        if answer is None:
            return


def _drain(answers: queue.Queue[bytes | None], receiver: threading.Thread) -> None:
    """Lets the thread that fills this queue come to its end."""
    while receiver.is_alive():
        try:
            answers.get(timeout=0.05)
        except queue.Empty:
            continue


def _as_plain(read: ReadNote) -> tuple[Any, ...]:
    if read.note is None:
        return tuple(read)
    note = read.note._replace(
        links=[tuple(link) for link in read.note.links],  # type: ignore[misc]
        references=[tuple(reference) for reference in read.note.references],  # type: ignore[misc]
        problems=[tuple(problem) for problem in read.note.problems],  # type: ignore[misc]
    )
    return (*read[:4], tuple(note))


def _from_plain(read: tuple[Any, ...]) -> ReadNote:
    """A note from another process; what it holds stays plain tuples: millions of them."""
    path, size, mtime_ns, digest, note = read
    return ReadNote(path, size, mtime_ns, digest, None if note is None else WrittenNote(*note))
