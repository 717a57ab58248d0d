"""The rules a pair is screened by: each a small function on columns, declared in `RULES`.

A rule looks at candidates `c` and openings `o` (columns down and rows across, or one of each) and
the shared `facts`, and returns two arrays that broadcast to the pairs: where it fails, and where
it is unknown. Unknown never fails, and is never said where nothing is required.

To add a rule: write the function, add the line to `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.fit import MUST_MISSING, MUST_TAUGHT, Facts, look_up
from matcher.language import Phrase, say
from matcher.problem import (
    FIT,
    IN_PROGRESS,
    NO,
    NO_DAY,
    NOT_PASSED,
    PASSED,
    UNFIT,
    UNKNOWN,
    YES,
    Candidates,
    Flags,
    Numbers,
    Openings,
)

Answer = tuple[Flags, Flags]
Judge = Callable[[Candidates, Openings, Facts], Answer]
SAME_TRADE_MONTHS = 6
NEVER = np.zeros((1, 1), bool)


@dataclass(frozen=True)
class Rule:
    """`kind` is law, promise, person, order or office: who could lift it."""

    name: str
    label: Phrase
    kind: str
    source: Phrase
    judge: Judge


def age(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """18 or older at entry: fails where not 18 by `entry_to`, unknown where 18 only inside the
    window."""
    fails = c.adult_on > o.entry_to
    return fails, (c.adult_on > o.entry_from) & ~fails


def job_stage(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """An official job type that reaches the stage the opening asks for."""
    return o.stage > o.highest_stage, NEVER


def trained_for(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """An essential skill reached and skill fit of `min_skill_fit`, or 6 months in the same job
    category, or any trade asked and accepted."""
    fits = facts.reached & (facts.fit >= facts.min_skill_fit)
    trained = look_up(fits, c.profile, o.job)
    if (facts.lists.experience >= SAME_TRADE_MONTHS).any():
        enough = facts.lists.experience >= SAME_TRADE_MONTHS
        trained = trained | look_up(enough, c.experience_row, o.category)
    any_trade = o.any_trade == YES
    trained = trained | (any_trade & (c.accepts_any_trade == YES))
    unknown = ~trained & (any_trade & (c.accepts_any_trade == UNKNOWN))
    return ~(trained | unknown), unknown


def former_trainee(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Never before done the same stage of TITP (T11); which stage a former trainee has done is
    to be shown where the opening begins later."""
    first, former = o.stage == 1, c.former_trainee
    return first & (former == YES), (former == UNKNOWN) | (~first & (former == YES))


