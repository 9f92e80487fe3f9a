"""What clusters are called."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.model import Text
from graphkit.questions.clustering import clustering, families
from graphkit.questions.naming import Named, name_clusters
from graphkit.questions.wording import key_of, terms_in, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from graphkit.questions.clustering import Clustering
    from graphkit.stores.base import GraphStore


@pytest.fixture(scope="module")
def store(shared_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with graphkit.open(shared_vault, index=tmp_path_factory.mktemp("index") / "i") as graph:
        yield graph._store  # noqa: SLF001 - questions are asked of stores


@pytest.fixture(scope="module")
def shared(store: GraphStore) -> Clustering:
    return clustering(store)


def text(id_: str, title: str, *headings: str, body: str = "", aliases: Sequence[str] = ()) -> Text:
    return Text(id_, title, tuple(aliases), headings, body, "[]")


def named(
    clusters: Mapping[str, Sequence[Text]], kept: Mapping[str, Named] | None = None
) -> dict[str, str]:
    """The names of clusters of texts."""
    found = name_clusters(
        {id_: [text.id for text in texts] for id_, texts in clusters.items()},
        wording_of(text for texts in clusters.values() for text in texts),
        kept=kept,
    )
    return {id_: told.name for id_, told in found.items()}


def plain(told: str) -> list[str]:
    """Words without the endings of the plural, by a rule of the test's own."""
    return [re.sub("(ies|es|y|s|e)$", "", word) for word in re.findall(r"[^\W_]+", told.casefold())]


def says(note: Text, term: str) -> bool:
    """Whether a note says a term in its title or a heading, word by word."""
    wanted = f" {' '.join(plain(term))} "
    lines = (note.title, *note.aliases, *note.headings)
    return any(wanted in f" {' '.join(plain(line))} " for line in lines)


def test_names_say_what_the_members_say(shared: Clustering, store: GraphStore) -> None:
    """In nine of ten clusters of five or more, half of the members say one of the terms."""
    notes = {note.id: note for note in store.texts()}
    enough = []
    for siblings in families(shared.partition):
        for id_, members in siblings.items():
            if len(members) >= 5:
                terms = shared.names[id_].name.split(", ")
                saying = sum(any(says(notes[m], term) for term in terms) for m in members)
                enough.append(saying >= len(members) / 2)
    assert len(enough) > 60
    assert sum(enough) >= 0.9 * len(enough)


def test_siblings_can_be_told_apart(shared: Clustering) -> None:
    """No two siblings have the same name, and no term names more than two of them."""
    for siblings in families(shared.partition):
        names = [shared.names[id_] for id_ in siblings]
        assert len({told.name.casefold() for told in names}) == len(names)
        times = Counter(term for told in names for term in told.terms)
        assert max(times.values()) <= 2
        shown = Counter(term for told in names for term in told.name.casefold().split(", "))
        assert max(shown.values()) <= 2


def test_names_are_short_and_say_nothing_twice(shared: Clustering) -> None:
    """Two to four terms, none of which holds another; no heading that notes share."""
    for told in shared.names.values():
        terms = told.name.casefold().split(", ")
        assert 2 <= len(terms) <= 4, told.name
        assert not any(one in other for one in terms for other in terms if one is not other)
        assert not {"conclusion", "introduction", "practical", "the", "understanding"} & {
            word for term in terms for word in term.split()
        }


def test_the_same_members_have_the_same_names(shared: Clustering, store: GraphStore) -> None:
    """Whatever order clusters and notes come in, and named once more: the names are the same."""
    texts = list(store.texts())
    random.Random(3).shuffle(texts)  # noqa: S311 - seeded
    parts = list(shared.partition.members("lower").values())
    siblings = families(shared.partition)[0]
    members = {id_: sorted(siblings[id_]) for id_ in siblings}
    one = name_clusters(members, wording_of(texts, parts))
    other = name_clusters(dict(reversed(members.items())), wording_of(texts[::-1], parts[::-1]))
    assert one == other
    assert name_clusters(members, wording_of(texts, parts), kept=one) == one


BREAD = [
    text("b1", "Sourdough starter", "Conclusion"),
    text("b2", "Baking with sourdough starters", "Conclusion"),
    text("b3", "Rye flour", "Sourdough starter", "Conclusion"),
    text("b4", "Flour and water", "Conclusion"),
]
STARS = [
    text("s1", "Red giants", "Conclusion"),
    text("s2", "The light of giants", "Conclusion", aliases=["Starlight"]),
    text("s3", "Light years", "Conclusion"),
    text("s4", "Giants and light", "Conclusion"),
]


def test_a_phrase_comes_before_its_words() -> None:
    """Singular and plural are one, in the form that is written most; shared headings are none."""
    assert named({"b": BREAD, "s": STARS}) == {
        "b": "sourdough starter, flour",
        "s": "giants, light",
    }


