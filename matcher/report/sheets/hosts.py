"""The interview lists that hosts are given (面接名簿): who has said yes, with the columns agreed
with the hosts and fit alone; never a score, a wish, a waiting time, or what is not agreed."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from matcher.criteria import CRITERIA
from matcher.language import Name, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import NO_DAY
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
from matcher.report.sheets.named import (
    Named,
    find_named,
    people_of,
    tell_people,
    tell_unnamed,
)
from matcher.report.sheets.names import file_names
from matcher.report.sheets.texts import TITLES, Texts, label
from matcher.report.sheets.values import BLANK, Cell, Column, Group, Key, Sheet, Sheets
from matcher.report.words import STEPS, points
from matcher.settings import Settings
from matcher.shortlist import Entry, Shortlist

TITLE = say("Interview list")
RESULTS = tuple(STEPS[state] for state in ("passed", "reserve", "failed", "no_show"))
ONLY_AGREED = say(
    "Everybody named here has said yes to this job order; the yes is on record. People are listed"
    " by number, not by preference."
)
BY_FIT = say(
    "Everybody named here has said yes to this job order; the yes is on record. People are listed"
    " by fit."
)


def sheets_for_hosts(result: Result, shortlist: Shortlist, words: Words, blind: bool) -> Sheets:
    """Return a sheet for each host that is told of anybody, now or to follow."""
    return _Hosts(result, words, blind).make(shortlist)


class _Hosts:
    def __init__(self, result: Result, words: Words, blind: bool) -> None:
        self.problem, self.words, self.blind = result.problem, words, blind
        self.texts = Texts(self.problem, words)
        asked = self.problem.settings.shortlist.host_columns
        self.shown = tuple(name for name in asked if not (blind and name == "name"))
        self.has_fit = self.problem.given is None
        self.files = file_names(self.problem.lists.hosts)
        self.keys: list[Key] = []

    def make(self, shortlist: Shortlist) -> Sheets:
        """Return the sheets."""
        lists: dict[int, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for entry in shortlist.entries:
            host = int(self.problem.openings.host[entry.opening])
            lists[host][entry.opening].append(entry)
        named = {
            host: {
                opening: find_named(self.problem, tuple(lists[host][opening]))
                for opening in sorted(lists[host], key=self._day_and_place)
            }
            for host in sorted(lists)
        }
        return Sheets(
            self.words.language,
            self.words(TITLE),
            self.words(MARK),
            self._overview(named),
            tuple(
                self._sheet(host, told) for host, orders in named.items() if (told := _told(orders))
            ),
            tuple(
                map(
                    self.words,
                    tell_unnamed(
                        self.problem, [one for orders in named.values() for one in orders.values()]
                    ),
                )
            ),
            tuple(self.keys),
        )

    def _file(self, host: int) -> str:
        return self.files[self.problem.lists.hosts[host]]

    def _day_and_place(self, opening: int) -> tuple[bool, int, int]:
        day = int(self.problem.openings.interview_on[opening])
        return day == NO_DAY, day, opening

    def _sheet(self, host: int, orders: dict[int, Named]) -> Sheet:
        words, problem = self.words, self.problem
        people = {entry.candidate for named in orders.values() for entry in named.entries}
        sheet = problem.lists.hosts[host]
        numbers, keys = list_numbers(problem, sheet, people, blind=self.blind)
        self.keys += keys
        supervisors = sorted({self.texts.supervisor(opening) for opening in orders} - {""})
        head: list[tuple[str, Cell]] = [
            (words(say("supervising organisation")), words(tuple(supervisors)) or BLANK),
            (words(say("people")), len(people)),
            as_of(problem, words),
        ]
        return Sheet(
            self.texts.host(host),
            self._file(host),
            tuple(head),
            self._columns(),
            tuple(self._group(opening, named, numbers) for opening, named in orders.items()),
            tuple(map(words, self._notes())),
            row_header=0 if self.blind else 1,
        )

    def _columns(self) -> tuple[Column, ...]:
        words = self.words
        titles: list[tuple[Name | Phrase, int]] = [(say("no."), 8)]
        if not self.blind:  # there the number drawn is the only one
            titles.append((label("candidates", "candidate_id"), 14))
        titles += map(TITLES.__getitem__, self.shown)
        if self.has_fit:
            titles.append((say("fit, of {most}", most=most_fit(self.problem.settings)), 14))
        titles.append((say("notes of the host"), 24))
        results = tuple(map(words, RESULTS))
        return (
            *(column(words, title, width) for title, width in titles),
            column(words, say("result (a reserve with rank)"), 20, results),
        )

    def _group(self, opening: int, named: Named, numbers: dict[int, str]) -> Group:
        o = self.problem.openings
        day, mode = self.texts.interview_day(int(o.interview_on[opening])), self.texts.mode(opening)
        when = say("{day}, {mode}", day=day, mode=mode) if mode else day
        parts: list[Phrase | str] = [
            self.problem.opening_ids[opening],
            self.texts.work(opening),
            say("seats: {n}", n=int(o.seats[opening])),
            say("interview: {when}", when=when),
            say("people: {n}", n=len(named.entries)),
        ]
        if named.to_follow:
            parts.append(say("{n} more to follow", n=named.to_follow))

        def place(entry: Entry) -> tuple[int, str]:
            return -entry.fit if self.has_fit else 0, numbers[entry.candidate]

        rows = [
            self._row(at, entry, numbers[entry.candidate])
            for at, entry in enumerate(sorted(named.entries, key=place), 1)
        ]
        return Group(" · ".join(map(self.words, parts)), tuple(rows))

    def _row(self, at: int, entry: Entry, number: str) -> tuple[Cell, ...]:
        fit = (points(entry.fit, 1),) if self.has_fit else ()
        shown = (self.texts.person(column, entry.candidate) for column in self.shown)
        numbered = (number,) if self.blind else (at, number)
        return (*numbered, *shown, *fit, "", "")

    def _notes(self) -> list[Phrase]:
        notes = [BY_FIT if self.has_fit else ONLY_AGREED]
        if self.has_fit:
            notes.append(tell_fit(self.problem.settings))
        return [*notes, *blind_note(self.blind), *given_note(self.problem)]

    def _overview(self, named: dict[int, dict[int, Named]]) -> Sheet:
        words = self.words
        titles: list[tuple[Name | Phrase, int]] = [
            (say("host"), 30),
            (label("openings", "opening_id"), 20),
            (label("openings", "interview_on"), 24),
            (say("people named"), 10),
            (say("people whose yes is awaited"), 14),
            (say("people whose consent to pass data on is not recorded"), 18),
            (say("people not agreed to be named"), 16),
        ]
        if not self.blind:
            titles += [(say("to ask for consent"), 20), (say("not to be named"), 20)]
        titles.append((say("files"), 24))
        rows = tuple(self._overview_row(host, orders) for host, orders in named.items())
        by_person = say("Counts are of people: who stands on two lists of a host counts once.")
        notes = [OFFICE_ONLY, by_person, *blind_note(self.blind), *given_note(self.problem)]
        notes += tell_rulings(self.problem.settings)
        return Sheet(
            words(say("Interview lists for hosts")),
            OVERVIEW,
            (as_of(self.problem, words, named=True), (words(say("hosts")), len(rows))),
            tuple(column(words, title, width) for title, width in titles),
            (Group("", rows),),
            tuple(map(words, notes)),
        )

    def _overview_row(self, host: int, orders: dict[int, Named]) -> tuple[Cell, ...]:
        """Return how many people of a host are named and how many not, and who is to be asked."""
        words, problem, lists = self.words, self.problem, list(orders.values())
        days = sorted({self._day_and_place(opening)[:2] for opening in orders})
        unasked, withheld = people_of(lists, "unasked"), people_of(lists, "withheld")
        told = [
            words(tell_people(problem, people)) or BLANK
            for people in (unasked, withheld)
            if not self.blind
        ]
        return (
            self.texts.host(host),
            words(tuple(problem.opening_ids[opening] for opening in orders)),
            "; ".join(self.texts.interview_day(day) for _, day in days),
            len({entry.candidate for one in lists for entry in one.entries}),
            len(people_of(lists, "awaited")),
            len(unasked),
            len(withheld),
            *told,
            both_files(self._file(host), words) if _told(orders) else BLANK,
        )


def most_fit(settings: Settings) -> Decimal:
    """Return the points of 100 that fit counts at most."""
    most = sum(getattr(settings.weights, one.name) for one in CRITERIA if one.part == "fit")
    return Decimal(most).scaleb(-1).normalize() if most % 10 else Decimal(most // 10)


def tell_fit(settings: Settings) -> Phrase:
    """Return what a host is told of fit."""
    return say(
        "Fit is a subtotal of the score's 100 points, {most} at most, never rescaled. The person's"
        " wishes, the time waited and the cost are not in it.",
        most=most_fit(settings),
    )


def _told(orders: dict[int, Named]) -> dict[int, Named]:
    """Return the orders of which a host is told anything: an empty list would tell that somebody
    is withheld."""
    return {order: one for order, one in orders.items() if one.entries or one.to_follow}