def japanese_law(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The level the law asks at entry: care N4 by JLPT, J.TEST or NAT-TEST (T15); a level shown
    by JFT-Basic is to be shown again by one of them."""
    fails, unknown = _language(c, o, o.law_level)
    return fails, unknown | ((c.jft == YES) & (o.law_level > 0) & ~fails)


def japanese_order(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The level the order asks at entry."""
    return _language(c, o, o.order_level)


def must_skills(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The order's must-haves: evidenced passes, only taught by the programme is unknown."""
    if not facts.must.any():
        return NEVER, NEVER
    state = look_up(facts.must, c.profile, o.needs_row)
    return state == MUST_MISSING, state == MUST_TAUGHT


def conditions(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """What the work brings with it, against what the person accepts; never inferred."""
    fails = (o.conditions & c.refuses) != 0
    return fails, ((o.conditions & ~c.accepts) != 0) & ~fails


def refused_work(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Job types and prefectures the person does not accept; unknown where the order names no
    prefecture and the person refuses some."""
    jobs, places = facts.lists.refused_jobs, facts.lists.refused_prefectures
    refused = look_up(jobs, c.refusal_row, o.job) if jobs.any() else NEVER
    if not places.any():
        return refused, NEVER
    refused = refused | look_up(places, c.refusal_row, o.prefecture)
    choosy = np.asarray(places.any(axis=1))[c.refusal_row]
    return refused, choosy & (o.prefecture == UNKNOWN) & ~refused


def entry_window(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Available before the entry window ends; blank is a note, not a condition."""
    return c.available_from > o.entry_to, NEVER


def order_open(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The order still takes people on the day of the batch."""
    return (o.closes != NO_DAY) & (o.closes < facts.on), NEVER


def training_result(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Training passed, or in progress and ending before the entry window does."""
    result, ends = c.training_result, c.training_end
    late = (result != PASSED) & (ends > o.entry_to)
    fails = late | (result == NOT_PASSED)
    open_end = (result == IN_PROGRESS) & (ends == NO_DAY)
    return fails, ((result == UNKNOWN) | open_end) & ~fails


def medical(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Fit in the medical check; pending or blank is to be shown."""
    return c.medical == UNFIT, (c.medical != FIT) & (c.medical != UNFIT)


def wants_abroad(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The person wants to go; blank is a note."""
    return c.wants_abroad == NO, NEVER


def school_allowed(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The person's school is among those the order is open to."""
    closed = ~look_up(facts.lists.senders, c.school, o.senders_row) & (o.senders_row > 0)
    known = c.school != UNKNOWN
    return closed & known, closed & ~known


def decision(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """No decision on record forbids the pair, holds the opening or withdraws it."""
    if not facts.lists.forbidden.any():
        return NEVER, NEVER
    return look_up(facts.lists.forbidden, c.decision_row, o.index), NEVER


def _language(c: Candidates, o: Openings, minimum: Numbers) -> Answer:
    asked = minimum > 0
    if not asked.any():
        return NEVER, NEVER
    below = asked & (c.level < minimum)
    mended = (c.expected_level >= minimum) & (c.expected_on <= o.entry_from)
    unknown = below & ((c.level < 0) | mended)
    return below & ~unknown, unknown


IJC = say("IJC programme: people go in the trade they were trained for")
ORDER = say("the order")
ANSWER = say("the person's own answer")

RULES = (
    Rule("age", say("age at entry"), "law", say("T7: 18 or older"), age),
    Rule("job_stage", say("job type and stage"), "law", say("the official list"), job_stage),
    Rule("trained_for", say("training for the work"), "promise", IJC, trained_for),
    Rule(
        "former_trainee",
        say("earlier training in Japan"),
        "law",
        say("T11: the same stage only once"),
        former_trainee,
    ),
    Rule(
        "japanese_law",
        say("Japanese at entry (law)"),
        "law",
        say("T15: care work asks N4 at entry"),
        japanese_law,
    ),
    Rule("japanese_order", say("Japanese at entry (order)"), "order", ORDER, japanese_order),
    Rule("must_skills", say("skills the order insists on"), "order", ORDER, must_skills),
    Rule("conditions", say("conditions of the work"), "person", ANSWER, conditions),
    Rule("refused_work", say("job types and places accepted"), "person", ANSWER, refused_work),
    Rule("entry_window", say("availability for entry"), "order", ORDER, entry_window),
    Rule("order_open", say("closing date of the order"), "order", ORDER, order_open),
    Rule(
        "training_result",
        say("result of the training"),
        "promise",
        say("IJC programme: alumni who passed"),
        training_result,
    ),
    Rule(
        "medical",
        say("medical check"),
        "law",
        say("medical check for visa and departure"),
        medical,
    ),
    Rule("wants_abroad", say("wish to go abroad"), "person", ANSWER, wants_abroad),
    Rule(
        "school_allowed",
        say("sending organisation allowed for the order"),
        "order",
        ORDER,
        school_allowed,
    ),
    Rule("decision", say("decision on record"), "office", say("the decisions table"), decision),
)
KINDS_OF_RULES = {rule.name: rule.kind for rule in RULES}
WAIVABLE = tuple(rule.name for rule in RULES if rule.kind == "order")
