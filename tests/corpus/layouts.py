"""Damage of a sheet's layout (E)."""

from __future__ import annotations

from typing import Any

from tests.corpus.draft import STRUCK, Draft, Harm, styled
from tests.corpus.harms import (
    CANDIDATES,
    OPENINGS,
    again,
    book,
    case,
    drop,
    fill,
    lines,
    part,
    person,
    put,
    rename,
    sheet,
    swap,
)

ONE_OUT: dict[str, Any] = {"rows": (3, 2, 1, 0)}
NONE_READ: dict[str, Any] = {"rows": (0, 0, 0, 0)}
OTHER = (["candidate_id", "birth_date", "programme"], ["C9", "2001-05-01", "kes-caregiver"])
GRID = "xl/worksheets/sheet1.xml"


def two_rows(*names: str) -> Harm:
    """Return the harm that writes a header of two rows: “Bahasa” over columns of these names,
    all other columns merged over both rows."""

    def harm(draft: Draft) -> None:
        held = draft.tables[CANDIDATES]
        for name in names[1:]:
            draft.column(CANDIDATES, name)
        level = held[0].index("japanese_level")
        top = [cell for place, cell in enumerate(held[0]) if place != level]
        rows = [
            [c for place, c in enumerate(row) if place != level] + [row[level]] for row in held[1:]
        ]
        width = len(top)
        first = [*top[: width - len(names) + 1], "Bahasa"]
        draft.tables[CANDIDATES] = [first, [""] * (len(first) - 1) + list(names), *rows]
        from matcher.grid import column_letters as letters

        down = [f"{letters(place)}1:{letters(place)}2" for place in range(len(first) - 1)]
        over = f"{letters(len(first) - 1)}1:{letters(len(first) + len(names) - 2)}1"
        draft.book(CANDIDATES).merged = (*down, over)

    return harm


def cut(line: int) -> Harm:
    """Return the harm that puts the last row on a line."""

    def harm(draft: Draft) -> None:
        draft.book(CANDIDATES).gaps = {3: line - 4}

    return harm


