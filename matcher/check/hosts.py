"""The hosts' table, understood."""

from __future__ import annotations

from matcher.check import cells
from matcher.check.named import NamedCells
from matcher.check.sheet import Sheet
from matcher.forms import load_form
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary


def check_hosts(
    table: Table, settings: Settings, vocabulary: Vocabulary
) -> tuple[Sheet, dict[str, str]]:
    """Return the table under check and the hosts' names by id."""
    sheet = Sheet(table, load_form("hosts"), settings.read)
    parse = NamedCells(vocabulary, settings.job_types)
    ids = sheet.ids("host_id")
    counts = ["full_time_staff", "trainees_1", "trainees_2", "trainees_3", "promised", "esd_people"]
    for column in (*counts, "rooms_women", "rooms_men"):
        sheet.counts(column, 0, 10_000_000, units=cells.PEOPLE)
    for column in ("excellent", "designated_area"):
        sheet.numbers(column, cells.yes_no)
    sheet.numbers("prefecture", parse.prefecture)
    sheet.values("supervisor_id", cells.identifier(), "")
    return sheet, dict(zip(ids, sheet.values("name", cells.one_line, ""), strict=True))
