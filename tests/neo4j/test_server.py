"""The server that the other tests rely on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.neo4j.server import Server

ROOT = Path(__file__).resolve().parents[2]


def test_it_is_a_real_one_and_empty(empty_server: Server) -> None:
    """The tests talk to Neo4j's own server over Bolt."""
    assert empty_server.ask("MATCH (n) RETURN count(n)") == [[0]]
    ((name, versions),) = empty_server.ask(
        "CALL dbms.components() YIELD name, versions RETURN name, versions"
    )
    assert name == "Neo4j Kernel"
    assert versions


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_it_ends_with_the_process_that_started_it(neo4j_server: Server, tmp_path: Path) -> None:
    """A test run that is killed leaves no server behind."""
    del neo4j_server  # so that Java and the jars are there
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom tests.neo4j.server import Server\n"
        "server = Server(Path(sys.argv[1]))\nserver.start()\n"
        "print(server.process.pid, flush=True)\ntime.sleep(600)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    server = int(process.stdout.readline())
    process.kill()
    process.communicate()
    for _ in range(300):
        if not _runs(server):
            return
        time.sleep(0.1)
    os.kill(server, signal.SIGKILL)
    pytest.fail("the server went on alone")


def _runs(process: int) -> bool:
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] not in {"Z", "X"}
