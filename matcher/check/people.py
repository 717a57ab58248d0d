"""What a table of people looks like as a whole: one person under two ids, numbers that do not
agree with their rows, columns that one centre left blank. Notes for a person to decide on; nothing
here is merged, scored or screened."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np

from matcher.check import cells
from matcher.check.cells import Cell, CellFault
from matcher.check.identity import fold_names
from matcher.check.sheet import Sheet
from matcher.language import Phrase, say
from matcher.problem import NO_DAY, Numbers

ALIKE = 90  # of 100
MOST_AT_ONCE = 1_000  # of one birth date: beyond it only within such groups
FEWEST_AT_CENTRE = 10
WATCHED = (
    "training_end",
    "training_result",
    "japanese_level",
    "former_trainee",
    "medical",
    "family_consent",
    "available_from",
    "accepted_on",
    "wants_abroad",
    "school",
)
SHORT_FORMS = {"muh": "muhammad", "moh": "muhammad", "mohammad": "muhammad", "m": "muhammad"}
_DIGITS = re.compile("[0-9]+")
TITLES = {"h", "hj", "drs", "dra", "ir"}
SHORT_OR_TITLE = {*SHORT_FORMS, *TITLES}


def note_people(
    sheet: Sheet, ids: Sequence[str], births: Numbers, provinces: Collection[str]
) -> None:
    """Add the notes about people to the sheet; `provinces` are the codes a NIK may begin with."""
    niks = _niks(sheet, births, provinces)
    _note_phones(sheet)
    _note_odd_names(sheet)
    _note_same(sheet, ids, births, niks)
    _note_half_blank(sheet)


def _niks(sheet: Sheet, births: Numbers, provinces: Collection[str]) -> list[str]:
    """Return each row's NIK, "" where it is blank or damaged; those that disagree are noted."""
    found = [""] * len(sheet)
    if not sheet.has("nik"):
        return found
    sexes = sheet.text("sex")
    told: dict[str, tuple[Phrase, list[int]]] = {}
    for row in range(len(sheet)):
        written = sheet.written(row, "nik")
        if not written.strip() or cells.is_no_data(written):
            continue
        birth = None if births[row] == NO_DAY else int(births[row])
        try:
            nik = cells.nik(written, sheet.marks(row, "nik"), provinces=provinces)
            found[row] = nik.text
            faults = cells.check_nik(nik, birth, sexes[row])
        except CellFault as fault:
            faults = () if row in sheet.bad else (fault.reason,)
        for reason in faults:
            told.setdefault(reason.message, (reason, []))[1].append(row)
    for _, (reason, rows) in sorted(told.items()):
        sheet.note(rows[0], "nik", "NIK_CHECK", reason, rows[1:])
    return found


def _note_phones(sheet: Sheet) -> None:
    rows = [
        row for row in range(len(sheet) if sheet.has("phone") else 0) if _lacks_zero(sheet, row)
    ]
    if rows:
        reason = say("phone numbers without their first zero; not used")
        sheet.note(rows[0], "phone", "PHONE", reason, rows[1:])


def _lacks_zero(sheet: Sheet, row: int) -> bool:
    text, _ = cells.tidy(sheet.written(row, "phone"))
    try:
        return bool(text) and cells.phone(Cell(text, sheet.marks(row, "phone"))).code == "PHONE"
    except CellFault:
        return False


def _note_odd_names(sheet: Sheet) -> None:
    rows = [
        row
        for row, name in enumerate(sheet.text("name"))
        if not name.isascii() and cells.is_emoji_or_odd(name)
    ]
    if rows:
        reason = say("pictures or unusual signs in a name; kept as written")
        sheet.note(rows[0], "name", "EMOJI", reason, rows[1:])


def _note_same(sheet: Sheet, ids: Sequence[str], births: Numbers, niks: Sequence[str]) -> None:
    names = _plain_names(sheet.text("name"))
    by_birth: dict[tuple[int, str], list[int]] = defaultdict(list)
    by_nik: dict[str, list[int]] = defaultdict(list)
    rows = zip(range(len(sheet)), ids, births.tolist(), names, niks, strict=True)
    for row, person, birth, name, nik in rows:
        if row in sheet.twice or not person:
            continue
        if birth != NO_DAY and name:
            by_birth[birth, _digits(name)].append(row)
        if nik:
            by_nik[nik].append(row)
    pairs = {
        (first, row)
        for rows in by_nik.values()
        for first, row in pairwise(rows)
        if ids[first] != ids[row]
    }
    told = {pair: say("the same NIK as {place}", place=sheet.place(pair[0])) for pair in pairs}
    for first, row in _alike(by_birth, names):
        if ids[first] != ids[row] and (first, row) not in told:
            told[first, row] = say(
                "the same birth date and a like name as {place}", place=sheet.place(first)
            )
    for (first, row), like in sorted(told.items()):
        reason = say(
            "perhaps one person under two ids, {first} and {second}: {like}. A person decides",
            first=ids[first],
            second=ids[row],
            like=like,
        )
        sheet.note(row, "candidate_id", "SAME_PERSON", reason)


def _alike(
    by_birth: dict[tuple[int, str], list[int]], names: Sequence[str]
) -> list[tuple[int, int]]:
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    pairs = []
    for everybody in by_birth.values():
        if len(everybody) == 1:
            continue
        for start in range(0, len(everybody), MOST_AT_ONCE):
            rows = everybody[start : start + MOST_AT_ONCE]
            held = [names[row] for row in rows]
            near = cdist(held, held, scorer=ratio, score_cutoff=ALIKE, dtype=np.uint8)
            if np.count_nonzero(near) > len(rows):
                # Each person with the first one alike, not with all of them.
                alike = np.triu(near, 1) > 0
                for second in np.flatnonzero(alike.any(axis=0)).tolist():
                    pairs.append((rows[int(alike[:, second].argmax())], rows[second]))
    return pairs


def _plain_names(names: Sequence[str]) -> list[str]:
    """Return each name as two registers would agree on it: its words in order, without titles and
    degrees, short forms in full."""
    folded = fold_names([name.partition(",")[0] for name in names])
    plain = []
    for name in folded:
        words = name.split()
        if not SHORT_OR_TITLE.isdisjoint(words):
            words = [SHORT_FORMS.get(word, word) for word in words if word not in TITLES]
        words.sort()
        plain.append(" ".join(words))
    return plain


def _digits(name: str) -> str:
    """Return the digits in a name: made-up people are often told apart by nothing else."""
    return "".join(_DIGITS.findall(name))


def _note_half_blank(sheet: Sheet) -> None:
    """Tell watched columns of which a centre of some size left over half blank."""
    centres = sheet.text("centre")
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row in sheet.accepted:
        rows_of[centres[row]].append(row)
    for column in WATCHED:
        if not sheet.has(column):
            continue
        texts = sheet.text(column)
        for centre, rows in sorted(rows_of.items()):
            blank = [row for row in rows if not texts[row]]
            if centre and len(rows) >= FEWEST_AT_CENTRE and 2 * len(blank) > len(rows):
                reason = say(
                    "{centre}: blank for {n} of {all} people; is the column missing there?",
                    centre=centre,
                    n=len(blank),
                    all=len(rows),
                )
                sheet.note(blank[0], column, "HALF_UNKNOWN", reason, blank[1:])
