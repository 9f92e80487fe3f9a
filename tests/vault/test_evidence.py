"""Evidence: the sentence around a link and the moment of the video."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkit.vault.evidence import seconds_in
from graphkit.vault.parse import parse_note

if TYPE_CHECKING:
    from graphkit.vault.written import WrittenLink, WrittenNote

VIDEO = "aB3-_xyz012"
OTHER = "zz9zz9zz9zz"
HEAD = f"---\nvideoId: {VIDEO}\n---\n"


def read(text: str, head: str = HEAD) -> WrittenNote:
    return parse_note((head + text).encode("utf-8"))


def link_to(target: str, text: str, head: str = HEAD) -> WrittenLink:
    (link,) = (link for link in read(text, head).links if link.text == target)
    return link


def sentence(text: str) -> str:
    return link_to("Reed", text).sentence


def time(clock: str, shown: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{shown or clock}]</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One. Two [[Reed]]. Three.", "Two Reed.", id="capital"),
        pytest.param("One! Two [[Reed]]? Three.", "Two Reed?", id="other-marks"),
        pytest.param("One... Two [[Reed]]?! Three.", "Two Reed?!", id="several-marks"),
        pytest.param("One. 2 of [[Reed]]. 3 more.", "2 of Reed.", id="digit"),
        pytest.param('One. "Two [[Reed]]." “Three.”', '"Two Reed."', id="quote"),
        pytest.param("One. (Two [[Reed]].) [Three]", "(Two Reed.)", id="bracket"),
        pytest.param("**One.** *Two [[Reed]].* Three", "Two Reed.", id="emphasis"),
        pytest.param("Été. Île de [[Reed]]. Über.", "Île de Reed.", id="capitals-of-any-script"),
        pytest.param("One.\nTwo\n[[Reed]] here.\nThree.", "Two Reed here.", id="over-lines"),
        pytest.param(
            "one. two [[Reed]]. three.", "one. two Reed. three.", id="small-letters-go-on"
        ),
        pytest.param("At 3.5 m of [[Reed]].", "At 3.5 m of Reed.", id="decimal-point"),
        pytest.param("a.Two [[Reed]]!Three", "a.Two Reed!Three", id="no-space-no-end"),
        pytest.param("See Dr. Moor on [[Reed]].", "See Dr. Moor on Reed.", id="title"),
        pytest.param("Birds, e.g. Coots in [[Reed]].", "Birds, e.g. Coots in Reed.", id="eg"),
        pytest.param("(cf. Fig. 2 and vol. 3, [[Reed]])", "(cf. Fig. 2 and vol. 3, Reed)", id="cf"),
        pytest.param("By A. B. Moor: [[Reed]].", "By A. B. Moor: Reed.", id="initials"),
        pytest.param("The U.S. Reed is [[Reed]].", "The U.S. Reed is Reed.", id="dotted"),
        pytest.param("It is approx. 5 to [[Reed]].", "It is approx. 5 to Reed.", id="approx"),
        pytest.param(
            "A longword. Then [[Reed]].", "Then Reed.", id="a-long-word-is-no-abbreviation"
        ),
        pytest.param("So he ran. Then [[Reed]].", "Then Reed.", id="a-short-word-is-none-either"),
        pytest.param("Is it etc? Then [[Reed]].", "Then Reed.", id="only-a-full-stop-abbreviates"),
    ],
)
def test_sentence(text: str, expected: str) -> None:
    """The sentence ends at a mark before a capital, digit, quote or bracket; not in ``Dr.``."""
    assert sentence(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One\n\nTwo [[Reed]]\n\nThree", "Two Reed", id="paragraph"),
        pytest.param("# One [[Reed]]\nTwo", "One Reed", id="heading"),
        pytest.param("- one\n- two [[Reed]]\n- three", "two Reed", id="item"),
        pytest.param("- one\n  - two [[Reed]]\n- three", "two Reed", id="inner-item"),
        pytest.param("- one\n\n  two [[Reed]]\n\n  three", "two Reed", id="paragraph-of-an-item"),
        pytest.param("> one\n> two [[Reed]]\n\nthree", "one two Reed", id="quote"),
        pytest.param("|a|b|\n|-|-|\n|one|two [[Reed]]|\n|c|d|", "two Reed", id="cell"),
        pytest.param("|a|[[Reed]] b|\n|-|-|\n|one|two|", "Reed b", id="head-of-a-table"),
        pytest.param("|a|\n|-|\n|One. Two [[Reed]]. Three|", "Two Reed.", id="sentence-in-a-cell"),
        pytest.param("one  \ntwo [[Reed]]", "one two Reed", id="hard-break"),
        pytest.param("text\n\n---\n\n[[Reed]] a", "Reed a", id="rule"),
    ],
)
def test_sentence_ends_with_its_block(text: str, expected: str) -> None:
    """A sentence never leaves its paragraph, heading, list item or table cell."""
    assert sentence(text) == expected


def test_sentence_is_plain_text() -> None:
    """Markup is left out: links show their words, code and emphasis their text, images nothing."""
    text = (
        "*A* **b** `c` $d$ [e](http://x.example) [[Reed|f]] [[Oak]] ![[g.png]] "
        "![h](h.png) <b>i</b> ~~j~~ &amp; \\* "
    )
    assert sentence(text + time("00:01:00")) == "A b c d e f Oak i j & *"


def test_long_sentence_is_cut() -> None:
    """A sentence is kept up to 4,000 characters."""
    assert len(sentence("[[Reed]] " + "word " * 2_000)) == 4_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A [[Reed]]. {} B.", "A Reed.", id="behind-the-stop"),
        pytest.param("A [[Reed]] {}. B.", "A Reed.", id="before-the-stop"),
        pytest.param("A [[Reed]] ({}). B.", "A Reed.", id="in-parentheses"),
        pytest.param("A [[Reed]] ({}, {}). B.", "A Reed.", id="two-in-parentheses"),
        pytest.param("A [[Reed]]. {} {} B.", "A Reed.", id="two-behind"),
        pytest.param("A [[Reed]] [{}].", "A Reed.", id="in-brackets"),
        pytest.param("A [[Reed]].\n{}\nB.", "A Reed.", id="on-the-next-line"),
        pytest.param("A ([x] {} y [[Reed]].", "A ([x] y Reed.", id="among-brackets"),
    ],
)
def test_times_are_no_words(text: str, expected: str) -> None:
    """Times are left out of the sentence, with the brackets that hold nothing else."""
    assert sentence(text.replace("{}", time("00:01:00"))) == expected


def test_many_times_in_an_open_parenthesis() -> None:
    """Dozens of times behind a parenthesis that never closes are read at once."""
    assert sentence("[[Reed]] (" + f"{time('00:01:00')} " * 60) == "Reed ("


@pytest.mark.parametrize(
    ("text", "seconds", "nearest"),
    [
        pytest.param("A [[Reed]] b {1}. C {2}.", 60, False, id="same-sentence"),
        pytest.param("A {1} [[Reed]] b {2}.", 120, False, id="the-first-after-the-link"),
        pytest.param("A {1}. B [[Reed]]. {2} C {3}.", 120, False, id="directly-after-the-end"),
        pytest.param("- A [[Reed]]. B. C {1}\n- D {2}", 60, False, id="same-item"),
        pytest.param("- A [[Reed]]\n\n  B {1}", 60, False, id="same-item-other-paragraph"),
        pytest.param("A {1} [[Reed]].", 60, True, id="before"),
        pytest.param("A {1}. B [[Reed]]. C. D. E {2}.", 60, True, id="nearest-is-before"),
        pytest.param("{1} a b c d. B [[Reed]]. C {2}.", 120, True, id="nearest-is-after"),
        pytest.param("- A {1} [[Reed]]", 60, True, id="before-in-an-item"),
        pytest.param("|a|b|\n|-|-|\n|[[Reed]]|{1}|\n|c|{2}|", 60, True, id="next-cell"),
        pytest.param("|a|\n|-|\n|[[Reed]]|\n|{1}|", None, False, id="another-row"),
        pytest.param("A [[Reed]].\n\nB {1}.", None, False, id="another-paragraph"),
        pytest.param("- A [[Reed]]\n- B {1}", None, False, id="another-item"),
        pytest.param("# [[Reed]]\n{1}", None, False, id="heading-and-text"),
        pytest.param("A [[Reed]].", None, False, id="no-time"),
    ],
)
def test_which_time(text: str, seconds: int | None, nearest: bool) -> None:
    """The first time after the link in its sentence or item counts, else the nearest in its block.

    Only the latter is marked ``nearest``, and a time of another block never counts.
    """
    for minute in (1, 2, 3):
        text = text.replace(f"{{{minute}}}", time(f"00:0{minute}:00"))
    link = link_to("Reed", text)
    assert (link.seconds, link.nearest) == (seconds, nearest)


FORMS = [
    pytest.param('<a class="yt-timestamp" data-t="00:16:15">[00:16:15]</a>', 975, id="brackets-in"),
    pytest.param('[<a class="yt-timestamp" data-t="00:16:15">00:16:15</a>]', 975, id="out"),
    pytest.param('(<a data-t="00:16:15">00:16:15</a>)', 975, id="parentheses"),
    pytest.param('<a data-t="13:38">[13:38]</a>', 818, id="minutes-and-seconds"),
    pytest.param("<a data-t='13:38'>13:38</a>", 818, id="single-quotes"),
    pytest.param("<A HREF='x' data-t=13:38>13:38</A>", 818, id="no-quotes"),
    pytest.param('<a data-t="13:38"></a>', 818, id="nothing-shown"),
    pytest.param('<a data-t="13:38">as he says</a>', 818, id="words-shown"),
    pytest.param('<a data-t="13:38">13:38', 818, id="never-closed"),
    pytest.param('<a data-t="0:13:38">[00:13:38]</a>', 818, id="other-spelling-of-the-same"),
    pytest.param("[[Oak|13:38]]", 818, id="alias-is-a-time"),
    pytest.param("[[Oak|[00:13:38]]]", 818, id="alias-in-brackets"),
    pytest.param('[[Oak|<a data-t="13:38">[13:38]</a>]]', 818, id="alias-of-html"),
    pytest.param("[00:01:13](#t=00:01:13)", 73, id="place-in-the-video"),
    pytest.param("[01:13](oak.md)", 73, id="markdown-alias"),
    pytest.param(f"[x](https://youtu.be/{VIDEO}?t=95)", 95, id="seconds-in-the-address"),
    pytest.param(f"[x](https://youtu.be/{VIDEO}?t=95s)", 95, id="with-unit"),
    pytest.param(f"[x](https://www.youtube.com/watch?v={VIDEO}&t=1h1m35s)", 3695, id="units"),
    pytest.param(f"[x](https://m.youtube.com/embed/{VIDEO}?start=95)", 95, id="start"),
    pytest.param(f"[01:35](https://youtu.be/{VIDEO}?t=95)", 95, id="address-and-alias"),
    pytest.param(f"[01:35](https://youtu.be/{VIDEO})", 95, id="alias-of-the-video"),
    pytest.param(f"[01:35](https://youtu.be/{OTHER}?t=95)", None, id="another-video"),
    pytest.param(f"[x](https://youtu.be/{OTHER}?t=95)", None, id="another-video-with-words"),
    pytest.param("[x](https://a.example/?t=95)", None, id="another-site"),
    pytest.param("[00:16:15]", None, id="bare-text"),
    pytest.param("`[00:01:13](#t=00:01:13)`", None, id="code"),
    pytest.param("[[00:16:15]]", None, id="a-target-is-no-time"),
    pytest.param("[[Oak|at 00:16:15]]", None, id="more-than-a-time"),
]


@pytest.mark.parametrize(("form", "seconds"), FORMS)
def test_form_of_a_time(form: str, seconds: int | None) -> None:
    """Every form in which a time of the note's own video is written gives its seconds."""
    link = link_to("Reed", f"On [[Reed]] {form}")
    assert (link.seconds, link.nearest) == (seconds, False)


