"""How sure a plan is: robustness."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, form, language, progress_shown, words_in

MOST = 100_000


@click.command(cls=Spoken)
@click.argument("batch", type=FOLDER)
@click.argument("what", required=False)
@click.option(
    "--draws",
    type=click.IntRange(1, MOST),
    default=500,
    show_default=True,
    help="How often the weights are drawn.",
)
@language
@form
def robustness(batch: Path, what: str | None, draws: int, lang: str | None, form: str) -> None:
    """Show how sure each proposal is: under other weights, at unknown facts, by lottery.

    Draws weights around the chosen ones and finds the best plan of each draw; changes each weight
    alone until a proposal flips. WHAT is `queue` (everybody, the most doubtful first), `weights`
    or `flips`; without it text shows the beginning of the queue. Without any draws `unknown` shows
    which proposals are safe whatever is not known turns out to be, `ask` what to ask first, and
    `centres` what the unknowns leave out by centre.
    """
    from matcher.batch import open_batch
    from matcher.report.robustness import UNDRAWN, check_view, show_robustness
    from matcher.sure import Robustness
    from matcher.sure import robustness as weigh

    check_view(what)
    result, words = open_batch(batch), words_in(batch, lang)
    found = Robustness(result, None, None, ())
    with progress_shown() as progress:
        if what not in UNDRAWN:
            found = weigh(result, draws, progress)
        shown = show_robustness(found, what, form, words, progress)
    click.echo(shown, nl=False)
