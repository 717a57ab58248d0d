"""Looks at a result by groups of people: how often each is proposed or refused, what drives the
gaps, who waits, and whether anything changes when what must not matter is shuffled.

Nothing here decides anything, and nothing here proves that a batch is fair.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matcher.audit.drivers import Drivers, Traces, find_drivers, trace
from matcher.audit.groups import GROUPINGS, Members, divide
from matcher.audit.rates import UNLIKELY, Impact, Rate, Share, compare, find_reference
from matcher.explain.enforced import Enforced, find_enforced
from matcher.pipeline import Result
from matcher.problem import NO_DAY, Flags, Numbers, Standing
from matcher.shortlist.basis import LONG_WAIT


@dataclass(frozen=True)
class Waiting:
    """People who take part and have waited more than 180 days; `unknown` are those whose day of
    acceptance is not recorded."""

    proposed: int
    unplaced: int
    unknown: int


@dataclass(frozen=True)
class GroupAudit:
    """What a batch came to for one group ("" where it is not recorded).

    `people` counts everybody of the group, the rest only who takes part. `score` is the sum of
    the proposed people's scores in whole millionths. `by_trade` is how many would be proposed if
    each person were as likely to be as the people of the same trade. `drivers` is None where
    there is no gap, in proposals or in who may be proposed nowhere.
    """

    name: str
    people: int
    proposals: Rate
    refusals: Rate
    conditional: int
    score: int
    by_trade: Fraction
    impact: Impact | None
    drivers: Drivers | None
    waiting: Waiting

    @property
    def signal(self) -> bool:
        """Whether the ratio is below four fifths, with enough people to say."""
        return self.impact is not None and self.impact.is_signal(self.proposals)

    @property
    def unlikely(self) -> bool:
        """Whether chance alone seldom makes proposals differ that much (under 0.05)."""
        return self.proposals.p is not None and self.proposals.p < UNLIKELY

    @property
    def stranded(self) -> bool:
        """Whether chance alone seldom makes the shares of people who may be proposed nowhere
        differ that much (under 0.05)."""
        return self.refusals.exact_p is not None and self.refusals.exact_p < UNLIKELY

    @property
    def worth_a_look(self) -> bool:
        """Whether a gap is worth a look, for any of these three reasons."""
        return self.signal or self.unlikely or self.stranded


@dataclass(frozen=True)
class Grouping:
    """One of `GROUPINGS` with its groups."""

    name: str
    groups: tuple[GroupAudit, ...]

    @property
    def held(self) -> tuple[GroupAudit, ...]:
        """The groups of which somebody takes part."""
        return tuple(group for group in self.groups if group.proposals.own.of)

    @property
    def sides(self) -> tuple[GroupAudit, ...]:
        """The groups held, but of two only one, since each is everybody else to the other: the
        recorded, the smaller, or the latter of equals."""
        if len(self.held) != 2:
            return self.held
        first, second = self.held
        recorded = bool(second.name), -second.proposals.own.of
        return (second,) if recorded >= (bool(first.name), -first.proposals.own.of) else (first,)


@dataclass(frozen=True)
class Audit:
    """A result looked at by groups; `enforced` are the hosts' wishes that an officer enforced."""

    people: int
    present: int
    proposed: int
    conditional: int
    refused: int
    groupings: tuple[Grouping, ...]
    enforced: tuple[Enforced, ...]


@dataclass(frozen=True)
class _Outcome:
    """What became of each person, by place of the candidate."""

    present: Flags
    proposed: Flags
    conditional: Flags
    refused: Flags
    score: Numbers
    by_trade: tuple[Fraction, ...]
    long_wait: Flags
    no_day: Flags


def audit_result(result: Result) -> Audit:
    """Return the audit of a result."""
    outcome, traces = _outcome(result), trace(result)
    return Audit(
        outcome.present.size,
        int(outcome.present.sum()),
        int(outcome.proposed.sum()),
        int(outcome.conditional.sum()),
        int(outcome.refused.sum()),
        tuple(
            Grouping(name, _groups(divide(result.problem, name), outcome, traces))
            for name in GROUPINGS
        ),
        find_enforced(result),
    )


def _outcome(result: Result) -> _Outcome:
    problem, plan, screening = result.problem, result.plan, result.screening
    present = problem.standing == Standing.PRESENT
    proposed = present & (plan.opening >= 0)
    rows = plan.row[proposed]
    conditional = np.zeros(present.size, bool)
    score: Numbers = np.zeros(present.size, np.int64)
    conditional[proposed], score[proposed] = screening.conditional[rows], result.scores.score[rows]
    eligible = np.bincount(screening.candidate, minlength=present.size) > 0
    accepted = problem.candidates.accepted_on
    return _Outcome(
        present,
        proposed,
        conditional,
        present & ~eligible,
        score,
        _rates_of_trades(problem.labels.kejuruan, present, proposed),
        (result.facts.on - accepted > LONG_WAIT) & (accepted != NO_DAY),
        accepted == NO_DAY,
    )


def _rates_of_trades(
    trades: tuple[str, ...], present: Flags, proposed: Flags
) -> tuple[Fraction, ...]:
    """Return for each person the proposal rate of the people of the same trade."""
    of = Counter(trades[person] for person in np.flatnonzero(present))
    placed = Counter(trades[person] for person in np.flatnonzero(proposed))
    return tuple(Fraction(placed[trade], of[trade] or 1) for trade in trades)


def _groups(
    members: tuple[Members, ...], outcome: _Outcome, traces: Traces
) -> tuple[GroupAudit, ...]:
    shares = {
        group.name: Share(
            int((group.rows & outcome.proposed).sum()), int((group.rows & outcome.present).sum())
        )
        for group in members
    }
    reference = find_reference(shares)
    return tuple(
        _group(group, outcome, traces, compare(shares[group.name], reference, shares))
        for group in members
    )


def _group(group: Members, outcome: _Outcome, traces: Traces, impact: Impact | None) -> GroupAudit:
    own, rest = outcome.present & group.rows, outcome.present & ~group.rows
    proposals, refusals = (
        _rate(marked, own, rest) for marked in (outcome.proposed, outcome.refused)
    )
    gaps = proposals.gap, refusals.gap
    return GroupAudit(
        group.name,
        int(group.rows.sum()),
        proposals,
        refusals,
        int((outcome.conditional & own).sum()),
        int(outcome.score[own].sum()),
        sum((outcome.by_trade[person] for person in np.flatnonzero(own)), Fraction(0)),
        impact,
        find_drivers(traces, own, rest, *gaps) if any(gaps) else None,
        Waiting(
            int((own & outcome.long_wait & outcome.proposed).sum()),
            int((own & outcome.long_wait & ~outcome.proposed).sum()),
            int((own & outcome.no_day).sum()),
        ),
    )


def _rate(marked: Flags, own: Flags, rest: Flags) -> Rate:
    return Rate(*(Share(int((marked & side).sum()), int(side.sum())) for side in (own, rest)))
