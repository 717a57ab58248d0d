"""A batch's manifest: the versions, settings and figures it was made with, and the SHA-256 of each
of its files; by it a batch is known and opened again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from matcher import __version__
from matcher.errors import UsageError
from matcher.explain import summarise
from matcher.language import say
from matcher.law.book import book_version
from matcher.pipeline import Result
from matcher.report.given import leaves_rules_out
from matcher.vocabulary import load_vocabulary

MANIFEST = "manifest.json"
VERSIONS = ("schema", "matcher", "vocabulary", "law")
SCHEMA = 5


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a batch of any version; raises `UsageError` where there is none of
    ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if isinstance(manifest["schema"], int) and isinstance(manifest["files"], dict):
            return dict(manifest)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    raise UsageError(say("There is no batch in {folder}.", folder=str(folder)))


def versions_of(folder: Path) -> dict[str, str]:
    """Return the versions that a batch was made with, by name; raises `UsageError` where there is
    no batch."""
    manifest = read_manifest(folder)
    return {name: str(manifest.get(name, "")) for name in VERSIONS}


def state_manifest(
    result: Result, digests: Mapping[str, str], proof: Mapping[str, Any]
) -> dict[str, object]:
    """Return the manifest of a result whose files have the SHA-256 given and whose proof is
    `proof` (empty where there is none)."""
    problem, summary = result.problem, summarise(result)
    settings = problem.settings
    return {
        "schema": SCHEMA,
        "matcher": __version__,
        "vocabulary": load_vocabulary().version,
        "law": book_version(),
        "settings": settings.model_dump(mode="json"),
        "objective": [*problem.order, "lottery"],
        "seed": settings.seed,
        "scores": "own" if result.problem.given is None else "given",
        "rules": "left out" if leaves_rules_out(result.problem) else "checked",
        "quotas": "checked" if summary.quotas_checked else "not checked",
        "method": summary.method,
        "proved": _proved([*proof.get("stages", ()), *proof.get("bounds", ())]),
        "rows": [
            {
                "file": count.file,
                "read": count.read,
                "accepted": count.accepted,
                "refused": count.refused,
                "ignored": count.ignored,
            }
            for count in problem.counts
        ],
        "rows_left_out": list(problem.left_out),
        "sources": dict(sorted(problem.sources.items())),
        "people": summary.people,
        "present": summary.present,
        "proposed": summary.proposed,
        "conditional": summary.conditional,
        "seats": summary.seats,
        "usable": summary.usable,
        "score": int(result.scores.score[result.plan.row[result.plan.row >= 0]].sum()),
        "by_lottery": [
            problem.candidate_ids[person] for person in np.flatnonzero(result.plan.by_lottery)
        ],
        "files": dict(digests),
    }


def _proved(stages: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return by name of the objective what the plan has, what no plan has more than, and the gap
    between; of `worst` that is the people placed, and the number of scores with a gap."""
    named: dict[str, dict[str, int]] = {}
    for stage in stages:
        if stage["level"] is None:
            named[stage["name"]] = {key: stage[key] for key in ("total", "bound", "gap")}
        else:
            named[stage["name"]].setdefault("open_levels", 0)
            named[stage["name"]]["open_levels"] += stage["gap"] != 0
    return named
