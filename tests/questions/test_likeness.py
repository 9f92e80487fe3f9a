"""How alike texts are by their words."""

from __future__ import annotations

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model import Text
from graphkit.questions.likeness import (
    counted,
    folded_words,
    product,
    said_by,
    singular,
    telling,
)


def test_words_are_folded() -> None:
    """Case and diacritics make no other word, and every script has words."""
    assert folded_words("Café CAFE cafe\u0301, naïve_Straße") == [
        "cafe", "cafe", "cafe", "naive", "strasse"
    ]  # fmt: skip
    assert folded_words("肌肉 мышца 🧠 42") == ["肌肉", "мышца", "42"]


@given(st.text("aZ09 _-.\n\x1c’—“”–…‘é\u0301ß肌") | st.text())
def test_every_text_has_the_same_words(text: str) -> None:
    """A word more at the end, of whatever script, changes nothing about those before."""
    for more in ("é", "a", "肌"):
        assert folded_words(text + f" {more}")[:-1] == folded_words(text)


def test_titles_count_more() -> None:
    """A word of the title weighs more than one of the body."""
    said = said_by(Text("a", "Nerve", ("Axon",), (), "nerve muscle", "[]"))
    assert said.words == {"nerve": 1 + log(3), "axon": 1 + log(2), "muscle": 1.0}


def test_rare_words_tell_most() -> None:
    """What few notes say tells most; what all say, none say or nobody has counted tells nothing."""
    words = counted("rare common everywhere unknown none".split()).words
    told = telling(words, {"rare": 1, "common": 5, "everywhere": 10, "none": 0, "many": -1}, 10)
    assert list(told) == ["rare", "common"]
    assert told["rare"] == pytest.approx(log(10) ** 2)


@given(st.dictionaries(st.text(min_size=1), st.floats(0.1, 9)), st.data())
def test_product(words: dict[str, float], data: st.DataObject) -> None:
    """The product is that of vectors: in either order the same, and with itself the square."""
    some = data.draw(st.sets(st.sampled_from(sorted(words)))) if words else set()
    part = {word: words[word] for word in some}
    assert product(words, part) == pytest.approx(product(part, words))
    assert sqrt(product(part, part)) == pytest.approx(
        sqrt(sum(weight * weight for weight in part.values()))
    )


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("muscles", "muscle"), ("bodies", "body"), ("reflexes", "reflex"), ("stretches", "stretch"),
        ("stress", "stress"), ("focus", "focus"), ("analysis", "analysis"), ("atp", "atp"),
        ("gas", "gas"), ("мышцы", "мышцы"),
    ],
)  # fmt: skip
def test_plurals(plural: str, one: str) -> None:
    """A plural and its singular are one word; what only looks like a plural stays as it is."""
    assert singular(plural) == one
