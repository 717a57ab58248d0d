"""`status` tells where things stand, from the tables of a folder of batches alone."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from matcher.batch import MANIFEST, run_scenario, write_batch
from matcher.batch.across import read_across
from matcher.cli import main
from matcher.errors import MatcherError, UsageError
from matcher.language import words_of
from matcher.report.status import show_status
from matcher.report.status.batches import Across
from matcher.report.status.onward import NEXT
from tests.readme import ROOT

TINY = ROOT / "scenarios" / "tiny"
EN = words_of("en")
PAGE = 100
STEPS = "candidate_id,opening_id,state,on,by,rank,reason_code\n"
OBJECTIONS = "candidate_id,text,on,answer,answered_on,outcome,by\n"
SECOND = [
    "C1,O1,offered,2022-12-13,Officer,,",
    "C3,O2,named,2022-12-15,Officer,,",
    "C3,O2,agreed,2022-12-15,Officer,,",
    "C3,O2,offered,2022-12-13,Officer,,",
]
THIRD = [
    *SECOND,
    "C1,O1,declined,2022-12-17,Officer,,not_this_place",
    "C3,O2,interviewed,2022-12-20,Officer,,",
    "C3,O2,passed,2022-12-20,Officer,,",
]
OBJECTED = "C2,N5 was not counted,2022-12-13,{}\n"


def go_round(scenario: Path, out: Path, on: str, steps: Sequence[str], answer: str) -> None:
    """Run a scenario on a day, with these steps and an objection on record."""
    settings = (TINY / "scenario.toml").read_text()
    settings = settings.replace("on = 2022-12-12", f"on = {on}")
    settings = settings.replace(
        "[files]", '[files]\noutcomes = "outcomes.csv"\nobjections = "objections.csv"'
    )
    (scenario / "scenario.toml").write_text(settings)
    (scenario / "outcomes.csv").write_text(STEPS + "".join(f"{row}\n" for row in steps))
    (scenario / "objections.csv").write_text(OBJECTIONS + OBJECTED.format(answer))
    write_batch(run_scenario(scenario), out)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three batches of the tiny scenario; not to be changed."""
    scenario = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("status") / "scenario"))
    out = scenario.parent / "batches"
    out.mkdir()
    (out / "notes").mkdir()  # no batch
    write_batch(run_scenario(TINY), out / "tiny-1")
    go_round(scenario, out / "tiny-2", "2022-12-16", SECOND, ",,,")
    go_round(scenario, out / "a-later-one", "2022-12-30", THIRD, ",,,")
    return out


@pytest.fixture
def batches(made: Path, tmp_path: Path) -> Path:
    """A copy of the three batches to harm."""
    return Path(shutil.copytree(made, tmp_path / "batches"))


def status(folder: Path, *what: str, lang: str = "en") -> Result:
    """Return what the command does."""
    return CliRunner().invoke(main, ["status", *what, "--in", str(folder), "--lang", lang])


def as_json(folder: Path, *what: str) -> dict[str, Any]:
    """Return what the command prints as JSON."""
    answer: dict[str, Any] = json.loads(status(folder, *what, "--format", "json").stdout)
    return answer


def test_oldest_first_by_day_then_name(made: Path) -> None:
    across = read_across(made)
    assert [batch.folder for batch in across.batches] == ["tiny-1", "tiny-2", "a-later-one"]
    assert [batch.on for batch in across.batches] == [
        *(date(2022, 12, 12), date(2022, 12, 16), date(2022, 12, 30)),
    ]
    assert across.latest.folder == "a-later-one"
    assert not across.left_out and not across.told


