"""What `proof.json` states, against plan and inputs: its places, its totals, and the numbers that
show that no plan has more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from matcher.language import Phrase, say
from matcher.limits import SEATS
from matcher.lottery import tickets
from matcher.personal import mask_numbers
from matcher.problem import Numbers
from matcher.screen import find_pair
from matcher.verify.bounds import Place, find_bound
from matcher.verify.certificate import LOTTERY, WORST, Pairs, find_short_pairs, gathered, most
from matcher.verify.derived import OPENING, PERSON, ROW, SET, Derived
from matcher.verify.findings import Finding, Proved
from matcher.verify.form import multipliers, own_duals, places_of
from matcher.verify.terms import (
    find_other_bounds,
    find_other_terms,
    find_other_totals,
    named,
    stages_of,
    wrong,
)

LISTED = 20


def check_proof(
    derived: Derived, plan: Numbers, proof: Mapping[str, Any]
) -> tuple[list[Finding], tuple[Proved, ...]]:
    """Return what is wrong in a proof, and what it proves; ValueError, TypeError, KeyError or
    AttributeError for what has not the form of one."""
    pairs, used = pairs_of(derived), _used(derived, plan)
    stages, certified = stages_of(proof)
    places = places_of(stages)
    findings = [*find_other_terms(derived, proof, pairs.score[used], places)]
    if findings:
        return findings, ()
    totals = [int(pairs.worth(place, used).astype(object).sum()) for place in places]
    findings += find_other_totals(stages, places, totals)
    check = _check_stages if certified else _check_bounds
    found, bounds = check(derived, pairs, proof, places, totals)
    claims = [str(stage.get("claim", "")) for stage in stages]
    proved = (
        Proved(name, level, total, bound, claim)
        for (name, level), total, bound, claim in zip(places, totals, bounds, claims, strict=True)
    )
    findings += found
    findings += find_other_bounds(stages, places, bounds)
    findings += _other_seats(derived, proof)
    return findings, () if findings else tuple(proved)


def pairs_of(derived: Derived) -> Pairs:
    """Return the pairs that a plan may use."""
    problem, free = derived.problem, derived.free
    candidate = derived.screening.candidate[free].astype(np.int64)
    opening = derived.screening.opening[free].astype(np.int64)

    def draw(name: str, rows: Numbers) -> Numbers:
        ends = zip(candidate[rows].tolist(), opening[rows].tolist(), strict=True)
        ids = ((problem.candidate_ids[i], problem.opening_ids[j]) for i, j in ends)
        seed = problem.settings.seed + name.removeprefix(LOTTERY)
        return np.array(tickets(seed, ids), np.int64)

    return Pairs(
        candidate,
        opening,
        derived.scores.score[free],
        derived.kept,
        problem.settings.objective.unplaced_worth,
        (len(problem.candidate_ids), len(problem.openings)),
        draw,
    )


def _used(derived: Derived, plan: Numbers) -> Numbers:
    """Return the free pairs that a plan uses."""
    seated = np.flatnonzero(plan >= 0).tolist()
    rows = np.array([find_pair(derived.screening, i, int(plan[i])) for i in seated], np.int64)
    return np.flatnonzero(np.isin(derived.free, rows))


def _check_stages(
    derived: Derived,
    pairs: Pairs,
    proof: Mapping[str, Any],
    places: Sequence[Place],
    totals: Sequence[int],
) -> tuple[list[Finding], list[int]]:
    """Return what is wrong in a certificate, and what it lets any plan have, place by place."""
    duals, bounded = own_duals(proof), derived.bounded
    above = {(SET, key) for kind in proof["parents"].values() for key in kind.values()}
    findings = [*_strangers(derived, {*duals, *above})]
    findings += _unlinked(derived, proof, pairs, duals)
    try:
        bounds = most(bounded, duals, len(places))
    except ValueError as fault:
        told = say("A dual above 0 stands at a limit without a ceiling.")
        return [*findings, wrong(str(fault), told)], list(totals)
    if bounds != list(totals):
        at = next(at for at, total in enumerate(totals) if bounds[at] != total)
        told = say(
            "the duals add up to {sum}; the plan has {total}: it is not shown to be the best",
            sum=bounds[at],
            total=totals[at],
        )
        findings.append(wrong(named(places[at]), told))
    short = find_short_pairs(pairs, bounded, duals, places)
    findings += [_at_pair(derived, pairs, pair, told) for pair, told in islice(short, LISTED)]
    return findings, bounds


def _check_bounds(
    derived: Derived,
    pairs: Pairs,
    proof: Mapping[str, Any],
    places: Sequence[Place],
    totals: Sequence[int],
) -> tuple[list[Finding], list[int]]:
    """Return what is wrong in the bounds, and what they let any plan have, place by place."""
    findings, bounds = list[Finding](), list[int]()
    for at, stage in enumerate(proof["bounds"]):
        given = multipliers(stage)
        findings += _strangers(derived, {*given.duals, *((ROW, key) for key in given.rows)})
        bound, short = find_bound(
            pairs, derived.bounded, derived.rows, places[: at + 1], totals[:at], given
        )
        bounds.append(bound)
        told = say("the bound of {name} does not hold here", name=named(places[at]))
        findings += [_at_pair(derived, pairs, int(pair), told) for pair in short[:LISTED]]
        if bound < totals[at]:
            told = say(
                "the plan has more than the bound: {bound} < {total}", bound=bound, total=totals[at]
            )
            findings.append(wrong(named(places[at]), told))
    return findings, bounds


def _other_seats(derived: Derived, proof: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the openings whose seat values (the lowest and highest duals, of the names before
    `worst` and the lottery) are not on either side of the proof's own dual.

    Under a floor a dual counts that too, which no seat value does: nothing is compared there.
    """
    order, ids = derived.problem.order, derived.problem.opening_ids
    led = order.index(WORST) if WORST in order else len(order)
    if sorted(proof["seats"]) != sorted(ids):
        yield wrong("seats", say("The seat values are not those of the job orders."))
    floors = (one.members for one in derived.bounded if one.side == SEATS and one.floor)
    floored = {ids[place] for members in floors for place in members}
    for key, value in proof["seats"].items():
        low, high = value["low"], value["high"]
        own = [stage[OPENING].get(key, 0) for stage in proof["stages"][:led]]
        own = low if key in floored or not own else own
        if len(low) != led or low > own or (high is not None and (len(high) != led or own > high)):
            told = say("The seat values are not on either side of the dual.")
            yield wrong(mask_numbers(key), told)


