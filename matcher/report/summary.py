"""The summary of a batch, meant to be read out in a meeting."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.criteria import STEP_VALUES, WISH_LOW
from matcher.explain import Summary
from matcher.explain.summary import Group
from matcher.language import Fact, Phrase, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.blocking import tell_stable
from matcher.report.given import tell_given
from matcher.report.limits import tell_limits
from matcher.report.meeting import SPOKEN, tell_asked, tell_decided, tell_promise
from matcher.report.outcomes import tell_outcomes
from matcher.report.promises import (
    tell_costs,
    tell_questions,
    tell_regimes,
    tell_rulings,
    tell_wishes,
)
from matcher.report.proved import tell_proof
from matcher.report.words import (
    EMPTY_CAUSES,
    RULE_NAMES,
    UNPLACED_CAUSES,
    points,
)

METHODS = {
    "divided": say(
        "Quotas that cross were divided in every way; the plan is the best of all of them."
    ),
    "milp": say(
        "Limits that cross, budgets, people together or apart, or least numbers bear on this plan;"
        " what is proved of it is said below."
    ),
    "stable": say("People and job orders chose each other (mode “stable”)."),
}
NOT_RECORDED = say("not recorded")


def tell_summary(result: Result, summary: Summary, *, blind: bool = False) -> list[Phrase]:
    """Return the summary's sentences, what is asked last; in a `blind` copy without the ids of rows
    left out, and without enforced wishes, which tell of people."""
    settings = result.problem.settings
    lines = [
        say(
            "PROPOSAL, not yet a decision. {name}, as of {day}.",
            name=settings.name,
            day=settings.on,
        ),
        *tell_given(result.problem),
        _people(summary),
        *_left_out(result, blind),
        *_seats(summary),
        *tell_regimes(summary),
        say("By centre (proposed/taking part): {groups}.", groups=_shares(summary.centres)),
        say(
            "By trade (people/fitting seats/proposed; seats may fit several trades): {groups}.",
            groups=_fields(summary.trades),
        ),
    ]
    if summary.unplaced:
        causes = _counted(UNPLACED_CAUSES, summary.unplaced_causes)
        lines.append(say("Why people are without a host so far: {causes}.", causes=causes))
    lines.append(
        say("Waiting more than 180 days without a proposal: {n} people.", n=summary.long_waiting)
    )
    lines += _to_complete(summary)
    lines += [
        *tell_questions(summary),
        *tell_decided(summary, settings.seed),
        *tell_limits(result),
        *tell_outcomes(result, summary.outcomes),
        *([] if blind else tell_wishes(result, summary)),
        *tell_rulings(settings),
        *tell_costs(summary),
        tell_promise(result.problem, summary.method),
        *tell_proof(result),
        *tell_stable(result),
        tell_asked(summary),
    ]
    return lines


def _left_out(result: Result, blind: bool) -> list[Phrase]:
    """Return how many rows were left out because they were refused, nothing where none was."""
    problem = result.problem
    total = sum(count.refused for count in problem.counts)
    if not problem.left_out and not total:
        return []
    rows = () if blind else problem.left_out[:SPOKEN]
    if total > len(rows):
        rows = (*rows, f"… +{total - len(rows)}")
    told = say(
        "Left out because their rows have faults (see problems.csv): {n} rows: {rows}. They could"
        " change the plan once they are mended.",
        n=total,
        rows=rows,
    )
    return [told]


def tell_exchange_rates(problem: Problem) -> list[Phrase]:
    """Return what a step in one criterion is worth in another, under the weights in force; nothing
    where scores are given."""
    if problem.given is not None:
        return []
    weights = problem.settings.weights
    year = 1000 * weights.waiting
    wish = int(WISH_LOW[1] - WISH_LOW[-1]) * weights.wishes
    step = int(STEP_VALUES[1] - STEP_VALUES[0]) * weights.language
    in_fit = str(year // weights.skill_fit // 10) if weights.skill_fit else "—"
    told = say(
        "What weighs how much: a year of waiting = {year} of 100 points of skill fit; a first wish"
        " over a job order not wished = {wish} points of the whole; one level of Japanese above the"
        " minimum = {step}.",
        year=in_fit,
        wish=points(wish, 1),
        step=points(step, 1),
    )
    return [told]


def _people(summary: Summary) -> Phrase:
    return say(
        "People {people}: {present} take part ({withdrawn} withdrew, {held} on hold). Proposed"
        " {proposed}, of these {conditional} conditional; without a host so far {unplaced}.",
        people=summary.people,
        present=summary.present,
        withdrawn=summary.withdrawn,
        held=summary.held,
        proposed=summary.proposed,
        conditional=summary.conditional,
        unplaced=summary.unplaced,
    )


def _seats(summary: Summary) -> list[Phrase]:
    lines = [_seats_told(summary)]
    if summary.method in METHODS:
        lines.append(METHODS[summary.method])
    if summary.empty:
        causes = _counted(EMPTY_CAUSES, summary.empty_causes)
        lines.append(say("Empty seats: {causes}.", causes=causes))
    return lines


def _seats_told(summary: Summary) -> Phrase:
    facts: dict[str, Fact] = {
        "seats": summary.seats,
        "filled": summary.filled,
        "conditional": summary.conditional,
        "empty": summary.empty,
    }
    closed: dict[str, Fact] = {"closed": summary.seats - summary.usable, "usable": summary.usable}
    match summary.quotas_checked, summary.limited:
        case True, True:
            return say(
                "Seats {seats}: {closed} closed by quotas and limits, {usable} open under them;"
                " filled {filled}, of these {conditional} conditional; empty {empty}.",
                **facts,
                **closed,
            )
        case True, False:
            return say(
                "Seats {seats}: {closed} closed by quotas, {usable} open under them; filled"
                " {filled}, of these {conditional} conditional; empty {empty}.",
                **facts,
                **closed,
            )
        case False, True:
            return say(
                "Seats {seats} (quotas not checked): {closed} closed by limits, {usable} open under"
                " them; filled {filled}, of these {conditional} conditional; empty {empty}.",
                **facts,
                **closed,
            )
        case _:
            return say(
                "Seats {seats} (quotas not checked): filled {filled}, of these {conditional}"
                " conditional; empty {empty}.",
                **facts,
            )


def _to_complete(summary: Summary) -> list[Phrase]:
    lines = []
    if summary.open_rules:
        rules = tuple(
            say("{rule} {n}", rule=RULE_NAMES[name], n=count)
            for name, count in summary.open_rules.items()
        )
        lines.append(say("To be completed before approval: {rules}.", rules=rules))
    if summary.certificates_due:
        lines.append(
            say(
                "To be shown when training ends: the certificate of {n} people now in class.",
                n=summary.certificates_due,
            )
        )
    if summary.deposits:
        cases = tuple(
            say("{school} {n}", school=school or NOT_RECORDED, n=n)
            for school, n in summary.deposits.items()
        )
        lines.append(
            say(
                "Deposits recorded at sending organisations, which is forbidden (T13), not through"
                " any fault of the people: {cases}.",
                cases=cases,
            )
        )
    return lines


def _counted(names: Mapping[str, Phrase], counts: Mapping[str, int]) -> tuple[Phrase, ...]:
    """Return the causes in the names' order, each with its number."""
    return tuple(
        Phrase(phrase.message, {"n": counts[name]})
        for name, phrase in names.items()
        if name in counts
    )


def _shares(groups: tuple[Group, ...]) -> Fact:
    return tuple(f"{g.name} {g.proposed}/{g.present}" if g.name else _blank(g) for g in groups)


def _blank(group: Group) -> Phrase:
    return say("not recorded {proposed}/{present}", proposed=group.proposed, present=group.present)


def _fields(groups: tuple[Group, ...]) -> Fact:
    return tuple(
        say(
            "{trade} {present}/{seats}/{proposed}",
            trade=g.name or NOT_RECORDED,
            present=str(g.present),
            seats=str(g.seats),
            proposed=str(g.proposed),
        )
        for g in groups
    )
