"""Two batches beside each other: compare."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, form, language, words_in


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.argument("other", type=FOLDER, metavar="BATCH")
@language
@form
def compare(batch: Path, other: Path, lang: str | None, form: str) -> None:
    """Compare two batches: who stands elsewhere, the totals, what differs.

    Shows which inputs and settings differ, and says when only the lottery number does. CSV lists
    who stands elsewhere.
    """
    from matcher.batch import open_batch
    from matcher.batch.manifest import versions_of
    from matcher.explain.compare import compare_results
    from matcher.report.compared import show_comparison

    before, after = open_batch(batch), open_batch(other)
    found = compare_results(before, after, (versions_of(batch), versions_of(other)))
    words = words_in(batch, lang)
    click.echo(show_comparison(found, after.problem, form, words), nl=False)
