"""Every table of a scenario under check, in the order in which one names the rows of another, and
what they say together: the issues, the rows counted, the rows that hang on others left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from matcher.check.around import Around
from matcher.check.candidates import CandidateCells, check_candidates
from matcher.check.decisions import check_decisions
from matcher.check.ended import halted_people
from matcher.check.limited import Limited, idle_openings
from matcher.check.openings import Known, OpeningCells, check_openings
from matcher.check.outcomes import KnownRows
from matcher.check.parties import (
    EstablishmentCells,
    HostCells,
    SchoolCells,
    SupervisorCells,
    check_establishments,
    check_hosts,
    check_schools,
    check_supervisors,
)
from matcher.check.records import Records, check_records
from matcher.check.scores import Scored, check_scores
from matcher.check.sheet import Sheet
from matcher.check.skipping import refuse_without
from matcher.errors import Count, Issue
from matcher.problem import NO, Decision
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary

MANY = 10**9  # the seats of an opening whose own row is faulty: no second fault


@dataclass(frozen=True)
class Checked:
    """The tables under check and what they say; without a hosts table `hosts` is None, without
    decisions `decided` is. `beside` are the tables of establishments and organisations. `of_limits`
    is what is told of the scenario's limits."""

    hosts: Sheet | None
    beside: list[Sheet]
    around: Around
    orders: Sheet
    openings: OpeningCells
    people: Sheet
    candidates: CandidateCells
    decided: Sheet | None
    decisions: list[Decision]
    limited: Limited
    of_limits: list[Issue]
    scored: Scored | None = None
    records: Records = field(default_factory=Records)

    @property
    def of_rows(self) -> list[Sheet]:
        """The tables of which refused rows may be left out."""
        hosts = [] if self.hosts is None else [self.hosts]
        return [*hosts, self.orders, self.people, *self.beside]

    def refuse_orphans(self) -> None:
        """Refuse the rows that name a row of another table that is left out."""
        beside = {sheet.table.name: sheet for sheet in self.beside}
        hosts, places = self.hosts, beside.get("establishments")
        if (supervisors := beside.get("supervisors")) is not None:
            for sheet in (hosts, self.orders):
                if sheet is not None:
                    refuse_without(supervisors, sheet, "supervisor_id")
        if hosts is not None:
            for sheet in (places, self.orders):
                if sheet is not None:
                    refuse_without(hosts, sheet, "host_id")
        if places is not None:
            refuse_without(places, self.orders, "establishment_id")

    def accepted_around(self) -> Around:
        """Return what the accepted rows of the tables beside people and orders say."""
        sheets = {sheet.table.name: sheet for sheet in self.beside}
        if self.hosts is not None:
            sheets["hosts"] = self.hosts
        kept = {
            field.name: cells.only(sheets[field.name].accepted)
            for field in fields(self.around)
            if (cells := getattr(self.around, field.name)) is not None
        }
        return Around(**{name: cells if cells.ids else None for name, cells in kept.items()})

    @property
    def sheets(self) -> list[Sheet]:
        """All tables."""
        decided = [] if self.decided is None else [self.decided]
        scored = [] if self.scored is None else [self.scored.sheet]
        return [*self.of_rows, *decided, *self.records.sheets.values(), *scored]

    @property
    def issues(self) -> list[Issue]:
        """What is told of all tables so far."""
        return [*(issue for sheet in self.sheets for issue in sheet.issues), *self.of_limits]

    @property
    def tallies(self) -> tuple[Count, ...]:
        """The rows of all tables so far."""
        return tuple(count for sheet in self.sheets for count in sheet.tallies)


def check_tables(
    tables: dict[str, Table], settings: Settings, vocabulary: Vocabulary, key: bytes
) -> Checked:
    """Return the tables under check; those that name people and orders last, and of them those
    with seats on record before the decisions."""
    hosts, beside, around = _check_around(tables, settings, vocabulary)
    orders, openings = check_openings(
        tables["openings"], settings, vocabulary, _known(hosts, beside, around)
    )
    people, candidates = check_candidates(
        tables["candidates"], settings, vocabulary, key, given="scores" in tables
    )
    known = _named_later(people, candidates, orders, openings)
    records = check_records(tables, known, settings, vocabulary)
    known = replace(known, held={*known.held, *halted_people(records.steps)})
    decided: Sheet | None = None
    decisions: list[Decision] = []
    if "decisions" in tables:
        decided, decisions = check_decisions(
            tables["decisions"],
            known,
            records.seated,
            {openings.ids[row]: openings.wishes_of(row) for row in orders.accepted},
            settings.on,
            settings.read,
        )
    scored: Scored | None = None
    if "scores" in tables:
        scored = check_scores(tables["scores"], known.candidates, known.seats, settings.read)
    resting, idle = _at_rest(decisions, known, records, openings)
    limited = Limited(settings, people, candidates, orders, openings, around, resting, idle)
    of_all = (hosts, beside, around, orders, openings, people, candidates)
    return Checked(*of_all, decided, decisions, limited, limited.check(), scored, records)


