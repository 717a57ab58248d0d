"""The book of rules, as it would apply on a day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.line import Spoken
from matcher.cli.options import DAY, FOLDER, form, language

if TYPE_CHECKING:
    from matcher.settings import Settings


@click.command(cls=Spoken)
@click.argument("scenario", type=FOLDER, required=False)
@click.option("--regime", type=click.Choice(["titp", "esd"]), help="Only the rules of one regime.")
@click.option("--rule", "number", metavar="NUMBER", help="Only one rule, as T9.")
@click.option("--on", type=DAY, help="The day; the scenario's, or today.")
@language
@form
def rules(
    scenario: Path | None,
    regime: str | None,
    number: str | None,
    on: datetime | None,
    lang: str | None,
    form: str,
) -> None:
    """Print the book of rules, with sources and what is made of each.

    SCENARIO is a scenario or a batch, whose [law] confirms or overrides single figures.
    """
    from matcher.language import words_of
    from matcher.law import load_law
    from matcher.report.rulebook import show_rules

    settings = _settings(scenario) if scenario else None
    day = on.date() if on else settings.on if settings else date.today()
    words = words_of(lang or (settings.language if settings else "en"))
    law = load_law(settings.rulings if settings else None)
    click.echo(show_rules(law, regime, number, day, form, words), nl=False)


def _settings(folder: Path) -> Settings:
    """Return the settings of a scenario, or those that a batch was made with."""
    from matcher.settings import FILE, read_settings

    frozen = folder / "inputs"
    return read_settings(frozen if (frozen / FILE).is_file() else folder)
