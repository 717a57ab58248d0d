"""Who waits for what, before there is a plan: pool."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.opening import open_weighed
from matcher.cli.options import FOLDER, declared, form, language, words_in


@click.command(cls=Spoken)
@click.argument("scenario", type=FOLDER, metavar="SCENARIO|BATCH")
@click.argument("what", required=False)
@declared
@language
@form
def pool(
    scenario: Path, what: str | None, lang: str | None, form: str, **stated: str | None
) -> None:
    """Show who waits for what and how long, and where people or job orders are missing.

    Makes no plan. WHAT is `trades`, `people`, `coverage` (people against free seats, by trade and
    month of entry), `gaps` (job orders that nobody fits) or `demand` (asked for by kejuruan with no
    host yet); without it text and JSON show all, CSV the people.
    """
    from matcher.pool import view_pool
    from matcher.report.pool import show_pool

    weighed, words = open_weighed(scenario, stated), words_in(scenario, lang)
    click.echo(show_pool(weighed[0], view_pool(*weighed), what, form, words), nl=False)
