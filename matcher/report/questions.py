"""The questions that the plan raises, as rows and as text."""

from __future__ import annotations

import pandas as pd

from matcher.explain.questions import Question, ask_questions
from matcher.language import Words, say
from matcher.pipeline import Result

KIND_NAMES = {
    "alone": say("somebody would live alone"),
    "sex_unknown": say("sex not recorded"),
    "rooms_unknown": say("places to live not known"),
    "rooms_short": say("fewer places to live than people"),
    "quota": say("more seats asked than a quota leaves"),
    "declared": say("earlier refusal of a visa to be declared"),
    "recommended": say("recommendations to be enclosed"),
    "licence": say("licence to send not recorded"),
}
COLUMNS = ("kind", "host_id", "school", "openings", "candidates", "question")


def table_questions(result: Result, words: Words) -> pd.DataFrame:
    """Return one row per question after the plan, told in the reader's language; `openings` and
    `candidates` are ids with semicolons."""
    rows = [
        (
            question.kind,
            question.host,
            question.school,
            *_ids(result, question),
            words(question.text),
        )
        for question in ask_questions(result)
    ]
    return pd.DataFrame(sorted(rows), columns=pd.Index(COLUMNS), dtype=object)


def list_questions(result: Result, words: Words) -> str:
    """Return the questions after the plan as lines of text, by host and sending organisation."""
    questions = ask_questions(result)
    lines = [words(say("Questions after the plan, which leave nobody out: {n}", n=len(questions)))]
    for question in questions:
        whose = question.host or question.school or words(say("all hosts"))
        openings = "" if _is_about_all(question) else f" ({_ids(result, question)[0]})"
        lines.append(f"  · {whose}{openings}: {words(question.text)}")
    return "".join(f"{line}\n" for line in lines)


def _is_about_all(question: Question) -> bool:
    return not question.host and not question.school


def _ids(result: Result, question: Question) -> tuple[str, str]:
    problem = result.problem
    openings = "; ".join(problem.opening_ids[place] for place in question.openings)
    return openings, "; ".join(problem.candidate_ids[place] for place in question.people)
