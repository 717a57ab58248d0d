"""Why somebody has no host so far, in one sentence that names nobody else."""

from __future__ import annotations

import numpy as np

from matcher.explain.verdicts import Verdicts
from matcher.language import Phrase, say
from matcher.pipeline import Result
from matcher.problem import Numbers, Standing
from matcher.report.words import CAUSES_OF_STANDING, RULE_NAMES, VERDICTS
from matcher.rules import RULES

PEOPLE = 1000  # looked at together, for want of memory
# What befell the person at job orders of the own trade comes first as a reason, what refuses all
# orders of other trades last.
OWN_TRADE, OTHER_TRADES = ("declined", "interview"), ("trained_for", "prior_experience")


def tell_whys(result: Result, verdicts: Verdicts) -> dict[int, Phrase]:
    """Return the reason by candidate, of everybody who is not proposed."""
    problem, plan = result.problem, result.plan
    nearest = _nearest_rows(result, verdicts)
    eligible = np.bincount(result.screening.candidate, minlength=len(problem.candidate_ids))
    return {
        person: tell_standing(result, person)
        if problem.standing[person] != Standing.PRESENT
        else _tell(result, verdicts, person, int(nearest[person]), int(eligible[person]))
        for person in np.flatnonzero(plan.opening < 0).tolist()
    }


def tell_standing(result: Result, person: int) -> Phrase:
    """Return why somebody takes no part."""
    problem = result.problem
    cause = CAUSES_OF_STANDING[problem.standing_cause[person]]
    schools = (*problem.lists.schools, say("not recorded"))
    facts = {
        "deposit": problem.labels.deposits[person],
        "school": schools[problem.candidates.school[person]],
    }
    return Phrase(cause.message, facts)


def _nearest_rows(result: Result, verdicts: Verdicts) -> Numbers:
    """Return each person's pair of the screening that would take the least from the plan, by
    candidate, -1 where there is none; in the order of `alternatives_of`."""
    screening, size = result.screening, len(result.problem.candidate_ids)
    nearest = np.full(size, -1)
    for person in range(0, size, PEOPLE):
        start, _ = screening.rows_of(person)
        _, stop = screening.rows_of(min(person + PEOPLE, size) - 1)
        rows = start + np.flatnonzero(result.plan.opening[screening.candidate[start:stop]] < 0)
        exists = verdicts.exists[rows]
        losses = np.where(exists[:, None], verdicts.loss[rows], 0).T
        keys = (
            *(screening.opening[rows], -result.scores.score[rows], -verdicts.first[rows]),
            *(*reversed(losses), ~exists, screening.candidate[rows]),
        )
        rows = rows[np.lexsort(keys)]
        people, first = np.unique(screening.candidate[rows], return_index=True)
        nearest[people] = rows[first]
    return nearest


def _tell(result: Result, verdicts: Verdicts, person: int, row: int, eligible: int) -> Phrase:
    problem = result.problem
    if row < 0:
        return _tell_refused(result, person)
    return say(
        "Meets the requirements of {n} job orders; at the nearest of them, {opening}: {verdict}.",
        n=eligible,
        opening=problem.opening_ids[result.screening.opening[row]],
        verdict=VERDICTS[str(verdicts.name[row])],
    )


def _tell_refused(result: Result, person: int) -> Phrase:
    """Return by which rule of most weight to the person, of these the one that most openings fail
    by, no job order is open to somebody."""
    fails = result.screening.fails_of_candidates[person]
    failed = np.flatnonzero(fails).tolist()
    if not failed:
        return say("There is no job order in this batch that could be proposed.")
    place = min(failed, key=lambda at: (_nearness(RULES[at].name), -int(fails[at]), at))
    return say(
        "Does not meet the requirements of any job order of this batch; among them: {rule} ({n} of"
        " {all}).",
        rule=RULE_NAMES[RULES[place].name],
        n=int(fails[place]),
        all=len(result.problem.opening_ids),
    )


def _nearness(rule: str) -> int:
    return 0 if rule in OWN_TRADE else 2 if rule in OTHER_TRADES else 1