def test_a_line_for_each_batch(made: Path) -> None:
    shown = status(made, "--format", "csv")
    table = pd.read_csv(StringIO(shown.stdout))
    columns = ["people", "proposed", "underway", "seated", "open_objections"]
    for folder, numbers in zip(table["batch"], table[columns].to_numpy().tolist(), strict=True):
        placements = pd.read_csv(made / folder / "placements.csv", keep_default_na=False)
        proposed = placements["state"].isin(["placed", "conditional"])
        expected = {
            "tiny-1": [0, 0, 0],
            "tiny-2": [2, 0, 1],
            "a-later-one": [0, 1, 1],
        }[folder]
        assert numbers == [len(placements), proposed.sum(), *expected]
        reserves = pd.read_csv(made / folder / "reserves.csv")
        assert (table.loc[table["batch"] == folder, "reserves"] == len(reserves)).all()


def test_what_is_open_now(made: Path) -> None:
    now = as_json(made)
    assert now["latest"] == "a-later-one"
    assert now["waits_for_answer"] == now["named_no_result"] == now["to_name"] == []
    assert now["to_offer"] == [{"candidate_id": "C2", "opening_id": "O1"}]
    (objection,) = now["objections"]
    assert (objection["candidate_id"], objection["due"]) == ("C2", "2022-12-27")
    assert objection["overdue"] is True
    assert now["over_180_days"] == [{"candidate_id": "C2", "days": 198, "proposed_at": "O1"}]
    told = " ".join(status(made).stdout.split())
    assert "C2, answer due 2022-12-27 (overdue): N5 was not counted" in told
    assert "Waiting over 180 days without a seat, 1: C2 198 days, proposed at O1" in told


def test_what_was_open_one_batch_earlier(batches: Path) -> None:
    shutil.rmtree(batches / "a-later-one")
    now = as_json(batches)
    (asked,) = now["waits_for_answer"]
    assert (asked["candidate_id"], asked["opening_id"], asked["on"]) == ("C1", "O1", "2022-12-13")
    (named,) = now["named_no_result"]
    assert (named["candidate_id"], named["state"]) == ("C3", "named")
    (objection,) = now["objections"]
    assert objection["overdue"] is False
    assert now["over_180_days"] == [{"candidate_id": "C2", "days": 184, "proposed_at": ""}]


def test_a_candidate_step_by_step(made: Path) -> None:
    found = as_json(made, "C3")
    steps = [(row["on"], row["state"]) for row in found["steps"]]
    assert steps == [
        *[("2022-12-13", "offered"), ("2022-12-15", "agreed"), ("2022-12-15", "named")],
        *[("2022-12-20", "interviewed"), ("2022-12-20", "passed")],
    ]
    assert found["now"] == [{"opening_id": "O2", "state": "passed", "on": "2022-12-20"}]
    told = status(made, "C3").stdout
    assert "Example Carer" in told
    assert (
        "passed the interview at O2 since December 20, 2022. Next: The plan is filed."
        in " ".join(told.split())
    )


def test_a_candidate_after_a_decline(made: Path) -> None:
    found = as_json(made, "C1")
    (now,) = found["now"]
    assert now["state"] == "unplaced"
    rows = found["batches"]
    assert [row["opening_id"] for row in rows] == ["O1", "O1", ""]
    told = " ".join(status(made, "C1").stdout.split())
    assert "Now: without a host so far (a-later-one)" in told
    assert "declined" in told and "waiting time stands" in told


def test_who_objects_is_told_until_when(made: Path) -> None:
    told = " ".join(status(made, "C2").stdout.split())
    assert "Objection of December 13, 2022, answer due December 27, 2022" in told


def test_an_opening_by_batch(made: Path) -> None:
    found = as_json(made, "O2")
    rows = [(row["seats"], row["proposed"], row["passed"], row["free"]) for row in found["batches"]]
    assert rows == [(2, 1, 0, 2), (2, 1, 0, 2), (2, 0, 1, 1)]
    told = status(made, "O2").stdout
    assert "C3 Example Carer" in told
    csv = pd.read_csv(StringIO(status(made, "O1", "--format", "csv").stdout), dtype=str)
    assert csv["candidates"].tolist() == ["C1", "C1", "C2"]


