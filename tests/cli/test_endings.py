"""The ways in which a call can end: each has its exit code, and none shows a traceback."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkit import cli
from graphkit.cli import app, wants_json

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

TSV = ["--format", "tsv"]


@pytest.fixture
def tool(run: Run, notes: Path) -> Run:
    """Runs the command line with the example as the vault, unless it names another."""
    return partial(run, GRAPHKIT_VAULT=str(notes))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "nmj"], 0, ""),
        (["search", "xylophone"], 0, "No note says that."),
        (["check"], 1, ""),
        (["check", "--rule", "orphan"], 0, ""),
        (["shwo", "nmj"], 2, "No such command 'shwo'."),
        (["shwo", "check"], 2, "No such command 'shwo'."),
        (["neighbours", "nmj", "--depth", "0"], 2, "--depth"),
        (["neighbours", "nmj", "--depth", "far"], 2, "--depth"),
        (["show", "nmj", "--format", "yaml"], 2, "'yaml' is not one of 'table', 'json'"),
        (["show", "nmj", "--password"], 2, "--password"),
        (["show", "xyzzy"], 3, "No concept is called 'xyzzy'."),
        (["show", "\udcff"], 3, "No concept is called"),
        (["show", "n\U0001f9e0" * 5000], 3, "No concept is called"),
        (["show", "fatigue"], 4, "training/fatigue"),
        (["--vault", "/nowhere/at/all", "stats"], 5, "There is no folder"),
    ],
)
def test_exit_codes(tool: Run, arguments: list[str], code: int, said: str) -> None:
    """The exit code tells what kind of ending it was, standard error says it in words."""
    ended = tool(*arguments)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Value error" not in ended.stderr
    assert bool(ended.stdout) == (code < 2 and "xylophone" not in arguments)


@pytest.mark.parametrize(
    ("line", "code", "kind", "candidates"),
    [
        ("show fatigue -fjson", 4, "ambiguous_concept", ["disorders/fatigue", "training/fatigue"]),
        ("--format json show motor-newton", 3, "no_such_concept", ["control/motor_neuron"]),
        ("--format=jsonl show", 2, "usage", []),
        ("-f json stats --vault /nowhere", 5, "vault", []),
        ("export --format json -o /nowhere/x", 5, "store", []),
    ],
)
def test_errors_as_json(tool: Run, line: str, code: int, kind: str, candidates: list[str]) -> None:
    """Where answers are JSON, standard error holds one JSON document in one form."""
    ended = tool(*line.split())
    assert ended.returncode == code
    assert ended.stdout == ""
    error = json.loads(ended.stderr)["error"]
    assert list(error) == ["code", "message", "hint", "candidates"]
    assert error["code"] == kind
    assert error["message"]
    assert [concept["id"] for concept in error["candidates"]] == candidates
    assert all(list(concept) == ["id", "title", "note"] for concept in error["candidates"])


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ("show a", False),
        ("show a -f json", True),
        ("show a -fjsonl", True),
        ("--format=json show a", True),
        ("--format=json show a --format table", False),
        ("search -- -f json", False),
        ("show a --format", False),
    ],
)
def test_wants_json(arguments: str, wanted: bool) -> None:
    """Whether errors are JSON is told from the words alone; the later format wins."""
    assert wants_json(arguments.split()) is wanted


def started(
    arguments: list[str], environment: dict[str, str], vault: Path
) -> subprocess.Popen[bytes]:
    """A call that prints more than a pipe holds, and has begun to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "graphkit", "--vault", str(vault), *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell starts what it runs in the background with interrupts ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    assert process.stdout
    assert process.stdout.read(1)
    return process


def test_interrupted(environment: dict[str, str], notes: Path) -> None:
    """Ctrl-C ends a call with 130 and one sentence."""
    process = started(["export"], environment, notes)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert said == b"Interrupted; everything is as it was.\n"


def test_closed_pipe(environment: dict[str, str], notes: Path) -> None:
    """``graphkit … | head`` ends in silence."""
    process = started(["export"], environment, notes)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


@pytest.mark.parametrize(
    "verb", ["stats", "index", "check", "path nmj sarcomere", "show nmj -fjson"]
)
def test_a_pipe_that_is_closed_from_the_beginning(
    environment: dict[str, str], notes: Path, verb: str
) -> None:
    """Neither is a short answer that nobody reads an error, whatever the verb."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        ended = subprocess.run(
            [sys.executable, "-m", "graphkit", "--vault", str(notes), *verb.split()],
            env=environment,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("verb", ["stats", "export"])
def test_full_disk(environment: dict[str, str], notes: Path, verb: str) -> None:
    """Output that cannot be written is said, once."""
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "graphkit", "--vault", str(notes), verb],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 5
    assert ended.stderr == b"No space left on device.\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams(environment: dict[str, str], notes: Path, closed: str) -> None:
    """A stream that is closed is no trouble."""
    line = f'"{sys.executable}" -m graphkit --vault "{notes}" show nmj {closed}'
    ended = subprocess.run(
        ["sh", "-c", line], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr


def test_unforeseen_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What should never happen asks to be reported; a setting shows where it comes from."""

    def fails(_: list[str]) -> int:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(app, "run", fails)
    monkeypatch.setattr(sys, "argv", ["graphkit", "stats"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 5
    said = capsys.readouterr().err
    assert said.startswith("This should not have happened: ZeroDivisionError: by zero\n")
    assert "GRAPHKIT_TRACEBACK=1" in said
    monkeypatch.setenv("GRAPHKIT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main()


def test_damaged_index(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An index that fails in the middle of a question is named as what is at fault."""

    def fails(_: list[str]) -> int:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(app, "run", fails)
    monkeypatch.setattr(sys, "argv", ["graphkit", "stats", "--format", "json"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 5
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "index"


def test_working_folder_that_is_gone(
    environment: dict[str, str], tmp_path: Path, notes: Path
) -> None:
    """A current folder that has been deleted is said, in words."""
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f'rmdir "{gone}" && exec "{sys.executable}" -m graphkit --vault "{notes}" stats'
    ended = subprocess.run(
        ["sh", "-c", line],
        cwd=gone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    assert ended.returncode in {0, 5}
    assert ended.returncode == 0 or ended.stderr


def test_nowhere_to_keep_an_index(environment: dict[str, str], notes: Path, tmp_path: Path) -> None:
    """Where no index can be kept, the question is answered all the same, with a warning."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    ended = subprocess.run(
        [sys.executable, "-m", "graphkit", "--vault", str(notes), "stats", *TSV],
        env=environment | {"XDG_CACHE_HOME": str(blocked / "cache"), "HOME": str(blocked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0
    assert "notes\t85\n" in ended.stdout
    assert "cannot be written" in ended.stderr
