"""How sure each proposal is, as far as it is reckoned for a batch of its size, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from matcher.assign.divisions import MILP, RELAXED, TREE
from matcher.errors import MatcherError
from matcher.explain.ties import Tie, find_ties_of
from matcher.language import Phrase, say
from matcher.pipeline import Result
from matcher.report.ranges import STABLE, STATE_NAMES
from matcher.report.ties import tell_tie
from matcher.report.words import CRITERION_NAMES, RULE_NAMES, points, told_score
from matcher.sure import DRAWS, NEARLY
from matcher.sure.asking import Asking, Change, Question
from matcher.sure.draws import Draws, weigh_draws
from matcher.sure.flips import Flips, find_flips
from matcher.sure.queue import Doubt, line_up
from matcher.sure.ranges import CAN_CHANGE, OTHERS_SHOWN, Range, weigh_ranges
from matcher.sure.weighted import Weighted

MOST_DRAWS, FEWEST_DRAWS = 100, 20
PAIRS_IN_ALL = 200_000  # pairs planned anew in all draws together
MOST_PAIRS, MOST_PAIRS_OF_MILP = 5_000, 500  # up to which every unknown is answered
NOT_RECKONED = say(
    "How this stands against what is not known was not reckoned in this copy: `matcher robustness`"
    " tells it."
)


@dataclass(frozen=True, eq=False)
class Sureness:
    """What was reckoned of a result: the draws (None: none), everybody who takes part by doubt,
    ties by candidate, and by candidate proposals against the unknowns, and the questions about
    the person whose answer alone changes something (None: not reckoned)."""

    result: Result
    draws: Draws | None
    queue: tuple[Doubt, ...]
    ties: Mapping[int, Tie]
    ranges: Mapping[int, Range] | None
    questions: Mapping[int, list[Question]] | None

    @property
    def drawn(self) -> int:
        """How many draws were made."""
        return len(self.draws.weights) if self.draws else 0


def weigh_sureness(result: Result, *, thorough: bool) -> Sureness:
    """Return how sure a result is: in a `thorough` copy by as many draws as `matcher robustness`
    makes, each weight alone and every unknown; else by fewer the larger the batch is."""
    draws, flips = _draw(result, thorough)
    ranges: dict[int, Range] | None = None
    questions: dict[int, list[Question]] | None = None
    most = MOST_PAIRS_OF_MILP if result.plan.method == MILP else MOST_PAIRS
    small = result.screening.candidate.size <= most
    if not result.stable and (small or thorough):
        ranges = {one.candidate: one for one in weigh_ranges(result)}
        questions = dict(_ask(result))
    ties = {tie.candidate: tie for tie in find_ties_of(result)}
    return Sureness(result, draws, line_up(result, draws, flips), ties, ranges, questions)


def _ask(result: Result) -> Iterator[tuple[int, list[Question]]]:
    """Yield the questions about each person whose answer alone changes something, those first that
    change the most."""
    asking = Asking(result)
    for found in islice(asking.subjects(), asking.base.people.size):
        asked = [question for question in found if question.matters]
        if asked:
            asked.sort(key=lambda one: (one.change is not None, _falling(one.change)))
            yield asked[0].candidate, asked


def _falling(change: Change) -> tuple[int, ...]:
    return tuple(-part for part in change or ())


def count_draws(pairs: int) -> int:
    """Return how many draws a copy that is not thorough makes of so many pairs: a hundred of a
    small batch, none where they would be too few to tell anything."""
    number = min(MOST_DRAWS, PAIRS_IN_ALL // max(1, pairs))
    return number if number >= FEWEST_DRAWS else 0


def _draw(result: Result, thorough: bool) -> tuple[Draws | None, Flips | None]:
    """Return the draws and flips; None where there are no weights, or where it would take long."""
    if result.problem.given is not None:
        return None, None
    weighted = Weighted(result)
    number = DRAWS if thorough else count_draws(result.screening.candidate.size)
    on_trees = weighted.quick and result.plan.method in (TREE, RELAXED)
    if not number or not (thorough or on_trees):
        return None, None
    with suppress(MatcherError):  # too large to be solved under other weights
        draws = weigh_draws(weighted, number)
        return draws, find_flips(weighted) if thorough else None
    return None, None


def is_doubtful(sure: Sureness, doubt: Doubt) -> bool:
    """Whether a proposal is to be looked at twice: the person stands elsewhere in more than 5 of
    100 draws; without draws, it could change by what is not known."""
    if doubt.on_record or doubt.opening < 0:
        return False
    if doubt.stays is None:
        found = sure.ranges.get(doubt.candidate) if sure.ranges is not None else None
        return found is not None and found.state == CAN_CHANGE
    return 100 * doubt.stays < NEARLY * sure.drawn


def tell_doubts(sure: Sureness, doubt: Doubt) -> Iterator[Phrase]:
    """Yield the reasons to look at a doubtful proposal twice."""
    if doubt.stays is not None and doubt.stays < sure.drawn:
        yield say("stays in {n} of {all} draws", n=doubt.stays, all=sure.drawn)
    found = sure.ranges.get(doubt.candidate) if sure.ranges is not None else None
    if found is not None and found.state == CAN_CHANGE:
        yield say("could change by what is not known")
    if found is not None and found.state == OTHERS_SHOWN:
        yield STATE_NAMES[OTHERS_SHOWN]
    if doubt.unknown and (found is None or found.state == CAN_CHANGE):
        yield say("not known: {names}", names=_unknown(doubt))
    if doubt.by_lottery:
        yield say("decided by lottery")


def tell_sureness(sure: Sureness, doubt: Doubt) -> Iterator[Phrase]:
    """Yield how sure it is where somebody stands, in sentences that name nobody else."""
    result = sure.result
    if doubt.on_record:
        yield say("This seat is on record: it is the person's already.")
    yield from _score_ends(result, doubt)
    if result.stable:
        yield STABLE
    elif doubt.opening >= 0:
        found = sure.ranges.get(doubt.candidate) if sure.ranges is not None else None
        yield _against_unknown(found) if found else NOT_RECKONED
    yield from _under_other_weights(sure, doubt)
    if doubt.candidate in sure.ties:
        yield tell_tie(result, sure.ties[doubt.candidate])
    asked = [one.name for one in (sure.questions or {}).get(doubt.candidate, ())]
    if asked:
        names = {**CRITERION_NAMES, **RULE_NAMES}
        what = tuple(names[name] for name in dict.fromkeys(asked))
        yield say("To ask first, since the answer alone could change the plan: {what}.", what=what)


def _score_ends(result: Result, doubt: Doubt) -> Iterator[Phrase]:
    row, scores = int(result.plan.row[doubt.candidate]), result.scores
    if row >= 0 and scores.low[row] != scores.high[row]:
        yield say(
            "The score may turn out between {low} and {high} of 100; not known: {names}.",
            low=told_score(result.problem, int(scores.low[row]), 2),
            high=told_score(result.problem, int(scores.high[row]), 2),
            names=_unknown(doubt),
        )


def _against_unknown(found: Range) -> Phrase:
    return say("Whatever is not known turns out to be: {state}.", state=STATE_NAMES[found.state])


def _under_other_weights(sure: Sureness, doubt: Doubt) -> Iterator[Phrase]:
    if doubt.stays is not None and doubt.opening >= 0:
        yield say(
            "The same in {n} of {all} draws of weights around the chosen ones.",
            n=doubt.stays,
            all=sure.drawn,
        )
    elif doubt.hosted is not None:
        yield say(
            "Proposed in {n} of {all} draws of weights around the chosen ones.",
            n=doubt.hosted,
            all=sure.drawn,
        )
    if doubt.nearest is not None:
        change = say(
            "{criterion} from {weight} to {amount}",
            criterion=CRITERION_NAMES[doubt.nearest.criterion],
            weight=points(1000 * doubt.nearest.weight, 1),
            amount=points(1000 * doubt.nearest.amount, 1),
        )
        yield say("Nearest change of one weight at which this differs: {change}.", change=change)


def _unknown(doubt: Doubt) -> tuple[Phrase, ...]:
    return tuple(CRITERION_NAMES[name] for name in doubt.unknown)
