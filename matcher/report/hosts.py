"""One host: its quotas with their arithmetic, its job orders, what to ask."""

from __future__ import annotations

import numpy as np
import pandas as pd

from matcher.explain.questions import ask_questions
from matcher.explain.reasons import job_name
from matcher.explain.seats import seats_within
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.report.caps import table_caps
from matcher.report.render import render_table

CLOSED = say("closed by quota or limit")


def show_host(result: Result, host: str, words: Words) -> str:
    """Return one host as text."""
    problem, plan = result.problem, result.plan
    place = problem.lists.hosts.index(host)
    openings = np.flatnonzero(problem.openings.host == place).tolist()
    _, closed = seats_within(result)
    filled = np.bincount(plan.opening[plan.opening >= 0], minlength=len(problem.openings))
    named = f"{host} {problem.labels.host_names[place]}".strip()
    asked, held = int(problem.openings.seats[openings].sum()), int(filled[openings].sum())
    lines = [
        words(
            say(
                "Host {host}: {seats} seats asked, {closed} closed by quotas or limits, {filled}"
                " filled.",
                host=named,
                seats=asked,
                closed=int(closed[openings].sum()),
                filled=held,
            )
        )
    ]
    lines += [f"  · {words(line)}" for line in quota_lines(result, openings)]
    lines += [f"  · {words(q.text)}" for q in ask_questions(result) if q.host == host]
    rows = [
        (
            problem.opening_ids[opening],
            words(job_name(problem, opening)),
            str(int(problem.openings.seats[opening])),
            str(int(closed[opening])),
            str(int(filled[opening])),
        )
        for opening in openings
    ]
    titles = (say("job order"), say("work"), say("seats"), CLOSED, say("filled"))
    return "\n".join(lines) + "\n\n" + render_table([words(title) for title in titles], rows)


def table_host(result: Result, host: str) -> pd.DataFrame:
    """Return the caps of one host and of its establishments, as machine rows."""
    problem = result.problem
    place = problem.lists.hosts.index(host)
    own = {
        name
        for name, at in zip(problem.opening_ids, problem.openings.host, strict=True)
        if at == place
    }
    table = table_caps(result)
    return table[[bool(own & set(members.split("; "))) for members in table["members"]]]


def quota_lines(result: Result, openings: list[int]) -> list[Phrase]:
    """Return the arithmetic of each quota above any of the openings, each once."""
    quotas = result.facts.quotas
    if not quotas.checked:
        return [say("quotas not checked")]
    return [cap.arithmetic for cap in quotas.caps if set(cap.openings) & set(openings)]
