"""What interview lists come to in numbers that add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.pipeline import Result
from matcher.problem.outcomes import SAID_YES
from matcher.shortlist import find_waiting


@dataclass(frozen=True)
class ListCounts:
    """listed = asked − short + beyond, `beyond` being those on record above a list's length; of
    them `fixed` stand as recorded and `unanswered` are names whose person has not agreed yet.
    present = on_list + seated + on_none. `below_least` are people without a seat on fewer than
    `load_min` lists, those on none included; `waiting` those waiting more than 180 days."""

    lists: int
    free: int
    asked: int
    listed: int
    short: int
    beyond: int
    fixed: int
    unanswered: int
    present: int
    on_list: int
    seated: int
    on_none: int
    below_least: int
    waiting: int
    waiting_listed: int


def count_lists(result: Result) -> ListCounts:
    """Return the counts of a result's interview lists."""
    problem, lists = result.problem, result.shortlist
    present = problem.present
    seated, load = lists.seated[present], lists.load[present]
    waits = find_waiting(problem, result.facts)[present] & ~seated
    least = problem.settings.shortlist.load_min
    over = lists.length - lists.asked
    return ListCounts(
        lists=int(((lists.asked > 0) | (lists.length > 0)).sum()),
        free=int(lists.free.sum()),
        asked=int(lists.asked.sum()),
        listed=len(lists.entries),
        short=int(np.maximum(-over, 0).sum()),
        beyond=int(np.maximum(over, 0).sum()),
        fixed=sum(entry.fixed for entry in lists.entries),
        unanswered=sum(entry.state not in SAID_YES for entry in lists.entries),
        present=present.size,
        on_list=int((load > 0).sum()),
        seated=int(seated.sum()),
        on_none=len(lists.left_out),
        below_least=int((~seated & (load < least)).sum()),
        waiting=int(waits.sum()),
        waiting_listed=int((waits & (load > 0)).sum()),
    )
