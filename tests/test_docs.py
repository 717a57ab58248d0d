"""README.md says what is true."""

from __future__ import annotations

import textwrap
import tomllib
from datetime import date

from matcher.rules import RULES
from matcher.settings import Settings
from tests.readme import BLOCK, BOOK, README, ROOT, refreshed

PAGE = README.read_text(encoding="utf-8")


def test_every_console_block_is_what_its_command_prints() -> None:
    assert len(BLOCK.findall(PAGE)) >= 4
    assert refreshed(PAGE) == PAGE


def test_every_rule_is_in_the_reference() -> None:
    assert len(BOOK.findall(PAGE)) == 1
    reference = PAGE.split("## Reference: the rules")[1]
    for rule in RULES:
        assert f"`{rule.name}`" in reference, rule.name


def test_ci_runs_the_test_command_of_the_page() -> None:
    command = 'python3 -m venv .venv && .venv/bin/pip install -q -e ".[dev]" && .venv/bin/pytest'
    assert f"\n{command}\n" in PAGE
    assert f"\n{command}\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_scenario_on_the_page_is_valid_and_short() -> None:
    law, limits, text = (block.split("```")[0] for block in PAGE.split("```toml\n")[1:])
    settled = tomllib.loads(textwrap.dedent(law))
    whole = {"name": "Law", "on": date(2026, 11, 26), **settled}
    assert len(Settings.model_validate(whole).rulings) == 2
    limited = {"name": "Limits", "on": date(2026, 11, 26), **tomllib.loads(limits)}
    assert len(Settings.model_validate(limited).limits) == 3
    assert Settings.model_validate(tomllib.loads(text)).name == "Angkatan 12"
    assert len(text.splitlines()) <= 15


def test_every_file_of_a_batch_is_on_the_page() -> None:
    from matcher.batch import TABLES

    for name in (*TABLES, "proof.json", "manifest.json", "inputs/", "pairs.csv"):
        assert f"`{name}`" in PAGE
