"""A zipped workbook: what kind it is, and the sheets of an .xlsx one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.packaging.relationship import get_dependents
from openpyxl.xml.functions import fromstring

from matcher.grid import Limits
from matcher.workbook.cells import stored_text
from matcher.workbook.faults import Fault
from matcher.workbook.parts import Parts
from matcher.workbook.sheets import Sheet, read_strings
from matcher.workbook.styles import local_name, read_styles
from matcher.workbook.wire import Wire

_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_NO_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True)
class Kind:
    """What a zipped workbook is: `name` is "xlsx", "xlsb" or "ods"; `main` its workbook part."""

    name: str
    main: str
    macros: bool
    external_links: bool


def kind_of(parts: Parts) -> Kind:
    """Return what a zip file is; Fault where it is no workbook."""
    names = [name.replace("\\", "/").lower() for name in parts.namelist()]
    macros = any(name.endswith("vbaproject.bin") for name in names)
    links = any("/externallinks/" in f"/{name}" for name in names)
    if parts.has("mimetype"):
        if not parts.read("mimetype").startswith(_OPEN_DOCUMENT):
            raise Fault("FILE_KIND")
        manifest = "META-INF/manifest.xml"
        if parts.has(manifest) and b"encryption-data" in parts.read(manifest):
            raise Fault("PASSWORD")
        return Kind("ods", "", any(name.startswith("basic/") for name in names), False)
    if not names:
        raise Fault("FILE_EMPTY")
    main = _main_part(parts)
    if not parts.has(main):
        raise Fault("WORKBOOK_BROKEN" if "[content_types].xml" in names else "FILE_KIND")
    if main.lower().endswith(".bin"):
        return Kind("xlsb", main, macros, links)
    if b"workbook" not in parts.read(main)[:8192]:
        raise Fault("FILE_KIND")
    return Kind("xlsx", main, macros, links)


def _main_part(parts: Parts) -> str:
    if parts.has("_rels/.rels"):
        for relation in get_dependents(parts, "_rels/.rels"):
            if relation.Type.endswith("/officeDocument"):
                return str(relation.target)
    return "xl/workbook.bin" if parts.has("xl/workbook.bin") else "xl/workbook.xml"


def send_sheets(parts: Parts, kind: Kind, limits: Limits, wire: Wire) -> None:
    """Read every sheet with cells and send it, with how much of it all is read."""
    root = fromstring(parts.read(kind.main))
    rels = _relations(parts, kind.main)
    sheets, date_1904 = _contents(root, rels)
    texts = _related(parts, kind.main, rels, "sharedStrings")
    wire.expect(sum(parts.size(name) for name in (*texts, *(part for *_, part in sheets))))
    strings = [text for part in texts for text in read_strings(parts.stream(part, wire.count))]
    styles = [style for root in _roots(parts, kind, rels) for style in read_styles(root)]
    for name, visible, part in sheets:
        _send_sheet(parts, part, Sheet(strings, styles, date_1904, limits), wire, name, visible)


def _contents(root: Element, rels: Mapping[str, Any]) -> tuple[list[tuple[str, bool, str]], bool]:
    """Return the name, visibility and part of every sheet with cells, and whether days count
    from 1904; nothing else of the workbook part is looked at, so nothing else can be wrong."""
    sheets, date_1904 = [], False
    for element in root.iter():
        name = local_name(element)
        if name == "workbookPr":
            date_1904 = element.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            found = (value for key, value in element.items() if key.endswith("}id"))
            relation = rels[next(found, "")]
            if not relation.Type.endswith(_NO_CELLS):
                visible = element.get("state", "visible") == "visible"
                sheets.append((stored_text(element.get("name", "")), visible, relation.target))
    return sheets, date_1904


def _relations(parts: Parts, main: str) -> Mapping[str, Any]:
    folder, name = posixpath.split(main)
    relations = get_dependents(parts, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {str(relation.Id): relation for relation in relations}


def _send_sheet(
    parts: Parts, part: str, sheet: Sheet, wire: Wire, name: str, visible: bool
) -> None:
    wire.begin(name, visible, sheet.date_1904)
    for row in sheet.rows(parts.stream(part, wire.count)):
        wire.row(row)
    wire.end(sheet.merged)


def _roots(parts: Parts, kind: Kind, rels: Mapping[str, Any]) -> Iterator[Element]:
    for part in _related(parts, kind.main, rels, "styles"):
        root = fromstring(parts.read(part))
        if local_name(root) == "styleSheet":
            yield root


def _related(parts: Parts, main: str, rels: Mapping[str, Any], what: str) -> list[str]:
    """Return the parts that the workbook refers to as `what`, else the one of the usual name."""
    found = [
        str(relation.target) for relation in rels.values() if relation.Type.endswith(f"/{what}")
    ]
    usual = posixpath.join(posixpath.dirname(main), f"{what}.xml")
    return [part for part in found or [usual] if parts.has(part)][:1]