@pytest.mark.parametrize("name", ["placements.csv", "inputs/outcomes.csv", "inputs/candidates.csv"])
def test_a_changed_batch_is_told_and_left_out(batches: Path, name: str) -> None:
    path = batches / "a-later-one" / name
    path.write_bytes(path.read_bytes().replace(b"C1", b"C9"))
    shown = status(batches)
    assert shown.exit_code == 1
    assert "a-later-one is left out" in shown.stderr and name in shown.stderr
    assert "a-later-one" not in shown.stdout and "Open now in tiny-2" in shown.stdout


def test_a_missing_file_is_a_changed_batch(batches: Path) -> None:
    (batches / "tiny-1" / "inputs" / "candidates.csv").unlink()
    assert status(batches, "C1").exit_code == 1
    assert as_json(batches)["latest"] == "a-later-one"


def test_a_manifest_that_is_none(batches: Path) -> None:
    (batches / "tiny-1" / MANIFEST).write_text("{")
    shown = status(batches)
    assert shown.exit_code == 1 and "tiny-1" in shown.stderr


def test_nothing_left_is_a_failure(batches: Path) -> None:
    for batch in ("tiny-1", "tiny-2", "a-later-one"):
        (batches / batch / "placements.csv").unlink()
    across = read_across(batches)
    assert not across.batches and len(across.left_out) == 3
    with pytest.raises(MatcherError):
        show_status(across, None, "text", EN)
    assert status(batches).exit_code == 1


def rewrite(batch: Path, name: str, old: str, new: str) -> None:
    """Write a file of a batch otherwise, with the digest that it then has."""
    path, manifest = batch / name, json.loads((batch / MANIFEST).read_text())
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    manifest["files"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (batch / MANIFEST).write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("inputs/outcomes.csv", "offered", "wondered"),
        ("inputs/outcomes.csv", "2022-12-13", "13 Dec"),
        ("inputs/objections.csv", "2022-12-13", "13 Dec"),
        ("placements.csv", "candidate_id", "who"),
        ("refusals.csv", ",fail,", ",fail,many"),
        ("openings.csv", ",seats,", ",places,"),
    ],
)
def test_what_is_not_understood_is_not_called_changed(
    batches: Path, name: str, old: str, new: str
) -> None:
    rewrite(batches / "a-later-one", name, old, new)
    shown = status(batches)
    assert shown.exit_code == 1 and "Open now in tiny-2" in shown.stdout
    assert f"a-later-one is left out: {name} is not understood." in shown.stderr
    assert "changed" not in shown.stderr


@pytest.mark.parametrize("clear", [True, False])
def test_nothing_left_is_told_in_the_latest_scenarios_language(batches: Path, clear: bool) -> None:
    for batch in ("tiny-1", "tiny-2", "a-later-one"):
        (batches / batch / "placements.csv").write_text("candidate_id\n")
    path = batches / "a-later-one" / MANIFEST
    manifest = json.loads(path.read_text())
    manifest["settings"]["language"] = "ja"
    path.write_text(json.dumps(manifest) if clear else "{")
    if not clear:
        scenario = batches / "a-later-one" / "inputs" / "scenario.toml"
        language = 'language = "en"'
        text = scenario.read_text()
        settings = text.replace(language, 'language = "ja"')
        scenario.write_text(settings if language in text else f'language = "ja"\n{text}')
    assert read_across(batches).language == "ja"
    called = CliRunner().invoke(main, ["status", "--in", str(batches)])
    asked = status(batches, lang="en")
    assert called.exit_code == asked.exit_code == 1
    assert called.stdout == asked.stdout == ""
    assert called.stderr == status(batches, lang="ja").stderr != asked.stderr
    for batch in ("tiny-1", "tiny-2", "a-later-one"):
        assert batch in called.stderr and batch in asked.stderr


