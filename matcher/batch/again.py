"""A batch made again from its own inputs and plan, to be compared byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from matcher.batch import MANIFEST, batch_files, open_batch
from matcher.errors import MatcherError
from matcher.language import say
from matcher.pipeline import match
from matcher.verify import CHANGED, WRONG, Finding
from matcher.verify.folder import read_folder

NOT_MADE_AGAIN = "problems.csv"  # tells of cells of the files as they came, which no batch keeps
ALL_PAIRS = "pairs.csv"


def make_again(folder: Path) -> tuple[Finding, ...]:
    """Return which files of a batch this version would write otherwise; where the batch cannot be
    opened, why. Raises `UsageError` where there is none."""
    found = read_folder(folder).files
    try:
        result = open_batch(folder)
        if not result.stable:
            result = match(result.problem)
        made = batch_files(result, ALL_PAIRS in found)
    except MatcherError as fault:
        return (Finding(CHANGED, "", "", fault.phrase),)
    return tuple(find_differences(found, made))


def find_differences(found: Mapping[str, bytes], made: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield the files of a batch that are not, byte for byte, those that were made again; the
    manifest aside, which says what the others are."""
    for name in sorted((found.keys() | made.keys()) - {MANIFEST, NOT_MADE_AGAIN}):
        if name not in made:
            yield Finding(WRONG, name, "", say("This version does not write this file."))
        elif name not in found:
            yield Finding(WRONG, name, "", say("The file is missing."))
        elif found[name] != made[name]:
            line = str(_first_line(found[name], made[name]))
            yield Finding(WRONG, name, line, say("This version writes this line otherwise."))


def _first_line(found: bytes, made: bytes) -> int:
    """Return the first line (from 1) in which two contents differ."""
    lines, others = found.split(b"\n"), made.split(b"\n")
    differ = (at for at, (a, b) in enumerate(zip(lines, others, strict=False), 1) if a != b)
    return next(differ, min(len(lines), len(others)) + 1)
