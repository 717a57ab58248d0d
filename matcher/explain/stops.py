"""What stands against a pair that a quota or a limit keeps out of the plan, in words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.explain.ceilings import ceilings_of
from matcher.explain.verdicts import CAPPED, LIMIT, Verdicts
from matcher.language import Fact, Phrase, say
from matcher.limits import PEOPLE, SetLimit, StartLimit
from matcher.limits.holding import FULL, Holding, Limit, counted_in, hold_limit
from matcher.pipeline import Result
from matcher.quotas import Cap


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
    return tuple(
        stop.arithmetic if isinstance(stop, Cap) else tell_limit(result, stop) for stop in stops
    )


def find_capping(result: Result, verdicts: Verdicts, row: int) -> Cap | SetLimit | None:
    """Return the quota or limit by which a pair of the screening is `capped`; None where it is
    not, or where the opening itself has no seat."""
    if verdicts.name[row] != CAPPED:
        return None
    ceilings = ceilings_of(result)
    person, opening = int(result.screening.candidate[row]), int(result.screening.opening[row])
    if verdicts.exists[row]:
        at = ceilings.capping(opening, int(result.plan.opening[person]))
    else:
        at = ceilings.closing(opening)
    if at is None or at < len(result.problem.openings):
        return None
    return ceilings.sources[at - len(result.problem.openings)]


def find_limiting(result: Result, verdicts: Verdicts, row: int) -> tuple[Limit, ...]:
    """Return the limits by which a pair of the screening has the verdict `limit`."""
    if verdicts.name[row] != LIMIT:
        return ()
    person, opening = int(result.screening.candidate[row]), int(result.screening.opening[row])
    sought = (
        _full_above(result, person),
        _waiting(result, opening),
        _broken(result, row),
        _at_floor(result, person),
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
    """Yield the budgets and limits on pairs of people that a pair would break, or, where it would
    break none by itself, those it brings nearer."""
    whole, pair_of = result.whole, result.pair_of
    pair = int(np.searchsorted(whole.row, row))
    if pair >= whole.row.size or whole.row[pair] != row:
        return
    mine, used = pair_of[whole.person[pair]], pair_of[pair_of >= 0]
    raised = [
        (int(one.weight[pair]) - (int(one.weight[mine]) if mine >= 0 else 0), one)
        for one in whole.rows
    ]
    breaking = [one for more, one in raised if int(one.weight[used].sum()) + more > one.most]
    named = breaking or [one for more, one in raised if more > 0]
    held = result.facts.limits
    limits: tuple[Limit, ...] = (*held.sums, *held.pairs, *held.sets)
    by_key = {limit.key: limit for limit in limits}
    keys = [max((k for k in by_key if one.key.startswith(k)), key=len) for one in named]
    yield from (by_key[key] for key in dict.fromkeys(keys))


def _at_floor(result: Result, person: int) -> Iterator[Limit]:
    """Yield the limits that hold just their floor, somebody's own place among them."""
    opening = int(result.plan.opening[person])
    for limit in result.facts.limits.sets:
        held = counted_in(limit, result.seats_of)
        if limit.floor and held.sum() <= limit.floor and held[person]:
            yield limit
    for start in result.facts.limits.starts:
        if start.opening == opening and (result.seats_of == opening).sum() <= start.least:
            yield start
