"""The command line: parse, one call, print. Data on stdout, all else on stderr.

Exit codes: 0 fine · 1 failure · 2 usage · 3 faults in the inputs · 130 Ctrl-C. Nothing heavy is
imported before a command runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher import __version__

if TYPE_CHECKING:
    from matcher.errors import Issue
    from matcher.language import Words
    from matcher.pipeline import Result
    from matcher.settings import Read

COMMANDS = ("new", "add", "check", "run", "show", "explain", "shortlist")
FOLDER = click.Path(path_type=Path, file_okay=False)
FORMATS = click.Choice(["text", "json", "csv"])
DAY = click.DateTime(["%Y-%m-%d"])
LANGUAGES = click.Choice(["id", "ja", "en"])
YES = ("ya", "yes", "y", "はい")
TRACEBACK = "MATCHER_TRACEBACK"

language = click.option("--lang", type=LANGUAGES, help="Language; the scenario's if not given.")
form = click.option("--format", "form", type=FORMATS, default="text", show_default=True)
DECLARED = {
    "date_order": (("dmy", "mdy", "ymd", "serial"), "Order of day and month in dates."),
    "number_style": (("id", "en"), "Thousands and decimals: id 1.234,5 · en 1,234.5."),
    "encoding": (
        ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp932", "cp1252"),
        "Of text files.",
    ),
    "sheet": ((), "The sheet of workbooks, where [files] names none."),
    "hidden": (("include", "skip"), "Whether hidden rows are read."),
}


def declared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that declare how an office's files are read (`[read]` in scenario.toml)."""
    for name, (choices, told) in reversed(DECLARED.items()):
        kind = click.Choice(choices) if choices else click.STRING
        option = click.option(f"--{name.replace('_', '-')}", name, type=kind, help=told)
        command = option(command)
    return command


class Spoken(click.Command):
    """A command whose failures are told in the language asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a failure of ours ends here with its exit code."""
        from matcher.errors import InputError, MatcherError
        from matcher.report.issues import tell_issues

        try:
            return super().invoke(ctx)
        except MatcherError as fault:
            folder = ctx.params.get("scenario") or ctx.params.get("batch") or Path()
            words = _words_of(folder, ctx.params.get("lang"))
            if isinstance(fault, InputError):
                click.echo(tell_issues(fault.issues, words), nl=False, err=True)
            click.echo(words(fault.phrase), err=True)
            ctx.exit(fault.exit_code)


class Line(click.Group):
    """The commands, an officer's first; every failure ends in a sentence and its exit code."""

    command_class = Spoken

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in two groups."""
        groups = (
            ("Commands", [name for name in COMMANDS if name in self.commands]),
            ("For reviewers", sorted(set(self.commands) - set(COMMANDS))),
        )
        for title, names in groups:
            rows = [(name, self.commands[name].get_short_help_str(70)) for name in names]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; returns only through `sys.exit`."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
            sys.stdout.flush()
        except click.exceptions.Exit as stop:
            code = stop.exit_code
        except click.ClickException as fault:
            fault.show()
            code = fault.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            code = 130
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115
            code = 0
        except OSError as fault:
            where = fault.filename or "The output"
            click.echo(f"{where} cannot be read or written: {fault.strerror or fault}.", err=True)
            code = 1
        except Exception as fault:
            code = _failed(fault)
        sys.exit(code or 0)


def _failed(fault: Exception) -> int:
    """Tell a failure that is nobody's input, without a traceback unless one is asked for."""
    if os.environ.get(TRACEBACK):
        raise fault
    kind = type(fault).__name__
    click.echo(f"Something failed inside matcher ({kind}: {fault}).", err=True)
    click.echo(f"Set {TRACEBACK}=1 and run again to see where; please report it.", err=True)
    return 1


@click.group(cls=Line, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="matcher")
def main() -> None:
    """Proposes which alumni interview for which job order, exactly and with reasons.

    People decide. Try: matcher run scenarios/ijc-2023
    """


