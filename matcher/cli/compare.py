"""Two batches beside each other: compare."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, form, language, progress_shown, words_in


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.argument("other", type=FOLDER, metavar="BATCH")
@language
@form
def compare(batch: Path, other: Path, lang: str | None, form: str) -> None:
    """Compare two batches: who stands elsewhere and why, the totals, what differs.

    The cause of each move is found by applying the differences to the first batch group by group,
    each time with a whole run. Says when only the lottery number differs. CSV lists who stands
    elsewhere.
    """
    from matcher.batch import open_batch
    from matcher.batch.manifest import versions_of
    from matcher.explain.compare import compare_results
    from matcher.report.compared import show_comparison

    before, after = open_batch(batch), open_batch(other)
    versions = versions_of(batch), versions_of(other)
    with progress_shown() as progress:
        found = compare_results(before, after, versions, progress)
    words = words_in(batch, lang)
    click.echo(show_comparison(found, form, words), nl=False)
