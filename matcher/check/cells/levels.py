"""Levels of Japanese: JLPT, and the tests that count as a level of it."""

from __future__ import annotations

import re

from matcher.check.cells.found import Cell, CellFault, Found
from matcher.check.cells.text import is_no_data, plain
from matcher.language import say
from matcher.problem import LEVELS, NOT_TESTED, UNKNOWN

LEVEL_WORDS = {
    **{level.casefold(): place for place, level in enumerate(LEVELS)},
    **{f"nat-test {5 - place + 1}q": place for place in range(1, 6)},
    "jft-basic a2": 2,
    "tidak ada": 0,
    "なし": 0,
    "不問": 0,
    "not tested": NOT_TESTED,
    "belum tes": NOT_TESTED,
    "未受験": NOT_TESTED,
}
JFT = "JFT-Basic A2"
_NOT_TESTED = (
    *("belumpernahtes", "belumtest", "belumpernahtest", "belumujian", "belumpernahujian"),
    *("belumikuttes", "belumikutujian", "notyettested", "nottestedyet", "untested"),
)
_AT_LEAST = re.compile(
    r"^\s*(?:min(?:imal|imum|\.)?|least|at least)\s*(?=[nj])"
    r"|\s*(?:以上|程度|ke atas|or above|or higher|keatas)\s*$",
    re.IGNORECASE,
)
_PASSED = "(?:lulus|passed|合格)"
_JLPT = re.compile(rf"{_PASSED}?(?:jlpt|日本語能力試験)?n([1-5]){_PASSED}?")
_NAT = re.compile(rf"(?:(?:日本語)?nat(?:test)?(?:n?([1-5])|([1-5])(?:q|級))|([1-5])q){_PASSED}?")
# A2 is set beside N4 by the rules of ESD; D and E of J.TEST are those accepted for N3 and N4.
_OTHERS = {
    "jftbasica2": 2,
    "jfta2": 2,
    "jteste": 2,
    "jteste級": 2,
    "jtestd": 3,
    "jtestd級": 3,
}


def level(cell: Cell) -> Found[int]:
    """Return the place of a level in `LEVELS`, or `NOT_TESTED`.

    Grades that could belong to several tests (`4級`, `A2`) are refused.
    """
    word = plain(cell.text)
    if word.casefold() in LEVEL_WORDS:
        return Found(LEVEL_WORDS[word.casefold()], word, "WIDTH" if word != cell.text else "")
    key = re.sub(r"[\s._‐-―-]+", "", word.casefold())
    place = _place(key)
    if place is not None:
        text = _canonical(key, place)
        return Found(place, text, "LEVEL_FORM")
    if is_no_data(cell.text):
        return Found(UNKNOWN, "", "NO_DATA_WORD")
    raise _not_a_level("not tested")


def is_jft(text: str) -> bool:
    """Return whether a canonical level was shown by JFT-Basic, which care work does not count."""
    return text.casefold().startswith("jft")


def tested_level(cell: Cell) -> Found[int]:
    """Return the place of the level in `LEVELS` that is asked; “or above” is what asking means."""
    least = _AT_LEAST.sub("", plain(cell.text))
    found = level(Cell(least, cell.marks))
    if least != cell.text:
        found = Found(found.value, found.text, "LEVEL_FORM")
    if found.value == NOT_TESTED:
        raise _not_a_level()
    return found


def _canonical(key: str, place: int) -> str:
    if key.startswith("jft"):
        return JFT
    return "not tested" if place == NOT_TESTED else LEVELS[place]


def _place(key: str) -> int | None:
    if key in _NOT_TESTED:
        return NOT_TESTED
    if found := _JLPT.fullmatch(key):
        return 6 - int(found[1])
    if found := _NAT.fullmatch(key):
        return 6 - int(found[1] or found[2] or found[3])
    return _OTHERS.get(key)


def _not_a_level(*more: str) -> CellFault:
    return CellFault(
        "NOT_A_LEVEL",
        say("not a level of Japanese that is known"),
        say(
            "one of: {words}; or the test by its name, as JFT-Basic A2, NAT-TEST 4Q, J.TEST E",
            words=(*LEVELS, *more),
        ),
    )
