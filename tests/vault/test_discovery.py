"""Discovery: which files of a folder are notes, and what is left out."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkit.errors import VaultError
from graphkit.vault.discover import checked_vault, shown_path, walk

if TYPE_CHECKING:
    from collections.abc import Callable


def found(vault: Path) -> list[str]:
    return sorted(walk(vault).notes)


def test_notes_and_files(make_vault: Callable[[dict[str, str]], Path]) -> None:
    """Every ``.md`` file is a note, at any depth; every other file is just there."""
    vault = make_vault(
        {"a.md": "abc", "b/c/d e.md": "", "b/i.png": "", "葦/鳥.md": "", "x.txt": ""}
    )
    walked = walk(vault)
    assert sorted(walked.notes) == ["a.md", "b/c/d e.md", "葦/鳥.md"]
    assert walked.files == {"b/i.png", "x.txt"}
    assert walked.notes["a.md"].size == 3
    assert walked.warnings == ()


def test_hidden_names_are_skipped(make_vault: Callable[[dict[str, str]], Path]) -> None:
    """Folders and files whose name starts with a dot are no part of the vault."""
    vault = make_vault({"a.md": "", ".md": "", ".b.md": "", ".git/c.md": "", "d/.trash/e.md": ""})
    assert found(vault) == ["a.md"]


def test_symbolic_links_are_not_followed(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """A symbolic link is left out, be it to a note, to a folder outside, or in a circle."""
    vault = make_vault({"a.md": "", "b/c.md": ""})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("", encoding="utf-8")
    (vault / "link.md").symlink_to(vault / "a.md")
    (vault / "out").symlink_to(outside, target_is_directory=True)
    (vault / "b" / "up").symlink_to(vault, target_is_directory=True)
    (vault / "dangling.md").symlink_to(vault / "nowhere.md")
    assert found(vault) == ["a.md", "b/c.md"]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        pytest.param(["b/"], ["a.md", "bc.md"], id="folder"),
        pytest.param(["b"], ["a.md"], id="beginning"),
        pytest.param(["b/c.md"], ["a.md", "b/d/e.md", "bc.md"], id="note"),
        pytest.param(["/^b.d/"], ["a.md", "b/c.md", "bc.md"], id="pattern"),
        pytest.param(["/c\\.md$/"], ["a.md", "b/d/e.md"], id="pattern-over-paths"),
        pytest.param([], ["a.md", "b/c.md", "b/d/e.md", "bc.md"], id="none"),
        pytest.param(["", "/", "//", 5, None], ["a.md", "b/c.md", "b/d/e.md", "bc.md"], id="odd"),
    ],
)
def test_ignored_by_the_vaults_settings(
    make_vault: Callable[[dict[str, str]], Path], filters: list[object], left: list[str]
) -> None:
    """What the vault's own settings ignore is left out, by path or by pattern."""
    settings = json.dumps({"userIgnoreFilters": filters})
    files = dict.fromkeys(("a.md", "b/c.md", "b/d/e.md", "bc.md"), "")
    assert found(make_vault(files | {".obsidian/app.json": settings})) == left


@pytest.mark.parametrize(
    "settings",
    [
        "{",
        "[]",
        "5",
        '{"userIgnoreFilters": ["/(/"]}',
        "[" * 100_000,
        '{"userIgnoreFilters": ' + "[" * 100_000,
    ],
)
def test_settings_that_cannot_be_understood(
    make_vault: Callable[[dict[str, str]], Path], settings: str
) -> None:
    """Settings that make no sense ignore nothing, and a warning says so."""
    walked = walk(make_vault({"a.md": "", ".obsidian/app.json": settings}))
    assert sorted(walked.notes) == ["a.md"]
    (warning,) = walked.warnings
    assert ".obsidian/app.json" in warning


@pytest.mark.parametrize("settings", ["{}", '{"userIgnoreFilters": null}'])
def test_settings_without_filters(
    make_vault: Callable[[dict[str, str]], Path], settings: str
) -> None:
    """Settings that ignore nothing are nothing to warn of."""
    assert walk(make_vault({"a.md": "", ".obsidian/app.json": settings})).warnings == ()


def test_file_name_that_is_no_utf8(make_vault: Callable[[dict[str, str]], Path]) -> None:
    """A file name of any bytes is found, and shown with its bad bytes written out."""
    vault = make_vault({"a.md": ""})
    try:
        Path(os.fsdecode(os.fsencode(vault) + b"/b\xff.md")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    assert sorted(map(shown_path, walk(vault).notes)) == ["a.md", "b\\xff.md"]


def test_shown_path_leaves_good_names_alone() -> None:
    """A path of any script is shown as it is."""
    assert shown_path("葦/ä b.md") == "葦/ä b.md"


def test_folder_that_cannot_be_read(make_vault: Callable[[dict[str, str]], Path]) -> None:
    """A folder that may not be read is passed over with a warning."""
    vault = make_vault({"a.md": "", "b/c.md": ""})
    (vault / "b").chmod(0)
    try:
        if os.access(vault / "b", os.R_OK):
            pytest.skip("this user may read everything")
        walked = walk(vault)
    finally:
        (vault / "b").chmod(0o755)
    assert sorted(walked.notes) == ["a.md"]
    (warning,) = walked.warnings
    assert "b/" in warning


def test_vault_that_is_missing_or_a_file(make_vault: Callable[[dict[str, str]], Path]) -> None:
    """A vault that is missing or a file is said to be so, with what to do next."""
    vault = make_vault({"a.md": ""})
    with pytest.raises(VaultError, match="no folder"):
        checked_vault(vault / "nowhere")
    with pytest.raises(VaultError, match="is a file") as told:
        checked_vault(vault / "a.md")
    assert str(vault) in told.value.hint


def test_empty_vault(make_vault: Callable[[dict[str, str]], Path]) -> None:
    """An empty folder is a vault without notes."""
    vault = make_vault({})
    assert checked_vault(vault) == vault.resolve()
    assert found(vault) == []
