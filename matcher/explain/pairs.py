"""One person, or one person at one opening, explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.explain.alternatives import Alternative, alternatives_of
from matcher.explain.chains import Chain, cheapest_chain
from matcher.explain.due import due_of
from matcher.explain.evidence import evidence_of
from matcher.explain.reasons import held_and_required, name_route
from matcher.explain.stops import tell_stops
from matcher.explain.ties import Tie, tie_of
from matcher.explain.verdicts import REFUSED, Verdicts, judge_pairs
from matcher.language import Phrase
from matcher.pipeline import Result
from matcher.problem import IN_PROGRESS, NO_DAY, WAIVE, Decision, Standing, day_of
from matcher.rules import ALWAYS, RULES, Rule
from matcher.score import Contribution, break_down
from matcher.screen import find_pair, judge

FAILS, OPEN = "fail", "unknown"


@dataclass(frozen=True)
class RuleView:
    """A rule that a pair fails, or that is still open, with what is held and what is required;
    `due` is the day number by which an open one is to be shown, `shown_by` who shows it."""

    rule: Rule
    state: str
    held: Phrase
    required: Phrase
    due: int
    shown_by: Phrase


@dataclass(frozen=True)
class PairView:
    """One person at one opening: the breakdown and what is behind it, the rules, the verdict.

    `verdict` is one of `explain.verdicts`, or "held" or "withdrawn".
    `training_ends` is when the certificate of a training in progress is to be shown; that is no
    condition. `prior_experience` is the route of T9 on which the pair passes, None where on none
    or where none is asked, `stops` the quota or limit that stands against a `capped` pair, or the
    limits against a `limit` pair. `loss` is what the best plan would lose by this pair, one number
    per name of the objective up to `worst`; None where it is used, refused, in no plan
    (`impossible`), or in none beside this plan. `chain` are the moves that would bring the person
    here, None where the pair is used or none are found.
    """

    candidate: int
    opening: int
    verdict: str
    loss: tuple[int, ...] | None
    impossible: bool
    breakdown: tuple[Contribution, ...]
    evidence: dict[str, tuple[Phrase, ...]]
    rules: tuple[RuleView, ...]
    waived: tuple[tuple[Rule, Decision], ...]
    training_ends: date | None
    prior_experience: Phrase | None
    stops: tuple[Phrase, ...]
    chain: Chain | None

    @property
    def score(self) -> int:
        """Whole millionths; the sum of the breakdown."""
        return sum(line.contribution for line in self.breakdown)

    @property
    def conditional(self) -> bool:
        """Whether a rule is still open and none fails."""
        return bool(self.rules) and all(view.state == OPEN for view in self.rules)


@dataclass(frozen=True)
class Refusal:
    """A rule that a person fails, or leaves open, at a number of openings; `first` is what is held
    and required at the first of them, `opening`."""

    first: RuleView
    openings: int
    opening: int


@dataclass(frozen=True)
class Explanation:
    """One person: where proposed (or None), whether in every best plan, the best alternatives, and
    how many openings each rule refused or left open. `tie` is None of whoever takes no part.
    `chain` are the moves that would find somebody without a host one, None where there are none.
    """

    candidate: int
    standing: Standing
    placed: PairView | None
    alternatives: tuple[Alternative, ...]
    refusals: tuple[Refusal, ...]
    eligible: int
    tie: Tie | None
    chain: Chain | None


def explain_candidate(result: Result, candidate: int) -> Explanation:
    """Return the explanation of the candidate at a place of `Problem.candidate_ids`."""
    verdicts = judge_pairs(result, candidate)
    at = int(result.plan.opening[candidate])
    return Explanation(
        candidate,
        Standing(int(result.problem.standing[candidate])),
        explain_pair(result, candidate, at, verdicts) if at >= 0 else None,
        alternatives_of(result, verdicts, candidate),
        refusals_of(result, candidate),
        int((result.screening.candidate == candidate).sum()),
        tie_of(result, candidate),
        None if at >= 0 else cheapest_chain(result, candidate, verdicts=verdicts),
    )


def refusals_of(result: Result, candidate: int) -> tuple[Refusal, ...]:
    """Return the rules that a person fails, then those left open, over all openings."""
    problem, facts = result.problem, result.facts
    c, o = problem.candidates.at([candidate]).down(), problem.openings.across()
    found = []
    for rule, answer in zip(RULES, judge(c, o, facts), strict=True):
        for state, mask in zip((FAILS, OPEN), answer, strict=True):
            at = np.flatnonzero(np.broadcast_to(mask, (1, len(o))))
            if at.size:
                view = _view_rule(result, rule, state, candidate, int(at[0]))
                found.append(Refusal(view, at.size, int(at[0])))
    return tuple(sorted(found, key=lambda refusal: refusal.first.state != FAILS))


def explain_pair(
    result: Result, candidate: int, opening: int, verdicts: Verdicts | None = None
) -> PairView:
    """Return the view of one pair, whether proposed, possible or refused."""
    verdicts = verdicts or judge_pairs(result, candidate)
    standing = Standing(int(result.problem.standing[candidate]))
    row = find_pair(result.screening, candidate, opening)
    name = str(verdicts.name[row]) if row >= 0 else REFUSED
    if standing != Standing.PRESENT:
        name = standing.name.lower()
    return PairView(
        candidate,
        opening,
        name,
        verdicts.loss_of(row) if row >= 0 else None,
        row >= 0 and bool(verdicts.impossible[row]),
        break_down(result.problem, result.facts, candidate, opening),
        evidence_of(result.problem, result.facts, candidate, opening),
        view_rules(result, candidate, opening),
        view_waivers(result, candidate, opening),
        _end_of_training(result, candidate),
        name_route(result.problem, result.facts, candidate, opening),
        tell_stops(result, verdicts, row) if row >= 0 else (),
        cheapest_chain(result, candidate, opening, verdicts) if row >= 0 else None,
    )


def _end_of_training(result: Result, candidate: int) -> date | None:
    """Return when a training in progress ends, and with it the certificate is due."""
    c = result.problem.candidates
    coming = c.training_result[candidate] == IN_PROGRESS and c.training_end[candidate] != NO_DAY
    return day_of(c.training_end[candidate]) if coming else None


def view_waivers(result: Result, candidate: int, opening: int) -> tuple[tuple[Rule, Decision], ...]:
    """Return the rules that a pair does not pass but that a decision on record waives."""
    problem = result.problem
    names = ("", problem.candidate_ids[candidate]), ("", problem.opening_ids[opening])
    c, o = problem.candidates.at([candidate]), problem.openings.at([opening])
    waivers = [
        (rule, decision)
        for decision in problem.decisions
        for rule in RULES
        if decision.action == WAIVE + rule.name
        and (result.facts.rules_apply or rule.name in ALWAYS)
        and decision.candidate_id in names[0]
        and decision.opening_id in names[1]
    ]
    return tuple(
        (rule, decision)
        for rule, decision in waivers
        if any(mask.any() for mask in rule.judge(c, o, result.facts))
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
            views.append(_view_rule(result, rule, state, candidate, opening))
    return tuple(sorted(views, key=lambda view: view.state != FAILS))


def open_rules(result: Result, row: int) -> tuple[RuleView, ...]:
    """Return the rules still open of a pair of the screening, which fails none."""
    pair = int(result.screening.candidate[row]), int(result.screening.opening[row])
    bits = int(result.screening.open_rules[row])
    return tuple(
        _view_rule(result, rule, OPEN, *pair) for bit, rule in enumerate(RULES) if bits >> bit & 1
    )


def _view_rule(result: Result, rule: Rule, state: str, candidate: int, opening: int) -> RuleView:
    held, required = held_and_required(result.problem, result.facts, rule.name, candidate, opening)
    return RuleView(rule, state, held, required, *due_of(result, rule.name, opening))
