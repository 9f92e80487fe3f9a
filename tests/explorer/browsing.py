"""Explorers with their real page, and a real Chromium that visits them and tells on the page."""

from __future__ import annotations

import re
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote, urlencode

from tests.explorer.served import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Locator

    from tests.explorer.served import Served

T = TypeVar("T")
SOFTWARE_GL: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
)
WITHOUT_GL: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-3d-apis",
)
PATIENCE: Final = 30_000
"""Milliseconds that a slow machine may take for anything."""
_ICON: Final = "data:,"
_HERE: Final = Path(__file__).parent


def within(point: tuple[float, float], box: Any, share: float = 1.0) -> bool:  # noqa: ANN401
    """Whether a point lies in a box, or in the middle share of it."""
    assert box
    aside = abs(point[0] - box["x"] - box["width"] / 2)
    down = abs(point[1] - box["y"] - box["height"] / 2)
    return bool(aside <= share * box["width"] / 2 and down <= share * box["height"] / 2)


def centre(box: Any) -> tuple[float, float]:  # noqa: ANN401
    """The middle of a box."""
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@contextmanager
def exploring(
    graph: Sequence[str], environment: Mapping[str, str], folder: Path, *words: str
) -> Iterator[Served]:
    """Runs ``graphkit explore`` as a user does, with the page as it is built.

    Args:
        graph: the options that name the graph: a vault, or a store.
        environment: of the process.
        folder: where its index is kept, and where it runs.
        words: what else the command is told.
    """
    named = [*graph, "--index", str(folder / "index")]
    command = [sys.executable, "-m", "graphkit", *named, "explore", "--no-open", *words]
    with running(command, environment, folder) as explorer:
        yield explorer


class Visit:
    """A browser at an explorer, and all that happens there which somebody may object to.

    Args:
        browser: which one.
        address: the explorer's, without its token.
        options: of the browser's context.
    """

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:  # noqa: ANN401
        self.address = address
        self.context = browser.new_context(
            **{"viewport": {"width": 1200, "height": 800}, "reduced_motion": "reduce"} | options
        )
        self.context.set_default_timeout(PATIENCE)
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        self.expected: list[str] = []
        """Patterns of what the browser may complain about: what a test brought about itself."""
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.context.on("console", self._heard)
        self.tab = self.context.new_page()
        self.tab.on("dialog", self._asked)

    def _heard(self, message: Any) -> None:  # noqa: ANN401
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, dialog: Any) -> None:  # noqa: ANN401
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def admit(self, served: Served) -> None:
        """Gives the browser the explorer's cookie, as its first visit would."""
        if not served.cookie:
            served.open()
        name, _, value = served.cookie.partition("=")
        self.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def open(self, **told: Any) -> Visit:  # noqa: ANN401
        """Opens the page with what its address tells, and waits until all of it is there."""
        self.goto(f"#{urlencode(told, doseq=True, quote_via=quote)}" if told else "")
        return self

    def goto(self, place: str) -> None:
        """Loads the page anew at an address, and waits until all of it is there."""
        self.tab.goto("about:blank")
        self.tab.goto(self.address + place)
        self.ready()

    def ready(self) -> None:
        """Waits until all of the page is there."""
        self.tab.wait_for_selector("body[data-ready='1']", state="attached")

    def to(self, **told: Any) -> str | None:  # noqa: ANN401
        """Follows another address in the open page; the title of what is then beside the map."""
        title: str | None = self.asked("follow", urlencode(told, doseq=True, quote_via=quote))
        return title

    def settled(self) -> None:
        """Waits until what stands beside the map is no longer waited for."""
        self.tab.wait_for_selector("#side:not(:has([aria-busy]))", state="attached")

    def asked(self, script: str, told: str | None = None) -> Any:  # noqa: ANN401
        """What a script that lies beside this file says of the page."""
        return self.tab.evaluate((_HERE / f"{script}.js").read_text(encoding="utf-8"), told)

    @property
    def state(self) -> dict[str, Any]:
        told: dict[str, Any] = self.tab.evaluate("() => graphkitTest.state()")
        return told

    @property
    def drawn(self) -> dict[str, Any]:
        """What the map shows."""
        told: dict[str, Any] = self.tab.evaluate("() => graphkitTest.drawn()")
        return told

    @property
    def hash(self) -> str:
        return self.tab.url.partition("#")[2]

    def at(self, concept: str) -> tuple[float, float]:
        """Where a concept of the map stands on the page."""
        place = self.tab.evaluate("id => graphkitTest.screenOf(id)", concept)
        box = self.tab.locator("#map").bounding_box()
        assert place
        assert box
        return box["x"] + place["x"], box["y"] + place["y"]

    def look_at(self, concept: str, scale: float = 1.0) -> None:
        """Moves the map so that a concept stands in its middle."""
        self.tab.evaluate(
            """([id, scale]) => {
              const { x, y } = graphkitTest.screenOf(id);
              const { view } = graphkitTest.drawn();
              const [left, top] = [x - view.left, y - view.top];
              graphkitTest.setCamera(left / view.scale, top / view.scale, scale);
            }""",
            [concept, scale],
        )

    def lit(self, *concepts: str) -> None:
        """Waits until just these concepts are lit."""
        self.until(lambda: sorted(self.drawn["lit"]), lambda lit: lit == sorted(concepts))

    def until(self, told: Callable[[], T], holds: Callable[[T], object]) -> T:
        """Asks until what is told holds, and gives it back.

        Args:
            told: asks.
            holds: whether what was told is what is waited for.
        """
        end = time.monotonic() + PATIENCE / 1000
        while not holds(found := told()):
            if time.monotonic() > end:
                raise AssertionError(f"it stays like this: {found!r}")
            self.tab.wait_for_timeout(40)
        return found

    def rested(self) -> None:
        """Waits until the map has come to rest and the address says where."""
        view: list[Any] = [None, None]

        def look() -> list[Any]:
            view[:] = [view[1], [self.drawn["view"], self.drawn["frames"], self.hash]]
            self.tab.wait_for_timeout(180)
            return view

        self.until(look, lambda seen: seen[0] == seen[1])

    def find(self, words: str) -> None:
        """Types into the find box, and waits for the choices that there are for it."""
        self.tab.fill("#find-box", words)
        self.options.filter(has_text=f"Cluster around “{words}”").wait_for()

    @property
    def options(self) -> Locator:
        return self.tab.locator("#find [role=option]")

    @property
    def side(self) -> Locator:
        return self.tab.locator("#side")

    def title(self, wanted: str) -> None:
        """Waits until what stands beside the map has a title."""
        self.tab.locator("#side h2", has_text=re.compile(f"^{re.escape(wanted)}$")).wait_for()

    def told(self) -> list[str]:
        """What may not be: dialogs, complaints that are not expected, questions to others."""
        own = self.address
        asked = [url for url in self.requests if not url.startswith(own)]
        said = [
            error
            for error in self.errors
            if not any(re.search(pattern, error) for pattern in self.expected)
        ]
        strange = [url for url in asked if url not in {_ICON, "about:blank"}]
        return [*self.dialogs, *said, *strange]
