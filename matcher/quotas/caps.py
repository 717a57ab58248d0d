"""What a quota is: a ceiling on a set of openings, with the sum that led to it."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.language import Phrase
from matcher.problem import Flags


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
