"""The officer's own workbook written back with comments and colours, the same bytes each time."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import Text
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet import _reader, _writer
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from matcher.grid import Limits
from matcher.workbook.cells import stored_text
from matcher.workbook.faults import Fault
from matcher.workbook.parts import Parts, open_parts
from matcher.workbook.xlsx import kind_of

AUTHOR = "matcher"
COLOURS = {"error": "FFFFC7CE", "ask": "FFFFEB9C", "note": "FFDDEBF7"}
_FIXED = datetime(2000, 1, 1)
_CORE = "docProps/core.xml"
_EXACT_DIGITS = 15
_BLANK_ROWS = 10_000
Stored = dict[tuple[str, str], tuple[str, str]]


class _Parser(_reader.WorkSheetParser):
    """Reads cells so that they are written back as they were: stored results and long numbers are
    put aside, dates stay the numbers they are, and formatted rows without end are dropped."""

    stored: ClassVar[Stored] = {}
    sheet = ""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.date_formats = set()
        self._blank_rows = 0

    def parse_row(self, row: Any) -> Any:
        if row.get("hidden") is None and not any(len(cell) for cell in row):
            self._blank_rows += 1
            if self._blank_rows > _BLANK_ROWS:
                self.row_counter = int(row.get("r", self.row_counter + 1))
                return self.row_counter, []
        return super().parse_row(row)

    def parse_cell(self, element: Any) -> Any:
        cell = super().parse_cell(element)
        kind = element.get("t", "n")
        value = element.findtext(_reader.VALUE_TAG)
        formula = element.find(_reader.FORMULA_TAG) is not None
        long = kind == "n" and len(value or "") > _EXACT_DIGITS
        if value is not None and (formula or long or kind == "d"):
            place = f"{cell['row']},{cell['column']}"
            if formula and kind == "s":
                kind, value = "str", str(self.shared_strings[int(value)])
            self.stored[self.sheet, place] = kind, value
        return cell


class _SheetReader(_reader.WorksheetReader):
    def __init__(self, ws: Any, source: Any, strings: Any, data_only: Any, rich_text: Any) -> None:
        super().__init__(ws, source, strings, data_only, rich_text)
        parser = _Parser(source, strings, data_only, ws.parent.epoch, rich_text=rich_text)
        parser.sheet = ws.title
        self.parser = parser


class _Stored:
    """Takes the element of a cell on its way to the file and puts its stored value in."""

    def __init__(self, stream: Any, kind: str, value: str) -> None:
        self._stream, self._kind, self._value = stream, kind, value

    def write(self, element: Element) -> None:
        value = element.find("v")
        if value is not None:
            value.text = self._value
            element.set("t", self._kind)
        self._stream.write(element)


def _rich_text(node: Any) -> Any:
    """Return a text with its formats, and with every sign as it is stored."""
    text: Any = Text.from_tree(node)
    if not text.r:
        return (text.t or "",)
    runs = [(run.rPr, run.t or "") for run in text.r]
    return CellRichText([TextBlock(font, part) if font else part for font, part in runs])


class _Archive(ZipFile):
    """A zip file in which every member is of one day."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname
        member = ZipInfo(name if isinstance(name, str) else name.filename)
        member.compress_type = ZIP_DEFLATED
        member.external_attr = 0o600 << 16
        super().writestr(member, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        self.writestr(arcname, Path(filename).read_bytes())


def mark(source: Path, target: Path, marks: Sequence[dict[str, str]], limits: Limits) -> None:
    """Write `source` to `target` with `marks` (sheet, cell, colour, text)."""
    with open_parts(source, limits) as parts:
        kind = kind_of(parts)
        if kind.name != "xlsx":
            raise Fault("FILE_KIND")
        dated = parts.has(_CORE) and b"created" in parts.read(_CORE)
        _stand_in()
        keep_vba = kind.macros and _is_macro(parts)
        content = io.BytesIO(source.read_bytes())
        reader = ExcelReader(content, keep_vba=keep_vba, rich_text=True)
        reader.read()
    book = reader.wb
    for worksheet in book.worksheets:
        _unmark(worksheet)
    for (sheet, cell), found in _by_cell(book, marks).items():
        _mark_cell(book[sheet][cell], found)
    if not dated:
        book.properties.created = _FIXED
    book.properties.modified = book.properties.created
    with _Archive(target, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()


def _unmark(sheet: Worksheet) -> None:
    """Take off what was marked in an earlier round: our own comments and their colours."""
    for cell in list(sheet._cells.values()):
        if cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment = None
            if cell.fill.fgColor.rgb in COLOURS.values():
                cell.fill = PatternFill()


def _is_macro(parts: Parts) -> bool:
    return b"macroEnabled" in parts.read("[Content_Types].xml")


def _by_cell(
    book: Workbook, marks: Sequence[dict[str, str]]
) -> dict[tuple[str, str], list[dict[str, str]]]:
    """Return the marks of each cell, marks of a whole sheet at its A1."""
    names = {stored_text(name): name for name in book.sheetnames}
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in marks:
        sheet = names[one["sheet"]]
        cell = _shown_cell(book[sheet], one["cell"] or "A1")
        found.setdefault((sheet, cell), []).append(one)
    return found


def _shown_cell(sheet: Worksheet, cell: str) -> str:
    """Return the cell itself, or the first of the merged range that covers it."""
    for area in sheet.merged_cells.ranges:
        if cell in area:
            return f"{get_column_letter(area.min_col)}{area.min_row}"
    return cell


def _mark_cell(cell: Cell, marks: list[dict[str, str]]) -> None:
    """Colour a cell as the gravest of its marks, and add their texts to its comment."""
    colours = {one["colour"] for one in marks}
    colour = next(colour for colour in COLOURS if colour in colours)
    cell.fill = PatternFill("solid", fgColor=COLOURS[colour])
    texts = list(dict.fromkeys(one["text"] for one in marks))
    author = AUTHOR
    if cell.comment is not None:
        texts.insert(0, cell.comment.text)
        author = cell.comment.author or AUTHOR
    text = "\n\n".join(texts)
    # About 40 narrow or 20 wide letters stand in a line of 300 pixels.
    lines = sum(
        1 + sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) // 40
        for line in text.split("\n")
    )
    cell.comment = Comment(text, author, height=min(600, 24 + 18 * lines), width=300)


def _stand_in() -> None:
    """Put the readers and writers above in the place of openpyxl's, in this process only."""
    reader: Any = sys.modules["openpyxl.reader.excel"]
    reader.WorksheetReader = _SheetReader
    rich_text: Any = CellRichText
    rich_text.from_tree = _rich_text
    worksheet: Any = Worksheet
    # Covered cells stay as they are: made one by one, a merged sheet would never end.
    worksheet._clean_merge_range = lambda *_: None
    writer: Any = _writer
    write_cell = writer.write_cell

    def write(stream: Any, sheet: Any, cell: Any, styled: Any = None) -> None:
        stored = _Parser.stored.get((sheet.title, f"{cell.row},{cell.column}"))
        write_cell(_Stored(stream, *stored) if stored else stream, sheet, cell, styled)

    writer.write_cell = write
