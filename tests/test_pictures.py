"""Pictures: well formed whatever is shown, lengths and places that agree with the numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as some
from markupsafe import Markup

from matcher.language import LANGUAGES, words_of
from matcher.report.content.values import Bar, Flow, Pictures, Spread, Step, Tile
from matcher.report.page.pictures import STYLE, draw_pictures
from matcher.report.page.pictures.bars import LONGEST, PARTS, ROW, draw_funnel, draw_groups
from matcher.report.page.pictures.curve import draw_curve
from matcher.report.page.pictures.fit import draw_fit
from matcher.report.page.pictures.flow import LEAST, draw_flow
from matcher.report.page.pictures.shapes import HALF_EM, WIDE, shorten
from matcher.report.page.pictures.tiles import PLACES, draw_centres, draw_prefectures
from matcher.vocabulary import load_vocabulary

ENGLISH = words_of("en")
HOSTILE = "<script>alert(1)</script>\" onload='x' ]]> &amp; \u202e\x1b[2J\x00 "
# What a text may hold and XML may not is shown as its number, so any text will do.
texts = some.one_of(some.text(max_size=60), some.just(HOSTILE), some.just("長い名前" * 60))
counts = some.integers(0, 30_000)
bars = some.lists(
    some.builds(
        lambda label, parts, note: Bar(label, sum(parts), parts, note),
        texts,
        some.tuples(counts, counts, counts, counts),
        texts,
    ),
    max_size=6,
).map(tuple)
tiles = some.lists(
    some.builds(
        lambda code, label, ends: Tile(code, label, min(ends), max(ends)),
        some.sampled_from([*PLACES, "", "99"]),
        texts,
        some.tuples(counts, counts),
    ),
    max_size=8,
    unique_by=lambda tile: tile.code,
).map(tuple)
flows = some.lists(some.builds(Flow, texts, texts, some.integers(1, 9_000)), max_size=13).map(tuple)
spreads = some.lists(
    some.builds(
        lambda label, n, ends: Spread(label, n, *sorted(ends)),
        texts,
        counts,
        some.tuples(*[some.integers(0, 740_000)] * 5),
    ),
    max_size=6,
).map(tuple)
curves = some.lists(
    some.builds(Step, counts, counts, some.none() | counts, some.booleans(), some.booleans()),
    max_size=12,
).map(tuple)
pictures = some.builds(
    Pictures, bars, spreads, some.just(740_000), bars, tiles, tiles, flows, curves, bars
)
TAGS = set(
    re.findall(
        "[a-z0-9]+",
        "div figure figcaption h3 p svg title desc defs pattern rect path text polyline circle ul"
        " li details summary table thead tbody tr th td",
    )
)
ATTRIBUTES = set(
    re.findall(
        "[a-zA-Z-]+",
        "id class viewBox role aria-labelledby aria-describedby aria-label aria-hidden tabindex"
        " scope x y cx cy r d width height points fill patternUnits",
    )
)
NAMES = ("funnel", "groups", "flow", "fit", "doubt", "prefectures", "centres", "curve")
HALF_CENT = Decimal("0.005")
NUMBER = re.compile(r"-?[0-9]+")


def tree(picture: str) -> Element:
    """Return a picture read as XML, which forgives nothing that HTML does."""
    root: Element = fromstring(picture)
    return root


def marks(picture: Markup, name: str, *looks: str) -> list[dict[str, int]]:
    """Return the whole numbers of the shapes of a name (and of one of the looks) in order."""
    svg = next(tree(picture).iter("svg"))
    return [
        {key: int(value) for key, value in one.attrib.items() if NUMBER.fullmatch(value)}
        for one in svg.iter(name)
        if not looks or one.get("class") in looks
    ]


def cells(picture: Markup) -> list[list[str]]:
    """Return the rows of a picture's table."""
    body = next(tree(picture).iter("tbody"))
    return [["".join(cell.itertext()) for cell in row] for row in body]


