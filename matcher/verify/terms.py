"""What `proof.json` states in words and totals: its objective, seed and method, the places by which
plans are compared, and what the plan has at each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from matcher.language import Phrase, say
from matcher.problem import Numbers
from matcher.verify.bounds import Place
from matcher.verify.certificate import LOTTERY, WORST
from matcher.verify.derived import Derived
from matcher.verify.findings import WRONG, Finding
from matcher.verify.form import PROOF
from matcher.verify.outside import stands_outside

# What may show that plans of a method are the best. Of a "relaxed" one the certificate may lack the
# lottery, or there be bounds alone: limits that no tree holds may leave the lottery only some of
# the plans that are as good without them, and quotas that cross have no certificate.
TREE = "tree"
STAGES, BOUNDS = "stages", "bounds"
SHOWN_BY = {TREE: (STAGES,), "relaxed": (STAGES, BOUNDS), "divided": (BOUNDS,), "milp": (BOUNDS,)}
DRAWS = 8


def stages_of(proof: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """Return the stages of a proof, or else its bounds, and whether they are stages; ValueError
    for what its method does not have, KeyError for a method that there is not."""
    certified = proof[STAGES] != []
    stated, other = (STAGES, BOUNDS) if certified else (BOUNDS, STAGES)
    if stated not in SHOWN_BY[proof["method"]] or proof[other] != []:
        raise ValueError("a proof has stages or bounds")
    return proof[stated], certified


def find_other_terms(
    derived: Derived, proof: Mapping[str, Any], scores: Numbers, places: Sequence[Place]
) -> Iterator[Finding]:
    """Yield where a proof is about another objective, seed or method, or other places of the
    tuple; `scores` are those of the pairs that the plan uses."""
    order, seed = [*derived.problem.order, LOTTERY], derived.problem.settings.seed
    if proof["objective"] != order:
        yield wrong("objective", say("The proof is of another objective."))
    if proof["seed"] != seed:
        told = say(
            "The proof is of the seed “{stated}”, it should be “{due}”",
            stated=str(proof["seed"]),
            due=seed,
        )
        yield wrong("seed", told)
    on_trees, outside = proof["method"] == TREE, stands_outside(derived)
    if on_trees and outside:
        yield wrong(
            "method", say("Some limits or quotas are not nested sets: the method cannot be “tree”.")
        )
    if not on_trees and not outside:
        yield wrong(
            "method", say("All limits and quotas are nested sets: the method can only be “tree”.")
        )
    due: list[Place] = []
    for name in derived.problem.order:
        due.append((name, None))
        due += [(name, level) for level in np.unique(scores).tolist() if name == WORST]
    draws = len(places) - len(due)
    due += [(LOTTERY if at == 1 else f"{LOTTERY}#{at}", None) for at in range(1, draws + 1)]
    if list(places) != due or not on_trees <= draws <= DRAWS * (proof[STAGES] != []):
        yield wrong("stages", say("The proof has not the places by which plans are compared."))


def find_other_totals(
    stages: Sequence[Mapping[str, Any]], places: Sequence[Place], totals: Sequence[int]
) -> Iterator[Finding]:
    """Yield the places of which a proof states another total than the plan has."""
    for stage, place, total in zip(stages, places, totals, strict=True):
        if stage["total"] != total:
            told = say("total: {stated}, it should be {due}", stated=str(stage["total"]), due=total)
            yield wrong(named(place), told)


def find_other_bounds(
    stages: Sequence[Mapping[str, Any]], places: Sequence[Place], bounds: Sequence[int]
) -> Iterator[Finding]:
    """Yield the places of which a proof states another bound or gap than its numbers come to."""
    for stage, place, bound in zip(stages, places, bounds, strict=True):
        due = {"bound": bound, "gap": bound - stage["total"]}
        for name, number in due.items():
            if stage[name] != number:
                told = say(
                    "{name}: {stated}, it should be {due}",
                    name=name,
                    stated=str(stage[name]),
                    due=number,
                )
                yield wrong(named(place), told)


def named(place: Place) -> str:
    """Return the name of a place of the tuple, its level behind it."""
    name, level = place
    return name if level is None else f"{name} {level}"


def wrong(place: str, told: Phrase) -> Finding:
    """Return a fault of the proof."""
    return Finding(WRONG, PROOF, place, told)
