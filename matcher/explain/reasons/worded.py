"""Words for what columns hold: days, levels, results, names of jobs and skills."""

from __future__ import annotations

from collections.abc import Callable

from matcher.fit import Facts
from matcher.language import Name, Phrase, say
from matcher.problem import (
    CONDITIONS,
    FIT,
    IN_PROGRESS,
    LEVELS,
    NO,
    NO_DAY,
    NOT_PASSED,
    NOT_TESTED,
    PASSED,
    PENDING,
    UNFIT,
    YES,
    Problem,
    day_of,
)
from matcher.vocabulary import load_vocabulary

Held = tuple[Phrase, Phrase]
Reason = Callable[[Problem, Facts, int, int], Held]
NOT_RECORDED = say("not recorded")
RESULTS = {
    PASSED: say("passed"),
    NOT_PASSED: say("not passed"),
    IN_PROGRESS: say("in progress"),
}
MEDICALS = {
    FIT: say("medically fit"),
    UNFIT: say("not medically fit"),
    PENDING: say("result pending"),
}
ANSWERS = {YES: say("yes"), NO: say("no")}
CONDITION_NAMES = {
    "pork": say("pork"),
    "alcohol": say("alcohol"),
    "night_shift": say("night shift"),
    "heights": say("work at heights"),
    "cold_store": say("work in a cold store"),
    "no_prayer_place": say("no place to pray"),
    "no_headscarf": say("no headscarf at work"),
}


def day_or_blank(number: int) -> Phrase:
    """Return a day as a phrase."""
    return NOT_RECORDED if number == NO_DAY else say("{day}", day=day_of(number))


def level_name(code: int) -> Phrase:
    """Return a level of Japanese as a phrase."""
    if code == NOT_TESTED:
        return say("not tested")
    return NOT_RECORDED if code < 0 else say("none") if code == 0 else say(LEVELS[code])


def names_of_conditions(bits: int) -> tuple[Phrase, ...]:
    """Return the names of conditions held in bits."""
    return tuple(CONDITION_NAMES[name] for at, name in enumerate(CONDITIONS) if bits >> at & 1)


def skill_name(skill_id: str) -> Name:
    """Return a skill's name."""
    return load_vocabulary().skills[skill_id].name


def job_name(problem: Problem, opening: int) -> Name:
    """Return the name of an opening's operation."""
    number = problem.lists.operations[problem.openings.job[opening]]
    return load_vocabulary().job_types[number].operation
