"""An explanation found and told: of a candidate, of a candidate at one opening, or at every one."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from matcher.check.unknown import name_unknown
from matcher.errors import UsageError
from matcher.explain import Explanation, PairView, explain_candidate, explain_pair
from matcher.explain.winning import Winning, winning_changes
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.problem import Problem, Standing
from matcher.report.explanation import tell_candidate, tell_pair
from matcher.report.outcomes import record_steps, tell_record
from matcher.report.promises import show_settled, tell_settled
from matcher.report.records import record_candidate, record_pair, table_pair
from matcher.report.render import render_csv, render_json
from matcher.report.tables import table_alternatives
from matcher.report.why_not import table_reasons, tell_all
from matcher.report.winning import record_winning, tell_winning


@dataclass(frozen=True, eq=False)
class Explained:
    """Why a candidate is proposed or not: everywhere (`why`, and what would be `enough` in this
    round for somebody without a host), or at one opening (`view`)."""

    candidate: int
    opening: int | None
    why: Explanation | None
    enough: Winning | None
    view: PairView | None


def find_explanation(result: Result, candidate: str, opening: str | None = None) -> Explained:
    """Return the explanation of a candidate, or of a candidate at an opening, by their ids; raises
    `UsageError` for an id that is not known."""
    problem = result.problem
    person = _person(problem, candidate)
    if opening is None:
        why = explain_candidate(result, person)
        return Explained(person, None, why, winning_changes(result, person), None)
    if opening not in problem.opening_ids:
        raise UsageError(name_unknown(problem, opening, problem.opening_ids))
    place = problem.opening_ids.index(opening)
    return Explained(person, place, None, None, explain_pair(result, person, place))


def show_explained(result: Result, found: Explained, form: str, words: Words) -> str:
    """Return an explanation in the form asked for."""
    problem, person, place = result.problem, found.candidate, found.opening
    match form:
        case "json":
            settled = [words(line) for line in tell_settled(problem)]
            steps = record_steps(result, person, place)
            return render_json({**_record(result, found, words), **steps, "settled": settled})
        case "csv":
            return render_csv(_table(result, found))
        case _:
            on_record = tell_record(result, words, person, place)
            return _text(result, found, words) + on_record + show_settled(problem, words)


def show_explanation(
    result: Result, candidate: str, opening: str | None, form: str, words: Words
) -> str:
    """Return the explanation of a candidate, or of a candidate at an opening, in a form."""
    return show_explained(result, find_explanation(result, candidate, opening), form, words)


def show_every_opening(result: Result, candidate: str, form: str, words: Words) -> str:
    """Return why a candidate is not proposed at each opening but their own."""
    person = _person(result.problem, candidate)
    if form == "text" and result.problem.standing[person] != Standing.PRESENT:
        return show_explanation(result, candidate, None, form, words)
    if form == "text":
        return tell_all(result, person, words) + show_settled(result.problem, words)
    table = table_reasons(result, words, [person])
    return render_csv(table) if form == "csv" else render_json(table.to_dict("records"))


def _person(problem: Problem, candidate: str) -> int:
    if candidate in problem.opening_ids and candidate not in problem.candidate_ids:
        told = say("{name} is a job order: `matcher show` shows it.", name=candidate)
        raise UsageError(told)
    if candidate not in problem.candidate_ids:
        raise UsageError(name_unknown(problem, candidate, problem.candidate_ids))
    return problem.candidate_ids.index(candidate)


def _table(result: Result, found: Explained) -> pd.DataFrame:
    if found.view is not None:
        return table_pair(result, found.view)
    return table_alternatives(result, found.candidate)


def _text(result: Result, found: Explained, words: Words) -> str:
    if found.view is not None:
        return tell_pair(result, found.view, words)
    assert found.why is not None
    told = tell_candidate(result, found.why, words)
    return told + tell_winning(result, found.enough, words)


def _record(result: Result, found: Explained, words: Words) -> dict[str, object]:
    if found.view is not None:
        return record_pair(result, found.view, words)
    assert found.why is not None
    enough = record_winning(result, found.enough)
    return {**record_candidate(result, found.why, words), "enough": enough}
