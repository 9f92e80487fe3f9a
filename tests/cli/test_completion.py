"""Shell completion: verbs, options and concept names, by the protocol of Typer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def complete(run: Run, notes: Path) -> Callable[[str], list[str]]:
    """What bash offers for the last word of a command line, with the example as the vault."""

    def completed(line: str) -> list[str]:
        told = run(
            _GRAPHKIT_COMPLETE="complete_bash",
            COMP_WORDS=line,
            COMP_CWORD=str(len(line.replace("\\ ", "_").split()) - (not line.endswith(" "))),
            GRAPHKIT_VAULT=str(notes),
        )
        assert told.stderr == ""
        return told.stdout.split("\n")[:-1]

    return completed


def test_concepts(complete: Callable[[str], list[str]]) -> None:
    """Concept names that begin as typed are offered, one for each concept."""
    assert complete("graphkit show muscle_s") == ["muscle_spindle", "muscle_strength"]
    assert complete("graphkit path nmj acetylcholin") == [
        "acetylcholine",
        "acetylcholinesterase",
        "acetylcholinesterase_inhibitors",
        "acetylcholinesterse",
    ]


@pytest.mark.parametrize("place", ["neighbors", "export --around", "path a b --avoid"])
def test_wherever_a_concept_stands(complete: Callable[[str], list[str]], place: str) -> None:
    """Every argument and option that names a concept completes it."""
    assert complete(f"graphkit {place} golgi") == ["golgi_tendon_organ"]


def test_case_stays_as_typed(complete: Callable[[str], list[str]]) -> None:
    """The beginning stays as typed, as shells want it, and what is offered is understood."""
    assert complete("graphkit show Golgi") == ["Golgi_tendon_organ"]


def test_spaces(complete: Callable[[str], list[str]], run: Run, notes: Path) -> None:
    """Where no space was typed ``_`` stands for one, so that nothing has to be quoted."""
    assert complete("graphkit show rate") == ["rate_coding"]
    assert complete("graphkit show Golgi\\ t") == ["Golgi tendon organ"]
    assert run("show", "rate_coding", vault=notes).stdout.startswith("rate coding\n")


def test_verbs_and_options(complete: Callable[[str], list[str]]) -> None:
    """Verbs and options are offered too."""
    assert complete("graphkit s") == ["show", "search", "stats"]
    assert "--through-index" in complete("graphkit neighbours nmj --t")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells(run: Run, notes: Path, shell: str) -> None:
    """Shells that can do so show the concept's title beside its name."""
    told = run(
        _GRAPHKIT_COMPLETE=f"complete_{shell}",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS=f"graphkit --vault {notes} show nmj golgi",
    )
    assert "golgi_tendon_organ" not in told.stdout  # show takes one concept
    told = run(
        _GRAPHKIT_COMPLETE=f"complete_{shell}",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS=f"graphkit --vault {notes} show golgi",
    )
    assert "golgi_tendon_organ" in told.stdout
    assert "Golgi tendon organ" in told.stdout


def test_nothing_where_there_is_no_vault(run: Run) -> None:
    """A shell that is completing hears no complaint."""
    told = run(
        _GRAPHKIT_COMPLETE="complete_bash",
        COMP_WORDS="graphkit --vault /nowhere show a",
        COMP_CWORD="4",
    )
    assert told.stdout.strip() == ""
    assert told.stderr == ""
