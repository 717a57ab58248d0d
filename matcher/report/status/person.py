"""Where one candidate stands, across batches."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.language import Fact, Phrase, Words, say
from matcher.problem.outcomes import ENDED
from matcher.report.funnel.columns import fit_filled
from matcher.report.funnel.telling import tell_lines
from matcher.report.status.batches import PROPOSED, Across, BatchTables, Objection, Row
from matcher.report.status.onward import HALTED, after, tell_holds
from matcher.report.status.steps import name_step, table_steps, tell_steps
from matcher.report.words import OBJECTIONS, RULE_NAMES, STATES, VERDICTS, points

OWN_TRADE, OTHER_TRADES = ("declined", "interview"), ("trained_for", "prior_experience")


def record_person(across: Across, candidate: str) -> dict[str, object]:
    """Return one candidate for JSON."""
    return {
        "candidate_id": candidate,
        "name": across.name_of(candidate),
        "batches": [_record(batch, candidate) for batch in _with(across, candidate)],
        "steps": table_steps(across.steps_of(candidate=candidate)).to_dict("records"),
        "decisions": [dict(row) for row in _decisions(across, candidate)],
        "objections": [
            {
                "opening_id": one.opening,
                "on": one.on.isoformat(),
                "due": one.due.isoformat(),
                "text": one.text,
                "answer": one.answer,
                "outcome": one.outcome,
            }
            for one in _objections(across, candidate)
        ],
        "now": [dict(facts) for facts, _ in _now(across, candidate)],
    }


def rows_person(across: Across, candidate: str) -> list[dict[str, object]]:
    """Return one row per batch for CSV."""
    return [_record(batch, candidate) for batch in _with(across, candidate)]


def tell_person(across: Across, candidate: str, words: Words) -> str:
    """Return one candidate as text: now, batch by batch, step by step."""
    lines = [say("{who} {name}", who=candidate, name=across.name_of(candidate))]
    parts = [tell_lines([*lines, *(line for _, line in _now(across, candidate))], words)]
    titles = (
        *(say("batch"), say("state"), say("job order"), say("score"), say("reserve at")),
        say("why"),
    )
    rows = [
        (
            batch.folder,
            words(_state_at(batch, candidate)),
            batch.placement[candidate]["opening_id"],
            _score(batch, candidate, words),
            ", ".join(f"{at} ({rank})" for at, rank in _reserve_places(batch, candidate)),
            words(_why(batch, candidate)),
        )
        for batch in _with(across, candidate)
    ]
    parts.append(fit_filled([words(title) for title in titles], rows))
    parts.append(tell_steps(across.steps_of(candidate=candidate), False, words))
    parts.append(tell_lines([_decision(row) for row in _decisions(across, candidate)], words))
    parts.append(tell_lines([_objection(one) for one in _objections(across, candidate)], words))
    return "\n".join(part for part in parts if part)


def _now(across: Across, candidate: str) -> list[tuple[Mapping[str, str], Phrase]]:
    """Return where a candidate stands, for machines and in words: at each pair that has not ended,
    else as the newest batch that has them says."""
    last = [steps[-1] for (who, _), steps in sorted(across.history.items()) if who == candidate]
    lines: list[tuple[Mapping[str, str], Phrase]] = [
        (
            {"opening_id": step.opening_id, "state": step.state, "on": step.on.isoformat()},
            say(
                "Now: {step} at {opening} since {day}. Next: {after}",
                step=name_step(step),
                opening=step.opening_id,
                day=step.on,
                after=after(across, step),
            ),
        )
        for step in last
        if step.state not in ENDED
    ]
    open_at = {str(facts["opening_id"]) for facts, _ in lines}
    batch = across.newest_of(candidate)
    row = batch.placement[candidate]
    facts = {"opening_id": row["opening_id"], "state": row["state"], "on": batch.on.isoformat()}
    holds = tell_holds(batch, candidate) if row["state"] == "held" else []
    if holds:
        return [*(({**facts, "cause": cause}, told) for cause, told in holds), *lines]
    if row["state"] in HALTED:
        return [(facts, _planned(batch, row)), *lines]
    if row["opening_id"] not in open_at and (row["opening_id"] or not lines):
        lines.append((facts, _planned(batch, row)))
    return lines


def _planned(batch: BatchTables, row: Row) -> Phrase:
    match row["state"]:
        case "placed":
            return say(
                "Now: proposed at {opening} ({batch}). Next: The office offers it to the person.",
                opening=row["opening_id"],
                batch=batch.folder,
            )
        case "conditional":
            return say(
                "Now: proposed at {opening}, conditional ({batch}). Next: What is still open is"
                " shown (`matcher show {batch} proofs`), then the office offers it to the person.",
                opening=row["opening_id"],
                batch=batch.folder,
            )
        case "unplaced":
            return say(
                "Now: without a host so far ({batch}). Next: The next run; the waiting time"
                " stands.",
                batch=batch.folder,
            )
    return say("Now: {state} ({batch}).", state=_state(row), batch=batch.folder)


def _record(batch: BatchTables, candidate: str) -> dict[str, object]:
    row = batch.placement[candidate]
    verdict, about = _verdict(batch, candidate)
    return {
        "batch": batch.folder,
        "on": batch.on.isoformat(),
        "state": row["state"],
        "opening_id": row["opening_id"],
        "score": row["score"],
        "reserve_at": "; ".join(f"{at}:{rank}" for at, rank in _reserve_places(batch, candidate)),
        "verdict": verdict,
        "about": about,
    }


def _verdict(batch: BatchTables, candidate: str) -> tuple[str, str]:
    """Return why somebody has no proposal: the verdict of the nearest opening, and the opening; or
    "refused" and a rule of most weight to the person, of these the one that most openings fail by;
    "" where it is not read, or nothing to say."""
    if batch.placement[candidate]["state"] != "unplaced" or not batch.whole:
        return "", ""
    for row in batch.alternatives:
        if row["candidate_id"] == candidate:
            return row["verdict"], row["opening_id"]
    failed = [(_nearness(rule), -n, rule) for rule, n in _failed(batch, candidate).items()]
    return ("refused", min(failed)[2]) if failed else ("", "")


def _failed(batch: BatchTables, candidate: str) -> dict[str, int]:
    """Return the rules that openings fail by for a candidate, and at how many."""
    return {
        row["rule"]: int(row["openings"])
        for row in batch.refusals
        if row["candidate_id"] == candidate and row["state"] == "fail"
    }


def _nearness(rule: str) -> int:
    """Return 0 for what befell the person at job orders of the own trade, 2 for what refuses the
    orders of all other trades, 1 else."""
    return 0 if rule in OWN_TRADE else 2 if rule in OTHER_TRADES else 1


def _why(batch: BatchTables, candidate: str) -> Phrase | str:
    verdict, about = _verdict(batch, candidate)
    if verdict == "refused":
        failed, rule = _failed(batch, candidate), RULE_NAMES.get(about, about)
        if failed[about] < max(failed.values()):
            return say("refused, among others by: {rule}", rule=rule)
        return say("mostly refused by: {rule}", rule=rule)
    if verdict:
        return say("{opening}: {verdict}", opening=about, verdict=VERDICTS.get(verdict, verdict))
    return ""


def _with(across: Across, candidate: str) -> list[BatchTables]:
    return [batch for batch in across.batches if candidate in batch.placement]


def _reserve_places(batch: BatchTables, candidate: str) -> list[tuple[str, str]]:
    return [
        (row["opening_id"], row["rank"])
        for row in batch.reserves or ()
        if row["candidate_id"] == candidate
    ]


def _state(row: Row) -> Phrase | str:
    return STATES.get(row["state"], row["state"])


def _state_at(batch: BatchTables, candidate: str) -> Fact:
    """Return somebody's state in a batch; of those who have a seat, the last step there."""
    if candidate in batch.seated:
        return name_step(batch.last[candidate, batch.seated[candidate]])
    return _state(batch.placement[candidate])


def _score(batch: BatchTables, candidate: str, words: Words) -> str:
    row = batch.placement[candidate]
    if batch.given or row["state"] not in PROPOSED or not row["score"].isdecimal():
        return row["score"]
    return words(points(int(row["score"]), 2))


def _decisions(across: Across, candidate: str) -> list[Row]:
    return [row for row in across.decisions if row.get("candidate_id") == candidate]


def _decision(row: Row) -> Phrase:
    return say(
        "Decision of {day}: {action} {opening}. {reason} ({by})",
        day=row.get("on", ""),
        action=row["action"],
        opening=row.get("opening_id", ""),
        reason=row["reason"],
        by=row.get("by", ""),
    )


def _objections(across: Across, candidate: str) -> list[Objection]:
    return [one for one in across.objections if one.candidate == candidate]


def _objection(one: Objection) -> Phrase:
    if one.open:
        return say(
            "Objection of {day}, answer due {due}: {text}", day=one.on, due=one.due, text=one.text
        )
    return say(
        "Objection of {day}, {outcome}: {text} – {answer}",
        day=one.on,
        outcome=OBJECTIONS[one.outcome or "answered"],
        text=one.text,
        answer=one.answer or "–",
    )
