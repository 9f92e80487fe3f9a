"""Who may ask an explorer: raw requests, as other pages, other programs and attackers send them."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest

from tests.explorer.served import SCRIPT, Served, served

if TYPE_CHECKING:
    from pathlib import Path

ASKED = ("/", "/assets/stub-1a2b.js", "/api/vault", "/api/show?concept=nmj", "/api/map", "/nothing")
REFUSED = (*ASKED, "/api/events", "/api/earlier?hours=1", "/api/schema", "/api/queries")
ELSEWHERE = ("http://evil.test", "https://127.0.0.1", "http://127.0.0.1", "null", "file://")


def test_the_printed_address_opens_the_page_once(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """The token is exchanged for a cookie and is then of no use to anybody else."""
    with served(notes, surroundings, tmp_path) as explorer:
        cookie = explorer.open()
        name, *told = cookie.split("; ")
        assert name.startswith(f"graphkit-{explorer.port}=")
        assert {part.lower() for part in told} == {"httponly", "path=/", "samesite=strict"}
        assert explorer.token not in cookie
        again = explorer.raw(f"/?token={explorer.token}")
        assert again.status == 403
        assert "set-cookie" not in again.headers
        read = re.sub("<[^>]*>", "", again.body.decode())
        assert f"graphkit explore 'http://127.0.0.1:{explorer.port}/'" in read
        assert explorer.token not in again.body.decode()
        known = explorer.ask(f"/?token={explorer.token}")
        assert (known.status, known.headers["location"]) == (303, "/")


@pytest.mark.parametrize("path", REFUSED)
def test_nothing_is_told_without_the_cookie(explorer: Served, path: str) -> None:
    """No cookie, a wrong one, an empty one, another explorer's: 403, and nothing of the vault."""
    explorer.open() if not explorer.cookie else None
    name, _, value = explorer.cookie.partition("=")
    for cookie in (None, f"{name}=", f"{name}=x{value}", f"graphkit-1={value}", "a=b; ;=;;\x7f"):
        answer = explorer.raw(path, {} if cookie is None else {"Cookie": cookie})
        assert answer.status == 403
        assert b"neuromuscular" not in answer.body.lower()
        assert b"notes/" not in answer.body


@pytest.mark.parametrize("path", REFUSED)
@pytest.mark.parametrize(
    "host",
    ["evil.test:{port}", "evil.test", "127.0.0.1", "127.0.0.1:1", "localhost", "127.1:{port}",
     "127.0.0.1:{port}.evil.test", "evil.test@127.0.0.1:{port}", "127.0.0.1:{port}:{port}", ""],
)  # fmt: skip
def test_another_host_is_refused(explorer: Served, path: str, host: str) -> None:
    """A name that merely resolves to this machine is not answered, even with the cookie."""
    told = {"Host": host.format(port=explorer.port)}
    assert explorer.ask(path, **told).status == 403


def test_own_names_are_answered(explorer: Served) -> None:
    """The three names of this machine are its own, in any case."""
    for name in ("127.0.0.1", "localhost", "[::1]", "LocalHost"):
        assert explorer.ask("/api/stats", Host=f"{name}:{explorer.port}").status == 200


def test_two_hosts_or_none_are_refused(explorer: Served) -> None:
    """A request that names two hosts, or none, is no browser's."""
    explorer.ask("/api/stats")
    for hosts in ("", f"Host: {explorer.host}\r\nHost: evil.test\r\n"):
        request = f"GET /api/stats HTTP/1.1\r\n{hosts}Cookie: {explorer.cookie}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", explorer.port), timeout=30) as sent:
            sent.sendall(request.encode())
            assert sent.recv(100).split()[1] in {b"400", b"403"}


@pytest.mark.parametrize("path", REFUSED)
def test_another_page_is_refused(explorer: Served, path: str) -> None:
    """What another page asks is refused, by its origin or by what the browser says of it."""
    for origin in (*ELSEWHERE, "http://127.0.0.1:1", f"https://{explorer.host}"):
        assert explorer.ask(path, Origin=origin).status == 403
    for site in ("cross-site", "same-site"):
        assert explorer.ask(path, Sec_Fetch_Site=site).status == 403


def test_its_own_page_is_answered(explorer: Served) -> None:
    """What the page itself asks is answered, and what is typed into the address bar."""
    for site in ("same-origin", "none"):
        assert explorer.ask("/api/stats", Sec_Fetch_Site=site).status == 200
    assert explorer.ask("/api/stats", Origin=f"http://{explorer.host}").status == 200


