"""The minutes of the meeting that decides on a batch: minutes."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.line import Spoken
from matcher.cli.options import DAY, FOLDER, language, words_in

if TYPE_CHECKING:
    from matcher.report.minutes import Attendee

_APART = (re.compile("[;;]"), re.compile("[,,、]"))  # the first that is there divides


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.option("--number", metavar="TEXT", default="", help="Number of the minutes.")
@click.option("--date", "day", type=DAY, metavar="DAY", help="Day of the meeting: 2022-12-15.")
@click.option("--place", metavar="TEXT", default="", help="Place of the meeting.")
@click.option(
    "--attendee",
    "attendees",
    multiple=True,
    metavar="TEXT",
    help="“NAME, OFFICE”, or “NAME; OFFICE” where the name has commas; as often as needed.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write them to this new file [default: ./NAME-ON-minutes.html].",
)
@click.option("--pdf", is_flag=True, help="Also as PDF, beside it, where a browser is found.")
@language
def minutes(
    batch: Path,
    number: str,
    day: datetime | None,
    place: str,
    attendees: tuple[str, ...],
    out: Path | None,
    pdf: bool,
    lang: str | None,
) -> None:
    """Write the minutes of the meeting that decides on a batch (Berita Acara).

    They hold the numbers, what is to be decided with places to tick, the decisions and objections
    on record, and the lists of people as annexes. What is not given here is left to be filled in by
    hand. They name people: for the office alone.
    """
    if out and out.suffix.lower() == ".pdf":
        raise click.BadParameter("a name for the page; --pdf adds the PDF", param_hint="--out")
    present = tuple(map(_attendee, attendees))
    from matcher.batch import batch_name, open_batch
    from matcher.batch.manifest import read_manifest
    from matcher.browser import find_browser, print_page
    from matcher.durable import check_new, write_file
    from matcher.language import say
    from matcher.report.minutes import Meeting, make_minutes, write_minutes

    result, words = open_batch(batch), words_in(batch, lang)
    out = out or Path(f"{batch_name(result.problem.settings)}-minutes.html")
    printed = out.with_name(f"{out.stem}.pdf")
    for file in (out, printed) if pdf else (out,):
        check_new(file)
    meeting = Meeting(number.strip(), day.date() if day else None, place.strip(), present)
    page = write_minutes(make_minutes(result, words, read_manifest(batch)["files"], meeting))
    found = pdf and find_browser() is not None
    paper = print_page(page) if found else b""  # before anything is written: it may fail
    write_file(out, page)
    click.echo(words(say("Minutes: {file}", file=str(out))))
    if not pdf:
        return
    if not found:
        told = say(
            "No PDF was made: no browser was found. The pages can be printed from any browser, or"
            " name one in MATCHER_BROWSER."
        )
        click.echo(words(told), err=True)
        return
    write_file(printed, paper)
    click.echo(words(say("Minutes: {file}", file=str(printed))))


def _attendee(text: str) -> Attendee:
    """Return who is meant, divided at the first semicolon, else at the first comma."""
    from matcher.report.minutes import Attendee

    apart = next((mark for mark in _APART if mark.search(text)), _APART[0])
    name, *office = apart.split(text.strip(), maxsplit=1)
    if not name.strip():
        raise click.BadParameter("“NAME, OFFICE”", param_hint="--attendee")
    return Attendee(name.strip(), "".join(office).strip())
