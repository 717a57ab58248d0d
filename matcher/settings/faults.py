"""The faults that a value of `scenario.toml` may have, each with the sentence it is told in:
`value_fault` makes those that our own checks find, the others are pydantic's. `MENDS` says of some
how to mend them."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

from matcher.language import say
from matcher.spelling import is_unseen

FAULTS = {
    "weights_sum": say("the weights sum to {total}, not to 1000"),
    "paths": say("a file name, or a list of different ones"),
    "name_twice": say("a name stands twice"),
    "lottery_last": say("“lottery” is always last"),
    "no_name": say("at least one of “placements”, “score”, “worst” and “keep” is named"),
    "mode_order": say('mode = "{mode}" stands instead of an order; state one of them'),
    "limits_form": say("each limit is a table of its own: [[limits]], in two brackets"),
    "limit_kind": say("a limit states `by` with `min` or `max`, `budget`, `together` or `apart`"),
    "limit_empty": say("at least one of `min` and `max` is stated"),
    "limit_max": say('a whole number of people is expected, or "class_size" by school'),
    "limit_crossed": say("`min` {least} is above `max` {most}"),
    "limit_names": say("a name, or a list of different ones"),
    "class_size_by": say('only schools have a class size: by = "school"'),
    "two_ids": say("a list of exactly two ids is expected"),
    "id_twice": say("the same id stands twice"),
    "both_ways": say("two people are together or apart, not both"),
    "own_scores": say("min_score and unplaced_worth are at most {most} without given scores"),
    "loads_crossed": say("load_min {least} is above load_max {most}"),
    "window_form": say("a window is two dates, as [2027-04-01, 2027-08-31]"),
    "ruled_late": say("settled after the day the scenario counts from"),
    "window_crossed": say("the entry window ends before it begins"),
    "int_type": say("a whole number is expected"),
    "bool_type": say("true or false is expected"),
    "string_type": say("text in quotes is expected"),
    "date_type": say("a date is expected, as 2023-04-01"),
    "model_type": say("a table is expected"),
    "dict_type": say("a table is expected"),
    "tuple_type": say("a list in brackets is expected"),
    "name_unseen": say("one line of visible characters is expected"),
    "string_too_short": say("too short"),
    "string_too_long": say("too long"),
    "greater_than": say("out of range"),
    "greater_than_equal": say("out of range"),
    "less_than_equal": say("out of range"),
}
MENDS = {
    "greater_than": say("more than {gt}"),
    "greater_than_equal": say("at least {ge}"),
    "less_than_equal": say("at most {le}"),
}


def value_fault(kind: str, **facts: str | int) -> PydanticCustomError:
    """Return the fault of a value, told by `FAULTS`."""
    return PydanticCustomError(kind, "fault", facts)


def seen(text: str) -> str:
    """Return a text of one line of visible characters; a fault where it is not one."""
    if any(is_unseen(letter) or letter in "\t\n\r" for letter in text) or not text.strip():
        raise value_fault("name_unseen")
    return text
