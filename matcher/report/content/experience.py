"""How proposals meet prior experience (前職要件), and which papers are on file."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.explain.routes import OPEN, find_routes
from matcher.language import Phrase, say
from matcher.problem import NO_DAY, day_of
from matcher.report.content.basis import Basis
from matcher.report.content.values import Experience
from matcher.report.sheets.values import BLANK
from matcher.report.words import ROUTE_NAMES


def list_experience(basis: Basis) -> tuple[Experience, ...]:
    """Return the proposals of the first stage of TITP, in the order in which people are shown."""
    problem, words = basis.problem, basis.words
    found = [
        (
            basis.shown.places[route.candidate],
            Experience(
                person=basis.shown.ids[route.candidate],
                name=basis.shown.names[route.candidate],
                opening=problem.opening_ids[route.opening],
                host=basis.host(int(problem.openings.host[route.opening])),
                work=basis.texts.work(route.opening),
                route=words(ROUTE_NAMES[route.route]),
                open=route.route == OPEN,
                months=route.months,
                hours=route.hours,
                trade_hours=route.trade_hours,
                form=route.form,
                on_file="; ".join(map(words, _on_file(basis, route.candidate))),
            ),
        )
        for route in find_routes(basis.result)
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _on_file(basis: Basis, person: int) -> Iterator[Phrase]:
    """Yield what is recorded of a person that shows experience or training."""
    work = basis.texts.person("experience", person)
    if work != BLANK:
        yield say("work experience: {work}", work=work)
    certificates = basis.texts.person("certificates", person)
    if certificates != BLANK:
        yield say("certificates: {certificates}", certificates=certificates)
    day = int(basis.problem.candidates.recommended_on[person])
    if day != NO_DAY:
        yield say("recommendation of {day}", day=day_of(day))
