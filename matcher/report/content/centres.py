"""The training centres: what became of their people."""

from __future__ import annotations

from collections import Counter

from matcher.explain.reasons.worded import NOT_RECORDED
from matcher.problem import Standing
from matcher.report.content.basis import Basis
from matcher.report.content.values import Centre

STANDINGS = {Standing.HELD: "held", Standing.WITHDRAWN: "withdrawn"}


def list_centres(basis: Basis) -> tuple[Centre, ...]:
    """Return the centres by name, people whose centre is not recorded last."""
    people: dict[str, list[int]] = {}
    for person in basis.shown.order:
        people.setdefault(basis.problem.labels.centres[person], []).append(person)
    return tuple(
        _centre(basis, name, people[name])
        for name in sorted(people, key=lambda one: (not one, one))
    )


def _centre(basis: Basis, name: str, people: list[int]) -> Centre:
    result, standing = basis.result, basis.problem.standing
    states: Counter[str] = Counter()
    for person in people:
        state = STANDINGS.get(Standing(int(standing[person])), "present")
        states[state] += 1
        if state == "present":
            row = int(result.plan.row[person])
            states["proposed" if row >= 0 else "unplaced"] += 1
            states["conditional"] += row >= 0 and bool(result.screening.open_rules[row])
    return Centre(
        name=name or basis.words(NOT_RECORDED),
        people=len(people),
        present=states["present"],
        proposed=states["proposed"],
        conditional=states["conditional"],
        unplaced=states["unplaced"],
        held=states["held"],
        withdrawn=states["withdrawn"],
        people_ids=basis.people(people),
    )
