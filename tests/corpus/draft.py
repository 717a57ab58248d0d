"""A small whole scenario as tables of cells, to be harmed and written: text files, or workbooks
put together part by part so that they can hold what no spreadsheet program writes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from matcher.grid import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET = "Data"
TABLE_OF = {"C": "candidates", "O": "openings", "H": "hosts", "D": "decisions"}
SETTINGS = """name = "Corpus"
on = 2022-12-12
language = "en"
entry = [2023-04-01, 2023-08-31]

[objective]
seed = "1"
"""
KEY = b"a-key-of-the-corpus-only"

# Made-up people: no one holds these numbers.
PEOPLE = """\
candidate_id,name,sex,birth_date,programme,centre,training_start,training_end,training_jp,\
minutes_per_jp,jp_done,training_result,attendance,assessment,japanese_level,former_trainee,\
coe_refused,available_from,passport_until,medical,family_consent,wishes_job_types,\
wishes_prefectures,accepted_on,deposit,wants_abroad,nik,phone
C1,Example Welder One,L,2001-05-01,las-pelat-gmaw-3g,BLK Contoh,2022-11-14,2023-03-17,640,45,160,\
in progress,91,80,N5,no,no,2023-03-20,2030-01-01,fit,yes,7-7-2,Aichi,2022-10-13,0,yes,\
3299990105010001,081200000001
C2,Sample Welder Two,P,2002-05-01,las-pelat-smaw-3g,BLK Contoh,2022-11-14,2023-03-17,640,45,160,\
in progress,88,75,not tested,no,no,2023-03-20,2030-01-01,fit,yes,,,2022-06-15,0,yes,\
3299994105020002,081200000002
C3,Example Carer,P,2000-06-01,kes-caregiver,BLK Contoh,2022-11-14,2023-03-17,640,45,160,\
in progress,95,90,N4,no,no,2023-03-20,2030-01-01,fit,yes,7-13-1,Osaka,2022-10-13,0,yes,\
3299994106000003,081200000003
"""
ORDERS = """\
opening_id,host_id,operation_no,seats,senders,prefecture,stage,entry_from,entry_to,order_closes,\
monthly_wage,monthly_hours,cost_to_candidate
O1,H1,7-7-2,1,SO Contoh,Aichi,i,2023-04-01,2023-04-30,2023-01-13,166000,168,0
O2,H2,7-13-1,2,SO Contoh,Osaka,i,2023-05-01,2023-05-31,2023-01-13,172200,168,500000
"""
HOSTS = """\
host_id,name,prefecture,full_time_staff,excellent,trainees_1,trainees_2,trainees_3,promised
H1,Example Kogyo,Aichi,20,no,0,0,0,0
H2,Example Fukushi,Osaka,40,no,0,0,0,0
"""
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0000000"/>'
    '<numFmt numFmtId="165" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    "</numFmts><fonts><font/><font><strike/></font></fonts><fills><fill><patternFill/></fill>"
    "</fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>"
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
)
PLAIN, DATE, PERCENT, PADDED, ERA, STRUCK = range(6)


class Xml(str):
    """A cell as it stands in a workbook, without its address: `<c><v>1</v></c>`."""

    __slots__ = ()


Cell = str
Harm = Callable[["Draft"], None]


def number(value: str, style: int = PLAIN) -> Xml:
    """Return a number of a workbook."""
    return Xml(f'<c s="{style}"><v>{value}</v></c>')


def formula(value: str | None, kind: str = "n", style: int = PLAIN) -> Xml:
    """Return a formula with its stored result, None where it has none."""
    held = "" if value is None else f"<v>{escape(value)}</v>"
    return Xml(f'<c t="{kind}" s="{style}"><f>A1</f>{held}</c>')


def styled(text: str, style: int) -> Xml:
    """Return a text in a format."""
    return Xml(f'<c s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>')


@dataclass
class Book:
    """What the workbook of a table has besides its cells.

    `first` is the line of its first row; `row_marks` are attributes of rows by line, `sheets`
    further ones (name, XML of rows, visible), `parts` overwrite or add parts, `change` changes
    the finished file.
    """

    name: str = "{table}.xlsx"
    first: int = 1
    gaps: dict[int, int] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    row_marks: dict[int, str] = field(default_factory=dict)
    addresses: bool = True
    before: str = ""
    shared: str = ""
    workbook: str = ""
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    change: Callable[[bytes], bytes] | None = None


@dataclass
class Draft:
    """A scenario to be harmed: `tables` hold the header first; a table is written as a workbook
    where it has one in `books`, as `content` where that is given, else as text."""

    tables: dict[str, list[list[Cell]]]
    files: dict[str, str | list[str]] = field(default_factory=dict)
    books: dict[str, Book] = field(default_factory=dict)
    content: dict[str, bytes] = field(default_factory=dict)
    text: Callable[[str], bytes] = str.encode
    separator: str = ","
    ends: str = "\n"
    settings: str = SETTINGS
    harmed: set[tuple[str, int, str]] = field(default_factory=set)

    def column(self, table: str, name: str) -> int:
        """Return the place of a column, a new one at the end where there is none."""
        header = self.tables[table][0]
        if name not in header:
            for row, cell in zip(self.tables[table], [name], strict=False):
                row.append(cell)
            for row in self.tables[table][1:]:
                row.extend([""] * (len(header) - len(row)))
        return header.index(name)

    def put(self, place: str, cell: Cell) -> None:
        """Write a cell of a row named by its id: `C1.name`."""
        key, _, name = place.partition(".")
        table = TABLE_OF[key[0]]
        column = self.column(table, name)
        rows = self.tables[table]
        index = next(index for index, row in enumerate(rows) if row[0] == key)
        if column:
            rows[index][column] = cell
        else:
            rows[index] = [cell, *rows[index][1:]]
        self.harmed.add((table, index + 1, name))
        if isinstance(cell, Xml):
            self.book(table)

    def book(self, table: str) -> Book:
        """Return the workbook of a table, which is now one."""
        return self.books.setdefault(table, Book())

    def write(self, folder: Path) -> None:
        """Write the scenario."""
        folder.mkdir(parents=True, exist_ok=True)
        named = dict(self.files)
        for table, rows in self.tables.items():
            book = self.books.get(table)
            name = book.name.format(table=table) if book else f"{table}.csv"
            named.setdefault(table, name)
            (folder / name).write_bytes(workbook(rows, book) if book else self.as_text(table))
        for name, content in self.content.items():
            (folder / name).write_bytes(content)
        files = "".join(f"{table} = {_toml(paths)}\n" for table, paths in named.items())
        toml = f"{self.settings}\n[files]\n{files}"
        (folder / "scenario.toml").write_text(toml, encoding="utf-8")

    def as_text(self, table: str) -> bytes:
        """Return a table as a text file."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.separator, lineterminator=self.ends).writerows(
            self.tables[table]
        )
        return self.text(out.getvalue())


