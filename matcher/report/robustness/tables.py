"""How sure a plan is, for machines: how the weights were drawn, and a table for each view."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from matcher.settings import CRITERIA
from matcher.sure import Flip, Robustness
from matcher.sure.draws import LEAST, MOST
from matcher.sure.flips import DOWN, UP

WAYS = {DOWN: "down", UP: "up"}


def record_draws(found: Robustness) -> dict[str, object]:
    """Return how the weights were drawn, so that they can be drawn again; None without draws."""
    if found.draws is None:
        return {"draws": None}
    return {
        "draws": {
            "number": len(found.draws.weights),
            "per_cent": [LEAST, MOST],
            "seed": found.result.problem.settings.seed,
            "without_plan": found.draws.without,
        }
    }


def table_queue(found: Robustness) -> pd.DataFrame:
    """Return one row per person who takes part: those proposed first, the most doubtful first, then
    those without a host, who have one in the most draws first. Numbers of draws and the nearest
    flip are empty where there are none; several words in a cell are divided by semicolons."""
    people, openings = found.result.problem.candidate_ids, (*found.result.problem.opening_ids, "")
    rows = [
        (
            people[doubt.candidate],
            openings[doubt.opening],
            _or_empty(doubt.stays),
            _or_empty(doubt.hosted),
            *_cells_of(doubt.nearest, openings),
            "; ".join(doubt.conditions),
            "; ".join(doubt.unknown),
            "yes" if doubt.by_lottery else "no",
            "yes" if doubt.on_record else "no",
        )
        for doubt in found.queue
    ]
    columns = ["candidate_id", "opening_id", "stays", "hosted", "criterion", "weight", "flips_at"]
    columns += ["then", "conditions", "unknown", "by_lottery", "on_record"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def table_flips(found: Robustness) -> pd.DataFrame:
    """Return one row per person who takes part, criterion and direction in which the person first
    stands elsewhere: the weight, the one from which that is so, and where (`then` empty: without a
    host). In the order of the queue, the nearest first."""
    people, openings = found.result.problem.candidate_ids, (*found.result.problem.opening_ids, "")
    rows = [
        (people[doubt.candidate], openings[doubt.opening], *_cells_of(flip, openings))
        for doubt in found.queue
        for flip in doubt.flips or ()
    ]
    columns = ["candidate_id", "opening_id", "criterion", "weight", "flips_at", "then"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def table_weights(found: Robustness) -> pd.DataFrame:
    """Return one row per criterion: its weight, the least and the greatest drawn, and for a change
    down and up the first weight at which a proposal flips and how many flip on the way to 0 or
    1000 (`first` empty: none)."""
    columns = ["criterion", "weight", "least_drawn", "greatest_drawn"]
    columns += [f"{part}_{way}" for way in WAYS.values() for part in ("first", "flips")]
    rows = []
    for at, name in enumerate(CRITERIA if found.draws and found.flips else ()):
        assert found.draws
        assert found.flips
        drawn = [getattr(weights, name) for weights in found.draws.weights]
        cells: list[object] = [name, getattr(found.flips.weights, name)]
        cells += [min(drawn, default=""), max(drawn, default="")]
        for way in WAYS:
            of_all = found.flips.amount[at, way]
            places = [doubt.candidate for doubt in found.proposals]
            amounts = [amount for amount in of_all[places].tolist() if amount >= 0]
            nearest = max if way == DOWN else min
            cells += [nearest(amounts, default=""), len(amounts)]
        rows.append(tuple(cells))
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _cells_of(flip: Flip | None, openings: Sequence[str]) -> tuple[object, ...]:
    if flip is None:
        return ("", "", "", "")
    return flip.criterion, flip.weight, flip.amount, openings[flip.to]


def _or_empty(number: int | None) -> int | str:
    return "" if number is None else number
