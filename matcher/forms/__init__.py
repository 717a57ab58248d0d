"""The columns of the tables that people fill in: what each is called, in three languages and by
those who send it, and how it is filled.

They are declared in `columns.csv`, a line each, in the order in which a table shows them. Headers
are matched as whole names, never by a part of one, so that “Nama” does not take “Nama Perusahaan”.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from matcher.language import Name

COLUMNS = Path(__file__).parent / "columns.csv"
BETWEEN_ALIASES = " | "
LONGEST_HEADER = 200
FORMS = (
    *("candidates", "openings", "hosts", "establishments", "supervisors", "schools"),
    *("decisions", "earlier", "outcomes", "objections", "demand", "scores"),
)
MADE = ("earlier", "scores")  # by a program, not filled in by hand: no sheet of the template
FILLED_IN = tuple(table for table in FORMS if table not in MADE)
LABELS = {
    "candidates": Name("Peserta", "候補者", "Candidates"),
    "openings": Name("Job order", "求人", "Job orders"),
    "hosts": Name("Perusahaan penerima", "実習実施者", "Hosts"),
    "establishments": Name("Tempat kerja", "事業所", "Establishments"),
    "supervisors": Name("Organisasi pengawas", "監理団体", "Supervising organisations"),
    "schools": Name("SO", "送出機関", "Sending organisations"),
    "decisions": Name("Keputusan", "決定", "Decisions"),
    "earlier": Name("Usulan terdahulu", "前回の推薦", "Earlier plan"),
    "outcomes": Name("Hasil", "経過", "Outcomes"),
    "objections": Name("Keberatan", "異議", "Objections"),
    "demand": Name("Permintaan per kejuruan", "分野別の需要", "Demand by trade"),
    "scores": Name("Nilai yang diberikan", "提供された点数", "Scores given"),
}
# What stands in a column's cells. `extra` columns only help to understand a table and are never
# kept in a batch; `unused` ones are known and left alone, and may stand in a file several times.
KINDS = (
    *("identifier", "reference", "text", "day", "count", "money", "share", "hours"),
    *("yes_no", "choice", "sex", "level", "expected", "certificates", "skills", "experience"),
    *("programme", "job_type", "job_types", "prefecture", "prefectures", "province"),
    *("refusals", "conditions", "list", "action", "extra", "unused"),
)
NOT_KEPT = ("extra", "unused")
# What only our own rules and criteria need: with a table of given scores it may be absent.
FOR_OWN_SCORES = {"candidates": ("birth_date", "programme")}

# What forms write behind a header without changing what it means.
_HINT = re.compile(
    r"\s*[(（](?:[dmyhtlgb]{2,4}([-/. ])[dmyhblnt]{2,4}\1[dmyhbtln]{2,4}|tgl.{0,12}"
    r"|wajib(?: diisi)?|sesuai (?:ktp|paspor|ijazah)|必須|ya ?/ ?tidak|l ?/ ?p)[)）]\s*$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Column:
    """One column of a table: its machine name, its kind (of `KINDS`), and what people call it.

    `label` is its header in a template, `aliases` are other headers it comes under, `note` says
    how to fill it and `example` shows a cell.
    """

    table: str
    name: str
    kind: str
    required: bool
    label: Name
    aliases: tuple[str, ...]
    note: Name
    example: str

    @property
    def kept(self) -> bool:
        """Whether a batch keeps the column."""
        return self.kind not in NOT_KEPT

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every header the column is found under besides its machine name."""
        return (self.label.id, self.label.ja, self.label.en, *self.aliases)


@dataclass(frozen=True)
class Form:
    """All columns of one table; `label` is the name of its sheet."""

    table: str
    label: Name
    columns: tuple[Column, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def kept(self) -> tuple[str, ...]:
        """The names of the columns that a batch keeps."""
        return tuple(column.name for column in self.columns if column.kept)

    def column(self, name: str) -> Column | None:
        """Return the column of a machine name, None where the table has none of that name."""
        return self._by_name.get(name)

    def find(self, header: str) -> Column | None:
        """Return the column that a header means, None where it is not known."""
        header = header.strip()
        if len(header) > LONGEST_HEADER:  # no name; looking for a hint in it could take for ever
            return None
        column = self._by_header.get(fold(header))
        if column is None and (bare := _HINT.sub("", header)) != header:
            column = self._by_header.get(fold(bare))
        return column

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def _by_header(self) -> dict[str, Column]:
        return {
            fold(header): column
            for column in self.columns
            for header in (column.name, *column.spellings)
        }


@lru_cache(maxsize=2 * len(FORMS))
def load_form(table: str, *, given: bool = False) -> Form:
    """Return the form of a table of `FORMS`; with `given` scores, what only our own need is no
    longer required."""
    if table not in FORMS:
        raise ValueError(f"no such table: {table}")
    with COLUMNS.open(encoding="utf-8", newline="") as file:
        columns = tuple(
            _column(row) for row in csv.DictReader(file, strict=True) if row["table"] == table
        )
    freed = FOR_OWN_SCORES.get(table, ()) if given else ()
    columns = tuple(replace(c, required=c.required and c.name not in freed) for c in columns)
    return Form(table, LABELS[table], columns)


def fold(header: str) -> str:
    """Return a header's letters and digits without case and width: “No. HP” and “NO_HP” are one
    name, and so are “Nama*” and “Nama”."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", header).casefold())


def _column(row: dict[str, str]) -> Column:
    return Column(
        table=row["table"],
        name=row["column"],
        kind=row["kind"],
        required=row["required"] == "yes",
        label=Name(row["label_id"], row["label_ja"], row["label_en"]),
        aliases=tuple(filter(None, row["aliases"].split(BETWEEN_ALIASES))),
        note=Name(row["note_id"], row["note_ja"], row["note_en"]),
        example=row["example"],
    )
