"""What the proposals rest on: the scenario, the rules, what comes first, the weights, the lot."""

from __future__ import annotations

from matcher import __version__
from matcher.explain import Summary
from matcher.language import Fact, Phrase, say
from matcher.law.book import book_version
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.given import tell_given
from matcher.report.minutes.values import BLANK
from matcher.report.promises import tell_rulings
from matcher.report.proved import NAMES
from matcher.report.summary import METHODS
from matcher.report.words import CRITERION_NAMES, points
from matcher.settings import CRITERIA, Settings
from matcher.vocabulary import load_vocabulary

SHOWN = 12  # letters of a version; the annex has it whole


def tell_basis(result: Result, summary: Summary) -> list[Phrase]:
    """Return the sentences of the basis, in their order."""
    problem = result.problem
    lines = [
        say(
            "The scenario {name}, as of {day}: {people} people, {orders} job orders with {seats}"
            " seats, as read and checked.",
            name=problem.settings.name,
            day=problem.settings.on,
            people=summary.people,
            orders=len(problem.opening_ids),
            seats=summary.seats,
        ),
        say(
            "The rules of law and programme in the book of rules, version {law}; names of work and"
            " skills, version {vocabulary}; matcher, version {version}.",
            law=book_version()[:SHOWN],
            vocabulary=load_vocabulary().version[:SHOWN],
            version=__version__,
        ),
        *tell_rulings(problem.settings),
        *tell_given(problem),
    ]
    if not summary.quotas_checked:
        lines.append(say("Quotas were not checked: no hosts are on file."))
    return [*lines, *_policy(result), _lottery(problem.settings)]


def _policy(result: Result) -> list[Phrase]:
    """Return what the plan is the best of, and the weights of our own scores."""
    problem = result.problem
    names: tuple[Fact, ...] = (*(NAMES[name] for name in problem.order), say("lottery"))
    first = say("What comes first, in this order: {names}.", names=names)
    lines = [METHODS["stable"] if result.stable else first]
    return lines if problem.given is not None else [*lines, _weights(problem)]


def _weights(problem: Problem) -> Phrase:
    stated = {name: int(getattr(problem.settings.weights, name)) for name in CRITERIA}
    told = tuple(
        say("{name} {points}", name=CRITERION_NAMES[name], points=points(1000 * n, n % 10 and 1))
        for name, n in stated.items()
        if n
    )
    return say("The weights of the score, of 100: {weights}.", weights=told)


def _lottery(settings: Settings) -> Phrase:
    if settings.objective.seed is None:
        return say(
            "Lottery number {seed}, which follows from the name and the day of the scenario alone.",
            seed=settings.seed,
        )
    return say(
        "Lottery number {seed}, announced before matching on {day}.", seed=settings.seed, day=BLANK
    )
