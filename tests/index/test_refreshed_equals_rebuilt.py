"""After any sequence of edits the refreshed index says what one made from nothing says."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.index.settings import Settings
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.embedded import EmbeddedStore
from tests.index.conftest import assert_clusters_told
from tests.index.edits import EDITS, PATHS, TEXTS, edit

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = st.tuples(
    st.lists(EDITS, max_size=4),
    st.sampled_from(["", "", "", "verify", "strict", "membership", "search", "clusters"]),
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    at_first=st.lists(st.tuples(PATHS, TEXTS), max_size=5),
    rounds=st.lists(_ROUNDS, min_size=1, max_size=5),
    say=st.booleans(),
)
def test_a_refreshed_index_says_what_a_new_one_says(
    everything_in: Callable[[Path], dict[str, Any]],
    at_first: list[tuple[str, str]],
    rounds: list[tuple[list[tuple[Any, ...]], str]],
    say: bool,
) -> None:
    """Whatever is edited, moved, deleted, renamed or set, a refresh is as good as a rebuild."""
    place = Path(tempfile.mkdtemp())
    try:
        vault = place / "vault"
        vault.mkdir()
        for path, text in at_first:
            edit(vault, "write", path, text)
        how = Settings()
        with closing(EmbeddedStore(vault, index=place / "kept", settings=how)) as store:
            store.refresh()
            if say:
                store.search("words", 1)
        for number, (edits, besides) in enumerate(rounds):
            for told in edits:
                edit(vault, *told)
            if besides == "strict":
                how = how._replace(strict=not how.strict)
            elif besides == "membership":
                how = how._replace(membership=() if how.membership else ("FROM",))
            with closing(EmbeddedStore(vault, index=place / "kept", settings=how)) as store:
                store.refresh(verify=besides == "verify")
                if besides == "search":
                    store.search("words", 1)
                    say = True
                elif besides == "clusters":
                    bring_up_to_date(store)
                    assert_clusters_told(store)
            with closing(EmbeddedStore(vault, index=place / f"{number}", settings=how)) as store:
                store.refresh()
                if say:
                    store.search("words", 1)
            assert everything_in(place / "kept") == everything_in(place / f"{number}")
    finally:
        shutil.rmtree(place)


def _with_notes(place: Path, notes: dict[str, str]) -> EmbeddedStore:
    for name, text in notes.items():
        edit(place / "vault", "write", name, text)
    store = EmbeddedStore(place / "vault", index=place / "index")
    store.refresh()
    return store


def test_a_note_that_goes_leaves_an_unresolved_concept_with_its_links(tmp_path: Path) -> None:
    """Links to a deleted note are counted, and its title is how the links spell it."""
    with closing(_with_notes(tmp_path, {"a.md": "[[Zed]] and [[Zed]]", "zed.md": ""})) as store:
        (tmp_path / "vault" / "zed.md").unlink()
        assert store.refresh().links_resolved_anew == 2
        node = store.nodes(["zed"])["zed"]
        assert (node.note, node.title, node.in_degree, node.neighbours) == (False, "Zed", 2, 1)


def test_a_link_to_a_folder_is_no_link_to_the_note_of_that_name(tmp_path: Path) -> None:
    """What is written as a folder stays unresolved, whatever notes come and go."""
    with closing(_with_notes(tmp_path, {"a.md": "[[x/]] [[./]] [[/ x]]", "x.md": ""})) as store:
        before = [link.target for link in store.all_links()]
        assert "x" not in before
        (tmp_path / "vault" / "x.md").unlink()
        store.refresh()
        assert [link.target for link in store.all_links()] == before
