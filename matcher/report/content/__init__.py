"""What a batch says, gathered once for the page and the workbook, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from matcher.assign.build import pairs_to_keep
from matcher.errors import MatcherError
from matcher.explain import summarise
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.content.basis import Basis
from matcher.report.content.blind import show_people
from matcher.report.content.centres import list_centres
from matcher.report.content.dues import find_questions, list_dues, list_questions
from matcher.report.content.experience import list_experience
from matcher.report.content.hosts import list_hosts
from matcher.report.content.openings import list_openings
from matcher.report.content.people import find_people
from matcher.report.content.pictures import find_pictures
from matcher.report.content.review import list_review
from matcher.report.content.tables import table_audit, table_problems, table_settings
from matcher.report.content.told import list_figures, list_notes
from matcher.report.content.values import Content
from matcher.report.sheets.common import MARK
from matcher.report.summary import tell_exchange_rates, tell_summary
from matcher.whatif.curve import Curve, promised_curve

__all__ = ["Content", "gather_content"]

CURVED = 4_000  # pairs up to which the curve is drawn with every batch
POINTS = 12


def gather_content(
    result: Result,
    words: Words,
    digests: Mapping[str, str],
    *,
    blind: bool = False,
    thorough: bool = False,
) -> Content:
    """Return what the page and the workbook of a result show. `digests` are the SHA-256 of the
    batch's other files by name. A `blind` copy names nobody and has numbers of its own. A
    `thorough` one has more draws, each weight alone, and what would be enough for people without a
    host, which takes longer."""
    shown = show_people(result.problem, words, blind=blind)
    basis, settings = Basis(result, shown), result.problem.settings
    people = find_people(result, shown, thorough=thorough)
    summary, questions = summarise(result), find_questions(basis)
    dues, centres, curve = list_dues(basis), list_centres(basis), _curve(result, thorough)
    *told, asked = tell_summary(result, summary, blind=blind)
    pictures = find_pictures(basis, summary, centres, people.draws, curve)
    return Content(
        words=shown.words,
        name=settings.name,
        on=settings.on,
        title=words(say("{name}, as of {day}", name=settings.name, day=settings.on)),
        mark=words(MARK),
        blind=blind,
        given=result.problem.given is not None,
        figures=list_figures(basis, summary, len(dues), len(people.doubtful)),
        summary=tuple(map(shown.words, [*told, *tell_exchange_rates(result.problem)])),
        asked=(shown.words(asked),),
        notes=list_notes(basis),
        people=people.people,
        openings=list_openings(basis),
        hosts=list_hosts(basis, questions),
        centres=centres,
        dues=dues,
        doubtful=people.doubtful,
        questions=list_questions(basis, questions),
        decisions=people.decisions,
        experience=list_experience(basis),
        pictures=pictures,
        settings=table_settings(basis),
        problems=table_problems(basis),
        audit=table_audit(basis),
        review=list_review(basis, digests, people.draws, pictures.curve),
        draws=len(people.draws.weights) if people.draws else 0,
        card_of=people.card_of,
        keys=shown.keys,
    )


def _curve(result: Result, thorough: bool) -> Curve | None:
    """Return the curve of moves against what `keep` keeps, where that is not much work; None where
    nothing is kept, or the solver finds no curve."""
    problem = result.problem
    small = thorough or result.screening.candidate.size <= CURVED
    if result.stable or not small or not pairs_to_keep(problem):
        return None
    with suppress(MatcherError):
        return promised_curve(result, POINTS)
    return None
