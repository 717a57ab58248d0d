"""What the checker found: each fault with its place, and what is proved of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.language import Phrase

CHANGED, WRONG, LOTTERY = "changed", "wrong", "lottery"


@dataclass(frozen=True)
class Finding:
    """One fault of a batch: `CHANGED` where a file is not the one its SHA-256 was taken of, `WRONG`
    where what it says is not what follows from the inputs.

    `file` is within the batch; `place` an id, a key or a line in it, "" for the whole file.
    """

    kind: str
    file: str
    place: str
    told: Phrase


@dataclass(frozen=True)
class Proved:
    """Of one place of the tuple by which plans are compared: what the plan has (`total`, proposals
    not on record alone), the most that any plan could have (`bound`), and what the solver said of
    its answer, which nothing proves ("" where a certificate stands for it).

    `level` is the score of a place of `worst`, None where it has none.
    """

    name: str
    level: int | None
    total: int
    bound: int
    claim: str = ""

    @property
    def gap(self) -> int:
        """What a better plan could have more, at most; 0: proved."""
        return self.bound - self.total


@dataclass(frozen=True)
class Report:
    """All findings, in order of files and places, and what was compared: `pairs` that may be
    proposed, `limits` (ceilings and floors of people, seats, quotas and the office), `values` read
    in the batch. `on_record` people have their seat on record, and are no part of what is proved.
    `proved` is empty where the proof could not be read, and of a plan of `mode = "stable"`."""

    findings: tuple[Finding, ...]
    proved: tuple[Proved, ...] = ()
    method: str = ""
    on_record: int = 0
    pairs: int = 0
    limits: int = 0
    values: int = 0

    @property
    def lottery_left_out(self) -> bool:
        """Whether a proof leaves the lottery out: where limits or quotas are not nested sets it
        may not show that among equally good plans this is the one that was drawn."""
        return bool(self.proved) and LOTTERY not in {one.name for one in self.proved}

    @property
    def accepted(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
