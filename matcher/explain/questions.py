"""What to ask after the plan: who would live alone, whether rooms suffice, licences to send.

Questions never filter and never score: they are for the office to put to the host.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.language import Phrase, say
from matcher.pipeline import Result
from matcher.problem import ESD, NO_DAY, TITP, UNKNOWN, YES, Problem

ALONE, SEX_UNKNOWN, ROOMS_UNKNOWN, ROOMS_SHORT = (
    *("alone", "sex_unknown", "rooms_unknown"),
    "rooms_short",
)
LICENCE, QUOTA, DECLARED, RECOMMENDED = "licence", "quota", "declared", "recommended"
REGIMES = {TITP: "titp", ESD: "esd"}
REGIME_NAMES = {"titp": say("technical intern training (TITP)"), "esd": say("ESD")}
WOMEN, MEN = "P", "L"


@dataclass(frozen=True)
class Question:
    """One question about a host, or a sending organisation, by its id ("": about all hosts).

    `people` are the candidates it is about, `openings` those they are proposed at, as places.
    """

    kind: str
    host: str
    school: str
    people: tuple[int, ...]
    openings: tuple[int, ...]
    text: Phrase


def ask_questions(result: Result) -> tuple[Question, ...]:
    """Return the questions that the plan raises: those about hosts by id, then those about sending
    organisations."""
    problem, plan = result.problem, result.plan
    found: list[Question] = []
    by_host: dict[int, list[int]] = {}
    for person in np.flatnonzero(plan.opening >= 0).tolist():
        by_host.setdefault(int(problem.openings.host[plan.opening[person]]), []).append(person)
    if problem.hosts is None and by_host:
        everybody = [person for people in by_host.values() for person in people]
        text = say("housing at every host: there is no table of hosts, so rooms are not known")
        found.append(_question(result, ROOMS_UNKNOWN, "", sorted(everybody), text))
    for host, people in sorted(by_host.items()):
        found += _lodging(result, host, people)
        if problem.hosts is not None:
            found += _rooms(result, host, people)
    return (*found, *_quotas(result), *_licences(result), *_papers(result))


def _lodging(result: Result, host: int, people: list[int]) -> Iterator[Question]:
    """Yield whether one woman or one man among those proposed at a host would live alone."""
    name, by_sex = result.problem.lists.hosts[host], _by_sex(result.problem, people)
    unknown = by_sex.get("", [])
    for sex, who in ((WOMEN, say("one woman")), (MEN, say("one man"))):
        own = by_sex.get(sex, [])
        if len(own) == 1:
            text = say(
                "{who} among the {n} people proposed here would live alone unless others live"
                " there: with whom?",
                who=who,
                n=len(people),
            )
            if len(people) == 1:
                text = say(
                    "only {who} is proposed here and would live alone unless others live there:"
                    " with whom?",
                    who=who,
                )
            if unknown:
                text = say("{text} (the sex of {n} is not recorded)", text=text, n=len(unknown))
            yield _question(result, ALONE, name, own, text)
    if unknown:
        text = say(
            "the sex of {n} of the {all} people proposed here is not recorded: would anybody live"
            " alone, and do the rooms suffice?",
            n=len(unknown),
            all=len(people),
        )
        yield _question(result, SEX_UNKNOWN, name, unknown, text)


def _rooms(result: Result, host: int, people: list[int]) -> Iterator[Question]:
    """Yield where a host's places for women or men are not known, or are fewer than proposed."""
    hosts, name = result.problem.hosts, result.problem.lists.hosts[host]
    assert hosts is not None
    by_sex = _by_sex(result.problem, people)
    words = {
        WOMEN: (hosts.rooms_women, say("women")),
        MEN: (hosts.rooms_men, say("men")),
    }
    for sex, (rooms, called) in words.items():
        own, places = by_sex.get(sex, []), int(rooms[host])
        if own and places == UNKNOWN:
            text = say(
                "{n} {people} are proposed here and the places to live for {people} are not"
                " recorded: how many are there?",
                n=len(own),
                people=called,
            )
            yield _question(result, ROOMS_UNKNOWN, name, own, text)
        elif len(own) > places >= 0:
            text = say(
                "{n} {people} are proposed here and {places} places to live for {people} are"
                " recorded: where do the others live?",
                n=len(own),
                people=called,
                places=places,
            )
            yield _question(result, ROOMS_SHORT, name, own, text)


