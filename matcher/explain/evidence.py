"""The facts behind each criterion's value: what a reviewer needs to work it out by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matcher.criteria import LATER_WISH, WISH_LOW, training_minutes
from matcher.explain.needs import meet_need
from matcher.explain.reasons import (
    ANSWERS,
    MEDICALS,
    NOT_RECORDED,
    RESULTS,
    day_or_blank,
    level_name,
    skill_name,
)
from matcher.explain.reasons.given import name_scores
from matcher.fit import Facts
from matcher.fit.lessons import LONGEST_JP, SHORTEST_JP
from matcher.language import Phrase, say
from matcher.problem import LEVELS, NO_DAY, OTHER_WISH, UNKNOWN, UNKNOWN_WISH, Problem, day_of
from matcher.score import GIVEN
from matcher.vocabulary import load_vocabulary
from matcher.vocabulary.skills import PARENT, SAME

Evidence = tuple[Phrase, ...]
JP_UNKNOWN = f"{SHORTEST_JP}–{LONGEST_JP}"
IMPORTANCES = {
    1000: say("essential, counts 1000"),
    600: say("important, counts 600"),
    300: say("useful, counts 300"),
}


def evidence_of(
    problem: Problem, facts: Facts, candidate: int, opening: int
) -> dict[str, Evidence]:
    """Return the facts behind each line of the breakdown, by its name: of each criterion, or where
    the score was given."""
    names = BEHIND if problem.given is None else (GIVEN,)
    return {name: facts_of(problem, facts, name, candidate, opening) for name in names}


def facts_of(
    problem: Problem, facts: Facts, criterion: str, candidate: int, opening: int
) -> Evidence:
    """Return the facts behind one line of the breakdown."""
    if criterion == GIVEN:
        return (say("as given in {file}", file=name_scores(problem)),)
    return BEHIND[criterion](problem, facts, candidate, opening)


def _need(levels: NDArray[np.int8], skill_id: str, level: int, weight: Phrase) -> Phrase:
    held, held_level, near, credit = meet_need(levels, skill_id, level)
    needed = say(
        "{skill}, level {level} ({weight})",
        skill=skill_name(skill_id),
        level=level,
        weight=weight,
    )
    if not held:
        return say("{needed}: not met, 0", needed=needed)
    how = (
        say("the same skill or a kind of it")
        if near == SAME
        else say("the wider skill")
        if near == PARENT
        else say("a sister skill")
    )
    return say(
        "{needed}: {held}, level {level} ({how}), {credit} of 1000",
        needed=needed,
        held=skill_name(held),
        level=held_level,
        how=how,
        credit=str(credit),
    )


def _skill_fit(problem: Problem, facts: Facts, i: int, j: int) -> Evidence:
    profile, job = problem.candidates.profile[i], problem.openings.job[j]
    levels = problem.lists.profiles.whole[profile]
    needs = load_vocabulary().job_type_skills[problem.lists.operations[job]]
    met = [_need(levels, need.skill_id, need.level, IMPORTANCES[need.importance]) for need in needs]
    if not facts.reached[profile, job]:
        met.append(say("no essential skill is reached: at most 300"))
    return tuple(met)


def _extra(problem: Problem, facts: Facts, i: int, j: int) -> Evidence:
    needs = problem.lists.needs[problem.openings.needs_row[j]]
    if not needs:
        return (say("the order states none: the skill fit counts"),)
    levels = problem.lists.profiles.whole[problem.candidates.profile[i]]
    return tuple(
        _need(levels, n.skill_id, n.level, say("must") if n.must else say("wished")) for n in needs
    )


def _training(problem: Problem, facts: Facts, i: int, j: int) -> Evidence:
    c, lists = problem.candidates, problem.lists
    done, planned = training_minutes(c.at([i]))
    months = int(lists.experience[c.experience_row[i], problem.openings.category[j]])
    result = RESULTS.get(int(c.training_result[i]), NOT_RECORDED)
    return (
        say("valid certificate or unit (400): {answer}", answer=ANSWERS[int(c.certificates[i])]),
        say("training result (200): {result}", result=result),
        say(
            "clock minutes of 19200 (200): {done} done, {planned} with those planned ({lessons} JP"
            " done of {minutes} minutes, {school} hours at the sending organisation)",
            done=str(done[0]),
            planned=str(planned[0]),
            lessons=str(max(0, c.jp_done[i])),
            minutes=str(stated) if (stated := int(c.minutes_per_jp[i])) >= 0 else JP_UNKNOWN,
            school=str(max(0, c.school_hours_done[i])),
        ),
        say("months in the same trade of 12 (100): {months}", months=months),
        say("end of training (100): {day}", day=day_or_blank(int(c.training_end[i]))),
    )


def _language(problem: Problem, facts: Facts, i: int, j: int) -> Evidence:
    c, o = problem.candidates, problem.openings
    minimum = max(int(o.law_level[j]), int(o.order_level[j]))
    asked = (
        say("asked: {level} (met 600, one level above 800, two 1000)", level=LEVELS[minimum])
        if minimum
        else say("no level is asked: N5 500, N4 800, N3 or better 1000, else 200")
    )
    held = say("recorded: {level}", level=level_name(int(c.level[i])))
    if c.expected_level[i] < 0:
        return asked, held
    expected = say(
        "expected by the sending organisation: {level} on {day}",
        level=LEVELS[c.expected_level[i]],
        day=day_of(c.expected_on[i]),
    )
    return asked, held, expected


def _readiness(problem: Problem, facts: Facts, i: int, j: int) -> Evidence:
    c, o = problem.candidates, problem.openings
    begins = c.available_from[i] if c.available_from[i] != NO_DAY else c.training_end[i]
    return (
        say(
            "available {day}; entry {start} (1000) to {end} (500)",
            day=day_or_blank(int(begins)),
            start=day_of(o.entry_from[j]),
            end=day_of(o.entry_to[j]),
        ),
        say(
            "passport until (less 100 if not valid): {day}",
            day=day_or_blank(int(c.passport_until[i])),
        ),
        say(
            "medical check (less 100 if not fit): {result}",
            result=MEDICALS.get(int(c.medical[i]), NOT_RECORDED),
        ),
        say(
            "family consent (less 100 if not yes): {answer}",
            answer=ANSWERS.get(int(c.family_consent[i]), NOT_RECORDED),
        ),
    )


def _wishes(problem: Problem, facts: Facts, i: int, j: int) -> Evidence:
    c, o, lists = problem.candidates, problem.openings, problem.lists
    job = int(lists.job_wishes[c.job_wish_row[i], o.job[j]])
    place = int(lists.prefecture_wishes[c.prefecture_wish_row[i], o.prefecture[j]])
    return (
        say("job type (60 of 100): {rank}", rank=_rank(job)),
        say("prefecture (40 of 100): {rank}", rank=_rank(place)),
    )


def _rank(rank: int) -> Phrase:
    match rank:
        case 0:
            return say("no wish stated, 500")
        case _ if rank == OTHER_WISH:
            return say("not among the wishes, 300")
        case _ if rank == UNKNOWN_WISH:
            return say("the prefecture is not recorded, 300 to 1000")
        case _:
            return say(
                "wish number {rank}, {value}", rank=rank, value=str(WISH_LOW[min(rank, LATER_WISH)])
            )


def _waiting(problem: Problem, facts: Facts, i: int, j: int) -> Evidence:
    accepted = int(problem.candidates.accepted_on[i])
    if accepted == NO_DAY:
        return (say("accepted: not recorded"),)
    return (
        say(
            "accepted {day}: {days} days waited of 360",
            day=day_of(accepted),
            days=facts.on - accepted,
        ),
    )


def _cost(problem: Problem, facts: Facts, i: int, j: int) -> Evidence:
    cost = int(problem.openings.cost[j])
    if cost == UNKNOWN:
        return (say("still to pay: not recorded"),)
    return (say("still to pay: Rp {cost} (Rp {cap} scores 0)", cost=cost, cap=facts.cost_cap),)


BEHIND: dict[str, Callable[[Problem, Facts, int, int], Evidence]] = {
    "skill_fit": _skill_fit,
    "extra_needs": _extra,
    "training": _training,
    "language": _language,
    "readiness": _readiness,
    "wishes": _wishes,
    "waiting": _waiting,
    "cost": _cost,
}
