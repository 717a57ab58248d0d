"""The annexes of the minutes: the summary as read out, whom each decision concerns, what is on
record, and by what the batch is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from matcher.explain import Summary
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.meeting import tell_asked
from matcher.report.minutes.people import (
    list_conditional,
    list_free,
    list_unplaced,
    list_without_part,
)
from matcher.report.minutes.recorded import list_decisions, list_files, list_objections
from matcher.report.minutes.values import Annex
from matcher.report.summary import tell_exchange_rates, tell_summary

SUMMARY, FREE, CONDITIONAL, UNPLACED = "summary", "free", "conditional", "unplaced"
WITHOUT_PART, DECISIONS, OBJECTED, FILES = "without_part", "decisions", "objections", "files"


def annexes_of(
    result: Result, summary: Summary, words: Words, digests: Mapping[str, str]
) -> dict[str, Annex]:
    """Return the annexes by name in their order, numbered; those without content are left out."""
    made = {
        SUMMARY: _summary(result, summary, words),
        FREE: list_free(result, words),
        CONDITIONAL: list_conditional(result, words),
        UNPLACED: list_unplaced(result, words),
        WITHOUT_PART: list_without_part(result, words),
        DECISIONS: list_decisions(result, words),
        OBJECTED: list_objections(result, words),
        FILES: list_files(digests, words),
    }
    held = {name: annex for name, annex in made.items() if annex.title}
    return {
        name: replace(annex, label=words(say("Annex {n}", n=place)))
        for place, (name, annex) in enumerate(held.items(), 1)
    }


def _summary(result: Result, summary: Summary, words: Words) -> Annex:
    """Return the sentences of the summary but for what is asked: that is what was decided."""
    asked = tell_asked(summary)
    told = [*tell_summary(result, summary), *tell_exchange_rates(result.problem)]
    lines = tuple(words(line) for line in told if line != asked)
    return Annex("", words(say("Summary as read out in the meeting")), lines)