@pytest.mark.parametrize(
    ("written", "alias"),
    [
        ("[[Reed|[00:13:38]]]", "[00:13:38]"),
        ("[[Reed | 13:38]]", "13:38"),
        ('[[Reed | <a data-t="13:38">[13:38]</a>]]', "[13:38]"),
    ],
)
def test_link_whose_alias_is_a_time(written: str, alias: str) -> None:
    """A link whose words are a time stands on that time, not on a later one."""
    link = link_to("Reed", f"As said {written} and {time('00:20:00')}.")
    assert (link.seconds, link.nearest, link.alias) == (818, False, alias)
    assert link.sentence == "As said and."


def test_no_video_no_moment() -> None:
    """In a note that names no video a time proves nothing."""
    link = link_to("Reed", f"[[Reed]] {time('00:01:00')}", head="")
    assert (link.seconds, link.nearest) == (None, False)


@pytest.mark.parametrize(
    ("head", "video"),
    [
        (f"videoId: {VIDEO}", VIDEO),
        ("videoId: 12345678901", "12345678901"),
        ("videoId: -0123456789", "-0123456789"),
        (f"url: https://www.youtube.com/watch?v={VIDEO}", VIDEO),
        (f"source: https://youtu.be/{VIDEO}?t=5", VIDEO),
        (f"video: http://youtube.com/shorts/{VIDEO}", VIDEO),
        (f"url: https://www.youtube.com/watch?list=x&v={VIDEO}", VIDEO),
        (f"video: https://youtu.be/{VIDEO}\nurl: https://youtu.be/{OTHER}", OTHER),
        (f"url: https://youtu.be/{OTHER}\nvideoId: {VIDEO}", VIDEO),
        (f"url: https://a.example/\nsource: https://youtu.be/{VIDEO}", VIDEO),
        (f"videoId: 'not an id'\nvideo: https://youtu.be/{VIDEO}", VIDEO),
        ("url: https://a.example/watch?v=aB3-_xyz012", None),
        ("url: 5\nsource: [a]\nvideo: {a: b}", None),
        ("title: t", None),
    ],
)
def test_video(head: str, video: str | None) -> None:
    """The video is ``videoId``, else what a YouTube ``url``, ``source`` or ``video`` names."""
    assert read("", f"---\n{head}\n---\n").video == video


