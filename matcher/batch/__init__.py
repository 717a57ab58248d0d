"""A batch on disk: written whole or not at all, opened again, the same bytes for the same inputs.

The folder is built under another name beside its own, every file is flushed to the disk, the
manifest last, and one rename makes it appear.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from matcher.assign import Plan
from matcher.batch.free import check_free
from matcher.batch.manifest import MANIFEST, SCHEMA, read_manifest, state_manifest
from matcher.batch.notes import NOTES, read_notes, render_notes
from matcher.batch.reports import report_files
from matcher.batch.tables import PLACEMENTS, RECOMPUTED, TABLES
from matcher.check import open_scenario
from matcher.durable import write_folder
from matcher.errors import Count, MatcherError
from matcher.explain.limits import weigh_limits
from matcher.language import say, words_of
from matcher.law.book import book_version
from matcher.pipeline import Result, find_alarms, match, weigh, with_ties
from matcher.problem import Problem
from matcher.proof import PROOF, claims_of, render_proof, show_best, state_proof
from matcher.read import Progress
from matcher.report.render import render_csv, render_json
from matcher.report.tables import table_pairs
from matcher.score import Scores
from matcher.screen import Screening, find_pair
from matcher.settings import Read, Settings
from matcher.vocabulary import load_vocabulary

__all__ = [
    "INPUTS",
    "MANIFEST",
    "PLACEMENTS",
    "SCHEMA",
    "TABLES",
    "batch_files",
    "batch_name",
    "check_free",
    "match_whole",
    "open_batch",
    "run_scenario",
    "write_batch",
]

INPUTS = "inputs"
LONGEST_NAME = 120  # bytes; file systems keep 255 with what is added


def run_scenario(
    folder: Path,
    *,
    skip: bool = False,
    declared: Read | None = None,
    progress: Progress | None = None,
) -> Result:
    """Return the result of a scenario folder; see `open_scenario`."""
    return match_whole(open_scenario(folder, skip=skip, declared=declared, progress=progress))


def match_whole(problem: Problem) -> Result:
    """Return the result of a problem, the alarms that screening gives among its notes; see
    `match`."""
    result = match(problem)
    alarms = find_alarms(result.problem, result.facts, result.screening)
    notes = (*result.problem.notes, *alarms)
    return replace(result, problem=replace(result.problem, notes=notes))


def batch_name(settings: Settings) -> str:
    """Return the name of a batch's folder: the scenario's name and day."""
    name = re.sub(r"[^\w.-]+", "-", settings.name).strip("-.") or "batch"
    short = name.encode()[:LONGEST_NAME].decode(errors="ignore")
    return f"{short}-{settings.on.isoformat()}"


def write_batch(
    result: Result, out: Path, *, replace: bool = False, all_pairs: bool = False
) -> None:
    """Write the batch folder `out`, whole or not at all.

    Raises `UsageError` where it exists and may not be replaced, or where its parent does not.
    """
    check_free(out, replace)
    files = batch_files(result, all_pairs)
    write_folder(out, files, lambda place: check_free(place, replace))


def batch_files(result: Result, all_pairs: bool = False) -> dict[str, bytes]:
    """Return every file of a batch by its name, the manifest last."""
    files = {f"{INPUTS}/{name}": content for name, content in result.problem.inputs.items()}
    # Before losses and verdicts, whose room they need while they are sought.
    _ = weigh_limits(result), result.reserves, result.stable or show_best(result)
    tables = dict(TABLES)
    if all_pairs:
        tables["pairs.csv"] = table_pairs
    for name, table_of in tables.items():
        files[name] = render_csv(table_of(result)).encode()
    proof: dict[str, object] = {}
    if not result.stable:
        proof = state_proof(result, files[PLACEMENTS])
        files[PROOF] = render_proof(proof)
    files[NOTES] = render_notes(result.problem.notes)
    words = words_of(result.problem.settings.language)
    files |= report_files(result, words, _digests(files))
    files[MANIFEST] = render_json(state_manifest(result, _digests(files), proof)).encode()
    return files


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def open_batch(folder: Path) -> Result:
    """Return the result that a batch holds: scores recomputed, the plan as written.

    Raises `UsageError` where there is no batch, `MatcherError` where a file was changed since.
    """
    manifest = read_manifest(folder)
    _check_known(folder, manifest)
    try:
        declared = Read(**manifest["settings"]["read"])
        problem = _as_told(open_scenario(folder / INPUTS, frozen=True, declared=declared), manifest)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise _changed(folder / MANIFEST) from fault
    problem, facts, screening, scores = weigh(problem)
    problem = _with_notes(problem, folder, manifest)
    try:
        text = (folder / PLACEMENTS).read_text(encoding="utf-8")
        plan = _read_plan(problem, screening, scores, text)
        result = with_ties(Result(problem, facts, screening, scores, plan))
    except (AssertionError, ValueError, KeyError, TypeError, csv.Error) as fault:
        raise _changed(folder / PLACEMENTS) from fault  # changed, and so no best plan any more
    proof = _read_proof(folder, result)
    _check_recomputed(folder, manifest, result, proof)
    return replace(result, plan=replace(result.plan, claims=claims_of(proof) if proof else ()))


def _read_proof(folder: Path, result: Result) -> dict[str, Any]:
    """Return the proof of a batch, empty for a stable plan, which has none."""
    if result.stable:
        return {}
    try:
        proof: dict[str, Any] = json.loads((folder / PROOF).read_bytes())
        claims_of(proof)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise _changed(folder / PROOF) from fault
    return proof


def _check_known(folder: Path, manifest: dict[str, Any]) -> None:
    """Raise `MatcherError` where a batch is of another version, or a file is not as it was."""
    if manifest["schema"] != SCHEMA:
        told = say("The batch in {folder} was written by another version.", folder=str(folder))
        raise MatcherError(told)
    for name, digest in sorted(manifest["files"].items()):
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise _changed(path)
    if manifest.get("vocabulary") != load_vocabulary().version:
        raise MatcherError(say("The batch was written with another vocabulary."))
    if manifest.get("law") != book_version():
        raise MatcherError(say("The batch was written with another book of rules."))


def _check_recomputed(
    folder: Path, manifest: dict[str, Any], result: Result, proof: dict[str, Any]
) -> None:
    """Raise `MatcherError` where the manifest or a table is not what the inputs come to."""
    try:
        stated = state_manifest(result, manifest["files"], proof)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise _changed(folder / PROOF) from fault
    if stated != manifest:
        raise _changed(folder / MANIFEST)
    for name in RECOMPUTED:
        content = render_csv(TABLES[name](result)).encode()
        if hashlib.sha256(content).hexdigest() != manifest["files"].get(name):
            raise _changed(folder / name)


def _changed(path: Path) -> MatcherError:
    return MatcherError(
        say("{file} is missing or was changed since the batch was written.", file=str(path))
    )


def _as_told(problem: Problem, manifest: dict[str, Any]) -> Problem:
    """Return the problem with what only the run itself saw: rows of the files as they came, the
    files' SHA-256, whether refused rows were left out."""
    counts = tuple(Count(**row) for row in manifest["rows"])
    told = sum(count.accepted for count in counts)
    if told != sum(count.accepted for count in problem.counts):
        raise ValueError("the rows of the manifest are not those of the inputs")
    if not isinstance(manifest["sources"], dict):
        raise TypeError("the sources of the manifest are no table")
    return replace(
        problem,
        counts=counts,
        sources=manifest["sources"],
        left_out=tuple(manifest["rows_left_out"]),
    )