def _quotas(result: Result) -> Iterator[Question]:
    """Yield where job orders ask for more people than a quota leaves: the numbers behind it are to
    be confirmed."""
    problem = result.problem
    for cap in result.facts.quotas.caps:
        places = list(cap.openings)
        asked = int(problem.openings.seats[places].sum())
        if cap.ceiling is None or asked <= cap.ceiling:
            continue
        people = np.flatnonzero(np.isin(result.plan.opening, places)).tolist()
        text = say(
            "{n} seats are asked for, more than the quota leaves ({arithmetic}): please confirm the"
            " numbers, or lower the job orders",
            n=asked,
            arithmetic=cap.arithmetic,
        )
        host = problem.lists.hosts[int(problem.openings.host[places[0]])]
        yield Question(QUOTA, host, "", tuple(people), cap.openings, text)


def _licences(result: Result) -> Iterator[Question]:
    """Yield where people are proposed under a regime that their sending organisation has no
    licence for on record; nothing where the organisation's licences are not recorded at all."""
    problem, plan = result.problem, result.plan
    licences = problem.labels.licences
    people: dict[tuple[int, int], list[int]] = {}
    for person in np.flatnonzero(plan.opening >= 0).tolist():
        school = int(problem.candidates.school[person])
        regime = int(problem.openings.regime[plan.opening[person]])
        held = licences[school] if school >= 0 and licences else None
        if held is not None and REGIMES[regime] not in held:
            people.setdefault((school, regime), []).append(person)
    for (school, regime), own in sorted(people.items()):
        text = say(
            "{n} people are proposed under {regime} and no licence of {school} for it is recorded:"
            " does it hold one?",
            n=len(own),
            regime=REGIME_NAMES[REGIMES[regime]],
            school=problem.lists.schools[school],
        )
        yield _question(result, LICENCE, "", own, text, problem.lists.schools[school])


def _papers(result: Result) -> Iterator[Question]:
    """Yield what is to be enclosed or declared with the plans: an earlier refusal of a visa (T14),
    and recommendations not on record (T10)."""
    problem, plan = result.problem, result.plan.opening
    placed = np.flatnonzero(plan >= 0)
    refused = [p for p in placed.tolist() if YES in problem.labels.coe_refused[p : p + 1]]
    if refused:
        text = say(
            "{n} people proposed had a certificate of eligibility or visa refused before: it is"
            " declared with the application (T14)",
            n=len(refused),
        )
        yield _question(result, DECLARED, "", refused, text)
    titp = placed[problem.openings.regime[plan[placed]] == TITP]
    silent = titp[problem.candidates.recommended_on[titp] == NO_DAY].tolist()
    if silent:
        text = say(
            "the recommendation of a public body (form 1-23, T10) is enclosed with each plan and"
            " not on record for {n} people proposed",
            n=len(silent),
        )
        yield _question(result, RECOMMENDED, "", silent, text)


def _by_sex(problem: Problem, people: list[int]) -> dict[str, list[int]]:
    """Return people by what is recorded as their sex ("" where nothing is)."""
    sexes = problem.labels.sexes
    found: dict[str, list[int]] = {}
    for person in people:
        found.setdefault(sexes[person] if sexes else "", []).append(person)
    return found


def _question(
    result: Result, kind: str, host: str, people: list[int], text: Phrase, school: str = ""
) -> Question:
    openings = sorted({int(result.plan.opening[person]) for person in people})
    return Question(kind, host, school, tuple(people), tuple(openings), text)


def count_questions(questions: tuple[Question, ...]) -> dict[str, int]:
    """Return how many questions of each kind there are."""
    return dict(Counter(question.kind for question in questions))
