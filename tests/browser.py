"""A browser to look at pages with: the computer's own, without network, keeping what a page asks
for and complains of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from matcher.browser import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
DESKTOP, PHONE = (1280, 900), (360, 740)
SERIOUS = ("serious", "critical")
AXE = """(rules) => axe.run(document, {
    resultTypes: ["violations"],
    ...(rules.length ? {runOnly: {type: "rule", values: rules}} : {}),
}).then((found) => found.violations)"""


@dataclass
class Look:
    """A page that is looked at: `asked` are the addresses it asked for, `complaints` the errors and
    warnings of its console."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, file: Path, place: str = "") -> Page:
        """Open a file at a place (with "#") and return its page."""
        self.page.goto(file.as_uri() + place)
        return self.page

    def find_barriers(self, *rules: str) -> list[str]:
        """Return what keeps people out by the rules of axe-core (none given: all): its serious and
        critical findings."""
        self.page.evaluate(_axe())
        return [
            f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
            for one in self.page.evaluate(AXE, list(rules))
            if one["impact"] in SERIOUS
            for node in one["nodes"]
        ]

    @property
    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        told: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return told


def open_browser() -> Iterator[Browser]:
    """Yield the computer's browser, to be driven; without one the test is skipped."""
    driver = pytest.importorskip(
        "playwright.sync_api", reason="no playwright: the PAGES ARE NOT OPENED in this run"
    )
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium: the PAGES ARE NOT OPENED in this run")
    with driver.sync_playwright() as play:
        browser: Browser = play.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield browser
        browser.close()


@contextmanager
def look_at(
    browser: Browser,
    size: tuple[int, int] = DESKTOP,
    *,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
) -> Iterator[Look]:
    """Yield a window of a size without network. At its end nothing may have been asked for but
    files that were opened, and nothing complained of."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        offline=True,
        color_scheme=scheme,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    look = Look(context.new_page())
    context.on("request", lambda request: look.asked.append(request.url))
    context.on("console", lambda told: look.complaints.append(f"{told.type}: {told.text}"))
    context.on("weberror", lambda error: look.complaints.append(str(error.error)))
    try:
        yield look
    finally:
        context.close()
    assert [one for one in look.asked if not _is_page(one)] == []
    assert look.complaints == []


def _is_page(address: str) -> bool:
    """A page is a file opened from the disk; anything else that it wants would be a request."""
    return address.startswith("file://") and address.partition("#")[0].endswith(".html")


def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
