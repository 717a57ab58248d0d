"""What is read of a folder of batches, and what follows from it: the matter of `status`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from matcher.check.follow import Step
from matcher.language import Phrase
from matcher.problem import UNKNOWN
from matcher.problem.outcomes import LOCKED, UNDERWAY
from matcher.shortlist.basis import LONG_WAIT

Row = Mapping[str, str]
PROPOSED = ("placed", "conditional")
TAKES_PART = (*PROPOSED, "unplaced")


@dataclass(frozen=True)
class Objection:
    """An objection on record; `due` is the last day for its answer, `answered_on` and `outcome`
    are "" where not recorded."""

    candidate: str
    opening: str
    text: str
    on: date
    due: date
    answer: str
    answered_on: str
    outcome: str

    @property
    def open(self) -> bool:
        """Whether it still waits for its answer."""
        return not self.answered_on


@dataclass(frozen=True)
class BatchTables:
    """One batch as its tables say: `folder` is its name, `title` the scenario's, `on` its day.

    `given` is whether its scores were given, not ours, `ruled` whether our rules screened it.
    `whole` is False for a batch of another version, of which placements and names alone are read.
    The steps of a pair stand in order; `names` and `accepted` are by candidate, `seats` by opening,
    empty where not read. By candidate too: `consents` to pass particulars on (YES, NO, UNKNOWN) and
    `deposits` (rupiah).
    """

    folder: str
    title: str
    on: date
    schema: int
    whole: bool
    given: bool
    ruled: bool
    placements: tuple[Row, ...]
    names: Mapping[str, str]
    accepted: Mapping[str, date]
    seats: Mapping[str, int]
    consents: Mapping[str, int]
    deposits: Mapping[str, int]
    reserves: tuple[Row, ...] | None = None
    alternatives: tuple[Row, ...] = ()
    refusals: tuple[Row, ...] = ()
    steps: tuple[Step, ...] = ()
    objections: tuple[Objection, ...] = ()
    decisions: tuple[Row, ...] = ()

    @cached_property
    def placement(self) -> dict[str, Row]:
        """Each candidate's row of the placements."""
        return {row["candidate_id"]: row for row in self.placements}

    @cached_property
    def last(self) -> dict[tuple[str, str], Step]:
        """The last step of each pair (candidate, opening)."""
        return {step.pair: step for step in self.steps}

    @cached_property
    def seated(self) -> dict[str, str]:
        """The opening of each candidate who passed the interview, or is further."""
        return {who: at for (who, at), step in self.last.items() if step.state in LOCKED}

    @cached_property
    def underway(self) -> set[str]:
        """The candidates with a pair underway and no seat."""
        found = {who for (who, _), step in self.last.items() if step.state in UNDERWAY}
        return found - self.seated.keys()

    @cached_property
    def open_objections(self) -> list[Objection]:
        """The objections still to be answered, the first due first."""
        open_ones = [one for one in self.objections if one.open]
        return sorted(open_ones, key=lambda one: (one.due, one.candidate, one.text))

    def count(self, *states: str) -> int:
        """Return how many people have one of these states in the placements."""
        return sum(row["state"] in states for row in self.placements)

    def last_in(self, *states: str) -> list[Step]:
        """Return the pairs whose last step is one of these, the oldest first."""
        found = [step for step in self.last.values() if step.state in states]
        return sorted(found, key=lambda step: (step.on, step.pair))

    @cached_property
    def to_offer(self) -> list[Row]:
        """The proposals of the plan with no step on record beyond it, by candidate."""
        done = {pair for pair, step in self.last.items() if step.state != "proposed"}
        return [
            row
            for row in self.placements
            if row["state"] in PROPOSED
            and (row["candidate_id"], row["opening_id"]) not in done
            and row["candidate_id"] not in self.seated
        ]

    def to_name(self, consent: int) -> list[Step]:
        """Return the pairs agreed to by people of this consent who take part, the oldest first."""
        return [
            step
            for step in self.last_in("agreed")
            if self.consents.get(step.candidate_id, UNKNOWN) == consent
            and self.placement.get(step.candidate_id, {}).get("state") in TAKES_PART
        ]

    @cached_property
    def called(self) -> list[Step]:
        """The reserves whom the plan sets at the opening: a seat fell free, the oldest first."""
        return [
            step
            for step in self.last_in("reserve")
            if self.placement.get(step.candidate_id, {}).get("opening_id") == step.opening_id
        ]

    @cached_property
    def long_waiting(self) -> list[tuple[int, str]]:
        """The days of those who take part, have no seat and wait over 180 days, the longest
        first."""
        days = (
            ((self.on - self.accepted[who]).days, who)
            for who, row in self.placement.items()
            if row["state"] in TAKES_PART and who not in self.seated and who in self.accepted
        )
        found = [one for one in days if one[0] > LONG_WAIT]
        return sorted(found, key=lambda one: (-one[0], one[1]))


