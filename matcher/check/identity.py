"""Ids for people whose table has none: taken from a number the office gives, else made with a key
that stays with the office, so that the same person has the same id next month."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from matcher.check import cells
from matcher.check.cells import Cell, CellFault
from matcher.check.sheet import Sheet
from matcher.errors import UsageError
from matcher.language import say
from matcher.personal import KEY_FILE, KEY_TABLE
from matcher.read import Part

SHORTEST_KEY = 16  # characters
NUMBERS = ("participant_no", "transaction_code")
MADE = "K-"
KEY_COLUMNS = ["candidate_id", "name", "birth_date", "nik", "file", "line"]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LETTERS = 12
_MADE_ID = re.compile(f"{MADE}[A-Z2-7]{{{LETTERS}}}")
_BETWEEN_WORDS = re.compile(r"[^\w\n]+|_+")


def find_ids(sheet: Sheet, key: bytes) -> list[str]:
    """Return the candidates' ids: the table's own, else per file the participant's number or the
    transaction's code where each row has one of its own, else a keyed hash (HMAC-SHA256) of the
    NIK, else of name and birth date. The column `candidate_id` of the sheet is filled with them.
    """
    ids = sheet.values("candidate_id", cells.identifier(), "")
    for part, rows in sheet.rows_by_part:
        if "candidate_id" in part.columns:
            for row in rows:
                if not ids[row] and row not in sheet.bad:
                    sheet.blank(row, "candidate_id")
    sources: dict[str, str] = {}
    for column in NUMBERS:
        _take_numbers(sheet, column, ids, sources)
    for place, (part, rows) in enumerate(sheet.rows_by_part):
        if _lacks_ids(part, rows, ids) and sheet.stands_in(part, "candidate_id"):
            made_from = _make_ids(sheet, place, part, rows, key, ids)
            _note_source(sheet, part, rows, made_from, sources)
    sheet.kept["candidate_id"] = ids
    sheet.readable = any(ids) and sheet.table.whole
    sheet.check_ids("candidate_id", ids, sources)
    return ids


def _lacks_ids(part: Part, rows: range, ids: list[str]) -> bool:
    return "candidate_id" not in part.columns and len(rows) > 0 and not ids[rows[0]]


def _take_numbers(sheet: Sheet, column: str, ids: list[str], sources: dict[str, str]) -> None:
    """Take a column's numbers as ids in each file in which every row has one, that no other row
    of the table has."""
    lacking = [
        (part, rows)
        for part, rows in sheet.rows_by_part
        if column in part.columns and _lacks_ids(part, rows, ids)
    ]
    if not lacking:
        return
    numbers = {row: _number(sheet, row, column) for _, rows in lacking for row in rows}
    holders: dict[str, list[int]] = defaultdict(list)
    for row, number in [*enumerate(ids), *numbers.items()]:
        holders[number].append(row)
    for part, rows in lacking:
        if all(numbers[row] and _is_one(sheet, holders[numbers[row]]) for row in rows):
            for row in rows:
                ids[row] = numbers[row]
            _note_source(sheet, part, rows, [column], sources)


def _number(sheet: Sheet, row: int, column: str) -> str:
    """Return a participant's number, "" where the cell holds none that can be relied on."""
    text, _ = cells.tidy(sheet.written(row, column))
    try:
        return cells.identifier()(Cell(text, sheet.marks(row, column))).text
    except CellFault:
        return ""


def _is_one(sheet: Sheet, rows: list[int]) -> bool:
    """Return whether rows are one, or the same one again."""
    return len(rows) == 1 or len({sheet.whole_row(row) for row in rows}) == 1


def _note_source(
    sheet: Sheet, part: Part, rows: range, columns: list[str], sources: dict[str, str]
) -> None:
    """Tell from which columns of a part its ids come, and keep the first of them."""
    if columns:
        sources[part.name] = columns[0]
        headers = tuple(part.headers[column] for column in columns)
        reason = say("no candidate_id: ids are taken or made from {columns}", columns=headers)
        sheet.note(rows[0], columns[0], "ID_MADE", reason)


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


