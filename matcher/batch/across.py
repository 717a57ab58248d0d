"""A folder of batches, each read as its tables and manifest say, nothing computed again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from matcher.batch.as_written import LeftOutError, Reading, UnclearError
from matcher.batch.manifest import MANIFEST, read_manifest
from matcher.errors import MatcherError, UsageError
from matcher.language import LANGUAGES, say
from matcher.report.status.batches import Across, BatchTables
from matcher.settings import read_settings


def read_across(folder: Path) -> Across:
    """Return the batches that stand directly in a folder, and the folder itself if it is one.

    A batch of which a file was changed since, or is not understood, is left out, and said so; where
    none is left there are no batches, and the language is that of the latest whose scenario can be
    read. Raises `UsageError` where there is no batch at all.
    """
    places = [place for place in _places(folder) if (place / MANIFEST).is_file()]
    batches: list[tuple[BatchTables, str]] = []
    left_out, told, unread = [], [], []
    for place in places:
        name = place.resolve().name
        try:
            manifest = read_manifest(place)
        except UsageError:
            if (place / "placements.csv").is_file():
                left_out.append(UnclearError(MANIFEST).told(name))
                unread.append(place)
            continue
        try:
            batch = Reading(place, manifest).read(name)
        except LeftOutError as fault:
            left_out.append(fault.told(name))
            unread.append(place)
            continue
        if not batch.whole:
            version = say(
                "{batch} was written by another version: its placements alone are read.",
                batch=name,
            )
            told.append(version)
        batches.append((batch, _language(manifest)))
    if not batches and not left_out:
        raise UsageError(say("There is no batch in {folder}.", folder=str(folder)))
    batches.sort(key=lambda one: (one[0].on, one[0].folder))
    language = batches[-1][1] if batches else _latest_language(unread)
    return Across(tuple(batch for batch, _ in batches), tuple(left_out), tuple(told), language)


def _places(folder: Path) -> list[Path]:
    """Return a folder and those directly in it, each once where links lead to it again."""
    try:
        inner = sorted(place for place in folder.iterdir() if place.is_dir())
    except OSError as fault:
        raise UsageError(say("There is no folder {folder}.", folder=str(folder))) from fault
    return list({place.resolve(): place for place in reversed([folder, *inner])}.values())[::-1]


def _language(manifest: dict[str, Any]) -> str:
    language = str(manifest["settings"].get("language", "en"))
    return language if language in LANGUAGES else "en"


def _latest_language(places: Sequence[Path]) -> str:
    """Return the language of the latest of these batches whose manifest or, where that is not
    clear, scenario can be read."""
    found = []
    for place in places:
        try:
            manifest = read_manifest(place)
            on = date.fromisoformat(manifest["settings"]["on"])
            found.append((on, place.resolve().name, _language(manifest)))
        except (MatcherError, KeyError, TypeError, ValueError, AttributeError):
            with suppress(MatcherError):
                settings = read_settings(place / "inputs")
                found.append((settings.on, place.resolve().name, settings.language))
    return max(found)[2] if found else "en"
