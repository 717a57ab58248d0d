"""What is refused, told as it was asked: what stands against it on record, or else is asked.

The rows that an override was written as are nobody's: no fault points at them, and none says what
to do with a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.check.outcome_words import STATE_NAMES
from matcher.errors import AskedError, InputError, Issue
from matcher.language import Phrase, say
from matcher.personal import mask_all
from matcher.problem import Problem, Standing
from matcher.problem.outcomes import LOCKED, current_steps
from matcher.rules import RULES
from matcher.whatif.inputs import Changed
from matcher.whatif.words import CHANGE_SEATS, FORBID, PLACE, WITHDRAW, Override

SEAT, HOLD = "seat", "hold"  # what is on record besides
FILLING, BARRING = (PLACE, SEAT), (FORBID, WITHDRAW, HOLD)
DECIDED = next(rule.label for rule in RULES if rule.name == "decision")
ROWS = ("LOCK", "LOCK_REFUSED", "LOCK_CAPPED")  # seats that cannot all be kept
CONTRADICTED = say(
    "What is asked cannot be done beside what is on record and what else is asked; nothing was"
    " written."
)
NOT_SO = say("With what is asked the inputs cannot stand; nothing was written.")
IMPOSSIBLE = say(
    "With what is asked no plan can keep every limit of the scenario; nothing was written."
)


@dataclass(frozen=True)
class Claim:
    """Something on record, or asked: a `kind` of override, a `SEAT` by outcome or a `HOLD`, whose
    it is and where ("": everybody, everywhere), and how it is told."""

    kind: str
    candidate_id: str
    opening_id: str
    told: Phrase

    def meets(self, one: Override) -> bool:
        """Whether there is a pair that both are about."""
        return all(
            not own or not other or own == other
            for own, other in (
                (one.candidate_id, self.candidate_id),
                (one.opening_id, self.opening_id),
            )
        )


class Record:
    """What stands on record of a problem, and what is asked beside it."""

    def __init__(self, problem: Problem, changed: Changed, overrides: Sequence[Override]) -> None:
        self.overrides = overrides
        gone = set(changed.given_up)
        recorded = [*_decisions(problem), *_seats(problem), *_absences(problem)]
        self.claims = [
            one
            for one in recorded
            if one.kind not in FILLING or (one.candidate_id, one.opening_id) not in gone
        ]
        self.asked = {one: _asked(one) for one in overrides}
        self.seats = dict(zip(problem.opening_ids, problem.openings.seats.tolist(), strict=True))
        seats = Counter(self.seats)
        for one in overrides:
            if one.kind == CHANGE_SEATS:
                seats[one.opening_id] += one.amount
        filling = {
            (one.candidate_id, one.opening_id)
            for one in (*self.claims, *self.asked.values())
            if one.kind in FILLING
        }
        taken = Counter(opening for _, opening in filling)
        self.crowded = {name for name, n in taken.items() if n > seats[name]}

    def against(self, one: Override) -> tuple[Phrase, ...]:
        """Return all that stands against an override."""
        others = (claim for other, claim in self.asked.items() if other != one)
        told = [
            claim.told for claim in (*self.claims, *others) if _opposed(one, claim, self.crowded)
        ]
        if one.kind == PLACE and one.opening_id in self.crowded:
            n = self.seats[one.opening_id]
            told.insert(
                0, say("the number of seats of {opening}: {n}", opening=one.opening_id, n=n)
            )
        return tuple(told)

    def of(self, person: object, opening: object) -> tuple[Phrase, ...]:
        """Return what fills a seat of an opening with a person, on record or asked."""
        return tuple(
            one.told
            for one in self.claims
            if one.kind in FILLING and (one.candidate_id, one.opening_id) == (person, opening)
        )


def refuse(
    fault: InputError, problem: Problem, changed: Changed, overrides: Sequence[Override]
) -> AskedError:
    """Return a fault of the changed inputs as one of what is asked, without notes: each issue
    names the override where a row has its place."""
    faults = [issue for issue in fault.issues if issue.severity == "error"] or fault.issues
    record = Record(problem, changed, overrides)
    told: dict[tuple[str, str], Issue] = {}
    for issue in faults:
        for one in _told(issue, record, changed):
            told.setdefault((one.file, repr(one.reason)), one)
    codes = {issue.code for issue in faults}
    last = IMPOSSIBLE if codes == {"SHORTAGE"} else CONTRADICTED if codes <= {*ROWS} else NOT_SO
    return AskedError(last, tuple(told.values()), fault.counts)


def _told(issue: Issue, record: Record, changed: Changed) -> Iterator[Issue]:
    """Yield an issue by each override that it is about: the one whose row it is at, else those
    that something stands against, else all together."""
    own = changed.rows.get((issue.file, issue.line))
    contrary = issue.code == "LOCK" or issue.reason.facts.get("rule") == DECIDED
    found = [own] if own else [one for one in record.overrides if record.against(one)]
    for one in found if contrary else []:
        if against := record.against(one):
            yield _issue(issue, str(one), say("against it stands {against}", against=against))
    if contrary and any(map(record.against, found)):
        return
    asked = own or " + ".join(map(str, record.overrides))
    facts = issue.reason.facts
    recorded = () if own else record.of(facts.get("person"), facts.get("opening"))
    reason = issue.reason
    if recorded:
        reason = say("{reason}; {recorded}", reason=reason, recorded=recorded)
    yield _issue(issue, str(asked), reason, issue.mend if issue.code == "SHORTAGE" else None)


def _issue(issue: Issue, asked: str, reason: Phrase, mend: Phrase | None = None) -> Issue:
    bare = replace(issue, file=asked, sheet="", line=0, column="", header="", value="", cell="")
    return replace(bare, reason=reason, mend=mend, became=None, also=())


def _opposed(one: Override, claim: Claim, crowded: Collection[str]) -> bool:
    """Whether a claim stands against an override; `crowded` are the openings with fewer seats than
    are filled."""
    fills = claim.kind in FILLING
    same = bool(one.opening_id) and one.opening_id == claim.opening_id
    full = same and one.opening_id in crowded
    match one.kind:
        case "place" if fills:
            own = one.candidate_id == claim.candidate_id
            return full or (own and not (same and claim.kind == SEAT))
        case "place":
            return claim.meets(one) if claim.kind in BARRING else full
        case "forbid" | "withdraw":
            return fills and claim.meets(one)
        case "seats":
            return fills and full
        case _:
            return False


def _asked(one: Override) -> Claim:
    told = say("“{what}”, asked as well", what=str(one))
    return Claim(one.kind, one.candidate_id, one.opening_id, told)


def _decisions(problem: Problem) -> Iterator[Claim]:
    for one in problem.decisions:
        if one.action in (PLACE, *BARRING):
            parts = filter(None, (one.action, one.candidate_id, one.opening_id))
            told = say(
                "“{what}” on record ({by}, {day}: {reason})",
                what=" ".join(parts),
                by=one.by,
                day=one.on,
                reason=mask_all(one.reason),
            )
            yield Claim(one.action, one.candidate_id, one.opening_id, told)


def _seats(problem: Problem) -> Iterator[Claim]:
    """Yield the seats that outcomes record."""
    for (person, opening), step in current_steps(problem.outcomes).items():
        if step.state in LOCKED:
            ids = problem.candidate_ids[person], problem.opening_ids[opening]
            told = say(
                "the seat of {person} at {opening} on record ({state}, {day})",
                person=ids[0],
                opening=ids[1],
                state=STATE_NAMES[step.state],
                day=step.on,
            )
            yield Claim(SEAT, *ids, told)


def _absences(problem: Problem) -> Iterator[Claim]:
    """Yield who takes no part, for what is not a decision."""
    for person, cause in enumerate(problem.standing_cause):
        name = problem.candidate_ids[person]
        if cause == "deposit":
            told = say("a deposit of {person} on record: on hold until it is returned", person=name)
            yield Claim(HOLD, name, "", told)
        elif cause.startswith("outcome_"):
            told = say("an outcome on record, by which {person} is on hold", person=name)
            if problem.standing[person] == Standing.WITHDRAWN:
                told = say("an outcome on record, by which {person} withdrew", person=name)
            yield Claim(HOLD, name, "", told)
