"""Tables of text under a title, and how an opening's host and work are named in them."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.explain.reasons import job_name
from matcher.language import Phrase, Words, say
from matcher.problem import Problem
from matcher.report.render import render_table

Titles = tuple[Phrase, ...]


def titled(title: Phrase, titles: Titles, rows: Sequence[tuple[str, ...]], words: Words) -> str:
    """Return a table under its title and number of rows; without rows the title alone."""
    head = words(say("{title}: {n}", title=title, n=len(rows)))
    if not rows:
        return f"{head}\n"
    return f"{head}\n\n" + render_table([words(name) for name in titles], rows)


def work_of(problem: Problem, opening: int, words: Words) -> tuple[str, str]:
    """Return an opening's host with its name, and its operation with its name."""
    host = int(problem.openings.host[opening])
    named = f"{problem.lists.hosts[host]} {problem.labels.host_names[host]}".strip()
    number = problem.lists.operations[problem.openings.job[opening]]
    return named, f"{number} {words(job_name(problem, opening))}"