def test_words_are_written_as_in_the_notes() -> None:
    """Abbreviations and names keep their capitals; words of headings do not."""
    notes = [
        text("1", "ADHD Medication", body="Medication for ADHD, says Parkinson."),
        text("2", "Medication And Vitamin D In ADHD", body="The medication, and vitamin D."),
        text("3", "Parkinson", "Vitamin D", body="Said by Parkinson."),
        text("4", "Parkinson", "Vitamin D", body="It is Parkinson who said it."),
    ]
    words = named({"a": notes, "b": BREAD})["a"].split(", ")
    assert {"ADHD", "vitamin D", "Parkinson"} & set(words)
    assert not {"adhd", "Adhd", "Vitamin D", "parkinson", "Medication"} & set(words)


def test_a_name_stays_while_half_of_its_members_do() -> None:
    """An earlier name is kept as it was while half of the notes it was made for are there."""
    before = Named("my bread, my butter", ("x", "y"), frozenset(t.id for t in BREAD))
    half = {"b": [*BREAD[:2], text("n", "Butter"), text("m", "Butter")], "s": STARS}
    assert named(half, {"b": before})["b"] == "my bread, my butter"
    less = {"b": [*BREAD[:1], text("n", "Butter"), text("m", "Butter")], "s": STARS}
    assert named(less, {"b": before})["b"] != "my bread, my butter"
    found = name_clusters(
        {"b": [t.id for t in half["b"]]}, wording_of(half["b"]), kept={"b": before}
    )
    assert found["b"] is before


@pytest.mark.parametrize(
    "titles",
    [
        ["2024", "2025", "2026"],
        ["🦴", "💪🏽", "🧠"],
        ["肌肉收缩", "神经系统", "运动单位"],
        ["العضلات والحركة", "الجهاز العصبي", "الوحدة الحركية"],
        ["the", "of", "and"],
        ["a", "b", "c"],
    ],
)
def test_notes_without_words_still_have_a_name(titles: list[str]) -> None:
    """Where no words tell what it is about, titles do; a cluster of one has its note's."""
    notes = [text(str(number), title) for number, title in enumerate(titles)]
    told = named({"many": notes[:2], "one": notes[2:]})
    assert told == {"many": f"{titles[0]}, {titles[1]}", "one": titles[2]}


def test_words_of_other_scripts_are_words() -> None:
    """What several notes say in Arabic or Chinese is a term as in English."""
    arabic = [text(f"a{n}", f"العضلات {word}") for n, word in enumerate(("القلب", "اليد", "العين"))]
    chinese = [text(f"c{n}", title, "神经系统") for n, title in enumerate(("肌肉", "运动", "骨"))]
    told = named({"a": arabic, "c": chinese})
    assert told["a"].startswith("العضلات")
    assert told["c"].startswith("神经系统")


def test_clusters_that_say_the_same_have_different_names() -> None:
    """Their central notes' titles tell them apart, and numbers where these are the same too."""
    same = {
        f"c{n}": [
            text(f"{n}a", "Muscle tone"),
            text(f"{n}b", "Muscle tone"),
            text(f"{n}c", "Rest" if n < 3 else f"Day {n}"),
        ]
        for n in range(5)
    }
    told = named(same)
    assert len({name.casefold() for name in told.values()}) == 5
    assert all(re.search("muscle|tone", name) for name in told.values())


def test_a_title_as_long_as_a_page_is_cut() -> None:
    """A name stays short enough to be read on a line."""
    assert len(named({"c": [text("1", "word " * 500)]})["c"]) < 70
    assert len(named({"c": [text("1", "x" * 5_000)]})["c"]) < 70


def test_terms_of_a_line() -> None:
    """Words and phrases of two, without function words and lone numbers; each may stand whole."""
    assert terms_in("Role of omega-3 fatty acids") == [
        ("role", True),
        ("omega", False),
        ("fatty", False),
        ("acid", True),
        ("omega 3", False),
        ("3 fatty", False),
        ("fatty acid", False),
    ]
    assert [key_of(word) for word in ("Bodies", "stress", "analysis", "Huberman’s", "Café")] == [
        "body",
        "stress",
        "analysis",
        "huberman",
        "cafe",
    ]


WORDS = st.sampled_from("muscle muscles Bone the 3 x 骨 🦴 red-light ADHD of _ , : tone".split())
TITLES = st.lists(WORDS, max_size=5).map(" ".join)


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(TITLES, TITLES), min_size=1, max_size=5), max_size=6))
def test_any_clusters_get_names(clusters: list[list[tuple[str, str]]]) -> None:
    """Whatever notes are called, each cluster has a name of its own on one line."""
    texts = {
        f"c{number}": [
            text(f"{number}-{place}", title, heading)
            for place, (title, heading) in enumerate(titles)
        ]
        for number, titles in enumerate(clusters)
    }
    told = named(texts)
    assert told.keys() == texts.keys()
    assert len({name.casefold() for name in told.values()}) == len(told)
    assert all(name.strip() and "\n" not in name for name in told.values())
    assert named(texts) == told