def _with_notes(problem: Problem, folder: Path, manifest: dict[str, Any]) -> Problem:
    """Return the problem with the notes that the run had; those of its frozen inputs where an older
    version kept none."""
    path = folder / NOTES
    if NOTES not in manifest["files"]:
        return problem
    try:
        return replace(problem, notes=read_notes(path.read_bytes()))
    except ValueError as fault:
        raise _changed(path) from fault


def _read_plan(problem: Problem, screening: Screening, scores: Scores, text: str) -> Plan:
    """Return the plan that the text of `placements.csv` states."""
    opening = np.full(len(problem.candidate_ids), -1, np.int32)
    row = np.full(len(problem.candidate_ids), -1, np.int64)
    people = {name: place for place, name in enumerate(problem.candidate_ids)}
    openings = {name: place for place, name in enumerate(problem.opening_ids)}
    for line in csv.DictReader(io.StringIO(text), strict=True):
        if line["opening_id"]:
            person = people[line["candidate_id"]]
            opening[person] = openings[line["opening_id"]]
            row[person] = find_pair(screening, person, int(opening[person]))
            if row[person] < 0 or scores.score[row[person]] != int(line["score"]):
                raise MatcherError(
                    say("This version scores {person} otherwise.", person=line["candidate_id"])
                )
    return Plan(opening, row, np.zeros(opening.size, bool))
