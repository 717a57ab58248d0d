"""Where one job order stands, across batches."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.check.follow import Step
from matcher.language import Phrase, Words, say
from matcher.report.funnel.columns import fit_filled
from matcher.report.funnel.telling import tell_lines
from matcher.report.status.batches import Across, BatchTables
from matcher.report.status.onward import after
from matcher.report.status.steps import name_step, table_steps, tell_steps


def record_order(across: Across, opening: str) -> dict[str, object]:
    """Return one opening for JSON."""
    return {
        "opening_id": opening,
        "batches": rows_order(across, opening),
        "reserves_on_record": [
            {
                "candidate_id": step.candidate_id,
                "rank": step.rank or "",
                "on": step.on.isoformat(),
                "has_or_proposed_at": _stands_at(across, step.candidate_id),
            }
            for step in _on_record(across, opening)
        ],
        "steps": table_steps(across.steps_of(opening=opening)).to_dict("records"),
    }


def rows_order(across: Across, opening: str) -> list[dict[str, object]]:
    """Return one row per batch for CSV: seats, those proposed, those whose seat it is, free."""
    return [_record(batch, opening) for batch in across.batches if _has(batch, opening)]


def tell_order(across: Across, opening: str, words: Words) -> str:
    """Return one opening as text: batch by batch, then the steps of everybody there."""
    titles = (
        *(say("batch"), say("seats"), say("proposed"), say("with a seat"), say("free")),
        *(say("candidates proposed"), say("reserves")),
    )
    rows = [
        (
            str(row["batch"]),
            *(str(row[name]) for name in ("seats", "proposed", "passed", "free")),
            ", ".join(_proposed(batch, opening)),
            ", ".join(_reserves(batch, opening)),
        )
        for batch in across.batches
        if _has(batch, opening)
        for row in [_record(batch, opening)]
    ]
    reserves = _on_record(across, opening)
    others = [step for step in _last(across, opening) if step.state != "reserve"]
    parts = [
        tell_lines([say("Job order {opening}", opening=opening)], words),
        fit_filled([words(title) for title in titles], rows),
        tell_lines([_now(across, step) for step in others], words),
        _tell_reserves(across, reserves, words),
        tell_steps(across.steps_of(opening=opening), True, words),
    ]
    return "\n".join(part for part in parts if part)


def _tell_reserves(across: Across, reserves: Sequence[Step], words: Words) -> str:
    if not reserves:
        return ""
    head = say("Reserves on record, as the host named them: {n}", n=len(reserves))
    return tell_lines([head, *(_now(across, step) for step in reserves)], words)


def _now(across: Across, step: Step) -> Phrase:
    return say(
        "{who} {name}: {step} since {day}. Next: {after}",
        who=step.candidate_id,
        name=across.name_of(step.candidate_id),
        step=name_step(step),
        day=step.on,
        after=after(across, step),
    )


def _last(across: Across, opening: str) -> list[Step]:
    """Return the last step of everybody here, by candidate."""
    return [steps[-1] for (_, at), steps in sorted(across.history.items()) if at == opening]


def _on_record(across: Across, opening: str) -> list[Step]:
    """Return the reserves that the host named here, by rank, those without one last."""
    reserves = [step for step in _last(across, opening) if step.state == "reserve"]
    return sorted(reserves, key=lambda step: (step.rank == 0, step.rank, step.on))


def _stands_at(across: Across, candidate: str) -> str:
    batch = across.newest_of(candidate)
    return batch.seated.get(candidate) or batch.placement[candidate]["opening_id"]


def _record(batch: BatchTables, opening: str) -> dict[str, object]:
    seats = batch.seats.get(opening)
    passed = sum(at == opening for at in batch.seated.values())
    return {
        "batch": batch.folder,
        "on": batch.on.isoformat(),
        "seats": "" if seats is None else seats,
        "proposed": len(_proposed(batch, opening)),
        "passed": passed if batch.whole else "",
        "free": "" if seats is None else seats - passed,
        "candidates": "; ".join(_proposed(batch, opening)),
        "reserves": "; ".join(_reserves(batch, opening)),
    }


def _has(batch: BatchTables, opening: str) -> bool:
    steps = any(at == opening for _, at in batch.last)
    return opening in batch.seats or bool(_proposed(batch, opening)) or steps


def _proposed(batch: BatchTables, opening: str) -> list[str]:
    """Return those proposed here whose seat is not yet settled."""
    return [
        row["candidate_id"]
        for row in batch.placements
        if row["opening_id"] == opening and row["candidate_id"] not in batch.seated
    ]


def _reserves(batch: BatchTables, opening: str) -> list[str]:
    return [row["candidate_id"] for row in batch.reserves or () if row["opening_id"] == opening]
