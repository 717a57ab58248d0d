"""Whom the hosts interview: shortlist."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.opening import open_result
from matcher.cli.options import FOLDER, declared, form, language, words_in


@click.command(cls=Spoken)
@click.argument("scenario", type=FOLDER, metavar="SCENARIO|BATCH")
@click.argument("what", required=False)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this new file."
)
@declared
@language
@form
def shortlist(
    scenario: Path,
    what: str | None,
    out: Path | None,
    lang: str | None,
    form: str,
    **stated: str | None,
) -> None:
    """Show the interview lists of a scenario or batch.

    By default two people a seat and one more, nobody on more than three lists or on two of one
    day ([shortlist] in scenario.toml). Whoever is on no list is named with the reason. WHAT shows
    the lines of one job order, host or candidate.
    """
    from matcher.report.shortlist import show_shortlist, tell_aside

    words = words_in(scenario, lang)
    result = open_result(scenario, stated)
    told = show_shortlist(result, form, words, what)
    if out:
        _write(out, told)
    else:
        click.echo(told, nl=False)
    if form == "csv" and what is None:
        click.echo(tell_aside(result, words), nl=False, err=True)


def _write(out: Path, told: str) -> None:
    """Write what would be printed to a new file; raises `UsageError` where there is one, or where
    its folder is missing."""
    from matcher.durable import check_new, write_file

    check_new(out)
    write_file(out, told.encode())
