"""Why a workbook is refused: told by the child as a code with facts, by the parent in phrases."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.language import Fact, Phrase, say

MEBIBYTE = 1 << 20


class Fault(Exception):
    """A refusal inside the child process: a code of `codes.csv` and plain facts."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class WorkbookFault(Exception):
    """A workbook that is refused: its code, why, and what to do."""

    def __init__(self, code: str, reason: Phrase, mend: Phrase | None = None) -> None:
        super().__init__(f"{code}: {reason.message}")
        self.code = code
        self.reason = reason
        self.mend = mend


_SAVE = say("open it in Excel and save it as a new .xlsx workbook")
_ANEW = say("download or copy it again")
_SPOKEN = {
    "NO_FILE": (say("there is no such file"), say("check its name and folder")),
    "FILE_OPEN": (say("it cannot be opened: {what}"), say("check the file and its folder")),
    "FILE_LOCKED": (
        say("the workbook is open in another program, or you may not read it"),
        say("close the workbook and run again"),
    ),
    "EXCEL_OWNER_FILE": (
        say("this is only Excel's own mark that a workbook is open"),
        say("close Excel and name the workbook itself"),
    ),
    "FILE_EMPTY": (say("the file is empty"), _ANEW),
    "FILE_CUT": (say("the file is incomplete or damaged ({size} bytes)"), _ANEW),
    "FILE_KIND": (say("this is not a workbook"), _SAVE),
    "FILE_IS_HTML": (say("this is a web page under the name of a workbook"), _SAVE),
    "PASSWORD": (
        say("the workbook is protected by a password"),
        say("remove the password in Excel and save"),
    ),
    "XML_DOCTYPE": (
        say("the workbook declares its own entities, as no spreadsheet program does"),
        _SAVE,
    ),
    "ZIP_DUPLICATE": (say("two parts of the workbook have one name"), _SAVE),
    "CELL_OUTSIDE": (say("a cell lies outside any sheet: {cell}"), _SAVE),
    "WORKBOOK_BROKEN": (
        say("the workbook is damaged or of a kind that cannot be understood"),
        _SAVE,
    ),
}
_LIMITS = ("TOO_WIDE", "SHEET_TOO_LARGE", "FILE_TOO_LARGE", "WORKBOOK_TOO_HARD")


def fault_of(code: str, facts: Mapping[str, str | int]) -> WorkbookFault:
    """Return the refusal in words; a code that is not known is a workbook not understood."""
    if code in _LIMITS:
        return WorkbookFault(code, *_beyond(code, facts))
    if code not in _SPOKEN:
        code = "WORKBOOK_BROKEN"
    reason, mend = _SPOKEN[code]
    spoken: dict[str, Fact] = {"what": "", "cell": "", "size": 0, **facts}
    needed = {name: fact for name, fact in spoken.items() if f"{{{name}}}" in reason.message}
    return WorkbookFault(code, Phrase(reason.message, needed), mend)


def _beyond(code: str, facts: Mapping[str, str | int]) -> tuple[Phrase, Phrase]:
    """Return what is said of a limit, with its value."""
    limit = int(facts.get("limit", 0))
    part = say("keep only the table in the workbook, or divide it")
    match code, facts.get("what"):
        case "TOO_WIDE", _:
            cell = str(facts.get("cell", ""))
            reason = say("{cell} is filled: more than {limit} columns", cell=cell, limit=limit)
            return reason, say("clear what stands beside the table")
        case "SHEET_TOO_LARGE", _:
            return say("the workbook holds more than {limit} cells", limit=limit), part
        case "FILE_TOO_LARGE", "members":
            return say("the workbook has more than {limit} parts", limit=limit), part
        case "FILE_TOO_LARGE", "inflated":
            limit //= MEBIBYTE
            return say("opened, the workbook takes more than {limit} MiB", limit=limit), part
        case "FILE_TOO_LARGE", "text":
            return say("the cells hold more than {limit} characters", limit=limit), part
        case "FILE_TOO_LARGE", _:
            return say("the file is larger than {limit} MiB", limit=limit // MEBIBYTE), part
        case _, "seconds":
            return say("reading the workbook takes more than {limit} seconds", limit=limit), part
    limit //= MEBIBYTE
    return say("reading the workbook takes more than {limit} MiB of memory", limit=limit), part
