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
from matcher.read.header import Header, find_header, goes_on
from matcher.read.table import Part, Table
from matcher.read.text import TextFault, read_text
from matcher.settings import Read, Settings
from matcher.workbook import Workbook, WorkbookFault, read_workbook, sniff

__all__ = ["FROZEN", "Part", "Progress", "Reader", "Table", "read_tables"]

Progress = Callable[[str, int], None]
FROZEN = Read(number_style="en", date_order="ymd")
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
NEAR = 0.9  # of 1: how near an unknown header must come to a known one to be told
FILLED = ("candidates", "openings")  # tables without which there is nothing to run
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
    return {
        name: reader.table(name, (f"{name}.csv",) if frozen else paths)
        for name, paths in settings.files.named.items()
    }


@dataclass
class Reader:
    """Reads tables out of the files of one folder; each workbook is opened once."""

    folder: Path
    options: Read
    progress: Progress | None = None
    frozen: bool = False
    workbooks: dict[Path, Workbook] = field(default_factory=dict)

    def table(self, name: str, paths: tuple[str, ...]) -> Table:
        """Return a table from its files (`file` or `file#sheet`), their rows one after another."""
        form = load_form(name)
        parts: list[Part] = []
        issues: list[Issue] = []
        digests: dict[str, str] = {}
        for named in paths:
            file, sheet = self._split(named)
            try:
                content = _content(self.folder / file, file)
                digests[file] = hashlib.sha256(content).hexdigest()
                part, told = self._part(file, sheet, content, form)
            except TextFault as fault:
                part, told = Part(file), [fault.issue]
            parts.append(part)
            issues += told
        if name in FILLED and not self.frozen and not any(len(p) or p.refused for p in parts):
            issues += [_no_rows(part) for part in parts if part.header_line]
        return Table(name, tuple(parts), tuple(issues), digests)

    def _split(self, named: str) -> tuple[str, str]:
        if "#" in named and not (self.folder / named).is_file():
            file, _, sheet = named.rpartition("#")
            return file, sheet
        return named, ""

    def _part(self, file: str, sheet: str, content: bytes, form: Form) -> tuple[Part, list[Issue]]:
        kind = sniff(content[:4096])
        suffix = Path(file).suffix.lower()
        if kind == "empty":
            raise _refused(
                file, "FILE_EMPTY", say("the file is empty"), say("write a header and rows")
            )
        if kind == "text" and Path(file).name.startswith("~$"):
            kind = "zip"
        if kind != "text":
            grid, header, notes = self._from_workbook(file, sheet or self.options.sheet or "", form)
        else:
            grid, notes = read_text(file, content, form, self.options)
            if suffix not in TEXT_SUFFIXES:
                reason = say("text under the name of a workbook; read as text")
                notes.append(Issue("FILE_READ_AS", file, 0, "", "", reason))
            header = find_header(grid, form, self.options.columns)
        if header is None:
            raise TextFault(_no_header(file, grid, form))
        if goes_on(grid, header, form):
            raise TextFault(_merged_header(file, grid, header))
        body = Body(file, grid, header, form, self.options.hidden)
        part = body.part()
        told = [*notes, *_header_issues(file, grid, header, form), *body.issues]
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
    if len(filled) == 1:
        return filled[0], []
    fitting = [grid for grid in shown if _fits(grid, form, options)]
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


def _header_issues(file: str, grid: Grid, header: Header, form: Form) -> list[Issue]:
    from matcher.spelling import did_you_mean

    line, sheet = grid.lines[header.index + header.height - 1], grid.sheet

    def tell(code: str, place: int, reason: Phrase, mend: Phrase | None, column: str = "") -> Issue:
        part = Part(file, sheet, places={column: place})
        text = header.texts[place]
        cell = part.cell(line, column)
        return Issue(code, file, line, column, text, reason, mend, sheet, cell, text)

    issues = []
    taken: dict[str, list[int]] = {}
    for place, name in header.names.items():
        taken.setdefault(name, []).append(place)
    for name, places in taken.items():
        texts = tuple(header.texts[place] for place in places)
        for place in places if len(places) > 1 else []:
            reason = say("several headers mean {column}: {texts}", column=name, texts=texts)
            mend = say('keep one, or write the other under [read] columns as ""')
            issues.append(tell("HEADER_TWICE", place, reason, mend, name))
    used = [column for column in form.columns if column.kind != "unused"]
    spellings = [s for column in used for s in (column.name, *column.spellings)]
    for place, text in header.texts.items():
        if place not in header.columns:
            near = did_you_mean(text, spellings, NEAR)
            reason = say("the column is not known and not used")
            issues.append(tell("COLUMN_UNKNOWN", place, reason, near))
    unused = tuple(
        header.texts[place]
        for place, column in header.columns.items()
        if column is None or column.kind == "unused"
    )
    if unused:
        reason = say("known and not used: {columns}", columns=unused)
        issues.append(Issue("COLUMN_UNUSED", file, line, "", "", reason, None, sheet))
    renamed = tuple(
        f"{header.texts[place]} → {name}"
        for place, name in header.names.items()
        if header.texts[place] != name
    )
    if renamed:
        reason = say("headers read as columns: {columns}", columns=renamed)
        issues.append(Issue("HEADER_READ_AS", file, line, "", "", reason, None, sheet))
    if header.height > 1:
        reason = say("a header of two rows, read as one")
        issues.append(Issue("HEADER_JOINED", file, line, "", "", reason, None, sheet))
    return issues


def _merged_header(file: str, grid: Grid, header: Header) -> Issue:
    reason = say("the header seems to go on in the row below, under merged cells")
    mend = say("take the merges apart and write each header into one cell of one row")
    return Issue("HEADER_MERGED", file, grid.lines[header.index], "", "", reason, mend, grid.sheet)


def _no_header(file: str, grid: Grid, form: Form) -> Issue:
    from matcher.spelling import did_you_mean

    row = max(grid.rows[:30], key=lambda cells: sum(bool(c.strip()) for c in cells), default=[])
    names = [spelling for column in form.columns for spelling in (column.name, *column.spellings)]
    near = next(filter(None, (did_you_mean(cell, names) for cell in row if cell.strip())), None)
    required = tuple(column.name for column in form.columns if column.required)
    reason = say(
        "no row of known headers was found in the first 30; needed: {columns}", columns=required
    )
    return Issue(
        "HEADER_NOT_FOUND",
        file,
        0,
        "",
        " | ".join(row)[:60],
        reason,
        near or say("name the columns, or map them under [read] columns"),
        grid.sheet,
    )


def _no_rows(part: Part) -> Issue:
    reason = say("the table holds no rows yet")
    mend = say("fill it in, a row below the header for each")
    return Issue("FILE_EMPTY", part.file, part.header_line, "", "", reason, mend, part.sheet)


def _content(path: Path, file: str) -> bytes:
    try:
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
