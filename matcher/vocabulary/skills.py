"""How near a held skill is to a needed one, in the graph "is a kind of"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import networkx as nx
import numpy as np
from numpy.typing import NDArray

SAME, PARENT, SIBLING, FAR = 1000, 600, 400, 0


class SkillGraph:
    """A directed acyclic graph of skills; an edge leads from a kind to what it is a kind of."""

    def __init__(self, parents: Mapping[str, tuple[str, ...]]) -> None:
        self.parents = {skill: frozenset(above) for skill, above in parents.items()}
        self.graph: nx.DiGraph[str] = nx.DiGraph()
        self.graph.add_nodes_from(sorted(parents))
        self.graph.add_edges_from((skill, up) for skill, above in parents.items() for up in above)
        self.index = {skill: place for place, skill in enumerate(sorted(parents))}

    @cached_property
    def ancestors(self) -> dict[str, frozenset[str]]:
        """What each skill is a kind of, near or far, by `skill_id`."""
        return {skill: frozenset(nx.descendants(self.graph, skill)) for skill in self.graph}

    def closeness(self, held: str, needed: str) -> int:
        """Return how near `held` comes to `needed`, per mille.

        1000 where they are one or `needed` is an ancestor of `held`; 600 where `held` is a direct
        parent of `needed`; 400 where both share a direct parent that itself has a parent; else 0.
        """
        if held == needed or needed in self.ancestors[held]:
            return SAME
        if held in self.parents[needed]:
            return PARENT
        shared = self.parents[held] & self.parents[needed]
        return SIBLING if any(self.parents[parent] for parent in shared) else FAR

    @cached_property
    def table(self) -> NDArray[np.int16]:
        """Closeness per mille of every held skill (down) to every needed one (across), by
        `index`."""
        nearness = np.zeros((len(self.index), len(self.index)), np.int16)
        for skill, place in self.index.items():
            for parent in self.parents[skill]:
                if self.parents[parent]:
                    siblings = [self.index[kind] for kind in self.graph.predecessors(parent)]
                    nearness[place, siblings] = SIBLING
        for skill, place in self.index.items():
            nearness[[self.index[parent] for parent in self.parents[skill]], place] = PARENT
        for skill, place in self.index.items():
            nearness[place, [self.index[above] for above in self.ancestors[skill]]] = SAME
            nearness[place, place] = SAME
        return nearness
