"""How offices write a cell: the clean cell in, their spelling out, blank ones blank."""

from collections.abc import Callable, Mapping
from datetime import date

from draw import Row

Value = str | int | float | date
Spell = Callable[[str], Value]
Make = Callable[[Row], Value]
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = "月火水木金土日"
WIDE = str.maketrans("0123456789-.", "０１２３４５６７８９－．")
REIWA_BEFORE = 2018


def cell(column: str, spell: Spell = str) -> Make:
    """Return what writes a column: blank where the clean cell is, else as `spell` has it."""
    return lambda row: spell(row[column]) if row[column] else ""


def same(value: Value) -> Make:
    """Return what writes the same in every row."""
    return lambda _: value


def real_day(text: str) -> date:
    """2003-01-14 as a date of the workbook."""
    return date.fromisoformat(text)


def long_day(text: str) -> str:
    """14 Januari 2003"""
    day = real_day(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def slashed_day(text: str) -> str:
    """14/01/2003"""
    return real_day(text).strftime("%d/%m/%Y")


def short_day(text: str) -> str:
    """14-Jan-03"""
    day = real_day(text)
    return f"{day.day:02}-{SHORT_MONTHS[day.month - 1]}-{day.year % 100:02}"


def reiwa_day(text: str) -> str:
    """令和5年1月14日"""
    day = real_day(text)
    return f"令和{day.year - REIWA_BEFORE}年{day.month}月{day.day}日"


def wide_reiwa_day(text: str) -> str:
    """Ｒ５．１．１４"""
    day = real_day(text)
    return "Ｒ" + f"{day.year - REIWA_BEFORE}.{day.month}.{day.day}".translate(WIDE)


def japanese_day(text: str) -> str:
    """2023年1月22日(日)"""
    day = real_day(text)
    return f"{day.year}年{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"


def wide(text: str) -> str:
    """７－７－２"""
    return text.translate(WIDE)


def number(text: str) -> Value:
    """A number of the workbook."""
    return int(text) if text.isdigit() else float(text)


def hundredth(text: str) -> float:
    """95 as the share that a workbook shows as 95%."""
    return float(text) / 100


def thousands(text: str, mark: str) -> str:
    """2.500.000"""
    return f"{int(text):,}".replace(",", mark)


def rupiah(text: str) -> str:
    """Rp 2.500.000"""
    return "Rp " + thousands(text, ".")


def form(pattern: str) -> Spell:
    """Return what writes the cell where the pattern has `{}`."""
    return pattern.format


def word(words: Mapping[str, str]) -> Spell:
    """Return what writes one word for another; words that are not there stay."""
    return lambda text: words.get(text, text)


def listed(mark: str, spell: Spell = str) -> Spell:
    """Return what writes the parts of a list between other marks."""
    return lambda text: mark.join(str(spell(part)) for part in text.split("; "))


def halves(between: str, left: Spell, right: Spell = str) -> Spell:
    """Return what writes both halves of `code:number` or `code@date` in their own way."""

    def spell(text: str) -> str:
        one, found, other = text.partition(between)
        return (
            f"{left(one)}{between}{' ' if between == ':' else ''}{right(other)}" if found else one
        )

    return spell


def nik(row: Row) -> str:
    """Return a number that nobody has: there is no district 32 99 99."""
    day = real_day(row["birth_date"])
    number_of_day = day.day + (40 if row["sex"] == "P" else 0)
    return f"329999{number_of_day:02}{day:%m%y}{int(row['candidate_id'][1:]):04}"


def age(row: Row, on: date) -> int:
    """Return the person's age on a day."""
    born = real_day(row["birth_date"])
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
