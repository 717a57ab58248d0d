"""What reviewers call too: show, explain, vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, form, language, words_in


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.argument("what", required=False)
@language
@form
def show(batch: Path, what: str | None, lang: str | None, form: str) -> None:
    """Show placements, unplaced, openings and more, or one of them by its id.

    WHAT is `placements`, `unplaced`, `openings`, `proofs` (what is still to be shown before each
    approval), `caps` (host quotas), `routes` (prior experience), `questions` (to be asked after
    the plan), `wishes` (of hosts, restricted by law), `reserves` (who stands behind the
    proposals), `outcomes` (what became of earlier proposals), `objections`, `ties` (which
    proposals are in every best plan, and whom the lottery chose), `limits` (what each holds and
    what the plan loses by it), `blocking` (people and job orders that would rather have each
    other), `reasons` (why somebody has no host so far), or the id of a candidate or an opening;
    without it text and JSON show the first three, CSV the placements.
    """
    from matcher.batch import open_batch
    from matcher.report.shown import show_batch

    result = open_batch(batch)
    click.echo(show_batch(result, what, form, words_in(batch, lang)), nl=False)


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.argument("candidate")
@click.argument("opening", required=False)
@click.option("--all", "every", is_flag=True, help="Every job order but the candidate's own.")
@language
@form
def explain(
    batch: Path, candidate: str, opening: str | None, every: bool, lang: str | None, form: str
) -> None:
    """Explain a candidate, or a candidate at one opening.

    Shows the score's breakdown with the facts behind each value, every rule that is not met or
    still open, why not elsewhere, what moves it would take, and what would be enough in this round.
    """
    from matcher.batch import open_batch
    from matcher.report.explained import show_every_opening, show_explanation

    if every and opening:
        raise click.UsageError("--all shows every job order; name none.")
    result = open_batch(batch)
    words = words_in(batch, lang)
    if every:
        click.echo(show_every_opening(result, candidate, form, words), nl=False)
        return
    click.echo(show_explanation(result, candidate, opening, form, words), nl=False)


@click.group()
def vocabulary() -> None:
    """Look up job types, skills, programmes, the codes of `check`, and reasons of outcomes."""


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


@vocabulary.command("reasons")
@click.option("--search", default="", metavar="TEXT", help="Only entries that hold TEXT.")
@language
@form
def reasons(search: str, lang: str | None, form: str) -> None:
    """List the reason codes of outcomes, the states they go with, and their effect."""
    from matcher.language import words_of
    from matcher.report.reason_codes import show_reasons

    click.echo(show_reasons(search, form, words_of(lang or "en")), nl=False)
