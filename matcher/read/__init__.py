"""Step 1: the files of a scenario, as tables of text with the place of every row.

Here it is found which file, sheet, encoding, separator and header a table has; no cell is
understood. A file that cannot be read as a table is an issue; rows that are none of the table's
are counted and told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from matcher.errors import Issue
from matcher.forms import Form, fold, load_form
from matcher.grid import LIMITS, Grid
from matcher.language import Phrase, say
from matcher.read.body import Body
from matcher.read.header import HEADER_ROWS, Header, find_header, goes_on
from matcher.read.headers import (
    NEAR,
    header_issues,
    merged_header_issue,
    no_header_issue,
    no_rows_issue,
)
from matcher.read.table import Part, Table
from matcher.read.text import TextFault, read_text
from matcher.settings import Read, Settings, split_path
from matcher.spelling import did_you_mean
from matcher.workbook import Workbook, WorkbookFault, read_workbook, sniff

__all__ = ["FROZEN", "Part", "Progress", "Reader", "Table", "read_tables"]

Progress = Callable[[str, int], None]
FROZEN = Read(number_style="en", date_order="ymd")
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
OWNER_FILE = "~$"  # Excel's mark that a workbook is open
FILLED = ("candidates", "openings")  # tables without which there is nothing to run
NEAREST = 3  # headers by which a sheet with misspelt ones is known
SHARE_KNOWN = 40  # percent of a sheet's headers that a table must know to be taken for it


def read_tables(
    folder: Path,
    settings: Settings,
    *,
    frozen: bool = False,
    progress: Progress | None = None,
) -> dict[str, Table]:
    """Return the tables that the scenario names, by their name; `frozen` ones lie in a batch,
    under their tables' names. `progress` is told a file's name and percent while workbooks open."""
    reader = Reader(folder, settings.read, progress, frozen=frozen)
    named = settings.files.named
    return reader.tables({name: (f"{name}.csv",) for name in named} if frozen else named)


@dataclass
class Reader:
    """Reads tables out of the files of one folder; each workbook is opened once."""

    folder: Path
    options: Read
    progress: Progress | None = None
    frozen: bool = False
    workbooks: dict[Path, Workbook] = field(default_factory=dict)
    insists: bool = False
    given: bool = False

    def tables(self, named: dict[str, tuple[str, ...]]) -> dict[str, Table]:
        """Return the tables by name; a declared sheet that no workbook has is refused in each."""
        self.given = "scores" in named
        tables = {name: self.table(name, paths) for name, paths in named.items()}
        if self.options.sheet and self.workbooks and not any(map(self._declared, self.workbooks)):
            self.insists = True
            tables = {name: self.table(name, paths) for name, paths in named.items()}
        return tables

    def _declared(self, path: Path) -> bool:
        """Return whether a workbook has the sheet that is declared for all."""
        sheets = {fold(grid.sheet) for grid in self.workbooks[path].grids}
        return fold(self.options.sheet or "") in sheets

    def table(self, name: str, paths: tuple[str, ...]) -> Table:
        """Return a table from its files (`file` or `file#sheet`), their rows one after another."""
        form = load_form(name, given=self.given)
        parts: list[Part] = []
        issues: list[Issue] = []
        digests: dict[str, str] = {}
        for named in paths:
            file, sheet = split_path(self.folder, named)
            try:
                content = _content(self.folder / file, file)
                digests[file] = hashlib.sha256(content).hexdigest()
                part, told = self._part(file, sheet, content, form)
                if any((part.file, part.sheet) == (p.file, p.sheet) for p in parts):
                    reason = say("the same sheet or file is named twice")
                    raise _refused(file, "SHEET", reason, say("name it once in [files]"))
            except TextFault as fault:
                part, told = Part(file), [fault.issue]
            parts.append(part)
            issues += told
        if name in FILLED and not self.frozen and not any(len(p) or p.refused for p in parts):
            issues += [no_rows_issue(part) for part in parts if part.header_line]
        return Table(name, tuple(parts), tuple(issues), digests)

    def _part(self, file: str, sheet: str, content: bytes, form: Form) -> tuple[Part, list[Issue]]:
        kind = sniff(content[:4096])
        suffix = Path(file).suffix.lower()
        if kind == "empty":
            raise _refused(
                file, "FILE_EMPTY", say("the file is empty"), say("write a header and rows")
            )
        if kind != "text" or Path(file).name.startswith(OWNER_FILE):
            grid, header, notes = self._from_workbook(file, sheet, form)
        else:
            if sheet:
                reason = say("a text file has no sheets, and “{name}” is named", name=sheet)
                raise _refused(file, "SHEET", reason, say("name the file alone, without #"))
            grid, notes = read_text(file, content, form, self.options, ours=self.frozen)
            if suffix not in TEXT_SUFFIXES:
                reason = say("text under the name of a workbook; read as text")
                notes.append(Issue("FILE_READ_AS", file, 0, "", "", reason))
            header = find_header(grid, form, self.options.columns)
        if header is None:
            raise TextFault(no_header_issue(file, grid, form))
        if goes_on(grid, header, form):
            raise TextFault(merged_header_issue(file, grid, header))
        body = Body(file, grid, header, form, self.options.hidden)
        part = body.part()
        told = [*notes, *header_issues(file, grid, header, form), *body.issues]
        return part, told

    def _from_workbook(
        self, file: str, sheet: str, form: Form
    ) -> tuple[Grid, Header | None, list[Issue]]:
        path = self.folder / file
        if path not in self.workbooks:
            tell = self.progress
            try:
                self.workbooks[path] = read_workbook(
                    path, progress=(lambda share: tell(file, share)) if tell else None
                )
            except WorkbookFault as fault:
                issue = Issue(fault.code, file, 0, "", "", fault.reason, fault.mend)
                raise TextFault(issue) from fault
        workbook = self.workbooks[path]
        notes = []
        if workbook.macros or workbook.external_links:
            reason = say("macros, links to other files or objects were not used")
            notes.append(Issue("MACROS", file, 0, "", "", reason))
        if workbook.kind != "xlsx":
            reason = say(
                "read as .{kind}: hidden rows, formulas and struck cells do not show in it",
                kind=workbook.kind,
            )
            notes.append(Issue("FILE_READ_AS", file, 0, "", "", reason))
        if not sheet and self.options.sheet and (self.insists or self._declared(path)):
            sheet = self.options.sheet
        grid, told = _choose_sheet(file, sheet, workbook, form, self.options)
        return grid, find_header(grid, form, self.options.columns), notes + told


def _choose_sheet(
    file: str, named: str, workbook: Workbook, form: Form, options: Read
) -> tuple[Grid, list[Issue]]:
    grids = {grid.sheet: grid for grid in workbook.grids}
    if named:
        found = [grid for name, grid in grids.items() if fold(name) == fold(named)]
        exact = grids.get(named) or (found[0] if len(found) == 1 else None)
        if exact is not None:
            if exact.rows:
                return exact, []
            raise _refused(file, "FILE_EMPTY", say("the sheet “{name}” is empty", name=named), None)
        reason = say("there is no sheet “{name}”", name=named)
        raise _refused(file, "SHEET", reason, say("one of: {names}", names=tuple(grids)))
    filled = [grid for grid in workbook.grids if grid.rows]
    if not filled:
        raise _refused(
            file, "FILE_EMPTY", say("the workbook is empty"), say("write a header and rows")
        )
    shown = [grid for grid in filled if grid.visible]
    if len(filled) == 1 and (shown or options.hidden == "include"):
        return filled[0], []
    fitting = [grid for grid in shown if _fits(grid, form, options)]
    alike = [grid for grid in shown if grid in fitting or _nearly_fits(grid, form)]
    if len(fitting) == 1 and len(alike) > 1:
        fitting = alike
    if len(fitting) == 1:
        others = tuple(grid.sheet for grid in filled if grid is not fitting[0])
        reason = say(
            "read from the sheet “{name}”; not from: {others}", name=fitting[0].sheet, others=others
        )
        return fitting[0], [Issue("SHEET_CHOSEN", file, 0, "", "", reason, None, fitting[0].sheet)]
    told = tuple(f"{grid.sheet} ({len(grid.rows)})" for grid in fitting or filled)
    reason = say("which sheet holds the table is not plain: {sheets}", sheets=told)
    mend = say("name it: {file}#SHEET in [files], or --sheet", file=file)
    raise _refused(file, "SHEET", reason, mend)


def _fits(grid: Grid, form: Form, options: Read) -> bool:
    header = find_header(grid, form, options.columns)
    if header is None:
        return False
    required = {column.name for column in form.columns if column.required}
    found = required & set(header.names.values())
    known = len(header.columns) * 100 >= SHARE_KNOWN * len(header.texts)
    return known and len(found) * 2 >= len(required)


def _nearly_fits(grid: Grid, form: Form) -> bool:
    """Return whether a sheet looks like this table with its headers misspelt: one of its first rows
    has a header of the table, and at least three and half of all come near one."""
    used = [column for column in form.columns if column.kind != "unused"]
    spellings = [s for column in used for s in (column.name, *column.spellings)]
    for row in grid.rows[:HEADER_ROWS]:
        texts = [text for text in row if text.strip()]
        if len(texts) < NEAREST or len(grid.rows) < 2 or not any(map(form.find, texts)):
            continue
        near = [text for text in texts if form.find(text) or did_you_mean(text, spellings, NEAR)]
        if len(near) >= NEAREST and 2 * len(near) >= len(texts):
            return True
    return False


def _content(path: Path, file: str) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            reason = say("it is no file but a device or a pipe")
            raise _refused(file, "FILE_OPEN", reason, say("mend [files]"))
        if path.stat().st_size > LIMITS.file_bytes:
            reason = say("the file is larger than {n} MiB", n=LIMITS.file_bytes >> 20)
            raise _refused(file, "FILE_TOO_LARGE", reason, say("divide it"))
        return path.read_bytes()
    except FileNotFoundError:
        raise _refused(file, "NO_FILE", say("there is no such file"), say("mend [files]")) from None
    except PermissionError:
        reason, mend = say("the file is open elsewhere"), say("close it and run again")
        raise _refused(file, "FILE_LOCKED", reason, mend) from None
    except (OSError, ValueError) as fault:
        what = fault.strerror if isinstance(fault, OSError) else fault
        reason = say("it cannot be opened: {fault}", fault=str(what))
        raise _refused(file, "FILE_OPEN", reason, say("mend [files]")) from None


def _refused(file: str, code: str, reason: Phrase, mend: Phrase | None) -> TextFault:
    return TextFault(Issue(code, file, 0, "", "", reason, mend))