def test_no_answer_lets_other_pages_read_it(explorer: Served) -> None:
    """Whatever is answered, no header lets another page have it, and all are there that forbid."""
    for path in (*ASKED, "/?token=x"):
        for answer in (explorer.ask(path), explorer.raw(path), explorer.ask(path, Host="x")):
            assert not [name for name in answer.headers if name.startswith("access-control")]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cross-origin-opener-policy"] == "same-origin"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert {"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(
                policy.split("; ")
            )
            assert "unsafe" not in policy
            assert "server" not in answer.headers


def test_the_page_has_a_nonce_of_its_own(explorer: Served) -> None:
    """Each time the page is served its policy names a new nonce, which stands in the page."""
    seen = set()
    for _ in range(3):
        answer = explorer.ask("/")
        (nonce,) = re.findall(r"'nonce-([^']{16,})'", answer.headers["content-security-policy"])
        assert answer.body.decode().count(nonce) == 1
        assert answer.headers["cache-control"] == "no-store"
        seen.add(nonce)
    assert len(seen) == 3


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "FORM"])
def test_no_other_method_is_answered(explorer: Served, method: str) -> None:
    """All else than GET and the page's own POST changes nothing and is refused."""
    for path in ASKED:
        answer = explorer.ask(path)
        refused = explorer.raw(path, {"Cookie": explorer.cookie}, method=method)
        assert (refused.status, refused.headers["allow"]) == (405, "GET")
        assert explorer.ask(path).status == answer.status


def test_only_the_page_itself_may_post(explorer: Served) -> None:
    """What another page, a form, a program or a plain link could send is refused unread."""
    told = {"a": "control/dopamine", "b": "nmj"}
    own = {"Origin": f"http://{explorer.host}"}
    assert explorer.post("dismiss", {}, **own).status == 400
    for refused in (
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": ""},
        own | {"Content-Type": "text/plain"},
        own | {"Content-Type": "application/x-www-form-urlencoded"},
        own | {"Cookie": "graphkit-1=no"},
        own | {"Sec-Fetch-Site": "cross-site"},
    ):
        assert explorer.post("dismiss", told, **refused).status == 403, refused
    assert explorer.post("vault", told, **own).status == 405
    posted = {"Cookie": explorer.cookie, "Content-Type": "application/json"}
    assert explorer.raw("/api/dismiss", posted, method="POST").status == 403
    assert explorer.raw("/", posted | own, method="POST").status == 405
    for broken in (b"{", b"[]", b"\xff", b"[" * 100_000, b'"' + b"x" * 4_000_000 + b'"'):
        assert explorer.post("dismiss", broken, **own).status == 400


@pytest.mark.parametrize(
    "path",
    ["/assets/../index.html", "/assets/..%2findex.html", "/assets/%2e%2e/index.html",
     "/assets//etc/passwd", "/assets/%2fetc%2fpasswd", "/assets/", "/assets", "/assets/stub-1a2b",
     "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/notes/control/dopamine.md",
     "/control/dopamine.md", "//evil.test/", "/api", "/api/", "/api/note/../../etc/passwd",
     "/index.html", "/static/index.html", "/assets/stub-1a2b.js%00.html", "/api/vault/", "/ "],
)  # fmt: skip
def test_nothing_else_is_served(explorer: Served, path: str) -> None:
    """No path leads to a file of the vault, of the package or of the machine, or elsewhere."""
    answer = explorer.ask(path.replace(" ", "%20"))
    assert answer.status == 404
    assert b"root:" not in answer.body
    assert b"Dopamine" not in answer.body


def test_a_concept_is_no_path(explorer: Served) -> None:
    """A note is named by its id in the graph; names of files lead nowhere."""
    for told in ("../../../../etc/passwd", "/etc/passwd", "..\\..", "control/../control/dopamine"):
        assert explorer.api("note", 404, concept=told)["error"]["code"] == "no_such_concept"


def test_assets_are_kept_by_the_browser(explorer: Served) -> None:
    """A file of the page comes packed or not, as a script, and is never asked for again."""
    packed = explorer.ask("/assets/stub-1a2b.js")
    plain = explorer.ask("/assets/stub-1a2b.js", Accept_Encoding="identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.body.decode() == plain.body.decode() == SCRIPT
    assert packed.headers["content-type"].startswith("text/javascript")
    assert "immutable" in packed.headers["cache-control"]


def test_two_explorers_do_not_know_each_other(
    explorer: Served, notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Cookies go to all ports of a machine: each has a name of its own, and its own secret."""
    explorer.ask("/api/stats")
    with served(notes, surroundings, tmp_path) as other:
        other.open()
        name, theirs = other.cookie.split("=")
        both = f"{explorer.cookie}; {other.cookie}"
        assert other.raw("/api/stats", {"Cookie": both}).status == 200
        mine = explorer.cookie.partition("=")[2]
        assert other.raw("/api/stats", {"Cookie": explorer.cookie}).status == 403
        assert other.raw("/api/stats", {"Cookie": f"{name}={mine}"}).status == 403
        assert theirs != mine
