"""A batch's folder: which files are there, whether each is the one that was written, and whether
the manifest's figures are those of the plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matcher.errors import UsageError
from matcher.language import Phrase, say
from matcher.law.book import book_version
from matcher.problem import Numbers
from matcher.screen import find_pair
from matcher.verify.derived import Derived
from matcher.verify.findings import CHANGED, WRONG, Finding, Proved
from matcher.verify.form import PROOF, digest, digests_of
from matcher.verify.plan import PLACEMENTS
from matcher.vocabulary import load_vocabulary

MANIFEST, INPUTS = "manifest.json", "inputs"


@dataclass(frozen=True)
class Folder:
    """A batch as it lies on the disk: its manifest, and every other file by name."""

    path: Path
    manifest: Mapping[str, Any]
    files: Mapping[str, bytes]

    @property
    def inputs(self) -> dict[str, bytes]:
        """The frozen inputs, by their names."""
        start = f"{INPUTS}/"
        return {
            name.removeprefix(start): content
            for name, content in sorted(self.files.items())
            if name.startswith(start)
        }


def read_folder(path: Path) -> Folder:
    """Return a batch's folder; raises `UsageError` where there is no batch."""
    try:
        text = (path / MANIFEST).read_text(encoding="utf-8")
        manifest = json.loads(text, object_pairs_hook=_once)
        if not isinstance(manifest["files"], dict):
            raise TypeError("no files")
        names = sorted(at.relative_to(path).as_posix() for at in path.rglob("*") if at.is_file())
        files = {name: (path / name).read_bytes() for name in names if name != MANIFEST}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
        told = say("There is no batch in {folder}.", folder=str(path))
        raise UsageError(told) from fault
    return Folder(path, manifest, files)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of a JSON text; ValueError where it names a key twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def find_changed(folder: Folder) -> Iterator[Finding]:
    """Yield the files that are missing, that do not belong to the batch, or that are not those
    whose SHA-256 the manifest holds."""
    stated = folder.manifest["files"]
    for name in sorted(stated.keys() | folder.files.keys()):
        if name not in folder.files:
            yield Finding(CHANGED, name, "", say("The file is missing."))
        elif name not in stated:
            yield Finding(CHANGED, name, "", say("The file is not of this batch."))
        elif digest(folder.files[name]) != stated[name]:
            told = say("The file was changed since the batch was written (SHA-256).")
            yield Finding(CHANGED, name, "", told)
    for name in (PLACEMENTS, f"{INPUTS}/scenario.toml"):
        if name not in stated:
            yield Finding(WRONG, MANIFEST, "files", say("{file} is not listed.", file=name))


def find_other_digests(
    folder: Folder, derived: Derived, proof: Mapping[str, Any]
) -> Iterator[Finding]:
    """Yield what a proof rests on that is not what lies in the folder."""
    own = digests_of(derived.problem, folder.files.get(PLACEMENTS, b""), folder.inputs)
    stated = proof["digests"]
    for name in sorted(own.keys() | stated.keys()):
        if own.get(name) != stated.get(name):
            told = say("The proof is of other {name}.", name=_NAMES.get(name, name))
            yield Finding(CHANGED, PROOF, f"digests.{name}", told)


_NAMES: dict[str, Phrase] = {
    "inputs": say("inputs"),
    "settings": say("settings"),
    "plan": say("proposals (placements.csv)"),
    "vocabulary": say("vocabulary"),
    "rules": say("rules"),
}


def find_other_figures(
    folder: Folder, derived: Derived, plan: Numbers, method: str
) -> Iterator[Finding]:
    """Yield the figures of the manifest that are not what inputs, plan and proof (its `method`;
    "": not read) come to."""
    for name, due in _figures(derived, plan, method).items():
        stated = folder.manifest.get(name)
        if _text(stated) != _text(due):
            told = say(
                "{name}: {stated}, it should be {due}",
                name=name,
                stated=_shown(stated),
                due=_shown(due),
            )
            if name == "settings" and isinstance(stated, dict):
                told = _other_setting(stated, due)
            yield Finding(WRONG, MANIFEST, name, told)


def _figures(derived: Derived, plan: Numbers, method: str) -> dict[str, Any]:
    problem, screening = derived.problem, derived.screening
    placed = np.flatnonzero(plan >= 0)
    found = (find_pair(screening, int(person), int(plan[person])) for person in placed)
    pairs = [pair for pair in found if pair >= 0]
    return {
        "vocabulary": load_vocabulary().version,
        "law": book_version(),
        "settings": problem.settings.model_dump(mode="json"),
        "objective": [*problem.order, "lottery"],
        "seed": problem.settings.seed,
        "scores": "own" if problem.given is None else "given",
        "rules": "checked" if derived.facts.rules_apply else "left out",
        "quotas": "checked" if derived.facts.quotas.checked else "not checked",
        "people": len(problem.candidate_ids),
        "present": int(problem.present.size),
        "proposed": int(placed.size),
        "conditional": int(screening.conditional[pairs].sum()),
        "seats": int(problem.openings.seats.sum()),
        "score": int(derived.scores.score[pairs].sum()),
        **({"method": method} if method else {}),
    }


def find_other_gaps(folder: Folder, proved: Sequence[Proved]) -> Iterator[Finding]:
    """Yield the names of which the manifest states another total, bound or gap than is proved; of
    `worst` that is the people placed, and the number of scores with a gap."""
    due: dict[str, dict[str, int]] = {}
    for one in proved:
        if one.level is None:
            due[one.name] = {"total": one.total, "bound": one.bound, "gap": one.gap}
        else:
            due[one.name].setdefault("open_levels", 0)
            due[one.name]["open_levels"] += one.gap != 0
    stated = folder.manifest.get("proved")
    if _text(stated) != _text(due):
        facts = {"stated": _shown(stated), "due": _shown(due)}
        told = say("{name}: {stated}, it should be {due}", name="proved", **facts)
        yield Finding(WRONG, MANIFEST, "proved", told)


def _other_setting(stated: dict[str, Any], due: dict[str, Any]) -> Phrase:
    """Return the first setting that the manifest states otherwise."""
    name = min(_others(stated, due))
    was, should = stated.get(name), due.get(name)
    if isinstance(was, dict) and isinstance(should, dict):
        key = min(_others(was, should))
        name, was, should = f"{name}.{key}", was.get(key), should.get(key)
    return say(
        "{name}: {stated}, it should be {due}", name=name, stated=_shown(was), due=_shown(should)
    )


def _others(stated: dict[str, Any], due: dict[str, Any]) -> list[str]:
    """Return the keys of which two tables hold different values."""
    keys = stated.keys() | due.keys()
    return [key for key in keys if _text(stated.get(key)) != _text(due.get(key))]


def _text(value: object) -> str:
    """Return a value as JSON, in which true is not 1."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _shown(value: object) -> str:
    text = _text(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