E = (
    case("E1.joined", "HEADER_JOINED HEADER_READ_AS COLUMN_UNUSED", two_rows("JLPT", "JFT")),
    case("E1.merged", "HEADER_MERGED", two_rows("Tulis", "Lisan"), **NONE_READ),
    case(
        "E2",
        "HEADER_ROW",
        lines(CANDIDATES, 0, ["DATA ALUMNI 2022"], [], ["BLK Contoh", "Name"]),
        book(),
        rows=(6, 3, 0, 3),
    ),
    case(
        "E2.again",
        "HEADER_AGAIN",
        lambda d: lines(CANDIDATES, 1, d.tables[CANDIDATES][0])(d),
        rows=(4, 3, 0, 1),
    ),
    case(
        "E2.none",
        "HEADER_NOT_FOUND",
        lambda d: lines(CANDIDATES, 0, ["x", "y"])(d),
        lambda d: d.tables.update({CANDIDATES: [["abc", "xyz"], ["1", "2"]]}),
        **NONE_READ,
    ),
    case(
        "E3",
        "FOOTER_ROW",
        lines(
            CANDIDATES,
            -1,
            ["Jumlah", "3"],
            ["", "", "Bandung, 12 Desember 2022"],
            ["", "", "Mengetahui, Kepala Sekolah"],
            ["", "", "NIP. 197001011990031001", "Paspor A9990001"],
        ),
        book(),
        rows=(7, 3, 0, 4),
    ),
    case("E3.japanese", "FOOTER_ROW", lines(CANDIDATES, -1, ["合計", "3"]), rows=(4, 3, 0, 1)),
    case(
        "E3.other", "BLANK", lines(CANDIDATES, -1, ["", "Peserta lain"]), book(), rows=(4, 3, 1, 0)
    ),
    case(
        "E4.blank",
        "",
        lines(CANDIDATES, 2, [], [","[:0], ""], [" ", " "]),
        book(),
        rows=(6, 3, 0, 3),
    ),
    case("E4.text", "", swap("\nC2", "\n\n,,\nC2"), rows=(5, 3, 0, 2)),
    case(
        "E4.second",
        "SECOND_TABLE",
        lines(
            CANDIDATES,
            -1,
            [],
            ["name", "candidate_id", "programme", "medical"],
            ["A", "C9", "kes-caregiver", "fit"],
        ),
        book(),
        rows=(6, 0, 5, 1),
    ),
    case(
        "E5",
        "MERGED_CELL",
        fill(CANDIDATES, "programme", "kes-caregiver", "", ""),
        book(merged=("E2:E4",)),
        rows=(3, 1, 2, 0),
    ),
    case(
        "E6",
        "HEADER_TWICE HEADER_READ_AS",
        fill(CANDIDATES, "Tgl_Lahir", "2001-05-01", "2002-05-01", "2000-06-01"),
        rows=(3, 0, 3, 0),
    ),
    case(
        "E6.unused", "COLUMN_UNUSED", lambda d: d.put("C1.NO", "1"), lambda d: d.put("C1.No.", "1")
    ),
    case("E7.text", "COLUMN_UNNAMED", lambda d: d.put("C1.x", "7"), rename(CANDIDATES, "x", "")),
    case(
        "E7.workbook",
        "COLUMN_UNNAMED",
        lambda d: d.put("C1.x", "7"),
        rename(CANDIDATES, "x", ""),
        book(),
    ),
    case("E7.empty", "", lambda d: d.put("C1.x", ""), rename(CANDIDATES, "x", "")),
    case(
        "E8.alias",
        "HEADER_READ_AS",
        rename(CANDIDATES, "birth_date", "Tgl Lahir "),
        rename(CANDIDATES, "nik", "NIK　KTP"),
    ),
    case("E8.unknown", "COLUMN_UNKNOWN", rename(CANDIDATES, "attendance", "Kehadirann peserta x")),
    case(
        "E8.missing",
        "COLUMN_MISSING",
        drop(CANDIDATES, "programme", "birth_date"),
        rows=(3, 0, 3, 0),
    ),
    case(
        "E8.mapped",
        "HEADER_READ_AS",
        rename(CANDIDATES, "birth_date", "Lahir (asli)"),
        how={"columns": {"lahir asli": "birth_date"}},
        gives={"C1.birth_date": "2001-05-01"},
    ),
    case("E9", "", book(before='<dimension ref="A1"/>')),
    case(
        "E10",
        "",
        part(GRID, "</sheetData>", '<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'),
    ),
    case("E11.asked", "HIDDEN_ROWS", book(row_marks={3: ' hidden="1"'}), rows=(3, 3, 0, 0)),
    case(
        "E11.include", "HIDDEN_READ", book(row_marks={3: ' hidden="1"'}), how={"hidden": "include"}
    ),
    case(
        "E11.skip",
        "HIDDEN_READ",
        book(row_marks={3: ' hidden="1"'}),
        how={"hidden": "skip"},
        rows=(3, 2, 0, 1),
    ),
    case("E12.chosen", "SHEET_CHOSEN", sheet("Catatan", ["isi", "apa saja"])),
    case("E12.hidden", "SHEET_CHOSEN", sheet("Lama", *OTHER, shown=False)),
    case("E12.two", "SHEET", sheet("Juga", *OTHER), **NONE_READ),
    case("E12.none", "SHEET", book(), how={"sheet": "Tidak Ada"}, **NONE_READ),
    case("E12.named", "", sheet("Juga", *OTHER), how={"sheet": "data"}),
    case("E13.old", "MAYBE_TRUNCATED", cut(65_536), rows=(65_535, 0, 3, 65_532)),
    case("E13.new", "MAYBE_TRUNCATED", cut(1_048_576), rows=(1_048_575, 0, 3, 1_048_572)),
    case(
        "E14.differ",
        "ID_TWICE",
        again("C1", name="Someone Else", birth_date="1999-01-01", nik=""),
        rows=(4, 2, 2, 0),
    ),
    case("E14.same", "ROW_TWICE", again("C1"), rows=(4, 3, 0, 1)),
    case("E14.name", "SAME_PERSON", person("C4", name="Example Welder one"), rows=(4, 4, 0, 0)),
    case(
        "E14.nik",
        "SAME_PERSON",
        person("C4", name="Quite Another", nik="3299990105010001"),
        rows=(4, 4, 0, 0),
    ),
    case("E15.fraction", "NOT_A_NUMBER", put("O1.seats", "2,5"), table=OPENINGS, rows=(2, 1, 1, 0)),
    case("E15.negative", "OUT_OF_RANGE", put("O1.seats", "-1"), table=OPENINGS, rows=(2, 1, 1, 0)),
    case("E15.twice", "ID_TWICE", again("O1", seats="3"), table=OPENINGS, rows=(3, 1, 2, 0)),
    case(
        "E15.differ",
        "SEATS_DIFFER SEATS_SUMMED",
        fill(OPENINGS, "seats_men", "2", "2"),
        put("O1.seats", "1"),
        table=OPENINGS,
        rows=(2, 1, 1, 0),
    ),
    case("E16", "STRUCK", put("C1.name", styled("Example Welder One", STRUCK))),
)
