"""Letters to hosts: who is proposed for their job orders and has said yes, with the columns agreed
with hosts and fit alone; of others only how many may follow."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from matcher.explain.pairs import view_rules
from matcher.language import Fact, Name, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import NO_DAY, day_of
from matcher.problem.outcomes import LOCKED, current_steps
from matcher.report.letters.proposed import AFTER_INTERVIEW
from matcher.report.letters.values import (
    BLANKS,
    SHORT,
    Letter,
    Letters,
    Section,
    shortened,
    telling,
    told_lines,
)
from matcher.report.sheets.common import MARK, given_note
from matcher.report.sheets.hosts import BY_FIT, ONLY_AGREED, most_fit, tell_fit
from matcher.report.sheets.named import Named, find_named, tell_unnamed
from matcher.report.sheets.names import file_names
from matcher.report.sheets.texts import TITLES, Texts, label
from matcher.report.words import points
from matcher.screen import find_pair
from matcher.shortlist import Entry

INTRO = say(
    "The people below are proposed to you for interviews. These are proposals, not decisions: each"
    " person decides first, and you decide after the interview."
)
MET = say(
    "The people below were interviewed for your job orders already and are now proposed to you."
    " These are proposals, not decisions: each person may still say no, and you decide."
)
MET_HERE = say(
    "Interviewed already: {people}. No further interview is asked of them; please say whether you"
    " take them on."
)
NOBODY_YET = say(
    "People are proposed to you for interviews. You are told who they are once they have said yes."
)
PARTICULARS = say(
    "Their particulars are passed on with their consent, for these interviews alone. Please give"
    " them to nobody else, and destroy those of people whom you do not take on."
)
FEES = say(
    "Nobody may take a deposit, a pledge or a penalty from the people or their families, under any"
    " name."
)


def letters_to_hosts(result: Result, words: Words) -> Letters:
    """Return a letter to each host that has proposals of which it may be told."""
    return _Hosts(result, words).make()


class _Hosts:
    def __init__(self, result: Result, words: Words) -> None:
        self.result, self.problem, self.words = result, result.problem, words
        self.texts, self.tell = Texts(self.problem, words), telling(words, SHORT)
        self.has_fit = self.problem.given is None
        self.files = file_names(self.problem.lists.hosts)
        self.steps = current_steps(self.problem.outcomes)

    def make(self) -> Letters:
        """Return the letters."""
        orders = self._orders()
        hosts, names = self.problem.lists.hosts, self.problem.labels.host_names
        without = [
            (hosts[host], self.words(say("passed the interview already: {n}", n=n)))
            for host, n in sorted(self._settled().items())
            if host not in orders
        ]
        letters = []
        for host, named in sorted(orders.items()):
            # An empty list would tell that somebody is withheld.
            told = {at: one for at, one in named.items() if one.entries or one.to_follow}
            if told:
                letters.append(self._letter(host, told))
            else:
                without.append((hosts[host], self.words(say("nobody may be named"))))
        every = [one for named in orders.values() for one in named.values()]
        note = say(
            "For the office only. Give every host its own letter, never another's nor this list."
        )
        titles: tuple[Name | Phrase, ...] = (
            label("openings", "host_id"),
            label("hosts", "name"),
            say("people named"),
            say("letter"),
        )
        return Letters(
            self.words.language,
            self.words(say("Letters to hosts")),
            self.words(note),
            tuple(map(self.words, titles)),
            tuple(letters),
            tuple(without),
            tuple(map(self.words, tell_unnamed(self.problem, every))),
            {key: (shortened(name, SHORT),) for key, name in zip(hosts, names, strict=True)},
        )

    def _orders(self) -> dict[int, dict[int, Named]]:
        """Return, by host and opening, who of the people proposed there may be named."""
        orders: dict[int, dict[int, Named]] = defaultdict(dict)
        for opening, people in sorted(self._proposed().items()):
            entries = tuple(self._entry(person, opening) for person in people)
            host = int(self.problem.openings.host[opening])
            orders[host][opening] = find_named(self.problem, entries)
        return orders

    def _proposed(self) -> dict[int, list[int]]:
        """Return the people proposed at each opening, without those who have the seat already."""
        found: dict[int, list[int]] = defaultdict(list)
        for person, opening in self._places():
            if not self._has_seat(person, opening):
                found[opening].append(person)
        return found

    def _settled(self) -> Counter[int]:
        """Return how many people have a seat already, by host."""
        hosts = self.problem.openings.host
        places = (int(hosts[at]) for person, at in self._places() if self._has_seat(person, at))
        return Counter(places)

    def _places(self) -> list[tuple[int, int]]:
        opening_of = self.result.plan.opening
        people = np.flatnonzero(opening_of >= 0)
        return list(zip(people.tolist(), opening_of[people].tolist(), strict=True))

    def _has_seat(self, person: int, opening: int) -> bool:
        step = self.steps.get((person, opening))
        return step is not None and step.state in LOCKED

    def _entry(self, person: int, opening: int) -> Entry:
        row, step = (
            find_pair(self.result.screening, person, opening),
            self.steps.get((person, opening)),
        )
        scores = self.result.scores
        state = "conditional" if view_rules(self.result, person, opening) else "proposed"
        return Entry(
            opening,
            0,
            person,
            row,
            int(scores.score[row]) if row >= 0 else 0,
            int(scores.fit[row]) if row >= 0 else 0,
            step.state if step else state,
            fixed=False,
        )

    def _letter(self, host: int, orders: dict[int, Named]) -> Letter:
        words, problem = self.words, self.problem
        entries = [entry for one in orders.values() for entry in one.entries]
        all_met = all(entry.state in AFTER_INTERVIEW for entry in entries)
        intro = words(NOBODY_YET if not entries else MET if all_met else INTRO)
        supervisors = sorted({self.texts.supervisor(opening) for opening in orders} - {""})
        head: list[tuple[Name | Phrase, Fact]] = [
            (say("Supervising organisation"), tuple(supervisors) or say("not recorded")),
            (say("as of"), problem.settings.on),
        ]
        notes: list[Phrase] = []
        if entries:
            notes = [PARTICULARS, BY_FIT if self.has_fit else ONLY_AGREED]
            notes += [tell_fit(problem.settings)] * self.has_fit
        name = shortened(self.texts.host(host), SHORT)
        return Letter(
            self.files[problem.lists.hosts[host]],
            problem.lists.hosts[host],
            words(len(entries)),
            words(say("Proposals for {host}", host=name)),
            words(MARK),
            told_lines(head, words, SHORT),
            "",
            (
                Section("", texts=(intro,)),
                *(self._order(opening, named) for opening, named in orders.items()),
                Section("", texts=tuple(map(words, [*notes, FEES]))),
            ),
            "",
            (),
            "",
            tuple(map(words, given_note(problem))),
            tuple(map(words, BLANKS)),
        )

    def _order(self, opening: int, named: Named) -> Section:
        o, words = self.problem.openings, self.words
        day, mode = self.texts.interview_day(int(o.interview_on[opening])), self.texts.mode(opening)
        title = f"{self.problem.opening_ids[opening]} · {self.texts.work(opening)}"
        lines: list[tuple[Name | Phrase, Fact]] = [
            (label("openings", "seats"), int(o.seats[opening])),
            (say("Interview"), say("{day}, {mode}", day=day, mode=mode) if mode else day),
        ]
        first, last = int(o.entry_from[opening]), int(o.entry_to[opening])
        if NO_DAY not in (first, last):
            window = say("{first} to {last}", first=day_of(first), last=day_of(last))
            lines.append((say("Entry to Japan, planned"), window))
        after = []
        if met := [entry for entry in named.entries if entry.state in AFTER_INTERVIEW]:
            ids = sorted(self.problem.candidate_ids[entry.candidate] for entry in met)
            after.append(Phrase(MET_HERE.message, {"people": tuple(ids)}))
        if named.to_follow:
            after.append(
                say("People who may follow once their yes is on record: {n}.", n=named.to_follow)
            )
        return Section(
            shortened(title, SHORT),
            lines=told_lines(lines, words, SHORT),
            titles=self._titles() if named.entries else (),
            rows=self._rows(named),
            after=tuple(map(words, after)),
        )

    def _titles(self) -> tuple[str, ...]:
        shown = self.problem.settings.shortlist.host_columns
        titles: list[Name | Phrase] = [label("candidates", "candidate_id")]
        titles += [TITLES[name][0] for name in shown]
        if self.has_fit:
            titles.append(say("fit, of {most}", most=most_fit(self.problem.settings)))
        told = map(self.words, titles)
        return tuple(title[:1].upper() + title[1:] for title in told)

    def _rows(self, named: Named) -> tuple[tuple[str, ...], ...]:
        shown, ids = self.problem.settings.shortlist.host_columns, self.problem.candidate_ids

        def place(entry: Entry) -> tuple[int, str]:
            return -entry.fit if self.has_fit else 0, ids[entry.candidate]

        rows = []
        for entry in sorted(named.entries, key=place):
            cells = [self.texts.person(column, entry.candidate) for column in shown]
            fit = [self.words(points(entry.fit, 1))] if self.has_fit else []
            rows.append(tuple(map(self.tell, [ids[entry.candidate], *cells, *fit])))
        return tuple(rows)
