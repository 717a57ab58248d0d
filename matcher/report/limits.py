"""The limits of a scenario: what each holds, what the plan loses by it, who would stand elsewhere.

The table of a batch, what `show` lists, and the sentences of the summary.
"""

from __future__ import annotations

import pandas as pd

from matcher.explain.limits import LimitEffect, weigh_limits
from matcher.explain.stops import tell_holding
from matcher.language import Fact, Phrase, Words, say
from matcher.limits.holding import AT_FLOOR, EMPTY, FULL, MIN_SEATS, WITHIN, Holding
from matcher.pipeline import Result
from matcher.report.meeting import SPOKEN
from matcher.report.render import render_table
from matcher.report.titled import titled
from matcher.report.words import told_score

COLUMNS = ["key", "entry", "kind", "floor", "ceiling", "held", "state"]
COLUMNS += ["loss_places", "loss_score", "moved"]
STATES_OF_LIMITS = {
    FULL: say("full"),
    AT_FLOOR: say("just enough"),
    EMPTY: say("does not go ahead"),
    WITHIN: say("kept, with room left"),
}
KEPT = say("kept")


def table_limits(result: Result) -> pd.DataFrame:
    """Return one row per limit; `loss_places`, `loss_score` and `moved` are those of its whole
    `[[limits]]` table (`entry`, counted from 1, or "min_seats"), tried as one, and empty where
    they are not known."""
    rows = [
        (
            holding.key,
            _entry(effect),
            holding.kind,
            *("" if n is None else n for n in (holding.floor, holding.ceiling, holding.held)),
            holding.state,
            *_costs(effect),
        )
        for effect in weigh_limits(result)
        for holding in effect.holdings
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype=object)


def _costs(effect: LimitEffect) -> tuple[int | str, int | str, int | str]:
    if effect.loss is None:
        return "", "", ""
    return effect.loss["placements"], effect.loss["score"], len(effect.shifts)


def record_limits(result: Result, words: Words) -> list[dict[str, object]]:
    """Return the effects for JSON, one record per `[[limits]]` table, the names of its limits in
    the reader's language; `moves` are the people who would stand elsewhere without it. `loss` and
    `binds` are null where they are not known, `tried` says whether the plan without was sought."""
    opening_ids = (*result.problem.opening_ids, "")
    return [
        {
            "entry": _entry(effect),
            "binds": effect.binds,
            "tried": effect.tried,
            "loss": effect.loss,
            "limits": [
                {
                    "key": holding.key,
                    "label": words(holding.label),
                    "kind": holding.kind,
                    "floor": holding.floor,
                    "ceiling": holding.ceiling,
                    "held": holding.held,
                    "state": holding.state,
                }
                for holding in effect.holdings
            ],
            "moves": [
                {
                    "candidate_id": result.problem.candidate_ids[shift.candidate],
                    "opening_id": opening_ids[shift.opening],
                    "without": opening_ids[shift.without],
                }
                for shift in effect.shifts
            ],
        }
        for effect in weigh_limits(result)
    ]


def list_limits(result: Result, words: Words) -> str:
    """Return the limits as a table of text, then what each table of them does to the plan."""
    effects = weigh_limits(result)
    rows = [
        (
            words(holding.label),
            *("" if n is None else words(n) for n in (holding.floor, holding.ceiling)),
            "" if holding.held is None else words(holding.held),
            words(KEPT if holding.held is None else STATES_OF_LIMITS[holding.state]),
        )
        for effect in effects
        for holding in effect.holdings
    ]
    titles = (say("limit"), say("at least"), say("at most"), say("holds"), say("state"))
    parts = [titled(say("Limits of this scenario"), titles, rows, words)]
    for effect in effects:
        told = words(_tell(result, effect)) + "\n"
        parts.append(told + ("\n" + _moves(result, effect, words) if effect.shifts else ""))
    return "\n".join(parts)


def tell_limits(result: Result) -> list[Phrase]:
    """Return what each `[[limits]]` table holds, and what the plan loses by it."""
    return [_tell(result, effect) for effect in weigh_limits(result)]


def _tell(result: Result, effect: LimitEffect) -> Phrase:
    facts: dict[str, Fact] = {"limits": _holdings(effect)}
    if effect.loss is None:
        return _unknown(effect, facts)
    if not effect.binds:
        return say("Limit – {limits}. The plan would be the same without it.", **facts)
    changes = _changes(result, effect.loss)
    facts["n"] = len(effect.shifts)
    if not changes:
        return say(
            "Limit – {limits}. Without it the best plan is as good; {n} people would stand"
            " elsewhere.",
            **facts,
        )
    return say(
        "Limit – {limits}. Without it the best plan has {changes}; {n} people would stand"
        " elsewhere.",
        changes=changes,
        **facts,
    )


def _unknown(effect: LimitEffect, facts: dict[str, Fact]) -> Phrase:
    if effect.tried:
        return say(
            "Limit – {limits}. What the plan loses by it is not known: no plan without it was"
            " found.",
            **facts,
        )
    return say("Limit – {limits}. It has room left; the plan without it was not sought.", **facts)


def _holdings(effect: LimitEffect) -> tuple[Fact, ...]:
    """Return what the limits of a table hold; of many, and of `min_seats`, those without room are
    named."""
    told = [holding for holding in effect.holdings if _named(holding, effect)]
    if not told and effect.entry == MIN_SEATS:
        n = len(effect.holdings)
        return (say("{n} job orders with a least number of people, all with more", n=n),)
    phrases: tuple[Fact, ...] = tuple(tell_holding(holding) for holding in told[:SPOKEN])
    rest = len(effect.holdings) - len(phrases)
    return (*phrases, say("… and {n} more", n=rest)) if rest else phrases


def _named(holding: Holding, effect: LimitEffect) -> bool:
    all_named = len(effect.holdings) <= SPOKEN and effect.entry != MIN_SEATS
    return all_named or holding.state != WITHIN


def _changes(result: Result, loss: dict[str, int]) -> tuple[Phrase, ...]:
    """Return what the best plan without a limit has more, or less, than this one."""
    places, score, kept = (loss.get(name, 0) for name in ("placements", "score", "keep"))
    size = told_score(result.problem, abs(score), 2)
    changes = [
        (places, say("{n} more proposed", n=places), say("{n} fewer proposed", n=-places)),
        (
            kept,
            say("{n} more kept as proposed before", n=kept),
            say("{n} fewer kept as proposed before", n=-kept),
        ),
        (score, say("{score} points more", score=size), say("{score} points less", score=size)),
    ]
    return tuple(more if number > 0 else less for number, more, less in changes if number)


def _moves(result: Result, effect: LimitEffect, words: Words) -> str:
    problem = result.problem
    none = words(say("without a host so far"))
    names = (*problem.opening_ids, none)
    rows = [
        (
            problem.candidate_ids[shift.candidate],
            problem.labels.candidate_names[shift.candidate],
            names[shift.opening],
            names[shift.without],
        )
        for shift in effect.shifts
    ]
    titles = (say("candidate"), say("name"), say("now"), say("without the limit"))
    return render_table([words(title) for title in titles], rows)


def _entry(effect: LimitEffect) -> str:
    return "min_seats" if effect.entry == MIN_SEATS else str(effect.entry + 1)
