"""The effect of a decision before it is made: whatif."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.line import Spoken
from matcher.cli.options import FOLDER, form, language, progress_shown, words_in

# So that `seats O-11 -1` is read as it is written.
AS_WRITTEN = {"ignore_unknown_options": True}


@click.command(cls=Spoken, context_settings=AS_WRITTEN)
@click.argument("batch", type=FOLDER)
@click.argument("overrides", nargs=-1, type=click.UNPROCESSED, metavar="[WHAT ...]")
@click.option("--pairs", is_flag=True, help="What the plan would lose by each other pair.")
@click.option("--curve", is_flag=True, help="How much moving 0, 1, 2 … people brings.")
@language
@form
def whatif(
    batch: Path,
    overrides: tuple[str, ...],
    pairs: bool,
    curve: bool,
    lang: str | None,
    form: str,
) -> None:
    """Show the plan that a decision would make; nothing is written.

    WHAT is `place C O`, `forbid C O` (or all of C, or of O), `withdraw C` (or O), `seats O +2` (or
    -1), `waive RULE C` (or C O), `weight skill_fit=500` (the other weights in proportion): any
    number of them in a row. C is a candidate's id, O a job order's. With --curve those who had a
    place move as little as can be; without WHAT that is what an earlier plan promised.
    """
    from matcher.batch import open_batch
    from matcher.errors import UsageError
    from matcher.language import say
    from matcher.report.whatif import show_whatif
    from matcher.whatif import read_overrides, what_if
    from matcher.whatif.curve import moves_curve, promised_curve

    if not (overrides or pairs or curve):
        told = say("Say what if, as in: whatif BATCH withdraw C001; or use --pairs or --curve.")
        raise UsageError(told)
    result, words = open_batch(batch), words_in(batch, lang)
    asked = read_overrides(overrides, result.problem)
    effect = what_if(result, asked) if asked else None
    traced = None
    if curve:
        with progress_shown() as progress:
            traced = (
                moves_curve(result, effect.after.problem, progress=progress)
                if effect
                else promised_curve(result, progress=progress)
            )
    shown = show_whatif(result, effect, form, words, pairs=pairs, curve=traced)
    click.echo(shown, nl=False)
