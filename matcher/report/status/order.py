"""Where one job order stands, across batches."""

from __future__ import annotations

from matcher.language import Words, say
from matcher.report.funnel.columns import fit_filled
from matcher.report.funnel.telling import tell_lines
from matcher.report.status.batches import Across, BatchTables
from matcher.report.status.steps import CALLED, after, name_step, table_steps, tell_steps


def record_order(across: Across, opening: str) -> dict[str, object]:
    """Return one opening for JSON."""
    return {
        "opening_id": opening,
        "batches": rows_order(across, opening),
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
    last = [steps[-1] for (_, at), steps in sorted(across.history.items()) if at == opening]
    now = [
        say(
            "{who} {name}: {step} since {day}. Next: {after}",
            who=step.candidate_id,
            name=across.name_of(step.candidate_id),
            step=name_step(step),
            day=step.on,
            after=CALLED if step in across.latest.called else after(step),
        )
        for step in last
    ]
    parts = [
        tell_lines([say("Job order {opening}", opening=opening)], words),
        fit_filled([words(title) for title in titles], rows),
        tell_lines(now, words),
        tell_steps(across.steps_of(opening=opening), True, words),
    ]
    return "\n".join(part for part in parts if part)


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
