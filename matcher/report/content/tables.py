"""The tables of settings, of what the inputs said of themselves, and of the audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from matcher.audit.groups import GROUPINGS as GROUPED
from matcher.audit.groups import divide
from matcher.audit.rates import Rate, Share, compare, find_reference
from matcher.errors import Issue, load_codes
from matcher.explain.stops import tell_holding
from matcher.language import Fact, Phrase, Words, say
from matcher.limits.holding import hold_limits
from matcher.problem import Flags, Standing
from matcher.report.audit.words import GROUPINGS, group_name, rate_of, rounded_down
from matcher.report.content.basis import Basis
from matcher.report.content.values import Table
from matcher.report.issues import place_of
from matcher.report.promises import tell_rulings
from matcher.report.proved import NAMES
from matcher.report.sheets.values import BLANK
from matcher.report.words import CRITERION_NAMES, points, told_score
from matcher.settings import CRITERIA

Row = tuple[Fact, ...]
PROBLEMS = say("Notes on the inputs")
ACTIONS = {
    "file": say("cannot be used as it is"),
    "ask": say("to be answered first"),
    "row": say("row refused"),
    "fix": say("read otherwise than written"),
    "note": say("note"),
}
ENDS = {"low": say("least possible"), "middle": say("middle")}
HIDDEN = say("Left out of a blind copy.")


def table_settings(basis: Basis) -> Table:
    """Return what the office chose, with the key of each in `scenario.toml`."""
    titles = (say("setting"), say("value"), say("key"))
    rows = tuple(_settings(basis))
    note = say("What the office chose in scenario.toml; the same settings give the same plan.")
    return make_table(basis.words, say("Settings"), note, titles, rows)


def _settings(basis: Basis) -> Iterator[Row]:
    problem, settings = basis.problem, basis.problem.settings
    yield say("name"), settings.name, "name"
    yield say("as of"), settings.on, "on"
    yield say("language"), settings.language, "language"
    if settings.entry is not None:
        first, last = map(basis.words, settings.entry)
        yield say("entry"), f"{first} – {last}", "entry"
    yield from _objective(basis)
    if problem.given is None:
        for name in CRITERIA:
            weight, end = getattr(settings.weights, name), getattr(settings.unknown, name)
            told = say(
                "{points} of 100; unknown counts as {end}",
                points=points(1000 * weight, 1),
                end=ENDS[end],
            )
            yield say("weight of {name}", name=CRITERION_NAMES[name]), told, f"weights.{name}"
    yield say("most cost left to a person (Rp)"), settings.costs.cap, "costs.cap"
    yield say("people interviewed for each seat"), settings.shortlist.per_seat, "shortlist.per_seat"
    yield say("days to answer an objection"), settings.objections.days, "objections.days"
    for holding in hold_limits(basis.result.facts.limits, basis.result.seats_of):
        if holding.entry >= 0:  # the least seats of a job order stand with it
            yield say("limit"), tell_holding(holding), holding.key
    for ruling in tell_rulings(settings):
        yield say("law and promises"), ruling, "law"
    for table, files in settings.files.named.items():
        yield say("file"), files, f"files.{table}"


def _objective(basis: Basis) -> Iterator[Row]:
    problem, objective = basis.problem, basis.problem.settings.objective
    order: Fact = (*(NAMES[name] for name in problem.order), say("lottery"))
    if basis.result.stable:
        order = say("people and job orders choose each other")
    yield say("what comes first"), order, "objective.order"
    yield say("lottery number"), problem.settings.seed, "objective.seed"
    if objective.min_score:
        least = told_score(problem, objective.min_score, 2)
        yield say("least score of a proposal"), least, "objective.min_score"
    if problem.given is None:
        skill = points(1000 * objective.min_skill_fit, 1)
        yield say("least skill fit, of 100"), skill, "objective.min_skill_fit"


def table_problems(basis: Basis) -> Table:
    """Return what the inputs said of themselves; a blind copy tells neither values nor where."""
    notes = sorted(basis.problem.notes, key=_place)
    if basis.blind:
        return _count_problems(basis, PROBLEMS, notes)
    titles = (
        *(say("what is done"), say("where"), say("value"), say("what"), say("how to mend it")),
        *(say("cells"), say("code")),
    )
    rows = tuple(
        (
            ACTIONS[note.action],
            place_of(note),
            note.value,
            note.reason,
            note.mend or "",
            1 + len(note.also),
            note.code,
        )
        for note in notes
    )
    note = say("What was kept, read otherwise or left out, and how to mend it.")
    return make_table(basis.words, PROBLEMS, note, titles, rows)


def _count_problems(basis: Basis, title: Phrase, notes: Iterable[Issue]) -> Table:
    counts: Counter[str] = Counter()
    for note in notes:
        counts[note.code] += 1 + len(note.also)
    titles = (say("what is done"), say("what"), say("cells"), say("code"))
    codes = load_codes()
    rows = tuple(
        (ACTIONS[codes[code][0]], Phrase(codes[code][1]), count, code)
        for code, count in sorted(counts.items())
    )
    return make_table(basis.words, title, say("A blind copy tells no values."), titles, rows)


def _place(note: Issue) -> tuple[object, ...]:
    return (*note.place, note.cell, note.also)


def table_audit(basis: Basis) -> Table:
    """Return how often each group of people is proposed; nothing of a blind copy."""
    title, words = say("Proposals by group of people"), basis.words
    titles = (
        *(say("grouping"), say("group"), say("people who take part"), say("proposed")),
        *(say("of 100"), say("ratio"), say("reading")),
    )
    if basis.blind:
        return make_table(words, title, HIDDEN, titles, ())
    present = basis.problem.standing == Standing.PRESENT
    proposed = present & (basis.result.plan.opening >= 0)
    note = say(
        "Ratio: the group's rate over that of the group with the highest. Below 0.8 it is a signal"
        " to look at and no proof of unequal treatment; a higher one is no proof of equal"
        " treatment. `matcher audit BATCH` has the whole audit."
    )
    rows = tuple(row for name in GROUPED for row in _audited(basis, name, present, proposed))
    return make_table(words, title, note, titles, rows)


def _audited(basis: Basis, grouping: str, present: Flags, proposed: Flags) -> Iterator[Row]:
    groups = divide(basis.problem, grouping)
    shares = {
        one.name: Share(int((one.rows & proposed).sum()), int((one.rows & present).sum()))
        for one in groups
    }
    reference = find_reference(shares)
    whole = Share(int(proposed.sum()), int(present.sum()))
    for name, share in shares.items():
        rate = Rate(share, Share(whole.count - share.count, whole.of - share.of))
        impact = compare(share, reference, shares)
        reading: Fact = ""
        if impact is not None and impact.reference == name:
            reading = say("compared with")
        elif rate.few:
            reading = say("too few to say")
        elif impact is not None and impact.is_signal(rate):
            reading = say("a signal to look at")
        own = rate_of(share)
        yield (
            *(GROUPINGS[grouping], group_name(grouping, name), share.of, share.count),
            BLANK if own is None else own,
            rounded_down(impact.ratio) if impact else "",
            reading,
        )


def make_table(
    words: Words,
    title: Phrase,
    note: Phrase | str,
    titles: tuple[Phrase, ...],
    rows: tuple[Row, ...],
) -> Table:
    """Return a table in words; numbers and days stay what they are."""
    return Table(
        words(title),
        words(note),
        tuple(map(words, titles)),
        tuple(tuple(_cell(words, cell) for cell in row) for row in rows),
    )


def _cell(words: Words, cell: Fact) -> str | int | Decimal | date:
    return cell if isinstance(cell, int | Decimal | date) else words(cell)
