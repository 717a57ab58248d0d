"""Texts of people and orders as the sheets show them, from their rows as they were read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from functools import cached_property

from matcher.explain.reasons import job_name, level_name
from matcher.forms import load_form
from matcher.language import Name, Phrase, Words, say
from matcher.problem import NO_DAY, UNKNOWN, Problem, day_of
from matcher.report.sheets.values import BLANK
from matcher.settings.parts import HostColumn
from matcher.vocabulary import load_vocabulary

Row = dict[str, str]


def label(table: str, name: str) -> Name:
    """Return what a column is called in the tables that people fill in."""
    column = load_form(table).column(name)
    if column is None:
        raise ValueError(f"no such column: {table}, {name}")
    return column.label


TITLES: dict[HostColumn, tuple[Name | Phrase, int]] = {
    "name": (label("candidates", "name"), 24),
    "programme": (label("candidates", "programme"), 28),
    "centre": (label("candidates", "centre"), 16),
    "training_end": (label("candidates", "training_end"), 18),
    "japanese_level": (label("candidates", "japanese_level"), 14),
    "certificates": (label("candidates", "certificates"), 36),
    "experience": (say("work experience"), 28),
    "available_from": (label("candidates", "available_from"), 18),
}
MODES = (
    (Name("daring", "オンライン", "online"), ("daring", "online", "オンライン", "zoom")),
    (
        Name("tatap muka", "対面", "in person"),
        ("tatap muka", "対面", "in person", "luring", "langsung", "offline"),
    ),
)


class Texts:
    """Texts of one problem in one language; blank cells are shown as a dash."""

    def __init__(self, problem: Problem, words: Words) -> None:
        self.problem, self.words = problem, words

    def person(self, column: HostColumn, candidate: int) -> str:
        """Return what a host is shown of a person in one column."""
        c, row = self.problem.candidates, self._people[self.problem.candidate_ids[candidate]]
        match column:
            case "name":
                return self.problem.labels.candidate_names[candidate] or BLANK
            case "centre":
                return self.problem.labels.centres[candidate] or BLANK
            case "programme":
                known = load_vocabulary().programmes.get(row.get("programme", ""))
                return known.name if known else row.get("programme", "") or BLANK
            case "training_end":
                return self._day(int(c.training_end[candidate]))
            case "available_from":
                return self._day(int(c.available_from[candidate]))
            case "japanese_level":
                level = self.words(level_name(int(c.level[candidate])))
                return f"{level} (JFT)" if c.jft[candidate] > 0 else level
            case "certificates":
                return self._listed(row.get("certificates", ""), self._certificate)
            case "experience":
                return self._listed(row.get("experience", ""), self._experience)

    def work(self, opening: int) -> str:
        """Return the number and the name of an order's work."""
        number = self.problem.lists.operations[self.problem.openings.job[opening]]
        return f"{number} {self.words(job_name(self.problem, opening))}"

    def host(self, host: int) -> str:
        """Return a host's id and name."""
        names = self.problem.labels.host_names[host]
        return f"{self.problem.lists.hosts[host]} {names}".strip()

    def supervisor(self, opening: int) -> str:
        """Return the id and name of an order's supervising organisation, "" where not known."""
        place = int(self.problem.openings.supervisor[opening])
        if place == UNKNOWN and self.problem.hosts is not None:
            place = int(self.problem.hosts.supervisor[self.problem.openings.host[opening]])
        if place == UNKNOWN:
            return self.order(opening).get("supervisor_id", "")
        return self.organisation(place)

    def organisation(self, supervisor: int) -> str:
        """Return the id and name of a supervising organisation."""
        name = self.problem.lists.supervisors[supervisor]
        return f"{name} {self._supervisors.get(name, {}).get('name', '')}".strip()

    def prefecture(self, opening: int) -> str:
        """Return the prefecture of an order."""
        place = int(self.problem.openings.prefecture[opening])
        if place == UNKNOWN:
            return BLANK
        return self.words(load_vocabulary().prefectures[self.problem.lists.prefectures[place]])

    def mode(self, opening: int) -> str:
        """Return how people are interviewed, "" where not recorded."""
        read = self.order(opening).get("interview_mode", "").strip()
        if not read:
            return ""
        known = (name for name, spellings in MODES if read.casefold() in spellings)
        return self.words(next(known, read))

    def wished_prefectures(self, candidate: int) -> list[str]:
        """Return the prefectures a person wishes for, as the batch keeps them, the first first."""
        row = self._people[self.problem.candidate_ids[candidate]]
        return [part.strip() for part in row.get("wishes_prefectures", "").split(";")]

    def order(self, opening: int) -> Row:
        """Return the row of an order as it was read, in canonical spelling."""
        return self._orders[self.problem.opening_ids[opening]]

    def host_row(self, host_id: str) -> Row:
        """Return the row of a host as it was read, empty where there is none."""
        return self._hosts.get(host_id, {})

    def interview_day(self, day: int) -> str:
        """Return the day of an interview in words."""
        return self.words(say("day not yet set") if day == NO_DAY else day_of(day))

    def _day(self, day: int) -> str:
        return BLANK if day == NO_DAY else self.words(day_of(day))

    def _listed(self, cell: str, tell: Callable[[str], str]) -> str:
        told = [text for part in cell.split(";") if part.strip() and (text := tell(part.strip()))]
        return "; ".join(told) or BLANK

    def _certificate(self, entry: str) -> str:
        """Return a certificate with its last day; "" where that is over."""
        code, _, until = entry.partition("@")
        unit = load_vocabulary().units.get(code)
        named = f"{self.words(unit.title)} ({code})" if unit else code
        if not until:
            return named
        last = date.fromisoformat(until)
        if last < self.problem.settings.on:
            return ""
        return self.words(say("{certificate}, until {day}", certificate=named, day=last))

    def _experience(self, entry: str) -> str:
        number, _, months = entry.partition(":")
        name = self._work_names.get(number)
        work = f"{number} {self.words(name)}" if name else number
        return self.words(say("{work}: {months} months", work=work, months=months))

    @cached_property
    def _work_names(self) -> dict[str, Name]:
        jobs = load_vocabulary().job_types.values()
        return {
            **{job.category_no: job.category for job in jobs},
            **{job.operation_no: job.operation for job in jobs},
        }

    @cached_property
    def _people(self) -> dict[str, Row]:
        return self._rows("candidates", "candidate_id")

    @cached_property
    def _orders(self) -> dict[str, Row]:
        return self._rows("openings", "opening_id")

    @cached_property
    def _hosts(self) -> dict[str, Row]:
        return self._rows("hosts", "host_id")

    @cached_property
    def _supervisors(self) -> dict[str, Row]:
        return self._rows("supervisors", "supervisor_id")

    def _rows(self, table: str, key: str) -> dict[str, Row]:
        """Return the rows of a table, in canonical spelling, by their id."""
        text = self.problem.inputs.get(f"{table}.csv", b"").decode()
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        return {row[key]: row for row in rows}
