"""The words a scenario gives of its own: an office's trades and headers."""

from __future__ import annotations

from matcher.check.named import check_settled
from matcher.errors import InputError, Issue
from matcher.forms import FORMS, fold, load_form
from matcher.language import Phrase, say
from matcher.settings import FILE, Settings
from matcher.spelling import did_you_mean
from matcher.vocabulary import Vocabulary


def check_words(settings: Settings, vocabulary: Vocabulary) -> None:
    """Raise `InputError` where `[job_types]` or `[read] columns` name no job type or column, or one
    word twice."""
    issues = [*_job_types(settings.job_types, vocabulary), *_columns(settings.read.columns)]
    if issues:
        raise InputError(say("The scenario has faults."), tuple(issues))


def settled_notes(settings: Settings) -> tuple[Issue, ...]:
    """Return a note for each figure of the law that the scenario settles, for the agreement it
    claims for everybody, and for rules it means to leave out and cannot."""
    notes = []
    for key, ruling in settings.rulings.items():
        told = say("confirmed as it stands by {by}, {on}", by=ruling.by, on=ruling.on)
        if ruling.value is not None:
            told = say("overridden by {by}, {on}", by=ruling.by, on=ruling.on)
        value = "" if ruling.value is None else str(settings.law[key].value)
        notes.append(Issue("LAW_SETTLED", FILE, 0, f"law.{key}", value, told))
    if settings.promises.prior_experience:
        claim, where = settings.promises.prior_experience, "promises.prior_experience"
        told = say("claimed for everybody, not shown person by person (T9)")
        notes.append(Issue("LAW_SETTLED", FILE, 0, where, claim, told))
    if not settings.scores.rules and settings.files.scores is None:
        told = say("no table of given scores is named: our rules are not left out")
        notes.append(Issue("NO_SCORES", FILE, 0, "scores.rules", "false", told))
    return tuple(notes)


def _job_types(settled: dict[str, str], vocabulary: Vocabulary) -> list[Issue]:
    unknown = say("unknown {what}", what=say("job type"))
    issues = [
        _issue(
            f"job_types.{word}",
            settled[word],
            unknown,
            did_you_mean(settled[word], vocabulary.job_types),
        )
        for word in check_settled(settled, vocabulary)
    ]
    first: dict[str, str] = {}
    for word, number in settled.items():
        other = first.setdefault(fold(word), word)
        if settled[other] != number:
            reason = say("“{word}” and “{other}” are one word", word=word, other=other)
            issues.append(_issue(f"job_types.{word}", number, reason))
        if word.strip()[:1].isdigit():
            reason = say("a number of the list means itself")
            issues.append(_issue(f"job_types.{word}", number, reason))
    return issues


def _columns(named: dict[str, str]) -> list[Issue]:
    known = {column.name for table in FORMS for column in load_form(table).columns}
    reason = say("there is no such column")
    return [
        _issue(f"read.columns.{header}", column, reason, did_you_mean(column, known))
        for header, column in named.items()
        if column and column not in known
    ]


def _issue(where: str, value: str, reason: Phrase, mend: Phrase | None = None) -> Issue:
    return Issue("SETTINGS", FILE, 0, where, value, reason, mend)
