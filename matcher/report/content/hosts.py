"""The hosts: who works there, what the law leaves open and how that is reckoned, what to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from matcher.explain.questions import Question
from matcher.explain.reasons.worded import ANSWERS, NOT_RECORDED
from matcher.problem import UNKNOWN, Hosts, Numbers
from matcher.quotas import Cap
from matcher.report.caps import STATES_OF_CAPS, state_of_cap
from matcher.report.content.basis import Basis
from matcher.report.content.values import Host, Quota
from matcher.report.sheets.values import BLANK
from matcher.vocabulary import load_vocabulary


def list_hosts(basis: Basis, questions: tuple[Question, ...]) -> tuple[Host, ...]:
    """Return the hosts that have a job order, by id; `questions` are those that may be shown."""
    lister = _Lister(basis, questions)
    return tuple(map(lister.host, range(len(basis.problem.lists.hosts))))


class _Lister:
    def __init__(self, basis: Basis, questions: tuple[Question, ...]) -> None:
        self.basis = basis
        self.caps: dict[int, list[Cap]] = defaultdict(list)
        for cap in basis.result.facts.quotas.caps:
            self.caps[int(basis.problem.openings.host[cap.openings[0]])].append(cap)
        self.questions: dict[str, list[str]] = defaultdict(list)
        for question in questions:
            self.questions[question.host].append(basis.words(question.text))

    def host(self, at: int) -> Host:
        """Return one host."""
        basis, problem = self.basis, self.basis.problem
        name, hosts = problem.lists.hosts[at], problem.hosts
        own = basis.openings_of_hosts[at]
        staff = _counted(hosts, "staff", at)
        return Host(
            place=at,
            id=name,
            name=problem.labels.host_names[at],
            prefecture=self._prefecture(at),
            supervisor=self._supervisor(at),
            staff=staff,
            counted_on=self._counted_on(name),
            excellent=basis.words(
                NOT_RECORDED
                if hosts is None
                else ANSWERS.get(int(hosts.excellent[at]), NOT_RECORDED)
            ),
            present=(
                _counted(hosts, "trainees_1", at),
                _counted(hosts, "trainees_2", at),
                _counted(hosts, "trainees_3", at),
            ),
            esd_people=_counted(hosts, "esd_people", at),
            promised=_counted(hosts, "promised", at),
            openings=tuple(problem.opening_ids[opening] for opening in own),
            seats=_sum(problem.openings.seats, own),
            closed=_sum(basis.closed, own),
            filled=_sum(basis.filled, own),
            conditional=_sum(basis.conditional, own),
            quotas=tuple(map(self._quota, self.caps[at])),
            questions=tuple(self.questions[name]),
            base=None if staff is None else basis.result.facts.law.base_number(staff),
        )

    def _quota(self, cap: Cap) -> Quota:
        basis, own = self.basis, list(cap.openings)
        return Quota(
            name=cap.name,
            rule=cap.rule,
            openings=tuple(basis.problem.opening_ids[opening] for opening in own),
            limit=cap.limit,
            present=cap.present,
            promised=cap.promised,
            requested=_sum(basis.problem.openings.seats, own),
            ceiling=cap.ceiling,
            filled=_sum(basis.filled, own),
            state=basis.words(STATES_OF_CAPS[state_of_cap(cap)]),
            arithmetic=basis.words(cap.arithmetic),
        )

    def _prefecture(self, at: int) -> str:
        """Return a host's prefecture, else those of its job orders."""
        own = self.basis.texts.host_row(self.basis.problem.lists.hosts[at]).get("prefecture", "")
        known = load_vocabulary().prefectures.get(own)
        if known is not None:
            return self.basis.words(known)
        return self._each(self.basis.prefecture(one) for one in self.basis.openings_of_hosts[at])

    def _supervisor(self, at: int) -> str:
        """Return a host's supervising organisation, else those of its job orders."""
        problem, texts = self.basis.problem, self.basis.texts
        if problem.hosts is not None and int(problem.hosts.supervisor[at]) != UNKNOWN:
            return texts.organisation(int(problem.hosts.supervisor[at]))
        return self._each(texts.supervisor(one) for one in self.basis.openings_of_hosts[at])

    def _each(self, texts: Iterator[str]) -> str:
        return self.basis.words(
            tuple(dict.fromkeys(one for one in texts if one not in ("", BLANK)))
        )

    def _counted_on(self, name: str) -> date | None:
        day = self.basis.texts.host_row(name).get("counted_on", "")
        return date.fromisoformat(day) if day else None


def _counted(hosts: Hosts | None, column: str, at: int) -> int | None:
    if hosts is None:
        return None
    count = int(getattr(hosts, column)[at])
    return count if count >= 0 else None


def _sum(column: Numbers, places: list[int]) -> int:
    return int(column[places].sum())
