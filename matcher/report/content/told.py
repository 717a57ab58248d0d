"""What stands first: the numbers of the summary, and what a reader must know of a copy."""

from __future__ import annotations

from matcher.explain import Summary
from matcher.explain.outcomes import objections_in_order
from matcher.language import Phrase, say
from matcher.report.content.basis import Basis
from matcher.report.content.values import Figure
from matcher.report.given import tell_given
from matcher.report.promises import tell_rulings
from matcher.report.sheets.common import blind_note

LEFT_OUT = say(
    "This blind copy leaves out why and by whom officers decided, what hosts wish, questions that"
    " would tell of anybody's sex, and values of the inputs."
)


def list_figures(basis: Basis, summary: Summary, dues: int, doubtful: int) -> tuple[Figure, ...]:
    """Return the numbers of the summary, people before seats."""
    waiting = sum(one.open for one in objections_in_order(basis.problem))
    told: tuple[tuple[str, Phrase, int, int | None], ...] = (
        ("people", say("people"), summary.people, None),
        ("present", say("taking part"), summary.present, summary.people),
        ("proposed", say("proposed"), summary.proposed, summary.present),
        ("conditional", say("of these conditional"), summary.conditional, summary.proposed),
        ("unplaced", say("without a host so far"), summary.unplaced, summary.present),
        ("held", say("on hold"), summary.held, summary.people),
        ("withdrawn", say("withdrew"), summary.withdrawn, summary.people),
        ("openings", say("job orders"), len(basis.problem.opening_ids), None),
        ("seats", say("seats"), summary.seats, None),
        ("closed", say("closed by quota or limit"), summary.seats - summary.usable, summary.seats),
        ("filled", say("filled"), summary.filled, summary.usable),
        ("empty", say("empty"), summary.empty, summary.usable),
        ("by_lottery", say("decided by lottery"), summary.by_lottery, summary.proposed),
        ("dues", say("still to be shown"), dues, None),
        ("doubtful", say("to look at twice"), doubtful, summary.proposed),
        ("objections", say("objections that wait"), waiting, None),
    )
    return tuple(Figure(name, basis.words(label), value, of) for name, label, value, of in told)


def list_notes(basis: Basis) -> tuple[str, ...]:
    """Return what a reader must know of this copy."""
    problem = basis.problem
    notes = [*tell_given(problem), *tell_rulings(problem.settings)]
    if not basis.result.facts.quotas.checked:
        notes.append(say("Quotas not checked: there is no table of hosts."))
    if basis.blind:
        notes += [*blind_note(True), LEFT_OUT]
    return tuple(map(basis.words, notes))
