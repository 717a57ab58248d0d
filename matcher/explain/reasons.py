"""What is held and what is required, for each rule that a pair fails or leaves open."""

from __future__ import annotations

from collections.abc import Callable

from matcher.explain.needs import meet_need
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
    UNKNOWN,
    YES,
    Problem,
    day_of,
)
from matcher.rules import SAME_TRADE_MONTHS
from matcher.vocabulary import load_vocabulary
from matcher.vocabulary.skills import SAME

Held = tuple[Phrase, Phrase]
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


def held_and_required(
    problem: Problem, facts: Facts, rule: str, candidate: int, opening: int
) -> Held:
    """Return what is recorded of the person and what the rule asks at the opening."""
    return REASONS[rule](problem, facts, candidate, opening)


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


def _age(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    window = day_of(problem.openings.entry_from[j])
    return (
        say("18 on {day}", day=day_of(problem.candidates.adult_on[i])),
        say("18 on the day of entry, from {day}", day=window),
    )


def _stage(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    stages = ("", "i", "ii", "iii")
    return (
        say("the job type reaches stage {stage}", stage=stages[problem.openings.highest_stage[j]]),
        say("stage {stage}", stage=stages[problem.openings.stage[j]]),
    )


def _trained(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    c, o, lists = problem.candidates, problem.openings, problem.lists
    profile, job = c.profile[i], o.job[j]
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
    return (
        answer,
        say("which stage was done before is shown, none at this stage"),
    )


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
    held, required = _japanese(problem, i, j, int(problem.openings.law_level[j]))
    if problem.candidates.jft[i]:
        held = say("{level} by JFT-Basic, which care work does not count", level=held)
    return held, required


def _japanese_order(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    return _japanese(problem, i, j, int(problem.openings.order_level[j]))


def _must(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    profile, profiles = problem.candidates.profile[i], problem.lists.profiles
    needs = problem.lists.needs[problem.openings.needs_row[j]]
    musts = [need for need in needs if need.must]
    held = []
    for need in musts:
        state = say("not evidenced and not taught")
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


def _available(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    return (
        say("available from {day}", day=day_of(problem.candidates.available_from[i])),
        say("by {day}", day=day_of(problem.openings.entry_to[j])),
    )


def _order_open(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    return (
        say("the order closed on {day}", day=day_of(problem.openings.closes[j])),
        say("open on {day}", day=day_of(facts.on)),
    )


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


def _school(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    school, lists = int(problem.candidates.school[i]), problem.lists
    allowed = lists.senders[:, problem.openings.senders_row[j]]
    names = tuple(name for name, open_to in zip(lists.schools, allowed, strict=False) if open_to)
    held = (
        say("sending organisation {school}", school=lists.schools[school])
        if school >= 0
        else NOT_RECORDED
    )
    return held, say("one of the sending organisations {schools}", schools=names)


def _decision(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    person, opening = problem.candidate_ids[i], problem.opening_ids[j]
    for decision in problem.decisions:
        barring = decision.action in ("forbid", "hold", "withdraw")
        if (
            barring
            and decision.candidate_id in ("", person)
            and decision.opening_id in ("", opening)
        ):
            return (
                say(
                    "{reason} ({by}, {day})",
                    reason=decision.reason,
                    by=decision.by,
                    day=decision.on,
                ),
                say("no decision against it"),
            )
    return NOT_RECORDED, say("no decision against it")


REASONS: dict[str, Callable[[Problem, Facts, int, int], Held]] = {
    "age": _age,
    "job_stage": _stage,
    "trained_for": _trained,
    "former_trainee": _former,
    "japanese_law": _japanese_law,
    "japanese_order": _japanese_order,
    "must_skills": _must,
    "conditions": _conditions,
    "refused_work": _refused_work,
    "entry_window": _available,
    "order_open": _order_open,
    "training_result": _result,
    "medical": _medical,
    "wants_abroad": _wants,
    "school_allowed": _school,
    "decision": _decision,
}
