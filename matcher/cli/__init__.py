"""The command line: parse, one call, print. Data on stdout, all else on stderr.

Exit codes: 0 fine · 1 failure · 2 usage · 3 faults in the inputs · 130 Ctrl-C. Nothing heavy is
imported before a command runs.
"""

from __future__ import annotations

import gc

import click

from matcher import __version__
from matcher.cli.audit import audit
from matcher.cli.compare import compare
from matcher.cli.funnel import funnel
from matcher.cli.letters import letters
from matcher.cli.line import Line
from matcher.cli.minutes import minutes
from matcher.cli.office import add, check, new, run
from matcher.cli.pool import pool
from matcher.cli.report import report
from matcher.cli.review import explain, show, vocabulary
from matcher.cli.robustness import robustness
from matcher.cli.rules import rules
from matcher.cli.sheets import sheets
from matcher.cli.shortlist import shortlist
from matcher.cli.status import status
from matcher.cli.verify import verify
from matcher.cli.whatif import whatif

# A command lives for seconds and most of what it makes stays until its end: looked through again
# and again for rings of objects, it takes a fifth longer.
RARELY = (100_000, 50, 100)


@click.group(cls=Line, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="matcher")
def main() -> None:
    """Proposes which alumni interview for which job order, exactly and with reasons.

    People decide. Try: matcher run scenarios/ijc-2023
    """
    gc.set_threshold(*RARELY)


for command in (
    new,
    add,
    check,
    run,
    show,
    explain,
    shortlist,
    pool,
    report,
    status,
    vocabulary,
    rules,
    audit,
    compare,
    funnel,
    robustness,
    sheets,
    letters,
    minutes,
    verify,
    whatif,
):
    main.add_command(command)
