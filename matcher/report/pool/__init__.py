"""The pool as people and machines read it: who waits for what, and what is missing."""

from __future__ import annotations

from matcher.errors import UsageError
from matcher.language import Words, say
from matcher.pool import Pool
from matcher.problem import Problem
from matcher.report.pool.tables import TABLES
from matcher.report.pool.telling import TOLD, headline
from matcher.report.promises import show_settled, tell_settled
from matcher.report.render import render_csv, render_json
from matcher.spelling import did_you_mean

__all__ = ["TABLES", "show_pool"]


def show_pool(problem: Problem, pool: Pool, what: str | None, form: str, words: Words) -> str:
    """Return the pool, or one of its lists (of `TABLES`); CSV is one list, by default the people.

    Raises `UsageError` where there is no such list.
    """
    if what is not None and what not in TABLES:
        mend = did_you_mean(what, TABLES) or say("one of: {words}", words=tuple(TABLES))
        raise UsageError(say("There is no list “{name}” here: {mend}", name=what, mend=mend))
    match form:
        case "csv":
            return render_csv(TABLES[what or "people"](problem, pool))
        case "json" if what:
            return render_json(_records(problem, pool, what))
        case "json":
            lists = {name: _records(problem, pool, name) for name in TABLES}
            counts = {
                "on": problem.settings.on.isoformat(),
                "waiting": len(pool.waiting),
                "seated": pool.seated,
                "held": pool.held,
                "withdrawn": pool.withdrawn,
            }
            settled = [words(line) for line in tell_settled(problem)]
            return render_json({**counts, **lists, "settled": settled})
        case _:
            shown = (what,) if what else tuple(TABLES)
            parts = [] if what else [headline(problem, pool, words)]
            parts += [TOLD[name](problem, pool, what is not None, words) for name in shown]
            return "\n".join(parts) + show_settled(problem, words)


def _records(problem: Problem, pool: Pool, name: str) -> list[dict[str, object]]:
    table = TABLES[name](problem, pool)
    rows: list[dict[str, object]] = [
        {str(column): None if value == "" else value for column, value in row.items()}
        for row in table.to_dict("records")
    ]
    return rows
