"""What happened beside what was scored: within each job order, how often somebody with whom it
went well had the higher number than somebody with whom it did not.

The share is that of the pairs of people (higher, and half of the equal ones): 1/2 is what a coin
does, 1 that whoever had more always did better; it is the area under the ROC curve within job
orders. Interval: Newcombe 2006 (Statistics in Medicine 25, method 5), 95 of 100, with the pairs
compared in the place of m × n and the people they are made of in that of m + n.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from statistics import NormalDist

from scipy.optimize import brentq

from matcher.pipeline import Result
from matcher.problem import UNKNOWN, Problem
from matcher.problem.outcomes import ENDED, LOCKED, Outcome
from matcher.score import break_down
from matcher.vocabulary import load_vocabulary

CONFIDENCE = 0.95
FEWEST = 10
INTERVIEW, FINISHED = "interview", "finished"
FIT, SCORE, KEJURUAN = "fit", "score", "kejuruan"
# What the host's `failed` says of the person: other reasons (the order ended, papers …) do not.
BY_THE_HOST = ("", "skill", "language", "interview", "others_chosen")
Pair = tuple[int, int]
Number = Callable[[Pair], int]


@dataclass(frozen=True)
class Ranking:
    """How a number ranked what happened: `well` and `other` interviews at job orders that have
    both, and of all pairs of one each at one job order, those in which the first had the `higher`,
    an `equal` or the `lower` number."""

    number: str
    well: int
    other: int
    higher: int
    equal: int
    lower: int
    people: Fraction

    @property
    def pairs(self) -> int:
        """The pairs compared."""
        return self.higher + self.equal + self.lower

    @property
    def few(self) -> bool:
        """Whether there are too few to say: under ten on a side."""
        return min(self.well, self.other) < FEWEST

    @property
    def share(self) -> Fraction | None:
        """The share of pairs ranked right, equal ones half; None of no pair."""
        return Fraction(2 * self.higher + self.equal, 2 * self.pairs) if self.pairs else None

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """The interval of the share; None where there are too few to say."""
        if self.few or self.share is None:
            return None
        own, z = float(self.share), NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
        half = float(self.people) / 2 - 1

        def beyond(share: float) -> float:
            spread = 1 + half * (1 - share) / (2 - share) + half * share / (1 + share)
            return z * z * share * (1 - share) * spread / self.pairs - (own - share) ** 2

        low = 0.0 if own == 0 else brentq(beyond, 0.0, own)
        high = 1.0 if own == 1 else brentq(beyond, own, 1.0)
        return float(low), float(high)


@dataclass(frozen=True)
class Looked:
    """One question put to the outcomes on record: `well` and `other` interviews in all, those of
    which nothing can be said (`left_out`: it ended for reasons that are not the person's), those
    still `open`, and how each number ranked the rest."""

    question: str
    well: int
    other: int
    left_out: int
    open: int
    rankings: tuple[Ranking, ...]


def rank_outcomes(result: Result) -> tuple[Looked, ...]:
    """Return how fit, score and the plain sign “same kejuruan” ranked who passed the interview,
    and who departed after passing it; nothing where no outcome is on record.

    Fit and score are those of this batch, by the facts as they are recorded now. Where scores are
    given there is no fit.
    """
    steps: dict[Pair, list[Outcome]] = {}
    for step in result.problem.outcomes:
        steps.setdefault((step.candidate, step.opening), []).append(step)
    if not steps:
        return ()
    return tuple(
        _look(result, question, {pair: judge(own) for pair, own in steps.items()})
        for question, judge in ((INTERVIEW, _interviewed), (FINISHED, _finished))
    )


def _look(result: Result, question: str, said: dict[Pair, str]) -> Looked:
    well = [pair for pair, what in said.items() if what == "well"]
    other = [pair for pair, what in said.items() if what == "other"]
    count = list(said.values()).count
    rankings = tuple(_rank(name, of, well, other) for name, of in _numbers(result))
    return Looked(question, len(well), len(other), count("left_out"), count("open"), rankings)


def _interviewed(steps: list[Outcome]) -> str:
    """Return what an interview came to: "well" whoever passed, "other" whom the host did not take
    or took as a reserve, "left_out" what ended for other reasons, "open", or "" where no name had
    gone to the host."""
    states, last = [step.state for step in steps], steps[-1]
    if any(state in LOCKED for state in states):
        return "well"
    if "reserve" in states or (last.state == "failed" and last.reason_code in BY_THE_HOST):
        return "other"
    if not {"named", "interviewed"} & {*states}:
        return ""
    return "left_out" if last.state in ENDED else "open"


def _finished(steps: list[Outcome]) -> str:
    """Return what became of somebody who passed: "well" who departed, "other" who fell out, "open"
    or "" where nobody passed."""
    if not any(step.state in LOCKED for step in steps):
        return ""
    if steps[-1].state == "departed":
        return "well"
    return "other" if steps[-1].state in ENDED else "open"


def _numbers(result: Result) -> Iterator[tuple[str, Number]]:
    """Yield the names of the numbers compared, and what each comes to for a pair."""
    problem, facts = result.problem, result.facts

    @cache
    def parts(pair: Pair) -> tuple[int, int]:
        lines = break_down(problem, facts, *pair)
        fit = sum(line.contribution for line in lines if line.part == "fit")
        return fit, sum(line.contribution for line in lines)

    if problem.given is None:
        yield FIT, lambda pair: parts(pair)[0]
    yield SCORE, lambda pair: parts(pair)[1]
    yield KEJURUAN, lambda pair: int(is_same_kejuruan(problem, *pair))


def is_same_kejuruan(problem: Problem, candidate: int, opening: int) -> bool:
    """Return whether the kejuruan of a person's programme has a programme that leads to the work
    of an opening (the vocabulary's crosswalk)."""
    job = problem.openings.job[opening]
    if job == UNKNOWN:
        return False
    own = problem.labels.kejuruan[candidate]
    return own in _kejuruan_of(problem.lists.operations[job])


@cache
def _kejuruan_of(operation_no: str) -> frozenset[str]:
    vocabulary = load_vocabulary()
    leading = (programme for programme, to in vocabulary.crosswalk if to == operation_no)
    return frozenset(vocabulary.programmes[programme].kejuruan for programme in leading)


def _rank(name: str, of: Number, well: Iterable[Pair], other: Iterable[Pair]) -> Ranking:
    """Return how a number ranked one side before the other within job orders."""
    sides: dict[int, tuple[list[int], list[int]]] = {}
    for side, people in enumerate((well, other)):
        for pair in people:
            sides.setdefault(pair[1], ([], []))[side].append(of(pair))
    both = [(own, rest) for own, rest in sides.values() if own and rest]
    pairs = sum(len(own) * len(rest) for own, rest in both)
    signs = [(a > b) - (a < b) for own, rest in both for a in own for b in rest]
    sizes = sum((len(own) + len(rest)) * len(own) * len(rest) for own, rest in both)
    return Ranking(
        name,
        sum(len(own) for own, _ in both),
        sum(len(rest) for _, rest in both),
        signs.count(1),
        signs.count(0),
        signs.count(-1),
        Fraction(sizes, pairs or 1),
    )
