"""Tiles that fill up: a prefecture at its place on a grid, a training centre in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from matcher.language import Phrase, Words, say
from matcher.report.content.values import Tile
from matcher.report.page.pictures.figure import Numbers, frame
from matcher.report.page.pictures.shapes import box, write
from matcher.vocabulary import load_vocabulary

SIDE, GAP, SMALL, LARGE = 32, 2, 8, 10
LETTERS, ONE_LINE = 6, 5  # of a name, and of a count that stands in one line
HOKKAIDO = "北海道"  # has no kind to leave out
WIDTH, HEIGHT, ACROSS = 180, 42, 2  # of a tile in a row, and how many stand in one
# Where the prefectures lie, by official code, north above: each beside its neighbours.
GRID = """\
.. .. .. .. .. .. .. .. .. .. 01
.. .. .. .. .. .. .. .. .. 02 ..
.. .. .. .. .. .. .. .. 05 03 ..
.. .. .. .. .. .. .. .. 06 04 ..
.. .. .. .. .. .. 17 16 15 07 ..
.. .. .. .. .. 18 21 20 10 09 08
.. 32 31 28 26 25 23 19 11 13 12
35 34 33 .. 27 29 24 22 14 .. ..
41 40 .. .. .. 30 .. .. .. .. ..
42 44 .. 38 37 .. .. .. .. .. ..
43 45 .. 39 36 .. .. .. .. .. ..
.. 46 .. .. .. .. .. .. .. .. ..
47 .. .. .. .. .. .. .. .. .. ..
"""
PLACES = {
    code: (column * SIDE, row * SIDE)
    for row, line in enumerate(GRID.splitlines())
    for column, code in enumerate(line.split())
    if code.isdigit()
}


def draw_prefectures(tiles: Sequence[Tile], words: Words) -> Markup:
    """Return the seats of each prefecture on a grid that lies as the country does; those without
    seats are empty, seats with no prefecture known stand in the free corner."""
    given = {tile.code: tile for tile in tiles if tile.code in PLACES}
    drawn: list[Markup] = []
    for number, name in enumerate(load_vocabulary().prefectures.values(), start=1):
        code = f"{number:02}"
        x, y = PLACES[code]
        tile = given.get(code)
        drawn += _draw_place(x, y, _shorten_name(words(name), words), tile, words)
    elsewhere = [tile for tile in tiles if tile.code not in PLACES]
    for at, tile in enumerate(elsewhere):
        drawn += _draw_tile(0, at * HEIGHT, tile, words)
    title = say("Seats by prefecture")
    reading = say(
        "Each tile is a prefecture, filled as far as its seats are; the number is seats filled of"
        " seats."
    )
    titles = (say("prefecture"), say("seats filled"), say("seats"))
    height = (1 + max(y for _, y in PLACES.values()) // SIDE) * SIDE
    return frame("prefectures", title, reading, drawn, height, _list(titles, tiles, words), words)


def draw_centres(tiles: Sequence[Tile], words: Words) -> Markup:
    """Return the people of each training centre who take part and are proposed."""
    drawn: list[Markup] = []
    for at, tile in enumerate(tiles):
        drawn += _draw_tile(at % ACROSS * WIDTH, at // ACROSS * HEIGHT, tile, words)
    title = say("People by training centre")
    reading = say(
        "Each tile is a training centre, filled as far as its people are proposed; the number is"
        " people proposed of people who take part."
    )
    titles = (say("centre"), say("proposed"), say("people who take part"))
    height = -(-len(tiles) // ACROSS) * HEIGHT
    return frame("centres", title, reading, drawn, height, _list(titles, tiles, words), words)


def _list(titles: tuple[Phrase, ...], tiles: Sequence[Tile], words: Words) -> Numbers:
    rows = tuple((tile.label, tile.filled, tile.whole) for tile in tiles)
    return Numbers(tuple(map(words, titles)), rows)


def _shorten_name(name: str, words: Words) -> str:
    """Return what of a name has room on the map, where the place says the rest: in Japanese without
    the kind of the prefecture, else its first letters."""
    if words.language == "ja":
        return name if name == HOKKAIDO else name[:-1]
    return name[:LETTERS]


def _draw_place(x: int, y: int, name: str, tile: Tile | None, words: Words) -> Iterator[Markup]:
    side, middle = SIDE - GAP, x + (SIDE - GAP) // 2
    if tile is None:
        yield box(x, y, side, side, "vacant")
        yield write(middle, y + side // 2 + 3, name, SIDE, "quiet middle", SMALL)
        return
    yield from _fill(x, y, side, side, tile)
    told = _count(tile, words)
    if len(told) <= ONE_LINE:
        yield write(middle, y + 12, name, SIDE, "middle", SMALL)
        yield write(middle, y + 25, told, SIDE, "strong middle", LARGE)
        return
    filled, whole = told.split("/")
    for line, text in enumerate((name, filled, f"/{whole}")):
        yield write(middle, y + 9 * line + 9, text, SIDE, "middle", SMALL)


def _draw_tile(x: int, y: int, tile: Tile, words: Words) -> Iterator[Markup]:
    wide, high = WIDTH - 2 * GAP, HEIGHT - 2 * GAP
    yield from _fill(x, y, wide, high, tile)
    yield write(x + 6, y + 15, tile.label, wide - 12)
    yield write(x + 6, y + 31, _count(tile, words), wide - 12, "strong")


def _fill(x: int, y: int, wide: int, high: int, tile: Tile) -> Iterator[Markup]:
    """A square fills from its foot, a broad tile from the left: no edge runs along its text."""
    filled, whole = min(tile.filled, tile.whole), max(1, tile.whole)
    yield box(x, y, wide, high, "vessel")
    if wide > high:
        yield box(x, y, wide * filled // whole, high, "level")
    else:
        level = high * filled // whole
        yield box(x, y + high - level, wide, level, "level")
    yield box(x, y, wide, high, "rim")


def _count(tile: Tile, words: Words) -> str:
    return f"{words(tile.filled)}/{words(tile.whole)}"
