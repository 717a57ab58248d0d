"""The names people read on interview lists: states, why a list is short, why nobody's list."""

from __future__ import annotations

from matcher.language import Name, Phrase, say
from matcher.report.words import STEPS
from matcher.shortlist import Entry

LIST_STATES: dict[str, Name | Phrase] = {
    "proposed": say("listed"),
    "conditional": say("listed, conditional"),
    "offered": say("asked, no answer yet"),
    "agreed": say("agreed"),
    "declined": say("declined before; to be asked again"),
    "named": say("named to the host"),
    "interviewed": say("interviewed, result awaited"),
    "reserve": say("reserve at the host"),
    "failed": STEPS["failed"],
    "no_show": say("missed an interview; to be named again"),
}
SHORTER = {
    "nobody": say("no more people may stand there (`matcher show` names the rules)"),
    "quota": say("the host's quota allows no more"),
    "limit": say("a limit of this batch allows no more"),
    "shared": say("everybody else who may stand there is on as many lists as allowed"),
    "clash": say("everybody else who may stand there is interviewed at another job order that day"),
}
LIST_METHODS = {
    "tree": say(
        "No other lists are better: first for people waiting more than 180 days, then for everybody"
        " to be on enough lists, then for full lists, then for the sum of scores."
    ),
    "divided": say(
        "Quotas that cross were divided in every way; the lists are the best of all of them."
    ),
    "milp": say(
        "The lists keep every rule, quota and day that was checked; that no others are better rests"
        " on a solver of whole numbers (milp)."
    ),
}
LEFT_OUT = {
    "refused": say("no job order is open to them under the rules as recorded"),
    "floor": say("below the least score of this batch"),
    "closed": say("their job orders have no free place (seats, quota or limit)"),
    "full": say("the lists of their job orders are full"),
}
NEXT = {
    "refused": say(
        "No job order open: `matcher explain` names what is missing at each. They are matched again"
        " once that is recorded or a fitting job order comes; the waiting time counts on."
    ),
    "floor": say(
        "Below the least score: the office set it (min_score) and may lower it. They are matched"
        " again in the next round; the waiting time counts on."
    ),
    "closed": say(
        "No free place: ask the hosts for more seats, or for what their quotas lack. They are"
        " matched again in the next round; the waiting time counts on."
    ),
    "full": say(
        "Lists full: they come in where somebody declines and the lists are made again, or with"
        " longer lists ([shortlist]). The waiting time counts on."
    ),
}


def state_on_list(entry: Entry) -> Name | Phrase:
    """Return the state of a line as people read it."""
    state = LIST_STATES[entry.state]
    if entry.fixed and entry.state in ("proposed", "conditional"):
        return say("{state}, set by an officer", state=state)
    return state
