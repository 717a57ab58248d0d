"""The public API: the same words and numbers as the command line, in every language and form."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from matcher import api
from matcher.cli import main
from matcher.errors import InputError, UsageError
from matcher.pipeline import Result

ROOT = Path(__file__).resolve().parents[1]
PILOT = ROOT / "scenarios/ijc-2023"
PLAN, BACK = ROOT / "scenarios/season/2-plan", ROOT / "scenarios/season/3-back"
FORMS = ("text", "json", "csv")


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("batches")
    for name, scenario in (("plan", PLAN), ("back", BACK)):
        told = _told("run", str(scenario), "--out", str(place / name))
        assert told
    return place


@pytest.fixture(scope="module")
def plan() -> Result:
    return api.match(api.open_scenario(PLAN))


def _told(*words: str) -> str:
    found = CliRunner().invoke(main, list(words))
    assert found.exit_code == 0, found.output
    return found.stdout


def _same(answer: api.Answer[Any], *command: str, forms: tuple[str, ...] = FORMS) -> None:
    tell = {"text": answer.text, "json": answer.json, "csv": answer.csv}
    for language in ("en", "id"):
        for form in forms:
            told = _told(*command, "--lang", language, "--format", form)
            assert tell[form](language) == told


def test_explanations_are_those_of_the_command(plan: Result, batches: Path) -> None:
    for candidate in ("C23", "C09"):
        _same(api.explain(plan, candidate), "explain", str(batches / "plan"), candidate)
    _same(api.explain(plan, "C09", "O-01"), "explain", str(batches / "plan"), "C09", "O-01")


def test_what_if_is_that_of_the_command(plan: Result, batches: Path) -> None:
    words = "withdraw C09 seats O-04 +1"
    answer = api.what_if(plan, words)
    _same(answer, "whatif", str(batches / "plan"), *words.split())
    assert answer.found.totals["seats"][1] == answer.found.totals["seats"][0] + 1


def test_robustness_is_that_of_the_command(plan: Result, batches: Path) -> None:
    answer = api.robustness(plan, draws=20)
    _same(answer, "robustness", str(batches / "plan"), "--draws", "20", forms=("text", "json"))


def test_curve_and_losses_are_those_of_the_command(plan: Result, batches: Path) -> None:
    batch = str(batches / "plan")
    _same(api.moves_curve(plan), "whatif", batch, "--curve")
    _same(api.pair_losses(plan), "whatif", batch, "--pairs")
    withdrawn = _told("whatif", batch, "withdraw", "C09", "--curve", "--lang", "en")
    assert withdrawn.endswith(api.moves_curve(plan, "withdraw C09").text("en"))


def test_reasons_and_outcomes_are_those_of_the_command(plan: Result, batches: Path) -> None:
    _same(api.reasons(plan), "show", str(batches / "plan"), "reasons")
    audit = json.loads(_told("audit", str(batches / "plan"), "--format", "json"))
    answer = api.outcomes(plan)
    assert answer.record() == audit["outcomes"] and answer.found
    assert answer.text("en") in _told("audit", str(batches / "plan"), "--lang", "en")
    assert len(answer.csv().splitlines()) == 1 + sum(len(one.rankings) for one in answer.found)


def test_lists_are_those_of_the_command(plan: Result, batches: Path) -> None:
    _same(api.shortlist(plan), "shortlist", str(batches / "plan"))


def test_causes_are_those_of_the_command(plan: Result, batches: Path) -> None:
    back = api.match(api.open_scenario(BACK))
    answer = api.compare(plan, back)
    _same(answer, "compare", str(batches / "plan"), str(batches / "back"))
    assert answer.found.moved and all(change.cause for change in answer.found.moved)


def test_a_batch_that_was_written_is_verified(plan: Result, tmp_path: Path) -> None:
    api.write_batch(plan, tmp_path / "batch")
    answer = api.verify(tmp_path / "batch")
    report, again = answer.found
    assert report.accepted and not again
    assert answer.text("en") == _told("verify", str(tmp_path / "batch"), "--lang", "en")
    opened = api.open_batch(str(tmp_path / "batch"))
    assert (opened.plan.opening == plan.plan.opening).all()
    (tmp_path / "batch/placements.csv").write_text("candidate_id\n")
    report, again = api.verify(tmp_path / "batch").found
    assert not report.accepted


def test_records_are_what_the_json_says(plan: Result) -> None:
    answer = api.explain(plan, "C23")
    assert answer.record() == json.loads(answer.json())


def test_faults_are_ours(plan: Result) -> None:
    for words in ("", "withdraw NOBODY", "fly C09"):
        with pytest.raises(UsageError):
            api.what_if(plan, words)
    with pytest.raises(UsageError):
        api.robustness(plan, draws=0)
    with pytest.raises(UsageError):
        api.explain(plan, "C23").text("xx")
    with pytest.raises(UsageError):
        api.explain(plan, "NOBODY")
    with pytest.raises(UsageError):
        api.explain(plan, "C09", "NOWHERE")
    with pytest.raises(InputError):
        api.match(api.open_scenario(ROOT / "scenarios/impossible"))


def test_the_page_shows_every_name_and_its_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(from matcher\.api.*?)```", page, re.DOTALL)
    imported = ast.parse(example).body[0]
    assert isinstance(imported, ast.ImportFrom)
    public = {name.name for name in imported.names}
    assert public <= {*api.__all__}
    assert all(f"`{name}`" in page for name in {*api.__all__} - public)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    api.write_batch(api.match(api.open_scenario(PILOT)), tmp_path / "IJC-2023-2022-12-12")
    exec(compile(example, "README.md", "exec"), {})  # the page's own lines
    told = capsys.readouterr().out
    assert "{'placements': 0, 'score': 1100}" in told and "Accepted." in told
