"""The workbooks of three centres, each in the layout of its office."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from draw import Dice, Row
from received_layouts import BEKASI, MAKASSAR, MEDAN, Layout

CREATED = datetime(2022, 12, 9, 8, 0, 0)


def write_bekasi(path: Path, people: Sequence[Row]) -> None:
    """Write the export of the centre, with the office's titles, total and signature."""
    book = _open(path)
    sheet = book.add_worksheet("Data Peserta")
    logo = book.add_format({"bold": True, "font_color": "#1F4E79", "font_size": 12})
    sheet.write(0, 0, "SIAPkerja – BPVP CONTOH BEKASI", logo)
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.write(1, 0, "DATA PESERTA PELATIHAN BERBASIS KOMPETENSI TAHUN 2022", title)
    last = _table(book, sheet, 3, BEKASI, people, header="#BDD7EE", percent=("Absensi",))
    bold = book.add_format({"bold": True, "border": 1})
    sheet.write(last, 0, "JUMLAH", bold)
    sheet.write(last, 1, f"{len(people)} orang", bold)
    names = [header for header, _ in BEKASI]
    paid = names.index("Biaya yang Sudah Dibayar")
    total = sum(int(person["cost_to_candidate"] or 0) for person in people)
    column = xlsxwriter.utility.xl_col_to_name(paid)
    sheet.write_formula(last, paid, f"=SUM({column}5:{column}{last})", bold, total)
    signed = ("Bekasi, 9 Desember 2022", "Mengetahui,", "Kepala BPVP Contoh Bekasi")
    under = book.add_format({"underline": 1, "bold": True})
    for place, text in enumerate(signed):
        sheet.write(last + 2 + place, 8, text)
    sheet.write(last + 8, 8, "(Nama Kepala Contoh)", under)
    sheet.write(last + 9, 8, "NIP. 00000000 000000 0 000")
    notes = book.add_worksheet("Catatan")
    for place, text in enumerate(
        (
            "Catatan untuk petugas",
            "Kolom setelah “Tanggal Penempatan” ditambahkan oleh BPVP Contoh Bekasi.",
            "Semua orang dalam berkas ini rekaan.",
        )
    ):
        notes.write(place, 0, text)
    hidden = book.add_worksheet("referensi")
    for place, text in enumerate(("Lulus", "Tidak Lulus", "Dalam Proses")):
        hidden.write(place, 0, text)
    hidden.hide()
    book.close()


def write_makassar(path: Path, people: Sequence[Row]) -> None:
    """Write the form of a private school: merged titles, marks, a dash where nothing is known."""
    book = _open(path)
    sheet = book.add_worksheet("SISWA ANGKATAN I")
    title = book.add_format({"bold": True, "font_size": 14, "align": "center", "border": 1})
    sheet.merge_range(0, 0, 0, 11, "DAFTAR SISWA PROGRAM MAGANG JEPANG", title)
    sheet.merge_range(1, 0, 1, 11, "LPK CONTOH MAKASSAR – ANGKATAN I – DESEMBER 2022", title)
    _table(book, sheet, 2, MAKASSAR, people, header="#FFE699", nothing="-")
    book.close()


def write_medan(path: Path, people: Sequence[Row]) -> None:
    """Write a register in English, everything as text, its columns in an order of their own."""
    book = _open(path)
    sheet = book.add_worksheet("Register")
    columns = [*MEDAN[:1], *Dice(2022).shuffled(MEDAN[1:])]
    last = _table(book, sheet, 0, columns, people, header="#C6E0B4")
    sheet.autofilter(0, 0, last - 1, len(columns) - 1)
    sheet.freeze_panes(1, 1)
    book.close()


def _open(path: Path) -> Any:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    book.set_properties({"author": "Petugas Contoh", "created": CREATED})
    return book


def _table(
    book: Any,
    sheet: Any,
    top: int,
    columns: Layout,
    people: Sequence[Row],
    *,
    header: str,
    nothing: str = "",
    percent: Sequence[str] = (),
) -> int:
    """Write header and rows from the row `top` on; return the first row below."""
    head = book.add_format(
        {"bold": True, "bg_color": header, "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    plain = book.add_format({"border": 1, "valign": "top"})
    wrapped = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    day = book.add_format({"border": 1, "valign": "top", "num_format": "dd/mm/yyyy"})
    share = book.add_format({"border": 1, "valign": "top", "num_format": "0%"})
    sheet.set_row(top, 45)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(top)
    heights = dict.fromkeys(range(top + 1, top + 1 + len(people)), 1)
    for place, (name, make) in enumerate(columns):
        sheet.write_string(top, place, name, head)
        longest = max(len(name) // 2, *map(len, name.split()), 6)
        for row, person in enumerate(people, top + 1):
            made = make(person)
            value = nothing if made == "" else made
            lines = str(value).splitlines()
            longest = max([longest, *map(len, lines)])
            heights[row] = max(heights[row], len(lines))
            if isinstance(value, date):
                sheet.write_datetime(row, place, datetime(*value.timetuple()[:3]), day)
            elif isinstance(value, str):
                write = sheet.write_string if value else sheet.write_blank
                write(row, place, value or None, wrapped if "\n" in value else plain)
            else:
                sheet.write_number(row, place, value, share if name in percent else plain)
        sheet.set_column(place, place, min(40, longest + 2))
    for row, height in heights.items():
        sheet.set_row(row, 15 * height)
    return top + 1 + len(people)
