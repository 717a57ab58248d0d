"""How sure a plan is, as people and machines read it: what was done, how many proposals stay, the
queue of reviewers, and the views of it that are asked for by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from matcher.errors import UsageError
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.asking import (
    table_centres,
    table_questions,
    tell_centres,
    tell_questions,
)
from matcher.report.ranges import table_ranges, tell_ranges
from matcher.report.render import render_csv, render_json
from matcher.report.robustness.tables import (
    record_draws,
    table_flips,
    table_queue,
    table_weights,
)
from matcher.report.robustness.telling import (
    tell_first,
    tell_flips,
    tell_queue,
    tell_weights,
    tell_work,
)
from matcher.spelling import did_you_mean
from matcher.sure import Progress, Robustness


@dataclass(frozen=True)
class View:
    """A view of the answer by its name: its table as data, and told as text."""

    table: Callable[[Robustness, Progress | None], pd.DataFrame]
    tell: Callable[[Robustness, Words, Progress | None], str]


def show_robustness(
    found: Robustness,
    what: str | None,
    form: str,
    words: Words,
    progress: Progress | None = None,
) -> str:
    """Return how sure a plan is, or one of `VIEWS` of it; CSV is one view, by default the queue.
    `progress` is told the part of the work of views that need no draws, and its percent.

    Raises `UsageError` where there is no such view.
    """
    check_view(what)
    match form:
        case "csv":
            return render_csv(VIEWS[what or "queue"].table(found, progress))
        case "json" if what:
            drawn = {} if what in UNDRAWN else record_draws(found)
            return render_json({**drawn, what: _records(found, what, progress)})
        case "json":
            views = {name: _records(found, name, progress) for name in VIEWS}
            return render_json({**record_draws(found), **found.counts, **views})
        case _:
            if what:
                return VIEWS[what].tell(found, words, progress)
            return "\n".join([tell_work(found, words), tell_first(found, words)])


def check_view(what: str | None) -> None:
    """Raise `UsageError` where there is no such view."""
    if what is not None and what not in VIEWS:
        mend = did_you_mean(what, VIEWS) or say("one of: {words}", words=tuple(VIEWS))
        raise UsageError(say("There is no list “{name}” here: {mend}", name=what, mend=mend))


def _records(found: Robustness, name: str, progress: Progress | None) -> list[dict[str, object]]:
    rows = VIEWS[name].table(found, progress).to_dict("records")
    return [{str(key): None if cell == "" else cell for key, cell in row.items()} for row in rows]


def _drawn(
    table: Callable[[Robustness], pd.DataFrame], tell: Callable[[Robustness, Words], str]
) -> View:
    """Return a view of what was found already."""
    return View(lambda found, _: table(found), lambda found, words, _: tell(found, words))


def _of_result(
    table: Callable[[Result, Progress | None], pd.DataFrame],
    tell: Callable[[Result, Words, Progress | None], str],
) -> View:
    """Return a view that rests on the result alone."""
    return View(
        lambda found, progress: table(found.result, progress),
        lambda found, words, progress: tell(found.result, words, progress),
    )


# The views by the name under which the command shows them; text without a name is the paragraph
# and the beginning of the queue. Those of `UNDRAWN` need no draws of weights.
VIEWS: dict[str, View] = {
    "queue": _drawn(table_queue, tell_queue),
    "weights": _drawn(table_weights, tell_weights),
    "flips": _drawn(table_flips, tell_flips),
    "unknown": _of_result(table_ranges, tell_ranges),
    "ask": _of_result(table_questions, tell_questions),
    "centres": _of_result(table_centres, tell_centres),
}
UNDRAWN = frozenset(("unknown", "ask", "centres"))
