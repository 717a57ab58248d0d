"""What a reviewer asks of a batch as a whole: who is proposed, who is not, and why."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, form, language, words_in

MOST = 1000


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.option(
    "--shuffles",
    type=click.IntRange(1, MOST),
    default=3,
    show_default=True,
    help="How often the blind test shuffles.",
)
@language
@form
def audit(batch: Path, shuffles: int, lang: str | None, form: str) -> None:
    """Audit a batch by sex, age, centre and province, and test it blind.

    Shows rates of proposals and refusals with exact intervals, what drives each gap, who waits,
    and whether shuffling name, sex, province and the like changes the plan (exit 1 if it does).
    """
    from matcher.audit import audit_result
    from matcher.audit.blind import blind_trials
    from matcher.batch import open_batch
    from matcher.check.again import reopen
    from matcher.language import say
    from matcher.report.audit import show_audit
    from matcher.report.promises import show_settled

    result, words = open_batch(batch), words_in(batch, lang)
    settings = result.problem.settings
    rebuild = partial(reopen, result.problem, settings=settings)
    trials = blind_trials(result.problem.inputs, settings.seed, rebuild, shuffles)
    click.echo(show_audit(result, audit_result(result), trials, form, words), nl=False)
    if form == "text":
        click.echo(show_settled(result.problem, words), nl=False)
    if not all(trial.passed for trial in trials):
        click.echo(words(say("The blind test failed.")), err=True)
        sys.exit(1)
