"""A folder of batches, each read as its tables and manifest say, nothing computed again."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matcher.batch.manifest import MANIFEST, SCHEMA, read_manifest
from matcher.check.follow import Step, in_order
from matcher.errors import MatcherError, UsageError
from matcher.language import LANGUAGES, say
from matcher.personal import mask_all
from matcher.problem.outcomes import REASON_OF, STATES
from matcher.report.status.batches import Across, BatchTables, Objection, Row, due_of

DAYS = 14
NAMES = "inputs/candidates.csv"


def read_across(folder: Path) -> Across:
    """Return the batches that stand directly in a folder, and the folder itself if it is one.

    A batch of which a file was changed since is left out, and said so. Raises `UsageError` where
    there is no batch at all.
    """
    places = [place for place in _places(folder) if (place / MANIFEST).is_file()]
    batches: list[tuple[BatchTables, str]] = []
    left_out, told = [], []
    for place in places:
        name = place.resolve().name
        try:
            manifest = read_manifest(place)
        except UsageError as fault:
            if (place / "placements.csv").is_file():
                left_out.append(fault.phrase)
            continue
        try:
            batch = _Reading(place, manifest).read(name)
        except _ChangedError as fault:
            changed = say(
                "{batch} is left out: {file} is missing or was changed since it was written.",
                batch=name,
                file=str(fault),
            )
            left_out.append(changed)
            continue
        if not batch.whole:
            version = say(
                "{batch} was written by another version: its placements alone are read.",
                batch=name,
            )
            told.append(version)
        batches.append((batch, _language(manifest)))
    if not batches and not left_out:
        raise UsageError(say("There is no batch in {folder}.", folder=str(folder)))
    if not batches:
        raise MatcherError(say("No batch can be read: {faults}", faults=tuple(left_out)))
    batches.sort(key=lambda one: (one[0].on, one[0].folder))
    return Across(
        tuple(batch for batch, _ in batches), tuple(left_out), tuple(told), batches[-1][1]
    )


class _ChangedError(Exception):
    """A file of a batch is not as it was written; says which."""


@dataclass(frozen=True)
class _Reading:
    """Reads the tables of one batch, each against its SHA-256 in the manifest."""

    place: Path
    manifest: dict[str, Any]

    def read(self, folder: str) -> BatchTables:
        """Return the batch; raises `_ChangedError` where a file is missing, changed or no such
        table."""
        whole = self.manifest["schema"] == SCHEMA
        try:
            settings = self.manifest["settings"]
            on = date.fromisoformat(settings["on"])
            title = str(settings["name"])
            days = int(settings.get("objections", {}).get("days", DAYS))
            given = settings.get("files", {}).get("scores") is not None
            ruled = not given or settings.get("scores", {}).get("rules") is not False
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise _ChangedError(MANIFEST) from fault
        people = self._people()
        parts: dict[str, Any] = {}
        if whole:
            parts = {
                "reserves": self._rows("reserves.csv", "opening_id", "rank", "candidate_id"),
                "alternatives": self._rows("alternatives.csv", "candidate_id", "verdict") or (),
                "refusals": self._rows("refusals.csv", "candidate_id", "rule", "state") or (),
                "steps": self._steps(),
                "objections": self._objections(days),
                "decisions": self._rows("inputs/decisions.csv", "action", "reason") or (),
            }
        return BatchTables(
            folder,
            title,
            on,
            int(self.manifest["schema"]),
            whole,
            given,
            ruled,
            self._placements(),
            {row["candidate_id"]: row.get("name", "") for row in people},
            self._accepted(people),
            self._seats() if whole else {},
            **parts,
        )

    def _placements(self) -> tuple[Row, ...]:
        rows = self._rows("placements.csv", "candidate_id", "opening_id", "score", "state")
        if rows is None:
            raise _ChangedError("placements.csv")
        return rows

    def _people(self) -> tuple[Row, ...]:
        return self._rows(NAMES, "candidate_id") or ()

    def _accepted(self, people: Sequence[Row]) -> dict[str, date]:
        return {
            row["candidate_id"]: self._day(NAMES, row["accepted_on"])
            for row in people
            if row.get("accepted_on")
        }

    def _seats(self) -> dict[str, int]:
        rows = self._rows("openings.csv", "opening_id", "seats") or ()
        if not all(row["seats"].isdecimal() for row in rows):
            raise _ChangedError("openings.csv")
        return {row["opening_id"]: int(row["seats"]) for row in rows}

    def _steps(self) -> tuple[Step, ...]:
        name = "inputs/outcomes.csv"
        rows = self._rows(name, "candidate_id", "opening_id", "state", "on", "by") or ()
        pairs: dict[tuple[str, str], list[Step]] = {}
        for line, row in enumerate(rows, 2):
            rank, reason = row.get("rank", ""), row.get("reason_code", "")
            if row["state"] not in STATES or reason not in ("", *REASON_OF):
                raise _ChangedError(name)
            step = Step(
                row["candidate_id"],
                row["opening_id"],
                row["state"],
                self._day(name, row["on"]),
                row["by"],
                int(rank) if rank.isdecimal() else 0,
                reason,
                file=name,
                sheet="",
                line=line,
            )
            pairs.setdefault(step.pair, []).append(step)
        return tuple(step for pair in sorted(pairs) for step in in_order(pairs[pair]))

    def _objections(self, days: int) -> tuple[Objection, ...]:
        name = "inputs/objections.csv"
        rows = self._rows(name, "candidate_id", "text", "on") or ()
        return tuple(
            Objection(
                *(row["candidate_id"], row.get("opening_id", ""), mask_all(row["text"])),
                *(on := self._day(name, row["on"]), due_of(on, days)),
                *(mask_all(row.get("answer", "")), row.get("outcome", "")),
            )
            for row in rows
        )

    def _day(self, name: str, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as fault:
            raise _ChangedError(name) from fault

    def _rows(self, name: str, *columns: str) -> tuple[Row, ...] | None:
        """Return the rows of a file of the batch, None where it has no such file; these columns
        stand in each."""
        digest = self.manifest["files"].get(name)
        if digest is None:
            return None
        try:
            content = (self.place / name).read_bytes()
            if hashlib.sha256(content).hexdigest() != digest:
                raise _ChangedError(name)
            rows = tuple(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
        except (OSError, ValueError, csv.Error) as fault:
            raise _ChangedError(name) from fault
        if any(row.get(column) is None for row in rows for column in columns):
            raise _ChangedError(name)
        return rows


def _places(folder: Path) -> list[Path]:
    try:
        inner = sorted(place for place in folder.iterdir() if place.is_dir())
    except OSError as fault:
        raise UsageError(say("There is no folder {folder}.", folder=str(folder))) from fault
    return [folder, *inner]


def _language(manifest: dict[str, Any]) -> str:
    language = str(manifest["settings"].get("language", "en"))
    return language if language in LANGUAGES else "en"
