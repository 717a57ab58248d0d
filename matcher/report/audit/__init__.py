"""An audit as text, JSON and CSV."""

from __future__ import annotations

from matcher.audit import Audit
from matcher.audit.blind import Trial
from matcher.language import Words
from matcher.pipeline import Result
from matcher.report.audit.records import record_audit, table_audit
from matcher.report.audit.text import tell_audit
from matcher.report.render import render_csv, render_json


def show_audit(
    result: Result, audit: Audit, trials: tuple[Trial, ...], form: str, words: Words
) -> str:
    """Return the audit of a batch in the form asked for; CSV holds the groups alone."""
    match form:
        case "json":
            return render_json(record_audit(result, audit, trials, words))
        case "csv":
            return render_csv(table_audit(audit))
        case _:
            return tell_audit(result, audit, trials, words)
