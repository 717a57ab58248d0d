"""Which proposals are in every best plan, and which the lottery chose: the table of a batch, what
`show` lists, and the sentence of `explain`."""

from __future__ import annotations

import pandas as pd

from matcher.explain.ties import Tie, find_ties_of
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.report.titled import titled

MOST = 50  # ids listed in one cell; the count says how many there are
SPOKEN = 12
NOT_LISTED = say("not listed")
YES_NO = {True: "yes", False: "no", None: ""}


def table_ties(result: Result) -> pd.DataFrame:
    """Return one row per proposal, and per person without one whom an equally good plan proposes;
    `in_every` is empty where that is not known.

    `interchangeable` lists at most 50 people, `free_openings` as many openings; the counts beside
    them are of all, empty where they are not listed.
    """
    problem = result.problem
    rows = [
        (
            problem.candidate_ids[tie.candidate],
            problem.opening_ids[tie.opening] if tie.opening >= 0 else "",
            YES_NO[tie.in_every],
            *_listed(problem.candidate_ids, tie.others),
            *_listed(problem.opening_ids, tie.free),
        )
        for tie in _to_list(result)
    ]
    columns = ["candidate_id", "opening_id", "in_every", "interchangeable", "interchangeable_count"]
    return pd.DataFrame(rows, columns=[*columns, "free_openings", "free_count"], dtype=object)


def list_ties(result: Result, words: Words) -> str:
    """Return the people whom the lottery decided as a table of text, the number above it."""
    problem, ties = result.problem, _to_list(result)
    tied = [tie for tie in ties if tie.in_every is False]
    sure = sum(tie.in_every is True for tie in ties)
    head = say(
        "In every best plan: {n} proposals. Lottery number: {seed}.",
        n=sure,
        seed=problem.settings.seed,
    )
    rows = [
        (
            problem.candidate_ids[tie.candidate],
            problem.labels.candidate_names[tie.candidate],
            problem.opening_ids[tie.opening] if tie.opening >= 0 else "",
            words(NOT_LISTED if tie.others is None else named(problem.candidate_ids, tie.others)),
            words(NOT_LISTED if tie.free is None else named(problem.opening_ids, tie.free)),
        )
        for tie in tied
    ]
    titles = (
        *(say("candidate"), say("name"), say("job order")),
        *(say("interchangeable with"), say("or free seats at")),
    )
    title = say("Decided by lottery among equally good plans")
    return words(head) + "\n\n" + titled(title, titles, rows, words)


def record_tie(result: Result, tie: Tie) -> dict[str, object]:
    """Return one person's tie for JSON: the ids of all with whom it could be exchanged, null where
    they are not listed."""
    problem = result.problem
    ids = ((problem.candidate_ids, tie.others), (problem.opening_ids, tie.free))
    people, free = (
        None if places is None else [names[place] for place in places] for names, places in ids
    )
    return {
        "in_every": tie.in_every,
        "interchangeable": people,
        "free": free,
        "seed": problem.settings.seed,
    }


def tell_tie(result: Result, tie: Tie) -> Phrase:
    """Return whether what is proposed to somebody is in every best plan, or with how many others
    it could be exchanged; nobody else is named."""
    problem = result.problem
    seed = problem.settings.seed
    if tie.in_every is not False:
        return _in_every(result, tie)
    if not tie.others and not tie.free:
        return say(
            "This is one of several equally good plans; lottery number {seed} decided. With whom it"
            " could be exchanged is not listed here.",
            seed=seed,
        )
    people, free = len(tie.others or ()), named(problem.opening_ids, tie.free or ())
    if tie.others and tie.free:
        return say(
            "This is one of several equally good plans: interchangeable with others ({people}), or"
            " with free seats at {openings}; lottery number {seed} decided.",
            people=people,
            openings=free,
            seed=seed,
        )
    if tie.others:
        return say(
            "This is one of several equally good plans: interchangeable with others ({people});"
            " lottery number {seed} decided.",
            people=people,
            seed=seed,
        )
    return say(
        "This is one of several equally good plans: interchangeable with free seats at {openings};"
        " lottery number {seed} decided.",
        openings=free,
        seed=seed,
    )


def _in_every(result: Result, tie: Tie) -> Phrase:
    if result.stable:
        return say("The lottery had no part in this.")
    if tie.in_every is None:
        return say(
            "Whether this is so in every best plan is not known: budgets, limits that cross and the"
            " like leave it open."
        )
    if tie.opening < 0:
        return say("No best plan has a host for this person.")
    return say("This proposal is in every best plan.")


def named(ids: tuple[str, ...], places: tuple[int, ...]) -> tuple[str, ...]:
    """Return the ids at some places as they are read out: the first dozen, then how many more."""
    told = tuple(ids[place] for place in places[:SPOKEN])
    return (*told, f"… +{len(places) - SPOKEN}") if len(places) > SPOKEN else told


def _to_list(result: Result) -> list[Tie]:
    return [tie for tie in find_ties_of(result) if tie.opening >= 0 or tie.in_every is False]


def _listed(ids: tuple[str, ...], places: tuple[int, ...] | None) -> tuple[str, int | str]:
    if places is None:
        return "not listed", ""
    return "; ".join(ids[place] for place in places[:MOST]), len(places)
