"""Check that the shared vault holds every moment of the example notes for the same video.

    python tests/notes/check_moments.py NOTES_DIR SHARED_VAULT_DIR

A moment is a time in ``<a class="yt-timestamp" data-t="00:16:15">[00:16:15]</a>``. It is wrong if
its text and its ``data-t`` disagree, or if no note of the shared vault with the same ``videoId``
holds that time. A note with moments needs a ``videoId``, and a note with a ``videoId`` needs
moments. The check cannot tell whether the sentence beside a time says what the video says: that is
for a reader.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import frontmatter

ANCHOR = re.compile(r'<a\b[^>]*\bdata-t="(?P<data>[^"]*)"[^>]*>(?P<text>[^<]*)</a>')
# The shared vault also writes times as plain text in brackets: [00:22:20], (00:16:15).
SHARED_TIME = re.compile(r'data-t="([\d:]+)"|[\[(]((?:\d{1,2}:)?\d{1,2}:\d{2})[\])]')


@dataclass(frozen=True)
class Moment:
    """One time in a note: its line (from 1), its ``data-t``, and the text that a reader sees."""

    line: int
    data: str
    text: str


def seconds(time: str) -> int | None:
    """Return the seconds of ``HH:MM:SS`` or ``MM:SS``, or ``None`` if it is not a time."""
    parts = time.strip().strip("[]()").split(":")
    if len(parts) not in (2, 3) or not all(part.isdecimal() for part in parts):
        return None
    hours, minutes, rest = [0, *map(int, parts)][-3:]
    if minutes > 59 or rest > 59:
        return None
    return hours * 3600 + minutes * 60 + rest


def video_id(text: str) -> str | None:
    """Return the ``videoId`` of a note's frontmatter, or ``None`` if it names none."""
    value = frontmatter.loads(text).metadata.get("videoId")
    return str(value) if value else None


def moments(text: str) -> list[Moment]:
    """Return the moments of a note's text in reading order."""
    return [
        Moment(number, match["data"], match["text"])
        for number, line in enumerate(text.splitlines(), start=1)
        for match in ANCHOR.finditer(line)
    ]


def notes_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every Markdown file below a folder with its text, in a fixed order."""
    for path in sorted(folder.rglob("*.md")):
        yield path, path.read_text(encoding="utf-8", errors="replace")


def shared_moments(shared: Path) -> dict[str, set[int]]:
    """Return, for each video of the shared vault, the seconds that its notes hold."""
    held: dict[str, set[int]] = {}
    for _, text in notes_in(shared):
        video = video_id(text)
        if video is None:
            continue
        times = (seconds(data or plain) for data, plain in SHARED_TIME.findall(text))
        held.setdefault(video, set()).update(time for time in times if time is not None)
    return held


def wrong_moments(notes: Path, shared: Path) -> list[str]:
    """Return one ``file:line: reason`` for each moment or note that does not hold."""
    held = shared_moments(shared)
    wrong: list[str] = []
    for path, text in notes_in(notes):
        video, found = video_id(text), moments(text)
        if found and video is None:
            wrong.append(f"{path}:{found[0].line}: has moments but no videoId")
        if video is not None and not found:
            wrong.append(f"{path}:1: has the videoId {video} but no moments")
        for moment in found:
            time = seconds(moment.data)
            where = f"{path}:{moment.line}"
            if time is None:
                wrong.append(f"{where}: {moment.data!r} is not a time")
            elif seconds(moment.text) != time:
                wrong.append(f"{where}: the text {moment.text} differs from data-t {moment.data}")
            elif video is not None and time not in held.get(video, set()):
                wrong.append(f"{where}: no shared note of {video} holds {moment.data}")
    return wrong


def main(arguments: list[str]) -> int:
    """Print each wrong moment, then the counts; return 0 if all hold, 1 if not, 2 on wrong use."""
    folders = [Path(argument) for argument in arguments]
    if len(folders) != 2 or not all(folder.is_dir() for folder in folders):
        print("usage: python check_moments.py NOTES_DIR SHARED_VAULT_DIR", file=sys.stderr)
        return 2
    wrong = wrong_moments(*folders)
    for line in wrong:
        print(line)
    counts = [len(moments(text)) for _, text in notes_in(folders[0])]
    timed = sum(map(bool, counts))
    print(f"{len(counts)} notes, {timed} with moments, {sum(counts)} moments, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
