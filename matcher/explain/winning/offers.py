"""What changed facts of one person would make of the pairs: one person in many variants, each a row
of a table of people, screened and scored together by the functions that do it in a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.assign import Network, build_network
from matcher.check.again import reopen
from matcher.explain.winning.changes import Change
from matcher.fit import gather_facts
from matcher.problem import Flags, Numbers, Problem
from matcher.score import score_pairs
from matcher.screen import screen_pairs
from matcher.whatif.tables import Row, read_rows, write_rows

PEOPLE = "candidates.csv"
# Tables that name people, of which only the rows of this person (and of nobody) count here.
NAMING = ("decisions.csv", "earlier.csv", "outcomes.csv", "objections.csv", "scores.csv")
UNUSED = ("name",)  # would make everybody somebody else's double


@dataclass(frozen=True)
class Offers:
    """The pairs of all variants that may be used: the variant, the opening, whether a rule is still
    open, and the worth by the names of the objective, sorted by both ends.

    `effect` is, by variant, what its pairs are worth where: variants of one effect are alike to
    any plan.
    """

    network: Network
    conditional: Flags
    score: Numbers
    effect: tuple[bytes, ...]

    @property
    def variant(self) -> Numbers:
        """The place of the change of each pair."""
        return self.network.person

    def conditional_at(self, variant: int, opening: int) -> bool:
        """Return whether a rule is still open for a variant at an opening it may be used at."""
        pairs = (self.network.person == variant) & (self.network.opening == opening)
        return bool(self.conditional[pairs].any())


def offers_of(problem: Problem, candidate: int, changes: Sequence[Change]) -> Offers:
    """Return the pairs that each change of a candidate's row would make possible."""
    person = problem.candidate_ids[candidate]
    names = [f"C{place:06}" for place in range(len(changes))]
    tables = dict(problem.inputs)
    for name in NAMING:
        if name in tables:
            tables[name] = _for_each(tables[name], person, names)
    tables[PEOPLE] = _variants(tables[PEOPLE], person, names, changes)
    settings = problem.settings
    objective = settings.objective.model_copy(update={"order": problem.order})
    alone = settings.model_copy(update={"limits": (), "objective": objective})
    made = reopen(problem, tables, alone)
    facts = gather_facts(made)
    screening = screen_pairs(made, facts)
    scores = score_pairs(made, facts, screening)
    network = build_network(made, screening, scores)
    score = scores.score[network.row]
    return Offers(
        network,
        screening.conditional[network.row],
        score,
        tuple(_effects(network, score, len(changes))),
    )


def changed_tables(problem: Problem, candidate: int, change: Change) -> dict[str, bytes]:
    """Return the tables of a batch with one fact of one candidate changed."""
    columns, rows = read_rows(problem.inputs[PEOPLE])
    person, cells = problem.candidate_ids[candidate], dict(change.cells)
    changed = [{**row, **cells} if row["candidate_id"] == person else row for row in rows]
    table = write_rows(dict.fromkeys([*columns, *cells]), changed)
    return {**problem.inputs, PEOPLE: table}


def row_of(problem: Problem, candidate: int) -> Row:
    """Return the candidate's row as the batch keeps it."""
    person = problem.candidate_ids[candidate]
    _, rows = read_rows(problem.inputs[PEOPLE])
    return next(row for row in rows if row["candidate_id"] == person)


def _variants(
    content: bytes, person: str, names: Sequence[str], changes: Sequence[Change]
) -> bytes:
    columns, rows = read_rows(content)
    own = next(row for row in rows if row["candidate_id"] == person)
    shown = {**own, **{column: "" for column in UNUSED if column in own}}
    made = [
        {**shown, **dict(change.cells), "candidate_id": name}
        for name, change in zip(names, changes, strict=True)
    ]
    more = [column for change in changes for column, _ in change.cells]
    return write_rows(dict.fromkeys([*columns, *more]), made)


def _for_each(content: bytes, person: str, names: Sequence[str]) -> bytes:
    """Return the rows of nobody, and those of the person once for each variant."""
    columns, rows = read_rows(content)
    made: list[Row] = [row for row in rows if not row["candidate_id"]]
    own = [row for row in rows if row["candidate_id"] == person]
    unranked = {"rank": ""} if "rank" in columns else {}  # a rank is one reserve's alone
    made += [{**row, "candidate_id": name, **unranked} for name in names for row in own]
    return write_rows(columns, made)


def _effects(network: Network, score: Numbers, variants: int) -> Iterator[bytes]:
    starts = np.searchsorted(network.person, np.arange(variants + 1))
    for place in range(variants):
        own = slice(starts[place], starts[place + 1])
        yield network.opening[own].tobytes() + score[own].tobytes()
