"""The tables beside people and orders, together, and the typed columns made from them: those of
hosts, establishments and supervising organisations, and the prefectures of the orders' hosts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.check.lists import Shared
from matcher.check.openings import OpeningCells
from matcher.check.parties import (
    EstablishmentCells,
    HostCells,
    SchoolCells,
    SupervisorCells,
    count_codes,
    names_indonesia,
)
from matcher.problem import NO_DAY, UNKNOWN, Establishments, Hosts, Numbers, Supervisors


@dataclass(frozen=True)
class Around:
    """The tables beside people and orders; None where the scenario has none."""

    hosts: HostCells | None = None
    establishments: EstablishmentCells | None = None
    supervisors: SupervisorCells | None = None
    schools: SchoolCells | None = None


def prefectures_of(orders: OpeningCells, hosts: HostCells | None) -> Numbers:
    """Return each order's prefecture, its host's where the order states none."""
    stated = orders.codes["prefecture"]
    if hosts is None:
        return stated
    of_hosts = dict(zip(hosts.ids, hosts.codes["prefecture"].tolist(), strict=True))
    standing_in = np.array([of_hosts.get(host, UNKNOWN) for host in orders.hosts], np.int32)
    return np.where(stated == UNKNOWN, standing_in, stated)


def build_hosts(shared: Shared, hosts: HostCells) -> Hosts:
    """Return the columns of the hosts that have orders."""
    place = {name: row for row, name in enumerate(hosts.ids)}
    rows = [place.get(name, -1) for name in shared.hosts]
    codes = {name: count_codes(values, rows) for name, values in hosts.codes.items()}
    kumiai = [*map(shared.supervisor_place, hosts.supervisors), UNKNOWN]
    return Hosts(
        np.arange(len(rows), dtype=np.int32),
        codes["full_time_staff"],
        codes["excellent"],
        codes["trainees_1"],
        codes["trainees_2"],
        codes["trainees_3"],
        codes["promised"],
        codes["esd_people"],
        codes["designated_area"],
        np.array([kumiai[row] for row in rows], np.int32),
        codes["rooms_women"],
        codes["rooms_men"],
    )


def build_establishments(shared: Shared, found: EstablishmentCells) -> Establishments:
    """Return the columns of the establishments."""
    place = {name: row for row, name in enumerate(found.ids)}
    rows = [place[name] for name in shared.establishments]
    hosts = {name: at for at, name in enumerate(shared.hosts)}
    return Establishments(
        np.arange(len(rows), dtype=np.int32),
        np.array([hosts.get(found.hosts[row], UNKNOWN) for row in rows], np.int32),
        *(
            count_codes(found.codes[name], rows)
            for name in ("care_staff", "trainees_1", "trainees_2", "trainees_3")
        ),
    )


def build_supervisors(shared: Shared, found: SupervisorCells) -> Supervisors:
    """Return the columns of the supervising organisations."""
    place = {name: row for row, name in enumerate(found.ids)}
    rows = [place[name] for name in shared.supervisors]
    return Supervisors(
        np.arange(len(rows), dtype=np.int32),
        count_codes(found.codes["general"], rows),
        np.append(found.codes["permit_until"], NO_DAY)[rows].astype(np.int32),
        np.array([names_indonesia(found.countries[row]) for row in rows], np.int32),
        count_codes(found.codes["esd_permit"], rows),
        tuple(found.categories[row] for row in rows),
    )
