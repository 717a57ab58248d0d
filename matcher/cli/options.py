"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from matcher.language import Words
    from matcher.settings import Read

FOLDER = click.Path(path_type=Path, file_okay=False)
FORMATS = click.Choice(["text", "json", "csv"])
DAY = click.DateTime(["%Y-%m-%d"])
LANGUAGES = click.Choice(["id", "ja", "en"])

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


def read_options(stated: dict[str, str | None]) -> Read:
    """Return what the command line declares of the files."""
    from matcher.settings import Read

    return Read.model_validate({name: value for name, value in stated.items() if value is not None})


@contextmanager
def progress_shown() -> Iterator[Callable[[str, int], None] | None]:
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


def words_in(folder: Path, lang: str | None) -> Words:
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
