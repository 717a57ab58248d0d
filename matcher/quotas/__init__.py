"""How many people a host may still take, as sets of openings with a ceiling each, from the law and
what is present or promised there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.language import Phrase
from matcher.law import Law
from matcher.problem import Flags, Problem


@dataclass(frozen=True)
class Cap:
    """One limit of a host or establishment on a set of openings (their places).

    `limit` is what the law allows in all, None where it is not known; `ceiling` what is left of it
    after those present and promised, never below 0, None where it stops nobody. `unsettled` caps
    leave the proposals of their openings conditional; `because` says what is to be shown.
    """

    name: str
    rule: str
    owner: str
    openings: tuple[int, ...]
    limit: int | None
    present: int
    promised: int
    ceiling: int | None
    unsettled: bool
    arithmetic: Phrase
    because: Phrase | None


@dataclass(frozen=True)
class Quotas:
    """All caps; `checked` is False where the scenario has no table of hosts. `unsettled` marks the
    openings of which a cap is."""

    checked: bool
    caps: tuple[Cap, ...]
    unsettled: Flags

    def at(self, opening: int) -> tuple[Cap, ...]:
        """Return the caps above an opening."""
        return tuple(cap for cap in self.caps if opening in cap.openings)


def gather_quotas(problem: Problem, law: Law) -> Quotas:
    """Return the caps of a problem's hosts."""
    return Quotas(problem.hosts is not None, (), np.zeros(len(problem.openings), bool))
