"""How many people a host may still take, as sets of openings with a ceiling each, from the law and
what is present or promised there."""

from __future__ import annotations

import numpy as np

from matcher.law import Law
from matcher.problem import Problem
from matcher.quotas.caps import Cap, Quotas
from matcher.quotas.care import care_caps
from matcher.quotas.company import company_caps
from matcher.quotas.esd import esd_caps
from matcher.quotas.locks import MEND_OUTCOME, Cell, find_capped_locks, lock_cells
from matcher.quotas.members import members_by_host

__all__ = [
    "MEND_OUTCOME",
    "Cap",
    "Cell",
    "Quotas",
    "find_capped_locks",
    "gather_quotas",
    "lock_cells",
]


def gather_quotas(problem: Problem, law: Law, applied: bool = True) -> Quotas:
    """Return the caps of a problem's hosts, by host and establishment; none are checked where the
    scenario has no table of hosts, or where our rules are not `applied`."""
    unsettled = np.zeros(len(problem.openings), bool)
    hosts = problem.hosts
    if hosts is None or not applied:
        return Quotas(False, (), unsettled)
    caps: list[Cap] = []
    for host, members in enumerate(members_by_host(problem)):
        caps += company_caps(problem, hosts, law, host, members)
        caps += care_caps(problem, hosts, law, host, members.care)
        caps += esd_caps(problem, hosts, law, host, members.esd)
    for cap in caps:
        if cap.unsettled:
            unsettled[list(cap.openings)] = True
    return Quotas(True, tuple(caps), unsettled)
