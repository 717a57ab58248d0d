"""Whether a batch is what its inputs come to, and whether its plan is the best: verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, language, words_in

if TYPE_CHECKING:
    from matcher.language import Words

PLAN = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER, metavar="BATCH|SCENARIO")
@click.option("--plan", type=PLAN, help="Judge this plan for the scenario instead.")
@click.option("--checker-only", is_flag=True, help="Leave out making the batch again.")
@language
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def verify(batch: Path, plan: Path | None, checker_only: bool, lang: str | None, form: str) -> None:
    """Check a batch: its files, its plan against every rule and limit, and its proof.

    The checker derives eligibility and scores from the frozen inputs and uses no solver. Then the
    batch is made again by this version, and compared byte for byte. Exit 1 where anything is found.

    With --plan nothing is checked: the scenario is matched, and a plan of any make (a table of
    candidates and job orders) is set beside the best one: what it breaks, what is open in it, how
    far it is from the best, who stands elsewhere, and which pairs block it. Exit 1 where it breaks
    anything or is no best plan.
    """
    words = words_in(batch, lang)
    if plan is not None and checker_only:
        raise click.UsageError("--checker-only checks a batch; it does not go with --plan.")
    if plan is not None:
        sys.exit(_judge(batch, plan, form, words))
    from matcher.report.verified import show_report
    from matcher.verify import verify_batch

    report = verify_batch(batch)
    again = None
    if not checker_only:
        from matcher.batch.again import make_again

        again = make_again(batch)
    click.echo(show_report(report, again, form, words), nl=False)
    sys.exit(0 if report.accepted and not again else 1)


def _judge(folder: Path, plan: Path, form: str, words: Words) -> int:
    """Match a scenario, judge a plan for it, print what there is to say; return the exit code."""
    from matcher.check.stated import read_stated
    from matcher.cli.opening import open_result
    from matcher.explain.judged import judge_plan
    from matcher.report.issues import tell_issues
    from matcher.report.judged import show_judged

    result = open_result(folder, {})
    stated = read_stated(plan, result.problem)
    if stated.notes:
        click.echo(tell_issues(stated.notes, words), nl=False, err=True)
    judged = judge_plan(result, stated)
    click.echo(show_judged(result, judged, form, words), nl=False)
    return 0 if judged.best else 1
