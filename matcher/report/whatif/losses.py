"""What the plan would lose by each pair that is not proposed: all in one table."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd

from matcher.assign.divisions import MILP
from matcher.errors import UsageError
from matcher.explain.verdicts import BELOW_FLOOR, PROPOSED, Verdicts, judge_pairs
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.titled import titled
from matcher.report.words import LOSSES, VERDICTS, told_score

COLUMNS = {"placements": "loss_places", "score": "loss_score", "keep": "loss_keep"}
TITLES = {
    "placements": LOSSES[0],
    "score": LOSSES[1],
    "keep": say("the plan loses (kept as proposed before)"),
}
EXACT, AT_MOST, IMPOSSIBLE, UNKNOWN = "exact", "at_most", "impossible", "unknown"


def table_losses(result: Result) -> pd.DataFrame:
    """Return one row for each pair that no rule refuses and that is not proposed: its score, its
    verdict, and by name of the objective what the best plan would lose by holding it, in whole
    millionths or as given (less than 0: it would have more).

    `known` says what the loss is: exact; at_most, where `milp` chose the plan and the plans beside
    it are compared; impossible, where no plan can hold the pair, and placing it is refused; else
    unknown, as where a decision would lift a floor or take a seat before a reserve is called up.
    Raises `UsageError` for a stable plan, by which nothing is lost.
    """
    if result.stable:
        told = say(
            "A stable plan is the best of no objective, so that no pair has a loss; ask for one"
            " pair at a time: whatif BATCH place CANDIDATE OPENING."
        )
        raise UsageError(told)
    problem, screening, verdicts = result.problem, result.screening, judge_pairs(result)
    rows = np.flatnonzero(verdicts.name != PROPOSED)
    size = verdicts.loss.shape[1]
    columns: dict[str, object] = {
        "candidate_id": np.array(problem.candidate_ids, object)[screening.candidate[rows]],
        "opening_id": np.array(problem.opening_ids, object)[screening.opening[rows]],
        "score": result.scores.score[rows],
        "verdict": verdicts.name[rows],
    }
    for at, name in enumerate(problem.order[:size]):
        loss = verdicts.loss[rows, at].astype(object)
        columns[COLUMNS[name]] = np.where(verdicts.exists[rows], loss, "")
    known = _known(result, verdicts)[rows]
    return pd.DataFrame({**columns, "known": known.astype(object)}, dtype=object)


def _known(result: Result, verdicts: Verdicts) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    found = np.array(AT_MOST if result.plan.method == MILP else EXACT, "<U10")
    liftable = (verdicts.name == BELOW_FLOOR) | bool(result.problem.called)
    kinds = [verdicts.exists, verdicts.impossible & ~liftable]
    return np.select(kinds, [found, np.array(IMPOSSIBLE, "<U10")], np.array(UNKNOWN, "<U10"))


def list_losses(result: Result, words: Words) -> str:
    """Return the table of all pairs as text, under the sentences that say what is known."""
    problem, table = result.problem, table_losses(result)
    names = [name for name in problem.order if COLUMNS.get(name) in table.columns]
    rows = [
        (
            *(row["candidate_id"], row["opening_id"], words(told_score(problem, row["score"], 2))),
            *(_loss(problem, name, row[COLUMNS[name]], words) for name in names),
            words(VERDICTS[row["verdict"]]),
        )
        for row in table.to_dict("records")
    ]
    titles: tuple[Phrase, ...] = (
        *(say("candidate"), say("job order"), say("score")),
        *(TITLES[name] for name in names),
        say("why not"),
    )
    title = say("Pairs that are not proposed, and what the plan would lose by each")
    told = "".join(f"{words(line)}\n" for line in _sentences(table))
    return f"{titled(title, titles, rows, words)}{told}"


def _sentences(table: pd.DataFrame) -> list[Phrase]:
    """Return what the numbers are, where they are not all exact."""
    counts = {name: len(list(of)) for name, of in groupby(sorted(table["known"]))}
    told = []
    if AT_MOST in counts:
        told.append(
            say(
                "Limits that no tree holds chose this plan: the numbers compare the plans next to"
                " it; the best plan with the pair loses at most so much."
            )
        )
    if IMPOSSIBLE in counts:
        told.append(say("Without a number: no plan can hold the pair ({n}).", n=counts[IMPOSSIBLE]))
    if UNKNOWN in counts:
        told.append(
            say(
                "Without a number: not known from this plan ({n}); ask for one pair at a time:"
                " whatif BATCH place CANDIDATE OPENING.",
                n=counts[UNKNOWN],
            )
        )
    return told


def _loss(problem: Problem, name: str, loss: int | str, words: Words) -> str:
    if isinstance(loss, str):
        return loss
    return words(told_score(problem, loss, 2) if name == "score" else loss)


def records_of(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return a table's rows for JSON, an empty number as null."""
    return [
        {
            str(name): None if value == "" and name not in ("from", "to", "opening_id") else value
            for name, value in row.items()
        }
        for row in table.to_dict("records")
    ]
