"""The office's own sheets back with marks: `check --format xlsx`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matcher.errors import Issue
    from matcher.language import Words
    from matcher.settings import Read


def place_of_marked(scenario: Path, out: Path | None) -> Path:
    """Return the folder that sheets to mend are written into; it must be new."""
    from matcher.batch import batch_name
    from matcher.durable import check_new
    from matcher.settings import read_settings

    place = out or Path(f"{batch_name(read_settings(scenario))}-check")
    check_new(place)
    return place


def write_marked(
    scenario: Path, issues: Sequence[Issue], place: Path, stated: Read, words: Words
) -> None:
    """Write the sheets that have something to mend, and tell under which names."""
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
