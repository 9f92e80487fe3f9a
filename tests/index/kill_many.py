"""Kills ``graphkit index`` and ``clusters`` at many moments, and looks at what is left each time.

``python -m tests.index.kill_many 500`` kills as many runs as it is told; the suite kills 130.
Three of four moments are a part of the time from a run's first write to its last, as runs that
were left alone took it. The fourth is a byte: the kernel ends the run in the middle of a write.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from graphkit.index.kept import CLUSTERS_STATE
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.base import CLUSTERS
from graphkit.stores.embedded import EmbeddedStore
from tests.index.conftest import everything_said

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
NOTES = 60
# Forks a process for each run: what Python takes to start would be most of the time. The first
# run, in this process itself, imports whatever a run imports.
_SERVER = """
import gc, json, os, pathlib, resource, signal, sys, tempfile
from graphkit.cli import main
nowhere = os.open(os.devnull, os.O_RDWR)
told = os.dup(1)
os.dup2(nowhere, 1)
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "a.md").write_text("---\\na: 1\\n---\\n[[b]]")
    sys.argv = ["graphkit", "--vault", folder, "--index", folder + "/index", "index"]
    try:
        main()
    except SystemExit:
        gc.freeze()
sys.dont_write_bytecode = True
for line in sys.stdin:
    words, limit = json.loads(line)
    run = os.fork()
    if not run:
        os.dup2(nowhere, 0)
        os.close(told)
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        sys.argv = ["graphkit", *words]
        main()
    os.write(told, b"%d\\n" % run)
    os.write(told, b"%d\\n" % os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]))
"""


class Watched(NamedTuple):
    """A run that was left alone: for how many seconds it wrote, and its largest file's bytes."""

    seconds: float
    size: int


class Runs:
    """Runs of a verb over one vault and one index, watched from outside."""

    def __init__(self, vault: Path, index: Path, verb: str = "index") -> None:
        self.vault, self.index, self.verb = vault, index, verb
        self._server = subprocess.Popen(
            [sys.executable, "-c", _SERVER],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # so that what is told and not yet read is still in the pipe
        )
        assert self._server.stdin
        assert self._server.stdout
        self._asked, self._told = self._server.stdin, self._server.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._asked.close()
        self._server.wait()
        self._told.close()

    def files(self) -> dict[str, tuple[int, int]]:
        """The index and whatever stands beside it under its name: sizes and times."""
        found = {}
        for entry in os.scandir(self.index.parent):
            with suppress(FileNotFoundError):
                if entry.name.startswith(self.index.name):
                    told = entry.stat()
                    found[entry.name] = (told.st_size, told.st_mtime_ns)
        return found

    def left_alone(self) -> Watched:
        """A run that nothing happens to."""
        last = self.files()
        first = changed = 0.0
        size = 0
        self._start()
        while not self._has_ended():
            now = self.files()
            if now != last:
                changed = time.monotonic()
                first = first or changed
                grown = [told[0] for name, told in now.items() if told != last.get(name)]
                size = max([size, *grown])
                last = now
        assert self._exit_code() == 0
        return Watched(changed - first, size)

    def killed(self, after: float) -> bool:
        """A run that is killed some seconds after its first write; whether it came to that."""
        before = self.files()
        run = self._start()
        while self.files() == before and not self._has_ended():
            pass
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(run, signal.SIGKILL)
        return self._exit_code() == -signal.SIGKILL

    def cut_short(self, size: int) -> bool:
        """A run that the kernel kills when it writes beyond a size; whether it came to that."""
        self._start(limit=size)
        return self._exit_code() == -signal.SIGXFSZ

    def _start(self, limit: int = 0) -> int:
        words = ["--vault", str(self.vault), "--index", str(self.index), self.verb]
        self._asked.write(json.dumps([words, limit]).encode() + b"\n")
        return int(self._told.readline())

    def _has_ended(self) -> bool:
        return bool(select.select([self._told], [], [], 0.0001)[0])

    def _exit_code(self) -> int:
        return int(self._told.readline())


def kill(runs: Runs, count: int, begin: Callable[[], object], look: Callable[[], object]) -> None:
    """Kills runs at moments that are spread over all of their writing.

    Args:
        runs: of one vault and index.
        count: how many are to be killed; a run that ends before its moment is not counted.
        begin: puts everything to where each run begins.
        look: looks at what is left, after each run.
    """
    watched = []
    for _ in range(3):
        begin()
        watched.append(runs.left_alone())
        look()
    seconds = min(told.seconds for told in watched)
    size = max(told.size for told in watched)
    for number in range(count):
        part = (number + 0.5) / count
        hit = False
        while not hit:
            begin()
            by_size = number % 4 == 3
            hit = runs.cut_short(int(size * part)) if by_size else runs.killed(seconds * part)
            look()
            part *= 0.8


def write_vault(vault: Path) -> None:
    """Writes a vault; its notes link to each other, and to what is not there yet."""
    for number in range(NOTES):
        text = "".join(
            f"# Part {part}\n\nOn to [[n{number * 7 % (NOTES + 5)}]], [[n{number + part}|that]] and"
            f" [[wanted {number % 9}]]. A word in {part}.\n\n"
            for part in range(4)
        )
        note = vault / f"f{number % 3}" / f"n{number}.md"
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(f"---\naliases: [m{number}]\n---\n{text}", encoding="utf-8")