def _make_ids(
    sheet: Sheet, place: int, part: Part, rows: range, key: bytes, ids: list[str]
) -> list[str]:
    """Make the ids of one part's rows; return the columns they are made from."""
    if len(key.strip()) < SHORTEST_KEY:
        _ask_for_key(sheet, place)
        return []
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
        elif row not in sheet.bad:
            reason = say("neither a NIK nor a name and a birth date to make an id from")
            sheet.error(
                row,
                "nik" if "nik" in part.columns else "name",
                "BLANK",
                reason,
                say("fill one of them"),
            )
    return sorted(used, reverse=True)


def _ask_for_key(sheet: Sheet, place: int) -> None:
    reason = say("there is no column of ids, and no key in {file} to make them with", file=KEY_FILE)
    mend = say(
        "add the column candidate_id, or begin with `matcher new --people`, which writes the key"
    )
    sheet.refuse_whole(place, "candidate_id", "KEY_MISSING", reason, mend)


def _digits(sheet: Sheet, row: int, written: str) -> str:
    """Return a NIK's digits, "" where the cell says nothing; raises `CellFault`."""
    if not written.strip() or cells.is_no_data(written):
        return ""
    try:
        marks = sheet.marks(row, "nik")
        return cells.nik(cells.identifier()(Cell(written.strip(), marks)).text).text
    except CellFault as fault:
        # Without it the row would get another id, so the row waits for the right number.
        code = "ID_FORM" if fault.code == "NIK_CHECK" else fault.code
        mend = say(
            "write the NIK of the identity card; or leave the column out ([read] columns:"
            " {header}), and ids are made from name and birth date",
            header=f'"{sheet.part_of(row).headers["nik"]}" = ""',
        )
        raise CellFault(code, fault.reason, mend) from fault


def make_id(key: bytes, *facts: str) -> str:
    """Return the id that the key makes from facts: the first 60 bits of their HMAC-SHA256, each
    fact with its length before it."""
    parts = [fact.encode() for fact in facts]
    content = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    digest = hmac.new(key.strip(), content, hashlib.sha256).digest()
    return MADE + base64.b32encode(digest).decode()[:LETTERS]


def needs_key(sheet: Sheet) -> bool:
    """Return whether ids are made with a key, or may be once a file can be read."""
    ids = sheet.kept["candidate_id"]
    return any(
        "candidate_id" not in part.columns
        and (not part or any(not ids[row] or _MADE_ID.fullmatch(ids[row]) for row in rows))
        for part, rows in sheet.rows_by_part
    )


def key_rows(sheet: Sheet) -> list[list[str]]:
    """Return the key table's rows: who is behind each id that was made, and where the row stands.
    It stays with the office and is never part of a batch."""
    ids, names = sheet.kept["candidate_id"], sheet.text("name")
    births = sheet.kept["birth_date"]
    return [
        [
            ids[row],
            names[row],
            births[row],
            sheet.written(row, "nik").strip(),
            part.name,
            str(part.lines[row - rows.start]),
        ]
        for part, rows in sheet.rows_by_part
        if "candidate_id" not in part.columns
        for row in rows
        if _MADE_ID.fullmatch(ids[row])
    ]


def key_table(rows: Iterable[list[str]], earlier: bytes = b"") -> bytes:
    """Return the key table as CSV, the people of an `earlier` one who are not in `rows` behind
    them; raises `UsageError` where that one is no key table."""
    found = [[_defused(cell) for cell in row] for row in rows]
    known = {row[0] for row in found}
    held = csv.reader(io.StringIO(earlier.decode("utf-8-sig", "replace"), newline=""))
    header, *left = list(held) or [KEY_COLUMNS]
    if header != KEY_COLUMNS:
        told = say("{file} is not as matcher wrote it; put it elsewhere.", file=KEY_TABLE)
        raise UsageError(told)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(KEY_COLUMNS)
    writer.writerows([*found, *(row for row in left if row and row[0] not in known)])
    return text.getvalue().encode()


def _defused(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def fold_name(name: str) -> str:
    """Return a name without case, width and punctuation: what two spellings of it share."""
    return fold_names([name])[0]


def fold_names(names: Sequence[str]) -> list[str]:
    """Return names as `fold_name` does, all of them at once; each stands on one line."""
    if not names:
        return []
    whole = unicodedata.normalize("NFKC", "\n".join(names)).casefold().replace("'", "")
    return [" ".join(name.split()) for name in _BETWEEN_WORDS.sub(" ", whole).split("\n")]
