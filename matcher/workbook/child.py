"""The process in which a workbook is opened, within bounds of memory and time.

`python -m matcher.workbook.child read|mark SOURCE LIMITS [TARGET]`, LIMITS as JSON. It never
prints anything but the messages of `wire`; whatever ends it otherwise, its parent lives on.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from matcher.grid import Limits
from matcher.workbook.faults import Fault

if TYPE_CHECKING:
    from matcher.workbook.parts import Parts
    from matcher.workbook.wire import Wire
    from matcher.workbook.xlsx import Kind

_EXPAT_NO_MEMORY = 1


def bound(limits: Limits) -> None:
    """Bound this process where the system can: its memory, its time, no core file."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds + 5),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def read(source: Path, limits: Limits, wire: Wire) -> None:
    """Read a workbook and send it, by the best reader that can."""
    from matcher.workbook import legacy, xlsx
    from matcher.workbook.parts import open_parts

    with source.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(b"PK"):
        with open_parts(source, limits) as parts:
            kind = xlsx.kind_of(parts)
            if kind.name == "xlsx" and _send(parts, kind, limits, wire):
                return
        wire.again()
        legacy.send_sheets(source.read_bytes(), limits, wire)
        wire.send(done=kind.name, macros=kind.macros, external_links=kind.external_links)
    else:
        content = source.read_bytes()
        macros = legacy.ole_macros(content)
        legacy.send_sheets(content, limits, wire)
        wire.send(done="xls", macros=macros, external_links=False)


def _send(parts: Parts, kind: Kind, limits: Limits, wire: Wire) -> bool:
    """Send an .xlsx workbook; False where its reader cannot read it."""
    from matcher.workbook import xlsx

    try:
        xlsx.send_sheets(parts, kind, limits, wire)
    except (Fault, MemoryError):
        raise
    except ParseError as fault:
        if fault.code == _EXPAT_NO_MEMORY:
            raise MemoryError from fault
        raise Fault("WORKBOOK_BROKEN") from fault
    except Exception:
        return False
    wire.send(done=kind.name, macros=kind.macros, external_links=kind.external_links)
    return True


def main(arguments: list[str]) -> int:
    """Do what the arguments say; return 0, whatever is sent."""
    mode, source, given, *rest = arguments
    limits = Limits(**json.loads(given))
    bound(limits)
    # numpy would take more memory than most workbooks, and openpyxl does without.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    os.environ["OPENPYXL_LXML"] = "False"
    warnings.simplefilter("ignore")
    from matcher.workbook.wire import Wire

    wire = Wire(sys.stdout.buffer, limits)
    fault: Fault | None = None
    try:
        if mode == "read":
            # Cells make no cycles; looking for them takes a third of the time.
            gc.disable()
            read(Path(source), limits, wire)
        else:
            from matcher.workbook.marking import mark

            mark(Path(source), Path(rest[0]), json.load(sys.stdin.buffer), limits)
            wire.send(done="xlsx", macros=False, external_links=False)
    except Fault as found:
        fault = found
    except MemoryError:
        fault = Fault("WORKBOOK_TOO_HARD", what="memory", limit=limits.memory_bytes)
    except Exception:
        fault = Fault("WORKBOOK_BROKEN")
    if fault is not None:
        wire.send(fault=fault.code, facts=fault.facts)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
