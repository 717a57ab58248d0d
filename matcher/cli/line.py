"""How a call ends: every failure in a sentence and its exit code."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import click

from matcher.cli.options import words_in

COMMANDS = (
    "new",
    "add",
    "check",
    "run",
    "show",
    "explain",
    "shortlist",
    "sheets",
    "letters",
    "minutes",
    "pool",
    "status",
)
TRACEBACK = "MATCHER_TRACEBACK"


class Spoken(click.Command):
    """A command whose failures are told in the language asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a failure of ours ends here with its exit code."""
        from matcher.errors import AskedError, InputError, MatcherError
        from matcher.report.issues import tell_asked, tell_issues

        try:
            return super().invoke(ctx)
        except MatcherError as fault:
            folder = ctx.params.get("scenario") or ctx.params.get("batch") or Path()
            words = words_in(folder, ctx.params.get("lang"))
            if isinstance(fault, InputError):
                tell = tell_asked if isinstance(fault, AskedError) else tell_issues
                click.echo(tell(fault.issues, words), nl=False, err=True)
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
            if sys.stdout is None:
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
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
