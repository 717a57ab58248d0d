"""The effect of overrides as people and programs read it: totals, who moves, what is proved."""

from __future__ import annotations

import pandas as pd

from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.proved import BUT_FOR_THE_LOTTERY, CERTIFICATE, tell_proof
from matcher.report.render import render_table
from matcher.report.tables import table_placements
from matcher.report.titled import titled
from matcher.report.whatif.losses import records_of
from matcher.report.words import CRITERION_NAMES, STATES, told_score
from matcher.settings import CRITERIA
from matcher.whatif import Effect, Move, tell_override

TOTALS = {
    "present": say("taking part"),
    "proposed": say("proposed"),
    "conditional": say("of these conditional"),
    "unplaced": say("without a host so far"),
    "seats": say("seats"),
    "offered": say("of these at job orders taking part"),
    "score": say("sum of scores"),
    "keep": say("kept as proposed before"),
    "lowest": say("lowest score among those proposed"),
}
SCORES = ("score", "lowest")
HERE = {
    CERTIFICATE.message: say("The plan is proved the best in whole numbers."),
    BUT_FOR_THE_LOTTERY.message: say(
        "The plan is proved the best in whole numbers, the lottery left out."
    ),
}
NOTHING_WRITTEN = say("Nothing was written: a decision is made only where it is recorded.")


def table_moves(effect: Effect) -> pd.DataFrame:
    """Return one row for each candidate whose opening is another, with the scores of both in whole
    millionths (as given, where scores are), empty without an opening."""
    rows = [
        (
            *(move.candidate_id, move.before, move.after, move.state_before, move.state_after),
            *("" if n is None else n for n in (move.score_before, move.score_after, move.change)),
        )
        for move in effect.moves
    ]
    columns = ["candidate_id", "from", "to", "state_before", "state_after"]
    columns += ["score_before", "score_after", "change"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def record_effect(effect: Effect, words: Words) -> dict[str, object]:
    """Return an effect for JSON, with the whole new plan."""
    return {
        "overrides": [str(one) for one in effect.overrides],
        "given_up": [{"candidate_id": who, "opening_id": at} for who, at in effect.given_up],
        "moves": records_of(table_moves(effect)),
        "moved": len(effect.moves),
        "stay": effect.stay,
        "totals": {
            name: {"before": before, "after": after}
            for name, (before, after) in effect.totals.items()
        },
        "plan_before_reweighed": effect.reweighed,
        "weights": effect.after.problem.settings.weights.model_dump(),
        "proved": [words(line) for line in _proof(effect.after)],
        "placements": records_of(table_placements(effect.after)),
    }


def tell_effect(effect: Effect, words: Words) -> str:
    """Return an effect in words."""
    problem = effect.after.problem
    asked = "".join(f"  {words(tell_override(one))}\n" for one in effect.overrides)
    head = f"{words(say('What if:'))}\n{asked}{words(NOTHING_WRITTEN)}\n"
    if effect.given_up:
        seats = tuple(say("{person} at {opening}", person=a, opening=b) for a, b in effect.given_up)
        head += words(say("Seats on record that are given up: {seats}.", seats=seats)) + "\n"
    parts = [head, _tell_totals(effect, words)]
    if effect.reweighed is not None:
        parts.append(_tell_weights(effect, words))
    titles = (
        *(say("candidate"), say("now"), say("then"), say("score now"), say("score then")),
        say("difference"),
    )
    rows = [_move_row(problem, move, words) for move in effect.moves]
    parts.append(titled(say("People who move"), titles, rows, words))
    stay = say("{n} people are proposed for the same job order as now.", n=effect.stay)
    lines = [stay, *_proof(effect.after)]
    parts.append("".join(f"{words(line)}\n" for line in lines))
    return "\n".join(parts)


def _proof(result: Result) -> list[Phrase]:
    """Return what is proved of a plan that no batch holds, so that nothing can be verified."""
    return [HERE.get(line.message, line) for line in tell_proof(result)]


def _move_row(problem: Problem, move: Move, words: Words) -> tuple[str, ...]:
    scores = (move.score_before, move.score_after, move.change)
    return (
        move.candidate_id,
        _where(move.before, move.state_before, words),
        _where(move.after, move.state_after, words),
        *("" if n is None else words(told_score(problem, n, 2)) for n in scores),
    )


def _where(opening: str, state: str, words: Words) -> str:
    told = words(STATES[state])
    return f"{opening} ({told})" if opening else told


def _tell_totals(effect: Effect, words: Words) -> str:
    problem, rows = effect.after.problem, []
    for name, (before, after) in effect.totals.items():
        numbers = (before, after, after - before)
        cells = [words(told_score(problem, n, 2) if name in SCORES else n) for n in numbers]
        sign = "+" if after > before else ""
        rows.append((words(TOTALS[name]), cells[0], cells[1], f"{sign}{cells[2]}"))
    sides = (say("now"), say("then"), say("difference"))
    return render_table(["", *map(words, sides)], rows)


def _tell_weights(effect: Effect, words: Words) -> str:
    """Return the weights that change, and what the plan of the batch comes to by the new ones."""
    sides = [result.problem.settings.weights for result in (effect.before, effect.after)]
    rows = [
        (words(CRITERION_NAMES[name]), *(words(getattr(side, name)) for side in sides))
        for name in CRITERIA
    ]
    titles = (say("weight of 1000"), say("now"), say("then"))
    score = told_score(effect.after.problem, effect.reweighed or 0, 2)
    told = say("By these weights the sum of scores of the present plan is {score}.", score=score)
    return f"{render_table([words(title) for title in titles], rows)}\n{words(told)}\n"
