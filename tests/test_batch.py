"""A batch on disk: the same bytes for the same inputs, whole or absent, refused once changed."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import matcher.batch
import matcher.durable
from matcher.batch import INPUTS, MANIFEST, batch_files, open_batch, run_scenario, write_batch
from matcher.batch.notes import OF_PLACES
from matcher.batch.reports import WORKBOOK
from matcher.errors import MatcherError
from matcher.pipeline import Result
from tests.conftest import PILOT, Batch
from tests.opened import other_files
from tests.readme import ROOT

TINY = ROOT / "scenarios" / "tiny"
RUN = [sys.executable, "-m", "matcher", "run"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def result() -> Result:
    """The result of the tiny scenario."""
    return run_scenario(TINY)


@pytest.fixture
def whole(result: Result) -> dict[str, bytes]:
    """The files of the tiny scenario's batch."""
    return batch_files(result)


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, batch: Batch) -> None:
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Jakarta", "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
        {"PYTHONHASHSEED": "77", "TZ": "Pacific/Apia", "LC_ALL": "C.UTF-8", "COLUMNS": "40"},
    ]
    for number, env in enumerate(surroundings):
        here = tmp_path / str(number) / "deep"
        here.mkdir(parents=True)
        scenario = shutil.copytree(PILOT, here / "other name")
        command = [*RUN, str(scenario), "--all-pairs", "--out", "out"]
        subprocess.run(command, env={**os.environ, **env}, cwd=here, check=True)
        assert files(here / "out") == files(batch.folder)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_and_columns_does_not_matter(
    pilot: Path, batch: Batch, seed: int
) -> None:
    draw = random.Random(seed)
    for path in pilot.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        draw.shuffle(rows)
        order = draw.sample(range(len(header)), len(header))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[row[at] for at in order] for row in [header, *rows]])
    shuffled = batch_files(run_scenario(pilot), all_pairs=True)
    expected = files(batch.folder)
    assert shuffled.keys() == expected.keys()
    assert other_files(shuffled, expected) == set()
    ours, theirs = (json.loads(each[MANIFEST]) for each in (shuffled, expected))
    assert ours["sources"].keys() == theirs["sources"].keys()
    for manifest in (ours, theirs):
        for name in (*OF_PLACES, WORKBOOK):
            del manifest["files"][name]
        del manifest["sources"]
    assert ours == theirs
    notes = [without_places(each["problems.csv"]) for each in (shuffled, expected)]
    assert notes[0] == notes[1]


def without_places(problems: bytes) -> list[tuple[str, ...]]:
    """Return the rows of `problems.csv` without lines, nor the value on the first of them."""
    told = []
    for row in csv.DictReader(io.StringIO(problems.decode())):
        lines = len([row["line"], *row["also"].split()])
        value = row["value"] if lines == 1 else ""
        told.append((row["code"], row["file"], row["column"], value, row["reason"], str(lines)))
    return sorted(told)


def test_the_manifest_says_what_is_there(batch: Batch) -> None:
    found = files(batch.folder)
    text = found.pop(MANIFEST).decode()
    manifest = json.loads(text)
    assert manifest["files"] == {n: hashlib.sha256(c).hexdigest() for n, c in found.items()}
    assert {path.name for path in (batch.folder / INPUTS).iterdir()} == {
        path.name for path in PILOT.iterdir() if path.suffix != ".md"
    }
    for row in manifest["rows"]:
        assert row["read"] == row["accepted"] + row["refused"] + row["ignored"]
    assert manifest["sources"] == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in PILOT.glob("*.csv")
    }
    assert (manifest["schema"], manifest["rows_left_out"]) == (5, [])
    assert not re.search(r"\d\d:\d\d", text)
    for word in (str(batch.folder), str(ROOT), socket.gethostname(), np.__version__):
        assert word not in text


def test_files_are_text_that_machines_read(batch: Batch) -> None:
    for name, content in files(batch.folder).items():
        if name == WORKBOOK:
            continue
        assert content.endswith(b"\n"), name
        assert b"\r" not in content, name
        assert not content.startswith(b"\xef\xbb\xbf"), name
    for path in batch.folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert all(len(row) == len(header) for row in rows)
        if path.name != "problems.csv":
            assert [row[0] for row in rows] == sorted(row[0] for row in rows), path.name


