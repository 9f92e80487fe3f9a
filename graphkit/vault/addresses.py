"""What an address says: whether it leaves the vault, names a file, a video or a moment of one."""

from __future__ import annotations

import re
from typing import Final

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?=[^\s:])|//")
_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.|m\.|music\.)?(?:youtube(?:-nocookie)?\.com/"
    r"(?:watch\?(?:[^#\s]*&)?v=|shorts/|embed/|live/|v/)|youtu\.be/)([A-Za-z0-9_-]{6,})"
)
_AT = re.compile(r"[?&#](?:t|start)=([^&#\s]+)")
_MEDIA: Final = frozenset(
    """
    avif bmp gif heic ico jpeg jpg png svg tif tiff webp
    3gp aac aiff avi flac m4a mkv mov mp3 mp4 mpeg mpg oga ogg ogv opus wav webm wma
    csv doc docx epub odp ods odt pdf ppt pptx rtf tsv txt xls xlsx
    base bib canvas css excalidraw htm html ipynb json tex xml yaml yml zip
    """.split()
)


def is_external(target: str) -> bool:
    """Whether a link's target leaves the vault: it starts with a scheme or with ``//``."""
    return _SCHEME.match(target) is not None


def is_media(target: str) -> bool:
    """Whether a target ends in a known media or document type (``a.pdf``, not ``Node.js``)."""
    stem, dot, extension = target.partition("#")[0].rpartition(".")
    return bool(stem and dot) and extension.strip().lower() in _MEDIA


def video_in(address: str) -> str | None:
    """The id of the YouTube video that an address names, None where it names none."""
    found = _YOUTUBE.match(address.strip())
    return found[1] if found else None


def moment_in_address(target: str, video: str | None) -> str | None:
    """The time that a link to the note's own video carries, as written (``95``, ``1m35s``).

    Args:
        target: the link's address; ``#t=…`` alone means the note's video.
        video: the id of the note's video.

    Returns:
        The text after ``t=`` or ``start=``, None for any other link.
    """
    if "t=" not in target or not (
        target.startswith("#t=") or (video and video_in(target) == video)
    ):
        return None
    found = _AT.search(target)
    return found[1] if found else None
