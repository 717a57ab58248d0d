"""How parts of a whole look: by a pattern each, so that they differ without colour."""

from __future__ import annotations

from markupsafe import Markup

from matcher.report.page.pictures.shapes import SIZE, box, element, join

SIDE = 6
FIRM, OPEN_RULES, FREE, CLOSED = "firm", "striped", "free", "crossed"
_LINES = {OPEN_RULES: "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", CLOSED: "M0,0 l6,6 M0,6 l6,-6"}


def define_patterns(picture: str, looks: tuple[str, ...]) -> Markup:
    """Return the definitions of the looks that a picture of that name uses."""
    defined = [_define(picture, look) for look in looks if look in _LINES]
    return element("defs", *defined) if defined else Markup("")


def _define(picture: str, look: str) -> Markup:
    inside = join(
        box(0, 0, SIDE, SIDE, f"ground-{look}"), element("path", d=_LINES[look], class_="hatch")
    )
    return element(
        "pattern",
        inside,
        id=f"picture-{picture}-{look}",
        width=SIDE,
        height=SIDE,
        patternUnits="userSpaceOnUse",
    )


def fill(picture: str, look: str, x: int, y: int, width: int, height: int) -> Markup:
    """Return a rectangle of a look."""
    if look not in _LINES:
        return box(x, y, width, height, look)
    return box(x, y, width, height, "edged", fill=f"url(#picture-{picture}-{look})")


def show_looks(picture: str, names: tuple[tuple[str, str], ...]) -> Markup:
    """Return the legend: what each (look, name) means."""
    rows = [
        element(
            "li",
            element(
                "svg",
                fill(picture, look, 1, 1, SIZE + 4, SIZE),
                width=SIZE + 6,
                height=SIZE + 2,
                aria_hidden="true",
            ),
            " ",
            name,
        )
        for look, name in names
    ]
    return element("ul", *rows, class_="looks") if rows else Markup("")
