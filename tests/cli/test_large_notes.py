"""Notes that are very large are notes like others: all of them is read, in bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

MEASURED = """
import resource
from graphkit.cli import main
try:
    main()
except SystemExit as end:
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, -1)]
    print(end.code, sum(used) // 1024)
"""
LINE = "Plain words in a long, long note, one after another, of one thing and the next.\n"
MEGABYTE = 1_000_000


@pytest.fixture
def indexed(
    make_vault: Callable[[dict[str, str]], Path], environment: dict[str, str]
) -> Callable[[str], tuple[Path, int]]:
    """Indexes a vault of one note; gives it back, and the megabytes of memory that it took."""
    pytest.importorskip("resource")

    def index(text: str) -> tuple[Path, int]:
        vault = make_vault({"large.md": text})
        ended = subprocess.run(
            [sys.executable, "-c", MEASURED, "--vault", str(vault), "index", "--format", "tsv"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        code, megabytes = ended.stdout.splitlines()[-1].split()
        assert (code, ended.stderr) == ("0", "")
        return vault, int(megabytes)

    return index


def links_of(run: Run, vault: Path) -> list[dict[str, object]]:
    told = run("show", "large", "--no-refresh", "--format", "json", vault=vault)
    links: list[dict[str, object]] = json.loads(told.stdout)["links"]
    return links


def test_fifty_megabytes(indexed: Callable[[str], tuple[Path, int]], run: Run) -> None:
    """A note of 50 MB is read to its last line, in less than 700 MB of memory."""
    lines = 50 * MEGABYTE // len(LINE)
    vault, megabytes = indexed(LINE * lines + "\nAt the end [[Well]].")
    assert megabytes < 700
    (link,) = links_of(run, vault)
    assert (link["line"], link["sentence"]) == (lines + 2, "At the end Well.")


def test_a_megabyte_in_one_line(indexed: Callable[[str], tuple[Path, int]], run: Run) -> None:
    """Each link of a line of a megabyte has its own sentence."""
    text = "Of [[Well]] it says much. " + LINE.replace("\n", " ") * 12
    count = MEGABYTE // len(text)
    vault, megabytes = indexed(text * count)
    assert megabytes < 300
    links = links_of(run, vault)
    assert [link["line"] for link in links] == [1] * count
    assert {link["sentence"] for link in links} == {"Of Well it says much."}


def test_a_hundred_thousand_links(indexed: Callable[[str], tuple[Path, int]], run: Run) -> None:
    """All links of a note are kept, and are printed."""
    count = 100_000
    vault, megabytes = indexed("".join(f"On to [[n{n % 999}]].\n" for n in range(count)))
    assert megabytes < 600
    stats = json.loads(run("stats", "--no-refresh", "--format", "json", vault=vault).stdout)
    assert (stats["links"], stats["unresolved"]) == (count, 999)
    assert len(links_of(run, vault)) == count


@pytest.mark.parametrize("text", ["[[Reed]] ", "[[Reed]]\n\n"], ids=["sentence", "heading"])
def test_very_many_links_that_share_their_evidence(
    indexed: Callable[[str], tuple[Path, int]], environment: dict[str, str], text: str
) -> None:
    """A sentence or heading is kept shorter where 30,000 links would each repeat all of it."""
    headings = "".join(f"{'#' * level} {'long ' * 80}\n" for level in range(1, 7))
    _, megabytes = indexed(headings + text * 30_000)
    assert megabytes < 400
    (index,) = Path(environment["XDG_CACHE_HOME"]).rglob("*.sqlite")
    assert index.stat().st_size < 30 * MEGABYTE
