"""What to ask first: by how much an answer to what is not known could change the best plan.

A value is answered at an end of its range, everywhere it is asked of: a criterion of one person at
all their pairs, one of a job order at all of its pairs. A rule still open at a proposal is answered
with a no, wherever it is open for the same person, or at the same job order where the rule looks at
job orders alone: the most that the answer could take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from matcher.assign import Impossible, pairs_of
from matcher.assign.best import solve_stages
from matcher.assign.divisions import EVERY_DIVISION, RELAXED, method_of
from matcher.assign.network import Face, Worth
from matcher.assign.paths import own_pairs
from matcher.criteria import CRITERIA
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers
from matcher.rules import RULES
from matcher.sure.around import Beside, Tuple, at_scores, led_total, open_network, trees_of
from matcher.sure.draws import Progress
from matcher.sure.unknowns import ends_of, rules_of_orders

HIGH, LOW, NO = "high", "low", "no"
OF_OPENINGS = frozenset(("wishes", "cost"))  # what is not known there is the job order's
Change = Tuple | None
Subject = tuple[int, int]
Best = Callable[[Worth, Flags], tuple[Change, int | None]]


@dataclass(frozen=True)
class Question:
    """What is not known of a candidate, or of an opening (places; the other is -1): the criterion
    or rule (`name`), and the `answer` that could change the most: a value at its `HIGH` or `LOW`
    end, or `NO`.

    `change` is, name by name of the objective before `worst`, by how much the best plan then is
    better than this one; or how much less than this one it is worth, after a no and where a pair
    of this plan falls below the floor. None where no plan keeps every limit then, or none beside
    this one does. `then` is where the person then has a place (-1: nowhere), None of openings.
    The answer is about so many `pairs`, and so many `proposals` among them.
    """

    candidate: int
    opening: int
    name: str
    answer: str
    change: Change
    then: int | None
    pairs: int
    proposals: int

    @property
    def matters(self) -> bool:
        """Whether the answer alone changes what the plan is worth."""
        return self.change is None or any(self.change)


def ask_first(result: Result, progress: Progress | None = None) -> tuple[Question, ...]:
    """Return the questions, those first whose answer could change the most, by the objective's
    names in order; then those about more proposals, then those about people, by id. None of a
    stable plan. `progress` is told the part of the work and its percent."""
    if result.stable:
        return ()
    asking = Asking(result)
    found: list[Question] = []
    if progress:
        progress("asking", 0)
    for n, questions in enumerate(asking.subjects()):
        found += questions
        if progress:
            progress("asking", 100 * (n + 1) // asking.steps)
    return tuple(sorted(found, key=lambda question: _place(result, question)))


def _place(result: Result, question: Question) -> tuple[object, ...]:
    ids, openings = (*result.problem.candidate_ids, ""), (*result.problem.opening_ids, "")
    return (
        question.change is not None,
        tuple(-part for part in question.change or ()),
        -question.proposals,
        question.candidate < 0,
        ids[question.candidate],
        openings[question.opening],
        question.name,
    )


class Asking:
    """A result whose unknowns are answered one by one."""

    def __init__(self, result: Result) -> None:
        self.result = result
        whole = open_network(result)
        self.base = whole.loose if result.plan.method == RELAXED else whole
        self.pair_of = pairs_of(whole, result.plan)
        self.total = led_total(whole, self.pair_of)
        self.score = result.scores.score[whole.row]
        self.bits = result.screening.open_rules[whole.row]
        self.used = np.zeros(whole.person.size, bool)
        self.used[self.pair_of[self.pair_of >= 0]] = True

    @property
    def steps(self) -> int:
        """How many people and openings are gone through."""
        return int(self.base.people.size + self.base.tree.leaves)

    def subjects(self) -> Iterator[list[Question]]:
        """Yield the questions about each person, then about each opening."""
        for person in range(self.base.people.size):
            pairs = own_pairs(self.base, person)
            of_one = partial(self._best_of, person, pairs)
            yield self._about((int(self.base.people[person]), -1), pairs, of_one)
        openings = self.base.tree.leaves
        by_opening = np.argsort(self.base.opening, kind="stable")
        edges = np.searchsorted(self.base.opening[by_opening], range(openings + 1))
        for opening in range(openings):
            pairs = by_opening[edges[opening] : edges[opening + 1]]
            yield self._about((-1, opening), pairs, partial(self._best_at, pairs))

    def would(self, person: int) -> bool:
        """Whether a person of the network without a host would have one if all not known of their
        own pairs turned out at its high end."""
        pairs = own_pairs(self.base, person)
        high = self.result.scores.high[self.base.row[pairs]]
        value, then = self._best_of(person, pairs, high - self.score[pairs], self._nobody(pairs))
        return value is not None and value > self.total and then != -1

    @cached_property
    def ways(self) -> list[tuple[Beside, Flags]]:
        """The trees of the network with a best plan of each, as losses are read off, and the pairs
        that limits allow there, whatever the floor."""
        ways, below = [], self.score < self.result.problem.settings.objective.min_score
        for tree in trees_of(replace(self.base, closed=None), self.pair_of):
            may = Face.whole(tree).pairs
            tree = replace(tree, closed=~may | below)
            with suppress(Impossible):
                one = method_of(self.base) != EVERY_DIVISION
                ways.append(
                    (Beside(tree, self.pair_of if one else solve_stages(tree).pair_of), may)
                )
        return ways

    @cached_property
    def ends(self) -> dict[str, Worth]:
        """By end and pair, by how much more each criterion adds to the score there (a column
        each)."""
        low, high = ends_of(self.result, self.base.row)
        return {HIGH: high, LOW: low}

    @cached_property
    def of_orders(self) -> int:
        """The rules (one bit each) that look at job orders alone."""
        return rules_of_orders(self.result, int(np.bitwise_or.reduce(self.bits, initial=0)))

    def _about(self, subject: Subject, pairs: Numbers, best: Best) -> list[Question]:
        return [*self._values(subject, pairs, best), *self._rules(subject, pairs, best)]

    def _values(self, subject: Subject, pairs: Numbers, best: Best) -> Iterator[Question]:
        for at, criterion in enumerate(CRITERIA):
            more = {end: each[pairs, at] for end, each in self.ends.items()}
            open_pairs = (more[HIGH] != 0) | (more[LOW] != 0)
            if (subject[0] < 0) != (criterion.name in OF_OPENINGS) or not open_pairs.any():
                continue
            answers = [
                (*self._answer(pairs, best, change, self._nobody(pairs)), end)
                for end, change in more.items()
                if change.any()
            ]
            change, then, end = max(
                answers, key=lambda answer: (answer[0] is None, answer[0] or ())
            )
            yield self._question(subject, criterion.name, end, change, then, pairs[open_pairs])

    def _rules(self, subject: Subject, pairs: Numbers, best: Best) -> Iterator[Question]:
        asked = int(np.bitwise_or.reduce(self.bits[pairs[self.used[pairs]]], initial=0))
        asked &= self.of_orders if subject[0] < 0 else ~self.of_orders
        for bit, rule in enumerate(RULES):
            if asked >> bit & 1:
                gone = (self.bits[pairs] >> np.uint32(bit) & 1).astype(bool)
                found = self._answer(pairs, best, np.zeros(pairs.size, np.int64), gone)
                yield self._question(subject, rule.name, NO, *found, pairs[gone])

    def _question(
        self, of: Subject, name: str, answer: str, change: Change, then: int | None, pairs: Numbers
    ) -> Question:
        proposals = int(self.used[pairs].sum())
        return Question(*of, name, answer, change, then, pairs.size, proposals)

    def _answer(
        self, pairs: Numbers, best: Best, more: Worth, gone: Flags
    ) -> tuple[Change, int | None]:
        """Return by how much the best plan is better than this one, or worth less where this one
        cannot stand, when the scores of some pairs change and some are gone; and where the one
        person then is."""
        value, then = best(more, gone)
        if value is None:
            return None, then
        mine = self.used[pairs]
        if (mine & (gone | self._falls(pairs, more))).any():
            return _less(self.total, value), then
        placed, led = pairs[mine], self.base.led
        change = self._at(placed, more[mine]) - self.base.worth[placed]
        stays = np.array(self.total, np.int64) + change[:, :led].sum(axis=0)
        return _less(value, tuple(stays.tolist())), then

    def _best_of(
        self, person: int, pairs: Numbers, more: Worth, gone: Flags
    ) -> tuple[Change, int | None]:
        """Return what the best plan is worth when only pairs of one person change, and where they
        are in it."""
        left = ~(gone | self._falls(pairs, more))
        own, found = int(self.pair_of[person]), []
        for beside, may in self.ways:
            kept = left & may[pairs]
            option = beside.best(person, pairs[kept], self._at(pairs[kept], more[kept]))
            if option is not None:
                value, pair = option
                found.append((value, pair == own, -pair))
        if not found:
            return None, None
        value, _, at = max(found)
        return value, -1 if at > 0 else int(self.base.opening[-at])

    def _best_at(self, pairs: Numbers, more: Worth, gone: Flags) -> tuple[Change, None]:
        """Return what the best plan is worth when several people's pairs change, found anew."""
        score = self.score.copy()
        score[pairs] += more
        closed = score < self.result.problem.settings.objective.min_score
        closed[pairs[gone]] = True
        changed = replace(at_scores(self.result, self.base, score), closed=closed)
        found = []
        for tree in trees_of(changed, self.pair_of):
            with suppress(Impossible):
                found.append(led_total(tree, solve_stages(tree).pair_of))
        return max(found, default=None), None

    def _falls(self, pairs: Numbers, more: Worth) -> Flags:
        below: Flags = self.score[pairs] + more < self.result.problem.settings.objective.min_score
        return below

    def _at(self, pairs: Numbers, more: Worth) -> Worth:
        """Return what pairs are worth with so much more in their scores."""
        worth = self.base.worth[pairs]
        if "score" in self.base.names:
            worth[:, self.base.names.index("score")] += more
        return worth

    def _nobody(self, pairs: Numbers) -> Flags:
        return np.zeros(pairs.size, bool)


def _less(one: Tuple, other: Tuple) -> Tuple:
    return tuple(a - b for a, b in zip(one, other, strict=True))