@pytest.mark.parametrize(
    ("data", "shown", "seconds"),
    [
        pytest.param("00:51:01", "51:01:00", 3061, id="only-the-markup-parses"),
        pytest.param("51:01:00", "00:51:01", 3061, id="only-the-shown-parses"),
        pytest.param("00:61:00", "00:00:60", None, id="none-parses"),
        pytest.param("24:00:00", "00:99:00", None, id="a-day-is-too-long"),
        pytest.param("10:20", "00:10:40", 620, id="both-parse-the-markup-is-nearer"),
        pytest.param("20:10:00", "00:20:10", 1210, id="both-parse-the-shown-is-nearer"),
    ],
)
def test_disagreement(data: str, shown: str, seconds: int | None) -> None:
    """Where markup and text disagree, what parses and lies nearer to the median is taken.

    It is reported with its line and with what was taken.
    """
    agreed = " ".join(time(clock) for clock in ("00:09:00", "00:10:00", "20:11:00"))
    note = read(f"{agreed}\n\n[[Reed]] {time(data, shown)}")
    (link,) = note.links
    (problem,) = note.problems
    assert link.seconds == seconds
    assert (problem.rule, problem.line) == ("moment", 6)
    assert data in problem.message
    assert shown in problem.message
    assert (problem.suggestion is None) == (seconds is None)


