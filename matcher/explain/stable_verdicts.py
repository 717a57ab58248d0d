"""Why an eligible pair is not in a stable plan: one verdict each, the first that applies.

`proposed` · `decided` a seat on record stands · `below_floor` below `min_score` ·
`better_elsewhere` the person ranks the own place before this one · `limit` the opening does not go
ahead for want of people · `blocks` both would rather
(where ceilings cross, nothing else is sure to be stable) · `decided` the seats are those of people
on record · `capped` no seat, or a quota that lets nobody in · `tied` lost by the ticket alone ·
`outranked` the seats are held by people whom the opening ranks before · `capped`, `limit` so are
the places below a quota or a limit above it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.pipeline import Result
from matcher.quotas import Cap
from matcher.stable import rank_pairs
from matcher.stable.drawn import lost_by_ticket, tied_at_home
from matcher.stable.filling import fill


def judge_stable(result: Result) -> NDArray[np.object_]:
    """Return the verdict of each pair of the screening in a stable plan, that of the first ceiling
    from below where it is one that keeps the pair out."""
    problem, screening, plan = result.problem, result.screening, result.plan
    ranking = rank_pairs(problem, result.facts, screening, result.scores)
    filling = fill(problem, result.facts, screening, ranking, plan.opening)
    ceilings = filling.ceilings
    used = np.zeros(screening.candidate.size, bool)
    used[plan.row[plan.row >= 0]] = True
    worth_it = result.scores.score >= problem.settings.objective.min_score
    wanted, binding = filling.wanted(screening), filling.binding[screening.opening]
    own = binding < len(problem.openings)
    tied = lost_by_ticket(screening, filling) | tied_at_home(screening, filling)
    on_record = (ceilings.room == 0) & (ceilings.stated > 0)
    limits = np.array([not isinstance(one, Cap) for one in ceilings.behind], bool)
    of_limit = np.append(np.zeros(len(problem.openings), bool), limits)
    kinds = [
        (used, "proposed"),
        (worth_it & ~ranking.allowed, "decided"),
        (~ranking.allowed, "below_floor"),
        (tied, "tied"),
        (~filling.preferred(screening), "better_elsewhere"),
        (filling.waiting[screening.opening], "limit"),
        (wanted, "blocks"),
        (on_record[binding], "decided"),
        (own & (ceilings.stated == 0)[binding], "capped"),
        (own, "outranked"),
        (of_limit[binding], "limit"),
    ]
    names = [np.array(name, object) for _, name in kinds]
    return np.select([mask for mask, _ in kinds], names, np.array("capped", object))
