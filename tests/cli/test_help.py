"""Help and the reference made of it: whole, current, and cheap to ask for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkit.cli.app import ALSO, VERBS
from tests.cli_reference import commands, options, reference

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
HEAVY = {
    "frontmatter",
    "kglite",
    "neo4j",
    "networkx",
    "nh3",
    "platformdirs",
    "pyromark",
    "pyvis",
    "rapidfuzz",
    "rich",
    "sqlite3",
    "starlette",
    "uvicorn",
    "yaml",
}


def modules_after(arguments: list[str], environment: dict[str, str]) -> set[str]:
    """Every module that a call has imported when it ends."""
    code = (
        "import sys\nfrom graphkit.cli import main\ntry:\n    main()\n"
        "finally:\n    print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.split())


def test_reference_is_current(request: pytest.FixtureRequest) -> None:
    """``docs/cli.md`` says what the command line declares; a flag writes it anew."""
    if request.config.getoption("--update-transcripts"):
        REFERENCE.write_text(reference(), encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == reference()


def test_every_verb_and_option_is_explained() -> None:
    """No verb, argument or option is without a sentence, in help or in the reference."""
    told = reference()
    for verb, command in commands().items():
        assert f"## graphkit {verb}" in told
        for option in options(command):
            assert option.help
            assert option.help[0].isupper(), option.help
            assert option.help.endswith("."), option.help
            assert all(f"`{name}`" in told for name in option.opts)


@pytest.mark.parametrize("columns", ["80", "100"])
def test_list_of_verbs_is_not_cut(run: Run, columns: str) -> None:
    """``graphkit --help`` and ``graphkit`` alone say of each verb a whole sentence."""
    helped = run("--help", COLUMNS=columns)
    assert helped.returncode == 0
    assert "..." not in helped.stdout.replace("[ARGS]...", "")
    assert helped.stdout == run(COLUMNS=columns).stdout
    for verb, command in commands().items():
        first = command.help.partition("\n")[0]
        assert len(first) <= 60
        assert any(line.split() == [verb, *first.split()] for line in helped.stdout.splitlines()), (
            verb
        )


@pytest.mark.parametrize("verb", [*VERBS, *ALSO])
def test_verb_has_help_of_its_own(run: Run, verb: str) -> None:
    """``graphkit VERB --help`` names each of its options; so does ``-h``."""
    helped = run(verb, "-h")
    assert helped.returncode == 0
    assert helped.stderr == ""
    assert helped.stdout.startswith(f"Usage: graphkit {verb} ")
    for option in options(commands()[ALSO.get(verb, verb)]):
        assert all(name in helped.stdout for name in option.opts)


def test_help_of_the_whole_lists_all_verbs_whatever_follows(run: Run) -> None:
    """``graphkit --help show`` is the help of graphkit."""
    assert run("--help", "show").stdout == run("--help").stdout


def test_help_imports_typer_and_the_declarations_only(environment: dict[str, str]) -> None:
    """Asking for help loads no database, no graph and no parser."""
    loaded = modules_after(["--help"], environment)
    assert not HEAVY & {name.partition(".")[0] for name in loaded}
    own = {name for name in loaded if name.startswith("graphkit.")}
    rooms = ("graphkit.cli", "graphkit.config", "graphkit.errors", "graphkit._version")
    assert all(name.startswith(rooms) for name in own), own


def test_question_imports_no_more_than_it_needs(
    environment: dict[str, str], run: Run, notes: Path
) -> None:
    """A question on notes that have not changed loads SQLite and nothing else that is heavy."""
    run("clusters", vault=notes)
    loaded = modules_after(["--vault", str(notes), "show", "nmj"], environment)
    assert HEAVY & {name.partition(".")[0] for name in loaded} <= {"sqlite3", "platformdirs"}
    finding = ("clustering", "communities", "leiden", "naming", "note_graph", "vault_map")
    assert not loaded & {f"graphkit.questions.{name}" for name in finding}


def test_verb_loads_no_other_verb(environment: dict[str, str]) -> None:
    """A call imports the verb that it names, even where other verbs' names stand behind it."""
    loaded = modules_after(["show", "--help", "path"], environment)
    assert "graphkit.cli.show" in loaded
    assert "graphkit.cli.path" not in loaded


def test_version(run: Run) -> None:
    """``--version`` prints one line and needs no vault."""
    told = run("--version", HOME="/")
    assert told.stdout.startswith("graphkit ")
    assert told.returncode == 0
