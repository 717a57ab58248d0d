"""What a batch came to, in numbers that add up: the matter of the summary read in a meeting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from matcher.explain.costs import CostsByPayer, sum_costs
from matcher.explain.outcomes import OutcomeCounts, count_outcomes
from matcher.explain.questions import ask_questions, count_questions
from matcher.explain.routes import count_routes
from matcher.explain.seats import seats_within
from matcher.explain.verdicts import BELOW_FLOOR, CAPPED, judge_pairs
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
from matcher.rules import RULES, Answer
from matcher.screen import judge
from matcher.shortlist.basis import LONG_WAIT

TRADE, LANGUAGE, OTHER, LAW, GIVEN = "trade", "language", "other", "law", "given"
ELSEWHERE, FULL, FLOOR, QUOTA = "elsewhere", "full", "floor", "quota"
LANGUAGE_RULES = ("japanese_law", "japanese_order")
# Rules of law and programme that look at the job order alone, and so refuse everybody there.
ORDER_RULES = (
    *("job_stage", "regime_dates", "stage_iii", "minimum_wage", "supervisor_permit", "esd_field"),
    "cost_cap",
)
PLACE_OF = {rule.name: place for place, rule in enumerate(RULES)}


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
    to be asked after the plan. `method` is how crossing quotas were kept.
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
    waited = result.facts.on - problem.candidates.accepted_on
    long_wait = (waited > LONG_WAIT) & (problem.candidates.accepted_on != NO_DAY)
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
        method=plan.method,
        seats=int(seats.sum()),
        usable=usable,
        filled=int(filled.sum()),
        empty_causes=_empty_causes(result, seats - filled - closed),
        unplaced_causes=_unplaced_causes(result, np.flatnonzero(present & ~placed)),
        centres=_groups(result, problem.labels.centres, present, placed),
        trades=_groups(result, problem.labels.kejuruan, present, placed),
        long_waiting=int((present & ~placed & long_wait).sum()),
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


def _empty_causes(result: Result, empty: Numbers) -> dict[str, int]:
    """Return the empty seats by cause: everybody eligible is proposed already, or is worth less
    than the floor; nobody of the trade, none of the trade with the Japanese asked, or else."""
    causes: Counter[str] = Counter()
    problem, screening = result.problem, result.screening
    people = problem.candidates.at(problem.present).down()
    for opening in np.flatnonzero(empty):
        eligible = screening.candidate[screening.opening == opening]
        if eligible.size:
            placed = result.plan.opening[eligible] >= 0
            cause = ELSEWHERE if placed.all() else FLOOR
        else:
            cause = _refusal(judge(people, problem.openings.at([opening]).across(), result.facts))
        causes[cause] += int(empty[opening])
    return dict(causes)


def _unplaced_causes(result: Result, unplaced: Numbers) -> dict[str, int]:
    """Return the unplaced people by cause: every fitting seat is taken, or they are worth less
    than the floor; no opening of the trade, none of the trade without the Japanese they lack, or
    else."""
    causes: Counter[str] = Counter()
    problem, screening, verdicts = result.problem, result.screening, judge_pairs(result)
    openings = problem.openings.across()
    for person in unplaced:
        names = verdicts.name[screening.candidate == person]
        if names.size:
            cause = FLOOR if (names == BELOW_FLOOR).all() else FULL
            cause = QUOTA if (names == CAPPED).all() else cause
        else:
            cause = _refusal(judge(problem.candidates.at([person]).down(), openings, result.facts))
        causes[cause] += 1
    return dict(causes)


def _refusal(answers: list[Answer]) -> str:
    """Return why all pairs of a block are refused: no score is given, the job orders themselves, or
    what those trained for the work fail."""
    fails = np.broadcast_arrays(*(fails for fails, _ in answers))
    if fails[PLACE_OF["given_score"]].all():
        return GIVEN
    if np.logical_or.reduce([fails[PLACE_OF[rule]] for rule in ORDER_RULES]).all():
        return LAW
    trained = ~fails[PLACE_OF["trained_for"]]
    lingual = np.logical_or.reduce([fails[PLACE_OF[rule]] for rule in LANGUAGE_RULES])
    if not trained.any():
        return TRADE
    return LANGUAGE if lingual[trained].all() else OTHER


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
