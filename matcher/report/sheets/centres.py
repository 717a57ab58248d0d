"""Who goes where, by centre: each interview of its people, and who has none in this round."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from matcher.explain.due import PERSON, SCHOOL, due_of
from matcher.language import Name, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import NO, NO_DAY, YES, day_of
from matcher.report.promises import tell_rulings
from matcher.report.sheets.blind import list_numbers
from matcher.report.sheets.common import (
    MARK,
    OFFICE_ONLY,
    OVERVIEW,
    as_of,
    blind_note,
    both_files,
    column,
    given_note,
)
from matcher.report.sheets.named import consent_of
from matcher.report.sheets.names import file_names
from matcher.report.sheets.texts import Texts, label
from matcher.report.sheets.values import BLANK, Cell, Column, Group, Key, Sheet, Sheets
from matcher.report.words import STATES, STEPS
from matcher.rules import RULES
from matcher.shortlist import Entry, Shortlist

TITLE = say("Who goes where")
STATES_OF_LISTS: dict[str, Name | Phrase] = {**STEPS, "conditional": STATES["conditional"]}
NO_INTERVIEW = say("no interview this round; waiting time runs on")
NOT_A_NAME = say("A host is told a name only after the person has said yes to the job order.")
NOT_EXPECTED = say(
    "Who is not on the list given to the host is not expected there; they are sent only once their"
    " consent is on record."
)


def sheets_for_centres(result: Result, shortlist: Shortlist, words: Words, blind: bool) -> Sheets:
    """Return a sheet for each centre that has people on a list, or left without one."""
    return _Centres(result, words, blind).make(shortlist)


class _Centres:
    def __init__(self, result: Result, words: Words, blind: bool) -> None:
        self.result, self.problem, self.words, self.blind = result, result.problem, words, blind
        self.texts = Texts(self.problem, words)
        self.files = file_names(map(self._centre, range(len(self.problem.candidate_ids))))
        self.keys: list[Key] = []

    def make(self, shortlist: Shortlist) -> Sheets:
        """Return the sheets."""
        listed: dict[str, list[Entry]] = defaultdict(list)
        without: dict[str, list[int]] = defaultdict(list)
        for entry in shortlist.entries:
            listed[self._centre(entry.candidate)].append(entry)
        for left in shortlist.left_out:
            without[self._centre(left.candidate)].append(left.candidate)
        centres = sorted({*listed, *without})
        sheets = tuple(self._sheet(one, listed[one], sorted(without[one])) for one in centres)
        nobody = sum(map(len, without.values()))
        told = [say("People without an interview this round: {n}.", n=nobody)] if nobody else []
        return Sheets(
            self.words.language,
            self.words(TITLE),
            self.words(MARK),
            self._overview(centres, listed, without),
            sheets,
            tuple(map(self.words, told)),
            tuple(self.keys),
        )

    def _centre(self, candidate: int) -> str:
        return self.problem.labels.centres[candidate] or self.words(say("centre not recorded"))

    def _day(self, entry: Entry) -> int:
        return int(self.problem.openings.interview_on[entry.opening])

    def _sheet(self, centre: str, entries: list[Entry], without: list[int]) -> Sheet:
        words = self.words
        people = {entry.candidate for entry in entries}
        everybody = people.union(without)
        numbers, keys = list_numbers(self.problem, centre, everybody, blind=self.blind)
        self.keys += keys
        days: dict[tuple[bool, int], list[Entry]] = defaultdict(list)
        for entry in entries:
            days[self._day(entry) == NO_DAY, self._day(entry)].append(entry)
        groups = [self._group(day, held, numbers) for (_, day), held in sorted(days.items())]
        if without:
            rows = sorted(
                self._row(numbers[person], person, words(NO_INTERVIEW)) for person in without
            )
            caption = say("{what}, people: {n}", what=NO_INTERVIEW, n=len(rows))
            groups.append(Group(words(caption), tuple(rows)))
        head: tuple[tuple[str, Cell], ...] = (
            (words(say("people with an interview")), len(people)),
            (words(say("interviews")), len(entries)),
            as_of(self.problem, words),
        )
        unlisted = any(consent_of(self.problem, person) != YES for person in people)
        notes = [NOT_A_NAME, *[NOT_EXPECTED] * unlisted, *blind_note(self.blind)]
        told = tuple(map(words, [*notes, *given_note(self.problem)]))
        file = self.files[centre]
        return Sheet(centre, file, head, self._columns(), tuple(groups), told)

    def _columns(self) -> tuple[Column, ...]:
        titles: list[tuple[Name | Phrase, int]] = (
            [(say("no."), 8)]
            if self.blind
            else [(label("candidates", one), 24) for one in ("candidate_id", "name")]
        )
        titles += [
            (label("openings", "opening_id"), 12),
            (say("host"), 24),
            (label("openings", "operation_no"), 26),
            (label("openings", "prefecture"), 14),
            (label("openings", "interview_mode"), 12),
            (say("state"), 28),
            (say("still to show, by when"), 34),
        ]
        return tuple(column(self.words, title, width) for title, width in titles)

    def _group(self, day: int, entries: list[Entry], numbers: dict[int, str]) -> Group:
        entries = sorted(entries, key=lambda one: (numbers[one.candidate], one.opening))
        rows = tuple(
            self._row(numbers[one.candidate], one.candidate, self._step(one), one)
            for one in entries
        )
        caption = say("{day}, interviews: {n}", day=self.texts.interview_day(day), n=len(rows))
        return Group(self.words(caption), rows)

    def _row(
        self, number: str, person: int, state: str, entry: Entry | None = None
    ) -> tuple[str, ...]:
        name = () if self.blind else (self.texts.person("name", person),)
        if entry is None:
            return (number, *name, BLANK, BLANK, BLANK, BLANK, BLANK, state, BLANK)
        opening = entry.opening
        return (
            number,
            *name,
            self.problem.opening_ids[opening],
            self.texts.host(int(self.problem.openings.host[opening])),
            self.texts.work(opening),
            self.texts.prefecture(opening),
            self.texts.mode(opening) or BLANK,
            state,
            self._to_show(entry),
        )

    def _step(self, entry: Entry) -> str:
        """Return the state, and where a yes to pass particulars on is missing, what that means: a
        centre would else send somebody whom the host does not expect."""
        state, consent = STATES_OF_LISTS[entry.state], consent_of(self.problem, entry.candidate)
        told: Name | Phrase = state
        if consent == NO:
            told = say(
                "{state} – has not agreed that particulars are passed on: not on the list given to"
                " the host",
                state=state,
            )
        elif consent != YES:
            told = say(
                "{state} – consent to pass particulars on not recorded: not on the list given to"
                " the host",
                state=state,
            )
        return self.words(told)

    def _to_show(self, entry: Entry) -> str:
        """Return what the person, or the sending organisation for them, has still to show."""
        if entry.row < 0:
            return BLANK
        bits = int(self.result.screening.open_rules[entry.row])
        told = []
        for bit, rule in enumerate(RULES):
            if bits >> bit & 1:
                due, who = due_of(self.result, rule.name, entry.opening)
                if who in (PERSON, SCHOOL):
                    day = self.words(day_of(due)) if due != NO_DAY else BLANK
                    told.append(self.words(say("{what} ({day})", what=rule.label, day=day)))
        return "; ".join(told) or BLANK

    def _overview(
        self, centres: list[str], listed: dict[str, list[Entry]], without: dict[str, list[int]]
    ) -> Sheet:
        words = self.words
        rows = tuple(self._counts(one, listed[one], len(without[one])) for one in centres)
        titles: list[tuple[Name | Phrase, int]] = [
            (label("candidates", "centre"), 30),
            (say("people with an interview"), 16),
            (say("interviews"), 12),
            (say("first interview"), 22),
            (say("interviews without a day"), 16),
            (say("people without an interview"), 16),
            (say("files"), 24),
        ]
        notes = [OFFICE_ONLY, *blind_note(self.blind), *given_note(self.problem)]
        notes += tell_rulings(self.problem.settings)
        head: tuple[tuple[str, Cell], ...] = (
            as_of(self.problem, words, named=True),
            (words(say("centres")), len(rows)),
        )
        title = words(say("Interviews by centre"))
        rows_of_all = (Group("", rows),)
        columns = tuple(column(words, one, width) for one, width in titles)
        return Sheet(title, OVERVIEW, head, columns, rows_of_all, tuple(map(words, notes)))

    def _counts(self, centre: str, entries: list[Entry], without: int) -> tuple[Cell, ...]:
        days = np.array([self._day(entry) for entry in entries], np.int64)
        known = days[days != NO_DAY]
        first = self.words(day_of(known.min())) if known.size else BLANK
        people = len({entry.candidate for entry in entries})
        files = both_files(self.files[centre], self.words)
        return centre, people, len(entries), first, int((days == NO_DAY).sum()), without, files
