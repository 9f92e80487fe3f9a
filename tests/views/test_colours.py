"""The colours of the pages can be told apart, whichever cones an eye has."""

from __future__ import annotations

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import TYPE_CHECKING

import pytest

from graphkit.questions.places import HUES as NUMBER
from graphkit.views.colours import HUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    Three = tuple[float, float, float]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009), severity 1.0,
# over linear RGB.
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# sRGB, IEC 61966-2-1, and its white, D65.
XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)
PAPERS = (("#fbfaf7", "#ffffff"), ("#16191d", "#1f2329"))
"""What the pages are drawn on, light and dark: ``--paper`` and ``--card`` of ``page.css``."""


def linear(colour: str) -> Three:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return straight(red), straight(green), straight(blue)


def straight(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def times(matrix: Sequence[Sequence[float]], value: Three) -> Three:
    one, two, three = (sum(a * b for a, b in zip(row, value, strict=True)) for row in matrix)
    return one, two, three


def lab(rgb: Three) -> Three:
    within = [min(1.0, max(0.0, value)) for value in rgb]
    found = times(XYZ, (within[0], within[1], within[2]))
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (value / white for value, white in zip(found, WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Three, other: Three) -> float:
    """CIEDE2000, as Sharma, Wu and Dalal write it (Color Research and Application 30, 2005)."""
    mean = (hypot(*one[1:]) + hypot(*other[1:])) / 2
    more = 1 + (1 - sqrt(mean**7 / (mean**7 + 25**7))) / 2
    chroma_one, chroma_other = hypot(more * one[1], one[2]), hypot(more * other[1], other[2])
    hue_one = degrees(atan2(one[2], more * one[1])) % 360
    hue_other = degrees(atan2(other[2], more * other[1])) % 360
    turn = (hue_other - hue_one + 180) % 360 - 180
    if not chroma_one * chroma_other:
        turn = 0.0
    hue = (hue_one + turn / 2) % 360 if chroma_one * chroma_other else hue_one + hue_other
    light, chroma = (one[0] + other[0]) / 2, (chroma_one + chroma_other) / 2
    across = 2 * sqrt(chroma_one * chroma_other) * sin(radians(turn / 2))
    shape = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    by_light = (other[0] - one[0]) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    by_chroma = (chroma_other - chroma_one) / (1 + 0.045 * chroma)
    by_hue = across / (1 + 0.015 * chroma * shape)
    turned = -2 * sqrt(chroma**7 / (chroma**7 + 25**7))
    turned *= sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + turned * by_chroma * by_hue)


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    low, high = sorted(times(XYZ, linear(colour))[1] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((50, -1, 2), (50, 0, 0), 2.3669),
    ],
)
def test_the_measure(one: Three, other: Three, expected: float) -> None:
    """The difference of colours is what its authors published for these pairs."""
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_differ(sight: str, page: int) -> None:
    """Any two hues are 10 apart or more, and so are those of any areas beside each other."""
    assert len(HUES) == NUMBER
    seen = {pair[page]: lab(times(SIGHTS[sight], linear(pair[page]))) for pair in HUES}
    nearest = min(combinations(seen, 2), key=lambda pair: difference(seen[pair[0]], seen[pair[1]]))
    assert difference(seen[nearest[0]], seen[nearest[1]]) >= 10, nearest


@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
def test_they_stand_out(page: int) -> None:
    """Each hue has a contrast of 3 to 1 or more against what it is drawn on."""
    for pair in HUES:
        assert all(contrast(pair[page], paper) >= 3 for paper in PAPERS[page]), pair[page]