@main.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--people", multiple=True, metavar="FILE", help="Your own list of people (FILE or FILE#SHEET)."
)
@click.option("--orders", multiple=True, metavar="FILE", help="Your own job orders.")
@click.option("--hosts", multiple=True, metavar="FILE", help="Your own list of hosts.")
@click.option("--decisions", multiple=True, metavar="FILE", help="Decisions on record.")
@click.option("--on", type=DAY, help="The day ages and waiting count from [default: today].")
@declared
@click.option("--lang", type=LANGUAGES, default="id", show_default=True, help="Its language.")
def new(
    folder: Path,
    people: tuple[str, ...],
    orders: tuple[str, ...],
    hosts: tuple[str, ...],
    decisions: tuple[str, ...],
    on: datetime | None,
    lang: str,
    **stated: str | None,
) -> None:
    """Write a new scenario: an empty workbook, or your own files as they are.

    With --people and --orders it reads what the office has, writes the scenario with the headers
    it found, and prints the questions left (exit 3 while there are any).
    """
    from matcher.durable import check_new, write_folder
    from matcher.language import words_of
    from matcher.start.begin import begin_empty, begin_with
    from matcher.start.told import tell_begun, tell_empty

    check_new(folder)
    day = (on or datetime.now()).date()
    words, name = words_of(lang), folder.resolve().name
    paths = {"candidates": people, "openings": orders, "hosts": hosts, "decisions": decisions}
    if not any(paths.values()):
        files = begin_empty(name, day, lang)
        write_folder(folder, files, check_new)
        click.echo(tell_empty(folder, tuple(files), words), nl=False)
        return
    if not (people and orders):
        raise click.UsageError("Name both --people and --orders, or neither.")
    with _progress() as progress:
        begun = begin_with(name, day, lang, paths, _declared(stated), progress)
    write_folder(folder, begun.files, check_new)
    click.echo(tell_begun(folder, begun, words), nl=False)
    sys.exit(3 if begun.faulty else 0)


@main.command()
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

    words = _words_of(scenario, lang)
    with _progress() as progress:
        month = compare_months(
            scenario,
            people,
            instead_of=instead_of,
            on=on.date() if on else None,
            declared=_declared(stated),
            progress=progress,
        )
    click.echo(tell_month(month, words), nl=False)
    taken = yes or (_at_terminal() and _agreed(words))
    if taken:
        take_month(scenario, month)
    click.echo(tell_taken(scenario, month, taken, words), nl=False, err=True)


@main.command()
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

    words = _words_of(scenario, lang)
    if form == "xlsx":
        out = _place_of_marked(scenario, out)
    try:
        with _progress() as progress:
            opened = open_scenario(scenario, declared=_declared(stated), progress=progress)
        problem = check_problem(opened)
        faulty, issues, counts = False, problem.notes, problem.counts
    except InputError as fault:
        faulty, issues, counts = True, fault.issues, fault.counts
    if out and form == "xlsx":
        _write_marked(scenario, issues, out, _declared(stated), words)
    shown: dict[str, Callable[[], str]] = {
        "json": lambda: render_json(records(issues, words)),
        "csv": lambda: render_csv(table_issues(issues)),
    }
    told = shown.get(form, lambda: tell_issues(issues, words) + tell_counts(counts, words))
    click.echo(told(), nl=False)
    sys.exit(3 if faulty else 0)


@main.command()
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
    from matcher.language import say
    from matcher.settings import read_settings

    settings = read_settings(scenario)
    words = _words_of(scenario, lang)
    out = out or Path(batch_name(settings))
    check_free(out, replace)
    with _progress() as progress:
        result = run_scenario(
            scenario, skip=skip_bad_rows, declared=_declared(stated), progress=progress
        )
    write_batch(result, out, replace=replace, all_pairs=all_pairs)
    click.echo(_summary(result, words, form), nl=False)
    notes = len(result.problem.notes)
    told = say(
        "Batch: {folder} ({n} notes on the inputs in problems.csv)", folder=str(out), n=notes
    )
    click.echo(words(told), err=True)


@main.command()
@click.argument("batch", type=FOLDER)
@click.argument("what", required=False)
@language
@form
def show(batch: Path, what: str | None, lang: str | None, form: str) -> None:
    """Show placements, unplaced, openings or proofs, or one of them by its id.

    WHAT is `placements`, `unplaced`, `openings`, `proofs` (what is still to be shown before each
    approval), or the id of a candidate or an opening; without it text and JSON show the first
    three, CSV the placements.
    """
    from matcher.batch import open_batch
    from matcher.report.shown import show_batch

    result = open_batch(batch)
    click.echo(show_batch(result, what, form, _words_of(batch, lang)), nl=False)