def _strangers(derived: Derived, names: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield what a proof names that sets no floor, no ceiling and no row here."""
    known = {(one.kind, one.key) for one in derived.bounded}
    known |= {(ROW, row.key) for row in derived.rows}
    for kind, key in sorted(set(names) - known):
        told = say("The proof names a limit that the inputs do not have ({kind}).", kind=kind)
        yield wrong(mask_numbers(key), told)


def _unlinked(
    derived: Derived,
    proof: Mapping[str, Any],
    pairs: Pairs,
    duals: Mapping[tuple[str, str], tuple[int, ...]],
) -> Iterator[Finding]:
    """Yield people and openings whose cumulative dual is not the sum over all that counts them."""
    first = {PERSON: 0, OPENING: pairs.sizes[0]}
    ends = [
        (one.kind, one.key, first[one.kind] + one.members[0])
        for one in derived.bounded
        if one.kind in first
    ]
    for at, stage in enumerate(proof["stages"]):
        sums = gathered(derived.bounded, duals, pairs.sizes, at).tolist()
        for kind, key, place in ends:
            if sums[place] != stage[kind].get(key, 0):
                told = say("The cumulative dual is not the sum of all that stands above.")
                yield wrong(mask_numbers(key), told)


def _at_pair(derived: Derived, pairs: Pairs, pair: int, told: Phrase) -> Finding:
    person = derived.problem.candidate_ids[int(pairs.candidate[pair])]
    opening = derived.problem.opening_ids[int(pairs.opening[pair])]
    return wrong(f"{mask_numbers(person)} {mask_numbers(opening)}", told)
