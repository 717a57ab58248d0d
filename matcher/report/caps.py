"""The table of quotas: every cap with its sum, what the plan fills of it, and its value."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from matcher.language import Words, say, words_of
from matcher.pipeline import Result
from matcher.quotas import Cap
from matcher.report.render import render_table

COLUMNS = ["cap", "members", "ceiling", "filled", "value_places", "value_score"]
STATES_OF_CAPS = {
    "kept": say("kept"),
    "unsettled": say("to be confirmed"),
    "sets none": say("sets none"),
}
LISTED = ("cap", "members", "asked", "ceiling", "filled", "state")
COLUMNS += ["rule", "limit", "present", "promised", "asked", "state", "arithmetic"]


def table_caps(result: Result) -> pd.DataFrame:
    """Return one row per cap, also of those that stop nobody.

    The value is what one place more under the cap and all above it adds: 0 where it stops nobody,
    empty where the objective does not name it, or where an opening cannot go ahead because of it.
    A blank ceiling sets none.
    """
    words, ids = words_of("en"), result.problem.opening_ids
    placed = result.plan.opening[result.plan.opening >= 0]
    filled = np.bincount(placed, minlength=len(ids))
    caps = result.facts.quotas.caps
    rows = [
        (
            cap.name,
            "; ".join(ids[opening] for opening in cap.openings),
            "" if cap.ceiling is None else cap.ceiling,
            int(filled[list(cap.openings)].sum()),
            *value,
            cap.rule,
            "" if cap.limit is None else cap.limit,
            cap.present,
            cap.promised,
            int(result.problem.openings.seats[list(cap.openings)].sum()),
            state_of_cap(cap),
            words(cap.arithmetic),
        )
        for cap, value in zip(caps, _values(result), strict=True)
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype=object).sort_values(
        "cap", ignore_index=True
    )


def list_caps(result: Result, words: Words) -> str:
    """Return the caps as a table of text, or that quotas are not checked."""
    if not result.facts.quotas.checked:
        return words(say("Quotas not checked: there is no table of hosts.")) + "\n"
    table = table_caps(result)
    arithmetic = {cap.name: words(cap.arithmetic) for cap in result.facts.quotas.caps}
    rows = [
        (
            name,
            members,
            str(asked),
            str(ceiling),
            str(filled),
            words(STATES_OF_CAPS[state]),
            arithmetic[name],
        )
        for name, members, asked, ceiling, filled, state in table[list(LISTED)].to_numpy().tolist()
    ]
    titles = (say("quota"), say("job order"), say("seats"), say("may still come"), say("proposed"))
    named = [words(title) for title in (*titles, say("state"), say("how it is reckoned"))]
    head = words(say("Quotas: {n}", n=len(rows)))
    return f"{head}\n\n" + render_table(named, rows) if rows else f"{head}\n"


def state_of_cap(cap: Cap) -> str:
    """Return what a cap does: "unsettled" where something is still to be shown, "sets none" where
    it has no ceiling for another reason, else "kept"."""
    if cap.unsettled:
        return "unsettled"
    return "kept" if cap.ceiling is not None else "sets none"


def _values(result: Result) -> list[tuple[int | str, int | str]]:
    """Return each cap's value in places and in score; none under a stable plan, nor of a cap that
    leaves an opening too few people to go ahead: one more may let several come."""
    if result.stable:
        return [("", "")] * len(result.facts.quotas.caps)
    values, nesting = result.seat_values, result.nesting
    sources = itertools.chain.from_iterable(result.shut.values())
    shutting = {one.name for one in sources if isinstance(one, Cap)}
    found: list[tuple[int | str, int | str]] = []
    places = iter(range(len(nesting.node)))
    for cap in result.facts.quotas.caps:
        worth = [0] * len(values.names)
        if cap.ceiling is not None:
            at = next(places)
            divided = nesting.divided_at[at]
            own = values.nodes[nesting.node[at]] if divided < 0 else values.divided[divided]
            worth = own.tolist()
        named = {} if cap.name in shutting else dict(zip(values.names, worth, strict=True))
        found.append((named.get("placements", ""), named.get("score", "")))
    return found
