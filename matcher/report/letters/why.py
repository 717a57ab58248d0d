"""Why somebody has no host so far, or is on hold, as the person is told it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from matcher.check.outcome_words import REASON_NAMES
from matcher.explain.causes import (
    FLOOR,
    FULL,
    GIVEN,
    LAW,
    LIMITED,
    QUOTA,
    TRADE,
    cause_of_each,
)
from matcher.explain.next import next_of_rule
from matcher.explain.pairs import FAILS, RuleView
from matcher.explain.reasons import NOT_RECORDED, job_name
from matcher.explain.verdicts import BELOW_FLOOR, CAPPED, DECIDED, LIMIT, Verdicts, judge_pairs
from matcher.explain.why_not import unplaced_people, why_not
from matcher.language import Fact, Name, Phrase, say
from matcher.pipeline import Result
from matcher.problem import Numbers
from matcher.problem.outcomes import HOLD, current_steps
from matcher.report.letters.values import SHORT, shortened

MOST_RULES = 3
CLOSED = (CAPPED, LIMIT, BELOW_FLOOR, DECIDED)
OWN_TRADE = "trained_for"
# What is held and required by these is reckoned; a candidate is told what it comes to.
IN_SHORT: Mapping[str, Phrase] = {
    OWN_TRADE: say("the work is outside your training"),
    "prior_experience": say("work or training in this trade, as much as is asked before entry"),
}
NO_JUDGEMENT = say(
    "In this round there is no host for you so far. This is no judgement of you or of your ability."
)
OF_ALL: Mapping[str, Phrase] = {
    TRADE: say("In this round no job order asks for the work that you were trained for."),
    LAW: say(
        "The job orders for your work cannot be used as they stand. The supervising organisations"
        " are asked to mend them; there is nothing for you to do."
    ),
    GIVEN: say("No score was given for you at any job order. Ask the office why."),
}
FITTING = say("Job orders whose requirements you meet: {orders}, with seats: {seats}.")
OF_FITTING: Mapping[str, Phrase] = {
    FULL: say("In this round these seats are proposed for other candidates."),
    QUOTA: say("These seats are closed: the hosts may take in no more people for now."),
    LIMITED: say(
        "A limit that the office has set for this round is reached there; the office can tell you"
        " which."
    ),
    FLOOR: say("There your points are below the lowest that the office has set for this round."),
}
PARTLY_CLOSED = say(
    "In this round these seats are proposed for other candidates, or not open: by a decision or a"
    " seat on record, a quota, a limit or the lowest score that is set."
)
PARTLY_FREE = say(
    "By the aims that are set for this round none of these seats is proposed for you; the office"
    " can show you why."
)
HOLDS: Mapping[str, Phrase] = {
    "deposit": say(
        "A deposit of Rp {deposit} is on record for you (sending organisation: {school}). Deposits"
        " are forbidden (rule T13). This is not your fault: the sending organisation has to give it"
        " back and to show that it did. Once that is shown you are matched again."
    ),
    "hold": say(
        "Your process is on hold by a decision of the office of {day}. Ask the office for the"
        " reason, and for what ends it."
    ),
    "outcome_hold": say(
        "Your process is on hold for a reason on record with an earlier proposal: {reason}. Ask the"
        " office what ends it."
    ),
}


class Why:
    """The reasons of one result."""

    def __init__(self, result: Result) -> None:
        self.result, self.problem = result, result.problem

    @cached_property
    def causes(self) -> dict[int, str]:
        """The cause of everybody without a host."""
        return cause_of_each(self.result, np.array(unplaced_people(self.result), np.int64))

    def unplaced(self, person: int) -> tuple[list[Phrase], list[Phrase]]:
        """Return in sentences why somebody has no host so far, and what is missing at the job order
        that is nearest where rules say no at all of them."""
        cause = self.causes[person]
        if cause in OF_ALL:
            return [NO_JUDGEMENT, OF_ALL[cause]], []
        if cause in OF_FITTING:
            return [NO_JUDGEMENT, *self._fitting(person, cause)], []
        opening, views = self._nearest(person)
        told = say(
            "The job order nearest to you is for {work}. What is on record does not meet this yet:",
            work=job_name(self.problem, opening),
        )
        return [NO_JUDGEMENT, told], [_missing(view) for view in views[:MOST_RULES]]

    def held(self, person: int) -> list[Phrase]:
        """Return in sentences why somebody is on hold."""
        cause, lists = self.problem.standing_cause[person], self.problem.lists
        school = int(self.problem.candidates.school[person])
        facts: dict[str, Fact] = {
            "deposit": self.problem.labels.deposits[person],
            "school": shortened(lists.schools[school], SHORT) if school >= 0 else NOT_RECORDED,
            "day": self._held_on(person),
            "reason": self._held_for(person),
        }
        return [Phrase(HOLDS[cause].message, facts)]

    def _fitting(self, person: int, cause: str) -> list[Phrase]:
        rows = slice(*self.result.screening.rows_of(person))
        openings = self.result.screening.opening[rows]
        seats = self.problem.openings.seats
        told = OF_FITTING[cause]
        if cause == FULL and np.isin(self._verdicts.name[rows], CLOSED).any():
            told = PARTLY_CLOSED
        elif cause == FULL and (self._filled < seats)[openings].any():
            told = PARTLY_FREE
        facts: dict[str, Fact] = {"orders": int(openings.size), "seats": int(seats[openings].sum())}
        return [Phrase(FITTING.message, facts), told]

    @cached_property
    def _verdicts(self) -> Verdicts:
        return judge_pairs(self.result)

    @cached_property
    def _filled(self) -> Numbers:
        seats_of = self.result.seats_of
        return np.bincount(seats_of[seats_of >= 0], minlength=len(self.problem.openings))

    def _nearest(self, person: int) -> tuple[int, list[RuleView]]:
        """Return the opening, of the person's trade where there is one, at which fewest rules say
        no, and these."""
        found = [
            ([view for view in one.rules if view.state == FAILS], one.opening)
            for one in why_not(self.result, [person])
        ]

        def distance(one: tuple[list[RuleView], int]) -> tuple[bool, int, int]:
            views, opening = one
            return OWN_TRADE in {view.rule.name for view in views}, len(views), opening

        views, opening = min(found, key=distance)
        return opening, views

    def _held_on(self, person: int) -> Fact:
        own = self.problem.candidate_ids[person]
        days = [
            one.on
            for one in self.problem.decisions
            if one.action == "hold" and one.candidate_id == own
        ]
        return max(days) if days else NOT_RECORDED

    def _held_for(self, person: int) -> Name | Phrase:
        steps = current_steps(self.problem.outcomes).values()
        codes = [
            one.reason_code
            for one in steps
            if one.candidate == person and one.effect == HOLD and one.reason_code
        ]
        return REASON_NAMES[codes[-1]] if codes else NOT_RECORDED


def _missing(view: RuleView) -> Phrase:
    facts: dict[str, Fact] = {"label": view.rule.label, "next": next_of_rule(view)}
    if view.rule.name in IN_SHORT:
        facts["held"] = IN_SHORT[view.rule.name]
        return say("{label}: {held}. Next: {next}.", **facts)
    facts |= {"held": view.held, "required": view.required}
    return say("{label}: {held}; required {required}. Next: {next}.", **facts)
