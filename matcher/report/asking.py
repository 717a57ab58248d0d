"""What to ask first, and what the unknowns cost each centre, as people and machines read it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from matcher.assign.divisions import MILP, RELAXED
from matcher.assign.network import WORST
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.ranges import STABLE
from matcher.report.titled import Titles, titled
from matcher.report.words import CRITERION_NAMES, RULE_NAMES, told_score
from matcher.sure import Progress
from matcher.sure.asking import HIGH, LOW, NO, Question, ask_first
from matcher.sure.centres import count_centres, knows_would

EXACT, LOOSE, BESIDE = "exact", "without_limits", "beside"
IMPOSSIBLE, UNKNOWN = "impossible", "unknown"
ANSWERS = {
    HIGH: say("the best it can be"),
    LOW: say("the least it can be"),
    NO: say("answer no"),
}
COLUMNS = {"placements": "change_places", "score": "change_score", "keep": "change_keep"}
CHANGES = {
    "placements": say("changes people by"),
    "score": say("changes points by"),
    "keep": say("changes those kept as proposed before by"),
}


def table_questions(result: Result, progress: Progress | None = None) -> pd.DataFrame:
    """Return one row per question, those first whose answer could change the most: about whom or
    which job order (the other empty), what, the answer that could change the most, by how much by
    name of the objective (empty where that is not known), where the person then is, and about how
    many pairs and proposals the answer is."""
    problem, names = result.problem, _names(result)
    rows = [
        (
            *_about(problem, one),
            one.name,
            one.answer,
            *(one.change if one.change is not None else [""] * len(names)),
            "" if one.then is None else (*problem.opening_ids, "")[one.then],
            *(one.pairs, one.proposals, _known(result, one)),
        )
        for one in ask_first(result, progress)
    ]
    columns = ["candidate_id", "opening_id", "asked", "answer", *(COLUMNS[name] for name in names)]
    columns += ["then", "pairs", "proposals", "known"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def tell_questions(result: Result, words: Words, progress: Progress | None = None) -> str:
    """Return the questions whose answer changes something by itself."""
    if result.stable:
        return f"{words(STABLE)}\n"
    problem, names, questions = result.problem, _names(result), ask_first(result, progress)
    asked = [one for one in questions if one.matters]
    rows = [
        (
            *_about(problem, one),
            words({**CRITERION_NAMES, **RULE_NAMES}[one.name]),
            words(ANSWERS[one.answer]),
            *_changes(result, one, words),
            _then(problem, one, words),
        )
        for one in asked
    ]
    titles: Titles = (
        *(say("candidate"), say("job order"), say("not known"), say("answer")),
        *(CHANGES[name] for name in names),
        say("then"),
    )
    table = titled(say("Ask these first"), titles, rows, words)
    return " ".join(map(words, _sentences(result, len(questions) - len(asked)))) + f"\n\n{table}"


def _sentences(result: Result, others: int) -> Iterator[Phrase]:
    """Yield what the numbers are."""
    yield say(
        "Each question alone, everything else as it is: by how much the best plan would be better"
        " than this one once a value is answered at that end, and how much the plan would lose by a"
        " no, or by a score below the floor. A no is taken to hold wherever the same is open for"
        " this person, or at this job order."
    )
    sure = result.plan.method not in (MILP, RELAXED) and WORST not in result.problem.order
    if others and sure:
        yield say("{n} other answers change nothing by themselves.", n=others)
    yield from _bounds(result)


def _bounds(result: Result) -> Iterator[Phrase]:
    """Yield what keeps the numbers from being exact."""
    if result.plan.method == RELAXED:
        yield say(
            "The numbers leave out limits that no tree holds: a better plan may be better by less,"
            " and a loss may be greater."
        )
    if result.plan.method == MILP:
        yield say(
            "Limits that no tree holds chose this plan: the numbers compare the plans next to it."
        )
    if WORST in result.problem.order:
        yield say("What an answer does to the lowest scores is not among the numbers.")


def table_centres(result: Result, progress: Progress | None = None) -> pd.DataFrame:
    """Return one row per centre: its people who take part, how many have a score not known
    somewhere, how many are proposed, of these with a score not known and with a condition, the
    points of these scores that the plan leaves out, and how many without a host would have one if
    all not known of their own turned out the best it can be."""
    columns = ["centre", "present", "unknown", "proposed", "score_unknown", "conditional"]
    columns += ["left_out", "would"]
    rows = [
        (
            *(one.name, one.present, one.unknown, one.proposed, one.uncertain, one.conditional),
            *(one.left_out, one.would if knows_would(result) else ""),
        )
        for one in count_centres(result, progress)
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def tell_centres(result: Result, words: Words, progress: Progress | None = None) -> str:
    """Return what the unknowns leave out, by centre."""
    titles: Titles = (
        *(say("centre"), say("taking part"), say("with a score not known"), say("proposed")),
        *(say("score not known"), say("conditional"), say("points left out")),
        say("would have a host"),
    )
    rows = [
        (
            str(row[0]) or words(say("not recorded")),
            *(words(int(cell)) for cell in row[1:6]),
            words(told_score(result.problem, row[6], 2)),
            str(row[7]),
        )
        for row in table_centres(result, progress).itertuples(index=False, name=None)
    ]
    told = say(
        "Points left out: what the scores of the proposals would have more at their best ends."
        " Would have a host: people without one so far who would have one if all that is not known"
        " of their own, and of nobody else, turned out the best it can be."
    )
    title = say("What the unknowns leave out, by centre")
    head = " ".join(words(each) for each in (told, *_bounds(result)))
    return f"{head}\n\n" + titled(title, titles, rows, words)


def _names(result: Result) -> tuple[str, ...]:
    """Return the names of the objective of which a change is told."""
    if result.stable:
        return ()
    return result.whole.names[: result.whole.led]


def _about(problem: Problem, one: Question) -> tuple[str, str]:
    """Return the ids of whom or what a question is about, the other empty."""
    people, openings = (*problem.candidate_ids, ""), (*problem.opening_ids, "")
    return people[one.candidate], openings[one.opening]


def _known(result: Result, one: Question) -> str:
    """Return what the change of a question is: exact; that of plans that need not keep limits
    which no tree holds, or of those beside this one; impossible where no plan keeps every limit
    then; else unknown."""
    method = result.plan.method
    if one.change is None:
        return UNKNOWN if method == MILP else IMPOSSIBLE
    return {MILP: BESIDE, RELAXED: LOOSE}.get(method, EXACT)


def _changes(result: Result, one: Question, words: Words) -> list[str]:
    names = _names(result)
    if one.change is None:
        told = say("not known from this plan")
        if _known(result, one) == IMPOSSIBLE:
            told = say("no plan keeps every limit")
        return [words(told), *[""] * (len(names) - 1)][: len(names)]
    return [
        words(told_score(result.problem, part, 2) if name == "score" else part)
        for name, part in zip(names, one.change, strict=True)
    ]


def _then(problem: Problem, one: Question, words: Words) -> str:
    if one.then is None:
        return ""
    if one.then < 0:
        return words(say("without a host so far"))
    return problem.opening_ids[one.then]
