"""What stands against a pair that a quota or a limit keeps out of the plan, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from matcher.assign.alone import broken_rows
from matcher.explain.ceilings import ceilings_of
from matcher.explain.verdicts import CAPPED, LIMIT, Verdicts
from matcher.language import Fact, Phrase, say
from matcher.limits import APART, PEOPLE, TOGETHER, PairLimit, SetLimit, StartLimit
from matcher.limits.holding import FULL, Holding, Limit, counted_in, hold_limit
from matcher.pipeline import Result
from matcher.problem import UNKNOWN, Flags
from matcher.quotas import Cap

PAIRED = {
    APART: say("not at one place with somebody else of this batch"),
    TOGETHER: say("at one place with somebody else of this batch, or not at all"),
}
PAIRED_OTHERS = {
    APART: say("two other people of this batch are not to be at one place"),
    TOGETHER: say("two other people of this batch are to be at one place, or not at all"),
}


def tell_stops(result: Result, verdicts: Verdicts, row: int) -> tuple[Phrase, ...]:
    """Return the quota or the limits that stand against a pair of the screening, with what they
    hold; none where none does."""
    stops: tuple[Cap | Limit, ...]
    if result.stable:
        kept_out = verdicts.name[row] in (CAPPED, LIMIT)
        full = ceilings_of(result).full_above(int(result.screening.opening[row]))
        stops = full if kept_out else ()
    else:
        cap = find_capping(result, verdicts, row)
        stops = (cap,) if cap else find_limiting(result, verdicts, row)
        if verdicts.name[row] == LIMIT:
            stops = (*stops, *result.shut.get(int(result.screening.opening[row]), ()))
    if not stops and not result.stable:
        floors = (tell_limit(result, floor) for floor in find_floors(result, verdicts, row))
        return tuple(say("the least would not be kept: {limit}", limit=floor) for floor in floors)
    person = int(result.screening.candidate[row])
    return tuple(_tell_stop(result, stop, person) for stop in stops)


def _tell_stop(result: Result, stop: Cap | Limit, person: int) -> Phrase:
    """Return what stands against somebody; nobody else is named."""
    if isinstance(stop, Cap):
        return stop.arithmetic
    if not isinstance(stop, PairLimit):
        return tell_limit(result, stop)
    if person in stop.candidates:
        return PAIRED[stop.kind]
    return PAIRED_OTHERS[stop.kind]


def find_capping(result: Result, verdicts: Verdicts, row: int) -> Cap | SetLimit | None:
    """Return the quota or limit by which a pair of the screening is `capped`; None where it is
    not, or where the opening itself has no seat."""
    if verdicts.name[row] != CAPPED:
        return None
    ceilings = ceilings_of(result)
    person, opening = int(result.screening.candidate[row]), int(result.screening.opening[row])
    at = ceilings.closing(opening)
    if at is None:
        at = ceilings.capping(opening, int(result.plan.opening[person]))
    if at is None or at < len(result.problem.openings):
        return None
    return ceilings.sources[at - len(result.problem.openings)]


def find_limiting(result: Result, verdicts: Verdicts, row: int) -> tuple[Limit, ...]:
    """Return the limits that are reached, or that the pair would break, by which a pair of the
    screening has the verdict `limit`; none where it is for floors (see `find_floors`)."""
    if verdicts.name[row] != LIMIT:
        return ()
    person, opening = int(result.screening.candidate[row]), int(result.screening.opening[row])
    sought = (
        _full_above(result, person),
        _waiting(result, opening),
        _broken(result, row),
        _left_short(result, person, opening),
        _bound(result, opening),
    )
    return next((found for limits in sought if (found := tuple(limits))), ())


def find_floors(result: Result, verdicts: Verdicts, row: int) -> tuple[Limit, ...]:
    """Return the limits with just their floor by which a pair of the screening has the verdict
    `limit`: those that hold the person's own place; else those that hold people who sit at the
    opening, at its host or below the full ceilings above; else all."""
    if verdicts.name[row] != LIMIT:
        return ()
    person, opening = int(result.screening.candidate[row]), int(result.screening.opening[row])
    everybody = result.seats_of >= 0
    sought = (
        _at_floor(result, np.arange(everybody.size) == person),
        _at_floor(result, _around(result, opening)),
        _at_floor(result, everybody),
    )
    return next((found for limits in sought if (found := tuple(limits))), ())


def tell_limit(result: Result, limit: Limit) -> Phrase:
    """Return a limit with what it holds."""
    return tell_holding(hold_limit(limit, result.seats_of))


def tell_holding(limit: Holding) -> Phrase:
    """Return what a limit holds, of what it asks."""
    if limit.held is None:
        return limit.label
    facts: dict[str, Fact] = {"label": limit.label, "held": limit.held}
    if limit.kind == "min_seats":
        return say("{label}: {held}", **facts)
    if limit.kind == "budget":
        return say("{label}: Rp {held} of at most Rp {most}", most=limit.ceiling or 0, **facts)
    if limit.ceiling is None:
        return say("{label}: {held} of at least {least}", least=limit.floor or 0, **facts)
    if limit.floor is None:
        return say("{label}: {held} of at most {most}", most=limit.ceiling, **facts)
    return say(
        "{label}: {held} of at least {least} and at most {most}",
        least=limit.floor,
        most=limit.ceiling,
        **facts,
    )


def _full_above(result: Result, person: int) -> Iterator[SetLimit]:
    """Yield the full limits on people above somebody without a host, the smallest first."""
    if result.plan.opening[person] >= 0:
        return
    for limit in sorted(result.facts.limits.sets, key=lambda limit: len(limit.members)):
        above = limit.side == PEOPLE and limit.ceiling is not None and person in limit.members
        if above and hold_limit(limit, result.seats_of).state == FULL:
            yield limit


def _waiting(result: Result, opening: int) -> Iterator[StartLimit]:
    """Yield why an opening does not go ahead."""
    for start in result.facts.limits.starts:
        if start.opening == opening and not (result.seats_of == opening).any():
            yield start


def _broken(result: Result, row: int) -> Iterator[Limit]:
    """Yield the limits that no tree holds and that a pair would break by itself."""
    whole, pair_of = result.whole, result.pair_of
    for pair in _pair_at(result, row):
        broken = [one.key for one, pairs in broken_rows(whole, pair_of) if pairs[pair]]
        yield from _of_rows(result, broken)


def _pair_at(result: Result, row: int) -> list[int]:
    """Return the pair of the network that a pair of the screening is, if it is one."""
    found: list[int] = np.flatnonzero(result.whole.row == row).tolist()
    return found


def _of_rows(result: Result, keys: Iterable[str]) -> Iterator[Limit]:
    held = result.facts.limits
    limits: tuple[Limit, ...] = (*held.sums, *held.pairs, *held.sets)
    by_key = {limit.key: limit for limit in limits}
    named = [max((k for k in by_key if key.startswith(k)), key=len) for key in keys]
    yield from (by_key[key] for key in dict.fromkeys(named))


def _bound(result: Result, opening: int) -> Iterator[PairLimit]:
    """Yield the limits that hold people together of whom one sits around an opening."""
    around = _around(result, opening)
    for limit in result.facts.limits.pairs:
        if limit.kind == TOGETHER and around[list(limit.candidates)].any():
            yield limit


def _left_short(result: Result, person: int, opening: int) -> Iterator[StartLimit]:
    """Yield the start that somebody would leave with too few."""
    own = int(result.plan.opening[person])
    for start in result.facts.limits.starts:
        held = int((result.seats_of == own).sum())
        if start.opening == own != opening and 1 < held <= start.least:
            yield start


def _around(result: Result, opening: int) -> Flags:
    """Return who sits at an opening, at its host, or below the full ceilings above it."""
    host = result.problem.openings.host
    near = np.flatnonzero((host == host[opening]) & (host != UNKNOWN)).tolist()
    for source in ceilings_of(result).full_above(opening):
        near += source.openings if isinstance(source, Cap) else source.members
    return np.isin(result.seats_of, [opening, *near])


def _at_floor(result: Result, people: Flags) -> Iterator[Limit]:
    """Yield the limits that hold just their floor, some of these people among them."""
    for limit in result.facts.limits.sets:
        held = counted_in(limit, result.seats_of)
        if limit.floor and held.sum() <= limit.floor and held[people].any():
            yield limit
    for start in result.facts.limits.starts:
        there = result.seats_of == start.opening
        if there.sum() <= start.least and there[people].any():
            yield start
