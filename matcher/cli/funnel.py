"""Which rule empties which trade: funnel."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, form, language, words_in


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.option("--centre", metavar="NAME", help="Only the people of this centre.")
@click.option(
    "--work", metavar="WORK", help="Only job orders of this work: 7-7-2, 7-7, or a word as welding."
)
@language
@form
def funnel(batch: Path, centre: str | None, work: str | None, lang: str | None, form: str) -> None:
    """Show how many pairs and people each rule refuses or leaves conditional.

    Answers “why was nobody from Padang proposed for welding?”. Without --centre and --work it
    shows the whole batch, and the rules that refuse most by work and by centre.
    """
    from matcher.batch import open_batch
    from matcher.report.funnel import show_funnel
    from matcher.report.promises import show_settled

    result, words = open_batch(batch), words_in(batch, lang)
    click.echo(show_funnel(result, centre, work, form, words), nl=False)
    if form == "text":
        click.echo(show_settled(result.problem, words), nl=False)
