"""Where things stand in one batch: its tables, each as it was written, or why it is left out."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matcher.batch.manifest import MANIFEST, SCHEMA
from matcher.check.cells import WORDS_OF_YES_AND_NO
from matcher.check.follow import Step, in_order
from matcher.check.outcome_words import ANSWER_NAMES
from matcher.language import Phrase, say
from matcher.personal import mask_all
from matcher.problem import UNKNOWN
from matcher.problem.outcomes import REASON_OF, STATES
from matcher.report.status.batches import BatchTables, Objection, Row, due_of

DAYS = 14
WHOLE = (4, SCHEMA)  # versions whose tables are read as they are now
LONGEST_COUNT, LONGEST_MONEY = 9, 18  # digits
NAMES = "inputs/candidates.csv"


class LeftOutError(Exception):
    """A file for which a batch is left out; says which."""

    def told(self, batch: str) -> Phrase:
        """Return why the batch is left out: here, that the file is not as it was written."""
        return say(
            "{batch} is left out: {file} is missing or was changed since it was written.",
            batch=batch,
            file=str(self),
        )


class UnclearError(LeftOutError):
    """The file is as it was written, or nothing says that it is not; what it says is not clear."""

    def told(self, batch: str) -> Phrase:
        return say("{batch} is left out: {file} is not understood.", batch=batch, file=str(self))


@dataclass(frozen=True)
class Reading:
    """Reads the tables of one batch, each against its SHA-256 in the manifest."""

    place: Path
    manifest: dict[str, Any]

    def read(self, folder: str) -> BatchTables:
        """Return the batch; raises `LeftOutError` where a file is missing or changed,
        `UnclearError` where it is no such table."""
        whole = self.manifest["schema"] in WHOLE
        try:
            settings = self.manifest["settings"]
            on = date.fromisoformat(settings["on"])
            title = str(settings["name"])
            days = int(settings.get("objections", {}).get("days", DAYS))
            given = settings.get("files", {}).get("scores") is not None
            ruled = not given or settings.get("scores", {}).get("rules") is not False
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise UnclearError(MANIFEST) from fault
        people = self._people()
        parts: dict[str, Any] = {}
        if whole:
            parts = {
                "reserves": self._rows("reserves.csv", "opening_id", "rank", "candidate_id"),
                "alternatives": self._rows("alternatives.csv", "candidate_id", "verdict") or (),
                "refusals": self._refusals(),
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
            consents={
                row["candidate_id"]: WORDS_OF_YES_AND_NO.get(
                    row.get("consent_export") or "", UNKNOWN
                )
                for row in people
            },
            deposits={row["candidate_id"]: _deposit(row) for row in people},
            **parts,
        )

    def _placements(self) -> tuple[Row, ...]:
        rows = self._rows("placements.csv", "candidate_id", "opening_id", "score", "state")
        if rows is None:
            raise LeftOutError("placements.csv")
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
        if not all(_is_count(row["seats"]) for row in rows):
            raise UnclearError("openings.csv")
        return {row["opening_id"]: int(row["seats"]) for row in rows}

    def _refusals(self) -> tuple[Row, ...]:
        name = "refusals.csv"
        rows = self._rows(name, "candidate_id", "rule", "state", "openings") or ()
        if not all(row["state"] != "fail" or _is_count(row["openings"]) for row in rows):
            raise UnclearError(name)
        return rows

    def _steps(self) -> tuple[Step, ...]:
        name = "inputs/outcomes.csv"
        rows = self._rows(name, "candidate_id", "opening_id", "state", "on", "by") or ()
        pairs: dict[tuple[str, str], list[Step]] = {}
        for line, row in enumerate(rows, 2):
            rank, reason = row.get("rank", ""), row.get("reason_code", "")
            if row["state"] not in STATES or reason not in ("", *REASON_OF):
                raise UnclearError(name)
            step = Step(
                row["candidate_id"],
                row["opening_id"],
                row["state"],
                self._day(name, row["on"]),
                row["by"],
                int(rank) if _is_count(rank) else 0,
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
        if any((row.get("outcome") or "") not in ("", *ANSWER_NAMES) for row in rows):
            raise UnclearError(name)
        try:
            return tuple(
                Objection(
                    *(row["candidate_id"], row.get("opening_id", ""), mask_all(row["text"])),
                    *(on := self._day(name, row["on"]), due_of(on, days)),
                    mask_all(row.get("answer") or ""),
                    *(row.get("answered_on") or "", row.get("outcome") or ""),
                )
                for row in rows
            )
        except OverflowError as fault:
            raise UnclearError(name) from fault

    def _day(self, name: str, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as fault:
            raise UnclearError(name) from fault

    def _rows(self, name: str, *columns: str) -> tuple[Row, ...] | None:
        """Return the rows of a file of the batch, None where it has no such file; these columns
        stand in each."""
        digest = self.manifest["files"].get(name)
        if digest is None:
            return None
        try:
            content = (self.place / name).read_bytes()
        except (OSError, ValueError) as fault:
            raise LeftOutError(name) from fault
        if hashlib.sha256(content).hexdigest() != digest:
            raise LeftOutError(name)
        try:
            rows = tuple(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
        except (ValueError, csv.Error) as fault:
            raise UnclearError(name) from fault
        if any(row.get(column) is None for row in rows for column in columns):
            raise UnclearError(name)
        return rows


def _deposit(row: Row) -> int:
    """Return the rupiah on record that the sending organisation has to return."""
    written = (row.get(column) or "" for column in ("deposit", "penalty"))
    return sum(int(text) for text in written if text.isdecimal() and len(text) <= LONGEST_MONEY)


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_COUNT
