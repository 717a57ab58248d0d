"""Letters to candidates and to hosts: letters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, language, progress_shown, words_in


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.option(
    "--for",
    "audience",
    type=click.Choice(["candidates", "hosts"]),
    required=True,
    help="One letter to each candidate, or to each host with proposals.",
)
@click.option("--pdf", is_flag=True, help="Also as PDF, by Chromium, Chrome or Edge if present.")
@click.option(
    "--out", type=FOLDER, help="The folder to write [default: ./NAME-ON-letters-FOR-LANG]."
)
@language
def letters(batch: Path, audience: str, pdf: bool, out: Path | None, lang: str | None) -> None:
    """Write letters, one page each.

    A candidate's says what is proposed, or why nothing yet, with the work, the pay, who pays what,
    and the right to decline and to object; it names nobody else. A host's names only people who
    have said yes to its job order and to their particulars being passed on. The folder
    office-only, which is passed on to nobody, holds a list of them.
    """
    from matcher.batch import batch_name, open_batch
    from matcher.browser import find_browser
    from matcher.durable import check_new, write_folder
    from matcher.language import say
    from matcher.report.letters import INDEX, letter_pages, make_letters, write_index

    result, words = open_batch(batch), words_in(batch, lang)
    out = out or Path(f"{batch_name(result.problem.settings)}-letters-{audience}-{words.language}")
    check_new(out)
    made = make_letters(result, audience, words)
    pages = letter_pages(made)
    printed = pdf and find_browser() is not None
    files = {f"{name}.html": page for name, page in pages.items()}
    if printed:
        files |= _print(pages)
    files[INDEX] = write_index(made, printed=printed)
    write_folder(out, files, check_new)
    told = say(
        "{title}: {n} in {folder}; the office's list of them is {file}.",
        title=made.title,
        n=len(pages),
        folder=str(out),
        file=str(out / INDEX),
    )
    click.echo(words(told))
    for line in made.told:
        click.echo(line, err=True)
    if pdf and not printed:
        told = say(
            "No PDF was made: no browser was found. The pages can be printed from any browser, or"
            " name one in MATCHER_BROWSER."
        )
        click.echo(words(told), err=True)


def _print(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return each page as PDF; several browsers at once, for each takes a second to start."""
    from matcher.browser import print_page

    files = {}
    with progress_shown() as progress, ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, printed in zip(pages, pool.map(print_page, pages.values()), strict=True):
            files[f"{name}.pdf"] = printed
            if progress is not None:
                progress("PDF", 100 * len(files) // len(pages))
    return files
