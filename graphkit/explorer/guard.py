"""Who may ask: only the page that this explorer has handed out, in a browser on this machine.

Every request passes here first: its method, the ``Host`` that it names (a name that merely
resolves to this machine is another's), where it comes from, and its cookie. Every answer leaves
with the headers that keep it to itself.
"""

from __future__ import annotations

import secrets
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
_UNTOLD: Final = 80
"""The port that browsers leave out."""
_FROM_ELSEWHERE: Final = {"cross-site", "same-site"}
"""What browsers say of a request that another page has made; one of another port is no friend."""
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_CLOSED: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_REFUSED: Final = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>graphkit: not opened</title>
<style nonce="{nonce}">
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 40rem; padding: 1rem; }}
code {{ background: #8882; border-radius: 4px; overflow-wrap: anywhere; padding: 0.2em 0.4em; }}
</style>
<h1>This page is not open</h1>
<p>{why}</p>
<p>To open it, run this where your notes are:</p>
<p><code>graphkit explore '<span id="address">{address}</span>'</code></p>
<script nonce="{nonce}">
document.getElementById("address").append(location.hash.replaceAll("'", "%27"));
</script>
</html>
"""


class Guard:
    """Lets through to an application what its own page asks.

    Args:
        app: the application.
        port: where it is served.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._port = port
        self._hosts = {f"{name}:{port}" for name in _NAMES}
        if port == _UNTOLD:
            self._hosts.update(_NAMES)
        self._origins = {f"http://{host}" for host in self._hosts}
        self._cookie = f"graphkit-{port}"
        self._secret = secrets.token_urlsafe(32)
        self.token = secrets.token_urlsafe(32)
        """What opens the page, once."""
        self._unused = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or lets the application answer it."""
        if scope["type"] != "http":  # nothing else is asked of it
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", _CLOSED)
                headers.setdefault("Cache-Control", "no-store")
                message["headers"] = headers.raw
            await send(message)

        answer = self._refusal(scope) or self._opening(scope)
        await (answer or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is not answered, if it comes from where none may come from."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return self._refused(scope, "It was asked for under a name that is not its own.")
        elsewhere = _FROM_ELSEWHERE & set(headers.getlist("sec-fetch-site"))
        if elsewhere or not self._origins.issuperset(origins):
            return self._refused(scope, "Another page has asked for it.")
        if scope["method"] == "GET":
            return None
        if scope["method"] != "POST" or not scope["path"].startswith("/api/"):
            return PlainTextResponse("Only GET is answered.\n", 405, {"Allow": "GET"})
        if not origins or headers.get("content-type") != "application/json":
            return self._refused(scope, "It was not the page that asked.")
        return None

    def _opening(self, scope: Scope) -> Response | None:
        """The exchange of the token for the cookie; or a refusal of who has neither."""
        known = self._has_cookie(scope)
        if scope["path"] == "/":
            given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
            if given and self._spend(given[0]):
                answer = RedirectResponse("/", 303)
                answer.set_cookie(
                    self._cookie, self._secret, path="/", httponly=True, samesite="strict"
                )
                return answer
            if given and known:
                return RedirectResponse("/", 303)
        if not known:
            return self._refused(scope, "It is opened from the command line, once for a browser.")
        return None

    def _spend(self, token: str) -> bool:
        """Whether a token is the one that opens; it is so only once."""
        if self._unused and secrets.compare_digest(token.encode(), self.token.encode()):
            self._unused = False
            return True
        return False

    def _has_cookie(self, scope: Scope) -> bool:
        for told in Headers(scope=scope).getlist("cookie"):
            try:
                morsel = SimpleCookie(told).get(self._cookie)
            except CookieError:
                continue
            if morsel and secrets.compare_digest(morsel.value.encode(), self._secret.encode()):
                return True
        return False

    def _refused(self, scope: Scope, why: str) -> Response:
        address = f"http://{_NAMES[0]}:{self._port}/"
        if scope["path"].startswith("/api/"):
            told = {
                "code": "refused",
                "message": why,
                "hint": f"Run: graphkit explore '{address}'",
                "candidates": [],
            }
            return JSONResponse({"error": told}, 403)
        nonce = secrets.token_urlsafe(16)
        html = _REFUSED.format(nonce=nonce, why=escape(why), address=address)
        policy = f"{_CLOSED}; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'"
        return HTMLResponse(html, 403, {"Content-Security-Policy": policy})
