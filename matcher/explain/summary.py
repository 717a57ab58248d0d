"""What a batch came to, in numbers that add up: the matter of the summary read in a meeting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from matcher.explain.causes import empty_causes, unplaced_causes
from matcher.explain.ceilings import seat_limits
from matcher.explain.costs import CostsByPayer, sum_costs
from matcher.explain.outcomes import OutcomeCounts, count_outcomes
from matcher.explain.questions import ask_questions, count_questions
from matcher.explain.routes import count_routes
from matcher.explain.seats import seats_within
from matcher.pipeline import Result
from matcher.problem import (
    ENFORCE,
    ESD,
    IN_PROGRESS,
    NO_DAY,
    TITP,
    WAIVE,
    Flags,
    Numbers,
    Standing,
)
from matcher.problem.outcomes import LOCKED, current_steps
from matcher.rules import RULES
from matcher.shortlist.basis import LONG_WAIT


@dataclass(frozen=True)
class Group:
    """People of one centre or trade: how many take part, how many are proposed, and the seats at
    openings where at least one of them may be proposed (groups may share seats)."""

    name: str
    present: int
    proposed: int
    seats: int


@dataclass(frozen=True)
class Summary:
    """people = present + held + withdrawn; present = proposed + unplaced; seats = usable under the
    quotas + closed by them; usable = filled + empty; the causes of empty seats add up to empty,
    those of unplaced people to unplaced. `settled` of the proposals without conditions have passed
    the interview already.

    `filled` counts the seats of those proposed and those kept for people on hold or withdrawn.
    `regimes` counts proposals by regime, `routes` those of the first stage of TITP by the route on
    which prior experience is met ("open" where none is yet). `wishes` counts the job orders with
    wishes that the law restricts, `enforced` those of them enforced; `questions` by kind what is
    to be asked after the plan. `method` is how the plan was found, `limited` whether limits of the
    scenario are among the ceilings that close seats.
    """

    people: int
    withdrawn: int
    held: int
    deposits: dict[str, int]
    proposed: int
    conditional: int
    settled: int
    unplaced: int
    quotas_checked: bool
    limited: bool
    method: str
    seats: int
    usable: int
    filled: int
    empty_causes: dict[str, int]
    unplaced_causes: dict[str, int]
    centres: tuple[Group, ...]
    trades: tuple[Group, ...]
    long_waiting: int
    open_rules: dict[str, int]
    certificates_due: int
    placed_by_decision: int
    forbidden: int
    waivers: int
    by_lottery: int
    costs: CostsByPayer
    regimes: dict[str, int]
    routes: dict[str, int]
    wishes: int
    enforced: int
    questions: dict[str, int]
    outcomes: OutcomeCounts

    @property
    def present(self) -> int:
        """People who take part in the run."""
        return self.proposed + self.unplaced

    @property
    def empty(self) -> int:
        """Seats that the quotas leave open and nobody is proposed for."""
        return self.usable - self.filled


def summarise(result: Result) -> Summary:
    """Return the summary of a result."""
    problem, plan, screening = result.problem, result.plan, result.screening
    present = problem.standing == Standing.PRESENT
    placed = plan.opening >= 0
    rows = plan.row[placed]
    kept = result.seats_of[result.seats_of >= 0]
    filled = np.bincount(kept, minlength=len(problem.openings))
    seats = problem.openings.seats
    usable, closed = seats_within(result)
    decisions = Counter(decision.action for decision in problem.decisions)
    in_class = problem.candidates.training_result == IN_PROGRESS
    return Summary(
        people=present.size,
        withdrawn=int((problem.standing == Standing.WITHDRAWN).sum()),
        held=int((problem.standing == Standing.HELD).sum()),
        deposits=_deposits(result),
        proposed=int(placed.sum()),
        conditional=int(screening.conditional[rows].sum()),
        settled=_settled(result),
        unplaced=int((present & ~placed).sum()),
        quotas_checked=result.facts.quotas.checked,
        limited=bool(seat_limits(result)),
        method=plan.method,
        seats=int(seats.sum()),
        usable=usable,
        filled=int(filled.sum()),
        empty_causes=empty_causes(result, seats - filled - closed),
        unplaced_causes=unplaced_causes(result, np.flatnonzero(present & ~placed)),
        centres=_groups(result, problem.labels.centres, present, placed),
        trades=_groups(result, problem.labels.kejuruan, present, placed),
        long_waiting=int((present & ~placed & _long_wait(result)).sum()),
        open_rules=_open_rules(screening.open_rules[rows]),
        certificates_due=int((placed & in_class).sum()),
        placed_by_decision=decisions["place"],
        forbidden=decisions["forbid"],
        waivers=sum(n for action, n in decisions.items() if action.startswith(WAIVE)),
        by_lottery=int(plan.by_lottery.sum()),
        costs=sum_costs(result),
        regimes=_regimes(result, placed),
        routes=count_routes(result),
        wishes=len({wish.opening for wish in problem.wishes}),
        enforced=len({d.opening_id for d in problem.decisions if d.action.startswith(ENFORCE)}),
        questions=count_questions(ask_questions(result)),
        outcomes=count_outcomes(result),
    )


def _long_wait(result: Result) -> Flags:
    """Return who has waited for long since they were accepted."""
    accepted = result.problem.candidates.accepted_on
    long: Flags = (result.facts.on - accepted > LONG_WAIT) & (accepted != NO_DAY)
    return long


def _settled(result: Result) -> int:
    """Return how many proposals without conditions are seats on record: the host has decided."""
    last = current_steps(result.problem.outcomes)
    plan, conditional = result.plan, result.screening.conditional
    return sum(
        step.state in LOCKED
        and int(plan.opening[person]) == opening
        and not conditional[plan.row[person]]
        for (person, opening), step in last.items()
    )


def _regimes(result: Result, placed: Flags) -> dict[str, int]:
    """Return how many proposals fall under each regime."""
    regimes = result.problem.openings.regime[result.plan.opening[placed]]
    counts = {"titp": int((regimes == TITP).sum()), "esd": int((regimes == ESD).sum())}
    return {name: count for name, count in counts.items() if count}


def _deposits(result: Result) -> dict[str, int]:
    """Return how many people have a deposit recorded, by their sending organisation ("" where
    that is not recorded)."""
    problem = result.problem
    names = (*problem.lists.schools, "")
    paid = np.flatnonzero(np.array(problem.labels.deposits) > 0)
    return dict(
        sorted(Counter(names[problem.candidates.school[person]] for person in paid).items())
    )


def _groups(
    result: Result, names: tuple[str, ...], present: Flags, placed: Flags
) -> tuple[Group, ...]:
    label = np.array(names, dtype=object)
    screening, seats = result.screening, result.problem.openings.seats
    groups = []
    for name in sorted(set(names)):
        member = label == name
        open_to = np.unique(screening.opening[member[screening.candidate]])
        groups.append(
            Group(
                name,
                int((member & present).sum()),
                int((member & placed).sum()),
                int(seats[open_to].sum()),
            )
        )
    return tuple(groups)


def _open_rules(bits: Numbers) -> dict[str, int]:
    """Return how many of the proposed pairs have each rule still open."""
    counts = {rule.name: int((bits >> at & 1).sum()) for at, rule in enumerate(RULES)}
    return {name: count for name, count in counts.items() if count}
