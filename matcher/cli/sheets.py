"""The sheets for the day of the interviews: sheets."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.opening import open_result
from matcher.cli.options import FOLDER, declared, language, words_in

BLIND = "-blind"


@click.command(cls=Spoken)
@click.argument("scenario", metavar="SCENARIO|BATCH", type=FOLDER)
@click.option(
    "--for",
    "audience",
    type=click.Choice(["hosts", "centres"]),
    required=True,
    help="Interview lists for hosts, or who goes where for centres.",
)
@click.option("--blind", is_flag=True, help="Without names, and with numbers of their own.")
@click.option("--out", type=FOLDER, help="The folder to write [default: ./NAME-ON-hosts].")
@declared
@language
def sheets(
    scenario: Path,
    audience: str,
    blind: bool,
    out: Path | None,
    lang: str | None,
    **stated: str | None,
) -> None:
    """Write the sheets for the day of the interviews.

    Each host or centre has a workbook and a page to print of its own. A host's names only people
    who have said yes to its job order and to their particulars being passed on, with the columns
    agreed with hosts and fit, no score. The folder office-only, which is passed on to nobody,
    holds an overview, and with --blind the key to the numbers.
    """
    from matcher.batch import batch_name
    from matcher.durable import check_new, write_folder
    from matcher.language import say
    from matcher.report.sheets import KEY, OVERVIEW, make_sheets, sheet_files

    result, words = open_result(scenario, stated), words_in(scenario, lang)
    out = out or Path(f"{batch_name(result.problem.settings)}-{audience}{BLIND * blind}")
    check_new(out)
    made = make_sheets(result, result.shortlist, audience, words, blind=blind)
    files = sheet_files(made)
    write_folder(out, files, check_new)
    told = say(
        "{title}: {n} sheets, each with files of its own, in {folder}; the office's overview is"
        " {file}.",
        title=made.title,
        n=len(made.sheets),
        folder=str(out),
        file=str(out / f"{OVERVIEW}.xlsx"),
    )
    click.echo(words(told))
    for line in made.told:
        click.echo(line, err=True)
    if KEY in files:
        told = say("Do not pass on {file}: it says who is behind the numbers.", file=str(out / KEY))
        click.echo(words(told), err=True)
