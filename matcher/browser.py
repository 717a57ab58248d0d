"""Pages printed to PDF by the browser that a computer has: Chromium, Chrome or Edge, without a
window, a profile of the user's, or a network."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.errors import MatcherError
from matcher.language import say

VARIABLE = "MATCHER_BROWSER"
NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge"),
)
ON_WINDOWS = (
    *(r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe"),
    r"Chromium\Application\chrome.exe",
)
ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
ON_MAC = ("Chromium", "Google Chrome", "Microsoft Edge")
SECONDS = 120
FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check"),
    *("--disable-extensions", "--disable-sync", "--disable-component-update"),
    *("--disable-background-networking", "--disable-dev-shm-usage", "--no-pdf-header-footer"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # of names and numbers alike: nothing is fetched
)
_NODES = re.compile(rb"\(node(\d{8})\)")
_DAYS = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}[^)]*\)")


def find_browser() -> str | None:
    """Return the path of a browser that prints, None where there is none: the one named by
    `MATCHER_BROWSER` and no other where that is set, else the first known."""
    if named := os.environ.get(VARIABLE):
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    return next((found for found in (*on_path, *_usual_places()) if found), None)


def print_page(page: bytes) -> bytes:
    """Return a page of HTML as PDF, as its style for print has it; the same bytes for the same
    page and browser. Raises `MatcherError` where no browser is found or it fails."""
    browser = find_browser()
    if browser is None:
        raise MatcherError(
            say(
                "No browser was found to print with. Install Chromium, Chrome or Edge, or name one"
                " in {variable}.",
                variable=VARIABLE,
            )
        )
    with TemporaryDirectory(dir=_shared(), prefix="matcher-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        (folder / "page.html").write_bytes(page)
        said = _run(browser, folder)
        try:
            printed = (folder / "page.pdf").read_bytes()
        except OSError:
            printed = b""
    if not printed.startswith(b"%PDF-"):
        raise _failed(browser, said)
    # The day of printing, and where numbers of elements begin, differ from one time to the next.
    return _renumbered(_DAYS.sub(lambda day: _undated(day[0], day[1]), printed))


def _renumbered(printed: bytes) -> bytes:
    """Return a PDF whose elements are numbered from 0 on."""
    first = min(map(int, _NODES.findall(printed)), default=0)
    return _NODES.sub(lambda node: b"(node%08d)" % (int(node[1]) - first), printed)


def _undated(whole: bytes, start: bytes) -> bytes:
    """Return a day of a PDF as one that is always the same, as long as it was."""
    return whole.replace(whole[len(start) : len(start) + 14], b"20000101000000", 1)


def _usual_places() -> list[str]:
    """Return the browsers that stand where they usually do and are not on the path."""
    places: list[Path] = []
    if sys.platform == "win32":
        roots = filter(None, map(os.environ.get, ROOTS))
        places = [Path(root) / place for root in roots for place in ON_WINDOWS]
    elif sys.platform == "darwin":
        roots = ("/Applications", str(Path.home() / "Applications"))
        places = [Path(at) / f"{one}.app/Contents/MacOS/{one}" for at in roots for one in ON_MAC]
    return [str(place) for place in places if place.is_file()]


def _shared() -> Path | None:
    """Return a folder that a browser installed as a snap sees too, None: any will do."""
    with contextlib.suppress(RuntimeError):
        snap = Path.home() / "snap" / "chromium" / "common"
        return snap if snap.is_dir() else None
    return None


def _run(browser: str, folder: Path) -> str:
    """Print `page.html` of a folder to its `page.pdf`; return what the browser said."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    command = [
        *(browser, *FLAGS, *["--no-sandbox"] * as_root),
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={folder / 'page.pdf'}",
        (folder / "page.html").as_uri(),
    ]
    own = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    snapped = _shared() is not None
    try:
        started = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=os.environ | ({} if snapped else own),
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as fault:
        raise _failed(browser, str(fault.strerror or fault)) from fault
    with started:
        try:
            return started.communicate(timeout=SECONDS)[1].decode(errors="replace")
        except subprocess.TimeoutExpired:
            _end(started)
            if started.wait() == 0:  # it has printed; what it left running held its voice
                return ""
            raise MatcherError(
                say(
                    "{browser} did not print a page within {n} seconds.",
                    browser=browser,
                    n=SECONDS,
                )
            ) from None
        finally:
            _end(started)


def _end(started: subprocess.Popen[bytes]) -> None:
    """End a browser with all it started."""
    if started.returncode is None:  # not yet reaped, so that its number is nobody else's
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                started.kill()
            else:
                os.killpg(started.pid, signal.SIGKILL)


def _failed(browser: str, said: str) -> MatcherError:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    what = lines[-1][:300] if lines else "-"
    return MatcherError(
        say("{browser} did not print the page: {fault}", browser=browser, fault=what)
    )
