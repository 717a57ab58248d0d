"""What other programs call: the questions of the command line, answered with the same words and
numbers.

    from matcher.api import explain, match, open_scenario

    result = match(open_scenario("scenarios/ijc-2023"))
    print(explain(result, "C049").text("en"))

An `Answer` holds what was found as values, and tells it as text, JSON or CSV, as the command of
the same name prints it. Faults are `matcher.errors.MatcherError`: `InputError` with every fault of
the inputs, `UsageError` for a name or a word that is not known.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from matcher import batch as batches
from matcher import check
from matcher.assign import Losses
from matcher.audit.ranked import Looked, rank_outcomes
from matcher.batch import match_whole
from matcher.batch.again import make_again
from matcher.errors import UsageError
from matcher.explain.compare import Comparison, compare_results
from matcher.explain.why_not import WhyNot, unplaced_people, why_not
from matcher.language import LANGUAGES, Words, say, words_of
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.audit.ranked import show_ranked
from matcher.report.compared import show_comparison
from matcher.report.explained import Explained, find_explanation, show_explained
from matcher.report.robustness import check_view, show_robustness
from matcher.report.shortlist import show_shortlist
from matcher.report.shown import show_batch
from matcher.report.verified import show_report
from matcher.report.whatif import show_effect, show_losses, show_whatif
from matcher.shortlist import Shortlist
from matcher.sure import DRAWS, Robustness
from matcher.sure import robustness as weigh_robustness
from matcher.verify import Finding, Report, verify_batch
from matcher.whatif import Effect, read_overrides
from matcher.whatif import what_if as find_effect
from matcher.whatif.curve import Curve, promised_curve
from matcher.whatif.curve import moves_curve as trace_moves

__all__ = [
    "Answer",
    "compare",
    "explain",
    "match",
    "moves_curve",
    "open_batch",
    "open_scenario",
    "outcomes",
    "pair_losses",
    "reasons",
    "robustness",
    "shortlist",
    "verify",
    "what_if",
    "write_batch",
]

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """An answer: `found` as values, and told as the command of the same name tells it."""

    found: T
    show: Callable[[str, Words], str] = field(repr=False, compare=False)

    def text(self, language: str = "en") -> str:
        """Return the answer in words: Indonesian ("id"), Japanese ("ja") or English ("en")."""
        return self.show("text", _words_of(language))

    def json(self, language: str = "en") -> str:
        """Return the answer as JSON; sentences in it are in `language`."""
        return self.show("json", _words_of(language))

    def csv(self, language: str = "en") -> str:
        """Return the answer's table as CSV; `verify` has none and gives text."""
        return self.show("csv", _words_of(language))

    def record(self, language: str = "en") -> Any:
        """Return what the JSON says, as lists and dictionaries."""
        return json.loads(self.json(language))


def open_scenario(folder: str | Path) -> Problem:
    """Return the problem of a scenario folder; raises `InputError` with every fault found."""
    return check.open_scenario(Path(folder))


def open_batch(folder: str | Path) -> Result:
    """Return the result that a batch's folder holds; raises `UsageError` where there is none,
    `MatcherError` where a file was changed since it was written."""
    return batches.open_batch(Path(folder))


def write_batch(result: Result, folder: str | Path) -> None:
    """Write a result as a new batch's folder, whole or not at all; raises `UsageError` where it
    exists."""
    batches.write_batch(result, Path(folder))


def match(problem: Problem) -> Result:
    """Return the best plan of a problem, with what it was made of; raises `InputError` where no
    plan keeps what must be kept, saying what would have to change."""
    return match_whole(problem)


def explain(result: Result, candidate: str, opening: str | None = None) -> Answer[Explained]:
    """Return why a candidate is proposed or not, or a candidate at one opening (ids)."""
    found = find_explanation(result, candidate, opening)
    return Answer(found, lambda form, words: show_explained(result, found, form, words))


def what_if(result: Result, overrides: str) -> Answer[Effect]:
    """Return what the plan would be: `overrides` as in `matcher whatif`, for instance
    "withdraw C003 seats O-11 +1"."""
    asked = read_overrides(tuple(overrides.split()), result.problem)
    if not asked:
        raise UsageError(say("Say what if, as in: withdraw C001."))
    effect = find_effect(result, asked)
    return Answer(effect, lambda form, words: show_effect(effect, form, words))


def shortlist(result: Result) -> Answer[Shortlist]:
    """Return the interview lists."""
    found = result.shortlist
    return Answer(found, lambda form, words: show_shortlist(result, form, words))


def pair_losses(result: Result) -> Answer[Losses]:
    """Return what the plan would lose by each pair that is not proposed: `whatif --pairs`."""
    return Answer(result.losses, lambda form, words: show_losses(result, form, words))


def moves_curve(result: Result, overrides: str = "") -> Answer[Curve]:
    """Return the best plan with at most 0, 1, 2 … people moved after some overrides, or from what
    an earlier plan promised: `whatif --curve`."""
    asked = read_overrides(tuple(overrides.split()), result.problem)
    if asked:
        curve = trace_moves(result, find_effect(result, asked).after.problem)
    else:
        curve = promised_curve(result)
    return Answer(curve, lambda form, words: show_whatif(result, None, form, words, curve=curve))


def robustness(result: Result, draws: int = DRAWS, what: str | None = None) -> Answer[Robustness]:
    """Return how sure each proposal is, by so many draws of the weights, at least one; `what` is
    told of it as by `matcher robustness BATCH WHAT`."""
    check_view(what)
    if draws < 1:
        raise UsageError(say("At least one draw is needed."))
    found = weigh_robustness(result, draws)
    return Answer(found, lambda form, words: show_robustness(found, what, form, words))


def reasons(result: Result) -> Answer[tuple[WhyNot, ...]]:
    """Return why everybody without a host so far is not proposed, at every job order: `show BATCH
    reasons`."""
    found = tuple(why_not(result, unplaced_people(result)))
    return Answer(found, lambda form, words: show_batch(result, "reasons", form, words))


def outcomes(result: Result) -> Answer[tuple[Looked, ...]]:
    """Return how well fit and score ranked what happened, as `matcher audit` tells it."""
    return Answer(rank_outcomes(result), lambda form, words: show_ranked(result, form, words))


def compare(before: Result, after: Result) -> Answer[Comparison]:
    """Return who stands elsewhere in the second result, and the cause of each move."""
    found = compare_results(before, after)
    return Answer(found, lambda form, words: show_comparison(found, form, words))


def verify(batch: str | Path) -> Answer[tuple[Report, tuple[Finding, ...]]]:
    """Return what the checker finds in a batch's folder, and which files this version would write
    otherwise; both are empty of findings where the batch is what it says."""
    found = verify_batch(Path(batch)), make_again(Path(batch))
    return Answer(found, lambda form, words: show_report(*found, form, words))


def _words_of(language: str) -> Words:
    if language not in LANGUAGES:
        told = say("There is no language “{name}”; one of: {names}", name=language, names=LANGUAGES)
        raise UsageError(told)
    return words_of(language)
