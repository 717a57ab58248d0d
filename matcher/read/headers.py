"""What is told of a header: columns named twice, unknown, unused, read under other names."""

from __future__ import annotations

from matcher.errors import Issue
from matcher.forms import Form
from matcher.grid import Grid
from matcher.language import Phrase, say
from matcher.personal import mask_all
from matcher.read.header import Header
from matcher.read.table import Part
from matcher.spelling import did_you_mean

NEAR = 0.9  # of 1: how near an unknown header must come to a known one to be told


def header_issues(file: str, grid: Grid, header: Header, form: Form) -> list[Issue]:
    """Return what is wrong with a header or worth knowing of it."""
    line, sheet = grid.lines[header.index + header.height - 1], grid.sheet
    told: list[tuple[str, Phrase]] = []
    unused = tuple(
        header.texts[place]
        for place, column in header.columns.items()
        if column is None or column.kind == "unused"
    )
    if unused:
        told.append(("COLUMN_UNUSED", say("known and not used: {columns}", columns=unused)))
    renamed = tuple(
        f"{header.texts[place]} → {name}"
        for place, name in header.names.items()
        if header.texts[place] != name
    )
    if renamed:
        told.append(("HEADER_READ_AS", say("headers read as columns: {columns}", columns=renamed)))
    if header.height > 1:
        told.append(("HEADER_JOINED", say("a header of two rows, read as one")))
    return [
        *_cells_told(file, grid, header, form),
        *(Issue(code, file, line, "", "", reason, None, sheet) for code, reason in told),
    ]


def _cells_told(file: str, grid: Grid, header: Header, form: Form) -> list[Issue]:
    """Return the cells of a header that name a column again, or none that is known."""
    line, sheet = grid.lines[header.index + header.height - 1], grid.sheet

    def tell(code: str, place: int, reason: Phrase, mend: Phrase | None, column: str = "") -> Issue:
        part = Part(file, sheet, places={column: place})
        text = mask_all(header.texts[place])
        cell = part.cell(line, column)
        return Issue(code, file, line, column, text, reason, mend, sheet, cell, text)

    taken: dict[str, list[int]] = {}
    for place, name in header.names.items():
        taken.setdefault(name, []).append(place)
    issues = []
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
    return issues


def merged_header_issue(file: str, grid: Grid, header: Header) -> Issue:
    """Return that a header goes on in the row below it."""
    reason = say("the header seems to go on in the row below, under merged cells")
    mend = say("take the merges apart and write each header into one cell of one row")
    return Issue("HEADER_MERGED", file, grid.lines[header.index], "", "", reason, mend, grid.sheet)


def no_header_issue(file: str, grid: Grid, form: Form) -> Issue:
    """Return that no header was found, with the nearest that was."""
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
        mask_all(" | ".join(row))[:60],
        reason,
        near or say("name the columns, or map them under [read] columns"),
        grid.sheet,
    )


def no_rows_issue(part: Part) -> Issue:
    """Return that a table holds a header and nothing else."""
    reason = say("the table holds no rows yet")
    mend = say("fill it in, a row below the header for each")
    return Issue("FILE_EMPTY", part.file, part.header_line, "", "", reason, mend, part.sheet)
