"""What the openings' table asks in columns of its own: counts of men and women, ages and night
shifts become seats, wishes and conditions of the work."""

from __future__ import annotations

import re

import numpy as np

from matcher.check import cells
from matcher.check.sheet import Sheet
from matcher.check.wishes import read_wishes
from matcher.language import say
from matcher.problem import CONDITIONS, NO, YES, Numbers

SEXES = ("men", "women")
MOST_SEATS = 100_000
# Columns that become wishes, and the word that names them there.
COUNTED = {"seats_men": "laki-laki", "seats_women": "perempuan"}
AGES = {"age": "usia", "age_from": "usia min", "age_to": "usia maks"}
_PARTS = re.compile("[;；、|｜\n]|[,，](?![0-9])")


def count_seats(sheet: Sheet) -> Numbers:
    """Return the seats: as stated, else the sum of the counts of men and women asked for, which
    become wishes; where both are given they must agree."""
    counted = sheet.has("seats_men") or sheet.has("seats_women")
    seats = sheet.counts("seats", 0, MOST_SEATS, units=cells.PEOPLE, required=not counted)
    if not counted:
        return seats.clip(min=0)
    men, women = (sheet.counts(f"seats_{who}", 0, MOST_SEATS, units=cells.PEOPLE) for who in SEXES)
    summed, wished = [], []
    for row in range(len(sheet)):
        stated, both = int(seats[row]), max(int(men[row]), 0) + max(int(women[row]), 0)
        named = men[row] >= 0 or women[row] >= 0
        if stated < 0 and not named:
            if row not in sheet.bad:
                sheet.blank(row, "seats")
        elif stated < 0:
            seats[row] = both
            sheet.kept["seats"][row] = str(both)
            summed.append(row)
        elif named and both != stated:
            reason = say("{seats} seats, but {n} men and women together", seats=stated, n=both)
            sheet.error(row, "seats", "SEATS_DIFFER", reason, say("correct one of them"))
        elif named:
            wished.append(row)
    if wished:
        reason = say("the counts of men and women become wishes")
        sheet.note(wished[0], "seats_men", "SEATS_SUMMED", reason, wished[1:])
    if summed:
        reason = say("seats are the sum of the counts of men and women, which become wishes")
        sheet.note(summed[0], "seats_men", "SEATS_SUMMED", reason, summed[1:])
    return seats.clip(min=0)


def add_wishes(sheet: Sheet) -> None:
    """Keep counts of men and women, and ages, as wishes: the law restricts them, and nothing is
    scored."""
    for column in AGES:
        sheet.values(column, cells.free_text, "")
    for column, word in {**COUNTED, **AGES}.items():
        added = []
        for row, text in enumerate(sheet.kept.pop(column, [])):
            if text in ("", "0") or cells.is_no_data(text) or not read_wishes(row, text, ""):
                continue
            wishes = filter(None, (sheet.kept["wishes"][row], _wished(word, text)))
            sheet.kept["wishes"][row] = "; ".join(wishes)
            added.append(row)
        if added and column in AGES:
            reason = say("the age becomes a wish of the host, which is not scored")
            sheet.note(added[0], column, "READ_AS", reason, added[1:])


def _wished(word: str, text: str) -> str:
    """Return a cell as wishes: the word before its first part and each other that has a number."""
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    numbered = (place == 0 or re.search("[0-9]", part) for place, part in enumerate(parts))
    return "; ".join(
        f"{word} {part}" if named and not part.casefold().startswith(word) else part
        for part, named in zip(parts, numbered, strict=True)
    )


def add_nights(sheet: Sheet, conditions: Numbers) -> None:
    """Put a yes in a column of its own for night shifts among the conditions of the work."""
    nights = sheet.numbers("night_shift", cells.yes_no)
    bit = 1 << CONDITIONS.index("night_shift")
    named = (conditions > 0) & ((conditions & bit) != 0)
    added = np.flatnonzero((nights == YES) & ~named).tolist()
    for row in added:
        conditions[row] = max(int(conditions[row]), 0) | bit
        kept = filter(None, (sheet.kept["conditions"][row], "night_shift"))
        sheet.kept["conditions"][row] = "; ".join(kept)
    if added:
        reason = say("yes becomes the condition night_shift")
        sheet.note(added[0], "night_shift", "READ_AS", reason, added[1:])
    for row in np.flatnonzero((nights == NO) & named).tolist():
        reason = say("no night shift here, and the conditions name it: it stays a condition")
        sheet.note(row, "night_shift", "UNUSUAL", reason)


def check_fewest(sheet: Sheet, codes: dict[str, Numbers]) -> None:
    """Refuse orders that go ahead only with more people than they have seats, so never."""
    fewest, seats = codes["min_seats"], codes["seats"]
    for row in np.flatnonzero((fewest > seats) & (fewest > 1) & (seats > 0)).tolist():
        if row not in sheet.bad:
            reason = say(
                "more than the {seats} seats: it could never go ahead", seats=int(seats[row])
            )
            mend = say("correct min_seats or seats")
            sheet.error(row, "min_seats", "OUT_OF_RANGE", reason, mend)
