"""Ids for people whose table has none: taken from a number the office gives, else made with a key
that stays with the office, so that the same person has the same id next month."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence

from matcher.check import cells
from matcher.check.cells import CellFault
from matcher.check.sheet import Sheet
from matcher.language import say
from matcher.read import Part

SHORTEST_KEY = 16  # characters
NUMBERS = ("participant_no", "transaction_code")
MADE = "K-"
KEY_TABLE = "key_table.csv"
LETTERS = 12
_BETWEEN_WORDS = re.compile(r"[^\w\n]+|_+")


def find_ids(sheet: Sheet, key: bytes) -> list[str]:
    """Return the candidates' ids: the table's own, else per file the participant's number or the
    transaction's code where each row has one of its own, else a keyed hash (HMAC-SHA256) of the
    NIK, else of name and birth date. The columns `candidate_id` of the sheet are filled with them.
    """
    own = sheet.values("candidate_id", cells.identifier(), "")
    numbers = {column: sheet.values(column, cells.identifier(), "") for column in NUMBERS}
    ids = list(own)
    for place, (part, rows) in enumerate(sheet.rows_by_part):
        if "candidate_id" in part.columns:
            for row in rows:
                if not own[row] and row not in sheet.bad:
                    reason, mend = say("the cell is blank"), say("this column must be filled")
                    sheet.error(row, "candidate_id", "BLANK", reason, mend)
            continue
        source = next((name for name in NUMBERS if _is_whole(numbers[name], rows, part, name)), "")
        for row in rows if source else ():
            ids[row] = numbers[source][row]
        if not source and len(rows) and sheet.stands_in(part, "candidate_id"):
            source = _make_ids(sheet, place, part, rows, key, ids)
        if source and len(rows):
            reason = say("no candidate_id: ids are taken or made from {column}", column=source)
            sheet.note(rows[0], source, "ID_MADE", reason)
    for column in NUMBERS:
        sheet.kept.pop(column, None)
    sheet.kept["candidate_id"] = ids
    sheet.check_ids("candidate_id", ids)
    return ids


def fill_names(sheet: Sheet) -> None:
    """Fill blank names from given and family name where a file has them apart."""
    names = sheet.values("name", cells.one_line, "")
    if not (sheet.has("given_name") or sheet.has("family_name")):
        return
    given, family = (
        sheet.values(column, cells.one_line, "") for column in ("given_name", "family_name")
    )
    for row, (whole, first, last) in enumerate(zip(names, given, family, strict=True)):
        if not whole and (first or last):
            sheet.kept["name"][row] = " ".join(filter(None, (first, last)))
    for column in ("given_name", "family_name"):
        sheet.kept.pop(column, None)


def _is_whole(numbers: Sequence[str], rows: range, part: Part, column: str) -> bool:
    held = [numbers[row] for row in rows]
    return column in part.columns and all(held) and len(set(held)) == len(held)


def _make_ids(sheet: Sheet, place: int, part: Part, rows: range, key: bytes, ids: list[str]) -> str:
    if len(key.strip()) < SHORTEST_KEY:
        reason = say(
            "there is no column of ids, and no key in {file} to make them with",
            file=sheet.options.key,
        )
        mend = say(
            "add the column candidate_id, or begin with `matcher new --people`, which writes"
            " the key"
        )
        sheet.refuse_whole(place, "candidate_id", "KEY_MISSING", reason, mend)
        return ""
    niks = [sheet.written(row, "nik") for row in rows]
    names = [fold_name(sheet.text("name")[row]) for row in rows]
    births = [sheet.text("birth_date")[row] for row in rows]
    used = set()
    for row, nik, name, birth in zip(rows, niks, names, births, strict=True):
        try:
            digits = _digits(sheet, row, nik)
        except CellFault as fault:
            sheet.error(row, "nik", fault.code, fault.reason, fault.mend)
            continue
        if digits:
            used.add("nik")
            ids[row] = make_id(key, "nik", digits)
        elif name and birth:
            used.add("name")
            ids[row] = make_id(key, "name", name, birth)
        else:
            reason = say("neither a NIK nor a name and a birth date to make an id from")
            sheet.error(
                row,
                "nik" if "nik" in part.columns else "name",
                "BLANK",
                reason,
                say("fill one of them"),
            )
    return " + ".join(sorted(used, reverse=True))


def _digits(sheet: Sheet, row: int, written: str) -> str:
    """Return a NIK's digits, "" where the cell says nothing; raises `CellFault`."""
    if not written.strip() or cells.is_no_data(written):
        return ""
    try:
        return cells.nik(written, sheet.marks(row, "nik")).text
    except CellFault as fault:
        # Without it the row would get another id, so the row waits for the right number.
        code = "ID_FORM" if fault.code == "NIK_CHECK" else fault.code
        raise CellFault(code, fault.reason, fault.mend) from fault


def make_id(key: bytes, *facts: str) -> str:
    """Return the id that the key makes from facts: the first 60 bits of their HMAC-SHA256, each
    fact with its length before it."""
    parts = [fact.encode() for fact in facts]
    content = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    digest = hmac.new(key.strip(), content, hashlib.sha256).digest()
    return MADE + base64.b32encode(digest).decode()[:LETTERS]


def key_rows(sheet: Sheet) -> list[dict[str, str]]:
    """Return the key table: who is behind each id that was taken or made, and where the row
    stands. It stays with the office and is never part of a batch."""
    rows = []
    for part, places in sheet.rows_by_part:
        if "candidate_id" in part.columns:
            continue
        for row in places:
            rows.append(
                {
                    "candidate_id": sheet.kept["candidate_id"][row],
                    "name": sheet.text("name")[row],
                    "birth_date": sheet.kept["birth_date"][row],
                    "nik": sheet.written(row, "nik").strip(),
                    "file": part.name,
                    "line": str(part.lines[row - places.start]),
                }
            )
    return rows


def fold_name(name: str) -> str:
    """Return a name without case, width and punctuation: what two spellings of it share."""
    return fold_names([name])[0]


def fold_names(names: Sequence[str]) -> list[str]:
    """Return names as `fold_name` does, all of them at once; each stands on one line."""
    whole = unicodedata.normalize("NFKC", "\n".join(names)).casefold().replace("'", "")
    return [" ".join(name.split()) for name in _BETWEEN_WORDS.sub(" ", whole).split("\n")]
