"""The names of groups and groupings, and numbers of an audit as people read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

from matcher.audit.groups import BANDS, OLDEST
from matcher.audit.rates import Rate, Share
from matcher.language import Fact, Words, say
from matcher.problem import Problem
from matcher.vocabulary import load_vocabulary

GROUPINGS = {
    "sex": say("By sex"),
    "age": say("By age"),
    "centre": say("By training centre"),
    "province": say("By province"),
}
SEXES = {"L": say("men"), "P": say("women")}
NOT_RECORDED = say("not recorded")
SMALLEST_P = Decimal("0.001")
WIDTH = 100


def group_name(grouping: str, name: str) -> Fact:
    """Return the name of a group as people read it."""
    match grouping:
        case _ if not name:
            return NOT_RECORDED
        case "sex":
            return SEXES.get(name, name)
        case "age":
            return _band(name)
        case "province":
            province = load_vocabulary().provinces.get(name)
            return province.name if province else name
        case _:
            return name


def _band(name: str) -> Fact:
    lasts, names = [last for last, _ in BANDS], [band for _, band in BANDS]
    if name == OLDEST:
        return say("{age} and over", age=lasts[-1] + 1)
    at = names.index(name)
    if not at:
        return say("{age} and under", age=lasts[0])
    return say("{low} to {high}", low=lasts[at - 1] + 1, high=lasts[at])


def of_100(share: Share, words: Words) -> str:
    """Return a share of 100 with one decimal, rounded half up; "–" of nothing."""
    rate = rate_of(share)
    return "–" if rate is None else words(rate)


def rate_of(share: Share) -> Decimal | None:
    """Return a share of 100 with one decimal, rounded half up; None of nothing."""
    return None if share.exact is None else decimal(100 * share.exact, 1)


def with_interval(rate: Rate) -> str:
    """Return a rate of 100 with its exact interval, in whole numbers; "–" of nobody."""
    if rate.own.exact is None or rate.interval is None:
        return "–"
    own, low, high = (
        decimal(100 * Fraction(share), 0) for share in (rate.own.exact, *rate.interval)
    )
    return f"{own} ({low}–{high})"


def ratio_of(ratio: Fraction, words: Words) -> str:
    """Return a ratio with two decimals, rounded down so that nothing under 0.8 reads as 0.80."""
    return words(rounded_down(ratio))


def rounded_down(ratio: Fraction) -> Decimal:
    """Return a ratio with two decimals, rounded down."""
    return decimal(ratio, 2, down=True)


def chance(p: float | None, words: Words) -> str:
    """Return a probability with three decimals, "<0.001" below that."""
    if p is None:
        return ""
    shown = decimal(Fraction(p), 3)
    return f"<{words(SMALLEST_P)}" if shown < SMALLEST_P else words(shown)


def decimal(value: Fraction, places: int, *, down: bool = False) -> Decimal:
    """Return a fraction with so many decimals, rounded half up or down."""
    scaled = value * 10**places
    whole = floor(scaled if down else scaled + Fraction(1, 2))
    return Decimal(whole).scaleb(-places)


def mean_score(problem: Problem, share: Share, words: Words) -> str:
    """Return the mean of scores, or of parts of them, with two decimals: ours as points of 100,
    given ones as they were given; "–" of none."""
    unit = 10_000 if problem.given is None else 1
    return words(decimal(Fraction(share.count, unit * share.of), 2)) if share.of else "–"


def paragraph(text: str, before: str = "") -> str:
    """Return a text folded at 100 columns, Japanese too, with something before its first line."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=WIDTH, no_color=True, highlight=False, emoji=False)
    lines = Text(text).wrap(console, WIDTH - len(before))
    first, *others = [line.plain.rstrip() for line in lines] or [""]
    return "".join(
        f"{line}\n" for line in (before + first, *(" " * len(before) + x for x in others))
    )
