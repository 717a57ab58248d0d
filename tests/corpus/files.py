"""Damage of the file itself, by accident or attack (G), and a reader with ideas of its own
(F16)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import xlwt  # type: ignore[import-untyped]

from tests.corpus.draft import MAIN, Draft, Harm, Xml, zipped
from tests.corpus.harms import CANDIDATES, book, case, file, part, put

NONE_READ: dict[str, Any] = {"rows": (0, 0, 0, 0)}
GRID, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">{}]>'.format(
    "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
)
STRANGER = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
FAR_CELL = '<row><c r="SR{}"><v>1</v></c></row>'
BOMB_PIECE = b" " * (1 << 20)


def old_workbook(draft: Draft) -> None:
    """Write the people as an .xls workbook, every cell a text."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for line, row in enumerate(draft.tables[CANDIDATES]):
        for column, cell in enumerate(row):
            sheet.write(line, column, str(cell))
    out = io.BytesIO()
    book.save(out)
    file("candidates.xls", out.getvalue())(draft)


def changed(change: Callable[[bytes], bytes]) -> Harm:
    """Change the finished workbook of the people."""
    return book(change=change)


def bomb(size: int, name: str, before: bytes = b"", after: bytes = b"") -> Callable[[bytes], bytes]:
    """Return what adds a member that inflates to `size` MiB to a workbook."""

    def change(content: bytes) -> bytes:
        out = io.BytesIO(content)
        with zipfile.ZipFile(out, "a") as archive:
            if name in archive.NameToInfo:
                del archive.NameToInfo[name]
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info._compresslevel = 1  # type: ignore[attr-defined]
            with archive.open(info, "w") as member:
                member.write(before)
                for _ in range(size):
                    member.write(BOMB_PIECE)
                member.write(after)
        return out.getvalue()

    return change


