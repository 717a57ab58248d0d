"""What is held and what is required, for prior experience (T9, T16), and on which route it
passes."""

from __future__ import annotations

import numpy as np

from matcher.explain.reasons.worded import NOT_RECORDED, RESULTS, Held, Reason
from matcher.fit import Facts
from matcher.fit.lessons import LONGEST_JP, SHORTEST_JP
from matcher.language import Phrase, say
from matcher.problem import UNKNOWN, Problem, day_of
from matcher.rules import (
    ROUTES,
    SAME_TRADE_MONTHS,
    is_own_trade,
    prior_experience,
    prior_experience_route,
    training_at_entry,
)
from matcher.rules.training import Training, fewest_days


def name_route(problem: Problem, facts: Facts, candidate: int, opening: int) -> Phrase | None:
    """Return on which route of T9 a pair has prior experience, with its hours; None where on
    none, or where none is asked."""
    i, j = candidate, opening
    c, o = problem.candidates.at([i]), problem.openings.at([j])
    match ROUTES[prior_experience_route(c, o, facts).item()]:
        case "experience":
            return say("{months} months in the trade", months=_months(problem, i, j))
        case "training":
            training = training_at_entry(c, o, facts)
            return say(
                "training before entry: {hours} hours, of them {trade} for the trade",
                hours=_hours(training.total(0)),
                trade=_hours(training.for_trade(0, own=True)),
            )
        case "course":
            return say("course: {lessons} JP", lessons=int(problem.candidates.training_jp[i]))
        case "agreement" if facts.agreement is not None:
            return say("claimed by the programme: {text}", text=facts.agreement)
        case _:
            return None


def _prior(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    c, o, law = problem.candidates.at([i]), problem.openings.at([j]), facts.law
    training, own = training_at_entry(c, o, facts), bool(is_own_trade(c, o, facts)[0])
    total, trade = _hours(training.total(0)), _hours(training.for_trade(0, own=own))
    parts = [_recorded(problem, i, training, total)]
    known = bool(total) or not _is_silent(problem, i, training)
    if known and total < law.number("titp_hours"):
        least = law.number("titp_hours")
        parts.append(say("{n} hours short of {least}", n=least - total, least=least))
    if known and trade < law.number("titp_trade_hours"):
        least = law.number("titp_trade_hours")
        parts.append(say("{n} hours for the trade of {least}", n=trade, least=least))
    if problem.candidates.programme[i] == UNKNOWN:
        parts.append(say("the programme is not recorded"))
    elif not own:
        parts.append(say("the programme is not for this trade"))
    days, least = int(training.days[0]), fewest_days(law.number("titp_months"))
    if days < 0:
        parts.append(say("dates not recorded"))
    elif days < least:
        parts.append(say("{n} days of training of {least}", n=days, least=least))
    months = _months(problem, i, j)
    if months:
        parts.append(say("{months} months in the trade", months=months))
    day = day_of(problem.openings.entry_to[j])
    fails, _ = prior_experience(c, o, facts)
    parts.append(
        say("no longer possible by {day}", day=day)
        if fails.any()
        else say("possible by {day}", day=day)
    )
    return say("{facts}", facts=tuple(parts)), say(
        "{hours} hours, of them {trade} for the trade, in {n} months; or {months} months in the"
        " trade, a course that counts (T9b), or the programme's agreement",
        hours=law.number("titp_hours"),
        trade=law.number("titp_trade_hours"),
        n=law.number("titp_months"),
        months=SAME_TRADE_MONTHS,
    )


def _is_silent(problem: Problem, i: int, training: Training) -> bool:
    """Return whether what was done of the lesson hours is not recorded."""
    silent = problem.candidates.jp_done[i] == UNKNOWN and not training.lessons[0]
    return bool(silent or training.unrecorded[0])


def _recorded(problem: Problem, i: int, training: Training, total: int) -> Phrase:
    c = problem.candidates
    if training.unrecorded[0]:
        return say("training hours not recorded")
    if _is_silent(problem, i, training):
        return say(
            "lesson hours done not recorded (the course has {n} JP; result: {result})",
            n=max(0, int(c.training_jp[i])),
            result=RESULTS.get(int(c.training_result[i]), NOT_RECORDED),
        )
    stated = int(c.minutes_per_jp[i])
    minutes = str(stated) if stated != UNKNOWN else f"{SHORTEST_JP}–{LONGEST_JP}"
    lessons = say(
        "{lessons} JP × {minutes} minutes", lessons=int(training.lessons[0]), minutes=minutes
    )
    school = _hours(training.at_school[0])
    if school:
        lessons = say(
            "{lessons} + {n} hours at the sending organisation", lessons=lessons, n=school
        )
    return say("{sum} = {total} hours recorded", sum=lessons, total=total)


def _care(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    c, o = problem.candidates, problem.openings
    months = _months(problem, i, j)
    held = say("{months} months in the trade, no certificate of it", months=months)
    if facts.reached[c.profile[i], o.job[j]]:
        held = say("{held}; a course in care, its certificate not recorded", held=held)
    return held, say(
        "{months} months of care work, a course or licence in nursing, or a certificate of care",
        months=SAME_TRADE_MONTHS,
    )


def _months(problem: Problem, i: int, j: int) -> int:
    c, o, lists = problem.candidates, problem.openings, problem.lists
    return int(lists.experience[c.experience_row[i], o.category[j]])


def _hours(minutes: np.integer | np.ndarray) -> int:
    return int(np.asarray(minutes).reshape(-1)[0]) // 60


OF_EXPERIENCE: dict[str, Reason] = {"prior_experience": _prior, "care_experience": _care}
