"""Pages printed to PDF by the browser that is there; skipped, and said so, where none is."""

from __future__ import annotations

import os
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from matcher import browser
from matcher.browser import VARIABLE, find_browser, print_page
from matcher.errors import MatcherError
from matcher.language import LANGUAGES, words_of
from matcher.report.letters import letter_pages, make_letters
from tests.test_letters import step
from tests.test_sheets import order, person
from tests.worlds import ON, World

POSIX = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script of a POSIX shell")
PAGE = "<!doctype html><html lang='ja'><meta charset='utf-8'><p>候補者 Peserta</p></html>".encode()
ALL_CONDITIONS = "pork; alcohol; night_shift; heights; cold_store; no_prayer_place; no_headscarf"


@pytest.fixture
def printer() -> str:
    """The browser; the test is skipped where there is none."""
    found = find_browser()
    if found is None:
        pytest.skip("NO BROWSER: printing to PDF was not tested")
    return found


def stand_in(folder: Path, script: str) -> str:
    """Return the path of a program that does `script` instead of a browser."""
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def pages_in(printed: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_a_page_is_printed_and_the_same_bytes_again(printer: str) -> None:
    first, second = print_page(PAGE), print_page(PAGE)
    assert first.startswith(b"%PDF-") and first.rstrip().endswith(b"%%EOF")
    assert first == second
    assert pages_in(first) == 1
    assert pages_in(print_page(b"<p>1<p style='break-before:page'>2")) == 2


def test_nothing_is_fetched(printer: str) -> None:
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        at = f"127.0.0.1:{server.server_port}"
        there = f"<img src='http://{at}/image'><link rel=stylesheet href='http://{at}/style'>"
        script = f"<script>fetch('http://{at}/fetch', {{mode: 'no-cors'}})</script>"
        assert pages_in(print_page(f"<p>1{there}{script}".encode())) == 1
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_letters_are_one_page_each(printer: str, language: str) -> None:
    long = {"name": "Peserta " * 60, "centre": "Balai " * 60, "japanese_level": "", "medical": ""}
    unsure = {"passport_until": "", "former_trainee": "", "deposit": "0", "costs": "joe:1; SO:2"}
    people = tuple(person(place, **long, **unsure, accepts="", refuses="") for place in range(2))
    work = {"work": "名" * 3_000 if language == "ja" else "kerja " * 600, "seats": "1"}
    asked = {"conditions": ALL_CONDITIONS, "min_japanese": "N4", "contract_months": "36"}
    orders = (order("O1", "H1", **work, **asked, interview_on="2023-01-22"),)
    hosts = ({"host_id": "H1", "name": "Perusahaan Contoh " * 20},)
    result = World(people, orders, beside={"hosts": hosts}).result()
    made = make_letters(result, "candidates", words_of(language))
    assert len(made.letters) == 2
    for page in letter_pages(made).values():
        assert pages_in(print_page(page)) == 1


def test_a_host_with_many_people_keeps_every_one() -> None:
    people = tuple(person(place, consent_export="ya") for place in range(60))
    steps = tuple(step(f"C{place:02}", "O1", "agreed", ON) for place in range(60))
    orders = (order("O1", "H1", seats="60"),)
    result = World(people, orders, beside={"outcomes": steps}).result()
    (letter,) = make_letters(result, "hosts", words_of("en")).letters
    assert sum(len(section.rows) for section in letter.sections) == 60


def test_the_browser_named_is_the_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, sys.executable)
    assert find_browser() == sys.executable
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nothing"))
    assert find_browser() is None
    with pytest.raises(MatcherError, match=VARIABLE):
        print_page(PAGE)


def test_no_browser_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_usual_places", list)
    assert find_browser() is None
    with pytest.raises(MatcherError, match="Install"):
        print_page(PAGE)


@POSIX
@pytest.mark.parametrize(
    "script", ["echo 'no display' >&2; exit 3", "echo 'no display' >&2; exit 0"]
)
def test_a_browser_that_fails_is_told_with_what_it_said(
    script: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, stand_in(tmp_path, script))
    with pytest.raises(MatcherError, match="did not print the page: no display"):
        print_page(PAGE)


@POSIX
def test_a_browser_that_hangs_is_ended_with_what_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    monkeypatch.setenv(VARIABLE, stand_in(tmp_path, f"sleep 600 & echo $! > {started}; wait"))
    monkeypatch.setattr(browser, "SECONDS", 2)
    with pytest.raises(MatcherError, match="within 2 seconds"):
        print_page(PAGE)
    number = started.read_text("utf-8").strip()
    state = Path("/proc", number, "stat")
    if state.exists():  # ended, and waits for its parent to take note
        assert state.read_text("utf-8").rpartition(")")[2].split()[0] == "Z"


@POSIX
def test_a_browser_gets_a_folder_of_its_own_that_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv(VARIABLE, stand_in(tmp_path, f'echo "$@" > {seen}; exit 1'))
    with pytest.raises(MatcherError):
        print_page(PAGE)
    told = seen.read_text("utf-8")
    profile = re.search(r"--user-data-dir=(\S+)", told)
    assert profile and not Path(profile[1]).parent.exists()
    assert "--print-to-pdf=" in told
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    assert ("--no-sandbox" in told) == as_root
