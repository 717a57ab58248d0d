"""The scenario's limits against the tables: groups and people that nobody knows, what is limited
twice, and the blanks by which nothing can be limited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from matcher.check.around import Around, prefectures_of
from matcher.check.candidates import CandidateCells
from matcher.check.openings import OpeningCells
from matcher.check.sheet import Sheet
from matcher.check.sheet.telling import masked
from matcher.errors import Issue
from matcher.language import Phrase, say
from matcher.limits.groups import (
    JOB_GROUPS,
    OF_PEOPLE,
    job_categories,
    job_groups,
    month_of,
    name_places,
    spell,
)
from matcher.personal import mask_all
from matcher.problem import PAYERS, UNKNOWN, Numbers
from matcher.settings import (
    CLASS_SIZE,
    FILE,
    Budget,
    Companions,
    Grouping,
    Settings,
    issue,
    limit_key,
)
from matcher.spelling import did_you_mean
from matcher.vocabulary import load_vocabulary

LISTED = 12  # names that a message lists
GROUPINGS = {
    "centre": say("centre"),
    "province": say("province"),
    "school": say("sending organisation"),
    "job_group": say("job group"),
    "job_category": say("job category"),
    "host": say("host"),
    "prefecture": say("prefecture"),
    "entry_month": say("month of entry"),
}


@dataclass(frozen=True)
class Limited:
    """The limits of a scenario and the tables that they are about; `resting` are the people who
    take no part, `idle` the openings where nobody is proposed."""

    settings: Settings
    people: Sheet
    candidates: CandidateCells
    orders: Sheet
    openings: OpeningCells
    around: Around
    resting: Collection[str]
    idle: Collection[str]

    @cached_property
    def groups(self) -> dict[str, Sequence[str]]:
        """The group of each row, by grouping; "" where it is blank."""
        cells, orders = self.candidates, self.openings
        prefectures = sorted(load_vocabulary().prefectures)
        places: Numbers = prefectures_of(orders, self.around.hosts)
        return {
            "centre": cells.texts["centre"],
            "province": cells.texts["province"],
            "school": cells.schools,
            "job_group": job_groups(orders.operations),
            "job_category": job_categories(orders.operations),
            "host": orders.hosts,
            "prefecture": name_places(prefectures, places.tolist()),
            "entry_month": [month_of(int(day)) for day in orders.days["entry_from"]],
        }

    def check(self) -> list[Issue]:
        """Return the faults and notes of all limits; blank costs are told of their own table."""
        issues = self.unknown_names(accepted=False)
        seen: dict[tuple[str, str, str], int] = {}
        for entry, limit in enumerate(self.settings.limits):
            if isinstance(limit, Grouping):
                if limit.min == 0 and limit.max is None:
                    told = say("a least number of 0 asks nothing: this limit has no effect")
                    issues.append(Issue("UNUSUAL", FILE, 0, f"{limit_key(entry)}.min", "0", told))
                issues += self._twice(entry, limit, seen)
                issues += self._blanks(entry, limit)
            elif isinstance(limit, Budget):
                self._refuse_blanks(entry, limit)
        return issues

    def unknown_names(self, *, accepted: bool) -> list[Issue]:
        """Return the faults of limits that name a group that nobody is in, or a person who is not
        there; where rows are left out, among the `accepted` ones."""
        issues: list[Issue] = []
        for entry, limit in enumerate(self.settings.limits):
            if isinstance(limit, Grouping):
                issues += self._unknown_groups(entry, limit, accepted)
            elif isinstance(limit, Companions):
                issues += self._unknown_people(entry, limit, accepted)
        return issues

    def lost_groups(self) -> list[Issue]:
        """Return a note for each floor of every group where some groups are gone with the rows that
        are left out: nothing is asked of these."""
        issues: list[Issue] = []
        for entry, limit in enumerate(self.settings.limits):
            if not isinstance(limit, Grouping) or limit.named is not None or not limit.min:
                continue
            sheet, groups = self._sheet(limit.by), self.groups[limit.by]
            left_out = {groups[row] for row in sheet.bad} - {""}
            lost = sorted(left_out - self._held(limit.by, accepted=True))
            if lost:
                told = say(
                    "all rows of {n} groups are left out, and no least is asked of them: {names}",
                    n=len(lost),
                    names=tuple(map(mask_all, lost[:LISTED])),
                )
                where = f"{limit_key(entry)}.min"
                issues.append(Issue("SKIPPED", FILE, 0, where, str(limit.min), masked(told)))
        return issues

    def _sheet(self, by: str) -> Sheet:
        return self.people if by in OF_PEOPLE else self.orders

    def _held(self, by: str, accepted: bool) -> set[str]:
        """Return the groups that there are."""
        groups, sheet = self.groups[by], self._sheet(by)
        rows: Sequence[int] = sheet.accepted if accepted else range(len(groups))
        return {groups[row] for row in rows} - {""}

    def _unknown_groups(self, entry: int, limit: Grouping, accepted: bool) -> Iterator[Issue]:
        sheet, groups = self._sheet(limit.by), self.groups[limit.by]
        if not accepted and (not sheet.readable or any(not groups[row] for row in sheet.bad)):
            return  # a row that is refused may be the one meant
        held = self._held(limit.by, accepted)
        known = held | set(JOB_GROUPS) if limit.by == "job_group" else held
        for name in limit.named or ():
            group = spell(limit.by, name)
            if group in held:
                continue
            reason = say("unknown {what}", what=GROUPINGS[limit.by])
            if group in known:
                reason = say("no job order is of this job group")
            mend = None if group in known else did_you_mean(group, known)
            if mend is None and 0 < len(held) <= LISTED:
                mend = say("one of: {words}", words=tuple(map(mask_all, sorted(held))))
            yield _fault(f"{limit_key(entry)}.of", name, reason, mend)

    def _unknown_people(self, entry: int, limit: Companions, accepted: bool) -> Iterator[Issue]:
        if not self.people.readable:
            return
        rows: Sequence[int] = self.people.accepted if accepted else range(len(self.people))
        known = {self.candidates.ids[row] for row in rows}
        key = "together" if limit.together else "apart"
        for person in limit.people:
            if person not in known:
                reason, mend = (
                    say("unknown {what}", what=say("candidate")),
                    did_you_mean(person, known),
                )
                yield _fault(f"{limit_key(entry)}.{key}", person, reason, mend)

    def _twice(
        self, entry: int, limit: Grouping, seen: dict[tuple[str, str, str], int]
    ) -> Iterator[Issue]:
        """Yield a fault where an earlier limit states the same end for the same group."""
        groups = sorted(self._held(limit.by, accepted=False))
        if limit.named is not None:
            groups = [spell(limit.by, name) for name in limit.named]
        times = Counter(groups)
        for end in ("min", "max"):
            if getattr(limit, end) is None:
                continue
            found: dict[int, list[str]] = {}
            for group in groups:
                first = seen.setdefault((limit.by, group, end), entry)
                if first != entry or times[group] > 1:
                    found.setdefault(first, []).append(group)
            for first, named in found.items():
                reason = say(
                    "`{end}` is stated twice, here and in {first}, for: {names}",
                    end=end,
                    first=limit_key(first),
                    names=tuple(map(mask_all, sorted(set(named))[:LISTED])),
                )
                yield _fault(f"{limit_key(entry)}.{end}", "", reason, say("keep one of them"))

    def _blanks(self, entry: int, limit: Grouping) -> Iterator[Issue]:
        """Yield notes on rows that are in no group, and on schools without a class size."""
        sheet, groups = self._sheet(limit.by), self.groups[limit.by]
        if blank := sum(not groups[row] for row in sheet.accepted):
            told = say("blank for {n} people: they count in none of its groups", n=blank)
            if limit.by not in OF_PEOPLE:
                told = say("blank for {n} job orders: they count in none of its groups", n=blank)
            yield _note(f"{limit_key(entry)}.by", limit.by, told)
        if limit.max != CLASS_SIZE:
            return
        where, schools = f"{limit_key(entry)}.max", self.around.schools
        if schools is None:
            reason = say("the scenario names no table of sending organisations")
            yield issue(where, CLASS_SIZE, reason, say("name it in [files] as `schools`"))
            return
        meant = self._held("school", accepted=False)
        if limit.named is not None:
            meant &= {spell(limit.by, name) for name in limit.named}
        unknown = [one for one in sorted(meant) if schools.class_size(one) < 0]
        if unknown:
            names = tuple(map(mask_all, unknown[:LISTED]))
            told = say(
                "no class_size: no ceiling is set for {n}: {names}", n=len(unknown), names=names
            )
            yield _note(where, CLASS_SIZE, told)

    def _refuse_blanks(self, entry: int, limit: Budget) -> None:
        """Refuse rows that take part and do not say what the budget sums: missing is not zero."""
        key, cells, column = limit_key(entry), self.candidates, "cost_to_candidate"
        sheet, ids, rest = self.people, cells.ids, self.resting
        amounts = cells.codes[column].tolist()
        mend = say("write the amount, 0 where it is nothing")
        if limit.sum == "cost_to_candidate":
            sheet, ids, rest = self.orders, self.openings.ids, self.idle
            amounts = self.openings.codes[column].tolist()
        elif limit.sum in PAYERS:
            column, mend = "costs", say("add {part}", part=f"{limit.sum}:0")
            amounts = [dict(held).get(limit.sum, UNKNOWN) for held in cells.costs]
        reason = say("blank, and the budget of {limit} sums it: missing is not zero", limit=key)
        for place, (part, rows) in enumerate(sheet.rows_by_part):
            blank = [row for row in rows if amounts[row] < 0 and ids[row] not in rest]
            if blank and column not in part.columns:
                told = say("the budget of {limit} sums this column", limit=key)
                sheet.refuse_whole(place, column, "COLUMN_MISSING", told, say("add the column"))
                continue
            for row in blank:
                if row not in sheet.bad and row not in sheet.twice:
                    sheet.error(row, column, "BLANK", reason, mend)


def idle_openings(openings: OpeningCells, stopped: Collection[str]) -> set[str]:
    """Return the openings where nobody is proposed: those without seats, and those `stopped`."""
    seats = zip(openings.ids, openings.codes["seats"].tolist(), strict=True)
    return {opening for opening, count in seats if count == 0} | set(stopped)


def _fault(where: str, value: str, reason: Phrase, mend: Phrase | None) -> Issue:
    """Return a fault of scenario.toml that names what tables hold, personal numbers masked."""
    return issue(where, mask_all(value), masked(reason), masked(mend) if mend else None)


def _note(where: str, value: str, told: Phrase) -> Issue:
    return Issue("BLANKS", FILE, 0, where, value, told)
