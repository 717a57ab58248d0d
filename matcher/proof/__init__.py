"""The proof of a plan, as a file that `matcher.verify` checks."""

from __future__ import annotations

from typing import Any

from matcher.assign import Claim
from matcher.pipeline import Result
from matcher.proof.stages import Shown, show_best
from matcher.verify.form import PROOF, VERSION, digests_of, render_proof

__all__ = ["PROOF", "Shown", "claims_of", "render_proof", "show_best", "state_proof"]


def state_proof(result: Result, plan: bytes) -> dict[str, object]:
    """Return the proof of a result's plan, `plan` being the bytes of its `placements.csv`: a
    certificate on trees, else bounds; see `matcher.verify.form`."""
    problem, shown = result.problem, show_best(result)
    return {
        "version": VERSION,
        "method": result.plan.method,
        "objective": [*problem.order, "lottery"],
        "seed": problem.settings.seed,
        "digests": digests_of(problem, plan, problem.inputs),
        "parents": shown.parents,
        "stages": shown.stages,
        "bounds": shown.bounds,
        "seats": _seats(result),
    }


def claims_of(proof: dict[str, Any]) -> tuple[Claim, ...]:
    """Return what a proof says that the solver claims; raises as a damaged proof does."""
    return tuple(
        Claim(str(bound["name"]), bound["level"], str(bound["claim"])) for bound in proof["bounds"]
    )


def _seats(result: Result) -> dict[str, object]:
    """Return by opening the lowest and highest cumulative duals (null: none) before the lottery."""
    values = result.seat_values
    return {
        key: {
            "low": values.low[place].tolist(),
            "high": values.high[place].tolist() if values.exists[place] else None,
        }
        for place, key in enumerate(result.problem.opening_ids)
    }
