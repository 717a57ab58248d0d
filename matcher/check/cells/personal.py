"""Personal numbers: the NIK and what it says, phone numbers, and both masked."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from matcher.check.cells.found import Cell, CellFault, Found
from matcher.check.cells.ids import LONGEST_ID, identifier
from matcher.check.cells.text import is_no_data, plain
from matcher.language import Phrase, say
from matcher.problem import day_number

_AROUND = re.compile(r"[\s.'’‘-]+")
_PHONE = re.compile(r"(?P<front>\+|00)?(?P<digits>[0-9]{8,15})")
_id = identifier()


@dataclass(frozen=True)
class Nik:
    """What a NIK says: province, sex (L or P), and the days of birth it can mean, one in each
    century that has such a day."""

    text: str
    province: str
    sex: str
    births: tuple[int, ...]


def nik(text: str, marks: str = "", *, provinces: Collection[str] | None = None) -> Nik:
    """Return what a NIK says; raise where it cannot be one. `marks` are those of its cell,
    `provinces` the known codes (None: any)."""
    if marks:
        text = _id(Cell(text, marks)).text
    digits = _AROUND.sub("", plain(text))
    if not re.fullmatch("[0-9]{16}", digits):
        raise _damaged(say("a NIK has 16 digits"))
    if provinces is not None and digits[:2] not in provinces:
        raise _damaged(say("no province has the first two digits of this NIK"))
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex, day = ("P", day - 40) if day > 40 else ("L", day)
    births = []
    for century in (1900, 2000):
        try:
            births.append(day_number(date(century + year, month, day)))
        except ValueError:
            continue
    if not births:
        raise _damaged(say("the digits of birth in this NIK are no day"))
    return Nik(digits, digits[:2], sex, tuple(births))


def check_nik(found: Nik, birth: int | None = None, sex: str = "") -> tuple[Phrase, ...]:
    """Return what of a person's row does not agree with the NIK; blanks agree."""
    differ = []
    if birth is not None and birth not in found.births:
        differ.append(say("the NIK and the birth date do not agree"))
    if sex and sex != found.sex:
        differ.append(say("the NIK and the sex do not agree"))
    return tuple(differ)


def phone(cell: Cell) -> Found[str]:
    """Return a phone number as +62…; where its first zero is lost the code is `PHONE`."""
    if is_no_data(cell.text):
        return Found("", "", "NO_DATA_WORD")
    whole = _id(Cell(cell.text[:LONGEST_ID], cell.marks)).text
    numbers = [n for n in re.split("[/;,\n]", plain(whole)) if n.strip() and not is_no_data(n)]
    bare = _AROUND.sub("", re.sub("[()]", "", numbers[0])) if len(numbers) == 1 else ""
    match = _PHONE.fullmatch(bare)
    if not match:
        raise _no_phone()
    front, digits = match["front"] or "", match["digits"]
    code = "NUMBER_FORM"
    if front:
        text = "+" + digits
    elif digits.startswith("0"):
        text = "+62" + digits[1:]
    elif digits.startswith("62") and len(digits) >= 10:
        text = "+" + digits
    elif digits.startswith("8") and 9 <= len(digits) <= 12:
        text, code = "+62" + digits, "PHONE"
    else:
        raise _no_phone()
    if not re.fullmatch(r"\+(?:62[2-9][0-9]{6,12}|(?!62|0)[0-9]{8,15})", text):
        raise _no_phone()
    return Found(text, text, code if text != cell.text else "")


def _damaged(reason: Phrase) -> CellFault:
    return CellFault("NIK_CHECK", reason, say("compare it with the identity card"))


def _no_phone() -> CellFault:
    return CellFault(
        "ID_FORM", say("not a phone number"), say("write one number, as +628120000001")
    )
