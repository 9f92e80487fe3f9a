"""The file around a page: template, style, scripts, and the policy that lets only these run.

Nothing that a note says is ever taken for markup: text goes through Jinja's escaping or, as JSON,
through ``textContent``.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

_TEMPLATES: Final = Path(__file__).parent / "templates"
_SCRIPTS: Final = "look panel labels rim map page overview start".split()
_POLICY: Final = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
ASSETS: Final = ("graphkit.css", "graphkit.js", "vis-network.js")
"""The files that all pages of a linked set share."""


def assembled(template: str, data: object, *, folder: bool, **told: object) -> str:
    """The whole text of a page.

    Args:
        template: its name in ``templates/``.
        data: what its script reads.
        folder: whether the shared files lie beside it; else they are put into it.
        told: what the template wants besides.
    """
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415 - with pyvis
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
    style, script, library = (asset(name) for name in ASSETS)
    if folder:  # "file:" for pages opened from disk, where browsers differ in what 'self' is
        policy = _POLICY + "style-src 'self' file: 'unsafe-inline'; script-src 'self' file:"
    else:
        policy = f"{_POLICY}style-src 'unsafe-inline'; script-src {_hash(library)} {_hash(script)}"
    return str(
        environment.get_template(template).render(
            data=Markup(_json_in_html(data)),  # noqa: S704 - cannot end its element
            policy=policy,
            folder=folder,
            style=Markup(style),  # noqa: S704 - these three are our own
            script=Markup(script),  # noqa: S704
            library=Markup(library),  # noqa: S704
            **told,
        )
    )


@cache
def asset(name: str) -> str:
    """One of the files that pages share."""
    if name == "graphkit.css":
        return (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    if name == "graphkit.js":
        parts = [(_TEMPLATES / f"{part}.js").read_text(encoding="utf-8") for part in _SCRIPTS]
        return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"
    import pyvis  # noqa: PLC0415 - 0.4 s, for pages only

    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    (library,) = sorted(folder.glob("vis-*/vis-network.min.js"))[-1:]
    return library.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _json_in_html(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def rounded(points: Any) -> list[list[int]]:  # noqa: ANN401 - pairs of numbers
    """Points in whole pixels, as JSON carries them."""
    return [[round(x), round(y)] for x, y in points]
