"""The parts of a zipped workbook: checked before anything reads them, then handed out as XML
that a strict parser can take."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS

from matcher.grid import Limits
from matcher.workbook.faults import Fault

CHUNK = 1 << 16
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", SHEET_MAIN_NS.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", REL_NS.encode()),
)
_REFERENCE = re.compile(rb"&#(?:x0*([0-9A-Fa-f]{1,4})|0*([0-9]{1,5}));")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HELD = 16


class Cleaned:
    """A stream of XML in which characters that XML forbids are written as Excel writes them
    (`_x000B_`); `done` counts the bytes read."""

    def __init__(self, stream: IO[bytes], count: Callable[[int], None] | None = None) -> None:
        self._stream = stream
        self._count = count
        self._held = b""
        self._plain: bool | None = None

    def read(self, size: int = -1) -> bytes:
        """Return at least one byte unless the stream has ended."""
        while True:
            data = self._stream.read(size)
            if self._count:
                self._count(len(data))
            ended = not data or size < 0
            data, self._held = self._held + data, b""
            if self._plain is None:
                self._plain = b"\0" not in data[:4] and data[:2] not in (b"\xff\xfe", b"\xfe\xff")
            if not self._plain:
                return data
            begun = -1 if ended else data.rfind(b"&", -_HELD)
            if begun >= 0 and b";" not in data[begun:]:
                data, self._held = data[:begun], data[begun:]
            if data or ended:
                return _clean(data)

    def close(self) -> None:
        """Close the stream beneath."""
        self._stream.close()


def _clean(data: bytes) -> bytes:
    if b"&#" in data:
        data = _REFERENCE.sub(_allowed, data)
    if _CONTROL.search(data):
        data = _CONTROL.sub(lambda found: b"_x%04X_" % found[0][0], data)
    return data


def _allowed(found: re.Match[bytes]) -> bytes:
    code = int(found[1], 16) if found[1] else int(found[2])
    control = code < 32 and code not in (9, 10, 13)
    forbidden = control or 0xD800 <= code <= 0xDFFF or 0xFFFE <= code <= 0xFFFF
    return b"_x%04X_" % code if forbidden else found[0]


class Parts(ZipFile):
    """A zipped workbook whose parts are found by name whatever their case and slashes."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._names = {_folded(name): name for name in self.namelist()}

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _folded(name) in self._names

    def size(self, name: str) -> int:
        """Return the bytes of a part."""
        return self.getinfo(self._name(name)).file_size

    def stream(self, name: str, count: Callable[[int], None] | None = None) -> Cleaned:
        """Open a part of XML."""
        return Cleaned(self.open(self._name(name)), count)

    def read(self, name: str, pwd: bytes | None = None) -> bytes:  # type: ignore[override]
        """Return a part of XML, in the namespaces of everyday workbooks."""
        data = self.stream(name).read()
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return data

    def _name(self, name: str) -> str:
        return self._names.get(_folded(name), name)


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def open_parts(path: Path, limits: Limits) -> Parts:
    """Return a zipped workbook after inflating every part once: sizes, checksums, entities."""
    size = path.stat().st_size
    try:
        parts = Parts(path)
        _check_directory(parts, limits)
        left = limits.inflated_bytes
        for member in parts.infolist():
            with parts.open(member) as stream:
                left = _check_part(stream, left, limits)
    except (BadZipFile, EOFError, zlib.error) as fault:
        raise Fault("FILE_CUT", size=size) from fault
    return parts


def _check_directory(parts: Parts, limits: Limits) -> None:
    members = parts.infolist()
    if len(members) > limits.members:
        raise Fault("FILE_TOO_LARGE", what="members", limit=limits.members)
    if len({_folded(member.filename) for member in members}) < len(members):
        raise Fault("ZIP_DUPLICATE")
    if any(member.flag_bits & 1 for member in members):
        raise Fault("PASSWORD")
    # Others inflate without bounds in one step, and no spreadsheet program writes them.
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise Fault("WORKBOOK_BROKEN")


class _RootSeen(Exception):
    pass


def _check_part(stream: IO[bytes], left: int, limits: Limits) -> int:
    """Inflate one part; return how many bytes may still come."""

    def refuse(*_: object) -> None:
        raise Fault("XML_DOCTYPE")

    def stop(*_: object) -> None:
        raise _RootSeen

    def count(size: int) -> None:
        nonlocal left
        left -= size
        if left < 0:
            raise Fault("FILE_TOO_LARGE", what="inflated", limit=limits.inflated_bytes)

    parser: expat.XMLParserType | None = expat.ParserCreate()
    assert parser is not None
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    cleaned = Cleaned(stream, count)
    while data := cleaned.read(CHUNK):
        if parser is not None:
            try:
                parser.Parse(data, False)
            except (_RootSeen, expat.ExpatError):
                parser = None
                # What follows is only counted and its checksum taken.
                while raw := stream.read(CHUNK):
                    count(len(raw))
    return left
