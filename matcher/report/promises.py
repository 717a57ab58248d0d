"""What the summary says of law and promises: figures settled, routes, questions, wishes, costs."""

from __future__ import annotations

from matcher.explain import Summary
from matcher.explain.enforced import find_enforced, plan_without
from matcher.explain.questions import REGIME_NAMES
from matcher.language import Fact, Phrase, Words, say
from matcher.law import Figure, Ruling, load_law
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.figures import tell_value
from matcher.report.given import tell_given
from matcher.report.questions import KIND_NAMES
from matcher.report.wishes import tell_enforcement
from matcher.report.words import PAYER_NAMES, ROUTE_NAMES
from matcher.settings import Settings


def tell_rulings(settings: Settings) -> list[Phrase]:
    """Return the figures of the law that the scenario settles, and the agreement it claims."""
    law = load_law(settings.rulings)
    figures = [figure for figure in law.figures.values() if figure.ruling]
    lines = []
    if figures:
        told = tuple(
            _ruling(figure, figure.ruling) for figure in figures if figure.ruling is not None
        )
        lines.append(say("Figures of the law settled by the scenario: {figures}.", figures=told))
    if settings.promises.prior_experience:
        told_claim = say(
            "Claimed by the scenario for everybody, not shown person by person: prior experience"
            " (T9) by the agreement “{agreement}”.",
            agreement=settings.promises.prior_experience,
        )
        lines.append(told_claim)
    return lines


def tell_settled(problem: Problem) -> list[Phrase]:
    """Return what every output of a batch says: that scores were given, and the figures and claims
    that the scenario settles."""
    return [*tell_given(problem), *tell_rulings(problem.settings)]


def show_settled(problem: Problem, words: Words) -> str:
    """Return what every output says as lines of text below something else; "" where there is
    nothing to say."""
    return "".join(f"\n{words(line)}\n" for line in tell_settled(problem))


def _ruling(figure: Figure, ruling: Ruling) -> Phrase:
    facts: dict[str, Fact] = {"key": figure.key, "rule": figure.rule}
    facts |= {"by": ruling.by, "day": ruling.on}
    if figure.value is None:
        return say("{key} confirmed ({rule}; {by}, {day})", **facts)
    value = tell_value(figure, figure.value)
    return say("{key} = {value} ({rule}; {by}, {day})", value=value, **facts)


def tell_regimes(summary: Summary) -> list[Phrase]:
    """Return the proposals by regime and by route of T9, where there is something to tell."""
    lines = []
    if "esd" in summary.regimes:
        shares = tuple(
            say("{regime} {n}", regime=REGIME_NAMES[name], n=n)
            for name, n in summary.regimes.items()
        )
        lines.append(say("By regime: {shares}.", shares=shares))
    if summary.routes:
        routes = tuple(
            say("{route} {n}", route=ROUTE_NAMES[name], n=n) for name, n in summary.routes.items()
        )
        lines.append(say("Prior experience (T9, care T16) is met by: {routes}.", routes=routes))
    return lines


def tell_questions(summary: Summary) -> list[Phrase]:
    """Return what is to be asked after the plan."""
    if not summary.questions:
        return []
    kinds = tuple(
        say("{kind} {n}", kind=KIND_NAMES[kind], n=n) for kind, n in summary.questions.items()
    )
    return [say("To be asked (`matcher show BATCH questions`): {kinds}.", kinds=kinds)]


def tell_wishes(result: Result, summary: Summary) -> list[Phrase]:
    """Return how many job orders have wishes that the law restricts, and what enforced ones do."""
    if not summary.wishes:
        return []
    lines = [
        say(
            "Job orders with wishes that the law restricts: {n}; enforced at {enforced}, applied"
            " nowhere else.",
            n=summary.wishes,
            enforced=summary.enforced,
        )
    ]
    lines += [tell_enforcement(wish) for wish in find_enforced(result)]
    without = plan_without(result)
    if without is not None:
        told = say(
            "Without enforced wishes the plan would propose {proposed} people ({difference}) and"
            " {moves} people would stand elsewhere.",
            proposed=without.free.proposed,
            difference=f"{without.free.proposed - without.enforced.proposed:+d}",
            moves=len(without.moves),
        )
        lines.append(told)
    return lines


def tell_costs(summary: Summary) -> list[Phrase]:
    """Return what is left to the people proposed, and what each payer has paid for them."""
    costs = summary.costs
    if costs.greatest is None:
        return [say("Cost left to the people proposed: not recorded.")]
    told = say(
        "Cost left to the people proposed: Rp {total} in all, at most Rp {most} for one person.",
        total=costs.left,
        most=costs.greatest,
    )
    if costs.paid_unknown or costs.left_unknown:
        told = say(
            "Cost left to the people proposed: Rp {total} in all, at most Rp {most} for one person"
            " (not recorded: paid so far {paid}, still to pay {left}).",
            total=costs.left,
            most=costs.greatest,
            paid=costs.paid_unknown,
            left=costs.left_unknown,
        )
    if not costs.paid:
        return [told]
    paid = tuple(
        say("{payer} Rp {amount}", payer=PAYER_NAMES[payer], amount=amount)
        for payer, amount in costs.paid
    )
    return [told, say("Paid for them so far: {paid}.", paid=paid)]