def change_vault(vault: Path) -> None:
    """Changes two thirds of its notes, takes some away and adds some."""
    for number in range(NOTES):
        note = vault / f"f{number % 3}" / f"n{number}.md"
        if number % 10 == 0:
            note.unlink()
        elif number % 3:
            text = note.read_text(encoding="utf-8").replace("that", "it").replace("word", "sign")
            note.write_text(f"{text}\nAnd [[m{number - 1}]].\n", encoding="utf-8")
    for number in range(NOTES, NOTES + 5):
        (vault / f"n{number}.md").write_text(f"Back to [[n{number - 40}]].\n", encoding="utf-8")


def fill(vault: Path, index: Path, *, search: bool) -> None:
    """Makes an index or refreshes it, with its full text where that is wanted."""
    with closing(EmbeddedStore(vault, index=index)) as store:
        store.refresh()
        if search:
            store.search("word", 1)


def _remove(runs: Runs) -> None:
    for name in runs.files():
        (runs.index.parent / name).unlink()


def kill_first_fillings(folder: Path, count: int) -> None:
    """Kills runs that have no index yet, in an empty folder of the test's own."""
    vault, index = folder / "vault", folder / "kept" / "index"
    index.parent.mkdir()
    write_vault(vault)
    fill(vault, folder / "new", search=False)
    right = everything_said(folder / "new")

    def look() -> None:
        with closing(EmbeddedStore(vault, index=index)) as store:
            if not store.is_empty:
                assert everything_said(index) == right
            store.refresh()
        assert everything_said(index) == right
        assert list(runs.files()) == [index.name], "something is left beside the index"

    with Runs(vault, index) as runs:
        kill(runs, count, lambda: _remove(runs), look)
        for size in (1, 512, 2_000, 4_096, 5_000):  # within what is written first of all
            _remove(runs)
            runs.cut_short(size)
            look()
        _remove(runs)
        for number in range(8):
            runs.killed(number / 100)
            assert len(runs.files()) <= 4, "what killed runs leave piles up"
        look()


def kill_refreshes(folder: Path, count: int) -> None:
    """Kills runs that find an index of the vault as it was, in an empty folder of the test's."""
    vault, index = folder / "vault", folder / "kept" / "index"
    index.parent.mkdir()
    write_vault(vault)
    fill(vault, folder / "good", search=True)
    good = folder.joinpath("good").read_bytes()
    change_vault(vault)
    fill(vault, folder / "new", search=True)
    before, after = everything_said(folder / "good"), everything_said(folder / "new")

    def begin() -> None:
        _remove(runs)
        index.write_bytes(good)

    def look() -> None:
        with closing(EmbeddedStore(vault, index=index)) as store:
            store.use_as_it_is()
            said = everything_said(index)
            assert said in (before, after)
            assert store.stats().notes == len(said["note"])
            store.refresh()
        assert everything_said(index) == after
        assert list(runs.files()) == [index.name], "something is left beside the index"

    with Runs(vault, index) as runs:
        kill(runs, count, begin, look)


def clusters_said(store: EmbeddedStore) -> list[object]:
    """All that an index says of clusters: the text that is kept, and those of each concept."""
    nodes = [
        (node.id, node.cluster, node.cluster_name, node.subcluster, node.subcluster_name)
        for node in store.all_nodes()
    ]
    kept = store.kept(CLUSTERS)
    return [kept and kept[0], store.meta(CLUSTERS_STATE), nodes]


def kill_keepings(folder: Path, count: int) -> None:
    """Kills runs that bring clusters up to date, in an empty folder of the test's own."""
    vault, index = folder / "vault", folder / "kept" / "index"
    index.parent.mkdir()
    write_vault(vault)
    with closing(EmbeddedStore(vault, index=index)) as store:
        store.refresh()
        bring_up_to_date(store)
        change_vault(vault)
        store.refresh()
        before = clusters_said(store)
    stale = index.read_bytes()
    with closing(EmbeddedStore(vault, index=index)) as store:
        bring_up_to_date(store)
        after = clusters_said(store)
    assert after != before

    def begin() -> None:
        _remove(runs)
        index.write_bytes(stale)

    def look() -> None:
        with closing(EmbeddedStore(vault, index=index)) as store:
            assert clusters_said(store) in (before, after)
            bring_up_to_date(store)
            assert clusters_said(store) == after
        assert list(runs.files()) == [index.name], "something is left beside the index"

    with Runs(vault, index, "clusters") as runs:
        kill(runs, count, begin, look)


def main() -> None:
    """Kills as many runs as the command line says, a third of them of each kind."""
    count = int(sys.argv[1]) if sys.argv[1:] else 500
    for kills in (kill_first_fillings, kill_refreshes, kill_keepings):
        folder = Path(tempfile.mkdtemp())
        try:
            kills(folder, (count + 2) // 3)
        finally:
            shutil.rmtree(folder)
        print(f"{(count + 2) // 3} killed, nothing lost: {kills.__name__}", flush=True)


if __name__ == "__main__":
    main()
