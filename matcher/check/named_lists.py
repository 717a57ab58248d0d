"""Lists in a cell: their parts, one by one, and the canonical spelling of the whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from matcher.check import cells
from matcher.check.cells import Cell, CellFault, Found
from matcher.check.terms import CONDITION_WORDS, NOTHING
from matcher.language import say
from matcher.problem import CONDITIONS
from matcher.spelling import did_you_mean
from matcher.vocabulary.names import LONGEST, folded

T = TypeVar("T")
Item = Callable[[str], Found[T]]
FINER = re.compile("([,，/／])")
WINDOW = 6  # no name has more parts between commas and slashes
LONG = 60  # parts; in a longer list no name is looked for across commas
# Faults that another way to split a part may mend.
OF_FORM = {"UNKNOWN_NAME", "JOB_TYPE", "LIST_FORM", "NOT_A_WORD", "NOT_A_DATE", "NOT_A_NUMBER"}


def list_of(cell: Cell, item: Item[T]) -> tuple[list[T], str, str]:
    """Return the values of a list's parts, the list's canonical spelling and its code."""
    if cells.is_no_data(cell.text) or folded(cell.text) in NOTHING:
        return [], "", "NO_DATA_WORD"
    found = [one for part in cells.parts(cell.text) for one in _pieces(part, item)]
    text, code = cells.listed(cell.text, [one.text for one in found])
    code = next((one.code for one in found if one.code), code) if code else ""
    return [one.value for one in found], text, code


EVERY = {
    folded(word)
    for word in ("semua", "semua SO", "all", "any", "全", "全て", "すべて", "全機関", "全送出機関")
}
_CODE = re.compile(r"[A-Za-z]{1,8}[-_ ]?[0-9]{1,8}")


def senders(cell: Cell) -> Found[tuple[str, ...]]:
    """Return the ids of a list; names of organisations keep their commas and slashes."""
    if cells.is_no_data(cell.text, meant=("na", "null")):
        return Found((), "", "NO_DATA_WORD")
    if folded(cell.text) in EVERY:
        return Found((), "", "WORD_FORM")
    parts = cells.parts(cell.text)
    finer = cells.finer_parts(cell.text)
    if all(map(_CODE.fullmatch, finer)):
        parts = finer
    return Found(tuple(sorted(parts)), *cells.listed(cell.text, parts))


def halves(part: str, mark: str, form: str) -> tuple[str, str]:
    """Return the two halves of `part` around its last `mark`; `form` shows how it is written."""
    wide = {"@": "＠", ":": "：", "!": "！"}[mark]
    left, found, right = part.replace(wide, mark).rpartition(mark)
    if not found or not left.strip() or not right.strip():
        reason = say("“{part}” is not of the form {form}", part=part, form=form)
        raise CellFault("LIST_FORM", reason, say("write {form}", form=form))
    return left.strip(), right.strip()


def stated(found: Found[T], part: str, form: str) -> Found[T]:
    """Return what is found of a half that cannot say that nothing is known."""
    if not found.text:
        reason = say("“{part}” is not of the form {form}", part=part, form=form)
        raise CellFault("LIST_FORM", reason, say("write {form}", form=form))
    return found


def condition(part: str) -> Found[str]:
    """Return a condition of the closed list, by a word of it in one of the three languages."""
    name = CONDITION_WORDS.get(folded(part))
    if name is None:
        reason = say("“{part}” is not a condition of the closed list", part=part)
        mend = did_you_mean(part, CONDITIONS) if len(part) <= LONGEST else None
        raise CellFault("NOT_A_WORD", reason, mend or say("one of: {words}", words=CONDITIONS))
    return Found(name, name, read_as(part, name))


def read_as(written: str, name: str) -> str:
    """Return the code of a name that is written otherwise, "" where it is written so."""
    return "" if written == name else "READ_AS"


def _pieces(part: str, item: Item[T]) -> list[Found[T]]:
    """Return what `part` names: each of its finer parts, the whole, or the longest runs of finer
    parts (names may hold commas and slashes)."""
    pieces = FINER.split(part)
    apart = [piece.strip() for piece in pieces[::2] if piece.strip()]
    try:
        if len(apart) > 1:
            return [item(piece) for piece in apart]
    except CellFault:
        pass
    try:
        return [item(part)]
    except CellFault as fault:
        if fault.code not in OF_FORM or len(apart) < 2:
            raise
        return _runs(pieces, item, fault)


def _runs(pieces: list[str], item: Item[T], whole: CellFault) -> list[Found[T]]:
    found: list[Found[T]] = []
    at, count = 0, len(pieces) // 2 + 1
    window = WINDOW if count <= LONG else 1
    while at < count:
        if not pieces[2 * at].strip():
            at += 1
            continue
        faults: list[CellFault] = []
        for end in range(min(count, at + window), at, -1):
            try:
                found.append(item("".join(pieces[2 * at : 2 * end - 1]).strip()))
                break
            except CellFault as fault:
                faults.append(fault)
        else:
            telling = [one for one in faults if one.code not in OF_FORM]
            last = faults[-1]
            raise (*telling, last if found or last.code == "JOB_TYPE" else whole)[0]
        at = end
    return found
