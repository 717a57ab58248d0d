"""A batch made again from its own inputs and plan, to be compared byte for byte: workbooks by the
bytes of their parts, which not every version of zlib packs alike."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from matcher.batch import MANIFEST, batch_files, open_batch
from matcher.errors import MatcherError
from matcher.language import say
from matcher.pipeline import match
from matcher.verify import CHANGED, WRONG, Finding
from matcher.verify.folder import read_folder

ALL_PAIRS = "pairs.csv"
PACKED = ".xlsx"
STARTS, ENDS, TAIL = b"PK\x03\x04", b"PK\x05\x06", 22  # of a zip file without a comment
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def make_again(folder: Path) -> tuple[Finding, ...]:
    """Return which files of a batch this version would write otherwise; where the batch cannot be
    opened, why. Raises `UsageError` where there is none."""
    found = read_folder(folder).files
    try:
        opened = open_batch(folder)
        result = opened if opened.stable else match(opened.problem)
        told = replace(result.problem, notes=opened.problem.notes)  # of the files as they came
        result = replace(result, problem=told)
        made = batch_files(result, ALL_PAIRS in found)
    except MatcherError as fault:
        return (Finding(CHANGED, "", "", fault.phrase),)
    return tuple(find_differences(found, made))


def find_differences(found: Mapping[str, bytes], made: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield the files of a batch that are not, byte for byte, those that were made again; the
    manifest aside, which says what the others are."""
    for name in sorted((found.keys() | made.keys()) - {MANIFEST}):
        if name not in made:
            yield Finding(WRONG, name, "", say("This version does not write this file."))
        elif name not in found:
            yield Finding(WRONG, name, "", say("The file is missing."))
        elif found[name] != made[name] and name.endswith(PACKED):
            differ = find_parts(found[name], made[name])
            if differ:
                told = say("This version writes these parts otherwise: {parts}.", parts=differ)
                yield Finding(WRONG, name, "", told)
        elif found[name] != made[name]:
            line = str(_first_line(found[name], made[name]))
            yield Finding(WRONG, name, line, say("This version writes this line otherwise."))


def find_parts(found: bytes, made: bytes) -> tuple[str, ...]:
    """Return the parts of a workbook that are not, byte for byte, those of another; all of them
    where it is no workbook."""
    own, other = _sizes(found), _sizes(made)
    differ = [name for name in own.keys() | other.keys() if own.get(name) != other.get(name)]
    if not differ:
        with _open(made) as file:
            differ = [name for name in own if _read(found, name) != file.read(name)]
    return tuple(sorted(differ))


def _sizes(content: bytes) -> dict[str, int]:
    """Return how large each part of a workbook says it is; nothing where it has two of a name."""
    if not (content.startswith(STARTS) and content[-TAIL:].startswith(ENDS)):
        return {}  # something stands before or behind what a workbook is
    with suppress(zipfile.BadZipFile), _open(content) as file:
        sizes = {part.filename: part.file_size for part in file.infolist()}
        return sizes if len(sizes) == len(file.infolist()) else {}
    return {}


def _read(content: bytes, name: str) -> bytes | None:
    """Return a part of a workbook, None where it cannot be read."""
    with suppress(*UNREADABLE), _open(content) as file:
        return file.read(name)
    return None


def _open(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def _first_line(found: bytes, made: bytes) -> int:
    """Return the first line (from 1) in which two contents differ."""
    lines, others = found.split(b"\n"), made.split(b"\n")
    differ = (at for at, (a, b) in enumerate(zip(lines, others, strict=False), 1) if a != b)
    return next(differ, min(len(lines), len(others)) + 1)
