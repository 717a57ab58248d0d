"""Fixtures: the pilot as a copy to harm, and one batch of it to look at."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher.batch import run_scenario, write_batch
from matcher.pipeline import Result
from tests.readme import ROOT

PILOT = ROOT / "scenarios" / "ijc-2023"


@dataclass(frozen=True)
class Batch:
    """A batch of the pilot with every pair, and the result it was written from."""

    folder: Path
    result: Result


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    """A copy of the pilot scenario."""
    return Path(shutil.copytree(PILOT, tmp_path / "ijc-2023"))


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """The pilot's batch; not to be changed."""
    out = tmp_path_factory.mktemp("batch") / "pilot"
    result = run_scenario(PILOT)
    write_batch(result, out, all_pairs=True)
    return Batch(out, result)
