"""Certificate and bounds of a plan, by the names that people, openings, quotas and limits have."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from matcher.assign import RELAXED, draw_of
from matcher.assign.certificate import Bound, Stage, certify
from matcher.assign.network import Network, Worth
from matcher.pipeline import Result
from matcher.problem import Numbers
from matcher.proof.named import Key, Sides, name_row
from matcher.verify.certificate import LOTTERY
from matcher.verify.derived import OPENING, PERSON, ROW, SET, Derived
from matcher.verify.terms import TREE

KINDS = (PERSON, OPENING, SET)
Parents = dict[str, dict[str, str]]
Stated = list[dict[str, Any]]


@dataclass(frozen=True)
class Shown:
    """What shows that a plan is the best, as a proof states it: `stages` with cumulative duals, or
    `bounds` with each multiplier by itself; and, of stages, what stands above each person, opening
    and set."""

    stages: Stated
    bounds: Stated
    parents: Parents


@lru_cache(maxsize=1)
def show_best(result: Result) -> Shown:
    """Return the stages of a plan's certificate, or its bounds where it has none: where quotas
    cross, or limits that no tree holds keep it from what is best without them."""
    network = replace(result.whole, divided=(), rows=(), starts=())
    stages = _certify(result, network)
    if stages is None:
        return Shown([], _state_bounds(result), {kind: {} for kind in KINDS})
    return _state_stages(result, network, stages or _none(network))


def _state_stages(result: Result, network: Network, stages: Sequence[Stage]) -> Shown:
    named = Sides.of(derived_of(result), network)
    own, parents = named.spread(
        np.stack([stage.groups for stage in stages], axis=1),
        np.stack([stage.nodes for stage in stages], axis=1),
    )
    cumulative = _cumulative(own, parents)
    told = [
        {
            **_head(stage, stage.total),
            **{kind: _of_kind(cumulative, kind, at) for kind in KINDS},
        }
        for at, stage in enumerate(stages)
    ]
    return Shown(told, [], parents)


def _state_bounds(result: Result) -> Stated:
    from matcher.assign.milp import bound_names

    derived, network = derived_of(result), result.whole
    named = Sides.of(derived, network)
    return [
        _state_bound(derived, named, network, bound)
        for bound in bound_names(network, result.pair_of, result.plan.claims)
    ]


def _state_bound(derived: Derived, named: Sides, network: Network, bound: Bound) -> dict[str, Any]:
    own, _ = named.spread(bound.groups[:, None], bound.nodes[:, None])
    rows: dict[str, int] = {}
    for number, divided in zip(bound.divided.tolist(), network.divided, strict=True):
        key = named.divided(divided)
        own[key] = own.get(key, np.zeros(1, np.int64)) + number
    first = len(network.rows) - len(derived.rows)
    for at, number in enumerate(bound.rows.tolist()):
        if at >= first:
            rows[derived.rows[at - first].key] = number
        else:
            key, sign = name_row(derived, network.rows[at])
            own[key] = own.get(key, np.zeros(1, np.int64)) + sign * number
    return {
        **_head(bound, bound.bound),
        "claim": bound.claimed,
        "scale": bound.scale,
        "earlier": bound.earlier.tolist(),
        ROW: {key: number for key, number in rows.items() if number},
        **{kind: _of_kind(own, kind, 0) for kind in KINDS},
    }


def _certify(result: Result, network: Network) -> tuple[Stage, ...] | None:
    """Return the certificate of a plan, None where it has none. Where limits that no tree holds
    leave the lottery some of the plans that are equally good without them, it has no places for
    the lottery."""
    pair_of, draw = result.pair_of, draw_of(result.problem, network)
    if result.plan.method == TREE:
        return certify(network, pair_of, draw)
    if result.plan.method != RELAXED:
        return None
    with suppress(AssertionError):
        return certify(network, pair_of, draw)

    def no_draw(suffix: str, pairs: Numbers) -> Worth:
        return np.zeros(network.person.size, np.int64)

    with suppress(AssertionError):
        stages = certify(network, pair_of, no_draw)
        return tuple(stage for stage in stages if not stage.name.startswith(LOTTERY))
    return None  # a quota that crosses others, and so is divided, makes it the best


def _none(network: Network) -> tuple[Stage, ...]:
    """Return the stages where there is no pair to choose from."""
    people, nodes, groups = (
        np.zeros(size, np.int64)
        for size in (network.people.size, network.tree.parent.size, network.groups.parent.size)
    )
    names = (*network.names, LOTTERY)
    return tuple(Stage(name, None, 0, people, nodes, groups) for name in names)


def derived_of(result: Result) -> Derived:
    """Return what the checker derives, of a result."""
    return Derived(result.problem, result.facts, result.screening, result.scores)


def _head(one: Stage | Bound, bound: int) -> dict[str, Any]:
    return {
        "name": one.name,
        "level": one.level,
        "total": one.total,
        "bound": bound,
        "gap": bound - one.total,
    }


def _cumulative(own: dict[Key, Worth], parents: Parents) -> dict[Key, Worth]:
    """Return each node's own duals with those of all that stands above added."""
    found: dict[Key, Worth] = {}
    ends = {(kind, key) for kind in KINDS for key in parents[kind]}
    for kind, key in sorted(own.keys() | ends):
        path, at = [(kind, key)], parents[kind].get(key)
        while at is not None:
            path, at = [*path, (SET, at)], parents[SET].get(at)
        found[kind, key] = np.sum([own[one] for one in path if one in own], axis=0)
    return found


def _of_kind(duals: dict[Key, Worth], kind: str, at: int) -> dict[str, int]:
    return {key: int(own[at]) for (of, key), own in duals.items() if of == kind and own[at]}