@settings(max_examples=40, deadline=None)
@given(pictures, some.sampled_from(LANGUAGES))
def test_whatever_is_shown_is_well_formed(shown: Pictures, language: str) -> None:
    """Every picture with values is there with a title, a description and a row of its table for
    each value; nothing but plain shapes and texts, no script, no style, no id twice."""
    drawn = draw_pictures(shown, 100, words_of(language))
    names = [name for name in NAMES if getattr(shown, name)]
    assert [tree(one).get("id") for one in drawn] == [f"picture-{name}" for name in names]
    assert [len(cells(one)) for one in drawn] == [len(getattr(shown, name)) for name in names]
    whole = tree(f"<div>{''.join(drawn)}</div>")
    ids = [one.get("id") for one in whole.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in whole.iter():
        assert one.tag in TAGS and set(one.attrib) <= ATTRIBUTES
    for image in whole.iter("svg"):
        named = {image.get("aria-labelledby"), image.get("aria-describedby")}
        assert image.get("aria-hidden") or named <= set(ids)


@settings(max_examples=40, deadline=None)
@given(pictures)
def test_every_coordinate_is_whole_and_within_the_picture(shown: Pictures) -> None:
    """Shapes begin at whole numbers and stay within the view, so that nothing is cut off."""
    for picture in draw_pictures(shown, 100, ENGLISH):
        svg = next(tree(picture).iter("svg"))
        _, _, wide, high = map(int, str(svg.get("viewBox")).split())
        drawn = [one for one in svg if one.tag != "defs"]
        for one in drawn:
            left, top = int(one.get("x", one.get("cx", 0))), int(one.get("y", one.get("cy", 0)))
            right, foot = int(one.get("width", 0)) + left, int(one.get("height", 0)) + top
            assert 0 <= left <= right <= wide and 0 <= top <= foot <= high
            for x, y in re.findall(r"(-?[0-9.]+),(-?[0-9.]+)", one.get("points", one.get("d", ""))):
                assert 0 <= int(x) <= wide and 0 <= int(y) <= high


@settings(deadline=None)
@given(texts, some.integers(0, 400), some.sampled_from((8, 10, 12)))
def test_a_text_is_shortened_to_its_room(text: str, room: int, size: int) -> None:
    """A text that is cut is the start of the whole with a mark, and longer room shows no less."""
    shown = shorten(text, room, size)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))
    assert len(shorten(text, room + 50, size)) >= len(shown)
    if len(text) * size <= room:
        assert shown == text
    if text.isascii() and len(shown) > 1:
        assert len(shown) * HALF_EM * size <= room * 100


