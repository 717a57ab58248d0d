"""Who is there already: people present, and whether the tables record them."""

from __future__ import annotations

from matcher.language import Phrase, say
from matcher.problem import Establishments, Hosts, Numbers

STAGES = ("i", "ii", "iii")
STAGE_NAMES = (say("stage i"), say("stage ii"), say("stage iii"))
STAFF = say("the number of full-time staff")
ALL_TRAINEES = say("the trainees present at each stage")


def counted(column: Numbers, place: int) -> tuple[int, bool]:
    """Return a number of people and whether it is recorded; blank counts as nobody."""
    value = int(column[place])
    return max(value, 0), value >= 0


def trainees(owners: Hosts | Establishments, place: int, stage: int) -> tuple[int, bool]:
    """Return a host's or establishment's trainees of a stage (1..3), and whether recorded."""
    columns = (owners.trainees_1, owners.trainees_2, owners.trainees_3)
    return counted(columns[stage - 1], place)


def all_trainees(owners: Hosts | Establishments, place: int) -> tuple[int, bool]:
    """Return the trainees of all stages, and whether every stage is recorded."""
    found = [trainees(owners, place, stage) for stage in (1, 2, 3)]
    return sum(count for count, _ in found), all(known for _, known in found)


def trainees_of(stage: int) -> Phrase:
    """Return the words for a number of trainees that is to be shown."""
    return say("the trainees present at {stage}", stage=STAGE_NAMES[stage - 1])