def test_another_version_is_read_as_far_as_it_can_be(batches: Path) -> None:
    path = batches / "tiny-2" / MANIFEST
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "schema": 3}))
    (batches / "tiny-2" / "reserves.csv").unlink()
    shown = status(batches)
    assert shown.exit_code == 0 and "tiny-2 was written by another version" in shown.stderr
    old = read_across(batches).batches[1]
    assert old.placement["C1"]["opening_id"] == "O1" and not old.steps
    assert old.reserves is None and old.names["C1"] == "Example Welder One"
    assert [row["batch"] for row in as_json(batches)["batches"]] == [
        *("tiny-1", "tiny-2", "a-later-one"),
    ]
    assert status(batches, "C1").exit_code == 0 and status(batches, "O1").exit_code == 0


def test_a_corrected_step_is_told_once(batches: Path, tmp_path: Path) -> None:
    scenario = Path(shutil.copytree(TINY, tmp_path / "scenario"))
    corrected = [row.replace("2022-12-13", "2022-12-14") for row in SECOND]
    go_round(scenario, batches / "tiny-4", "2023-01-02", corrected, ",,,")
    steps = as_json(batches, "C1")["steps"]
    assert [(row["on"], row["state"]) for row in steps] == [("2022-12-14", "offered")]


def test_an_answered_objection_is_no_longer_open(batches: Path, tmp_path: Path) -> None:
    scenario = Path(shutil.copytree(TINY, tmp_path / "scenario"))
    answer = "it counts now,2022-12-20,upheld,Officer"
    go_round(scenario, batches / "tiny-4", "2023-01-02", THIRD, answer)
    assert as_json(batches)["objections"] == []
    told = " ".join(status(batches, "C2").stdout.split())
    assert "upheld: N5 was not counted – it counts now" in told and "answer due" not in told


def test_a_batch_itself_is_a_folder_of_one(made: Path) -> None:
    across = read_across(made / "tiny-2")
    assert [batch.folder for batch in across.batches] == ["tiny-2"]


def test_no_batch_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no batch"):
        read_across(tmp_path)
    assert status(tmp_path).exit_code == 2
    assert status(tmp_path / "nowhere").exit_code == 2


def test_an_unknown_id_with_the_nearest_of_all_batches(made: Path) -> None:
    shown = status(made, "O22")
    assert shown.exit_code == 2 and "did you mean “O2”" in shown.stderr


def test_the_same_bytes_again_and_elsewhere(made: Path, batches: Path) -> None:
    for what in ((), ("C1",), ("O1",)):
        for form in ("text", "json", "csv"):
            first = status(made, *what, "--format", form).stdout
            assert first == status(batches, *what, "--format", form).stdout != ""


@pytest.mark.parametrize("lang", ["en", "id", "ja"])
def test_the_text_fits_a_page(made: Path, lang: str) -> None:
    for what in ((), ("C1",), ("C2",), ("C3",), ("O1",)):
        for line in status(made, *what, lang=lang).stdout.splitlines():
            assert cell_len(line) <= PAGE


def test_the_language_is_the_latest_batchs(made: Path, batches: Path) -> None:
    across = read_across(made)
    assert across.language == "en"
    assert isinstance(across, Across) and show_status(across, None, "text", EN)
    path = batches / "a-later-one" / MANIFEST
    manifest = json.loads(path.read_text())
    manifest["settings"]["language"] = "id"
    path.write_text(json.dumps(manifest))
    shown = CliRunner().invoke(main, ["status", "C11", "--in", str(batches)])
    assert shown.exit_code == 2 and "mungkin maksudnya" in shown.stderr