def test_disagreement_without_a_median() -> None:
    """Where both parse and no other time agrees, the markup counts."""
    (link,) = read(f"[[Reed]] {time('20:10:00', '00:20:10')}").links
    assert link.seconds == 20 * 3600 + 600


def test_time_that_is_none() -> None:
    """A time without a text that cannot be read is reported and gives no moment."""
    note = read('[[Reed]] <a data-t="soon">as he says</a>')
    assert note.links[0].seconds is None
    assert [(p.rule, p.line) for p in note.problems] == [("moment", 4)]


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [
        ("00:00:00", 0),
        ("23:59:59", 86_399),
        ("24:00:00", None),
        ("00:60:00", None),
        ("00:00:60", None),
        ("59:59", 3_599),
        ("60:00", None),
        ("1:02", 62),
        ("[1:02]", 62),
        ("95", 95),
        ("95s", 95),
        ("90m", 5_400),
        ("1h1m35s", 3_695),
        ("99h", None),
        ("999999", None),
        ("", None),
        ("1:2", None),
        ("-1:02", None),
        ("12:34:56:78", None),
        ("soon", None),
        ("9" * 5_000, None),
    ],
)
def test_seconds_in(clock: str, seconds: int | None) -> None:
    """A clock or a number with units gives seconds; 60 minutes, 24 hours or nonsense nothing."""
    assert seconds_in(clock) == seconds


def test_typed_line_is_its_own_sentence() -> None:
    """A line that names a relation is the evidence of its links, without the text around it."""
    assert sentence("From: [[Reed]], [[Oak]] <br/>\nIt goes on.") == "From: Reed, Oak"
