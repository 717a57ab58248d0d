"""Files and folders that appear whole or not at all: written beside, flushed, renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from matcher.errors import MatcherError, UsageError
from matcher.language import say
from matcher.personal import KEY_FILE, KEY_TABLE


def check_new(folder: Path) -> None:
    """Raise `UsageError` where the folder exists and is not empty, or its parent is missing."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if os.path.lexists(folder):
        raise UsageError(say("{folder} exists already; name another.", folder=str(folder)))
    if not folder.resolve().parent.is_dir():
        raise UsageError(say("There is no folder {folder}.", folder=str(folder.resolve().parent)))


def write_folder(out: Path, files: Mapping[str, bytes], check_free: Callable[[Path], None]) -> None:
    """Write the folder `out` with its files (by path within it), replacing what stood there.

    `check_free` is asked again just before and raises where that may not be. Raises `MatcherError`
    where the folder cannot be written.
    """
    out = out.resolve()
    beside = out.parent / f".{out.name}.{os.getpid()}.part"
    with _told(out):
        try:
            shutil.rmtree(beside, ignore_errors=True)  # what a killed run of this number left
            for name, content in files.items():
                _write(beside / name, content)
            for folder in sorted({(beside / name).parent for name in files}, reverse=True):
                _sync(folder)
            _swap(beside, out, check_free)
            _sync(out.parent)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write one file, replacing what stood there; raises `MatcherError` where it cannot be."""
    beside = path.parent / f".{path.name}.{os.getpid()}.part"
    with _told(path):
        try:
            _write(beside, content)
            beside.replace(path)
            _sync(path.parent)
        finally:
            beside.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as fault:
        raise MatcherError(
            say("{folder} cannot be written. Close it elsewhere and run again.", folder=str(path))
        ) from fault
    except OSError as fault:
        what = str(fault.strerror or fault)
        told = say("{folder} cannot be written: {fault}.", folder=str(path), fault=what)
        raise MatcherError(told) from fault


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.name.removeprefix(".").startswith((KEY_FILE, KEY_TABLE)):
        path.touch(mode=0o600)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(beside: Path, out: Path, check_free: Callable[[Path], None]) -> None:
    """Make `beside` appear as `out`; what stood there goes only once the new one stands."""
    check_free(out)
    old = beside.with_suffix(".old")
    stood = os.path.lexists(out)
    if stood:
        out.rename(old)
    try:
        beside.rename(out)
    except BaseException:
        if stood:
            old.rename(out)
        raise
    if stood:
        shutil.rmtree(old, ignore_errors=True)
