"""What is held and what is required, for the rules about people."""

from __future__ import annotations

from matcher.explain.needs import meet_need
from matcher.explain.reasons.worded import (
    ANSWERS,
    MEDICALS,
    NOT_RECORDED,
    RESULTS,
    Held,
    Reason,
    day_or_blank,
    level_name,
    names_of_conditions,
    skill_name,
)
from matcher.fit import Facts
from matcher.language import Fact, say
from matcher.problem import ESD, LEVELS, NO_DAY, UNKNOWN, YES, Problem, day_of
from matcher.rules import SAME_TRADE_MONTHS
from matcher.vocabulary import load_vocabulary
from matcher.vocabulary.skills import SAME


def _age(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    years, o = facts.law.number("adult_age"), problem.openings
    adult_on = int(problem.candidates.adult_on[i])
    known = adult_on != NO_DAY
    return (
        say("{age} on {day}", age=years, day=day_of(adult_on)) if known else NOT_RECORDED,
        say(
            "{age} on the day of entry, {first} to {last}",
            age=years,
            first=day_of(o.entry_from[j]),
            last=day_of(o.entry_to[j]),
        ),
    )


def _trained(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    c, o, lists = problem.candidates, problem.openings, problem.lists
    profile, job = c.profile[i], o.job[j]
    programme: Fact = say("programme not recorded")
    if c.programme[i] != UNKNOWN:
        programme = load_vocabulary().programmes[lists.programmes[c.programme[i]]].name
    reached = (
        say("an essential skill is reached")
        if facts.reached[profile, job]
        else say("no essential skill is reached")
    )
    held = say(
        "{programme}: skill fit {fit} of 1000, {reached}; {months} months in the trade",
        programme=programme,
        fit=str(facts.fit[profile, job]),
        reached=reached,
        months=int(lists.experience[c.experience_row[i], o.category[j]]),
    )
    if o.any_trade[j] == YES:
        answer = ANSWERS.get(int(c.accepts_any_trade[i]), NOT_RECORDED)
        held = say("{held}; accepts any trade: {answer}", held=held, answer=answer)
    return held, say(
        "an essential skill and skill fit {fit} of 1000, or {months} months in the trade, or any"
        " trade asked and accepted",
        fit=str(facts.min_skill_fit),
        months=SAME_TRADE_MONTHS,
    )


def _former(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    answer = ANSWERS.get(int(problem.candidates.former_trainee[i]), NOT_RECORDED)
    held = say("trainee in Japan before: {answer}", answer=answer)
    if problem.openings.stage[j] > 1:
        return held, say("the stage before this one done, and this one not yet")
    return held, say("never a trainee of this stage before")


def _japanese(problem: Problem, i: int, j: int, minimum: int) -> Held:
    c = problem.candidates
    held = level_name(int(c.level[i]))
    if c.expected_level[i] >= 0:
        held = say(
            "{level}; the sending organisation expects {expected} on {day}",
            level=held,
            expected=LEVELS[c.expected_level[i]],
            day=day_of(c.expected_on[i]),
        )
    day = day_of(problem.openings.entry_from[j])
    return held, say("{level} or equal on {day}", level=LEVELS[minimum], day=day)


def _japanese_law(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    o, law, care = problem.openings, facts.law, bool(facts.orders.care[j])
    later = int(facts.orders.later_level[j])
    held, required = _japanese(problem, i, j, int(o.law_level[j]))
    if care and problem.candidates.jft[i]:
        held = say("{level} by JFT-Basic, which care work does not count", level=held)
    if later:
        level = LEVELS[later]
        required = say(
            "{required}; {level}, or going on with studies until the end of year 3",
            required=required,
            level=level,
        )
    if o.regime[j] == ESD and not care:
        required = say(
            "{required}, or a course of {course} hours within {lectures} hours of lectures",
            required=required,
            course=law.number("esd_course_hours"),
            lectures=law.numbers("esd_lecture_hours")[0],
        )
    return held, required


def _japanese_order(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    return _japanese(problem, i, j, int(problem.openings.order_level[j]))


def _must(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    profile, profiles = problem.candidates.profile[i], problem.lists.profiles
    needs = problem.lists.needs[problem.openings.needs_row[j]]
    musts = [need for need in needs if need.must]
    held, taught = [], problem.candidates.programme[i] != UNKNOWN
    for need in musts:
        state = say("not evidenced and not taught") if taught else say("not evidenced")
        if meet_need(profiles.shown[profile], need.skill_id, need.level)[3] == SAME:
            state = say("evidenced")
        elif meet_need(profiles.whole[profile], need.skill_id, need.level)[3] == SAME:
            state = say("taught by the programme, tested in the interview")
        held.append(say("{skill} {state}", skill=skill_name(need.skill_id), state=state))
    required = tuple(
        say("{skill} at level {level}", skill=skill_name(need.skill_id), level=need.level)
        for need in musts
    )
    return say("{skills}", skills=tuple(held)), say("{skills}", skills=required)


def _conditions(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    asked = int(problem.openings.conditions[j])
    refused = asked & int(problem.candidates.refuses[i])
    silent = asked & ~int(problem.candidates.accepts[i]) & ~refused
    held = (
        say("does not accept: {conditions}", conditions=names_of_conditions(refused))
        if refused
        else say("not yet answered: {conditions}", conditions=names_of_conditions(silent))
    )
    return held, say("the work brings: {conditions}", conditions=names_of_conditions(asked))


def _refused_work(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    o, lists = problem.openings, problem.lists
    required = say("the person accepts job type and place")
    if lists.refused_jobs[problem.candidates.refusal_row[i], o.job[j]]:
        number = lists.operations[o.job[j]]
        return say("does not accept {thing}", thing=number), required
    if o.prefecture[j] == UNKNOWN:
        return say("the prefecture of the job order is not recorded"), required
    place = load_vocabulary().prefectures[lists.prefectures[o.prefecture[j]]]
    return say("does not accept {thing}", thing=place), required


def _result(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    c = problem.candidates
    held = say(
        "training {result}, ends: {day}",
        result=RESULTS.get(int(c.training_result[i]), NOT_RECORDED),
        day=day_or_blank(int(c.training_end[i])),
    )
    return held, say("passed by {day}", day=day_of(problem.openings.entry_to[j]))


def _medical(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    held = MEDICALS.get(int(problem.candidates.medical[i]), NOT_RECORDED)
    return held, say("medically fit")


def _wants(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    return say("does not want to go abroad"), say("the person wants to go")


OF_PEOPLE: dict[str, Reason] = {
    "age": _age,
    "trained_for": _trained,
    "former_trainee": _former,
    "japanese_law": _japanese_law,
    "japanese_order": _japanese_order,
    "must_skills": _must,
    "conditions": _conditions,
    "refused_work": _refused_work,
    "training_result": _result,
    "medical": _medical,
    "wants_abroad": _wants,
}