def test_a_batch_opens_as_it_was_run(batch: Batch) -> None:
    opened = open_batch(batch.folder)
    assert (opened.plan.opening == batch.result.plan.opening).all()
    assert (opened.plan.by_lottery == batch.result.plan.by_lottery).all()
    assert (opened.scores.score == batch.result.scores.score).all()
    frozen = shutil.copytree(batch.folder / INPUTS, batch.folder.parent / "again")
    again = batch_files(run_scenario(frozen), all_pairs=True)
    expected = files(batch.folder)
    assert other_files(again, expected) == set()
    manifests = [json.loads(each[MANIFEST]) for each in (again, expected)]
    for manifest in manifests:
        for name in (*OF_PLACES, WORKBOOK):
            del manifest["files"][name]
        del manifest["sources"]
    assert manifests[0] == manifests[1]


FROZEN = [f"{INPUTS}/{path.name}" for path in sorted(PILOT.glob("*.[ct]*"))]
NAMES = [*matcher.batch.TABLES, "pairs.csv", *FROZEN]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("gone", [False, True])
def test_a_changed_file_is_refused_by_name(
    tmp_path: Path, batch: Batch, name: str, gone: bool
) -> None:
    folder = shutil.copytree(batch.folder, tmp_path / "out")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    if gone:
        (folder / name).unlink()
    with pytest.raises(MatcherError, match=re.escape(name)) as caught:
        open_batch(folder)
    assert caught.value.exit_code == 1


