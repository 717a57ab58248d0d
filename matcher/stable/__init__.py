"""Stable matching: people propose by their wishes, openings hold on to whom they would rather
have.

**How people rank.** Openings by the value of the criterion `wishes` that the plan uses, then by
score, then by lottery ticket, the greater first. Any opening is liked better than none.

**How openings rank.** People by fit (the first five criteria, without wishes), ties by ticket;
below a ceiling its host ranks all pairs there in the same way. Where scores are given, which have
neither wishes nor fit, both sides rank by the score, then by ticket.

**Ceilings.** An opening's seats, the quotas above it, and the limits on openings that set a `max`.
People whose seat is on record keep it and rank before all; who sits where a rule refuses, or below
`min_score`, counts as without a place and ranks behind all.

**A blocking pair** of a plan is a person, not on hold or withdrawn and without a seat on record,
and an opening that no rule refuses and that is not below `min_score`, such that

1. the person ranks the opening before the own place, or has none, and
2. no ceiling at or above the opening is filled with people whom it ranks before this pair, and
3. the opening does not wait for several: one with `min_seats` that holds nobody takes nobody alone.

The person's own place counts among those below a ceiling, as it is ranked there: a host moves
nobody from where it ranks them before to where it ranks them behind, and where it ranks them
behind, the own departure makes the room. (Were the departure counted always, a host with one
place in all at two openings could leave no plan stable.) A plan without a blocking pair is stable.
Floors, sums and limits on people are not asked: no choice of people and openings goes by them.
"""

from __future__ import annotations

from matcher.stable.blocking import Blocking, find_blocking
from matcher.stable.ceilings import Ceilings, gather_ceilings
from matcher.stable.propose import StablePlan, stable_plan
from matcher.stable.ranking import Ranking, rank_pairs

STABLE = "stable"

__all__ = [
    "STABLE",
    "Blocking",
    "Ceilings",
    "Ranking",
    "StablePlan",
    "find_blocking",
    "gather_ceilings",
    "rank_pairs",
    "stable_plan",
]
