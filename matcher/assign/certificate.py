"""What shows that a plan is the best one: whole numbers that anybody can add up.

A plan of trees has duals at every place of the tuple that is compared: side by side they are its
certificate (`certify`). What leaves this form has, name by name, a bound from duals and
multipliers (`bound_names`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign.best import ROUNDS, Draw, Step, follow, suffix_of
from matcher.assign.duals import peoples_duals, tied_pairs
from matcher.assign.network import Face, Network, Worth
from matcher.assign.pricing import narrowed
from matcher.problem import Numbers

LOTTERY = "lottery"


@dataclass(frozen=True)
class Stage:
    """One place of the tuple by which plans are compared: what the plan has there (`total`), and
    the duals, whole numbers, cumulative (all caps above an opening, all limits above a person
    included).

    `name` is of the objective or "lottery" ("lottery#2" for a second draw). `worst` takes a place
    for the people placed (`level` None), then one for each score that the plan uses, ascending
    (`level`), where a pair of that score is worth -1. `people` are by person of the network,
    `nodes` by node of its tree, `groups` by node of the people's tree, its leaves among them
    (= `people`); the root has 0.

    With v = `nodes`, u = `people`, a node's own part is its dual less its parent's. Taken as
    tuples over all stages and compared lexicographically: u_i + v_j ≥ worth of every pair, equal
    where it is used; a node's own part is ≥ 0 unless it holds just its floor (> 0), and 0 unless
    it is full or holds just its floor; Σ ceiling × own part above 0 + Σ floor × own part below 0,
    over both trees, is `total`, place by place.
    """

    name: str
    level: int | None
    total: int
    people: Worth
    nodes: Worth
    groups: Worth


@dataclass(frozen=True)
class Bound:
    """That no plan has more than `bound` of one place of the tuple, among those that have at least
    what this plan has of the places before it: the plan has `total` itself.

    `scale` times the place's worth of a pair, less `rows` (a multiplier ≥ 0 by row of the network)
    times the rows' weights, less `divided` (by divided set) at the openings below its parts, plus
    `earlier` (by place before this one, ≥ 0) times their worth, is at most u_i + v_j for every
    pair, with v = `nodes` (cumulative, own part ≥ 0 unless the node has a floor) and u = `people`.
    Then scale × best ≤ Σ ceiling × own part above 0 + Σ floor × own part below 0 (both trees)
    + Σ rows × most + Σ divided × ceiling − Σ earlier × what the plan has there; `bound` is that
    sum divided by `scale`, rounded down. Pairs that plans as good do not use need not hold: at a
    score of `worst` those of lower scores without a level, behind `worst` all without one; no plan
    that has as much of the places before uses them. `claimed` is what the solver says of the
    place: that its plan is the best ("optimal"), or how it stopped; nothing proves that.
    """

    name: str
    level: int | None
    total: int
    bound: int
    claimed: str
    scale: int
    rows: Worth
    divided: Worth
    earlier: Worth
    people: Worth
    nodes: Worth
    groups: Worth

    @property
    def gap(self) -> int:
        """What a better plan could have more, at most; 0: proved."""
        return self.bound - self.total


def certify(network: Network, pair_of: Numbers, draw: Draw) -> tuple[Stage, ...]:
    """Return the certificate of the best plan of a network of trees, the lottery's places at its
    end, whichever solver found the plan.

    AssertionError where the plan is not the best one, or breaks a ceiling or a floor. The network
    may have no divided sets, rows or starts.
    """
    face, stages = Face.whole(network), []
    for step in follow(network, pair_of):
        face = step.face
        stages += _stages_of(network, step, pair_of)
    for draws in range(1, ROUNDS):
        if draws > 1 and not tied_pairs(network, face, pair_of)[0].any():
            break
        worth = draw(suffix_of(draws), np.flatnonzero(face.pairs))
        face, duals = narrowed(network, face, worth, pair_of)
        name = LOTTERY + suffix_of(draws)
        stages += _stages_of(network, Step((name,), duals, worth, face), pair_of)
    return tuple(stages)


def _stages_of(network: Network, step: Step, pair_of: Numbers) -> list[Stage]:
    """Return the places of a step, several of them unpacked."""
    people = peoples_duals(network, step.worth, pair_of, step.duals)
    used = pair_of[pair_of >= 0]
    if len(step.names) == 1:
        total = np.array([step.worth[used].sum()])
        duals, of_people = step.duals[:, None], people[:, None]
    else:
        total = network.worth[used, : len(step.names)].sum(axis=0)
        duals, of_people = network.packing.unpack(step.duals), network.packing.unpack(people)
    size = network.tree.parent.size
    return [
        Stage(
            name,
            step.level,
            int(total[at]),
            of_people[:, at],
            duals[:size, at],
            np.concatenate([of_people[:, at], -duals[size:, at], [0]]),
        )
        for at, name in enumerate(step.names)
    ]
