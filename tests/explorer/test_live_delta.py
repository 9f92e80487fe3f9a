"""What is told of a change, held against the whole graph before and after."""

from __future__ import annotations

import tempfile
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graphkit.explorer.delta import MANY, NOTHING, UNTOLD, Seen, look_again
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.embedded import EmbeddedStore
from tests.index.edits import EDITS, PATHS, TEXTS, edit

_ROUNDS = st.tuples(
    st.lists(EDITS, max_size=3),
    st.sampled_from(["", "", "", "clusters", "clusters at once", "another", "another and more"]),
    st.lists(EDITS, max_size=2),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    at_first=st.lists(st.tuples(PATHS, TEXTS), max_size=5),
    rounds=st.lists(_ROUNDS, min_size=1, max_size=4),
)
@example(  # what another process saw in between, and is as before, has not changed
    at_first=[("x.md", "A.\n")],
    rounds=[([("write", "x.md", "B.\n")], "another and more", [("write", "x.md", "A.\n")])],
)
def test_what_is_followed_is_what_is_there(
    at_first: list[tuple[str, str]],
    rounds: list[tuple[list[tuple[Any, ...]], str, list[tuple[Any, ...]]]],
) -> None:
    """Whatever is edited, whoever refreshes and keeps clusters: just what has changed is told."""
    with tempfile.TemporaryDirectory() as place:
        vault = Path(place, "vault")
        vault.mkdir()
        for path, text in at_first:
            edit(vault, "write", path, text)
        with (
            closing(EmbeddedStore(vault, index=Path(place, "index"))) as store,
            closing(EmbeddedStore(vault, index=Path(place, "index"))) as another,
        ):
            store.refresh()
            seen = Seen(store)
            for edits, besides, more in rounds:
                for told in edits:
                    edit(vault, *told)
                earlier = deepcopy(seen)
                before = store.stamp
                if besides.startswith("another"):
                    another.refresh()
                    bring_up_to_date(another)
                if besides == "another and more":
                    for told in more:
                        edit(vault, *told)
                done = store.refresh()
                if besides == "clusters at once":
                    bring_up_to_date(another)
                seen, change = look_again(seen, store, done, before)
                if besides == "clusters":
                    bring_up_to_date(another)
                now = Seen(store)
                assert now.since(seen) == NOTHING
                assert change == now.since(earlier)
                _assert_rows(seen.rows(store, change), store)


def _assert_rows(told: dict[str, Any], store: EmbeddedStore) -> None:
    """Rows say what a card says."""
    for row in told["rows"]:
        ((id_, concept),) = store.concepts([row["id"]]).items()
        assert (row["title"], row["note"]) == (concept.title, concept.note)
        links = [link for link in store.links([id_], "both") if link.source != link.target]
        near: dict[str, bool] = {}
        for link in links:
            other = link.target if link.source == id_ else link.source
            near[other] = near.get(other, True) and link.relation in store.membership
        assert row["near"] == [[other, int(member)] for other, member in sorted(near.items())]
    assert store.concepts(told["gone"]) == {}
    assert all(concept.note for concept in store.concepts(told["texts"]).values())


def test_many_rows_are_not_told(tmp_path: Path) -> None:
    """Where more has changed than is worth telling one by one, the page asks for all of it."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_text("a", encoding="utf-8")
    with closing(EmbeddedStore(vault, index=tmp_path / "index")) as store:
        store.refresh()
        seen, before = Seen(store), store.stamp
        text = "".join(f"[[new {number}]]\n\n" for number in range(MANY))
        (vault / "a.md").write_text(text, encoding="utf-8")
        seen, change = look_again(seen, store, store.refresh(), before)
        assert seen.rows(store, change) == UNTOLD
        assert store.size() == (1, MANY, MANY)
