"""The sum behind a ceiling, in words, and the cap it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.language import Phrase, say
from matcher.quotas.caps import Cap


@dataclass(frozen=True)
class Owner:
    """A set of openings as yet without a ceiling: the cap's name, its rule, whose limit it is."""

    name: str
    rule: str
    owner: str
    openings: Sequence[int]


def settle(
    whose: Owner,
    limit: int | None,
    told: Phrase,
    present: int,
    promised: int,
    missing: Sequence[Phrase] = (),
    *,
    counts: Phrase | None = None,
    recorded: bool = True,
    binds: bool = True,
) -> Cap:
    """Return the cap of a limit: its ceiling is what is left of it.

    `told` says how the limit came about, `missing` what is still to be shown, `counts` what is
    counted where that is not just those present and promised; `recorded` whether those present
    are, who count as nobody where they are not. A limit that is not known, or that
    does not bind, sets no ceiling.
    """
    if counts is None:
        facts = {"present": present, "promised": promised}
        counts = say("{present} present, {promised} promised", **facts)
        if not recorded:
            counts = say(
                "those present not recorded in full ({present} counted), {promised} promised",
                **facts,
            )
    ceiling = None if limit is None or not binds else max(limit - present - promised, 0)
    if ceiling is None:
        arithmetic = say(
            "{rule}: {limit}; {counted}; no ceiling is set",
            rule=whose.rule,
            limit=told,
            counted=counts,
        )
    else:
        arithmetic = say(
            "{rule}: {limit}; {counted}, so {left} more",
            rule=whose.rule,
            limit=told,
            counted=counts,
            left=ceiling,
        )
    because = say("still to be shown: {what}", what=tuple(missing)) if missing else None
    return Cap(
        name=whose.name,
        rule=whose.rule,
        owner=whose.owner,
        openings=tuple(sorted(whose.openings)),
        limit=limit,
        present=present,
        promised=promised,
        ceiling=ceiling,
        unsettled=bool(missing),
        arithmetic=arithmetic,
        because=because,
    )
