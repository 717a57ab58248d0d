"""Changes tried by runs of the whole batch with one fact changed, as many as are allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.assign.best import Total, total_of
from matcher.assign.divisions import EVERY_DIVISION, MILP, RELAXED, TREE
from matcher.check.again import reopen
from matcher.errors import MatcherError
from matcher.explain.winning.changes import JAPANESE, Change
from matcher.explain.winning.found import Miss, Win, Winning
from matcher.explain.winning.offers import Offers, changed_tables
from matcher.explain.winning.prospects import EQUAL, LESS, MORE, Prospect
from matcher.pipeline import Result, match
from matcher.problem import Flags
from matcher.problem.outcomes import current_steps

MOST = 4


@dataclass(frozen=True)
class _Run:
    """Where a run with a change has the person, and whether its plan is better than the one
    without (else as good: the lottery decided)."""

    opening: int
    better: bool


class Search:
    """The changes of one candidate, tried in order by at most so many runs (None: `MOST`, or one
    for each kind of change that may be enough)."""

    def __init__(
        self,
        result: Result,
        candidate: int,
        changes: Sequence[Change],
        prospects: Sequence[Prospect],
        offers: Offers,
        counts: Flags,
        most: int | None,
    ) -> None:
        self.result, self.candidate = result, candidate
        self.changes, self.prospects = changes, prospects
        self.offers, self.counts = offers, counts
        reserve = _is_reserve(result, candidate)
        certain = not (result.stable or reserve or result.whole.led < len(result.whole.names))
        self.exact = certain and result.plan.method in (TREE, EVERY_DIVISION)
        # Without what no tree holds nobody needs more for a seat.
        self.bounded = self.exact or (certain and result.plan.method == RELAXED)
        self.before = None if result.stable else _total(result)
        self.hopeful = self._order()
        self.ran: dict[bytes, _Run | None] = {}
        if most is None:
            most = max(MOST, len({changes[one.change].kind for one in self.hopeful}))
        for prospect in self.hopeful:
            effect = offers.effect[prospect.change]
            if effect not in self.ran and len(self.ran) < most:
                self.ran[effect] = self._try(changes[prospect.change])

    def answer(self) -> Winning:
        """Return what was found, the smallest change first."""
        winners: list[Win] = []
        ties: list[Win] = []
        for prospect in self.prospects:
            found = self._settle(prospect)
            if found is not None:
                win, better = found
                (winners if better else ties).append(win)
        winners, ties = _lowest(winners), _lowest(ties)
        if any(win.change.kind == JAPANESE for win in winners):
            ties = [tie for tie in ties if tie.change.kind != JAPANESE]
        unsure = [one for one in self.hopeful if not (self.exact and one.plain)]
        all_ran = all(self.offers.effect[one.change] in self.ran for one in unsure)
        all_ran &= self.result.plan.method != MILP  # a run may be of a plan with a gap
        return Winning(
            self.candidate,
            len(self.changes),
            len(self.hopeful),
            len(self.ran),
            all_ran,
            not self.exact,
            tuple(winners),
            tuple(ties),
            None if winners or ties else self._nearest(),
        )

    def _order(self) -> list[Prospect]:
        """Return the prospects that may be enough, of every kind in turn: where the seats' values
        settle it those that reach them; else all, the furthest ahead first."""
        hopeful = [one for one in self.prospects if one.reach in self._hopes()]
        if self.exact:  # the best plan would have the person elsewhere
            hopeful = [one for one in hopeful if one.elsewhere < MORE]
        order = (lambda one: -one.reach) if self.bounded else _promise
        turn: Counter[str] = Counter()
        placed = []
        for place, one in enumerate(sorted(hopeful, key=order)):
            kind = self.changes[one.change].kind
            placed.append((-one.reach if self.bounded else 0, turn[kind], place, one))
            turn[kind] += 1
        return [one for *_, one in sorted(placed, key=lambda entry: entry[:3])]

    def _hopes(self) -> tuple[int, ...]:
        if self.exact:
            return (MORE,)
        return (MORE, EQUAL) if self.bounded else (MORE, EQUAL, LESS)

    def _try(self, change: Change) -> _Run | None:
        """Return what a run with the change comes to, None where the person has no seat then."""
        problem = self.result.problem
        try:
            tables = changed_tables(problem, self.candidate, change)
            after = match(reopen(problem, tables, problem.settings))
        except MatcherError:
            return None
        opening = int(after.plan.opening[self.candidate])
        if opening < 0:
            return None
        called = after.problem.locked[self.candidate] >= 0
        better = self.before is None or called or _total(after) > self.before
        return _Run(opening, better)

    def _settle(self, prospect: Prospect) -> tuple[Win, bool] | None:
        """Return the change as a winner (True) or a tie (False), None where it is neither."""
        change, effect = self.changes[prospect.change], self.offers.effect[prospect.change]
        run = self.ran.get(effect)
        if run is not None:
            if not self.counts[prospect.change, run.opening]:
                return None
            open_rule = self.offers.conditional_at(prospect.change, run.opening)
            return Win(change, run.opening, open_rule, True), run.better
        if self.exact and prospect.plain and effect not in self.ran:
            win = Win(change, prospect.opening, prospect.conditional, False)
            return win, prospect.reach == MORE
        return None

    def _nearest(self) -> Miss | None:
        """Return the change with the least shortfall, by what the seats ask."""
        short = [one for one in self.prospects if one.reach == LESS and one.ahead]
        if not short or not self.bounded:
            return None
        best = max(short, key=lambda one: (one.ahead, -one.change))
        missing = tuple(-number for number in best.ahead)
        return Miss(self.changes[best.change], best.opening, missing)


def _promise(prospect: Prospect) -> tuple[int, bool, tuple[int, ...]]:
    """Return the order of prospects: the furthest ahead first."""
    return -prospect.reach, not prospect.ahead, tuple(-number for number in prospect.ahead)


def _lowest(wins: Sequence[Win]) -> list[Win]:
    """Return the changes without higher levels of Japanese than is enough."""
    first = next((win for win in wins if win.change.kind == JAPANESE), None)
    return [win for win in wins if win.change.kind != JAPANESE or win is first]


def _total(result: Result) -> Total:
    return total_of(result.whole, result.pair_of)


def _is_reserve(result: Result, candidate: int) -> bool:
    """Return whether a host named the person as a reserve: to reserves seats fall before any
    plan."""
    steps = current_steps(result.problem.outcomes).values()
    return any(step.candidate == candidate and step.state == "reserve" for step in steps)