def test_a_changed_manifest_is_refused(tmp_path: Path, batch: Batch) -> None:
    folder = shutil.copytree(batch.folder, tmp_path / "out")
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(text.replace('"proposed": 1', '"proposed": 2'), encoding="utf-8")
    with pytest.raises(MatcherError):
        open_batch(folder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"files": {}}',
        '{"files": 1}',
    ],
)
def test_a_manifest_of_another_kind_is_no_batch(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(MatcherError):
        open_batch(tmp_path)


@pytest.mark.parametrize(
    "key",
    [
        "vocabulary",
        "files",
        "by_lottery",
    ],
)
def test_a_manifest_without_a_key_is_refused(tmp_path: Path, batch: Batch, key: str) -> None:
    folder = shutil.copytree(batch.folder, tmp_path / "out")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest[key]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(MatcherError):
        open_batch(folder)


Patch = Callable[[pytest.MonkeyPatch, Callable[[], None]], None]


def _before(owner: Any, name: str, when: Callable[..., bool] = lambda *_: True) -> Patch:
    """Return a patch that counts the calls of a function, and may fail one."""

    def patch(monkeypatch: pytest.MonkeyPatch, tick: Callable[[], None]) -> None:
        real = getattr(owner, name)

        def counted(*args: Any, **more: Any) -> Any:
            if when(*args):
                tick()
            return real(*args, **more)

        monkeypatch.setattr(owner, name, counted)

    return patch


PATCHES = {
    "fsync": _before(os, "fsync"),
    "os.open": _before(
        os, "open", lambda path, *_: Path(path).is_absolute() and ".old" not in str(path)
    ),
    "Path.open": _before(Path, "open", lambda path, mode="r", *_: "w" in mode),
    "Path.mkdir": _before(Path, "mkdir"),
    "rename": _before(Path, "rename"),
}


def _full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@POSIX
@pytest.mark.parametrize("name", PATCHES)
@pytest.mark.parametrize("replace", [False, True])
def test_a_full_disk_leaves_all_or_nothing(
    tmp_path: Path, result: Result, whole: dict[str, bytes], name: str, replace: bool
) -> None:
    _all_or_nothing(tmp_path, result, whole, name, replace, _full)


@POSIX
@pytest.mark.parametrize("name", PATCHES)
@pytest.mark.parametrize("replace", [False, True])
def test_ctrl_c_leaves_all_or_nothing(
    tmp_path: Path,
    result: Result,
    whole: dict[str, bytes],
    name: str,
    replace: bool,
) -> None:
    _all_or_nothing(tmp_path, result, whole, name, replace, KeyboardInterrupt)


def _all_or_nothing(
    folder: Path,
    result: Result,
    whole: dict[str, bytes],
    name: str,
    replace: bool,
    fault: Callable[[], BaseException],
) -> None:
    """Fail the first call, then the second and so on until none is left to fail."""
    out = folder / "out"
    before = batch_files(result, all_pairs=True) if replace else {}
    for k in range(100):
        shutil.rmtree(out, ignore_errors=True)
        for file, content in before.items():
            (out / file).parent.mkdir(parents=True, exist_ok=True)
            (out / file).write_bytes(content)
        stopped = _stopped_at(
            k, name, fault, lambda: write_batch(result, out, replace=replace), whole
        )
        assert [path.name for path in folder.iterdir()] in ([], ["out"]), (name, k)
        if stopped is None:
            assert files(out) == whole
            assert k > 0, "the patch was never called"
            return
        assert files(out) in (before, whole), (name, k)
        if isinstance(stopped, MatcherError):
            assert stopped.exit_code == 1
            assert "No space left" in str(stopped)
    raise AssertionError("the run never succeeded")


def _stopped_at(
    k: int,
    name: str,
    fault: Callable[[], BaseException],
    write: Callable[[], None],
    whole: dict[str, bytes],
) -> BaseException | None:
    """Write with the k-th call failing; return what that came to."""
    calls = iter(range(1000))

    def tick() -> None:
        if next(calls) == k:
            raise fault()

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(matcher.batch, "batch_files", lambda *_: whole)
        PATCHES[name](monkeypatch, tick)
        try:
            write()
        except (MatcherError, KeyboardInterrupt) as caught:
            return caught
    return None


@POSIX
@pytest.mark.parametrize("size", [0, 100, 1000, 3000])
def test_a_file_that_cannot_grow_is_a_sentence(tmp_path: Path, size: int) -> None:
    code = (
        "import resource, sys\nfrom matcher.cli import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        f"main(['run', {str(PILOT)!r}, '--out', {str(tmp_path / 'out')!r}, '--lang', 'en'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot be written: File too large" in done.stderr
    assert not done.stdout
    assert not list(tmp_path.iterdir())


def test_a_folder_that_appears_meanwhile_is_not_replaced(
    tmp_path: Path, result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def appear(beside: Path) -> None:
        out.mkdir(exist_ok=True)
        (out / "mine.txt").write_text("x")

    monkeypatch.setattr(matcher.durable, "_sync", appear)
    with pytest.raises(MatcherError):
        write_batch(result, out)
    assert list(files(tmp_path)) == ["out/mine.txt"]


def test_the_frozen_inputs_are_the_ones_that_were_read(pilot: Path) -> None:
    result = run_scenario(pilot)
    path = pilot / "openings.csv"
    path.write_bytes(path.read_bytes().replace(b"O-01,H001,7-7-2,4", b"O-01,H001,7-7-2,1"))
    frozen = batch_files(result)["inputs/openings.csv"]
    assert frozen == result.problem.inputs["openings.csv"]
    assert b"O-01,H001,7-7-2,4" in frozen
    assert b"O-01,H001,7-7-2,1" not in frozen


def test_no_folders_are_made_on_the_way(tmp_path: Path, result: Result) -> None:
    with pytest.raises(MatcherError):
        write_batch(result, tmp_path / "a" / "b" / "out")
    assert not list(tmp_path.iterdir())


@POSIX
def test_killed_at_any_moment_the_batch_is_whole_or_absent(tmp_path: Path, batch: Batch) -> None:
    out, draw, expected = tmp_path / "out", random.Random(5), files(batch.folder)
    for number in range(6):
        shutil.rmtree(out, ignore_errors=True)
        command = [*RUN, str(PILOT), "--all-pairs", "--out", str(out)]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while number and process.poll() is None and not list(tmp_path.iterdir()):
                time.sleep(0.0005)
            time.sleep(draw.random() * 0.02)
            process.send_signal(signal.SIGKILL)
        assert not out.exists() or files(out) == expected
        for left in tmp_path.glob(".out.*"):
            shutil.rmtree(left)


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_parent_is_a_sentence(tmp_path: Path, result: Result) -> None:
    parent = tmp_path / "parent"
    parent.mkdir(mode=0o500)
    with pytest.raises(MatcherError, match="cannot be written"):
        write_batch(result, parent / "out")