def _at_rest(
    decisions: Sequence[Decision], known: KnownRows, records: Records, openings: OpeningCells
) -> tuple[set[str], set[str]]:
    """Return the people who take no part and have no seat, and the openings where nobody is
    proposed."""
    stopped = [d for d in decisions if d.action in ("hold", "withdraw")]
    seated = {d.candidate_id for d in decisions if d.action == "place"} | set(records.seated)
    resting = {*known.held, *(d.candidate_id for d in stopped)} - seated
    return resting, idle_openings(openings, {d.opening_id for d in stopped})


def _named_later(
    people: Sheet, candidates: CandidateCells, orders: Sheet, openings: OpeningCells
) -> KnownRows:
    """Return the ids that the tables of records and decisions may name."""
    seats = {
        opening: MANY if row in orders.bad else int(openings.codes["seats"][row])
        for row, opening in enumerate(openings.ids)
    }
    paid = zip(candidates.ids, candidates.codes["deposit"], strict=True)
    consents = zip(candidates.ids, candidates.codes["consent_export"], strict=True)
    return KnownRows(
        set(candidates.ids) if people.readable else None,
        seats if orders.readable else None,
        {person for person, deposit in paid if deposit > 0},
        {person for person, consent in consents if consent == NO},
    )


def _check_around(
    tables: dict[str, Table], settings: Settings, vocabulary: Vocabulary
) -> tuple[Sheet | None, list[Sheet], Around]:
    """Return the hosts' table under check, those of establishments and organisations, and what
    they say."""
    hosts: Sheet | None = None
    beside: list[Sheet] = []
    host_cells: HostCells | None = None
    establishments: EstablishmentCells | None = None
    supervisors: SupervisorCells | None = None
    schools: SchoolCells | None = None
    if "supervisors" in tables:
        sheet, supervisors = check_supervisors(tables["supervisors"], settings, vocabulary)
        beside.append(sheet)
    kumiai = _ids(supervisors.ids, beside[0]) if supervisors else None
    if "hosts" in tables:
        hosts, host_cells = check_hosts(tables["hosts"], settings, vocabulary, kumiai)
    if "establishments" in tables:
        owners = _ids(host_cells.ids, hosts) if host_cells and hosts is not None else None
        sheet, establishments = check_establishments(tables["establishments"], settings, owners)
        beside.append(sheet)
    if "schools" in tables:
        sheet, schools = check_schools(tables["schools"], settings, vocabulary)
        beside.append(sheet)
    around = Around(
        host_cells if host_cells and host_cells.ids else None,
        establishments if establishments and establishments.ids else None,
        supervisors if supervisors and supervisors.ids else None,
        schools,
    )
    return hosts, beside, around


def _known(hosts: Sheet | None, beside: Sequence[Sheet], around: Around) -> Known:
    """Return the ids that job orders may name."""
    sheets = {sheet.table.name: sheet for sheet in beside}
    known_hosts = owners = supervisors = None
    if around.hosts and hosts is not None:
        known_hosts = _ids(around.hosts.ids, hosts)
    if around.establishments and sheets["establishments"].readable:
        found = around.establishments
        rows = range(len(found.ids))
        bad = sheets["establishments"].bad
        owners = {found.ids[row]: "" if row in bad else found.hosts[row] for row in rows}
    if around.supervisors:
        supervisors = _ids(around.supervisors.ids, sheets["supervisors"])
    return Known(known_hosts, owners, supervisors)


def _ids(ids: Sequence[str], sheet: Sheet) -> frozenset[str] | None:
    """Return the ids of a table, None where it could not be read whole or holds none."""
    return frozenset(filter(None, ids)) or None if sheet.readable else None
