"""What `whatif` prints: the effect of what is asked before it is done, what each pair that is not
proposed would cost, and how few moves do how much."""

from __future__ import annotations

import pandas as pd

from matcher.errors import UsageError
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.curve import record_curve, show_curve, table_curve
from matcher.report.render import render_csv, render_json
from matcher.report.whatif.effect import record_effect, table_moves, tell_effect
from matcher.report.whatif.losses import list_losses, records_of, table_losses
from matcher.whatif import Effect
from matcher.whatif.curve import Curve

__all__ = ["show_effect", "show_losses", "show_whatif", "table_losses", "table_moves"]


def show_effect(effect: Effect, form: str, words: Words) -> str:
    """Return the effect of overrides in the form asked for; CSV lists the moves."""
    return show_whatif(effect.before, effect, form, words)


def show_losses(result: Result, form: str, words: Words) -> str:
    """Return what the plan would lose by each pair that is not proposed, in the form asked for."""
    return show_whatif(result, None, form, words, pairs=True)


def show_whatif(
    result: Result,
    effect: Effect | None,
    form: str,
    words: Words,
    *,
    pairs: bool = False,
    curve: Curve | None = None,
) -> str:
    """Return an effect on a result (None: nothing is asked), with `pairs` the table of all pairs
    of the plan after it, and a curve, in the form asked for.

    CSV holds one table: the curve or the pairs, else the moves; raises `UsageError` where both are
    asked for.
    """
    after = effect.after if effect else result
    match form:
        case "csv":
            return render_csv(_table(after, effect, pairs, curve))
        case "json":
            return render_json(
                {
                    **(record_effect(effect, words) if effect else {}),
                    **({"pairs": records_of(table_losses(after))} if pairs else {}),
                    **({"curve": record_curve(curve)} if curve else {}),
                }
            )
        case _:
            parts = [tell_effect(effect, words)] if effect else []
            parts += [list_losses(after, words)] if pairs else []
            parts += [show_curve(curve, form, words)] if curve else []
            return "\n".join(parts)


def _table(after: Result, effect: Effect | None, pairs: bool, curve: Curve | None) -> pd.DataFrame:
    if pairs and curve:
        told = say("CSV holds one table: ask for --pairs or for --curve.")
        raise UsageError(told)
    if curve:
        return table_curve(curve)
    if pairs or effect is None:
        return table_losses(after)
    return table_moves(effect)
