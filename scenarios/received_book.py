"""The supervising organisation's book of hosts and care establishments, as OpenDocument."""

import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from draw import Row
from received_cells import cell, form, wide, word
from received_texts import Layout, rows_of
from received_words import PREFECTURES_JA

HOSTS_SHEET = "実習実施者"
ESTABLISHMENTS_SHEET = "事業所一覧"
MARKS_JA = {"ya": "○", "tidak": "×"}
HOSTS: Layout = (
    ("実習実施者コード", cell("host_id")),
    ("実習実施者名", cell("name")),
    ("所在地(都道府県)", cell("prefecture", word(PREFECTURES_JA))),
    ("常勤職員数", cell("full_time_staff", form("{}名"))),
    ("優良", cell("excellent", word(MARKS_JA))),
    ("技能実習1号", cell("trainees_1", form("{}名"))),
    ("技能実習2号", cell("trainees_2", form("{}名"))),
    ("技能実習3号", cell("trainees_3", form("{}名"))),
    ("内定者数", cell("promised", wide)),
    ("育成就労", cell("esd_people")),
    ("監理団体コード", cell("supervisor_id")),
    ("宿舎定員(女性)", cell("rooms_women", form("{}人"))),
    ("宿舎定員(男性)", cell("rooms_men", form("{}人"))),
)
ESTABLISHMENTS: Layout = (
    ("事業所番号", cell("establishment_id")),
    ("企業コード", cell("host_id")),
    ("事業所名", cell("name")),
    ("常勤介護職員数", cell("care_staff", lambda text: wide(text) + "名")),
    ("1号", cell("trainees_1", form("{}名"))),
    ("2号", cell("trainees_2", form("{}名"))),
    ("3号", cell("trainees_3", form("{}名"))),
)


def write_hosts(path: Path, hosts: Sequence[Row], establishments: Sequence[Row]) -> None:
    """Write hosts and establishments as an OpenDocument workbook behind a cover sheet."""
    cover = [["見本協同組合（架空の監理団体）"], ["実習実施者名簿"]]
    sheets = _sheet("表紙", cover) + _sheet(HOSTS_SHEET, rows_of(HOSTS, hosts))
    sheets += _sheet(ESTABLISHMENTS_SHEET, rows_of(ESTABLISHMENTS, establishments))
    parts = {
        "mimetype": ODS,
        "META-INF/manifest.xml": MANIFEST,
        "content.xml": CONTENT.format(sheets=sheets),
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(zipfile.ZipInfo(name, (2022, 12, 9, 8, 0, 0)), text.encode())


ODS = "application/vnd.oasis.opendocument.spreadsheet"
COLUMNS = "table:number-columns-repeated"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<office:document-content xmlns:office="{NAMES}office:1.0" xmlns:table="{NAMES}table:1.0"'
    f' xmlns:text="{NAMES}text:1.0" xmlns:style="{NAMES}style:1.0" office:version="1.2">'
    '<office:automatic-styles><style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="4.5cm"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
    "{sheets}</office:spreadsheet></office:body></office:document-content>"
)


def _sheet(name: str, rows: Sequence[Sequence[str]]) -> str:
    written = "".join(
        "<table:table-row>" + "".join(map(_cell, row)) + "</table:table-row>" for row in rows
    )
    widths = f'<table:table-column table:style-name="wide" {COLUMNS}="{max(map(len, rows))}"/>'
    return f'<table:table table:name="{escape(name)}">{widths}{written}</table:table>'


def _cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'
