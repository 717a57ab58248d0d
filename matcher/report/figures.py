"""One entry of the book of rules: its value and how sure it is as people read them, and as a record
for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from matcher.language import Fact, Name, Words, say
from matcher.law import Figure
from matcher.law.figures import Value
from matcher.vocabulary import load_vocabulary

BETWEEN = " · "
CONFIDENCE = {
    "P": say("text of the law or official form seen"),
    "S": say("secondary pages"),
    "D": say("derived"),
    "M": say("from memory, no source seen"),
}
COLUMNS = (
    *("rule", "key", "regime", "says", "value", "confidence", "certain", "source", "since"),
    *("until", "use", "effect", "why", "book_value", "ruled_by", "ruled_on", "ruled_source"),
)


def tell_confidence(figure: Figure) -> Fact:
    """Return how sure an entry is, in words."""
    marks = tuple(CONFIDENCE[mark] for mark in CONFIDENCE if mark in figure.confidence)
    return marks or say("not known")


def marked(figure: Figure) -> bool:
    """Return whether single rows of the entry are marked as not certain."""
    return bool(figure.confidences) and figure.ruling is None


def tell_value(figure: Figure, value: Value) -> Fact:
    """Return a value of a figure as people read it: rows as “≤30: 3”, wages by prefecture."""
    match figure.shape:
        case "information":
            return ""
        case "yes_no":
            if figure.key.startswith("esd_field_"):
                return say("open") if value else say("closed to new people")
            return say("yes") if value else say("no")
        case "rows":
            return BETWEEN.join(_rows(figure, value))
        case "wages":
            return _wages(value)
        case _:
            assert value is not None
            return _fact(value)


def _fact(value: Value) -> Fact:
    if isinstance(value, tuple):
        return tuple(map(_fact, value))
    assert value is not None
    return value


def _rows(figure: Figure, value: Value) -> Iterator[str]:
    assert isinstance(value, tuple)
    rows = [row for row in value if isinstance(row, tuple)]
    for place, row in enumerate(rows):
        yield f"≤{row[0]}: {', '.join(map(str, row[1:]))}{_mark(figure, place)}"
    shares = (f"{share if share > 1 else ''}{figure.of}/{whole}" for share, whole in figure.above)
    yield f">{rows[-1][0]}: {', '.join(shares)}{_mark(figure, len(rows))}"


def _mark(figure: Figure, row: int) -> str:
    return "*" if marked(figure) and not figure.certain_row(row) else ""


def _wages(value: Value) -> Fact:
    prefectures = load_vocabulary().prefectures
    assert isinstance(value, tuple)
    told: list[Fact] = []
    for pair in value:
        assert isinstance(pair, tuple) and isinstance(pair[1], int)
        name: Name = prefectures[str(pair[0])]
        told.append(say("{prefecture} {yen}", prefecture=name, yen=pair[1]))
    return tuple(told)


def record_figure(figure: Figure, words: Words) -> dict[str, object]:
    """Return an entry for JSON; sentences in the reader's language."""
    ruling = figure.ruling
    return {
        "rule": figure.rule,
        "key": figure.key,
        "regime": figure.regime,
        "says": words(figure.says),
        "value": _plain(figure, figure.value),
        "above": [list(share) for share in figure.above],
        "confidence": figure.confidence,
        "confidences": list(figure.confidences),
        "certain": figure.certain,
        "source": figure.source,
        "since": _plain(figure, figure.since),
        "until": _plain(figure, figure.until),
        "use": figure.use,
        "effect": figure.effect,
        "why": words(figure.why) if figure.why else "",
        "book_value": _plain(figure, figure.stated),
        "ruling": ruling
        and {
            "value": _plain(figure, ruling.value),
            "by": ruling.by,
            "on": ruling.on.isoformat(),
            "source": ruling.source,
        },
    }


def row_of(figure: Figure, words: Words) -> list[object]:
    """Return an entry as a row of CSV; lists and tables in it are JSON."""
    record, ruling = record_figure(figure, words), figure.ruling
    record["ruled_by"] = ruling.by if ruling else ""
    record["ruled_on"] = ruling.on.isoformat() if ruling else ""
    record["ruled_source"] = ruling.source if ruling else ""
    return [_cell(record[column]) for column in COLUMNS]


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _plain(figure: Figure, value: Value) -> object:
    match value:
        case date():
            return value.isoformat()
        case tuple() if figure.shape == "wages":
            return {str(pair[0]): pair[1] for pair in value if isinstance(pair, tuple)}
        case tuple():
            return [_plain(figure, inner) for inner in value]
        case _:
            return value
