"""A breakdown as a waterfall in two parts: where each bar starts and ends is read off the lines, so
that the last end is the score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matcher.language import Words, say
from matcher.report.content.values import Line
from matcher.report.words import PARTS

TOTAL = say("score")
PARTED = ("fit", "consideration")


class Bar(NamedTuple):
    """One bar in millionths, as the page's script reads it: from `start` to `end`; `high` is where
    it could end at most once all is known, `reach` where its greatest value would end. `value`, its
    ends `low` and `most`, and `weight` are per mille; a sum ("fit", "consideration", "total") has
    no value and no weight, and its ends are millionths."""

    kind: str
    label: str
    start: int
    end: int
    high: int
    reach: int
    value: int | None
    low: int
    most: int
    weight: int | None


def build_waterfall(lines: Sequence[Line], words: Words) -> list[Bar]:
    """Return the bars of a breakdown: those of each part under its name, their subtotals, and the
    total; nothing for given scores, which have no parts."""
    bars: list[Bar] = []
    at = 0
    for part in PARTED:
        first, of_part = at, [line for line in lines if line.part == part]
        for line in of_part:
            bars.append(_bar(line, at))
            at = bars[-1].end
        bars.append(_sum(part, words(PARTS[part]), of_part, first))
    bars.append(_sum("total", words(TOTAL), [line for line in lines if line.part in PARTED], 0))
    return bars if bars[-1].reach else []


def _bar(line: Line, start: int) -> Bar:
    high, reach = start + line.high * line.weight, start + 1000 * line.weight
    ends = (start, start + line.contribution, high, reach)
    return Bar("line", line.label, *ends, line.value, line.low, line.high, line.weight)


def _sum(kind: str, label: str, lines: Sequence[Line], start: int) -> Bar:
    end = high = reach = start
    low = 0
    for line in lines:
        end += line.contribution
        low += line.low * line.weight
        high += line.high * line.weight
        reach += 1000 * line.weight
    return Bar(kind, label, start, end, high, reach, None, low, high - start, None)