def test_a_batch_without_our_rules_says_so(made: Path, batches: Path) -> None:
    assert "left out" not in status(made).stdout
    path = batches / "tiny-1" / MANIFEST
    manifest = json.loads(path.read_text())
    manifest["settings"]["files"]["scores"] = "scores.csv"
    manifest["settings"]["scores"]["rules"] = False
    path.write_text(json.dumps(manifest))
    assert as_json(batches)["without_our_rules"] == ["tiny-1"]
    for what in ((), ("C1",), ("O1",)):
        assert "our rules and quotas left out: tiny-1." in status(batches, *what).stdout


def test_a_reserve_whose_turn_it_is(batches: Path, tmp_path: Path) -> None:
    scenario = Path(shutil.copytree(TINY, tmp_path / "scenario"))
    steps = [
        *(f"C2,O1,{state},2022-12-14,Officer,," for state in ("agreed", "named")),
        "C2,O1,reserve,2022-12-14,Officer,1,",
    ]
    go_round(scenario, batches / "tiny-4", "2023-01-02", steps, ",,,")
    (called,) = as_json(batches)["reserves_called"]
    assert (called["candidate_id"], called["opening_id"]) == ("C2", "O1")
    assert "A seat fell free: the host is asked" in status(batches, "C2").stdout


@pytest.fixture(scope="session")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A season's last scenario as a batch, with what the tests of this file need besides."""
    scenarios = tmp_path_factory.mktemp("season")
    shutil.copytree(ROOT / "scenarios" / "season", scenarios / "season")
    people = scenarios / "season" / "1-pool" / "candidates.csv"
    table = pd.read_csv(people, dtype=str, keep_default_na=False).set_index("candidate_id")
    table.loc["C24", "deposit"] = "1500000"
    table.to_csv(people)
    back = scenarios / "season" / "3-back"
    (back / "decisions.csv").write_text(
        "action,candidate_id,opening_id,reason,by,on\n"
        "hold,C10,,paspor diperpanjang,Petugas Contoh,2022-12-10\n"
        "hold,C20,,paspor diperpanjang,Petugas Contoh,2022-12-10\n"
    )
    settings = (back / "scenario.toml").read_text()
    added = '[files]\ndecisions = "decisions.csv"\n'
    (back / "scenario.toml").write_text(settings.replace("[files]\n", added))
    out = scenarios / "batches"
    out.mkdir()
    write_batch(run_scenario(back), out / "back")
    return out


def told_of(folder: Path, *what: str) -> str:
    """Return what is printed, in one line."""
    shown = status(folder, *what)
    assert shown.exit_code == 0, shown.stderr
    return " ".join(shown.stdout.split())


@pytest.mark.parametrize(
    ("consent", "key", "told"),
    [
        ("ya", "to_name", "The office names the person to the host."),
        ("tidak", "no_consent", "has not agreed that particulars are passed on"),
        ("", "to_ask_consent", "First ask whether particulars may be passed on, and record"),
    ],
)
def test_nobody_is_to_be_named_without_consent(
    season: Path, tmp_path: Path, consent: str, key: str, told: str
) -> None:
    out = Path(shutil.copytree(season, tmp_path / "batches"))
    name = "inputs/candidates.csv"
    path = out / "back" / name
    table = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("candidate_id")
    table.loc["C16", "consent_export"] = consent
    rewrite(out / "back", name, path.read_text(), table.to_csv(lineterminator="\n"))
    now = as_json(out)
    keys = ("to_name", "no_consent", "to_ask_consent")
    assert {one: len(now[one]) for one in keys} == {**dict.fromkeys(keys, 0), key: 1}
    for what in ("C16", "O-05"):
        shown = told_of(out, what)
        assert told in shown
        assert (NEXT["agreed"].message in shown) == (consent == "ya")
    assert ("Agreed, to be named to the host: none." in told_of(out)) == (consent != "ya")


