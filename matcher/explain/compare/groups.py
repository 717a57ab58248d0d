"""The groups of differences between two batches, and what stands when some of them are applied."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import ValidationError

from matcher.check.again import reopen
from matcher.errors import MatcherError
from matcher.pipeline import Result, match
from matcher.problem import Problem
from matcher.settings import Files, Objective, Read, Settings
from matcher.settings.telling import find_unstable
from matcher.whatif.tables import read_rows, write_rows

# In the order in which they are applied: the day first, as records may not lie after it.
GROUPS = (
    *("on", "candidates", "openings", "seats"),
    *("supervisors", "hosts", "establishments", "schools", "entry"),
    *("law", "promises", "costs", "min_skill_fit", "scores", "limits"),
    *("weights", "unknown", "objective", "decisions", "earlier", "outcomes", "seed"),
)
TABLES = (
    *("candidates", "supervisors", "hosts", "establishments", "schools"),
    *("scores", "decisions", "earlier", "outcomes"),
)
SETTINGS = (
    *("on", "entry", "law", "promises", "costs"),
    *("scores", "limits", "weights", "unknown"),
)
# What of the settings is checked together; each part has been checked by itself.
BOUND = ("name", "on", "files", "objective", "law")
OPENINGS = "openings.csv"

Tables = dict[str, bytes]


@dataclass(frozen=True)
class Sides:
    """Two problems with what a batch keeps of each, and all that lies between them.

    What moves nobody (objections, demand, the interview lists and the like) is left aside."""

    before: Problem
    after: Problem

    def differing(self) -> tuple[str, ...]:
        """Return the groups in which the two differ, in the order in which they are applied."""
        own = self._parts(())
        return tuple(group for group in GROUPS if self._parts((group,)) != own)

    def run(self, taken: Collection[str]) -> Result | None:
        """Return the result with these groups as the second problem has them and all others as the
        first has them; None where that cannot stand."""
        tables = self._tables(taken)
        settings = self._settings(taken, tables)
        if not _stands(settings):
            return None
        try:
            return match(reopen(self.before, tables, settings))
        except MatcherError:
            return None

    def _side(self, group: str, taken: Collection[str]) -> Problem:
        return self.after if group in taken else self.before

    def _parts(self, taken: Collection[str]) -> tuple[Tables, Settings, bool]:
        """Return all that a run with these groups rests on; whether the order is stated counts
        where the order that is not stated is another."""
        tables = self._tables(taken)
        settings = self._settings(taken, tables)
        records = any((one.earlier or one.outcomes) for one in (self.before, self.after))
        stated = "order" in settings.objective.model_fields_set
        files = settings.model_copy(update={"files": Files()})
        return tables, files, records and stated

    def _tables(self, taken: Collection[str]) -> Tables:
        tables = {OPENINGS: self._openings(taken)}
        for name in TABLES:
            content = self._side(name, taken).inputs.get(f"{name}.csv")
            if content is not None:
                tables[f"{name}.csv"] = content
        return tables

    def _openings(self, taken: Collection[str]) -> bytes:
        """Return the table of one side with the seats of the other at openings of both."""
        whole, counted = self._side("openings", taken), self._side("seats", taken)
        if whole is counted:
            return whole.inputs[OPENINGS]
        columns, rows = read_rows(whole.inputs[OPENINGS])
        _, others = read_rows(counted.inputs[OPENINGS])
        seats = {row["opening_id"]: row["seats"] for row in others}
        return write_rows(
            columns, ({**row, "seats": seats.get(row["opening_id"], row["seats"])} for row in rows)
        )

    def _settings(self, taken: Collection[str], tables: Tables) -> Settings:
        parts = {name: getattr(self._side(name, taken).settings, name) for name in SETTINGS}
        files = Files(**{name.removesuffix(".csv"): name for name in tables})
        beside = {"files": files, "read": Read(), "job_types": {}}
        objective = self._objective(taken)
        return self.before.settings.model_copy(update={**parts, **beside, "objective": objective})

    def _objective(self, taken: Collection[str]) -> Objective:
        """Return the objective; its seed is stated even where a batch draws it from its name and
        day, so that another day is not another lottery."""
        fit = self._side("min_skill_fit", taken).settings.objective.min_skill_fit
        seed = self._side("seed", taken).settings.seed
        objective = self._side("objective", taken).settings.objective
        return objective.model_copy(update={"min_skill_fit": fit, "seed": seed})


def _stands(settings: Settings) -> bool:
    """Return whether a scenario could state these settings."""
    try:
        Settings.model_validate({name: getattr(settings, name) for name in BOUND})
    except ValidationError:
        return False
    return not find_unstable(settings.objective, settings.limits)
