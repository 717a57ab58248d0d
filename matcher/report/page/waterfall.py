"""A breakdown as a waterfall in two parts: where each bar starts and ends is read off the lines, so
that the last end is the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.language import Words, say
from matcher.report.content.values import Line
from matcher.report.words import PARTS

TOTAL = say("score")
PARTED = ("fit", "consideration")


@dataclass(frozen=True)
class Bar:
    """One bar in millionths: from `start` to `end`; `high` is where it could end at most once all
    is known, `reach` where its greatest value would end. `value`, its ends `low` and `most`, and
    `weight` are per mille; a sum ("fit", "consideration", "total") has no value and no weight, and
    its ends are millionths."""

    kind: str
    label: str
    start: int
    end: int
    high: int
    reach: int
    low: int
    most: int
    value: int | None = None
    weight: int | None = None

    @property
    def packed(self) -> tuple[object, ...]:
        """The bar as the page's script reads it."""
        ends = (self.start, self.end, self.high, self.reach)
        terms = (self.value, self.low, self.most, self.weight)
        return (self.kind, self.label, *ends, *terms)


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
    return Bar("line", line.label, *ends, line.low, line.high, line.value, line.weight)


def _sum(kind: str, label: str, lines: Sequence[Line], start: int) -> Bar:
    end = start + sum(line.contribution for line in lines)
    low, most = (
        sum(value * line.weight for value, line in zip(ends, lines, strict=True))
        for ends in ([line.low for line in lines], [line.high for line in lines])
    )
    reach = sum(1000 * line.weight for line in lines)
    return Bar(kind, label, start, end, start + most, start + reach, low, most)
