"""The checker: whether a batch is what its inputs come to, without any solver.

Eligibility and scores are derived anew from the frozen inputs, by the functions of rules and
criteria that `run` calls; plan, figures and proof are compared with them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matcher.check import open_scenario
from matcher.errors import InputError, MatcherError
from matcher.language import Phrase, say
from matcher.problem import Numbers
from matcher.settings import Read
from matcher.stable import STABLE
from matcher.verify.blocks import find_blocks
from matcher.verify.derived import Derived
from matcher.verify.findings import CHANGED, WRONG, Finding, Proved, Report
from matcher.verify.folder import (
    INPUTS,
    Folder,
    find_changed,
    find_other_digests,
    find_other_figures,
    find_other_gaps,
    read_folder,
)
from matcher.verify.form import PROOF, parse_proof
from matcher.verify.plan import HEADER, PLACEMENTS, find_breaches, read_plan
from matcher.verify.proved import check_proof

__all__ = ["CHANGED", "WRONG", "Derived", "Finding", "Proved", "Report", "verify_batch"]

SCHEMAS = (5,)
BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, ArithmeticError)


def verify_batch(path: Path) -> Report:
    """Return what the checker finds in a batch's folder; raises `UsageError` where there is no
    batch, `MatcherError` for one of a version that it does not know."""
    folder = read_folder(path)
    if folder.manifest.get("schema") not in SCHEMAS:
        told = say("The batch in {folder} was written by another version.", folder=str(path))
        raise MatcherError(told)
    changed = list(find_changed(folder))
    derived = derive(folder)
    if isinstance(derived, Phrase):
        return Report((*changed, Finding(WRONG, INPUTS, "", derived)))
    return check_batch(folder, derived, changed)


def derive(folder: Folder) -> Derived | Phrase:
    """Return what follows from a batch's inputs, or why nothing does."""
    try:
        declared = Read(**folder.manifest["settings"]["read"])
        return Derived.of(open_scenario(folder.path / INPUTS, frozen=True, declared=declared))
    except InputError as fault:
        first = next((issue for issue in fault.issues if issue.severity == "error"), None)
        where = f"{first.file} {first.line}" if first else ""
        reason = first.reason if first else fault.phrase
        return say("The inputs have faults ({where}: {reason}).", where=where, reason=reason)
    except MatcherError as fault:
        return fault.phrase
    except (*BROKEN, OSError):
        return say("The inputs cannot be read again.")


def check_batch(folder: Folder, derived: Derived, changed: list[Finding]) -> Report:
    """Return the report on a batch of which the inputs were derived; `changed` are its findings so
    far."""
    plan, findings = read_plan(derived, folder.files.get(PLACEMENTS, b""))
    findings = [*changed, *findings, *find_breaches(derived, plan)]
    method: str
    if derived.problem.settings.objective.mode == STABLE:
        method, proved, found = STABLE, tuple[Proved, ...](), find_blocks(derived, plan)
    else:
        method, proved, found = _read_proof(folder, derived, plan)
    findings += [*find_other_figures(folder, derived, plan, method), *found]
    if not found:
        findings += find_other_gaps(folder, proved)
    return Report(
        tuple(findings),
        proved,
        method,
        int((derived.problem.locked[derived.problem.present] >= 0).sum()),
        derived.screening.candidate.size,
        _limits(derived),
        int(np.size(plan)) * len(HEADER) + len(folder.manifest),
    )


def _read_proof(
    folder: Folder, derived: Derived, plan: Numbers
) -> tuple[str, tuple[Proved, ...], list[Finding]]:
    """Return a proof's method, what it proves and what is wrong in it."""
    try:
        proof = parse_proof(folder.files.get(PROOF, b""))
        findings = list(find_other_digests(folder, derived, proof))
        found, proved = check_proof(derived, plan, proof)
        return str(proof["method"]), proved, [*findings, *found]
    except (*BROKEN, RecursionError):
        told = say("This is not a proof that can be read.")
        return "", (), [Finding(WRONG, PROOF, "", told)]


def _limits(derived: Derived) -> int:
    limits = derived.facts.limits
    return len(derived.bounded) + len(limits.sums) + len(limits.pairs) + len(limits.starts)
