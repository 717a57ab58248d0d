"""What placement officers call: new, add, check, run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.line import Spoken
from matcher.cli.mending import place_of_marked, write_marked
from matcher.cli.options import (
    DAY,
    FOLDER,
    LANGUAGES,
    declared,
    form,
    language,
    progress_shown,
    read_options,
    words_in,
)

if TYPE_CHECKING:
    from matcher.language import Words

LAST_YEAR = 9000
YES = ("ya", "yes", "y", "はい")


@click.command(cls=Spoken)
@click.argument("folder", type=FOLDER)
@click.option(
    "--people", multiple=True, metavar="FILE", help="Your own list of people (FILE or FILE#SHEET)."
)
@click.option("--orders", multiple=True, metavar="FILE", help="Your own job orders.")
@click.option("--hosts", multiple=True, metavar="FILE", help="Your own list of hosts.")
@click.option("--establishments", multiple=True, metavar="FILE", help="Care establishments.")
@click.option("--supervisors", multiple=True, metavar="FILE", help="Supervising organisations.")
@click.option("--schools", multiple=True, metavar="FILE", help="Sending organisations.")
@click.option("--decisions", multiple=True, metavar="FILE", help="Decisions on record.")
@click.option("--earlier", multiple=True, metavar="FILE", help="An earlier plan, to be kept.")
@click.option("--outcomes", multiple=True, metavar="FILE", help="What became of proposals.")
@click.option("--objections", multiple=True, metavar="FILE", help="Objections and answers.")
@click.option("--demand", multiple=True, metavar="FILE", help="Demand by kejuruan, no hosts.")
@click.option("--on", type=DAY, help="The day ages and waiting count from [default: today].")
@declared
@click.option("--lang", type=LANGUAGES, default="id", show_default=True, help="Its language.")
def new(
    folder: Path,
    people: tuple[str, ...],
    orders: tuple[str, ...],
    on: datetime | None,
    lang: str,
    **more: Any,
) -> None:
    """Write a new scenario: an empty workbook, or your own files as they are.

    With --people and --orders it reads what the office has, writes the scenario with the headers
    it found, and prints the questions left (exit 3 while there are any).
    """
    from matcher.durable import check_new, write_folder
    from matcher.forms import FORMS
    from matcher.language import words_of
    from matcher.start.begin import begin_empty, begin_with
    from matcher.start.told import tell_begun, tell_empty

    check_new(folder)
    if on and on.year > LAST_YEAR:
        raise click.BadParameter(f"a year up to {LAST_YEAR}", param_hint="--on")
    day = (on or datetime.now()).date()
    words, name = words_of(lang), folder.resolve().name
    beside = {table: more.pop(table) for table in FORMS if table in more}
    paths = {"candidates": people, "openings": orders, **beside}
    if not any(paths.values()):
        files = begin_empty(name, day, lang)
        write_folder(folder, files, check_new)
        click.echo(tell_empty(folder, tuple(files), words), nl=False)
        return
    if not (people and orders):
        raise click.UsageError("Name both --people and --orders, or neither.")
    with progress_shown() as progress:
        begun = begin_with(name, day, lang, paths, read_options(more), progress)
    write_folder(folder, begun.files, check_new)
    click.echo(tell_begun(folder, begun, words), nl=False)
    sys.exit(3 if begun.faulty else 0)


@click.command(cls=Spoken)
@click.argument("scenario", type=FOLDER)
@click.option(
    "--people", multiple=True, required=True, metavar="FILE", help="The new list of people."
)
@click.option("--instead-of", metavar="FILE", help="Replace only this file of several.")
@click.option("--on", type=DAY, help="The new day ages and waiting count from.")
@click.option("--yes", is_flag=True, help="Take it without asking.")
@declared
@language
def add(
    scenario: Path,
    people: tuple[str, ...],
    instead_of: str | None,
    on: datetime | None,
    yes: bool,
    lang: str | None,
    **stated: str | None,
) -> None:
    """Show who is new, changed or gone in next month's list, then take it.

    On a terminal it asks; elsewhere nothing is taken without --yes, nor with faults in the list.
    """
    from matcher.start.months import compare_months, take_month
    from matcher.start.told import tell_month, tell_taken

    words = words_in(scenario, lang)
    with progress_shown() as progress:
        month = compare_months(
            scenario,
            people,
            instead_of=instead_of,
            on=on.date() if on else None,
            declared=read_options(stated),
            progress=progress,
        )
    click.echo(tell_month(month, words), nl=False)
    taken = yes or (_at_terminal() and _agreed(words))
    if taken:
        take_month(scenario, month)
    click.echo(tell_taken(scenario, month, taken, words), nl=False, err=True)


@click.command(cls=Spoken)
@click.argument("scenario", type=FOLDER)
@declared
@language
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "xlsx"]),
    default="text",
    show_default=True,
)
@click.option(
    "--out", type=FOLDER, help="Where --format xlsx puts the sheets [default: ./NAME-ON-check]."
)
def check(
    scenario: Path, lang: str | None, form: str, out: Path | None, **stated: str | None
) -> None:
    """Read a scenario folder and list what is wrong with it.

    With --format xlsx each input comes back as a workbook with a comment and colour on each bad
    cell, to be mended and handed in again.
    """
    from matcher.check import open_scenario
    from matcher.errors import InputError
    from matcher.pipeline import check_problem
    from matcher.report.issues import records, tell_counts, tell_issues
    from matcher.report.render import render_csv, render_json
    from matcher.report.tables import table_issues

    words = words_in(scenario, lang)
    if out and form != "xlsx":
        raise click.UsageError("--out goes with --format xlsx.")
    if form == "xlsx":
        out = place_of_marked(scenario, out)
    try:
        with progress_shown() as progress:
            opened = open_scenario(scenario, declared=read_options(stated), progress=progress)
        problem = check_problem(opened)
        faulty, issues, counts = False, problem.notes, problem.counts
    except InputError as fault:
        faulty, issues, counts = True, fault.issues, fault.counts
    if out and form == "xlsx":
        write_marked(scenario, issues, out, read_options(stated), words)
    shown: dict[str, Callable[[], str]] = {
        "json": lambda: render_json(records(issues, words)),
        "csv": lambda: render_csv(table_issues(issues)),
    }
    told = shown.get(form, lambda: tell_issues(issues, words) + tell_counts(counts, words))
    click.echo(told(), nl=False)
    sys.exit(3 if faulty else 0)


@click.command(cls=Spoken)
@click.argument("scenario", type=FOLDER)
@click.option("--out", type=FOLDER, help="The batch folder to write [default: ./NAME-ON].")
@click.option("--replace", is_flag=True, help="Replace a batch of that name.")
@click.option("--all-pairs", is_flag=True, help="Write every pair's score too (pairs.csv).")
@click.option("--skip-bad-rows", is_flag=True, help="Go on without refused rows, and say so.")
@declared
@language
@form
def run(
    scenario: Path,
    out: Path | None,
    replace: bool,
    all_pairs: bool,
    skip_bad_rows: bool,
    lang: str | None,
    form: str,
    **stated: str | None,
) -> None:
    """Match a scenario folder and write one batch folder.

    Prints the summary to be read out in the meeting. Nothing is written where the inputs have
    faults (exit 3) or the batch exists already (exit 2).
    """
    from matcher.batch import batch_name, check_free, run_scenario, write_batch
    from matcher.batch.reports import REPORT
    from matcher.language import say
    from matcher.report.shown import show_summary
    from matcher.settings import read_settings

    settings = read_settings(scenario)
    words = words_in(scenario, lang)
    out = out or Path(batch_name(settings))
    check_free(out, replace)
    with progress_shown() as progress:
        result = run_scenario(
            scenario, skip=skip_bad_rows, declared=read_options(stated), progress=progress
        )
    write_batch(result, out, replace=replace, all_pairs=all_pairs)
    click.echo(show_summary(result, form, words), nl=False)
    notes = len(result.problem.notes)
    told = say(
        "Batch: {folder} ({n} notes on the inputs in problems.csv). To read it, open {page}.",
        folder=str(out),
        n=notes,
        page=str(out / REPORT),
    )
    click.echo(words(told), err=True)


def _at_terminal() -> bool:
    return bool(sys.stdin) and sys.stdin.isatty()


def _agreed(words: Words) -> bool:
    """Ask whether to take what was shown; anything but a yes is a no."""
    from matcher.language import say

    question = words(say("Take it? (yes/no)"))
    return click.prompt(question, "", show_default=False, err=True).strip().casefold() in YES
