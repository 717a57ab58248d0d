"""What a comparison of two batches holds."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.explain.limits import totals_of
from matcher.pipeline import Result
from matcher.problem import Standing


@dataclass(frozen=True)
class Place:
    """What became of somebody in one batch: the opening ("" without a host) and the state, as in
    `placements.csv`."""

    opening_id: str
    state: str


@dataclass(frozen=True)
class Change:
    """A candidate whose opening is another, or who is in one batch alone (the other None).

    `cause` names the groups of differences (of `GROUPS`, or `VERSION`) with which the person came
    to stand as in the second batch: one, or several that cannot be applied apart. `also` names
    those that would have brought the person there without the first; empty where none would, or
    where it is not known."""

    candidate_id: str
    before: Place | None
    after: Place | None
    cause: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """Something the two batches were made from and that is not the same: `kind` is input, setting,
    seed or version; `name` the table, the key or the version; the values as text, "" where there is
    none (of inputs the SHA-256). `groups` are those of `GROUPS` that it is applied with: none where
    it moves nobody, or (a version) cannot be applied."""

    kind: str
    name: str
    before: str
    after: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """Groups of differences applied to what stood before: several where one without the others
    cannot be run. `moved` are the people of both who then stand elsewhere than before; `totals` are
    those of the plan by name, its `score` in our own points (`own`) or as given."""

    groups: tuple[str, ...]
    moved: int
    totals: dict[str, int]
    own: bool


@dataclass(frozen=True)
class Comparison:
    """What two batches differ in. `totals` are by name those of the first and of the second, `own`
    whether the scores of each are our own; `only_seed` says that nothing a plan rests on differs
    but the lottery's seed, so that whoever moved was moved by lot. `steps` lead from the first
    batch to the second, in the order of `GROUPS`."""

    changes: tuple[Change, ...]
    totals: dict[str, tuple[int, int]]
    own: tuple[bool, bool]
    differences: tuple[Difference, ...]
    only_seed: bool
    steps: tuple[Step, ...]

    @property
    def moved(self) -> tuple[Change, ...]:
        """The people of both batches whose opening is another."""
        return tuple(change for change in self.changes if change.before and change.after)


def places_of(result: Result) -> dict[str, Place]:
    """Return each candidate's place."""
    problem, plan = result.problem, result.plan
    places = {}
    for person, name in enumerate(problem.candidate_ids):
        at, row = int(plan.opening[person]), int(plan.row[person])
        state = "unplaced"
        if problem.standing[person] != Standing.PRESENT:
            state = Standing(int(problem.standing[person])).name.lower()
        elif at >= 0:
            state = "conditional" if result.screening.conditional[row] else "placed"
        places[name] = Place(problem.opening_ids[at] if at >= 0 else "", state)
    return places


def sums_of(result: Result) -> dict[str, int]:
    """Return what is counted and summed of a plan itself."""
    rows = result.plan.row[result.plan.row >= 0]
    totals = totals_of(result)
    return {
        "present": result.problem.present.size,
        "proposed": rows.size,
        "conditional": int(result.screening.conditional[rows].sum()),
        "unplaced": result.problem.present.size - rows.size,
        "score": int(result.scores.score[rows].sum()),
        **({"keep": totals["keep"]} if "keep" in totals else {}),
    }
