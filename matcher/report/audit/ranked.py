"""What happened beside what was scored, as text and as records."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd

from matcher.audit.ranked import (
    FEWEST,
    FINISHED,
    FIT,
    INTERVIEW,
    KEJURUAN,
    SCORE,
    Looked,
    Ranking,
    rank_outcomes,
)
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.report.audit.words import WIDTH, decimal, paragraph
from matcher.report.render import render_csv, render_json, render_table

QUESTIONS = {
    INTERVIEW: say("who passed the interview"),
    FINISHED: say("who departed after passing"),
}
NUMBERS = {
    FIT: say("fit"),
    SCORE: say("score"),
    KEJURUAN: say("same kejuruan, yes or no"),
}
HOW_TO_READ = say(
    "Within each job order, everybody with whom it went well is compared with everybody with whom"
    " it did not. “Right” are the pairs in which the first had the higher number, equal ones half:"
    " 50 of 100 is what a coin does. In brackets the interval (Newcombe, 95 of 100). “Same"
    " kejuruan” is what an office would see without any score; a score worth its work does better."
    " Scores are by the facts as recorded now, and only people who were proposed were ever seen by"
    " a host."
)


def tell_ranked(result: Result, words: Words) -> str:
    """Return how numbers ranked what happened as text; where nothing is on record, one sentence."""
    head = words(say("What happened beside what was scored")) + "\n"
    looked = rank_outcomes(result)
    if not looked:
        return head + paragraph(words(say("No outcomes are on record, so nothing can be said.")))
    told = "".join(paragraph(words(_counts(one))) for one in looked)
    rows = [
        (
            words(QUESTIONS[one.question]),
            words(NUMBERS[ranking.number]),
            words(ranking.higher),
            words(ranking.equal),
            words(ranking.lower),
            _share(ranking, words),
        )
        for one in looked
        for ranking in one.rankings
    ]
    titles = (
        *(say("question"), say("number"), say("pairs: higher"), say("equal"), say("lower")),
        say("right, of 100"),
    )
    table = render_table([words(title) for title in titles], rows, wide=WIDTH)
    return "\n".join((head + told, table, paragraph(words(HOW_TO_READ))))


def show_ranked(result: Result, form: str, words: Words) -> str:
    """Return the same in the form asked for; CSV has a row for each question and number."""
    match form:
        case "json":
            return render_json(record_ranked(result))
        case "csv":
            return render_csv(table_ranked(result))
        case _:
            return tell_ranked(result, words)


def table_ranked(result: Result) -> pd.DataFrame:
    """Return one row for each question and number, cells empty where there are too few to say."""
    columns = [*("question", "number", "well", "other", "higher", "equal", "lower", "share")]
    rows = [
        {"question": one["question"], "number": name, **numbers}
        for one in record_ranked(result)
        for name, numbers in one["numbers"].items()
    ]
    return pd.DataFrame(rows, columns=pd.Index([*columns, "low", "high"]), dtype=object)


def record_ranked(result: Result) -> list[dict[str, Any]]:
    """Return the same for JSON; shares and their intervals in millionths, None where there are too
    few people (under `fewest` on a side) to say."""
    return [
        {
            "question": one.question,
            "well": one.well,
            "other": one.other,
            "left_out": one.left_out,
            "open": one.open,
            "fewest": FEWEST,
            "numbers": {ranking.number: _record(ranking) for ranking in one.rankings},
        }
        for one in rank_outcomes(result)
    ]


def _record(ranking: Ranking) -> dict[str, object]:
    low, high = ranking.interval or (None, None)
    return {
        "well": ranking.well,
        "other": ranking.other,
        "higher": ranking.higher,
        "equal": ranking.equal,
        "lower": ranking.lower,
        "share": None if ranking.few else _millionths(ranking.share),
        "low": _millionths(low),
        "high": _millionths(high),
    }


def _millionths(share: Fraction | float | None) -> int | None:
    return None if share is None else int(decimal(Fraction(share) * 10**6, 0))


def _counts(one: Looked) -> Phrase:
    facts = {"well": one.well, "other": one.other, "out": one.left_out, "open": one.open}
    if one.question == INTERVIEW:
        return say(
            "Interviews on record: {well} passed, {other} not taken or taken as a reserve, {out}"
            " ended for other reasons, {open} still open.",
            **facts,
        )
    return say(
        "Of those who passed, {well} departed and {other} fell out; {open} are still on the way.",
        **facts,
    )


def _share(ranking: Ranking, words: Words) -> str:
    if ranking.few or ranking.share is None or ranking.interval is None:
        return words(say("too few to say"))
    low, high = (decimal(100 * Fraction(end), 0) for end in ranking.interval)
    return f"{words(decimal(100 * ranking.share, 1))} ({low}–{high})"
