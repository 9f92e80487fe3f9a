"""Transcripts: whole command lines with what they print; ``tests/transcripts/README.md`` tells."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TRANSCRIPTS = Path(__file__).parent / "transcripts"
FILES = sorted(path for path in TRANSCRIPTS.glob("*.md") if path.name != "README.md")
COMMAND = "$ "
COMPLAINT = "! "


@dataclass
class Shell:
    """As much of a shell as transcripts need: the current folder, ``cd``, ``cat`` and ``rm``."""

    top: Path
    environment: dict[str, str]

    def __post_init__(self) -> None:
        self.here = self.top

    def run(self, line: str) -> Iterator[str]:
        """Runs a command line; gives what it prints, line by line, as a transcript shows it."""
        words = shlex.split(line)
        settings = {}
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            settings[name] = value.replace("/here", str(self.top))
        words = [word.replace("/here", str(self.top)) for word in words]
        match words:
            case ["cd", folder]:
                self.here = (self.here / folder).resolve()
                assert self.here.is_dir(), line
            case ["cat", file]:
                yield from (self.here / file).read_text(encoding="utf-8").splitlines()
            case ["rm", file]:
                (self.here / file).unlink()
            case ["graphkit", *arguments]:
                yield from self._graphkit(arguments, settings)
            case _:
                raise AssertionError(f"a transcript cannot run {line!r}")

    def _graphkit(self, arguments: list[str], settings: dict[str, str]) -> Iterator[str]:
        ran = subprocess.run(
            [sys.executable, "-m", "graphkit", *arguments],
            cwd=self.here,
            env=self.environment | settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert "should not have happened" not in ran.stderr, ran.stderr
        assert ran.stdout == "" or ran.stdout.endswith("\n"), "the last line has no end"
        for printed in self._shown(ran.stdout):
            assert not printed.startswith((COMMAND, COMPLAINT)), f"ambiguous line {printed!r}"
            yield printed
        yield from (f"{COMPLAINT}{said}" for said in self._shown(ran.stderr))
        if ran.returncode:
            yield f"[exit {ran.returncode}]"

    def _shown(self, printed: str) -> list[str]:
        home = self.environment["HOME"]
        printed = printed.replace(str(self.top), "/here").replace(home, "/home/you")
        return printed.removesuffix("\n").split("\n") if printed else []


def replayed(text: str, shell: Shell) -> str:
    """A transcript with what its commands print now."""
    told: list[str] = []
    lines = iter(text.splitlines())
    for line in lines:
        told.append(line)
        if not line.startswith("```"):
            continue
        fence, _, kind = line.partition(" ") if line.startswith("```file ") else (line, "", "")
        block = []
        for inner in lines:
            if inner.rstrip() == "```":
                break
            block.append(inner)
        if fence == "```file":
            file = shell.top / kind
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(f"{inner}\n" for inner in block), encoding="utf-8")
        elif line == "```console":
            commands = [inner for inner in block if inner.startswith(COMMAND)]
            block = [shown for command in commands for shown in (command, *shell.run(command[2:]))]
        told += [*block, "```"]
    return "\n".join(told) + "\n"


@pytest.mark.parametrize("transcript", FILES, ids=lambda path: path.stem)
def test_prints_what_the_transcript_says(
    transcript: Path,
    notes: Path,
    environment: dict[str, str],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Every command line of a transcript prints exactly what stands there."""
    top = tmp_path.resolve() / "here"
    shutil.copytree(notes, top / "notes")
    text = transcript.read_text(encoding="utf-8")
    now = replayed(text, Shell(top, environment))
    if request.config.getoption("--update-transcripts"):
        transcript.write_text(now, encoding="utf-8")
    else:
        told = unified_diff(text.splitlines(), now.splitlines(), "transcript", "now", lineterm="")
        assert now == text, "\n".join(told)
