"""What the book of rules is made of: figures, each with its source, and a scenario's rulings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from matcher.language import Name, Phrase

Value = bool | int | str | date | tuple["Value", ...] | None
SEEN = frozenset("PS")
JUDGING = ("rule", "quota")
# The order of the book; rules of the page that have no number stand under its section.
ORDER = ("T", "§2", "§3", "E", "§4", "L", "D", "W")


@dataclass(frozen=True)
class Ruling:
    """What a scenario states of a figure; no value: the figure is confirmed as it stands."""

    key: str
    value: Value
    by: str
    on: date
    source: str


@dataclass(frozen=True)
class Figure:
    """One entry of the book; without a value it is information.

    `shape` is the kind of its value: number, day, yes_no, level, numbers, rows, wages or
    information. `confidence` holds the letters P (text of the law or an official form seen), S
    (secondary pages), D (derived) and M (from memory); `confidences` those of each row, and last of
    `above`, where they differ. Rows begin with the greatest number they hold for; beyond the last
    one, `above` gives the shares (numerator, denominator) of what `of` names. `use` is rule, quota,
    condition, shown or left out; `stated` is the value before a ruling.
    """

    key: str
    rule: str
    regime: str
    says: Phrase
    value: Value
    confidence: str
    source: str
    use: str
    shape: str = "information"
    why: Phrase | None = None
    since: date | None = None
    until: date | None = None
    of: str = ""
    above: tuple[tuple[int, int], ...] = ()
    confidences: tuple[str, ...] = ()
    ruling: Ruling | None = None
    stated: Value = None

    @property
    def certain(self) -> bool:
        """Whether a source was seen, or the scenario's ruling stands for one."""
        return self.ruling is not None or bool(SEEN & set(self.confidence))

    @property
    def effect(self) -> str:
        """What it does now: its `use`, but a judging figure that is not certain makes a condition,
        and one that made only a condition judges once there is a ruling."""
        if self.use in JUDGING and self.value is not None and not self.certain:
            return "condition"
        return "rule" if self.use == "condition" and self.ruling else self.use

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands in the book: by rule, T first."""
        group = self.rule if self.rule in ORDER else self.rule[0]
        number = "" if self.rule in ORDER else self.rule[1:]
        digits = number.rstrip("abc")
        return ORDER.index(group), int(digits or 0), number.removeprefix(digits)

    def holds_on(self, day: date) -> bool:
        """Return whether it is in force on a day, as far as its dates say."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)

    def certain_row(self, row: int) -> bool:
        """Return whether a row of the table, or what lies `above` the last one, is certain."""
        if self.ruling or row >= len(self.confidences):
            return self.certain
        return bool(SEEN & set(self.confidences[row]))

    def ruled(self, ruling: Ruling) -> Figure:
        """Return the figure as a scenario rules; single prefectures may be stated of a year's
        wages."""
        value = self.value if ruling.value is None else ruling.value
        if self.shape == "wages":
            value = tuple({**_pairs(self.value), **_pairs(value)}.items())
        return replace(self, value=value, stated=self.value, ruling=ruling)


@dataclass(frozen=True)
class Field:
    """A field of ESD (育成就労産業分野); `key` is its figure's. No ceiling: none was seen."""

    key: str
    name: Name
    transfer_years: int
    ceiling: int | None


@dataclass(frozen=True)
class Year:
    """A year's minimum wages: the key of the figure, and the first and the last day on which
    prefectures put them in force."""

    key: str
    first: date
    last: date


def freeze(value: object) -> Value:
    """Return a value of TOML with its lists as tuples and its tables as tuples of pairs."""
    match value:
        case list() | tuple():
            return tuple(map(freeze, value))
        case dict():
            return tuple((str(key), freeze(inner)) for key, inner in value.items())
        case None | bool() | int() | str() | date():
            return value
        case _:
            return str(value)


def _pairs(value: Value) -> dict[Value, Value]:
    assert isinstance(value, tuple)
    pairs: dict[Value, Value] = {}
    for pair in value:
        assert isinstance(pair, tuple)
        pairs[pair[0]] = pair[1]
    return pairs
