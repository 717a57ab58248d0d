"""What reviewers check: the proof, how the weights were drawn, the curve of moves, the files by
which a batch is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher import __version__
from matcher.language import Fact, Phrase, say
from matcher.law.book import book_version
from matcher.proof import show_best
from matcher.report.content.basis import Basis
from matcher.report.content.tables import Row, make_table
from matcher.report.content.values import Step, Table
from matcher.report.proved import tell_proof
from matcher.report.verified import CLAIMS, NAMES
from matcher.report.words import CRITERION_NAMES, told_score
from matcher.settings import CRITERIA
from matcher.sure import HALF, NEARLY
from matcher.sure.draws import LEAST, MOST, Draws
from matcher.verify.certificate import LOTTERY
from matcher.vocabulary import load_vocabulary

SCORES = ("score", "worst")


def list_review(
    basis: Basis, digests: Mapping[str, str], draws: Draws | None, curve: tuple[Step, ...]
) -> tuple[Table, ...]:
    """Return the tables for reviewers; those of what was not made are left out."""
    return (
        *([] if basis.result.stable else [table_proof(basis)]),
        *([] if draws is None else [table_draws(basis, draws), table_weights(basis, draws)]),
        *([table_curve(basis, curve)] if curve else []),
        table_rows(basis),
        table_files(basis, digests),
    )


def table_proof(basis: Basis) -> Table:
    """Return by name of the objective what the plan has, and what no plan has more than."""
    titles = (say("name"), say("this plan"), say("at most"), say("gap"), say("reading"))
    on_record = int((basis.problem.locked >= 0).sum())
    beside = say("Seats on record stand beside what is proved: {n}.", n=on_record)
    notes = [*tell_proof(basis.result), beside]
    rows = tuple(_proved(basis))
    note = " ".join(map(basis.words, notes))
    return make_table(basis.words, say("Proof"), note, titles, rows)


def _proved(basis: Basis) -> Iterator[Row]:
    """Yield each name once: of lowest scores first, how many of them are proved."""
    shown = show_best(basis.result)
    levels: dict[str, list[int]] = {}
    for one in (*shown.stages, *shown.bounds):
        name = str(one["name"]).partition("#")[0]
        if name.startswith(LOTTERY):
            continue
        if one["level"] is not None:
            levels.setdefault(name, []).append(one["gap"])
            continue
        numbers = (one["total"], one["bound"], one["gap"])
        cells = (
            told_score(basis.problem, number, 2) if name in SCORES else number for number in numbers
        )
        yield NAMES[name], *cells, _reading(one)
    for name, gaps in levels.items():
        still_open = sum(gap != 0 for gap in gaps)
        reading = say("{n} levels, of these proved: {m}", n=len(gaps), m=len(gaps) - still_open)
        yield NAMES[name], len(gaps), len(gaps), still_open, reading
    if any(str(one["name"]).startswith(LOTTERY) for one in shown.stages):
        yield NAMES["lottery"], "", "", 0, say("proved best")


def _reading(one: Mapping[str, Any]) -> Phrase:
    if not one["gap"]:
        return say("proved best")
    return CLAIMS.get(one.get("claim", ""), say("the solver stopped before it was sure"))


def table_draws(basis: Basis, draws: Draws) -> Table:
    """Return how many proposals stay in how many of the draws."""
    drawn = len(draws.weights)
    stays = [100 * each for each in draws.stays[basis.placed].tolist()]
    rows: tuple[Row, ...] = (
        (say("proposals"), len(stays)),
        (say("the same in every draw"), sum(each == 100 * drawn for each in stays)),
        (say("in 95 of 100 draws or more"), sum(each >= NEARLY * drawn for each in stays)),
        (say("in fewer than half of the draws"), sum(each < HALF * drawn for each in stays)),
        (say("draws in which no plan keeps every limit"), draws.without),
    )
    note = say(
        "{draws} draws: each weight times a whole per cent from {least} to {most}, all as likely,"
        " then scaled to 1000 together; drawn by the lottery number, so that anybody can draw them"
        " again (`matcher robustness BATCH --draws {draws}`).",
        draws=drawn,
        least=LEAST,
        most=MOST,
    )
    title = say("How sure the proposals are under other weights")
    return make_table(basis.words, title, note, (say("what"), say("proposals")), rows)


def table_weights(basis: Basis, draws: Draws) -> Table:
    """Return each weight and between what it was drawn."""
    titles = (
        *(say("criterion"), say("weight of 1000")),
        *(say("drawn least"), say("drawn most")),
    )
    rows: list[Row] = []
    for name in CRITERIA:
        drawn = [getattr(weights, name) for weights in draws.weights]
        own = getattr(basis.problem.settings.weights, name)
        rows.append((CRITERION_NAMES[name], own, min(drawn), max(drawn)))
    return make_table(basis.words, say("Weights (per mille)"), "", titles, tuple(rows))


def table_curve(basis: Basis, curve: tuple[Step, ...]) -> Table:
    """Return how many people and points more moves bring."""
    titles = (
        *(say("moved at most"), say("proposed"), say("sum of scores"), say("proved")),
        say("knee"),
    )
    yes, no = say("yes"), say("no")
    rows = tuple(
        (
            one.moves,
            one.people,
            "" if one.points is None else told_score(basis.problem, one.points, 2),
            yes if one.proved else no,
            yes if one.knee else "",
        )
        for one in curve
    )
    note = say(
        "Plans that move at most so many of the people who had a place before. Up to the knee a"
        " move brings more than on the average, beyond it less."
    )
    return make_table(basis.words, say("What moving more people brings"), note, titles, rows)


def table_rows(basis: Basis) -> Table:
    """Return the rows of each file: read = accepted + refused + ignored."""
    titles = (say("file"), say("rows read"), say("accepted"), say("refused"), say("ignored"))
    rows = tuple(
        (one.file, one.read, one.accepted, one.refused, one.ignored) for one in basis.problem.counts
    )
    note = say("Rows read = accepted + refused + ignored.")
    return make_table(basis.words, say("Rows of the files"), note, titles, rows)


def table_files(basis: Basis, digests: Mapping[str, str]) -> Table:
    """Return by what a batch is known: versions, and the SHA-256 of its files. Those of the files
    it came from, which change with the order of their rows, stand in its manifest."""
    own = say("file of the batch")
    versions: tuple[tuple[Fact, str], ...] = (
        ("matcher", __version__),
        (say("book of rules"), book_version()),
        (say("names of work and skills"), load_vocabulary().version),
    )
    rows: tuple[Row, ...] = (
        *((say("version"), name, version) for name, version in versions),
        *((own, name, digest) for name, digest in sorted(digests.items())),
    )
    note = say(
        "`matcher verify BATCH` checks every file, derives scores and rules anew and checks the"
        " proof, without the solver that found the plan."
    )
    titles = (say("kind"), say("name"), say("version or SHA-256"))
    return make_table(basis.words, say("Files and versions"), note, titles, rows)
