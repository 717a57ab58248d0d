"""Where each person, job order and host stands: within this file, or on a page of the details."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.report.content.values import Content

LARGE = 2000
A_PAGE = 500
DETAILS = "details/"
PAGED = ("people", "openings", "hosts")

Link = tuple[str, int, str]


@dataclass(frozen=True)
class Places:
    """The place of every person, job order and host (`of[list][id]`), the host of every job order,
    what each person is called; `paged` where their cards stand on pages of their own."""

    of: Mapping[str, Mapping[str, int]]
    hosts: Mapping[str, str]
    names: Mapping[str, str]
    paged: bool

    def link(self, kind: str, key: str, told: str = "") -> Link | None:
        """Return the link to one of a list: its id, its page of the details (0: this file) and what
        is shown instead of the id; None where the list does not have it."""
        place = self.of[kind].get(key)
        if place is None:
            return None
        return key, place // A_PAGE + 1 if self.paged else 0, told

    def host_of(self, opening: str, told: str) -> Link | str:
        """Return the link to the host of a job order, its name alone where it has no row."""
        return self.link("hosts", self.hosts.get(opening, ""), told) or told

    def person(self, key: str) -> Link | str:
        """Return the link to a person with id and name."""
        told = f"{key} {self.names.get(key, '')}".strip()
        return self.link("people", key, told) or told


def find_places(content: Content) -> Places:
    """Return where everything of `content` stands; on pages where there are more than 2,000 people
    or job orders."""
    return Places(
        of={
            "people": {one.id: place for place, one in enumerate(content.people)},
            "openings": {one.id: place for place, one in enumerate(content.openings)},
            "hosts": {one.id: place for place, one in enumerate(content.hosts)},
        },
        hosts={one.id: one.host_id for one in content.openings},
        names={one.id: one.name for one in content.people},
        paged=max(len(content.people), len(content.openings)) > LARGE,
    )
