"""The words of the page itself: those of its template and those of its script."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from matcher.language import Phrase, Words, say
from matcher.report.page.fields import titled

FRAME: Mapping[str, Phrase] = {
    "skip": say("To the content"),
    "parts": say("Parts of this page"),
    "overview": say("In short"),
    "asked": say("What needs a decision"),
    "summary": say("To be read out"),
    "notes": say("To be known of this copy"),
    "dues": say("Conditional: to be shown, by day"),
    "doubtful": say("Look twice at these"),
    "questions": say("Questions after the plan"),
    "candidate": say("candidate"),
    "opening": say("job order"),
    "rule": say("still to be shown"),
    "who": say("shown by"),
    "later": say("Later days"),
    "score": say("score"),
    "whom": say("who is asked"),
    "asks": say("question"),
    "pictures": say("Pictures"),
    "reviewers": say("For reviewers"),
    "needs_script": say(
        "This list needs a browser in which scripts may run. The same is in workbook.xlsx."
    ),
    "back": say("Back to the first page"),
    "before": say("Page before"),
    "after": say("Next page"),
    "none": say("Nothing to be shown here."),
}
SCRIPT: Mapping[str, Phrase] = {
    "search": say("Search"),
    "sort": say("Sort by"),
    "unsorted": say("order of the list"),
    "all": say("all"),
    "none": say("not recorded"),
    "clear": say("Show all again"),
    "more": say("Show more"),
    "shown": say("Shown {n} of {found} found, {all} in all", n="{n}", found="{found}", all="{all}"),
    "nothing": say("Nothing here fits what is searched for."),
    "close": say("Close"),
    "print": say("Print this alone"),
    "criterion": say("criterion"),
    "bar": say("from 0 to 100"),
    "terms": say("value × weight"),
    "points": say("points"),
    "of": say("of {of}", of="{of}"),
    "between": say("between {low} and {high}", low="{low}", high="{high}"),
    "gained": say("points of this proposal"),
    "reach": say("the most that the weight allows"),
    "open": say("not known yet: up to here"),
}
SIGNS = {
    "placed": "●",
    "conditional": "◐",
    "unplaced": "○",
    "held": "‖",
    "withdrawn": "×",
    "full": "●",
    "free": "◐",
    "empty": "○",
    "closed": "×",
    "fail": "×",
    "unknown": "?",
}
MARKS = {"id": (",", "."), "ja": (".", ","), "en": (".", ",")}


def told_labels(labels: Mapping[str, Phrase], words: Words) -> dict[str, str]:
    """Return the labels in the words of a language, beginning with a capital where they stand
    alone."""
    return {
        name: words(label) if label.facts else titled(label, words)
        for name, label in labels.items()
    }


def anchor(kind: str, key: str) -> str:
    """Return the part of an address that opens one of a list, as the page's script reads it."""
    return f"#{kind}/{quote(key, safe='')}"
