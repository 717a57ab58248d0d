"""Which of a host's openings each kind of limit counts."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.problem import ESD, Problem
from matcher.vocabulary import CARE, JobType, load_vocabulary

BUILDING = "建設"  # the field of ESD; painting of buildings and of bridges is of no other


@dataclass(frozen=True)
class Members:
    """Places of a host's openings under TITP (care apart) and ESD; `construction` are among
    `others`."""

    others: tuple[int, ...]
    construction: tuple[int, ...]
    care: tuple[int, ...]
    esd: tuple[int, ...]


def members_by_host(problem: Problem) -> list[Members]:
    """Return each host's openings by the limits that count them."""
    own: list[list[int]] = [[] for _ in problem.lists.hosts]
    for place, host in enumerate(problem.openings.host.tolist()):
        own[host].append(place)
    return [_members(problem, places) for places in own]


def _members(problem: Problem, own: list[int]) -> Members:
    """Return a host's openings by the limits that count them.

    Construction is group 3 of the job types and painting that is of the field 建設 alone.
    Structural steel work counts where the host has such an opening too: only then do the tables
    show that it is a host in construction (T3).
    """
    esd = tuple(place for place in own if problem.openings.regime[place] == ESD)
    job = {place: _job(problem, place) for place in own}
    care = tuple(p for p in own if p not in esd and job[p].operation_no == CARE)
    others = tuple(p for p in own if p not in esd and p not in care)
    builds = any(_is_construction(job[place]) for place in others)
    construction = tuple(
        place
        for place in others
        if _is_construction(job[place]) or (builds and _is_ironwork(job[place]))
    )
    return Members(others, construction, care, esd)


def _job(problem: Problem, opening: int) -> JobType:
    number = problem.lists.operations[problem.openings.job[opening]]
    return load_vocabulary().job_types[number]


def _is_construction(job: JobType) -> bool:
    return job.group == "construction" or job.esd_fields == (BUILDING,)


def _is_ironwork(job: JobType) -> bool:
    return job.category_no == "6-6" and BUILDING in job.esd_fields
