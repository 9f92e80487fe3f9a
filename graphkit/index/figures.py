"""What the index counts and what was found wrong in it: for ``stats`` and ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.index.rows import IndexRows, concept_of

if TYPE_CHECKING:
    from graphkit.model import Concept


class IndexFigures(IndexRows):
    """Reads numbers and findings out of an index."""

    def problems(self) -> list[tuple[str, str, int | None, str, str | None]]:
        """What could not be taken as written: path, rule, line, message, suggestion."""
        return self._run(
            "SELECT path, rule, line, message, suggestion FROM problem"
            " JOIN note ON note.id = problem.note ORDER BY path, line, rule, problem.id"
        )

    def files(self) -> list[str]:
        """The paths of the vault's files that are no notes."""
        return [row[0] for row in self._run("SELECT path FROM file ORDER BY path")]

    def edges(self) -> list[tuple[int, int]]:
        """Every link as a pair of concept numbers, for counting."""
        return self._run(
            "SELECT link.source, target.concept FROM link JOIN target ON target.id = link.target"
            " WHERE target.concept IS NOT NULL"
        )

    def counts(self) -> dict[str, int]:
        """The numbers that ``stats`` gives and that can be counted where they are."""
        one = {
            "notes": "FROM note",
            "unresolved": "FROM concept WHERE note = 0",
            "links": "FROM link JOIN target ON target.id = link.target WHERE concept IS NOT NULL",
            "resolved_links": "FROM link JOIN target ON target.id = link.target"
            " WHERE resolved_by IS NOT NULL",
            "ambiguous_links": "FROM link JOIN target ON target.id = link.target"
            " WHERE ambiguous <> '[]'",
            "links_with_moment": "FROM link JOIN target ON target.id = link.target"
            " WHERE concept IS NOT NULL AND seconds IS NOT NULL",
            "external_links": "FROM reference",
            "attachments": "FROM link JOIN target ON target.id = link.target WHERE concept IS NULL",
            "tags": "FROM (SELECT DISTINCT tag FROM tag)",
            "problems": "FROM problem",
        }
        return {key: self._run(f"SELECT COUNT(*) {rest}")[0][0] for key, rest in one.items()}

    def sizes(self) -> tuple[int, int, int]:
        """The numbers of notes, of concepts without one, and of links."""
        query = "SELECT IFNULL(SUM(note), 0), COUNT(*), IFNULL(SUM(out_degree), 0) FROM concept"
        ((notes, concepts, links),) = self._run(query)
        return notes, concepts - notes, links

    def links_by_kind(self) -> dict[str, int]:
        """Numbers of link occurrences by kind."""
        return dict(
            self._run(
                "SELECT kind, COUNT(*) FROM link JOIN target ON target.id = link.target"
                " WHERE concept IS NOT NULL GROUP BY kind ORDER BY kind"
            )
        )

    def numbered_notes(self) -> dict[int, bool]:
        """Every concept's number, and whether it is a note."""
        return {
            row[0]: bool(row[1]) for row in self._run("SELECT id, note FROM concept ORDER BY key")
        }

    def linked_most(self, limit: int, *, note: bool) -> list[tuple[Concept, int]]:
        """The notes, or the unresolved concepts, with the most links that point to them."""
        rows = self._run(
            "SELECT key, title, note, in_degree FROM concept WHERE note = ? AND in_degree > 0"
            " ORDER BY in_degree DESC, key LIMIT ?",
            (note, limit),
        )
        return [(concept_of(row), row[3]) for row in rows]

    def unlinked_paths(self) -> list[str]:
        """Paths of the notes without a link to or from another concept."""
        return [
            row[0]
            for row in self._run(
                "SELECT path FROM note WHERE NOT EXISTS (SELECT 1 FROM link JOIN target"
                " ON target.id = link.target WHERE link.source = note.id"
                " AND target.concept <> note.id) AND NOT EXISTS (SELECT 1 FROM target"
                " JOIN link ON link.target = target.id WHERE target.concept = note.id"
                " AND link.source <> note.id) ORDER BY path"
            )
        ]
