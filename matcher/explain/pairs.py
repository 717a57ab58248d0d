"""One person, or one person at one opening, explained."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.assign import find_pair
from matcher.explain.evidence import evidence_of
from matcher.explain.reasons import held_and_required
from matcher.explain.verdicts import (
    REFUSED,
    Alternative,
    Verdicts,
    alternatives_of,
    judge_pairs,
)
from matcher.language import Phrase
from matcher.pipeline import Result
from matcher.problem import Standing
from matcher.rules import RULES, Rule
from matcher.score import Contribution, break_down
from matcher.screen import judge

FAILS, OPEN = "fail", "unknown"


@dataclass(frozen=True)
class RuleView:
    """A rule that a pair fails, or that is still open, with what is held and what is required."""

    rule: Rule
    state: str
    held: Phrase
    required: Phrase


@dataclass(frozen=True)
class PairView:
    """One person at one opening: the breakdown and what is behind it, the rules, the verdict.

    `verdict` is one of `explain.verdicts`, or "held" or "withdrawn".
    `loss` is what the best plan would lose by this pair, one number per name of the objective;
    None where it is used, refused, or in no plan.
    """

    candidate: int
    opening: int
    verdict: str
    loss: tuple[int, ...] | None
    breakdown: tuple[Contribution, ...]
    evidence: dict[str, tuple[Phrase, ...]]
    rules: tuple[RuleView, ...]

    @property
    def score(self) -> int:
        """Whole millionths; the sum of the breakdown."""
        return sum(line.contribution for line in self.breakdown)

    @property
    def conditional(self) -> bool:
        """Whether a rule is still open and none fails."""
        return bool(self.rules) and all(view.state == OPEN for view in self.rules)


@dataclass(frozen=True)
class Explanation:
    """One person: where proposed (or None), the best alternatives, and how many openings each
    rule refused or left open."""

    candidate: int
    standing: Standing
    placed: PairView | None
    alternatives: tuple[Alternative, ...]
    refusals: tuple[tuple[Rule, str, int], ...]
    eligible: int


def explain_candidate(result: Result, candidate: int) -> Explanation:
    """Return the explanation of the candidate at a place of `Problem.candidate_ids`."""
    verdicts = judge_pairs(result)
    at = int(result.plan.opening[candidate])
    counts = (
        (FAILS, result.screening.fails_of_candidates[candidate]),
        (OPEN, result.screening.unknowns_of_candidates[candidate]),
    )
    return Explanation(
        candidate,
        Standing(int(result.problem.standing[candidate])),
        explain_pair(result, candidate, at, verdicts) if at >= 0 else None,
        alternatives_of(result, verdicts, candidate),
        tuple(
            (rule, state, int(number))
            for state, numbers in counts
            for rule, number in zip(RULES, numbers, strict=True)
            if number
        ),
        int((result.screening.candidate == candidate).sum()),
    )


def explain_pair(
    result: Result, candidate: int, opening: int, verdicts: Verdicts | None = None
) -> PairView:
    """Return the view of one pair, whether proposed, possible or refused."""
    verdicts = verdicts or judge_pairs(result)
    standing = Standing(int(result.problem.standing[candidate]))
    row = find_pair(result.screening, candidate, opening)
    name = str(verdicts.name[row]) if row >= 0 else REFUSED
    if standing != Standing.PRESENT:
        name = standing.name.lower()
    loss = verdicts.loss[row] if row >= 0 and verdicts.exists[row] else None
    return PairView(
        candidate,
        opening,
        name,
        None if loss is None else tuple(int(x) for x in loss),
        break_down(result.problem, result.facts, candidate, opening),
        evidence_of(result.problem, result.facts, candidate, opening),
        view_rules(result, candidate, opening),
    )


def view_rules(result: Result, candidate: int, opening: int) -> tuple[RuleView, ...]:
    """Return the rules that a pair fails, then those still open, by the functions that screened
    it."""
    problem, facts = result.problem, result.facts
    c, o = problem.candidates.at([candidate]), problem.openings.at([opening])
    views = []
    for rule, (fails, unknown) in zip(RULES, judge(c, o, facts), strict=True):
        state = FAILS if fails.any() else OPEN if unknown.any() else ""
        if state:
            held, required = held_and_required(problem, facts, rule.name, candidate, opening)
            views.append(RuleView(rule, state, held, required))
    return tuple(sorted(views, key=lambda view: view.state != FAILS))