@settings(deadline=None)
@given(some.lists(some.tuples(counts, counts, counts, counts), min_size=1, max_size=6))
def test_bars_are_as_long_as_their_numbers(parts: list[tuple[int, int, int, int]]) -> None:
    """Each bar begins at the edge, is as long as its number against the greatest, and has its parts
    end to end; the table says the same."""
    groups = [Bar(str(at), sum(one), one) for at, one in enumerate(parts)]
    picture = draw_groups(groups, ENGLISH)
    most = max(bar.whole for bar in groups)
    svg = next(tree(picture).iter("svg"))
    rows: dict[int, list[tuple[int, int]]] = {}
    for box in (one for one in svg if one.tag == "rect"):
        x, y, width = (int(box.attrib[key]) for key in ("x", "y", "width"))
        rows.setdefault(y // ROW, []).append((x, x + width))
    for at, bar in enumerate(groups):
        edges = rows.get(at, [(0, 0)])
        assert edges[0][0] == 0 and edges[-1][1] == (bar.whole * LONGEST // most if most else 0)
        assert all(left[1] == right[0] for left, right in pairwise(edges))
    assert cells(picture) == [
        [bar.label, *map(ENGLISH.number, (bar.whole, *bar.parts))] for bar in groups
    ]


def test_parts_of_a_bar_differ_without_colour() -> None:
    """Each part has a look of its own: filled, striped, an outline, crossed."""
    picture = draw_groups([Bar("welding", 40, (10, 10, 10, 10))], ENGLISH)
    svg = next(tree(picture).iter("svg"))
    looks = [one.get("fill") or one.get("class") for one in svg if one.tag == "rect"]
    assert len(set(looks)) == len(looks) == len(PARTS)
    patterns = {one.get("id"): str([kid.get("d") for kid in one]) for one in svg.iter("pattern")}
    assert {look[5:-1] for look in looks if look and look.startswith("url")} == set(patterns)
    assert len(set(patterns.values())) == len(patterns)


@settings(deadline=None)
@given(some.permutations(range(0, 160, 20)))
def test_funnel_keeps_the_order_of_numbers(steps: list[int]) -> None:
    """Of two steps the one with more people has the longer bar."""
    widths = marks(draw_funnel([Bar(str(n), n, ()) for n in steps if n], ENGLISH), "rect", "firm")
    assert sorted(range(len(widths)), key=lambda at: widths[at]["width"]) == sorted(
        range(len(widths)), key=lambda at: [n for n in steps if n][at]
    )


def test_every_prefecture_has_a_place_of_its_own() -> None:
    """All 47 by official code, none on another, north above south and east right of west."""
    assert sorted(PLACES) == [f"{n:02}" for n in range(1, 48)]
    assert len(set(PLACES.values())) == 47
    assert len(load_vocabulary().prefectures) == 47
    north_to_south = ["01", "02", "04", "07", "13", "14"], ["35", "40", "43", "46", "47"]
    for line in north_to_south:
        tops = [PLACES[code][1] for code in line]
        assert tops == sorted(tops)
    west_to_east = ["42", "34", "33", "27", "29", "24", "22", "14"]
    lefts = [PLACES[code][0] for code in west_to_east]
    assert lefts == sorted(set(lefts))


@settings(deadline=None)
@given(some.sampled_from(sorted(PLACES)), counts, counts)
def test_a_tile_is_filled_as_far_as_its_seats_are(code: str, one: int, other: int) -> None:
    """An empty tile shows nothing, a full one all, and only the prefectures given are filled."""
    filled, whole = sorted((one, other))
    picture = draw_prefectures([Tile(code, "Here", filled, whole)], ENGLISH)
    (vessel,) = marks(picture, "rect", "vessel")
    (level,) = marks(picture, "rect", "level")
    assert (vessel["x"], vessel["y"]) == PLACES[code]
    assert level["y"] + level["height"] == vessel["y"] + vessel["height"]
    assert level["height"] == (vessel["height"] * filled // whole if whole else 0)
    assert len(marks(picture, "rect", "vacant")) == 46
    assert cells(picture) == [["Here", *map(ENGLISH.number, (filled, whole))]]


def test_seats_without_a_known_prefecture_are_shown_too() -> None:
    """They stand where the map is empty, and touch no prefecture."""
    picture = draw_prefectures([Tile("", "not recorded", 1, 3)], ENGLISH)
    (vessel,) = marks(picture, "rect", "vessel")
    for place in marks(picture, "rect", "vacant"):
        apart = place["x"] >= vessel["x"] + vessel["width"]
        assert apart or place["y"] >= vessel["y"] + vessel["height"]
    assert (
        len(marks(draw_centres([Tile("", str(n), 1, 2) for n in range(5)], ENGLISH), "rect", "rim"))
        == 5
    )


@settings(deadline=None)
@given(some.lists(some.tuples(*[some.integers(0, 4)] * 2, some.integers(1, 90)), min_size=1))
def test_streams_fill_their_posts_from_top_to_foot(drawn: list[tuple[int, int, int]]) -> None:
    """The streams of a post lie beside one another without gap or overlap, from edge to edge."""
    picture = draw_flow([Flow(f"p{left}", f"j{right}", n) for left, right, n in drawn], ENGLISH)
    posts = marks(picture, "rect", "firm")
    assert all(post["height"] >= LEAST for post in posts)
    svg = next(tree(picture).iter("svg"))
    edges: dict[int, list[tuple[int, int]]] = {}
    for path in svg.iter("path"):
        ends = [int(y) for _, y in re.findall(r"([0-9]+),([0-9]+)", str(path.get("d")))]
        feet = re.search(r"V([0-9]+)", str(path.get("d")))
        assert feet
        edges.setdefault(0, []).append((ends[0], ends[-1]))
        edges.setdefault(1, []).append((ends[3], int(feet[1])))
    for side, left in ((0, 0), (1, WIDE - 8)):
        for post in (one for one in posts if one["x"] == left):
            top, foot = post["y"], post["y"] + post["height"]
            own = sorted(edge for edge in edges[side] if top <= edge[0] and edge[1] <= foot)
            assert own[0][0] == top and own[-1][1] == foot
            assert all(one[1] == two[0] for one, two in pairwise(own))
    assert sum(int(row[-1]) for row in cells(picture)) == sum(n for *_, n in drawn)


@settings(deadline=None)
@given(some.tuples(*[some.integers(0, 740_000)] * 5))
def test_a_spread_lies_on_the_line_in_order(ends: tuple[int, ...]) -> None:
    """Least, quartiles and greatest stand from left to right, the table says them in points."""
    picture = draw_fit([Spread("welding", 3, *sorted(ends))], 740_000, ENGLISH)
    svg = next(tree(picture).iter("svg"))
    lines = [one.get("points", "") for one in svg if one.get("class") == "whisker"]
    least, greatest = (int(point.split(",")[0]) for point in lines[0].split())
    (box,) = marks(picture, "rect", "firm")
    assert least <= box["x"] <= box["x"] + box["width"] <= greatest + 1
    told = [Decimal(cell) for cell in cells(picture)[0][2:]]
    assert all(
        abs(one - Decimal(end) / 10_000) <= HALF_CENT
        for one, end in zip(told, sorted(ends), strict=True)
    )


def test_the_knee_is_marked_by_shape() -> None:
    """The knee is a square, the others circles; what is not proved is hollow."""
    steps = [
        Step(0, 5, 10, True, False),
        Step(1, 9, 20, True, True),
        Step(2, 9, None, False, False),
    ]
    picture = draw_curve(steps, ENGLISH)
    assert len(marks(picture, "rect", "mark")) == 1
    assert len(marks(picture, "circle", "mark")) == 1
    assert len(marks(picture, "circle", "mark hollow")) == 1
    assert [row[2] for row in cells(picture)][-1] == "–"


def test_the_style_covers_every_look_and_loads_nothing() -> None:
    """Each class that is drawn has a rule; there is a dark and a printed form; no outside file."""
    style = STYLE.read_text(encoding="utf-8")
    bar = (Bar("a", 4, (1, 1, 1, 1)),)
    tile = (Tile("23", "Aichi", 1, 2), Tile("", "?", 1_000, 2_000))
    spread = (Spread("a", 1, 1, 2, 3, 4, 5),)
    curve = (Step(0, 1, 1, True, True), Step(1, 2, 2, False, False))
    shown = Pictures(bar, spread, 740_000, bar, tile, tile, (Flow("a", "b", 1),), curve, bar)
    used = {
        look
        for one in tree(f"<div>{''.join(draw_pictures(shown, 9, ENGLISH))}</div>").iter()
        for look in one.get("class", "").split()
    }
    assert {look for look in used if not re.search(rf"\.{look}\b", style)} <= {"start"}
    assert "prefers-color-scheme: dark" in style and "@media print" in style
    assert not re.search(r"url\(|@import|expression", style)