@main.command()
@click.argument("batch", type=FOLDER)
@click.argument("candidate")
@click.argument("opening", required=False)
@language
@form
def explain(batch: Path, candidate: str, opening: str | None, lang: str | None, form: str) -> None:
    """Explain a candidate, or a candidate at one opening.

    Shows the score's breakdown with the facts behind each value, every rule that is not met or
    still open, and why not elsewhere.
    """
    from matcher.batch import open_batch
    from matcher.report.shown import show_explanation

    result = open_batch(batch)
    words = _words_of(batch, lang)
    click.echo(show_explanation(result, candidate, opening, form, words), nl=False)


@main.group()
def vocabulary() -> None:
    """Look up job types, skills, programmes, and the codes of `check`."""


def _lookup(name: str, find: str) -> Callable[..., None]:
    @vocabulary.command(name, help=f"List {name}, in Indonesian, Japanese and English.")
    @click.option("--search", default="", metavar="TEXT", help="Only entries that hold TEXT.")
    @form
    def command(search: str, form: str) -> None:
        from matcher.report.shown import show_entries

        click.echo(show_entries(find, search, form), nl=False)

    return command


_lookup("job-types", "find_job_types")
_lookup("skills", "find_skills")
_lookup("programmes", "find_programmes")
_lookup("codes", "find_codes")


def _summary(result: Result, words: Words, form: str) -> str:
    from matcher.report.shown import show_summary

    return show_summary(result, form, words)


def _place_of_marked(scenario: Path, out: Path | None) -> Path:
    """Return the folder that sheets to mend are written into; it must be new."""
    from matcher.batch import batch_name
    from matcher.durable import check_new
    from matcher.settings import read_settings

    place = out or Path(f"{batch_name(read_settings(scenario))}-check")
    check_new(place)
    return place


def _write_marked(
    scenario: Path, issues: Sequence[Issue], place: Path, stated: Read, words: Words
) -> None:
    from matcher.durable import check_new, write_folder
    from matcher.language import say
    from matcher.marked import mark_sheets
    from matcher.settings import declare, read_settings

    settings = declare(read_settings(scenario), stated)
    marked = mark_sheets(scenario, settings, issues, words)
    if not marked:
        click.echo(words(say("No sheet has anything to mend.")), err=True)
        return
    write_folder(place, dict(marked.values()), check_new)
    files = tuple(n if n == file else f"{file} → {n}" for file, (n, _) in marked.items())
    told = say("Sheets to mend, in {folder}: {files}", folder=str(place), files=files)
    click.echo(words(told), err=True)
    if any(n != file for file, (n, _) in marked.items()):
        told = say("Those with an arrow have another name now: write it under [files].")
        click.echo(words(told), err=True)


def _at_terminal() -> bool:
    return bool(sys.stdin) and sys.stdin.isatty()


def _agreed(words: Words) -> bool:
    """Ask whether to take what was shown; anything but a yes is a no."""
    from matcher.language import say

    question = words(say("Take it? (yes/no)"))
    return click.prompt(question, "", show_default=False, err=True).strip().casefold() in YES


def _declared(stated: dict[str, str | None]) -> Read:
    """Return what the command line declares of the files."""
    from matcher.settings import Read

    return Read.model_validate({name: value for name, value in stated.items() if value is not None})


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None] | None]:
    """Show how far workbooks are read, on a terminal only; give the function to be told."""
    if not sys.stderr or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, Any] = {}

        def tell(file: str, share: int) -> None:
            if file not in tasks:
                tasks[file] = shown.add_task(file, total=100)
            shown.update(tasks[file], completed=share)

        yield tell


def _words_of(folder: Path, lang: str | None) -> Words:
    """Return the words asked for, else those of the scenario or the batch in `folder`."""
    from matcher.errors import MatcherError
    from matcher.language import words_of
    from matcher.settings import FILE, read_settings

    if lang:
        return words_of(lang)
    frozen = folder / "inputs"
    try:
        return words_of(read_settings(frozen if (frozen / FILE).is_file() else folder).language)
    except (MatcherError, OSError):
        return words_of("en")
