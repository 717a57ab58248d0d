"""What there is to say of anybody's plan: as text and JSON."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.explain.judged import Breach, Distance, Judged
from matcher.explain.judged.breaches import BELOW_FLOOR
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.blocking import list_pairs, table_pairs
from matcher.report.proved import NAMES
from matcher.report.render import render_json
from matcher.report.titled import Titles, titled
from matcher.report.words import told_score

KINDS = {
    "rule": say("rule not met"),
    "below_floor": say("below the floor of this batch"),
    "on_hold": say("takes no part"),
    "on_record": say("seat on record not kept"),
    "seats": say("more people than seats"),
    "quota": say("more people than a quota allows"),
    "limit": say("limit not kept"),
}
SCORES = ("score", "worst")


def show_judged(result: Result, judged: Judged, form: str, words: Words) -> str:
    """Return what is printed of a plan, as `text` or `json`."""
    if form == "json":
        return render_json(record_judged(result, judged, words))
    return _tell(result, judged, words)


def record_judged(result: Result, judged: Judged, words: Words) -> dict[str, object]:
    """Return what there is to say of a plan as a record: numbers and ids, and held and required in
    words; `proved` is whether the plan of `matcher run` is proved the best."""
    problem = result.problem
    people, openings = (*problem.candidate_ids, ""), (*problem.opening_ids, "")
    return {
        "plan": judged.file,
        "proposed": judged.proposed,
        "not_named": [people[person] for person in judged.unnamed],
        "best": judged.best,
        "proved": judged.proved,
        "differs_by_lottery_alone": judged.by_lottery,
        "breaches": [_record_breach(problem, one, words) for one in judged.breaches],
        "conditions": [
            {
                "candidate_id": people[pair.candidate],
                "opening_id": openings[pair.opening],
                "rule": view.rule.name,
                "held": words(view.held),
                "required": words(view.required),
            }
            for pair in judged.open
            for view in pair.rules
        ],
        "distances": [
            {"name": one.name, "plan": one.plan, "best": one.best, "difference": one.difference}
            for one in judged.distances
        ],
        "elsewhere": [
            {
                "candidate_id": people[one.candidate],
                "plan": openings[one.stated],
                "best": openings[one.best],
            }
            for one in judged.elsewhere
        ],
        "blocking": table_pairs(problem, judged.blocking).to_dict("records"),
    }


def _record_breach(problem: Problem, breach: Breach, words: Words) -> dict[str, str]:
    return {
        "kind": breach.kind,
        "candidate_id": (*problem.candidate_ids, "")[breach.candidate],
        "opening_id": (*problem.opening_ids, "")[breach.opening],
        "name": breach.name,
        "held": words(_plain(breach.held)),
        "required": words(_plain(breach.required)),
    }


def _plain(fact: Phrase | int) -> Fact:
    return str(fact) if isinstance(fact, int) else fact


def _tell(result: Result, judged: Judged, words: Words) -> str:
    problem = result.problem
    lines = [_tell_plan(judged), *_tell_unnamed(problem, judged), *_tell_verdict(judged)]
    parts = [
        "".join(f"{words(line)}\n" for line in lines),
        _breaches(problem, judged, words),
        _distances(problem, judged, words),
        _elsewhere(problem, judged, words),
        list_pairs(problem, judged.blocking, words),
        _conditions(problem, judged, words),
    ]
    return "\n".join(parts)


def _tell_plan(judged: Judged) -> Phrase:
    return say("The plan in {file}: {n} people proposed.", file=judged.file, n=judged.proposed)


def _tell_unnamed(problem: Problem, judged: Judged) -> list[Phrase]:
    if not judged.unnamed:
        return []
    few = tuple(problem.candidate_ids[person] for person in judged.unnamed[:5])
    names = (*few, "…") if len(judged.unnamed) > len(few) else few
    told = say(
        "Not named in it, and taken as without a host so far: {n} people ({names}).",
        n=len(judged.unnamed),
        names=names,
    )
    return [told]


def _tell_verdict(judged: Judged) -> Iterator[Phrase]:
    """Yield whether the plan breaks anything, and whether it is a best one."""
    if judged.breaches:
        yield say("It breaks what must be kept: {n} breaches.", n=len(judged.breaches))
        yield say(
            "The distance compares only what may be compared: pairs that no rule refuses and that"
            " are not below the floor. A plan that breaks seats, quotas or limits may come to more"
            " than any plan that keeps them."
        )
        return
    yield say("It breaks nothing that must be kept.")
    if judged.stable:
        yield _stable_verdict(judged)
    elif judged.ahead > 0:
        yield say(
            "It is better than the plan that `matcher run` finds, which is not proved to be the"
            " best."
        )
    elif judged.ahead < 0:
        yield say("It is not a best plan.")
    elif not judged.proved:
        yield say(
            "It is as good as the plan that `matcher run` finds, which is not proved to be the"
            " best."
        )
    elif judged.by_lottery:
        yield say(
            "It is a best plan: equal to the one of `matcher run` in everything but the lottery."
        )
    else:
        yield say("It is the best plan, that of `matcher run`.")


def _stable_verdict(judged: Judged) -> Phrase:
    if not judged.elsewhere:
        return say("It is the stable plan of `matcher run`.")
    if judged.blocking:
        return say("It is not stable: {n} pairs block it.", n=len(judged.blocking))
    return say(
        "It is stable, and not the stable plan of `matcher run`, in which people have what they"
        " would rather have."
    )


def _breaches(problem: Problem, judged: Judged, words: Words) -> str:
    titles: Titles = (
        *(say("breach"), say("candidate"), say("job order"), say("what")),
        *(say("in the plan"), say("required")),
    )
    people, openings = (*problem.candidate_ids, ""), (*problem.opening_ids, "")
    rows = [
        (
            words(KINDS[breach.kind]),
            people[breach.candidate],
            openings[breach.opening],
            words(breach.label),
            words(_told(problem, breach, breach.held)),
            words(_told(problem, breach, breach.required)),
        )
        for breach in judged.breaches
    ]
    return titled(say("Breaches"), titles, rows, words)


def _told(problem: Problem, breach: Breach, fact: Phrase | int) -> Fact:
    if isinstance(fact, int) and breach.kind == BELOW_FLOOR:
        return told_score(problem, fact, 2)
    return fact


def _conditions(problem: Problem, judged: Judged, words: Words) -> str:
    titles: Titles = (
        *(say("candidate"), say("job order"), say("still to be shown")),
        *(say("recorded"), say("required")),
    )
    rows = [
        (
            problem.candidate_ids[pair.candidate],
            problem.opening_ids[pair.opening],
            words(view.rule.label),
            words(view.held),
            words(view.required),
        )
        for pair in judged.open
        for view in pair.rules
    ]
    return titled(say("Conditions open"), titles, rows, words)


def _distances(problem: Problem, judged: Judged, words: Words) -> str:
    titles: Titles = (say("objective"), say("this plan"), _other(judged), say("difference"))
    rows = [
        (
            words(_name(distance)),
            *(
                words(_number(problem, distance, number))
                for number in (distance.plan, distance.best, distance.difference)
            ),
        )
        for distance in judged.distances
    ]
    title = say("Distance from the {plan}, first things first", plan=_other(judged))
    return titled(title, titles, rows, words)


def _other(judged: Judged) -> Phrase:
    """Return what the plan is set beside."""
    if judged.stable:
        return say("stable plan")
    return say("best plan") if judged.proved else say("plan of `matcher run`")


def _name(distance: Distance) -> Phrase:
    if distance.name == "worst_placed":
        return NAMES["placements"]
    if distance.name == "worst":
        return say("lowest score in which they differ")
    return NAMES[distance.name]


def _number(problem: Problem, distance: Distance, number: int) -> Fact:
    return told_score(problem, number, 2) if distance.name in SCORES else number


def _elsewhere(problem: Problem, judged: Judged, words: Words) -> str:
    titles: Titles = (say("candidate"), say("this plan"), _other(judged))
    openings = (*problem.opening_ids, words(say("without a host so far")))
    rows = [
        (problem.candidate_ids[one.candidate], openings[one.stated], openings[one.best])
        for one in judged.elsewhere
    ]
    title = say("Standing elsewhere than in the {plan}", plan=_other(judged))
    return titled(title, titles, rows, words)
