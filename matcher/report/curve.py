"""What the change-budget curve says: how much more is won by moving one person more."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from matcher.language import Fact, Phrase, Words, say
from matcher.report.proved import NAMES
from matcher.report.render import bar, render_csv, render_json, render_table
from matcher.report.titled import titled
from matcher.report.words import told_score
from matcher.whatif.curve import Curve, Point

SPOKEN = 6
STABLE = say(
    "People and job orders choose here (mode “stable”): no plan is the best of all, so there is no"
    " table of moves."
)
NOBODY = say("Nobody who takes part had a place to keep.")
PROVED = say(
    "Every row is proved in whole numbers, the lottery left out: no plan that moves so few people"
    " is better."
)
COMPARED = say(
    "Plans are compared as the objective says, what `keep` keeps left out; of plans as good, one"
    " that moves the fewest people is shown."
)
RULE = say(
    "◆ marks the knee: here the gain lies farthest above the straight line from the first row to"
    " the last, compared as plans are, in whole numbers: on the way to it a move brings more than"
    " on the average, beyond it less."
)


def show_curve(curve: Curve, form: str, words: Words) -> str:
    """Return the curve in the form asked for."""
    match form:
        case "csv":
            return render_csv(table_curve(curve))
        case "json":
            return render_json(record_curve(curve))
        case _:
            return _tell(curve, words)


def table_curve(curve: Curve) -> pd.DataFrame:
    """Return one row for each number of moves allowed. Gains are over the row before; `gap` is how
    much more a plan within the budget could have of the name `open` (both empty where proved, and
    where that is not known)."""
    rows = [
        (
            point.budget,
            len(point.moves),
            "; ".join(move.candidate_id for move in point.moves),
            point.placed,
            point.score,
            *gains,
            point.budget == curve.knee,
            point.proved,
            point.gap.name if point.gap else "",
            str(point.gap.most) if point.gap else "",
        )
        for point, gains in zip(curve.points, _gains(curve), strict=True)
    ]
    columns = ["budget", "moved", "moved_ids", "placed", "score", "gain_placed", "gain_score"]
    columns += ["knee", "proved", "open", "gap"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def record_curve(curve: Curve) -> dict[str, object]:
    """Return the curve as a record, with where everybody moved goes from and to."""
    points = [
        {
            "budget": point.budget,
            "moved": len(point.moves),
            "placed": point.placed,
            "score": point.score,
            "gain_placed": placed,
            "gain_score": score,
            "proved": point.proved,
            "gap": {"name": point.gap.name, "most": point.gap.most} if point.gap else None,
            "moves": [
                {"candidate_id": move.candidate_id, "from": move.before, "to": move.after}
                for move in point.moves
            ],
        }
        for point, (placed, score) in zip(curve.points, _gains(curve), strict=True)
    ]
    return {
        "people": curve.people,
        "objective": list(curve.names),
        "points": points,
        "knee": curve.knee,
        "left_out": list(curve.left_out) if curve.left_out else None,
    }


def _gains(curve: Curve) -> list[tuple[int, int]]:
    """Return what each point has more than the one before, people and score."""
    more = [(b.placed - a.placed, b.score - a.score) for a, b in pairwise(curve.points)]
    return [(0, 0), *more] if curve.points else []


def _tell(curve: Curve, words: Words) -> str:
    if not (curve.points and curve.people):
        return words(NOBODY if curve.points else STABLE) + "\n"
    told = [words(line) for line in _headlines(curve)]
    notes = "".join(f"{words(line)}\n" for line in _notes(curve))
    parts = ["".join(f"{line}\n" for line in told), _table(curve, words), notes]
    chosen = _chosen(curve)
    if chosen.moves:
        none = words(say("without a host so far"))
        moves = [(move.candidate_id, move.before, move.after or none) for move in chosen.moves]
        title = say("People who stand elsewhere, moved at most {k}", k=chosen.budget)
        parts.append(
            titled(
                title, (say("candidate"), say("from job order"), say("to job order")), moves, words
            )
        )
    return "\n".join(parts)


def _chosen(curve: Curve) -> Point:
    """Return the point of the knee, or the last one where there is none."""
    at = [point for point in curve.points if point.budget == curve.knee]
    return at[0] if at else curve.points[-1]


def _headlines(curve: Curve) -> list[Phrase]:
    first, last = curve.points[0], curve.points[-1]
    lines = [say("People taking part who had a place before: {n}.", n=curve.people)]
    if first.budget:
        told = say("Of these cannot keep it, or not all together: {n}.", n=first.budget)
        lines.append(told)
    if last is first:
        return [*lines, say("To move more people would bring nothing.")] if last.proved else lines
    whole = _more(curve, first, last)
    lines.append(
        say(
            "Number of people moved by the best plan: {n}; it brings {whole} against the plan with"
            " the fewest moves ({least}).",
            n=last.budget,
            whole=whole,
            least=first.budget,
        )
    )
    if curve.knee is not None:
        part = _more(curve, first, _chosen(curve))
        told = say("Moves up to the knee: {n}; they bring {part}.", n=curve.knee, part=part)
        lines.append(told)
    return lines


def _more(curve: Curve, one: Point, other: Point) -> tuple[Fact, ...]:
    """Return what a point has more than another, or less."""
    people, score = other.placed - one.placed, other.score - one.score
    size = told_score(curve.problem, abs(score), 2)
    changes = [
        (people, say("{n} more proposed", n=people), say("{n} fewer proposed", n=-people)),
        (score, say("{score} points more", score=size), say("{score} points less", score=size)),
    ]
    told = tuple(more if number > 0 else less for number, more, less in changes if number)
    return told or (say("nothing of people or points"),)


def _table(curve: Curve, words: Words) -> str:
    rows = [
        (
            words(point.budget),
            _who(point, words),
            words(point.placed),
            words(told_score(curve.problem, point.score, 2)),
            _signed(words(placed), placed),
            _signed(words(told_score(curve.problem, score, 2)), score),
            bar(_share(curve, point)),
            "◆" if point.budget == curve.knee else "",
            "" if point.proved else "?",
        )
        for point, (placed, score) in zip(curve.points, _gains(curve), strict=True)
    ]
    titles = [
        words(say("moved at most")),
        words(say("who is moved")),
        words(say("proposed")),
        words(say("sum of scores")),
        words(say("gain (people)")),
        words(say("gain (points)")),
        words(say("share of the gain")),
    ]
    unproved = any(not point.proved for point in curve.points)
    width = 9 if unproved else 8
    return render_table([*titles, "", ""][:width], [row[:width] for row in rows])


def _who(point: Point, words: Words) -> str:
    ids = [move.candidate_id for move in point.moves]
    if not ids:
        return words(say("nobody"))
    rest = len(ids) - SPOKEN
    spoken = ", ".join(ids[:SPOKEN])
    more = words(say("… and {n} more", n=rest)) if rest > 0 else ""
    return f"{words(len(ids))}: {spoken} {more}".rstrip()


def _signed(told: str, number: int) -> str:
    return f"+{told}" if number > 0 else told if number else ""


def _share(curve: Curve, point: Point) -> int:
    """Return how much of the whole gain a point has, per mille: in the first place of the tuple in
    which the last point is better than the first."""
    first, last = curve.points[0].measure, curve.points[-1].measure
    for low, own, high in zip(first, point.measure, last, strict=True):
        if low != high:
            return min(max(1000 * (own - low) // (high - low), 0), 1000)
    return 1000


def _notes(curve: Curve) -> list[Phrase]:
    lines = [COMPARED] + ([RULE] if curve.knee is not None else [])
    if curve.left_out:
        first, last = curve.left_out
        lines.append(
            say(
                "Left out: the rows for {first} to {last} people moved. The knee is that of the"
                " rows shown.",
                first=first,
                last=last,
            )
        )
    unproved = [_open(curve, point) for point in curve.points if not point.proved]
    return lines + (unproved or [PROVED])


def _open(curve: Curve, point: Point) -> Phrase:
    """Return what is not proved of a row."""
    if point.gap is None:
        return say(
            "? {k} moved: the solver stopped; the row is the best plan that was found, and how much"
            " better one could be is not known.",
            k=point.budget,
        )
    most = point.gap.most
    plain = point.gap.name != "score"
    return say(
        "? {k} moved: {name} – the solver found no better plan; proved within {gap}.",
        k=point.budget,
        name=NAMES[point.gap.name],
        gap=most if plain else told_score(curve.problem, most, 2),
    )
