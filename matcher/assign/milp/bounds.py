"""Bounds for each place of the tuple, that anybody can add up: how much better a plan could be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.assign.certificate import Bound
from matcher.assign.milp.ahead import Start, relax_ahead
from matcher.assign.milp.choose import Claim
from matcher.assign.milp.form import Form, chosen_of, form_of
from matcher.assign.milp.places import Place, places_of
from matcher.assign.milp.relaxed import relax
from matcher.assign.milp.whole import Whole
from matcher.assign.network import Network, Tree, Worth
from matcher.problem import Flags, Numbers

UNASKED, SEARCHED = "unasked", "searched"


def bound_names(network: Network, pair_of: Numbers, claims: Sequence[Claim]) -> tuple[Bound, ...]:
    """Return a bound for each place of the tuple, the lottery left out (see `places_of`).

    They hold for every plan that keeps ceilings, floors, divided sets and rows: starts have no
    multiplier, so plans that break them are bounded too. The duals are those of the linear program
    with the places before as rows, made whole; how good these are decides the gap, never whether
    the bound holds. `claims` are the solver's, "unasked" where it was not asked, "searched" where
    instead of it all ways of the starts were tried.
    """
    searched = any(claim.said == SEARCHED for claim in claims)
    said = {(claim.name, claim.level): claim.said for claim in claims}
    form, known = form_of(network), chosen_of(network, pair_of)
    bounds, start = [], None
    places = places_of(network, pair_of)
    for at, place in enumerate(places):
        then = places[at + 1] if at + 1 < len(places) else None
        open_form = form.without(place.settled)
        whole, start = _best_whole(open_form, place, known, start, then)
        claimed = said.get((place.name, place.level), SEARCHED if searched else UNASKED)
        bounds.append(_bound_of(open_form, place, whole, claimed))
        form = form.with_least(place.worth, place.total)
    return tuple(bounds)


def _best_whole(
    form: Form, place: Place, known: Flags, start: Start | None, then: Place | None
) -> tuple[Whole, Start | None]:
    """Return the multipliers that bound best: those of all rows, or where they do not prove the
    plan and bound worse, for what rounding takes from them, those without the network's rows; and
    where the linear program of the place after may start."""
    after = None if then is None or then.level is not None else then.worth
    found = relax_ahead(form, place.worth, known, start, after)
    if found is None:
        raise AssertionError("the plan breaks a floor or a ceiling")
    relaxed, joined = found
    after_this = None if joined is None else joined.second
    if relaxed.whole.bound > place.total and form.network.rows:
        loose = relax(form.loose, place.worth, known)
        if loose is not None and loose.whole.bound < relaxed.whole.bound:
            return loose.whole, after_this
    return relaxed.whole, after_this


def _bound_of(form: Form, place: Place, whole: Whole, claimed: str) -> Bound:
    """Return a bound from the multipliers of a form's rows."""
    network, own = form.network, whole.own
    groups = _cumulated(network.groups, own[: form.nodes])
    return Bound(
        place.name,
        place.level,
        place.total,
        whole.bound,
        claimed,
        whole.scale,
        rows=own[form.rows : form.added],
        divided=own[form.divided : form.rows],
        earlier=-own[form.added :],
        people=groups[: network.people.size],
        nodes=_cumulated(network.tree, own[form.nodes : form.divided]),
        groups=groups,
    )


def _cumulated(tree: Tree, own: Worth) -> Worth:
    """Return the duals of a tree's nodes, all above included, from their own parts."""
    duals = np.append(own, 0)
    for node in range(tree.root - 1, -1, -1):
        duals[node] += duals[tree.parent[node]]
    return duals
