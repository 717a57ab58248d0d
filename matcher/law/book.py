"""The book as it comes with the package: four files of TOML, read once."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from matcher.language import Fact, Name, Phrase, say
from matcher.law.figures import Field, Figure, Value, Year, freeze

FOLDER = Path(__file__).parent
CEILINGS = {
    "": say("{n}"),
    "with_ssw": say("{n} together with SSW"),
    "perhaps_with_ssw": say("{n}, perhaps together with SSW"),
    "derived": say("{n} (derived)"),
}


@dataclass(frozen=True)
class Book:
    """All figures by their key, in the order of the book; the fields of ESD by their Japanese
    name; the years of minimum wages."""

    figures: dict[str, Figure]
    fields: dict[str, Field]
    years: tuple[Year, ...]


@lru_cache(maxsize=1)
def load_book() -> Book:
    """Return the book without any ruling."""
    esd, wages = _read("esd"), _read("wages")
    years = tuple(_years(wages))
    figures = [
        *(_figure(entry, pages["regime"]) for pages in _pages() for entry in pages["entry"]),
        *(_field_figure(entry) for entry in esd["field"]),
        *_wage_figures(wages, years),
    ]
    fields = [_field(entry) for entry in esd["field"]]
    return Book(
        {figure.key: figure for figure in sorted(figures, key=lambda figure: figure.place)},
        {field.name.ja: field for field in fields},
        years,
    )


def book_version() -> str:
    """Return the SHA-256 over the book's files, names included."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def sentences() -> set[str]:
    """Return the English sentences of the book, which the catalogues translate."""
    told = load_book().figures.values()
    phrases = [phrase for figure in told for phrase in (figure.says, figure.why) if phrase]
    return {phrase.message for phrase in phrases}


def _pages() -> Iterator[dict[str, Any]]:
    yield from map(_read, ("common", "titp", "esd"))


@lru_cache(maxsize=4)
def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _figure(entry: dict[str, Any], regime: str) -> Figure:
    value = freeze(entry.get("value"))
    return Figure(
        key=entry["key"],
        rule=entry["rule"],
        regime=regime,
        says=Phrase(entry["says"]),
        value=value,
        confidence=entry["confidence"],
        source=entry["source"],
        use=entry["use"],
        shape=_shape(value),
        why=Phrase(entry["why"]) if "why" in entry else None,
        since=entry.get("since"),
        until=entry.get("until"),
        of=entry.get("of", ""),
        above=tuple((share, whole) for share, whole in entry.get("above", ())),
        confidences=tuple(entry.get("confidences", ())),
        stated=value,
    )


def _shape(value: Value) -> str:
    match value:
        case None:
            return "information"
        case bool():
            return "yes_no"
        case int():
            return "number"
        case date():
            return "day"
        case str():
            return "level"
        case tuple():
            return "rows" if isinstance(value[0], tuple) else "numbers"


def _field(entry: dict[str, Any]) -> Field:
    name = Name(entry["id"], entry["ja"], entry["en"])
    key = f"esd_field_{entry['key']}"
    return Field(key, name, entry["transfer_years"], entry.get("ceiling"))


def _field_figure(entry: dict[str, Any]) -> Figure:
    field = _field(entry)
    ceiling: Fact = say("not known")
    if field.ceiling is not None:
        ceiling = Phrase(CEILINGS[entry.get("ceiling_note", "")].message, {"n": field.ceiling})
    return Figure(
        key=field.key,
        rule="E4",
        regime="esd",
        says=say(
            "Whether the field “{field}” takes new people. Years to a change of host: {years}."
            " Ceiling: {ceiling}.",
            field=field.name,
            years=field.transfer_years,
            ceiling=ceiling,
        ),
        value=entry["open"],
        confidence=entry["confidence"],
        source=entry["source"],
        use="rule",
        shape="yes_no",
        stated=entry["open"],
    )


def _years(wages: dict[str, Any]) -> Iterator[Year]:
    for entry in sorted(wages["year"], key=lambda entry: entry["first"]):
        yield Year(f"wage_{entry['name']}", entry["first"], entry["last"])


def _wage_figures(wages: dict[str, Any], years: tuple[Year, ...]) -> Iterator[Figure]:
    """Give each year's wages; they are the last ones known until all of the next are in force."""
    entries = {f"wage_{entry['name']}": entry for entry in wages["year"]}
    for year, later in zip(years, (*years[1:], None), strict=True):
        entry = entries[year.key]
        value = freeze(entry["yen"])
        yield Figure(
            key=year.key,
            rule="W1",
            regime="",
            says=say(
                "Minimum wages an hour of fiscal year {year}; the prefectures put them in force"
                " between {first} and {last}.",
                year=entry["name"],
                first=year.first,
                last=year.last,
            ),
            value=value,
            confidence=entry["confidence"],
            source=entry["source"],
            use="rule",
            shape="wages",
            since=year.first,
            until=later.last - timedelta(days=1) if later else None,
            stated=value,
        )
