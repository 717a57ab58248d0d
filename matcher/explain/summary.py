"""What a batch came to, in numbers that add up: the matter of the summary read in a meeting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from matcher.pipeline import Result
from matcher.problem import IN_PROGRESS, NO_DAY, Flags, Numbers, Standing
from matcher.rules import RULES

LONG_WAIT = 180
TRADE, LANGUAGE, ELSEWHERE, OTHER, FULL = "trade", "language", "elsewhere", "other", "full"
LANGUAGE_RULES = ("japanese_law", "japanese_order")
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
    """people = present + held + withdrawn; present = proposed + unplaced; seats = filled + empty;
    the causes of empty seats add up to empty, those of unplaced people to unplaced."""

    people: int
    withdrawn: int
    held: int
    held_for_deposit: int
    proposed: int
    conditional: int
    unplaced: int
    seats: int
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
    greatest_cost: int | None
    costs_unknown: int

    @property
    def present(self) -> int:
        """People who take part in the run."""
        return self.proposed + self.unplaced

    @property
    def empty(self) -> int:
        """Seats that nobody is proposed for."""
        return self.seats - self.filled


def summarise(result: Result) -> Summary:
    """Return the summary of a result."""
    problem, plan, screening = result.problem, result.plan, result.screening
    present = problem.standing == Standing.PRESENT
    placed = plan.opening >= 0
    rows = plan.row[placed]
    filled = np.bincount(plan.opening[placed], minlength=len(problem.openings))
    seats = problem.openings.seats
    deposits = sum(cause == "deposit" for cause in problem.standing_cause)
    known, unknown = _costs(result, placed)
    decisions = Counter(decision.action for decision in problem.decisions)
    in_class = problem.candidates.training_result == IN_PROGRESS
    waited = result.facts.on - problem.candidates.accepted_on
    long_wait = (waited > LONG_WAIT) & (problem.candidates.accepted_on != NO_DAY)
    return Summary(
        people=present.size,
        withdrawn=int((problem.standing == Standing.WITHDRAWN).sum()),
        held=int((problem.standing == Standing.HELD).sum()),
        held_for_deposit=deposits,
        proposed=int(placed.sum()),
        conditional=int(screening.conditional[rows].sum()),
        unplaced=int((present & ~placed).sum()),
        seats=int(seats.sum()),
        filled=int(filled.sum()),
        empty_causes=_empty_causes(result, seats - filled),
        unplaced_causes=_unplaced_causes(result, np.flatnonzero(present & ~placed)),
        centres=_groups(result, problem.labels.centres, present, placed),
        trades=_groups(result, problem.labels.kejuruan, present, placed),
        long_waiting=int((present & ~placed & long_wait).sum()),
        open_rules=_open_rules(screening.open_rules[rows]),
        certificates_due=int((placed & in_class).sum()),
        placed_by_decision=decisions["place"],
        forbidden=decisions["forbid"],
        waivers=sum(n for action, n in decisions.items() if action.startswith("waive:")),
        by_lottery=int((plan.by_lottery & placed).sum()),
        greatest_cost=known,
        costs_unknown=unknown,
    )


def _empty_causes(result: Result, empty: Numbers) -> dict[str, int]:
    """Return the empty seats by cause: nobody of the trade, Japanese, people better placed
    elsewhere, or schedule and conditions."""
    causes: Counter[str] = Counter()
    present = result.problem.present.size
    fails = result.screening.fails_of_openings
    eligible = np.bincount(result.screening.opening, minlength=empty.size)
    for opening in np.flatnonzero(empty):
        trained = present - fails[opening, PLACE_OF["trained_for"]]
        language = max(int(fails[opening, PLACE_OF[rule]]) for rule in LANGUAGE_RULES)
        if eligible[opening]:
            cause = ELSEWHERE
        elif not trained:
            cause = TRADE
        else:
            cause = LANGUAGE if language >= present - trained and language else OTHER
        causes[cause] += int(empty[opening])
    return dict(causes)


def _unplaced_causes(result: Result, unplaced: Numbers) -> dict[str, int]:
    """Return the unplaced people by cause: no opening of the trade, Japanese, every fitting seat
    taken by others, or schedule and conditions."""
    causes: Counter[str] = Counter()
    openings = len(result.problem.openings)
    eligible = np.bincount(result.screening.candidate, minlength=len(result.problem.candidate_ids))
    fails = result.screening.fails_of_candidates
    for person in unplaced:
        untrained = int(fails[person, PLACE_OF["trained_for"]])
        language = max(int(fails[person, PLACE_OF[rule]]) for rule in LANGUAGE_RULES)
        if eligible[person]:
            cause = FULL
        elif untrained == openings:
            cause = TRADE
        else:
            cause = LANGUAGE if language >= openings - untrained else OTHER
        causes[cause] += 1
    return dict(causes)


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


def _costs(result: Result, placed: Flags) -> tuple[int | None, int]:
    """Return the greatest cost left to one proposed person, paid and still to pay, and for how
    many of them the cost is not known."""
    problem = result.problem
    to_pay = problem.openings.cost[result.plan.opening[placed]]
    paid = np.array(problem.labels.cost_so_far, np.int64)[placed]
    known = to_pay >= 0
    return (
        int((to_pay + paid)[known].max()) if known.any() else None,
        int((~known).sum()),
    )
