"""Totals and signatures: rows below or between those of a table that are none of its own.

A total begins with a word for it and fills nothing that makes a row of the table but a count. A
signature block ends the sheet: its rows have few cells, no id with a digit and no date or number
first in a required column, and one of them has a word that only signatures have. Everything else
is a row of the table, however little it says: it is refused there, never lost here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.forms import Form, fold
from matcher.grid import Grid
from matcher.read.header import Header

TOTALS = {
    fold(word)
    for word in (
        *("jumlah", "jumlah total", "total", "grand total", "sub total", "rata-rata"),
        *("jumlah peserta", "total peserta", "jumlah seluruhnya", "rekapitulasi"),
        *("合計", "小計", "総計", "計", "合計人数", "募集人数合計"),
    )
}
SIGNATURES = tuple(
    map(
        fold,
        [
            *("mengetahui", "menyetujui", "kepala", "ketua", "direktur", "tanda tangan", "ttd"),
            *("dibuat oleh", "disusun oleh", "diperiksa oleh", "dicetak", "sumber:", "pimpinan"),
            *("keterangan", "catatan", "approved by", "prepared by", "signature", "note:"),
            *("penanggung jawab", "petugas", "以上", "備考", "作成者", "責任者"),
        ],
    )
)
_ABBREVIATED = re.compile(r"(?:a\.?n\.|u\.?b\.|plt\.|nip[.: ]\s*[0-9.]|※|注[:： ])", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(r"[^\W\d_][^,]{2,30},\s*\d{1,2}\D+\d{4}")
_BRACKETED = re.compile(r"[(（][^()（）]+[)）]")
_COUNTED = re.compile(r"[\d.,]+ ?(?:orang|org|people|名|人|%)?")
IDS = (
    *("candidate_id", "participant_no", "transaction_code", "nik", "opening_id", "host_id"),
    *("host_name", "action"),
)
MOST_CELLS = 4


@dataclass(frozen=True)
class Footers:
    """Judges the rows below a header."""

    grid: Grid
    header: Header
    form: Form

    def find(self, others: Sequence[int]) -> set[int]:
        """Return which of the rows (by index) are totals or signatures; `others` are those not
        plainly the table's, in order."""
        filled = {
            index: row
            for index in others
            if (row := {p: c.strip() for p, c in enumerate(self.grid.rows[index]) if c.strip()})
        }
        alone = {
            index
            for index, row in filled.items()
            if len(row) == 1 < len(self.header.names) and _is_signed(row)
        }
        totals = {index for index, row in filled.items() if self._is_total(row)}
        return alone | totals | self._block(filled, totals)

    def _is_total(self, row: dict[int, str]) -> bool:
        first = next(iter(row))
        if fold(row[first].rstrip(" :：")) not in TOTALS and not _said_total(row[first]):
            return False
        others = {place: text for place, text in row.items() if place != first}
        made = self._places(*self.form.required, *IDS) & others.keys()
        if any(not _COUNTED.fullmatch(others[place]) for place in made):
            return False
        return first not in self._places(*IDS) or all(
            _COUNTED.fullmatch(text) for text in others.values()
        )

    def _block(self, filled: dict[int, dict[int, str]], totals: set[int]) -> set[int]:
        """Return the rows of the signature block at the end, where one is there."""
        block: list[int] = []
        last = len(self.grid.rows) - 1
        for index in range(last, self.header.index, -1):
            if index not in filled:
                if any(cell.strip() for cell in self.grid.rows[index]):
                    break
                continue
            if index not in totals and not self._is_foreign(filled[index]):
                break
            block.append(index)
        block = [index for index in reversed(block) if index not in totals]
        signed = [index for index in block if _is_signed(filled[index])]
        ids = self._places(*IDS)
        return {
            index
            for index in block
            if signed and (index >= signed[0] or not ids & filled[index].keys())
        }

    def _is_foreign(self, row: dict[int, str]) -> bool:
        """Return whether a row can belong to a signature block."""
        if len(row) > MOST_CELLS or row.keys() & self._places("action"):
            return False
        if len(row.keys() & self._places(*self.form.required, *IDS)) > 2:
            return False
        for place in row.keys() & self._places(*IDS):
            if any(c.isdigit() for c in row[place]) and not _is_signed({0: row[place]}):
                return False
        facts = self._places(*self.form.required) - self._places(*IDS)
        return not any(row[place][0].isdigit() for place in row.keys() & facts)

    def _places(self, *names: str) -> set[int]:
        return {place for place, name in self.header.names.items() if name in names}


def _said_total(text: str) -> bool:
    """Return whether a text says a total and its number in one cell: “Jumlah: 4 orang”."""
    word, mark, number = text.partition(":")
    return bool(mark) and fold(word) in TOTALS and bool(_COUNTED.fullmatch(number.strip()))


def _is_signed(row: dict[int, str]) -> bool:
    return any(
        fold(text).startswith(SIGNATURES)
        or _ABBREVIATED.match(text)
        or _PLACE_AND_DATE.fullmatch(text)
        or _BRACKETED.fullmatch(text)
        for text in row.values()
    )
