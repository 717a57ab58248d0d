"""`scenario.toml`: names and the seed that follows from them."""

from __future__ import annotations

import unicodedata

import pytest

from matcher.errors import InputError
from matcher.settings import Settings, parse_settings


def named(name: str) -> Settings:
    """Return settings of that name."""
    return parse_settings(f'name = "{name}"\non = 2022-12-12\n'.encode())


def test_the_seed_is_the_same_however_the_name_is_composed() -> None:
    composed, apart = (unicodedata.normalize(form, "Café") for form in ("NFC", "NFD"))
    assert composed != apart
    assert named(composed).seed == named(apart).seed
    assert len(named(composed).seed) == 64


@pytest.mark.parametrize("name", ["第12期　候補者", "Angkatan 12", "Angkatan\u00a012"])
def test_names_may_hold_any_space_people_write(name: str) -> None:
    assert named(name).name == name


@pytest.mark.parametrize("name", ["", "   ", "a\\nb", "a\u202eb", "a\u200bb"])
def test_names_that_do_not_show_are_refused(name: str) -> None:
    with pytest.raises(InputError):
        named(name)
