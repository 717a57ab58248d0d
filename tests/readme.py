"""The console blocks of README.md: run them, and write what they print.

`python -m tests.readme` refreshes the page; tests/test_docs.py holds it true.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path

from click.testing import CliRunner

from matcher.cli import main
from matcher.report.rulebook import rules_table

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (matcher [^\n]+)\n(.*?)```", re.DOTALL)
BOOK = re.compile(r"\| rule \| in \| makes a condition \|[^\n]*\n(?:\|[^\n]*\n)+")


def refreshed(page: str) -> str:
    """Return the page with every console block as its command prints it now, and the table of the
    book of rules as the book has it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "scenarios", Path(folder) / "scenarios")
        before = Path.cwd()
        os.chdir(folder)
        try:
            page = BOOK.sub(lambda _: rules_table(), page)
            return BLOCK.sub(lambda block: _run(block.group(1)), page)
        finally:
            os.chdir(before)


def _run(command: str) -> str:
    result = CliRunner().invoke(main, shlex.split(command)[1:])
    return f"```console\n$ {command}\n{result.output}```"


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
