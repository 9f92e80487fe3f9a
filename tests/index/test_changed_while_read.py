"""Notes that are changed, deleted and added while a refresh reads them."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.stores.embedded import EmbeddedStore
from tests.index.kill_many import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Everything = Callable[[Path], dict[str, Any]]

NOTES = {f"n{number}.md": f"On to [[n{number + 1}]].\n" for number in range(9)}


@pytest.fixture
def vault(make_vault: Callable[[dict[str, str]], Path]) -> Path:
    return make_vault(NOTES)


def test_what_happens_between_the_first_note_and_the_last(
    vault: Path, tmp_path: Path, everything_in: Everything
) -> None:
    """A note that goes is gone, one that changes is read as it is then, one that comes waits."""

    def meddle(done: int, _total: int) -> None:
        if done == 1:
            (vault / "n5.md").unlink()
            (vault / "n7.md").write_text("Now to [[nowhere]].\n", encoding="utf-8")
            (vault / "n9.md").write_text("New, to [[n0]].\n", encoding="utf-8")

    with closing(EmbeddedStore(vault, index=tmp_path / "index")) as store:
        told = store.refresh(progress=meddle)
        assert told.notes == 8
        assert "n5.md" not in told.added
        assert not store.nodes(["n5"])["n5"].note
        assert [link.target for link in store.links(["n7"], "out")] == ["nowhere"]
        assert store.refresh().added == ("n9.md",)
        assert store.links(["n9"], "out")[0].target == "n0"
    fill(vault, tmp_path / "new", search=False)
    assert everything_in(tmp_path / "index") == everything_in(tmp_path / "new")


def test_notes_that_are_written_all_the_time(
    vault: Path, tmp_path: Path, everything_in: Everything
) -> None:
    """Refreshes take what they find; when the writing ends, the next one is right."""
    ended = threading.Event()
    wrote = threading.Event()

    def scribble() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            note = vault / f"n{number % 12}.md"
            if number % 5:
                text = f"# {number}\n\n" + f"See [[n{number % 7}]] and [[w{number}]].\n" * 500
                note.write_text(text, encoding="utf-8")
            else:
                note.unlink(missing_ok=True)
            if number > 100:
                wrote.set()

    writer = threading.Thread(target=scribble)
    writer.start()
    try:
        with closing(EmbeddedStore(vault, index=tmp_path / "index")) as store:
            rounds = 0
            while rounds < 8 or not wrote.is_set():
                rounds += 1
                store.refresh()
                assert {node.id for node in store.all_nodes() if node.note} <= {
                    f"n{number}" for number in range(12)
                }
    finally:
        ended.set()
        writer.join()
    for index in ("index", "new"):
        fill(vault, tmp_path / index, search=False)
    assert everything_in(tmp_path / "index") == everything_in(tmp_path / "new")
