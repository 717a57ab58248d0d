"""Components solved by their cells alone, and faces by few of their pairs: the very same plans."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from unittest import mock

import numpy as np
import pytest

from matcher.assign.best import stages
from matcher.assign.network import Face
from matcher.assign.pricing import narrowed
from matcher.assign.solve import solve_face
from tests.networks import random_network
from tests.test_assign import WORLDS, test_the_very_plan_of_brute_force

CELLS = {"cells.MOST_CELLS": 0}
FACES = {"pricing.MOST_PAIRS": 0, "pricing.FEW": 1}
CHUNKS = {"chunks.CHUNK": 3, "duals.ROWS": 2}


@pytest.fixture(
    params=[CELLS, FACES | CHUNKS, CELLS | FACES, CHUNKS], ids=["cells", "faces", "both", "chunks"]
)
def large(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take every component, every face, or both, for a large one, or go through it in chunks."""
    with ExitStack() as patches:
        for name, value in request.param.items():
            patches.enter_context(mock.patch(f"matcher.assign.{name}", value))
        yield


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("world", WORLDS[::4])
def test_the_very_plan_however_it_is_solved(world: int, packed: bool) -> None:
    test_the_very_plan_of_brute_force(world, packed)


@pytest.mark.parametrize("world", WORLDS[::2])
def test_few_pairs_show_the_same_face_by_the_same_duals(world: int) -> None:
    network = random_network(world)
    face = Face.whole(network)
    for _, worth in stages(network):
        pair_of = solve_face(network, face, worth)
        whole, duals = narrowed(network, face, worth, pair_of)
        with mock.patch.multiple("matcher.assign.pricing", MOST_PAIRS=0, FEW=1):
            few, priced = narrowed(network, face, worth, pair_of)
        assert np.array_equal(priced, duals)
        assert few.same(whole)
        face = whole
