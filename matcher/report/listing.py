"""What `show` lists: proposals, people without a host, openings, or one of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.explain import judge_pairs, rivals_of
from matcher.explain.ceilings import Ceilings, ceilings_of
from matcher.explain.seats import seats_within
from matcher.language import Fact, Phrase, Words, say
from matcher.limits import SetLimit
from matcher.pipeline import Result
from matcher.problem import NO_DAY, Standing
from matcher.problem.outcomes import LOCKED, current_steps
from matcher.quotas import Cap
from matcher.report.hosts import CLOSED, quota_lines
from matcher.report.records import loss_by_name
from matcher.report.reserves import list_reserves_of
from matcher.report.tables import table_proofs
from matcher.report.titled import titled, work_of
from matcher.report.words import (
    KINDS,
    LOSSES,
    RULE_NAMES,
    STATES,
    STEPS,
    VERDICTS,
    state_of,
    told_score,
)
from matcher.rules import RULES

SHORT = {
    "deposit": say("on hold: deposit at the sending organisation"),
    "hold": STATES["held"],
    "withdraw": STATES["withdrawn"],
    "outcome_hold": say("on hold: reason on record with an earlier proposal"),
    "outcome_withdraw": STATES["withdrawn"],
}
PERSON = (say("candidate"), say("name"))


def list_placements(result: Result, words: Words) -> str:
    """Return the proposals as a table of text."""
    problem, plan = result.problem, result.plan
    rows = []
    for person in np.flatnonzero(plan.opening >= 0).tolist():
        opening, row = int(plan.opening[person]), int(plan.row[person])
        conditional = bool(result.screening.conditional[row])
        rows.append(
            (
                problem.candidate_ids[person],
                problem.labels.candidate_names[person],
                problem.opening_ids[opening],
                *work_of(problem, opening, words),
                words(told_score(problem, int(result.scores.score[row]), 2)),
                words(_standing(result, person, conditional)),
            )
        )
    titles = (*PERSON, say("job order"), say("host"), say("work"), say("score"), say("state"))
    return titled(say("Proposals"), titles, rows, words)


def list_unplaced(result: Result, words: Words) -> str:
    """Return the people without a proposal as a table of text."""
    problem, plan = result.problem, result.plan
    eligible = np.bincount(result.screening.candidate, minlength=len(problem.candidate_ids))
    rows = []
    for person in np.flatnonzero(plan.opening < 0).tolist():
        accepted = int(problem.candidates.accepted_on[person])
        present = problem.standing[person] == Standing.PRESENT
        state = STATES["unplaced"] if present else SHORT[problem.standing_cause[person]]
        rows.append(
            (
                problem.candidate_ids[person],
                problem.labels.candidate_names[person],
                problem.labels.kejuruan[person],
                "" if accepted == NO_DAY else str(result.facts.on - accepted),
                str(int(eligible[person])) if present else "",
                words(state),
            )
        )
    titles = (*PERSON, say("trade"), say("days waited"), say("may be proposed for"), say("state"))
    return titled(say("Without a proposal"), titles, rows, words)


def list_openings(result: Result, words: Words) -> str:
    """Return the openings as a table of text."""
    problem = result.problem
    placed = result.plan.opening[result.plan.opening >= 0]
    filled = np.bincount(placed, minlength=len(problem.openings))
    eligible = np.bincount(result.screening.opening, minlength=len(problem.openings))
    _, closed = seats_within(result)
    ceilings = ceilings_of(result)
    rows = [
        (
            opening_id,
            *work_of(problem, opening, words),
            str(int(problem.openings.seats[opening])),
            str(int(closed[opening])),
            str(int(filled[opening])),
            str(int(eligible[opening])),
            words(tell_one_more(result, opening, ceilings)),
        )
        for opening, opening_id in enumerate(problem.opening_ids)
    ]
    titles = (
        say("job order"),
        say("host"),
        say("work"),
        say("seats"),
        CLOSED,
        say("filled"),
        say("may be proposed"),
        say("one seat more adds"),
    )
    return titled(say("Job orders"), titles, rows, words)


def show_opening(result: Result, opening: int, words: Words) -> str:
    """Return one opening: who is proposed, what a seat more adds, whom each rule refused."""
    problem, plan, screening = result.problem, result.plan, result.screening
    host, work = work_of(problem, opening, words)
    people = np.flatnonzero(plan.opening == opening).tolist()
    one_more = tell_one_more(result, opening, ceilings_of(result))
    lines = [
        words(
            say(
                "{opening}, host {host}, {work}: {seats} seats, {filled} filled.",
                opening=problem.opening_ids[opening],
                host=host,
                work=work,
                seats=int(problem.openings.seats[opening]),
                filled=len(people),
            )
        ),
        words(say("One seat more adds: {value}.", value=one_more)),
        *(f"  · {words(line)}" for line in quota_lines(result, [opening])),
        "",
    ]
    rows = [
        (
            problem.candidate_ids[person],
            problem.labels.candidate_names[person],
            words(told_score(problem, int(result.scores.score[plan.row[person]]), 2)),
            words(_standing(result, person, bool(screening.conditional[plan.row[person]]))),
        )
        for person in people
    ]
    titles = (*PERSON, say("score"), say("state"))
    lines.append(titled(say("Proposals"), titles, rows, words))
    lines.append(list_reserves_of(result, opening, words))
    lines.append(_rivals(result, opening, words))
    lines.append(_rules_at(result, opening, words))
    return "\n".join(lines)


def _rules_at(result: Result, opening: int, words: Words) -> str:
    """Return how many people each rule refuses here, or leaves with something to show."""
    screening = result.screening
    counts = zip(
        RULES,
        screening.fails_of_openings[opening].tolist(),
        screening.unknowns_of_openings[opening].tolist(),
        strict=True,
    )
    rules = [
        (words(rule.label), words(KINDS[rule.kind]), str(fails), str(unknown))
        for rule, fails, unknown in counts
        if fails or unknown
    ]
    ruled = (say("rule"), say("kind"), say("people who do not meet it"), say("to be shown"))
    return titled(say("Rules at this job order"), ruled, rules, words)


def _rivals(result: Result, opening: int, words: Words) -> str:
    """Return who else may be proposed here, and what the plan would lose by it."""
    rows = []
    for rival in rivals_of(result, judge_pairs(result), opening):
        named = loss_by_name(result, rival.loss) or {}
        rows.append(
            (
                result.problem.candidate_ids[rival.candidate],
                result.problem.labels.candidate_names[rival.candidate],
                words(told_score(result.problem, rival.score, 2)),
                str(named.get("placements", "")),
                words(told_score(result.problem, named["score"], 2)) if "score" in named else "",
                words(VERDICTS[rival.verdict]),
            )
        )
    titles = (*PERSON, say("score"), *LOSSES, say("why not"))
    return titled(say("Next at this job order"), titles, rows, words)


def list_proofs(result: Result, words: Words) -> str:
    """Return what is still to be shown before each conditional proposal is approved."""
    table = table_proofs(result, words)
    rows = [
        (candidate, opening, words(RULE_NAMES[rule]), held, required, due, who)
        for candidate, opening, rule, held, required, due, who, _ in table.to_numpy(str).tolist()
    ]
    asked = (say("rule"), say("recorded"), say("required"))
    titles = (PERSON[0], say("job order"), *asked, say("by when"), say("shown by"))
    return titled(say("To be shown before approval"), titles, rows, words)


def tell_one_more(result: Result, opening: int, ceilings: Ceilings) -> Phrase:
    """Return the lowest seat value as a phrase; under a full quota or limit a seat more adds
    nothing unless that grows too, and where one leaves too few to go ahead, nothing at all."""
    if opening in result.shut:
        quota = _named(result.shut[opening])
        return say("nothing: fewer may be there than it needs ({quota})", quota=quota)
    if result.stable or opening in result.waiting:
        return say("not reckoned")
    value, full = _worth(result, opening), ceilings.full_above(opening)
    if not full:
        return value
    return say(
        "nothing while {quota} is full; if that grows too: {value}", quota=_named(full), value=value
    )


def _named(sources: Sequence[Cap | SetLimit]) -> tuple[Fact, ...]:
    return tuple(one.name if isinstance(one, Cap) else one.label for one in sources)


def _worth(result: Result, opening: int) -> Phrase:
    """Return what one place more at an opening, and in all quotas above it, adds."""
    values = result.seat_values
    low = dict(zip(values.names, values.low[opening].tolist(), strict=True))
    places, score, kept = (low.get(name, 0) for name in ("placements", "score", "keep"))
    told = told_score(result.problem, score, 2)
    gain = say("{score} points", score=told) if score else say("nothing")
    if places:
        gain = say("{n} more proposed, {score} points", n=places, score=told)
    if not kept:
        return gain
    if not places and not score:
        return say("{n} more kept as proposed before", n=kept)
    return say("{gain}, {n} more kept as proposed before", gain=gain, n=kept)


def _standing(result: Result, person: int, conditional: bool) -> Fact:
    """Return the state of somebody proposed: of whoever has a seat on record, the last step."""
    problem = result.problem
    last = current_steps(problem.outcomes).get((person, int(result.plan.opening[person])))
    if last is not None and last.state in LOCKED:
        return STEPS[last.state]
    if person in problem.called:
        return say("reserve, called up")
    return STATES[state_of(True, conditional)]
