"""The book of rules as people read it: each entry with its value, how sure it is, what is made of
it, and what a scenario rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from itertools import groupby

import pandas as pd

from matcher.errors import UsageError
from matcher.language import Fact, Phrase, Words, say, words_of
from matcher.law import Figure, Law, load_law
from matcher.law.figures import Value
from matcher.report.figures import (
    BETWEEN,
    COLUMNS,
    marked,
    record_figure,
    row_of,
    tell_confidence,
    tell_value,
)
from matcher.report.render import render_csv, render_json

PAGE, INDENT = 100, 6
EFFECTS = {
    "rule": say("rule"),
    "quota": say("quota"),
    "condition": say("makes a condition until the scenario confirms it"),
    "shown": say("shown only"),
    "left out": say("left out"),
}


def show_rules(
    law: Law, regime: str | None, number: str | None, on: date, form: str, words: Words
) -> str:
    """Return the book as it applies on a day, of one regime or both, whole or one rule; raises
    `UsageError` where it has no rule of that number."""
    figures = law.entries(regime, on)
    if number is not None:
        known = {figure.rule.casefold(): figure.rule for figure in figures}
        rule = known.get(number.casefold(), known.get(f"§{number}"))
        if rule is None:
            told = say(
                "There is no rule “{number}” here: {rules}",
                number=number,
                rules=tuple(known.values()),
            )
            raise UsageError(told)
        figures = [figure for figure in figures if figure.rule == rule]
    if form == "json":
        records = [record_figure(figure, words) for figure in figures]
        return render_json({"on": on.isoformat(), "regime": regime or "", "entries": records})
    if form == "csv":
        rows = [row_of(figure, words) for figure in figures]
        return render_csv(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object))
    standing = [line for told in _standing(law, regime, on) for line in _wrapped(words(told), 0)]
    blocks = ["\n".join(standing)]
    for rule, entries in groupby(figures, key=lambda figure: figure.rule):
        blocks.append("\n".join(_block(rule, list(entries), words)))
    return "\n\n".join(blocks) + "\n"


def rules_table() -> str:
    """Return the rules by their numbers in Markdown: which are in, which make a condition, which
    are left out and why."""
    words = words_of("en")
    lines = ["| rule | in | makes a condition | left out, and why |", "| --- | --- | --- | --- |"]
    for rule, entries in groupby(load_law().entries(), key=lambda figure: figure.rule):
        cells: dict[str, list[str]] = {"in": [], "condition": [], "left out": []}
        for figure in entries:
            told = _summary(figure, words)
            column = cells.get(figure.effect, cells["in"])
            if told and told not in column:
                column.append(told)
        lines.append(f"| {rule} | {' | '.join(' '.join(told) for told in cells.values())} |")
    return "\n".join(lines) + "\n"


def _standing(law: Law, regime: str | None, on: date) -> Iterator[Phrase]:
    """Give what is to be known first: the day, where each regime stands, what is ruled."""
    approved, started = law.day("titp_approval_until"), law.day("titp_start_until")
    begun = law.day("esd_start")
    yield say("The book of rules on {day}", day=on)
    if regime != "esd" and on <= approved:
        yield say(
            "TITP: new plans are approved until {approved}; trainees start until {started}.",
            approved=approved,
            started=started,
        )
    elif regime != "esd" and on <= started:
        yield say(
            "TITP: no new plan is approved any more; who has one starts until {started}.",
            started=started,
        )
    elif regime != "esd":
        yield say("TITP: nobody starts any more; the last day was {started}.", started=started)
    if regime != "titp" and on < begun:
        yield say("ESD: begins on {begun}.", begun=begun)
    elif regime != "titp":
        yield say("ESD: in force since {begun}.", begun=begun)
    ruled = sum(figure.ruling is not None for figure in law.figures.values())
    if ruled:
        yield say("Confirmed or overridden by the scenario: {n}.", n=ruled)


def _block(rule: str, figures: list[Figure], words: Words) -> Iterator[str]:
    """Give the lines of one rule: its sentences, and under each what is known of it."""
    margin = f"{rule:<{INDENT}}"
    for figure in figures:
        for line in _wrapped(words(figure.says), INDENT):
            yield f"{margin}{line}"
            margin = " " * INDENT
        for paragraph in _below(figure, words):
            yield from (f"{margin}  {line}" for line in _wrapped(paragraph, INDENT + 2))


def _below(figure: Figure, words: Words) -> Iterator[str]:
    if figure.value is not None:
        yield f"{figure.key} = {words(tell_value(figure, figure.value))}"
    else:
        yield figure.key
    yield from map(words, _rulings(figure))
    yield BETWEEN.join(map(words, _details(figure)))


def _wrapped(text: str, indent: int) -> Iterator[str]:
    """Give a paragraph in lines of the page, shorter ones on a narrow terminal; Japanese letters
    take two columns."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout and sys.stdout.isatty() else PAGE)
    width = min(console.width, PAGE) - indent
    yield from (str(line).rstrip() for line in Text(text).wrap(console, width))


def _details(figure: Figure) -> Iterator[Fact]:
    """Give how sure an entry is, what is made of it, when it holds and where it is from."""
    yield tell_confidence(figure)
    yield _effect(figure)
    if figure.why:
        yield figure.why
    if figure.since:
        yield say("from {day}", day=figure.since)
    if figure.until:
        yield say("until {day}", day=figure.until)
    if figure.source:
        yield say("source: {source}", source=figure.source)


def _effect(figure: Figure) -> Phrase:
    if marked(figure):
        return say("quota; rows with * make a condition until the scenario confirms them")
    return EFFECTS[figure.effect]


def _rulings(figure: Figure) -> Iterator[Phrase]:
    ruling = figure.ruling
    if ruling is None:
        return
    if ruling.value is None:
        yield say("confirmed as it stands by {by}, {on}", by=ruling.by, on=ruling.on)
    else:
        yield say(
            "overridden by {by}, {on}; the book says {value}",
            by=ruling.by,
            on=ruling.on,
            value=tell_value(figure, _replaced(figure)),
        )
    if ruling.source:
        yield say("source of the scenario: {source}", source=ruling.source)


def _replaced(figure: Figure) -> Value:
    """Return the book's value where the scenario has another; of wages the changed ones."""
    if figure.shape != "wages":
        return figure.stated
    assert isinstance(figure.stated, tuple) and isinstance(figure.value, tuple)
    return tuple(pair for pair in figure.stated if pair not in figure.value)


def _summary(figure: Figure, words: Words) -> str:
    """Return an entry in a cell of the table; the fields of ESD and the years of wages are one
    sentence each."""
    if figure.key.startswith("esd_field_"):
        return "Each of the 17 fields may be open or closed."
    if figure.shape == "wages":
        return "Minimum wages an hour by prefecture and fiscal year."
    told = words(figure.says)
    if figure.value is not None:
        told = f"{told.removesuffix('.')}: {words(tell_value(figure, figure.value))}."
    if figure.effect == "shown":
        told = f"(shown only) {told}"
    return f"{told} *{words(figure.why)}*" if figure.why else told
