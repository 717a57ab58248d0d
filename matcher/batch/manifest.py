"""A batch's manifest: the versions, settings and figures it was made with, and the SHA-256 of each
of its files; by it a batch is known and opened again."""

from __future__ import annotations

import json
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
SCHEMA = 4


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a batch of any version; raises `UsageError` where there is none of
    ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if isinstance(manifest["schema"], int) and isinstance(manifest["files"], dict):
            return dict(manifest)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise UsageError(say("There is no batch in {folder}.", folder=str(folder)))


def state_manifest(result: Result, digests: dict[str, str]) -> dict[str, object]:
    """Return the manifest of a result whose files have the SHA-256 given."""
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
        "files": digests,
    }
