"""The job orders: who is proposed, who stands behind them, whom rules refuse, what a seat more
adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from matcher.explain.ceilings import Ceilings, ceilings_of
from matcher.explain.questions import REGIME_NAMES, REGIMES
from matcher.explain.reasons.worded import NOT_RECORDED, level_name, names_of_conditions
from matcher.language import Fact, say
from matcher.limits.groups import JOB_GROUPS
from matcher.problem import NO, YES
from matcher.report.content.basis import Basis
from matcher.report.content.recorded import tell_records
from matcher.report.content.values import Opening, Reserve, RuleCount
from matcher.report.listing import tell_one_more
from matcher.report.sheets.texts import label
from matcher.rules import RULES
from matcher.vocabulary import load_vocabulary

ANSWERS = {YES: say("yes"), NO: say("no")}
WISHES = ("wishes", "wish_reason")


def list_openings(basis: Basis) -> tuple[Opening, ...]:
    """Return the job orders, by id."""
    lister = _Lister(basis)
    return tuple(map(lister.opening, range(len(basis.problem.opening_ids))))


def group_of(basis: Basis, opening: int) -> str:
    """Return the group of the official list that the work of an opening is in."""
    number = basis.problem.lists.operations[basis.problem.openings.job[opening]]
    return basis.words(JOB_GROUPS[load_vocabulary().job_types[number].group])


class _Lister:
    def __init__(self, basis: Basis) -> None:
        self.basis, self.ceilings = basis, ceilings_of(basis.result)
        screening, openings = basis.result.screening, len(basis.problem.openings)
        self.eligible = np.bincount(screening.opening, minlength=openings).tolist()
        self.rules = tuple(basis.words(rule.label) for rule in RULES)
        self.records = tell_records(basis)
        self.reserves: dict[int, list[Reserve]] = defaultdict(list)
        ids = basis.problem.opening_ids
        for held in basis.result.reserves:
            self.reserves[held.opening].append(
                Reserve(
                    held.rank,
                    basis.shown.ids[held.candidate],
                    basis.shown.names[held.candidate],
                    int(basis.result.scores.score[held.row]),
                    ids[held.proposed_at] if held.proposed_at >= 0 else "",
                )
            )

    def opening(self, at: int) -> Opening:
        """Return one opening."""
        basis, words = self.basis, self.basis.words
        problem, o = basis.problem, basis.problem.openings
        host = int(o.host[at])
        more = one_more(basis, at, self.ceilings)
        return Opening(
            place=at,
            id=problem.opening_ids[at],
            host=basis.host(host),
            host_id=problem.lists.hosts[host],
            work=basis.texts.work(at),
            group=group_of(basis, at),
            prefecture=basis.prefecture(at),
            supervisor=basis.texts.supervisor(at),
            regime=words(REGIME_NAMES[REGIMES[int(o.regime[at])]]),
            entry_from=basis.day(int(o.entry_from[at])),
            entry_to=basis.day(int(o.entry_to[at])),
            interview=basis.day(int(o.interview_on[at])),
            closes=basis.day(int(o.closes[at])),
            seats=int(o.seats[at]),
            closed=int(basis.closed[at]),
            filled=int(basis.filled[at]),
            conditional=int(basis.conditional[at]),
            eligible=self.eligible[at],
            proposed=basis.people(basis.proposed_at[at]),
            reserves=tuple(self.reserves[at]),
            refused=self._refused(at),
            one_more=words(tell_one_more(basis.result, at, self.ceilings)),
            more_people=more[0],
            more_points=more[1],
            terms=tuple(self._terms(at)),
            record=self.records[at],
        )

    def _refused(self, at: int) -> tuple[RuleCount, ...]:
        """Return the rules that refuse anybody here or leave something to show, the one that
        refuses most first."""
        screening = self.basis.result.screening
        counts = zip(
            self.rules,
            screening.fails_of_openings[at].tolist(),
            screening.unknowns_of_openings[at].tolist(),
            strict=True,
        )
        found = [RuleCount(*count) for count in counts if count[1] or count[2]]
        return tuple(sorted(found, key=lambda count: (-count.fails, -count.unknown)))

    def _terms(self, at: int) -> Iterator[tuple[str, str]]:
        """Yield what the order says of work and pay; what is not recorded is said of what people
        must know, and else left out."""
        row, words = self.basis.texts.order(at), self.basis.words
        for name in ("monthly_wage", "monthly_hours", "net_pay", "contract_months"):
            yield self._term(name, _told(row.get(name, "")) or NOT_RECORDED)
        for name in ("deductions", "cost_to_candidate", "min_seats"):
            if row.get(name):
                yield self._term(name, _told(row[name]))
        o = self.basis.problem.openings
        if row.get("min_japanese"):
            yield self._term("min_japanese", level_name(int(o.order_level[at])))
        conditions = names_of_conditions(int(o.conditions[at]))
        if conditions:
            yield self._term("conditions", conditions)
        if int(o.any_trade[at]) in ANSWERS:
            yield self._term("any_trade", ANSWERS[int(o.any_trade[at])])
        mode = self.basis.texts.mode(at)
        if mode:
            yield self._term("interview_mode", mode)
        for name in () if self.basis.blind else ("work", *WISHES):
            if row.get(name):
                yield words(label("openings", name)), row[name]

    def _term(self, name: str, value: Fact) -> tuple[str, str]:
        return self.basis.words(label("openings", name)), self.basis.words(value)


def one_more(basis: Basis, at: int, ceilings: Ceilings) -> tuple[int | None, int | None]:
    """Return how many people and points one seat more adds; None of what is not known, 0 while a
    quota or a limit above is full, or leaves too few to go ahead."""
    result = basis.result
    if result.stable or (at in result.waiting and at not in result.shut):
        return None, None
    values = result.seat_values
    low = dict(zip(values.names, values.low[at].tolist(), strict=True))
    if at in result.shut or ceilings.full_above(at):
        low = dict.fromkeys(low, 0)
    return low.get("placements"), low.get("score")


def _told(cell: str) -> Fact:
    """Return a cell as a number where it is a whole one, so that it is told as such."""
    return int(cell) if cell.isascii() and cell.isdecimal() else cell
