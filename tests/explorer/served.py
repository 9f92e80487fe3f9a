"""An explorer that runs in a process of its own, as a user starts it, and raw requests to it.

Its page is a small one that stands for the built one: these tests are of the server.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

INDEX = '<!DOCTYPE html><meta name="csp-nonce" content="__NONCE__"><title>stub</title>'
SCRIPT = "globalThis.stub = true;\n"
_RUN = """
import sys
from pathlib import Path
from graphkit.explorer import static
static.FOLDER = Path(sys.argv.pop(1))
from graphkit.cli import main
main()
"""


class Answer(NamedTuple):
    """What came back: a status, headers by lower-case names, the body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    wire: int

    @property
    def told(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.body)


class Served:
    """A running explorer."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout
        self.address = process.stdout.readline().strip()
        self.said = ""
        if not self.address:
            raise AssertionError(process.communicate()[1])
        parts = urlsplit(self.address)
        assert parts.port
        self.port = parts.port
        self.token = parts.query.removeprefix("token=")
        self.host = f"127.0.0.1:{self.port}"
        self.cookie = ""

    def raw(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        body: bytes | None = None,
    ) -> Answer:
        """A request with just these headers, by default as from a browser without a cookie."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": self.host, **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        found = answer.read()
        connection.close()
        told = {name.lower(): value for name, value in answer.getheaders()}
        plain = gzip.decompress(found) if told.get("content-encoding") == "gzip" else found
        return Answer(answer.status, told, plain, len(found))

    def open(self) -> str:
        """Opens the page as the browser does with the printed address; the cookie it then has."""
        answer = self.raw(f"/?token={self.token}")
        assert (answer.status, answer.headers["location"]) == (303, "/")
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer.headers["set-cookie"]

    def ask(self, path: str, **headers: str) -> Answer:
        """A request as the page makes it."""
        if not self.cookie:
            self.open()
        told = {"Cookie": self.cookie, "Accept-Encoding": "gzip"}
        return self.raw(path, told | {name.replace("_", "-"): v for name, v in headers.items()})

    def post(self, what: str, told: Any, **headers: str) -> Answer:  # noqa: ANN401 - JSON, or bytes
        """What the page sends as JSON; ``Origin`` and all else as given."""
        if not self.cookie:
            self.open()
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        own = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        own |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.raw(f"/api/{what}", own | more, "POST", body)

    def api(self, question: str, status: int = 200, /, **given: Any) -> Any:  # noqa: ANN401
        """What a question is answered, as data."""
        answer = self.ask(f"/api/{question}?{urlencode(given, doseq=True)}")
        assert answer.status == status, answer.body
        return answer.told

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C: the exit code, and what was said on standard error."""
        os.killpg(self.process.pid, signal.SIGINT)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


def begun(
    command: list[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.Popen[str]:
    """Starts a process in a folder; Ctrl-C reaches it, whatever started the tests."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )


@contextmanager
def served(
    vault: Path | None, environment: Mapping[str, str], folder: Path, *words: str
) -> Iterator[Served]:
    """Runs ``graphkit explore`` on a vault; ``folder`` is for its page and its index."""
    page = folder / "page"
    (page / "assets").mkdir(parents=True, exist_ok=True)
    (page / "index.html").write_text(INDEX, encoding="utf-8")
    (page / "assets" / "stub-1a2b.js").write_text(SCRIPT, encoding="utf-8")
    named = [] if vault is None else ["--vault", str(vault), "--index", str(folder / "index")]
    command = [sys.executable, "-c", _RUN, str(page), *named, "explore", "--no-open", *words]
    with running(command, environment, folder) as explorer:
        yield explorer


@contextmanager
def running(command: list[str], environment: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """Runs a command that serves an explorer, in a folder, until it is no longer looked at."""
    process = begun(command, folder, environment)
    try:
        yield Served(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
