"""The rules a pair is screened by: each a small function on columns, declared in `RULES`.

A rule looks at candidates `c` and openings `o` (columns down and rows across, or one of each) and
the shared `facts`, and returns two arrays that broadcast to the pairs: where it fails, and where
it is unknown. Unknown never fails, and is never said where nothing is required. A rule that looks
at openings alone returns one row, at people alone one column.

To add a rule: write the function, add the line to `RULES` (32 rules at most: one bit each).
"""

from __future__ import annotations

from matcher.language import say
from matcher.rules.answer import SAME_TRADE_MONTHS, Answer, Rule
from matcher.rules.experience import (
    ROUTES,
    is_own_trade,
    minutes_at_entry,
    prior_experience,
    prior_experience_route,
    training_at_entry,
)
from matcher.rules.given import given_score
from matcher.rules.law import (
    care_experience,
    esd_fees,
    esd_field,
    fee_limit,
    host_quota,
    job_stage,
    minimum_wage,
    recommendation,
    regime_dates,
    stage_iii,
    supervisor_permit,
)
from matcher.rules.orders import (
    cost_cap,
    decision,
    declined,
    enforced_wish,
    entry_window,
    interview,
    order_open,
    school_allowed,
)
from matcher.rules.people import (
    age,
    conditions,
    former_trainee,
    japanese_law,
    japanese_order,
    medical,
    must_skills,
    refused_work,
    trained_for,
    training_result,
    wants_abroad,
)

__all__ = [
    "ALWAYS",
    "KINDS_OF_RULES",
    "ROUTES",
    "RULES",
    "SAME_TRADE_MONTHS",
    "WAIVABLE",
    "Answer",
    "Rule",
    "fee_limit",
    "is_own_trade",
    "minutes_at_entry",
    "prior_experience",
    "prior_experience_route",
    "training_at_entry",
]

IJC = say("IJC programme: people go in the trade they were trained for")
ORDER = say("the order")
ANSWER = say("the person's own answer")

RULES = (
    Rule("age", say("age at entry"), "law", say("T7: 18 or older"), age),
    Rule("job_stage", say("job type and stage"), "law", say("the official list"), job_stage),
    Rule(
        "regime_dates",
        say("regime and dates"),
        "law",
        say("E3: plan approval, start and change of regime"),
        regime_dates,
    ),
    Rule("trained_for", say("training for the work"), "promise", IJC, trained_for),
    Rule(
        "prior_experience",
        say("prior experience"),
        "law",
        say("T9: experience, or training before entry"),
        prior_experience,
    ),
    Rule(
        "care_experience",
        say("prior experience in care"),
        "law",
        say("T16: care work, nursing or a care certificate"),
        care_experience,
    ),
    Rule(
        "former_trainee",
        say("earlier training in Japan"),
        "law",
        say("T11: the same stage only once"),
        former_trainee,
    ),
    Rule(
        "stage_iii",
        say("stage iii"),
        "law",
        say("T5 and T12: excellent host, stay at home and test"),
        stage_iii,
    ),
    Rule(
        "japanese_law",
        say("Japanese at entry (law)"),
        "law",
        say("T15 care, E5 and E7 under ESD"),
        japanese_law,
    ),
    Rule(
        "japanese_order",
        say("Japanese at entry (order)"),
        "order",
        ORDER,
        japanese_order,
        waivable=True,
    ),
    Rule(
        "must_skills",
        say("skills the order insists on"),
        "order",
        ORDER,
        must_skills,
        waivable=True,
    ),
    Rule("conditions", say("conditions of the work"), "person", ANSWER, conditions),
    Rule("refused_work", say("job types and places accepted"), "person", ANSWER, refused_work),
    Rule(
        "entry_window",
        say("availability for entry"),
        "order",
        ORDER,
        entry_window,
        waivable=True,
    ),
    Rule("order_open", say("closing date of the order"), "order", ORDER, order_open, waivable=True),
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
    Rule(
        "recommendation",
        say("recommendation of the home country"),
        "law",
        say("T10: valid at entry"),
        recommendation,
    ),
    Rule("wants_abroad", say("wish to go abroad"), "person", ANSWER, wants_abroad),
    Rule(
        "school_allowed",
        say("sending organisation allowed for the order"),
        "order",
        ORDER,
        school_allowed,
        waivable=True,
    ),
    Rule(
        "minimum_wage",
        say("minimum wage"),
        "law",
        say("W3: minimum wage of the prefecture"),
        minimum_wage,
    ),
    Rule(
        "supervisor_permit",
        say("permit of the supervising organisation"),
        "law",
        say("§3: country and work named, still valid"),
        supervisor_permit,
    ),
    Rule("esd_field", say("field of ESD"), "law", say("E4: a field that is open"), esd_field),
    Rule(
        "host_quota",
        say("quota of the host"),
        "law",
        say("T1 to T5, ESD quota"),
        host_quota,
    ),
    Rule(
        "esd_fees",
        say("costs against pay"),
        "law",
        say("E11: cap on what a person pays"),
        esd_fees,
    ),
    Rule(
        "cost_cap",
        say("cost still to pay"),
        "promise",
        say("IJC programme: low cost"),
        cost_cap,
    ),
    Rule(
        "enforced_wish",
        say("wish of the host, enforced"),
        "order",
        say("a decision on record"),
        enforced_wish,
    ),
    Rule("decision", say("decision on record"), "office", say("the decisions table"), decision),
    Rule(
        "declined",
        say("the person's own earlier answer"),
        "person",
        say("the outcomes table"),
        declined,
    ),
    Rule(
        "interview",
        say("result of an earlier interview"),
        "order",
        say("the outcomes table"),
        interview,
        waivable=True,
    ),
    Rule(
        "given_score",
        say("a score is given for the pair"),
        "office",
        say("the scores table"),
        given_score,
    ),
)
# What is asked too where the scenario leaves our rules out (`[scores] rules = false`).
ALWAYS = frozenset(("decision", "declined", "interview", "given_score"))
KINDS_OF_RULES = {rule.name: rule.kind for rule in RULES}
WAIVABLE = tuple(rule.name for rule in RULES if rule.waivable)
