"""Which concept a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.questions.lookup import find_concept
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.stores.base import GraphStore

VAULT = {
    "body/motor_neuron.md": "---\ntitle: Motor Neurone\naliases: [Mn, Alpha Cell]\n---\n"
    "[[Renshaw Cell]]",
    "body/Motor_Unit.md": "",
    "mind/sleep.md": "---\naliases: [mn]\n---\n",
    "body/sleep.md": "",
    "Äther.md": "",
    "CO2.md": "---\naliases: [air]\n---\n",
    "co2.md": "---\naliases: [Air]\n---\n",
}


@pytest.fixture
def store(make_vault: Callable[[dict[str, str]], Path], tmp_path: Path) -> GraphStore:
    store = EmbeddedStore(make_vault(VAULT), index=tmp_path / "index")
    store.refresh()
    return store


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("body/motor_neuron", "body/motor_neuron"),
        ("BODY/Motor_Neuron", "body/motor_neuron"),
        ("body/motor_neuron.md", "body/motor_neuron"),
        ("motor neurone", "body/motor_neuron"),
        ("MOTOR_NEURON", "body/motor_neuron"),
        ("  motor-neuron ", "body/motor_neuron"),
        ("alpha cell", "body/motor_neuron"),
        ("Alpha-Cell", "body/motor_neuron"),
        ("Mn", "body/motor_neuron"),
        ("mn", "mind/sleep"),
        ("motor unit", "body/Motor_Unit"),
        ("renshaw cell", "renshaw cell"),
        ("RENSHAW-CELL", "renshaw cell"),
        ("body/sleep", "body/sleep"),
        ("a\u0308THER", "Äther"),
        ("CO2", "CO2"),
        ("co2", "co2"),
        ("Air", "co2"),
        ("air", "CO2"),
    ],
)
def test_a_name_in_any_case_means_its_concept(store: GraphStore, asked: str, id_: str) -> None:
    """An id, title, file name or alias is found without a word; the exact case goes first."""
    found = find_concept(store, asked)
    assert (found.concept.id, found.note) == (id_, None)


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("rensh", "renshaw cell"),
        ("alph", "body/motor_neuron"),
        ("motor neurn", "body/motor_neuron"),
        ("Renshaw Sell", "renshaw cell"),
    ],
)
def test_a_guess_is_told(store: GraphStore, asked: str, id_: str) -> None:
    """The beginning of one name, or a near-spelling, is taken, and a note says so."""
    found = find_concept(store, asked)
    assert found.concept.id == id_
    assert asked in (found.note or "")
    assert id_ in (found.note or "")


@pytest.mark.parametrize(
    ("asked", "candidates"),
    [
        ("sleep", ["body/sleep", "mind/sleep"]),
        ("Motor", ["body/Motor_Unit", "body/motor_neuron"]),
        ("Co2", ["CO2", "co2"]),
        ("AIR", ["CO2", "co2"]),
        ("MN", ["body/motor_neuron", "mind/sleep"]),
    ],
)
def test_several_concepts_are_listed(store: GraphStore, asked: str, candidates: list[str]) -> None:
    """A name that several answer to is an error that names them all."""
    with pytest.raises(graphkit.AmbiguousConceptError) as told:
        find_concept(store, asked)
    assert [concept.id for concept in told.value.candidates] == candidates
    assert asked in told.value.message


@pytest.mark.parametrize(
    "asked", ["xylophone", "", " ", "/", "\x00", "\udcff", "🦔", "%", "*", "a" * 5000]
)
def test_no_concept_is_an_error(store: GraphStore, asked: str) -> None:
    """What nothing is called, or nearly, is an error of its own, whatever was typed."""
    with pytest.raises(graphkit.NoSuchConceptError) as told:
        find_concept(store, asked)
    assert told.value.candidates == ()


def test_an_unlikely_guess_is_only_offered(store: GraphStore) -> None:
    """A spelling that is not quite near enough is a candidate."""
    with pytest.raises(graphkit.NoSuchConceptError) as told:
        find_concept(store, "motor neuronitis")
    assert [concept.id for concept in told.value.candidates] == ["body/motor_neuron"]


@pytest.mark.parametrize("asked", ["old/motor_neuron", "old/folder/motor neuronitis"])
def test_a_note_that_was_moved_is_offered(store: GraphStore, asked: str) -> None:
    """Of an id that is gone, its last part still tells which note was meant."""
    with pytest.raises(graphkit.NoSuchConceptError) as told:
        find_concept(store, asked)
    assert [concept.id for concept in told.value.candidates] == ["body/motor_neuron"]
