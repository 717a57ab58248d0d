"""The page and the workbook of a batch once more, in another language or without names: report."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, language, words_in

BLIND = "-blind"


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.option("--blind", is_flag=True, help="Without names, and with numbers of their own.")
@click.option(
    "--thorough", is_flag=True, help="With 500 draws, each weight alone, and what would be enough."
)
@click.option("--out", type=FOLDER, help="The folder to write [default: ./NAME-ON-report-LANG].")
@language
def report(batch: Path, blind: bool, thorough: bool, out: Path | None, lang: str | None) -> None:
    """Write a batch's page and workbook once more.

    In another language, without names for reviewers who are to judge blindly, or with more about
    how sure each proposal is, which takes from half a minute to many minutes where limits bear on
    the plan. A blind copy has numbers instead of names and candidate numbers; the
    key to them is in the folder office-only, which is passed on to nobody.
    """
    from matcher.batch import batch_name, open_batch
    from matcher.batch.manifest import read_manifest
    from matcher.batch.reports import REPORT, WORKBOOK, report_files
    from matcher.durable import check_new, write_folder
    from matcher.language import say
    from matcher.report.sheets import KEY

    result, words = open_batch(batch), words_in(batch, lang)
    name = f"{batch_name(result.problem.settings)}-report-{words.language}{BLIND * blind}"
    out = out or Path(name)
    check_new(out)
    digests = read_manifest(batch)["files"]
    files = report_files(result, words, digests, blind=blind, thorough=thorough)
    write_folder(out, files, check_new)
    told = say(
        "Page: {page} · workbook: {workbook}", page=str(out / REPORT), workbook=str(out / WORKBOOK)
    )
    click.echo(words(told))
    if KEY in files:
        told = say("Do not pass on {file}: it says who is behind the numbers.", file=str(out / KEY))
        click.echo(words(told), err=True)
