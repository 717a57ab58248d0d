"""Whom the hosts interview: shortlist."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.opening import open_result
from matcher.cli.options import FOLDER, declared, form, language, words_in


@click.command(cls=Spoken)
@click.argument("scenario", type=FOLDER, metavar="SCENARIO|BATCH")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this new file."
)
@declared
@language
@form
def shortlist(
    scenario: Path, out: Path | None, lang: str | None, form: str, **stated: str | None
) -> None:
    """Show the interview lists of a scenario or batch.

    By default two people a seat and one more, nobody on more than three lists or on two of one
    day ([shortlist] in scenario.toml). Whoever is on no list is named with the reason.
    """
    from matcher.report.shortlist import show_shortlist

    words = words_in(scenario, lang)
    told = show_shortlist(open_result(scenario, stated), form, words)
    if out:
        _write(out, told)
    else:
        click.echo(told, nl=False)


def _write(out: Path, told: str) -> None:
    """Write what would be printed to a new file; raises `UsageError` where there is one."""
    from matcher.durable import write_file
    from matcher.errors import UsageError
    from matcher.language import say

    if out.exists():
        raise UsageError(say("{folder} exists already; name another.", folder=str(out)))
    write_file(out, told.encode())
