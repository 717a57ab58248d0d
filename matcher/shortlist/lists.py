"""What interview lists come to."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.problem import Flags, Numbers


@dataclass(frozen=True)
class Entry:
    """One line of an interview list: `row` is the pair's place in the screening (-1 where a rule
    refuses it by now), `rank` its place on the list by score, then lottery ticket.

    `state` is the pair's last step on record (of `problem.outcomes.STATES`), else "conditional"
    where something is still to be shown, else "proposed". `score` and `fit` are millionths.
    `fixed`: it stands there because of what is on record (underway, or placed by decision), not by
    choice of the plan.
    """

    opening: int
    rank: int
    candidate: int
    row: int
    score: int
    fit: int
    state: str
    fixed: bool


@dataclass(frozen=True)
class LeftOut:
    """A candidate who takes part, has no seat yet and stands on no list, and the reason: one of
    "refused" (no pair that rules allow), "floor" (below the least score), "closed" (every list
    they could stand on has no place: no seat, a full quota or limit), "full" (the lists are full).
    `openings` are those at which only this stands in the way."""

    candidate: int
    reason: str
    openings: tuple[int, ...]


@dataclass(frozen=True)
class Shortlist:
    """The interview lists of a problem, `entries` sorted by opening and rank.

    By opening: `free` seats, which nobody has yet; `asked` is how long its list should be
    (per_seat × seats + plus, or its own ratio × seats, for the free seats), `within` what quotas
    and limits leave of that, `length` what it came to; `least` is 2 × the free seats, under which
    the office is warned. `why` says why a list is shorter than asked ("": it is not): "nobody" (no
    more people may stand there), "quota" (what may be interviewed under a quota of the host is on
    lists), "limit" (the same under a limit on job orders), "shared" (the others are on as many
    lists as they may), "clash" (the others are interviewed elsewhere on that day). By candidate:
    `seated` marks those who have a seat or are called to one, `load` is their number of lists.
    `method` says how the lists were found (`shortlist.solve.Lists`); `crossing` that some limit on
    job orders crosses others and is kept by each list alone.
    """

    entries: tuple[Entry, ...]
    free: Numbers
    asked: Numbers
    within: Numbers
    length: Numbers
    least: Numbers
    why: tuple[str, ...]
    seated: Flags
    load: Numbers
    left_out: tuple[LeftOut, ...]
    method: str
    crossing: bool = False
