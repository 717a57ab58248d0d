"""Issues of the inputs as people read them: questions first, then refused rows, then what was read
otherwise than written, then notes; the same thing in many cells is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.errors import Count, Issue, load_codes
from matcher.language import Fact, Phrase, Words, say

SECTIONS = (
    ("file", say("Files and tables that cannot be used as they are:")),
    ("ask", say("To be answered first:")),
    ("row", say("Rows refused:")),
    ("fix", say("Read otherwise than written (each cell: `matcher check --format csv`):")),
    ("note", say("Notes:")),
)
ASKED = say("Asked, and why it cannot be:")
LISTED, MOST_LINES = 6, 50
LONGEST = 60


def tell_issues(issues: Iterable[Issue], words: Words) -> str:
    """Return the issues in sections, one line for each thing: place, value, reason, how to mend
    it, code."""
    told = sorted(issues, key=lambda issue: issue.place)
    lines: list[str] = []
    for action, title in SECTIONS:
        own = [issue for issue in told if issue.action == action]
        if own and action == "fix":
            lines += [words(title), *(f"  {line}" for line in _changes(own, words))]
        elif own:
            lines += [words(title), *(f"  {line}" for line in _listed(own, words))]
    return "".join(f"{line}\n" for line in lines)


def tell_asked(issues: Iterable[Issue], words: Words) -> str:
    """Return what is asked and why it cannot be, one line for each thing."""
    told = sorted(issues, key=lambda issue: issue.place)
    lines = (words(ASKED), *(f"  {line}" for line in _listed(told, words)))
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


def place_of(issue: Issue) -> str:
    """Return where an issue is: `file › Sheet!C17 (header)` in a workbook, `file:17:column` in a
    text file."""
    column = issue.header or issue.column
    if not issue.sheet:
        return ":".join(filter(None, (issue.file, str(issue.line or ""), column)))
    cell = issue.cell or (str(issue.line) if issue.line else "")
    sheet = f"{issue.file} › {issue.sheet}" + (f"!{cell}" if cell else "")
    return f"{sheet} ({column})" if column else sheet


def records(issues: Iterable[Issue], words: Words) -> list[dict[str, object]]:
    """Return the issues for JSON, told in the reader's language."""
    return [
        {
            "severity": issue.severity,
            "action": issue.action,
            "code": issue.code,
            "file": issue.file,
            "sheet": issue.sheet,
            "cell": issue.cell,
            "line": issue.line,
            "also": list(issue.also),
            "column": issue.column,
            "header": issue.header,
            "value": issue.value,
            "became": issue.became,
            "reason": words(issue.reason),
            "mend": words(issue.mend) if issue.mend else "",
        }
        for issue in issues
    ]


def _grouped(issues: Iterable[Issue]) -> list[list[Issue]]:
    """Return the issues, those of one column that are told in the same words together."""
    groups: dict[tuple[str, ...], list[Issue]] = {}
    for issue in issues:
        told = (issue.reason.message, repr(issue.reason.facts))
        groups.setdefault((issue.file, issue.sheet, issue.column, issue.code, *told), []).append(
            issue
        )
    return list(groups.values())


def _listed(issues: Sequence[Issue], words: Words) -> list[str]:
    """Return a line for each group of issues; of very many of one code and column the first."""
    lines: list[str] = []
    groups: dict[tuple[str, ...], list[list[Issue]]] = {}
    for group in _grouped(issues):
        first = group[0]
        key = (first.file, first.sheet, first.column, first.code)
        groups.setdefault(key, []).append(group)
    for same in groups.values():
        lines += [_line(group, words) for group in same[:MOST_LINES]]
        if len(same) > MOST_LINES:
            more = say("… and {n} more (--format csv lists them)", n=len(same) - MOST_LINES)
            lines.append(f"{words(more)}  [{same[0][0].code}]")
    return lines


def _changes(issues: Sequence[Issue], words: Words) -> list[str]:
    """Return a line for each kind of change in a sheet: how many cells of which columns, and what
    became of the first."""
    groups: dict[tuple[str, str, str], list[Issue]] = {}
    for issue in issues:
        groups.setdefault((issue.file, issue.sheet, issue.code), []).append(issue)
    lines = []
    for (file, sheet, code), group in groups.items():
        if group[0].became is None:
            lines += [_line(same, words) for same in _grouped(group)]
            continue
        cells = sum(1 + len(issue.also) for issue in group)
        columns = tuple(dict.fromkeys(issue.header or issue.column for issue in group))
        told = say(
            "{what} ({columns}), {n}×: {shown}",
            what=Phrase(load_codes()[code][1]),
            n=cells,
            columns=_short(tuple(filter(None, columns))),
            shown=_change(group[0], words),
        )
        place = f"{file} › {sheet}" if sheet else file
        lines.append(f"{place}: {words(told)}  [{code}]")
    return lines


def _short(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return a long list's first entries and how many more there are."""
    rest = len(facts) - LISTED
    return facts if rest <= 1 else (*facts[:LISTED], f"… +{rest}")


def _told(phrase: Phrase, words: Words) -> str:
    facts = {
        name: _short(fact) if isinstance(fact, tuple) else fact
        for name, fact in phrase.facts.items()
    }
    return words(Phrase(phrase.message, facts))


def _line(group: Sequence[Issue], words: Words) -> str:
    first = group[0]
    cells = sum(1 + len(issue.also) for issue in group)
    others = say("and {n} more", n=cells - 1)
    more = f" {words(others)}" if cells > 1 else ""
    mend = next((f" → {words(issue.mend)}" for issue in group if issue.mend), "")
    shown = _shown(first.value)
    if first.code == "COLUMN_UNKNOWN":
        shown = ", ".join(dict.fromkeys(_shown(issue.value) for issue in group))
    value = " " + words(say("“{value}”", value=shown)) if shown else ""
    return f"{place_of(first)}{value}{more}: {_told(first.reason, words)}{mend}  [{first.code}]"


def _change(issue: Issue, words: Words) -> str:
    before = words(say("“{value}”", value=_shown(issue.value)))
    after = _shown(issue.became or "") or words(say("blank"))
    return f"{before} → {after}"


def _shown(text: str) -> str:
    """Return a text on one line, what does not show made visible, cut where it is long."""
    line = " ⏎ ".join(text.splitlines())
    seen = "".join(c if c.isprintable() or c in "\u200c\u200d" else ascii(c)[1:-1] for c in line)
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"
