"""What was found of the changes that would give somebody a host in this round."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.explain.winning.changes import Change


@dataclass(frozen=True)
class Win:
    """A change that would be enough, or would be as good (a tie, that the lottery decides).

    `opening` is where the person would then be proposed: found by a run where `confirmed`, else
    read off the values of the seats. `conditional`: a rule would still be open there. Of a tie it
    is where an equally good plan has the person.
    """

    change: Change
    opening: int
    conditional: bool
    confirmed: bool


@dataclass(frozen=True)
class Miss:
    """The change that comes nearest where none is enough: at `opening`, the best plan with the
    person there would have `short` less, by the names of the objective before `worst`."""

    change: Change
    opening: int
    short: tuple[int, ...]


@dataclass(frozen=True)
class Winning:
    """What would be enough for one candidate, the smallest change first.

    Of `tried` single changes `hopeful` may be enough, and `runs` were made to confirm, each for all
    changes of one effect. `exact`: the winners are all there are (and the ties, where they are
    read off the seats' values); else they are those found by the runs made. `least`: the `nearest`
    falls short by at least so much. `applies` is False where no fact of a row counts: scores are
    given and rules left out.
    """

    candidate: int
    tried: int
    hopeful: int
    runs: int
    exact: bool
    least: bool
    winners: tuple[Win, ...]
    ties: tuple[Win, ...]
    nearest: Miss | None
    applies: bool = True