def spoilt(content: bytes) -> bytes:
    """Change one byte of the middle of the first member whose bytes are stored."""
    place = content.index(b"\x00\x00", 200)
    middle = max(len(content) // 2, place)
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


def many_members(content: bytes) -> bytes:
    """Add thousands of empty members."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        for n in range(2_001):
            archive.writestr(zipfile.ZipInfo(f"xl/media/{n}"), b"")
    return out.getvalue()


def without_references(draft: Draft) -> None:
    """Write cells without their addresses, no styles and no shared texts."""
    held = draft.book(CANDIDATES)
    held.addresses = False
    held.without = ("xl/styles.xml", STRINGS)


def prefixed(draft: Draft) -> None:
    """Write the sheet with a prefix before each name."""
    part(GRID, "(?s).*", _with_prefix(draft))(draft)


def _with_prefix(draft: Draft) -> str:
    import re

    from tests.corpus.draft import parts_of

    made = parts_of(draft.tables[CANDIDATES], draft.book(CANDIDATES))[GRID].decode()
    return re.sub(r"<(/?)(\w+)", r"<\1x:\2", made).replace("xmlns=", "xmlns:x=")


def strict(draft: Draft) -> None:
    """Write the workbook in the namespaces of strict OOXML, a date as ISO text."""
    from tests.corpus.draft import MAIN, OFFICE, parts_of

    draft.put("C1.birth_date", Xml('<c t="d"><v>2001-05-01T00:00:00</v></c>'))
    parts = parts_of(draft.tables[CANDIDATES], draft.book(CANDIDATES))
    for usual, other in (
        (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ):
        parts = {n: content.replace(usual.encode(), other.encode()) for n, content in parts.items()}
    draft.book(CANDIDATES).parts = parts


F16 = (
    case(
        "F16", "FILE_READ_AS", put("C1.candidate_id", "007"), old_workbook, gives={"007.sex": "L"}
    ),
)

G = (
    case(
        "G1.bomb",
        "FILE_TOO_LARGE",
        changed(bomb(520, "xl/media/a.bin", b"<a/>")),
        hostile=True,
        **NONE_READ,
    ),
    case(
        "G1.strings",
        "WORKBOOK_TOO_HARD",
        book(without=(STRINGS,)),
        changed(bomb(300, STRINGS, f'<sst xmlns="{MAIN}"><si><t>😀'.encode(), b"</t></si></sst>")),
        hostile=True,
        **NONE_READ,
    ),
    case(
        "G1.cells",
        "SHEET_TOO_LARGE",
        part(
            GRID, "</sheetData>", "".join(map(FAR_CELL.format, range(10, 33_010))) + "</sheetData>"
        ),
        hostile=True,
        **NONE_READ,
    ),
    case(
        "G1.file",
        "FILE_TOO_LARGE",
        changed(lambda c: c + b"\0" * (65 << 20)),
        hostile=True,
        **NONE_READ,
    ),
    case(
        "G2.sparse",
        "TOO_WIDE",
        part(
            GRID,
            "</sheetData>",
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
        hostile=True,
        **NONE_READ,
    ),
    case(
        "G2.deep",
        "MAYBE_TRUNCATED BLANK",
        part(
            GRID, "</sheetData>", '<row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData>'
        ),
        hostile=True,
        rows=(1_048_575, 0, 4, 1_048_571),
    ),
    case(
        "G3",
        "",
        part(STRINGS, "<sst", '<sst count="4000000000" uniqueCount="4000000000"'),
        hostile=True,
    ),
    case(
        "G3.other_reader",
        "WORKBOOK_TOO_HARD",
        part(STRINGS, "<sst", '<sst count="4000000000" uniqueCount="4000000000"'),
        part(GRID, '<c r="A2"', '<c s="x" r="A2"'),
        hostile=True,
        **NONE_READ,
    ),
    case(
        "G4",
        "CELL_OUTSIDE",
        part(GRID, "</sheetData>", '<row r="9"><c r="XFE9"><v>1</v></c></row></sheetData>'),
        **NONE_READ,
    ),
    case("G4.row", "CELL_OUTSIDE", part(GRID, 'r="A1"', 'r="A0"'), **NONE_READ),
    case("G4.dimension", "", book(before='<dimension ref="A0:B2"/>')),
    case("G5", "XML_DOCTYPE", part(GRID, "^", LAUGHS), hostile=True, **NONE_READ),
    case("G5.strings", "XML_DOCTYPE", part(STRINGS, "^", LAUGHS), hostile=True, **NONE_READ),
    case("G6", "XML_DOCTYPE", part("xl/workbook.xml", "^", STRANGER), hostile=True, **NONE_READ),
    case("G7", "ZIP_DUPLICATE", changed(bomb(0, GRID, b"<worksheet/>")), hostile=True, **NONE_READ),
    case(
        "G7.case",
        "ZIP_DUPLICATE",
        changed(bomb(0, GRID.upper(), b"<x/>")),
        hostile=True,
        **NONE_READ,
    ),
    case(
        "G8.workbook",
        "PASSWORD",
        file(
            "candidates.xlsx",
            OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(999),
        ),
        hostile=True,
        **NONE_READ,
    ),
    case(
        "G8.member",
        "PASSWORD",
        changed(
            lambda c: c.replace(
                b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
            )
        ),
        hostile=True,
        **NONE_READ,
    ),
    case("G9.zip", "FILE_KIND", file("candidates.xlsx", zipped({"a.txt": b"x"})), **NONE_READ),
    case("G9.ole", "FILE_KIND", file("candidates.xls", OLE + bytes(2_000)), **NONE_READ),
    case(
        "G10.html",
        "FILE_IS_HTML",
        file("candidates.xls", b"<html><table><tr><td>nama</td></tr></table></html>"),
        **NONE_READ,
    ),
    case(
        "G10.xml",
        "FILE_IS_HTML",
        file("candidates.xls", b'<?xml version="1.0"?><Workbook/>'),
        **NONE_READ,
    ),
    case(
        "G10.csv",
        "FILE_READ_AS",
        lambda draft: file("candidates.xlsx", draft.as_text(CANDIDATES))(draft),
    ),
    case("G11.cut", "FILE_CUT", changed(lambda content: content[:700]), hostile=True, **NONE_READ),
    case("G11.tail", "FILE_CUT", changed(lambda content: content[:-30]), hostile=True, **NONE_READ),
    case("G11.spoilt", "FILE_CUT", changed(spoilt), hostile=True, **NONE_READ),
    case(
        "G11.sheet", "WORKBOOK_BROKEN", part(GRID, "</sheetData>.*", ""), hostile=True, **NONE_READ
    ),
    case("G12.bytes", "FILE_EMPTY", file("candidates.xlsx", b""), **NONE_READ),
    case("G12.csv", "FILE_EMPTY", file("candidates.csv", b""), **NONE_READ),
    case(
        "G12.blank", "FILE_EMPTY", lambda d: d.tables.update({CANDIDATES: []}), book(), **NONE_READ
    ),
    case(
        "G13",
        "EXCEL_OWNER_FILE",
        file("~$candidates.xlsx", b"\x06Siti  " + bytes(150)),
        **NONE_READ,
    ),
    case("G14", "FILE_LOCKED", book(), locked="candidates.xlsx", **NONE_READ),
    case("G15", "", strict, gives={"C1.birth_date": "2001-05-01"}),
    case("G16", "", book(), prefixed),
    case("G17", "", part("xl/styles.xml", "<fill>.*?</fill>", "<fill/><fill><x/></fill>")),
    case("G18", "", without_references),
    case(
        "G18.names",
        "",
        lambda d: d.book(CANDIDATES).parts.update(_renamed(d)),
        book(without=(GRID,)),
    ),
    case("G19.macros", "MACROS", book(name="candidates.xlsm", parts={"xl/vbaProject.bin": b"\0"})),
    case("G19.links", "MACROS", book(parts={"xl/externalLinks/externalLink1.xml": b"<a/>"})),
)


def _renamed(draft: Draft) -> dict[str, bytes]:
    from tests.corpus.draft import parts_of

    parts = parts_of(draft.tables[CANDIDATES], draft.book(CANDIDATES))
    rels = "xl/_rels/workbook.xml.rels"
    named = parts[rels].replace(b"worksheets/sheet1.xml", b"/Other/Peserta.xml")
    return {rels: named, "other/peserta.XML": parts[GRID]}
