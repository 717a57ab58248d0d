"""Workbooks opened safely: a child process reads them within bounds, this side takes its texts.

Nothing here imports a reader of workbooks: a hostile file ends in a `WorkbookFault`, never in a
crash, a hang or a full memory.
"""

from __future__ import annotations

import codecs
import errno
import json
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.grid import LIMITS, Grid, Limits
from matcher.workbook.faults import Fault, WorkbookFault, fault_of
from matcher.workbook.gather import Gathered
from matcher.workbook.process import messages

__all__ = ["Mark", "Workbook", "WorkbookFault", "mark_workbook", "read_workbook", "sniff"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_MARKUP = re.compile(r"<[a-z!?]|mime-version:", re.I)


@dataclass(frozen=True)
class Workbook:
    """A workbook's sheets with cells in their order; `kind` is "xlsx", "xls", "xlsb" or "ods".

    `macros` and `external_links` are only told of: neither is ever run or followed.
    """

    grids: tuple[Grid, ...]
    macros: bool
    external_links: bool
    kind: str


@dataclass(frozen=True)
class Mark:
    """A comment on one cell (as C17; "" for the whole sheet), in the colour of "error", "ask" or
    "note"."""

    sheet: str
    cell: str
    colour: str
    text: str


def sniff(head: bytes) -> str:
    """Return what a file's first bytes are: "zip", "ole", "html" (any markup), "empty" or
    "text" (anything else)."""
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    wide = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
    text = head.decode(wide.get(head[:2], "utf-8"), "replace")
    return "html" if _MARKUP.match(text.lstrip("\ufeff \t\r\n")) else "text"


def read_workbook(
    path: Path, *, limits: Limits = LIMITS, progress: Callable[[int], None] | None = None
) -> Workbook:
    """Return a workbook's cells as texts; WorkbookFault for every file that has none.

    `progress` is called with the percent read, never less than before.
    """
    gathered = Gathered(limits, progress or (lambda percent: None))
    try:
        kind = _check_file(path, limits)
        if kind not in ("zip", "ole"):
            raise Fault("FILE_IS_HTML" if kind == "html" else "FILE_KIND")
        with closing(messages(["read", str(path.absolute())], limits)) as said:
            for message in said:
                gathered.take(message)
    except Fault as fault:
        raise fault_of(fault.code, fault.facts) from None
    return Workbook(
        gathered.grids(), gathered.macros, gathered.external_links, gathered.kind or "xlsx"
    )


def mark_workbook(
    source: Path, target: Path, marks: Sequence[Mark], *, limits: Limits = LIMITS
) -> None:
    """Write the .xlsx or .xlsm workbook `source` with comments and colours to `target`.

    The same workbook and marks give the same bytes. WorkbookFault where the workbook is of
    another kind, or cannot be written back.
    """
    given = json.dumps([asdict(mark) for mark in marks]).encode()
    try:
        if _check_file(source, limits) != "zip":
            raise Fault("FILE_KIND")
        # The child's scraps lie in a folder that goes with it, however the child ends.
        with TemporaryDirectory(prefix=".matcher-", dir=target.parent) as folder:
            part = Path(folder).absolute() / "marked"
            arguments = ["mark", str(source.absolute()), str(part)]
            with closing(messages(arguments, limits, given, folder)) as said:
                for _ in said:
                    pass
            part.replace(target)
    except PermissionError:
        raise fault_of("FILE_LOCKED", {}) from None
    except OSError as fault:
        raise fault_of("FILE_OPEN", {"what": fault.strerror or ""}) from None
    except Fault as fault:
        raise fault_of(fault.code, fault.facts) from None


def _check_file(path: Path, limits: Limits) -> str:
    """Return what a file is by its first bytes; Fault where it must not be read."""
    if path.name.startswith("~$"):
        raise Fault("EXCEL_OWNER_FILE")
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            kind = sniff(stream.read(_HEAD))
    except FileNotFoundError as fault:
        raise Fault("NO_FILE") from fault
    except OSError as fault:
        locked = isinstance(fault, PermissionError) or fault.errno in (errno.EBUSY, errno.ETXTBSY)
        code = "FILE_LOCKED" if locked else "FILE_OPEN"
        raise Fault(code, what=fault.strerror or "") from fault
    except ValueError as fault:
        raise Fault("FILE_OPEN", what=str(fault)) from fault
    if kind == "empty":
        raise Fault("FILE_EMPTY")
    if size > limits.file_bytes:
        raise Fault("FILE_TOO_LARGE", what="file", limit=limits.file_bytes)
    return kind