@dataclass(frozen=True)
class Across:
    """The batches of a folder, oldest first by day and name, maybe none; `left_out` says of each
    batch that is not shown why, `told` what else is to be known of those shown."""

    batches: tuple[BatchTables, ...]
    left_out: tuple[Phrase, ...]
    told: tuple[Phrase, ...]
    language: str

    @property
    def latest(self) -> BatchTables:
        """The newest batch."""
        return self.batches[-1]

    def newest_of(self, candidate: str) -> BatchTables:
        """Return the newest batch that has a candidate of these batches."""
        return next(one for one in reversed(self.batches) if candidate in one.placement)

    @property
    def unruled(self) -> tuple[str, ...]:
        """The batches that our rules did not screen."""
        return tuple(batch.folder for batch in self.batches if not batch.ruled)

    @cached_property
    def candidates(self) -> set[str]:
        """Every candidate of any batch."""
        return {who for batch in self.batches for who in batch.placement}

    @cached_property
    def openings(self) -> set[str]:
        """Every opening that any batch names."""
        named = {at for batch in self.batches for at in batch.seats}
        named |= {row["opening_id"] for b in self.batches for row in b.placements}
        named |= {step.opening_id for batch in self.batches for step in batch.steps}
        return named - {""}

    @cached_property
    def history(self) -> dict[tuple[str, str], tuple[Step, ...]]:
        """The steps of each pair, as the newest batch that records any of the pair has them: what
        was corrected since is not shown twice."""
        pairs: dict[tuple[str, str], tuple[Step, ...]] = {}
        for batch in self.batches:
            own: dict[tuple[str, str], tuple[Step, ...]] = {}
            for step in batch.steps:
                own[step.pair] = (*own.get(step.pair, ()), step)
            pairs |= own
        return pairs

    @cached_property
    def objections(self) -> list[Objection]:
        """Every objection once, as the newest batch that has it says, by day."""
        kept = {
            (one.candidate, one.opening, one.on, one.text): one
            for batch in self.batches
            for one in batch.objections
        }
        return sorted(kept.values(), key=lambda one: (one.on, one.candidate, one.text))

    @cached_property
    def decisions(self) -> list[Row]:
        """Every decision once, by day."""
        columns = ("on", "action", "candidate_id", "opening_id", "reason", "by")
        kept = {
            tuple(row.get(column, "") for column in columns): row
            for batch in self.batches
            for row in batch.decisions
        }
        return [kept[key] for key in sorted(kept)]

    def steps_of(self, candidate: str = "", opening: str = "") -> list[Step]:
        """Return the steps of a candidate or an opening in the order of their days."""
        found = [
            step
            for (who, at), steps in sorted(self.history.items())
            if candidate in ("", who) and opening in ("", at)
            for step in steps
        ]
        return sorted(found, key=lambda step: step.on)

    def name_of(self, candidate: str) -> str:
        """Return a candidate's name in the newest batch that has one, "" where none has."""
        named = (batch.names.get(candidate, "") for batch in reversed(self.batches))
        return next((name for name in named if name), "")


def due_of(on: date, days: int) -> date:
    """Return the last day for the answer to what came in on a day."""
    return on + timedelta(days=days)
