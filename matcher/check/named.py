"""Cells that name entries of the vocabulary: courses, units, skills, job types, prefectures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from matcher.check import cells
from matcher.check.cells import Cell, CellFault, Found
from matcher.check.named_jobs import JobCells, check_settled, near, refuse_date, unknown
from matcher.check.named_lists import condition, halves, list_of, read_as, senders, stated
from matcher.check.terms import CONDITION_WORDS, months_of
from matcher.language import say
from matcher.problem import CONDITIONS, NO_DAY, UNKNOWN, OrderNeed
from matcher.vocabulary import Vocabulary
from matcher.vocabulary.names import folded, names_of

__all__ = ["Certificates", "Levels", "NamedCells", "Wishes", "check_settled"]
Certificates = tuple[tuple[str, int], ...]
Levels = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Wishes:
    """What a person wishes and refuses by name: operations or categories, and prefectures."""

    conditions: int
    jobs: tuple[str, ...]
    prefectures: tuple[str, ...]


class NamedCells:
    """One parser per kind of cell that names entries of the vocabulary; the canonical spelling
    is their ids and numbers, prefectures in English."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        settled: Mapping[str, str],
        date_order: Literal["dmy", "mdy", "ymd", "serial"] | None = None,
    ) -> None:
        self.names = names_of(vocabulary)
        self.jobs = JobCells(vocabulary, settled)
        self.vocabulary = vocabulary
        self.programme_places = _places(vocabulary.programmes)
        self.prefecture_places = _places(vocabulary.prefectures)
        self._day = cells.day(date_order)
        self._level = cells.whole(1, 3)
        self._worked = cells.whole(0, 1200, units=cells.MONTHS)

    def programme(self, cell: Cell) -> Found[int]:
        """A programme's id, name or alias, whatever its case and marks, without class tails."""
        if cells.is_no_data(cell.text):
            return Found(UNKNOWN, "", "NO_DATA_WORD")
        found = self.names.programmes(cell.text)
        if len(found) == 1:
            return Found(self.programme_places[found[0]], found[0], read_as(cell.text, found[0]))
        if found:
            reason = say("two programmes are called so: {names}", names=found)
            raise CellFault("UNKNOWN_NAME", reason, say("write the programme's id"))
        if self.names.is_field(cell.text):
            reason = say("the name of a whole field (kejuruan), in which many programmes stand")
            raise CellFault("UNKNOWN_NAME", reason, say("write the programme's id or name"))
        mend = near(cell.text, self.names.programme_spellings)
        raise CellFault("UNKNOWN_NAME", say("unknown {what}", what=say("programme")), mend)

    def job_type(self, cell: Cell) -> Found[str]:
        """An operation by its number or name, or by the office's own word for it."""
        if cells.is_no_data(cell.text):
            return Found("", "", "NO_DATA_WORD")
        self._refuse_date(cell)
        number = self.jobs.operation(cell.text)
        return Found(number, number, read_as(cell.text, number))

    def prefecture(self, cell: Cell) -> Found[int]:
        """A prefecture in English or Japanese, or an address that holds one."""
        if cells.is_no_data(cell.text):
            return Found(UNKNOWN, "", "NO_DATA_WORD")
        held = self.names.prefectures_of_address(cell.text)
        if len(held) > 1:
            reason = say("several prefectures in one cell: {names}", names=held)
            raise CellFault("UNKNOWN_NAME", reason, say("write one of them"))
        name = held[0] if held else self.names.prefecture(cell.text)
        if name is None:
            mend = near(cell.text, self.vocabulary.prefectures)
            raise CellFault("UNKNOWN_NAME", say("unknown {what}", what=say("prefecture")), mend)
        return Found(self.prefecture_places[name], name, read_as(cell.text, name))

    def province(self, cell: Cell) -> Found[str]:
        """A province of Indonesia; what is none stays as written, for the column is only shown."""
        if cells.is_no_data(cell.text):
            return Found("", "", "NO_DATA_WORD")
        name = self.names.province(cell.text) or cell.text
        return Found(name, name, read_as(cell.text, name))

    def certificates(self, cell: Cell) -> Found[Certificates]:
        """`unit_code@valid_until; …`, the date optional."""
        values, text, code = list_of(cell, self._certificate)
        return Found(tuple(sorted(values)), text, code)

    def skills(self, cell: Cell) -> Found[Levels]:
        """`skill:level; …`."""
        values, text, code = list_of(cell, self._skill)
        return Found(tuple(sorted(values)), text, code)

    def experience(self, cell: Cell) -> Found[Levels]:
        """`operation:months; …`, added up by job category."""
        values, text, code = list_of(cell, self._experience)
        months: dict[str, int] = {}
        for category, worked in values:
            months[category] = months.get(category, 0) + worked
        return Found(tuple(sorted(months.items())), text, code)

    def expected(self, cell: Cell) -> Found[tuple[int, int]]:
        """`N4@2023-03-31`."""
        if cells.is_no_data(cell.text):
            return Found((UNKNOWN, NO_DAY), "", "NO_DATA_WORD")
        form = "N4@2023-03-31"
        left, right = halves(cell.text, "@", form)
        level = stated(cells.tested_level(Cell(left)), cell.text, form)
        when = stated(self._day(Cell(right)), cell.text, form)
        text = f"{level.text}@{when.text}"
        code = "" if text == cell.text else level.code or when.code or "LIST_MARKS"
        return Found((level.value, when.value), text, code)

    def job_wishes(self, cell: Cell) -> Found[tuple[str, ...]]:
        """Operations or job categories, in order of preference."""
        self._refuse_date(cell)
        values, text, code = list_of(cell, self._job)
        return Found(tuple(values), text, code)

    def prefecture_wishes(self, cell: Cell) -> Found[tuple[str, ...]]:
        """Prefectures, in order of preference."""
        values, text, code = list_of(cell, self._prefecture)
        return Found(tuple(values), text, code)

    def refusals(self, cell: Cell) -> Found[Wishes]:
        """Conditions of the closed list, operations or categories, and prefectures."""
        self._refuse_date(cell)
        values, text, code = list_of(cell, self._refusal)
        held = {kind: sorted(name for at, name in values if at == kind) for kind, _ in values}
        bits = sum({1 << CONDITIONS.index(name) for name in held.get("condition", ())})
        jobs, prefectures = tuple(held.get("job", ())), tuple(held.get("prefecture", ()))
        return Found(Wishes(bits, jobs, prefectures), text, code)

    def accepted(self, cell: Cell) -> Found[int]:
        """Conditions of the closed list; operations and prefectures accepted need no answer."""
        found = self.refusals(cell)
        return Found(found.value.conditions, found.text, found.code)

    def conditions(self, cell: Cell) -> Found[int]:
        """Conditions of the closed list as bits, in the order of `CONDITIONS`."""
        values, text, code = list_of(cell, condition)
        return Found(sum({1 << CONDITIONS.index(name) for name in values}), text, code)

    def order_needs(self, cell: Cell) -> Found[tuple[OrderNeed, ...]]:
        """`skill:level; …`, with `!` behind a level that is a rule."""
        values, text, code = list_of(cell, self._need)
        needs = sorted(values, key=lambda need: (need.skill_id, need.level, need.must))
        return Found(tuple(needs), text, code)

    senders = staticmethod(senders)

    def _certificate(self, part: str) -> Found[tuple[str, int]]:
        written, until, mark = part, "", "@" in part or "＠" in part
        if mark:
            written, until = halves(part, "@", "unit_code@2028-03-31")
        units = self.names.units(written)
        if len(units) > 1:
            reason = say("“{name}” is the code of several units: {units}", name=part, units=units)
            raise CellFault("UNKNOWN_NAME", reason, say("write the code with its version"))
        if not units:
            mend = near(written, self.vocabulary.units)
            raise CellFault("UNKNOWN_NAME", unknown(say("SKKNI unit"), written), mend)
        code = read_as(written, units[0])
        if not mark:
            return Found((units[0], NO_DAY), units[0], code)
        when = self._day(Cell(until))
        text = f"{units[0]}@{when.text}" if when.text else units[0]
        return Found((units[0], when.value), text, code or when.code)

    def _skill(self, part: str) -> Found[tuple[str, int]]:
        form = "skill_id:level"
        written, right = halves(part, ":", form)
        skills = self.names.skills(written)
        if len(skills) != 1:
            mend = near(written, self.names.skill_spellings)
            raise CellFault("UNKNOWN_NAME", unknown(say("skill"), written), mend)
        level = stated(self._level(Cell(right)), part, form)
        code = read_as(written, skills[0]) or level.code
        return Found((skills[0], level.value), f"{skills[0]}:{level.text}", code)

    def _need(self, part: str) -> Found[OrderNeed]:
        bare = part.rstrip("!！ ")
        must = "!" if len(bare) < len(part.rstrip()) else ""
        found = self._skill(bare)
        need = OrderNeed(*found.value, must=bool(must))
        return Found(need, f"{found.text}{must}", found.code)

    def _experience(self, part: str) -> Found[tuple[str, int]]:
        form = "operation_no:months"
        written, right = halves(part, ":", form)
        number, total = self.jobs.operation(written), months_of(right)
        worked = self._worked(Cell(right if total is None else str(total)))
        worked = stated(worked, part, form)
        code = read_as(written, number) or worked.code or ("" if total is None else "NUMBER_FORM")
        category = self.vocabulary.job_types[number].category_no
        return Found((category, worked.value), f"{number}:{worked.text}", code)

    def _job(self, part: str) -> Found[str]:
        number = self.jobs.wish(part)
        return Found(number, number, read_as(part, number))

    def _prefecture(self, part: str) -> Found[str]:
        name = self.names.prefecture(part)
        if name is None:
            mend = near(part, self.vocabulary.prefectures)
            raise CellFault("UNKNOWN_NAME", unknown(say("prefecture"), part), mend)
        return Found(name, name, read_as(part, name))

    def _refusal(self, part: str) -> Found[tuple[str, str]]:
        if folded(part) in CONDITION_WORDS:
            word = condition(part)
            return Found(("condition", word.value), word.text, word.code)
        prefecture = self.names.prefecture(part)
        if prefecture:
            return Found(("prefecture", prefecture), prefecture, read_as(part, prefecture))
        try:
            job = self._job(part)
        except CellFault as fault:
            if fault.code == "UNKNOWN_NAME" and not part[:1].isdigit():
                reason = say("“{part}” is no condition, job type or prefecture", part=part)
                words = (*CONDITIONS, *self.vocabulary.prefectures, *self.jobs.jobs.spellings)
                mend = near(part, words) or say("a condition is one of: {words}", words=CONDITIONS)
                raise CellFault("UNKNOWN_NAME", reason, mend) from None
            raise
        return Found(("job", job.value), job.text, job.code)

    def _refuse_date(self, cell: Cell) -> None:
        if cell.has("date") and folded(cell.text) not in self.jobs.settled:
            refuse_date(cell.text, cell)


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(sorted(names))}
