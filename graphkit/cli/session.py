"""One call of the command line: which vault, how to print, and what to say besides."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from graphkit.cli.options import Format
from graphkit.config import find_vault, read_config
from graphkit.errors import UsageError, VaultError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from graphkit.answers import Refreshed
    from graphkit.config import Config
    from graphkit.model import Answer, Concept
    from graphkit.stores.base import GraphStore
    from graphkit.stores.embedded import EmbeddedStore
    from graphkit.stores.neo4j.store import Neo4jStore

_WORTH_A_BAR = 400


class Session:
    """What the options, the environment and ``graphkit.toml`` add up to.

    Args:
        told: the common options that were given, by name.
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self._store: EmbeddedStore | None = None
        self._server: Neo4jStore | None = None
        self._bar: Any = None
        self.refreshed: Refreshed | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_bar()
        if self._store is not None:
            self._store.close()
        if self._server is not None:
            self._server.close()

    @property
    def format(self) -> Format:
        """How the answer is to be printed."""
        return self._told.get("format") or Format.TABLE

    @cached_property
    def _config(self) -> Config:
        return read_config(Path.cwd())

    def open(self, *, verify: bool = False, always: bool = False) -> EmbeddedStore:
        """The vault's own index, in step with the vault, whatever store is named.

        Args:
            verify: find changed notes by their content instead of size and time.
            always: refresh the index even where ``--no-refresh`` says not to.
        """
        if self._store is not None:
            return self._store
        from graphkit.index.settings import Settings
        from graphkit.stores.embedded import EmbeddedStore

        config = self._config
        strict = self._told.get("strict")
        strict = config.strict if strict is None else strict
        membership = Settings().membership if config.membership is None else config.membership
        self._store = EmbeddedStore(
            find_vault(self._told.get("vault"), config, os.environ, Path.cwd()),
            index=self._told.get("index") or os.environ.get("GRAPHKIT_INDEX") or config.index,
            settings=Settings(strict=bool(strict), membership=membership),
        )
        if always or self.refreshes or self._store.is_empty:
            self.refreshed = self._store.refresh(verify=verify, progress=self.progress("Reading"))
            self._end_bar()
            if self.refreshed.rebuilt:
                self.say(f"The index is made anew: {self.refreshed.rebuilt}.")
            for warning in self.refreshed.warnings:
                self.say(warning)
            if not self.refreshed.notes:
                self.say(f"There is no note (*.md) in {self._store.vault}; is that the vault?")
        else:
            self._store.use_as_it_is()
        return self._store

    @property
    def refreshes(self) -> bool:
        """Whether the index is brought into step with the vault: not after ``--no-refresh``."""
        return bool(self._told.get("refresh", True))

    def another(self) -> GraphStore:
        """One more store of the same graph, for another thread, which is to close it."""
        if (address := self.address) is None:
            return self.open().another()
        from graphkit.stores.neo4j.store import Neo4jStore

        return Neo4jStore(address)

    @property
    def query_folders(self) -> list[Path]:
        """Where saved queries of one's own are: in the vault, and where ``graphkit.toml`` says."""
        config = self._config
        folders = [config.queries] if config.queries else []
        try:
            vault = find_vault(self._told.get("vault"), config, os.environ, Path.cwd())
        except VaultError:  # there may be none: the graph may be kept elsewhere
            return folders
        return [Path(vault) / "queries", *folders]

    @property
    def address(self) -> str | None:
        """The address of the Neo4j server that is named; None for the vault's own index."""
        told = self._told.get("store") or os.environ.get("GRAPHKIT_STORE")
        told = told or self._config.store
        return None if told in {None, "embedded"} else told

    @property
    def store(self) -> GraphStore:
        """What questions are put to, opened when first asked for."""
        if self._server is not None:
            return self._server
        address = None if self._store is not None else self.address
        if address is None:
            return self.open()
        from graphkit.stores.neo4j.store import Neo4jStore

        self._server = Neo4jStore(address)
        return self._server

    def concept(self, name: str) -> Concept:
        """The concept that a name means; says so where that is a guess."""
        from graphkit.questions.lookup import find_concept

        found = find_concept(self.store, name)
        if found.note:
            self.say(found.note)
        return found.concept

    def say(self, text: str) -> None:
        """Says something on standard error."""
        from graphkit.views.text import visible

        print(visible(text), file=sys.stderr)  # noqa: T201 - this is where it is said

    def say_about_map(self) -> None:
        """Says so where the vault's own map file is not used."""
        from graphkit.questions.vault_map import vault_map

        if problem := vault_map(self.store).problem:
            self.say(problem)

    def progress(self, what: str) -> Any:  # noqa: ANN401 - a callback, or None
        """A callback that draws a progress bar, on a terminal and for long work only."""
        if not sys.stderr.isatty():
            return None

        def advance(done: int, total: int) -> None:
            if self._bar is not None and self._bar.label != what:
                self._end_bar()
            if self._bar is None:
                if total < _WORTH_A_BAR:
                    return
                import typer

                self._bar = typer.progressbar(length=total, label=what, file=sys.stderr)
                self._bar.__enter__()
            self._bar.update(done - self._bar.pos)

        return advance

    def _end_bar(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None

    def answer(self, answer: Answer, *, graph: bool = False) -> None:
        """Prints an answer in the format that was asked for.

        Args:
            answer: what to print.
            graph: whether it can be printed as a graph.

        Raises:
            UsageError: it cannot be printed in that format.
        """
        self._end_bar()
        from graphkit.views import printing

        graphs = {Format.DOT, Format.MERMAID, Format.GRAPHML, Format.GEXF}
        if self.format in graphs and not graph:
            raise UsageError(
                f"This answer is no graph; it cannot be printed as {self.format}.",
                "Use table, json, jsonl, csv, tsv or markdown.",
            )
        if self.format is Format.GRAPHML:  # which has all properties of concepts
            from graphkit.questions.up_to_date import bring_up_to_date

            bring_up_to_date(self.store)
        printing.print_answer(answer, self.format, self.store)