def _toml(paths: str | list[str]) -> str:
    if isinstance(paths, str):
        return f'"{paths}"'
    return "[" + ", ".join(map(_toml, paths)) + "]"


def begin() -> Draft:
    """Return the scenario without damage: nothing is to be said of it."""
    texts = {"candidates": PEOPLE, "openings": ORDERS, "hosts": HOSTS}
    return Draft({table: list(csv.reader(text.splitlines())) for table, text in texts.items()})


def workbook(rows: Sequence[Sequence[Cell]], book: Book) -> bytes:
    """Return a table as an .xlsx workbook."""
    file = zipped(parts_of(rows, book))
    return book.change(file) if book.change else file


def parts_of(rows: Sequence[Sequence[Cell]], book: Book) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    sheets = [(SHEET, "".join(_rows(rows, book)), True), *book.sheets]
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    kinds["xl/sharedStrings.xml"] = "sharedStrings"
    kinds |= {f"xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, len(sheets) + 1)}
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{TYPE}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind.partition(".")[0]}" '
        f'Target="{part.removeprefix("xl/")}"/>'
        for n, (part, kind) in enumerate(kinds.items())
    )
    named = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n + 2}"'
        f"{'' if shown else ' state=' + chr(34) + 'hidden' + chr(34)}/>"
        for n, (name, _, shown) in enumerate(sheets, 1)
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in book.merged)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{XML_TYPES}"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book.workbook}'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}'
        "</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{book.shared}</sst>',
    }
    for n, (_, cells, _) in enumerate(sheets, 1):
        foot = f"<mergeCells>{merged}</mergeCells>" if merged and n == 1 else ""
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{MAIN}">{book.before}<sheetData>{cells}</sheetData>{foot}'
            "</worksheet>"
        )
    made = {name: text.encode() for name, text in parts.items()} | book.parts
    return {name: content for name, content in made.items() if name not in book.without}


def _rows(rows: Sequence[Sequence[Cell]], book: Book) -> list[str]:
    written, line = [], book.first - 1
    for index, row in enumerate(rows):
        line += 1 + book.gaps.get(index, 0)
        cells = "".join(
            _cell(cell, f"{column_letters(column)}{line}" if book.addresses else "")
            for column, cell in enumerate(row)
        )
        place = f' r="{line}"' if book.addresses else ""
        written.append(f"<row{place}{book.row_marks.get(line, '')}>{cells}</row>")
    return written


def _cell(cell: Cell, address: str) -> str:
    place = f' r="{address}"' if address else ""
    if isinstance(cell, Xml):
        return f"<c{place}{cell.removeprefix('<c')}"
    if not cell and address:
        return ""
    return f'<c{place} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def rows_xml(rows: Sequence[Sequence[Cell]]) -> str:
    """Return the XML of the rows of a further sheet."""
    return "".join(_rows(rows, Book()))


def zipped(members: Mapping[str, bytes], *more: tuple[str, bytes]) -> bytes:
    """Return a zip file; `more` members may have names that are there already."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in (*members.items(), *more):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name in archive.NameToInfo:  # writestr would warn
                del archive.NameToInfo[name]
            archive.writestr(info, content, compresslevel=1)
    return file.getvalue()
