"""What became of proposals, step by step, and what each reason means for the next run.

The person's yes comes first: no name goes to a host before `agreed`. A decline costs the person
nothing, and the waiting time stands. `declined` is the person's own answer, `failed` the host's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

STATES = (
    *("proposed", "offered", "agreed", "declined", "named", "interviewed"),
    *("passed", "reserve", "failed", "no_show", "plan_filed", "certificate", "departed"),
)
# What may follow each state of a pair; "" stands for nothing recorded before.
FOLLOWING: dict[str, tuple[str, ...]] = {
    "": ("proposed", "offered", "agreed", "declined"),
    "proposed": ("offered", "agreed", "declined"),
    "offered": ("agreed", "declined"),
    "agreed": ("named", "declined"),
    "declined": ("offered", "agreed"),
    "named": ("interviewed", "passed", "reserve", "failed", "no_show", "declined"),
    "interviewed": ("passed", "reserve", "failed", "declined"),
    "passed": ("plan_filed", "declined", "failed"),
    "reserve": ("passed", "failed", "declined"),
    "failed": ("offered", "agreed"),  # the host is asked again
    "no_show": ("named", "declined", "failed"),
    "plan_filed": ("certificate", "declined", "failed"),
    "certificate": ("departed", "declined", "failed"),
    "departed": (),
}
LOCKED = ("passed", "plan_filed", "certificate", "departed")  # the seat is the person's
JUDGED = ("certificate", "departed")  # the law has judged; no rule is asked again
ENDED = ("declined", "failed", "no_show")
UNDERWAY = ("offered", "agreed", "named", "interviewed", "reserve")  # stays on its interview list
AT_HOST = ("named", "interviewed", "reserve", *LOCKED)  # the host has the name
SAID_YES = ("agreed", *AT_HOST, "no_show")  # the person's yes to the order stands on record
KEPT = ("proposed", "offered", "agreed", "named", "interviewed")  # what `keep` keeps, too
# What a reason code does in the next run.
PAIR, WORK, HOST, PREFECTURE = "pair", "work", "host", "prefecture"
HOLD, WITHDRAW, STAY = "hold", "withdraw", "stay"
EFFECTS = (PAIR, WORK, HOST, PREFECTURE, HOLD, WITHDRAW, STAY)


@dataclass(frozen=True)
class ReasonCode:
    """A reason for a state of `ENDED`: `states` it may stand with, and its effect."""

    code: str
    states: tuple[str, ...]
    effect: str


REASONS = (
    ReasonCode("not_this_place", ("declined",), PAIR),
    ReasonCode("not_this_work", ("declined",), WORK),
    ReasonCode("not_this_host", ("declined",), HOST),
    ReasonCode("not_this_prefecture", ("declined",), PREFECTURE),
    ReasonCode("terms", ("declined",), PAIR),
    ReasonCode("date", ("declined", "no_show"), STAY),
    ReasonCode("family", ("declined", "no_show"), HOLD),
    ReasonCode("health", ("declined", "no_show", "failed"), HOLD),
    ReasonCode("other_work", ("declined",), WITHDRAW),
    ReasonCode("leaves_programme", ("declined",), WITHDRAW),
    ReasonCode("skill", ("failed",), PAIR),
    ReasonCode("language", ("failed",), PAIR),
    ReasonCode("interview", ("failed",), PAIR),
    ReasonCode("others_chosen", ("failed",), PAIR),
    ReasonCode("host_wide", ("failed",), HOST),
    ReasonCode("order_ended", ("failed",), PAIR),
    ReasonCode("papers", ("failed",), HOLD),
    ReasonCode("travel", ("no_show",), STAY),
    ReasonCode("unknown", ("declined", "failed", "no_show"), PAIR),
)
REASON_OF = {reason.code: reason for reason in REASONS}


def effect_of(state: str, reason_code: str) -> str:
    """Return what a step means for the next run: one of `EFFECTS` where the pair has ended (the
    pair alone where no reason is stated), else ""."""
    if state not in ENDED:
        return ""
    return REASON_OF[reason_code].effect if reason_code else PAIR


def closes_pair(state: str, effect: str) -> bool:
    """Return whether a pair whose last step has this state and effect is out in the next run: what
    the host ended stays ended, even where the reason holds the person as well."""
    return state == "failed" or effect in (PAIR, WORK, HOST, PREFECTURE)


@dataclass(frozen=True)
class Outcome:
    """One step of one candidate at one opening (places in the problem), and where it is recorded.

    `rank` is that of a reserve (1 first; 0 where none is stated), `reason_code` one of
    `REASON_OF` or "".
    """

    candidate: int
    opening: int
    state: str
    on: date
    by: str
    rank: int
    reason_code: str
    file: str
    sheet: str
    line: int

    @property
    def effect(self) -> str:
        """What it means for the next run: one of `EFFECTS` where the pair has ended, else ""."""
        return effect_of(self.state, self.reason_code)


@dataclass(frozen=True)
class Objection:
    """What somebody objects to (`opening` -1: no one job order), and the answer ("" and None
    while there is none); `outcome` is "", "upheld", "not_upheld" or "withdrawn"."""

    candidate: int
    opening: int
    text: str
    on: date
    answer: str
    answered_on: date | None
    outcome: str
    by: str

    @property
    def open(self) -> bool:
        """Whether it still waits for its answer; one without a day is a draft."""
        return self.answered_on is None


@dataclass(frozen=True)
class Demand:
    """People that are asked for by kejuruan, with no host yet; days of entry counted from
    1970-01-01, `NO_DAY` where not stated; `wishes` is kept apart and told, no more."""

    kejuruan: str
    people: int
    entry_from: int
    entry_to: int
    wishes: str


def current_steps(outcomes: Iterable[Outcome]) -> dict[tuple[int, int], Outcome]:
    """Return the last step of each pair (candidate, opening); outcomes stand in order."""
    return {(step.candidate, step.opening): step for step in outcomes}
