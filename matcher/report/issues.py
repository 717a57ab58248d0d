"""Issues of the inputs as people read them."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.errors import Count, Issue
from matcher.language import Words, say


def tell_issues(issues: Iterable[Issue], words: Words) -> str:
    """Return the issues, one a line: place, value, reason, how to mend it; errors first."""
    lines = []
    ordered = sorted(issues, key=lambda issue: (issue.severity != "error", issue.place))
    for issue in ordered:
        place = ":".join(filter(None, (issue.file, str(issue.line or ""), issue.column)))
        shown = " ⏎ ".join(issue.value.splitlines())
        value = " " + words(say("“{value}”", value=shown)) if shown else ""
        mend = f" → {words(issue.mend)}" if issue.mend else ""
        severity = words(say("error")) if issue.severity == "error" else words(say("note"))
        lines.append(f"{severity}  {place}{value}: {words(issue.reason)}{mend}  [{issue.code}]")
    return "".join(f"{line}\n" for line in lines)


def tell_counts(counts: Iterable[Count], words: Words) -> str:
    """Return the rows of each file: read = accepted + refused + ignored."""
    told = (
        say(
            "{file}: {read} rows read = {accepted} accepted + {refused} refused"
            " + {ignored} ignored",
            file=count.file,
            read=count.read,
            accepted=count.accepted,
            refused=count.refused,
            ignored=count.ignored,
        )
        for count in counts
    )
    return "".join(f"{words(line)}\n" for line in told)


def records(issues: Iterable[Issue], words: Words) -> list[dict[str, object]]:
    """Return the issues for JSON, told in the reader's language."""
    return [
        {
            "severity": issue.severity,
            "code": issue.code,
            "file": issue.file,
            "line": issue.line,
            "column": issue.column,
            "value": issue.value,
            "reason": words(issue.reason),
            "mend": words(issue.mend) if issue.mend else "",
        }
        for issue in issues
    ]
