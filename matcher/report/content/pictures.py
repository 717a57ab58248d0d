"""What the pictures show, in whole numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from matcher.criteria import CRITERIA
from matcher.explain import Summary
from matcher.explain.reasons import job_name
from matcher.explain.reasons.worded import NOT_RECORDED
from matcher.language import Phrase, say
from matcher.problem import UNKNOWN, Numbers, Standing
from matcher.report.content.basis import Basis
from matcher.report.content.openings import group_of
from matcher.report.content.values import Bar, Centre, Flow, Pictures, Spread, Step, Tile
from matcher.sure.draws import Draws
from matcher.vocabulary import load_vocabulary
from matcher.whatif.curve import Curve

STREAMS = 12
# Of how many per cent of the draws a bar of doubt is, up to which and with what words.
DOUBTS = (
    (50, say("fewer than half of the draws")),
    (80, say("half of the draws or more")),
    (95, say("80 of 100 draws or more")),
    (100, say("95 of 100 draws or more")),
)
EVERY = say("every draw")


def find_pictures(
    basis: Basis,
    summary: Summary,
    centres: tuple[Centre, ...],
    draws: Draws | None,
    curve: Curve | None,
) -> Pictures:
    """Return what the pictures show of a result."""
    weights, given = basis.problem.settings.weights, basis.problem.given is not None
    most = sum(getattr(weights, one.name) for one in CRITERIA if one.part == "fit")
    return Pictures(
        funnel=_funnel(basis, summary),
        fit=() if given else _fit(basis),
        fit_of=0 if given else 1000 * most,
        groups=_groups(basis),
        prefectures=_prefectures(basis),
        centres=tuple(Tile("", one.name, one.proposed, one.present) for one in centres),
        flow=_flow(basis),
        curve=() if curve is None else steps_of(curve),
        doubt=() if draws is None else _doubt(basis, draws),
    )


def steps_of(curve: Curve) -> tuple[Step, ...]:
    """Return the points of a curve; none where nobody had a place to keep."""
    if not curve.people:
        return ()
    return tuple(
        Step(one.budget, one.placed, one.score, one.proved, one.budget == curve.knee)
        for one in curve.points
    )


def _funnel(basis: Basis, summary: Summary) -> tuple[Bar, ...]:
    present = basis.problem.standing == Standing.PRESENT
    eligible = np.bincount(basis.result.screening.candidate, minlength=present.size) > 0
    steps: tuple[tuple[Phrase, int], ...] = (
        (say("people"), summary.people),
        (say("taking part"), summary.present),
        (say("may be proposed for a job order"), int((eligible & present).sum())),
        (say("proposed"), summary.proposed),
        (say("proposed without conditions"), summary.proposed - summary.conditional),
    )
    return tuple(Bar(basis.words(label), count, ()) for label, count in steps)


def _fit(basis: Basis) -> tuple[Spread, ...]:
    plan, kejuruan = basis.result.plan, basis.problem.labels.kejuruan
    by_trade: dict[str, list[int]] = defaultdict(list)
    for person in basis.placed.tolist():
        by_trade[kejuruan[person]].append(int(basis.result.scores.fit[plan.row[person]]))
    return tuple(
        find_spread(name or basis.words(NOT_RECORDED), sorted(by_trade[name]))
        for name in sorted(by_trade, key=lambda one: (not one, one))
    )


def find_spread(label: str, fits: list[int]) -> Spread:
    """Return the least, the quartiles and the greatest of some values in order, each that of
    somebody."""
    last = len(fits) - 1
    quarters = (fits[last * quarter // 4] for quarter in range(5))
    return Spread(label, len(fits), *quarters)


def _groups(basis: Basis) -> tuple[Bar, ...]:
    """Return the seats of each job group: filled without conditions, filled conditional, empty,
    closed."""
    seats = basis.problem.openings.seats
    firm = basis.filled - basis.conditional
    free = seats - basis.filled - basis.closed
    counts: dict[str, Numbers] = {}
    for at in range(len(basis.problem.openings)):
        own = np.array([firm[at], basis.conditional[at], free[at], basis.closed[at]], np.int64)
        name = group_of(basis, at)
        counts[name] = own + counts.get(name, np.zeros(4, np.int64))
    bars = [Bar(name, int(n.sum()), tuple(n.tolist())) for name, n in counts.items()]
    return tuple(sorted(bars, key=lambda bar: (-bar.whole, bar.label)))


def _prefectures(basis: Basis) -> tuple[Tile, ...]:
    """Return the seats of each prefecture by its official code, those of none recorded last."""
    problem = basis.problem
    order = {name: at for at, name in enumerate(load_vocabulary().prefectures, 1)}
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    labels: dict[int, str] = {}
    for at, place in enumerate(problem.openings.prefecture.tolist()):
        known = place != UNKNOWN
        code = order[problem.lists.prefectures[place]] if known else len(order) + 1
        labels[code] = basis.prefecture(at) or basis.words(NOT_RECORDED)
        counts[code][0] += int(basis.filled[at])
        counts[code][1] += int(problem.openings.seats[at])
    return tuple(
        Tile(f"{code:02}" if code <= len(order) else "", labels[code], *counts[code])
        for code in sorted(counts)
    )


def _flow(basis: Basis) -> tuple[Flow, ...]:
    """Return the broadest streams of the proposals from programme to job type, then the rest."""
    plan = basis.result.plan.opening
    known = {number: work for number, work in enumerate(_works(basis))}
    streams = Counter(
        (basis.texts.person("programme", person), known[int(plan[person])])
        for person in basis.placed.tolist()
    )
    ranked = sorted(streams.items(), key=lambda stream: (-stream[1], stream[0]))
    flows = [Flow(origin, goal, people) for (origin, goal), people in ranked[:STREAMS]]
    rest = sum(people for _, people in ranked[STREAMS:])
    if rest:
        ends = basis.words(say("other programmes")), basis.words(say("other job types"))
        flows.append(Flow(*ends, rest))
    return tuple(flows)


def _works(basis: Basis) -> Iterator[str]:
    for opening in range(len(basis.problem.openings)):
        yield basis.words(job_name(basis.problem, opening))


def _doubt(basis: Basis, draws: Draws) -> tuple[Bar, ...]:
    """Return how many proposals stay in how many draws, the least sure first."""
    drawn = len(draws.weights)
    counts = [0] * (len(DOUBTS) + 1)
    for stays in draws.stays[basis.placed].tolist():
        counts[sum(100 * stays >= most * drawn for most, _ in DOUBTS)] += 1
    labels = (*(label for _, label in DOUBTS), EVERY)
    return tuple(
        Bar(basis.words(label), count, ()) for label, count in zip(labels, counts, strict=True)
    )
