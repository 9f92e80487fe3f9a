"""A real Neo4j server for the tests, run from Maven's jars: no Docker, no root, nothing installed.

It runs on a free port of the loopback address, with its home in a temporary folder.
``tests/neo4j/README.md`` tells more.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
POM = Path(__file__).with_name("pom.xml")
LTS: Final = "5.26.25"
NEWEST: Final = "2026.09.0"
TOO_OLD: Final = "5.25.1"
PASSWORD: Final = "for-the-tests-only"  # noqa: S105 - of a server that lives for a test run
_NEWER_JAVA: Final = 21
_OPENED: Final = tuple(
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.nio", "java.io", "sun.nio.ch")
)
# The server ends with the process that started it, even with one that is killed (on Linux).
_ENDS_WITH_US = (
    "import ctypes, os, sys\n"
    "try:\n    ctypes.CDLL(None).prctl(1, 9)\nexcept AttributeError:\n    pass\n"
    "os.execv(sys.argv[1], sys.argv[1:])"
)


class MissingError(Exception):
    """What a server needs is not on this machine; says what."""


def java_for(version: str) -> Path:
    """A Java that runs a version of Neo4j: 17 for 5.x, 21 or newer for those named by years."""
    newer = not version.startswith("5.")
    found = sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    if home := os.environ.get("JAVA_HOME"):
        found.insert(0, Path(home, "bin", "java"))
    if on_path := shutil.which("java"):
        found.insert(0, Path(on_path))
    for java in found:
        release = _release_of(java)
        if (release >= _NEWER_JAVA) if newer else (17 <= release <= _NEWER_JAVA):
            return java
    wanted = "21 or newer" if newer else "17 (or 21)"
    raise MissingError(f"there is no Java {wanted} for Neo4j {version}")


def _release_of(java: Path) -> int:
    try:
        told = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "(\d+)', told.stderr)
    return int(found[1]) if found else 0


def class_path(version: str) -> str:
    """The jars of a version of Neo4j, fetched by Maven the first time."""
    told = hashlib.blake2b(POM.read_bytes(), digest_size=6).hexdigest()
    kept = ROOT / "build" / "neo4j" / f"{version}-{told}.classpath"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.is_file():
            jars = kept.read_text(encoding="utf-8")
            if all(Path(jar).is_file() for jar in jars.split(os.pathsep)):
                return jars
        if shutil.which("mvn") is None:
            raise MissingError("there is no Maven (mvn) to fetch Neo4j's jars with")
        wanted = ["dependency:build-classpath", f"-Dmdep.outputFile={kept}"]
        ran = subprocess.run(
            ["mvn", "-q", "-B", "-f", str(POM), f"-Dneo4j.version={version}", *wanted],
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise MissingError(f"Maven could not fetch Neo4j {version}: {ran.stdout[-500:]}")
        return kept.read_text(encoding="utf-8")


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class Server:
    """A Neo4j server of the tests' own.

    Args:
        home: its home, an empty folder.
        version: which Neo4j.
        short_lived: whether it is to start fast rather than to run fast.
    """

    home: Path
    version: str = LTS
    short_lived: bool = True
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None
    holds: object = None
    """What was loaded last, for tests that only read; nothing once it was emptied."""

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What graphkit needs to use it."""
        return {
            "GRAPHKIT_STORE": self.uri,
            "NEO4J_USERNAME": "neo4j",
            "NEO4J_PASSWORD": PASSWORD,
        }

    def start(self) -> None:
        """Starts it and waits until it answers; also after it was stopped or killed."""
        conf = self.home / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.heap.initial_size": "128m",
            "server.memory.heap.max_size": "512m" if self.short_lived else "2g",
            "server.memory.pagecache.size": "64m" if self.short_lived else "512m",
            "dbms.usage_report.enabled": "false",
            "db.tx_log.preallocate": "false",
        }
        lines = (f"{key}={value}\n" for key, value in settings.items())
        (conf / "neo4j.conf").write_text("".join(lines), encoding="utf-8")
        main = "CommunityEntryPoint" if self.version.startswith("5.") else "Neo4jCommunity"
        command = [
            *(sys.executable, "-c", _ENDS_WITH_US, str(java_for(self.version))),
            *(*_OPENED, "-Xmx512m" if self.short_lived else "-Xmx2g", "-XX:+UseSerialGC"),
            *(["-XX:TieredStopAtLevel=1"] if self.short_lived else []),
            *("-cp", class_path(self.version)),
            *(f"org.neo4j.server.{main}", f"--home-dir={self.home}", f"--config-dir={conf}"),
        ]
        first = not (self.home / "data").exists()
        with (self.home / "out.log").open("ab") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out)
        self._wait_until_it_answers(PASSWORD if not first else "neo4j")
        if first:
            with self.driver("neo4j") as driver, driver.session(database="system") as session:
                told = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
                session.run(told, password=PASSWORD).consume()

    def _wait_until_it_answers(self, password: str) -> None:
        from neo4j.exceptions import (  # noqa: PLC0415 - heavy, for these tests only
            ClientError,
            ServiceUnavailable,
            SessionExpired,
            TransientError,
        )

        until = time.monotonic() + 180
        while True:
            assert self.process is not None
            if self.process.poll() is not None or time.monotonic() > until:
                said = (self.home / "out.log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"Neo4j {self.version} did not start:\n{said[-2000:]}")
            try:
                with self.driver(password) as driver, driver.session(database="system") as session:
                    databases = list(session.run("SHOW DATABASE neo4j YIELD currentStatus"))
                    if [row["currentStatus"] for row in databases] == ["online"]:
                        return
            except ClientError as error:
                if "CredentialsExpired" in (error.code or ""):
                    return
            except (OSError, ServiceUnavailable, SessionExpired, TransientError):
                pass
            time.sleep(0.2)

    def driver(self, password: str = PASSWORD) -> Any:  # noqa: ANN401 - the driver's own
        import neo4j  # noqa: PLC0415

        return neo4j.GraphDatabase.driver(
            self.uri, auth=("neo4j", password), notifications_min_severity="OFF"
        )

    def ask(self, query: str, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401
        """Runs a query, as whoever may do anything; gives back the rows."""
        with self.driver() as driver:
            return [record.values() for record in driver.execute_query(query, parameters)[0]]

    def empty(self) -> None:
        """Takes everything out of its database; a server of its own holds nothing else."""
        self.holds = None
        self.ask("MATCH (v:GraphkitVault) DETACH DELETE v")
        while self.ask("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*)") != [[0]]:
            pass

    def kill(self) -> None:
        """Ends it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Ends it at once: nobody wants what it holds any more."""
        self.kill()


@dataclass
class NamedServer(Server):
    """A server that runs already, named by ``GRAPHKIT_TEST_NEO4J_URI``: used with care.

    Its credentials come from ``NEO4J_USERNAME``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE``. It is
    never started or stopped, and only what graphkit writes is ever taken out of it.
    """

    named: str = ""

    @property
    def uri(self) -> str:
        return self.named

    @property
    def environment(self) -> dict[str, str]:
        names = ("NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")
        told = {name: os.environ[name] for name in names if name in os.environ}
        return {"GRAPHKIT_STORE": self.named, **told}

    def start(self) -> None:
        if self.ask("MATCH (n:Concept|GraphkitVault) RETURN count(n)") != [[0]]:
            raise RuntimeError(
                f"{self.named} holds a graph (:Concept or :GraphkitVault nodes) that these tests"
                " would replace; name another database with NEO4J_DATABASE"
            )

    def driver(self, password: str = "") -> Any:  # noqa: ANN401
        import neo4j  # noqa: PLC0415

        del password
        user = os.environ.get("NEO4J_USERNAME", "neo4j")
        secret = os.environ.get("NEO4J_PASSWORD")
        return neo4j.GraphDatabase.driver(
            self.named,
            auth=(user, secret) if secret else None,
            notifications_min_severity="OFF",
        )

    def ask(self, query: str, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401
        database = os.environ.get("NEO4J_DATABASE")
        with self.driver() as driver:
            told = driver.execute_query(query, parameters, database_=database)
            return [record.values() for record in told[0]]

    def empty(self) -> None:
        self.holds = None
        one = "MATCH (n:Concept|GraphkitVault) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*)"
        while self.ask(one) != [[0]]:
            pass

    def kill(self) -> None:
        raise AssertionError("a server that is not ours is not killed")

    def stop(self) -> None:
        """Leaves it running, and empty of what these tests wrote."""
        self.empty()


@contextlib.contextmanager
def running(home: Path, version: str = LTS, *, short_lived: bool = True) -> Iterator[Server]:
    """A server that is started here and stopped at the end.

    Raises:
        MissingError: Java or Neo4j's jars cannot be had.
    """
    server = Server(home, version, short_lived)
    try:
        server.start()
        yield server
    finally:
        server.stop()