def test_what_is_on_hold_says_why_and_until_when(season: Path) -> None:
    decided = told_of(season, "C10")
    assert "on hold (back), decision of 2022-12-10: paspor diperpanjang (Petugas" in decided
    assert "It ends when the decision is taken out" in decided
    outcome = told_of(season, "C03")
    assert "on hold (back), declined at O-01 on December 12, 2022: family reasons" in outcome
    assert "yes (agreed) of a later day" in outcome
    paid = told_of(season, "C24")
    assert "a deposit of Rp 1,500,000 is on record" in paid and "has returned it" in paid
    for what in ("C20", "O-06"):
        assert "offered" in (underway := told_of(season, what))
        assert "Nothing while the person is on hold." in underway
        assert NEXT["offered"].message not in underway
    causes = {who: as_json(season, who)["now"][0]["cause"] for who in ("C03", "C10", "C24")}
    assert causes == {"C03": "outcome_hold", "C10": "hold", "C24": "deposit"}


def test_a_reserve_with_a_seat_elsewhere(season: Path) -> None:
    for what in ("C01", "O-01"):
        told = told_of(season, what)
        assert "Nothing here: the person has a seat at O-03." in told
        assert NEXT["reserve"].message not in told
    found = as_json(season, "O-01")["reserves_on_record"]
    stand = [(row["candidate_id"], row["rank"], row["has_or_proposed_at"]) for row in found]
    assert stand == [("C04", 1, "O-01"), ("C01", 2, "O-03")]
    assert "Reserves on record, as the host named them: 2" in told_of(season, "O-01")


def test_a_reserve_called_elsewhere(batches: Path, tmp_path: Path) -> None:
    scenario = Path(shutil.copytree(TINY, tmp_path / "scenario"))
    table = (scenario / "openings.csv").read_text().splitlines()
    (other,) = (row.replace("O1,", "O3,", 1) for row in table if row.startswith("O1,"))
    (scenario / "openings.csv").write_text("\n".join([*table, other, ""]))
    steps = [
        row
        for at, rank in (("O1", 1), ("O3", 2))
        for row in (
            *(f"C2,{at},{state},2022-12-14,Officer,," for state in ("agreed", "named")),
            f"C2,{at},reserve,2022-12-14,Officer,{rank},",
        )
    ]
    go_round(scenario, batches / "tiny-4", "2023-01-02", steps, ",,,")
    (called,) = as_json(batches)["reserves_called"]
    assert called["opening_id"] == "O1"
    told = told_of(batches, "C2")
    assert told.count("A seat fell free: the host is asked") == 1
    assert "the person has a seat at O1 that fell free" in told_of(batches, "O3")
    assert NEXT["reserve"].message not in told
    assert "A seat fell free: the host" not in told_of(batches, "O3")


@pytest.mark.parametrize(
    ("failed", "rule", "mostly"),
    [
        ({"trained_for": 9, "prior_experience": 8, "declined": 1, "age": 3}, "declined", False),
        ({"trained_for": 9, "interview": 1}, "interview", False),
        ({"trained_for": 9, "prior_experience": 8, "age": 3, "medical": 2}, "age", False),
        ({"trained_for": 8, "prior_experience": 9}, "prior_experience", True),
        ({"trained_for": 1, "declined": 1}, "declined", True),
    ],
)
def test_reasons_of_the_own_trade_first(
    batches: Path, failed: dict[str, int], rule: str, mostly: bool
) -> None:
    batch = batches / "a-later-one"
    rows = "".join(f"C1,{name},fail,{n}\n" for name, n in failed.items())
    head = "candidate_id,rule,state,openings\n"
    rewrite(batch, "refusals.csv", (batch / "refusals.csv").read_text(), head + rows)
    text = (batch / "alternatives.csv").read_text()
    rewrite(batch, "alternatives.csv", text, f"{text.splitlines()[0]}\n")
    row = as_json(batches, "C1")["batches"][-1]
    assert (row["verdict"], row["about"]) == ("refused", rule)
    assert ("mostly refused by" in told_of(batches, "C1")) == mostly
