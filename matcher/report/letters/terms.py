"""What a candidate is told of a job order: the work, the pay, the days, and who pays what."""

from __future__ import annotations

from matcher.explain.reasons import NOT_RECORDED
from matcher.explain.reasons.worded import names_of_conditions
from matcher.language import Fact, Name, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import NO_DAY, UNKNOWN, day_of
from matcher.report.letters.values import SHORT, Section, Tell, telling, told_lines
from matcher.report.sheets.texts import Texts, label
from matcher.report.sheets.values import BLANK
from matcher.report.words import PAYER_NAMES
from matcher.vocabulary import load_vocabulary

ASK = say("not recorded; ask the office")
NOTHING = say("nothing")
PERSON = "person"


class Terms:
    """What letters say of the job orders of one result, in one language."""

    def __init__(self, result: Result, words: Words) -> None:
        self.result, self.problem, self.words = result, result.problem, words
        self.texts = Texts(self.problem, words)
        self.tell: Tell = telling(words, SHORT)

    def host(self, opening: int) -> str:
        """Return the id and name of the host of an opening."""
        return self.tell(self.texts.host(int(self.problem.openings.host[opening])))

    def work(self, opening: int) -> Section:
        """Return what the work is, where, when, and under which conditions."""
        row, o = self.texts.order(opening), self.problem.openings
        work = row.get("work", "").strip()
        lines: list[tuple[Name | Phrase, Fact]] = [
            (label("openings", "opening_id"), self.problem.opening_ids[opening]),
            (label("openings", "operation_no"), self.texts.work(opening)),
            *[(label("openings", "work"), telling(self.words)(work))] * bool(work),
            (say("Host"), self.host(opening)),
            (say("Supervising organisation"), self.texts.supervisor(opening) or ASK),
            (label("openings", "prefecture"), self._known(self.texts.prefecture(opening))),
            (say("Interview"), self._interview(opening)),
            (say("Entry to Japan, planned"), self._entry(opening)),
            (label("openings", "contract_months"), self._number(row, "contract_months")),
            (label("openings", "conditions"), self._conditions(int(o.conditions[opening]))),
        ]
        return Section(self.words(say("The work")), lines=told_lines(lines, self.words))

    def pay(self, opening: int) -> Section:
        """Return the pay of a month and what is taken off it."""
        row = self.texts.order(opening)
        columns = ("monthly_wage", "monthly_hours", "deductions", "net_pay")
        lines: list[tuple[Name | Phrase, Fact]] = [
            (label("openings", one), self._number(row, one)) for one in columns
        ]
        note = say(
            "As recorded in the job order, for a month without overtime. Compare it with the"
            " contract before you sign."
        )
        return Section(
            self.words(say("The pay")),
            lines=told_lines(lines, self.words),
            after=(self.words(note),),
        )

    def costs(self, candidate: int, opening: int | None) -> Section:
        """Return who has paid what, what the person has still to pay, and that nobody may take a
        deposit."""
        labels = self.problem.labels
        costs = labels.costs[candidate] if labels.costs else ()
        others = [(payer, amount) for payer, amount in costs if payer != PERSON]
        paid: tuple[Phrase, ...] = tuple(
            say("{payer} Rp {amount}", payer=PAYER_NAMES[payer], amount=amount)
            for payer, amount in others
        )
        own = labels.cost_so_far[candidate] if labels.cost_so_far else UNKNOWN
        deposit = labels.deposits[candidate] if labels.deposits else UNKNOWN
        apart = say("Paid by you so far, the deposit apart")
        own_label = apart if deposit > 0 else say("Paid by you so far")
        lines: list[tuple[Name | Phrase, Fact]] = [
            (say("Paid for you by others so far"), paid or NOT_RECORDED),
            (own_label, self._rupiah(own)),
        ]
        if opening is not None:
            still = int(self.problem.openings.cost[opening])
            lines.append((say("Still to be paid by you"), self._rupiah(still)))
        note = say(
            "Nobody may take a deposit, a pledge or a penalty from you or your family, under any"
            " name. If anybody does or did, tell the office: it must be given back."
        )
        return Section(
            self.words(say("Who pays what")),
            lines=told_lines(lines, self.words),
            after=(self.words(note),),
        )

    def fits(self, candidate: int, opening: int) -> list[Phrase]:
        """Return what of the person's training and wishes speaks for an opening."""
        problem, facts, o = self.problem, self.result.facts, self.problem.openings
        c, told = problem.candidates, []
        profile, job, programme = c.profile[candidate], o.job[opening], int(c.programme[candidate])
        fit = problem.given is None and programme != UNKNOWN and facts.reached[profile, job]
        if fit and facts.fit[profile, job] >= facts.min_skill_fit:
            name = load_vocabulary().programmes[problem.lists.programmes[programme]].name
            told.append(say("It is work of your training, {programme}.", programme=name))
        place = int(o.prefecture[opening])
        wished = self.texts.wished_prefectures(candidate)
        if place != UNKNOWN and problem.lists.prefectures[place] in wished:
            rank = wished.index(problem.lists.prefectures[place]) + 1
            name_of_place = self.texts.prefecture(opening)
            told.append(say("{place} is number {n} of your wishes.", place=name_of_place, n=rank))
        return told

    def _known(self, text: str) -> Fact:
        return ASK if text == BLANK else text

    def _number(self, row: dict[str, str], column: str) -> Fact:
        cell = row.get(column, "")
        return int(cell) if cell.isdecimal() and cell.isascii() else ASK

    def _rupiah(self, amount: int) -> Fact:
        return ASK if amount < 0 else say("Rp {amount}", amount=amount) if amount else NOTHING

    def _interview(self, opening: int) -> Fact:
        day = self.texts.interview_day(int(self.problem.openings.interview_on[opening]))
        mode = self.tell(self.texts.mode(opening))
        return say("{day}, {mode}", day=day, mode=mode) if mode else day

    def _entry(self, opening: int) -> Fact:
        o = self.problem.openings
        first, last = int(o.entry_from[opening]), int(o.entry_to[opening])
        if NO_DAY in (first, last):
            return ASK
        return say("{first} to {last}", first=day_of(first), last=day_of(last))

    def _conditions(self, bits: int) -> Fact:
        return names_of_conditions(bits) or say("none recorded")
