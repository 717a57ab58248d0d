"""Where it stands, across a folder of batches: status."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, form, language


@click.command(cls=Spoken)
@click.argument("what", required=False, metavar="[CANDIDATE|OPENING]")
@click.option(
    "--in", "folder", type=FOLDER, default=".", show_default=True, help="Where the batches stand."
)
@language
@form
@click.pass_context
def status(
    context: click.Context, what: str | None, folder: Path, lang: str | None, form: str
) -> None:
    """Show where everything, a candidate or a job order stands, across a folder of batches.

    Reads the tables that the batches hold and computes nothing again. Batches changed since they
    were written are named and left out (exit 1).
    """
    from matcher.batch.across import read_across
    from matcher.language import words_of
    from matcher.report.status import show_status

    across = read_across(folder)
    context.params["lang"] = lang or across.language
    words = words_of(context.params["lang"])
    for line in (*across.told, *across.left_out):
        click.echo(words(line), err=True)
    click.echo(show_status(across, what, form, words), nl=False)
    if across.left_out:
        sys.exit(1)
