"""Which proposals are safe whatever the unknowns turn out to be, as people and machines read it."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.titled import Titles, titled
from matcher.report.words import RULE_NAMES, told_score
from matcher.sure import Progress
from matcher.sure.ranges import (
    CAN_CHANGE,
    NOT_KNOWN,
    ONCE_SHOWN,
    OTHERS_SHOWN,
    SAFE,
    STATES,
    weigh_ranges,
)

STATE_NAMES = {
    SAFE: say("safe"),
    ONCE_SHOWN: say("safe once its own conditions are shown"),
    OTHERS_SHOWN: say("safe as long as no condition of another proposal fails"),
    CAN_CHANGE: say("could change"),
    NOT_KNOWN: say("not known"),
}
STABLE = say(
    "A stable plan is the best of no objective: which proposals are safe from what is not known,"
    " and what an answer could change, is not told of it."
)
YES_NO = {True: "yes", False: "no", None: ""}


def table_ranges(result: Result, progress: Progress | None = None) -> pd.DataFrame:
    """Return one row per proposal: its state against the unknowns, those that could change first,
    its score with its low and high end, its open conditions (divided by semicolons), whether it
    is safe once all conditions are shown and whatever becomes of those of others (empty: not
    known), and whether the seat is on record; no row of a stable plan."""
    ids = result.problem
    rows = [
        (
            *(ids.candidate_ids[one.candidate], ids.opening_ids[one.opening], one.state),
            *(one.score, one.low, one.high, "; ".join(one.conditions)),
            *(YES_NO[one.once_shown], YES_NO[one.whatever], YES_NO[one.on_record]),
        )
        for one in weigh_ranges(result, progress)
        if not result.stable
    ]
    columns = ["candidate_id", "opening_id", "state", "score", "low", "high", "conditions"]
    columns += ["once_shown", "whatever", "on_record"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def tell_ranges(result: Result, words: Words, progress: Progress | None = None) -> str:
    """Return how many proposals are safe, and the list of those that are not."""
    if result.stable:
        return f"{words(STABLE)}\n"
    ranges = weigh_ranges(result, progress)
    counts = Counter(one.state for one in ranges)
    ids = result.problem
    rows = [
        (
            *(ids.candidate_ids[one.candidate], ids.opening_ids[one.opening]),
            *(words(told_score(ids, part, 2)) for part in (one.score, one.low, one.high)),
            words(STATE_NAMES[one.state]),
            words(tuple(RULE_NAMES[name] for name in one.conditions)),
        )
        for one in ranges
        if one.state != SAFE
    ]
    titles: Titles = (
        *(say("candidate"), say("job order"), say("score"), say("at least"), say("at most")),
        *(say("whatever is not known turns out to be"), say("still to be shown")),
    )
    told = [
        say(
            "Of {n} proposals {safe} are safe: whatever is not known turns out to be, no plan"
            " without them is as good as this one.",
            n=len(ranges),
            safe=counts[SAFE],
        ),
        *(
            say("{state}: {n}.", state=STATE_NAMES[state], n=counts[state])
            for state in STATES
            if state != SAFE and counts[state]
        ),
        say(
            "A proposal could change where some values make a plan without it better, or as good."
            " The score of each pair may turn out anywhere between its ends, whatever the others"
            " do; a seat on record stays."
        ),
    ]
    title = say("Proposals that rest on something not known")
    return " ".join(map(words, told)) + "\n\n" + titled(title, titles, rows, words)
