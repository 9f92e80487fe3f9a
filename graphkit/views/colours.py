"""The colours of everything that is told apart by its hue: folders on a page, clusters on a map.

Any two of them differ by 10 or more (CIEDE2000) to the eye, and also to one that lacks a kind of
cones: protan, deutan or tritan (as Machado, Oliveira and Fernandes simulate it, 2009). Each stands
out from the page at 3 to 1 or more. They were found by trying at random, kept quiet on purpose.
Colour is never the only sign.
"""

from __future__ import annotations

from typing import Final

HUES: Final = (
    ("#1f66c7", "#5080e4"),
    ("#df465f", "#f76b85"),
    ("#1e9a78", "#98d278"),
    ("#a87f00", "#c09e18"),
    ("#a53b88", "#ab5ea9"),
    ("#055962", "#02b7bf"),
    ("#961b02", "#c95821"),
    ("#9d7bdc", "#c19bff"),
    ("#69733b", "#6f8d59"),
    ("#674f39", "#ebbfb2"),
)
"""Each as it is on a light page and on a dark one: blue, red, green, gold, purple, teal, rust,
lavender, olive and brown."""
