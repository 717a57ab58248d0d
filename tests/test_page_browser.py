"""The page in a browser: found, sorted, opened, printed, by keyboard, on a phone, in the dark, by
people who cannot see it, and with texts that would rather be scripts."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.batch import run_scenario
from matcher.language import LANGUAGES, words_of
from matcher.report.content import gather_content
from matcher.report.content.values import Content
from matcher.report.letters import AUDIENCES, letter_pages, make_letters, write_index
from matcher.report.minutes import Meeting, make_minutes, write_minutes
from matcher.report.page import links, write_report
from tests.browser import PHONE, Look, look_at, open_browser
from tests.conftest import PILOT
from tests.poisoned import payload, poison, shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VIEWS = ("overview", "people", "openings", "hosts", "centres", "pictures", "reviewers")
PRESS = "(buttons) => buttons.forEach((one) => one.click())"
UNFOLD = "(folded) => folded.forEach((one) => { one.open = true; })"
LISTS = ("people", "openings", "hosts", "centres")

Looking = Callable[..., AbstractContextManager[Look]]


@dataclass(frozen=True)
class Hostile:
    """What was written of hostile tables: the page, the page with details on pages of their own,
    letters and minutes, and what the page is of."""

    report: Path
    paged: Path
    pages: list[Path]
    content: Content


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from open_browser()


@pytest.fixture(scope="module")
def looking(browser: Browser) -> Looking:
    """A window of the browser; what it takes is told at `look_at`."""
    return partial(look_at, browser)


@pytest.fixture(scope="module")
def contents(browser: Browser) -> dict[str, Content]:
    """The pilot in each language; not gathered where no browser would show it."""
    result = run_scenario(PILOT)
    return {name: gather_content(result, words_of(name), {}) for name in LANGUAGES}


@pytest.fixture(scope="module")
def reports(
    contents: dict[str, Content], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The pilot's page in each language."""
    folder = tmp_path_factory.mktemp("reports")
    return {name: put(write_report(content), folder / name) for name, content in contents.items()}


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """Everything that people open, of a season of hostile texts."""
    folder = tmp_path_factory.mktemp("hostile")
    result, words = run_scenario(poison(folder / "scenario")), words_of("ja")
    content = gather_content(result, words, {})
    report = put(write_report(content), folder / "report")
    with pytest.MonkeyPatch.context() as change:
        change.setattr(links, "LARGE", len(content.people) - 1)
        paged = put(write_report(content), folder / "paged")
    meeting = Meeting(number=payload("number"), place=payload("place"))
    files = {"minutes.html": write_minutes(make_minutes(result, words, {}, meeting))}
    for audience in AUDIENCES:
        letters = make_letters(result, audience, words)
        files[f"{audience}/index.html"] = write_index(letters, printed=True)
        files |= {
            f"{audience}/{number:02}.html": page
            for number, page in enumerate(letter_pages(letters).values())
        }
    put(files, folder / "pages")
    return Hostile(report, paged, sorted((folder / "pages").rglob("*.html")), content)


def put(files: dict[str, bytes], folder: Path) -> Path:
    """Write the files of a report, and return its first page."""
    for name, page in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(page)
    return folder / next(iter(files))


def go_to(page: Page, view: str) -> None:
    """Go to a view by its tab."""
    page.locator(f".tabs a[href='#{view}']").click()
    page.locator(f"#{view}.shown").wait_for()


def keys(page: Page, view: str) -> list[str]:
    """Return whose rows are shown, from top to foot."""
    return page.locator(f"#{view} table.rows > tbody > tr:not(.card-row) .key").all_inner_texts()


def open_card(page: Page, view: str, at: int = 0) -> None:
    """Open the card of a row."""
    page.locator(f"#{view} button.key").nth(at).click()
    page.locator(f"#{view} article.card").wait_for()


BAD = """<!doctype html><title>bad</title><input><p id=text>text</p>
<script>{}</script>"""


@pytest.mark.parametrize(
    "script",
    [
        "new Image().src = 'http://127.0.0.1:9/seen.png'",
        "fetch('other.json').catch(() => 0)",
        "throw new Error('fault')",
        "console.error('fault')",
    ],
)
def test_a_page_that_asks_or_complains_is_refused(
    looking: Looking, tmp_path: Path, script: str
) -> None:
    """What the other tests trust in sees requests, faults of scripts and complaints."""
    (tmp_path / "bad.html").write_text(BAD.format(script), encoding="utf-8")
    with pytest.raises(AssertionError), looking() as look:
        look.open(tmp_path / "bad.html").wait_for_timeout(200)


def test_what_does_harm_or_keeps_out_is_found(looking: Looking, tmp_path: Path) -> None:
    """A field without a name is a barrier, a text that ran is harm, a broad text overflows."""
    (tmp_path / "bad.html").write_text(BAD.format("var hit = 1"), encoding="utf-8")
    with looking(PHONE) as look:
        page = look.open(tmp_path / "bad.html")
        assert any(found.startswith("label") for found in look.find_barriers())
        with pytest.raises(AssertionError):
            check_harmless(page)
        assert look.overflow == 0
        page.evaluate("document.getElementById('text').textContent = 'a'.repeat(999)")
        assert look.overflow > 0


def test_every_view_opens_without_a_request_or_a_complaint(
    looking: Looking, reports: dict[str, Path]
) -> None:
    """In three languages; a card of each list opens, and the page says its language."""
    for language, report in reports.items():
        with looking() as look:
            page = look.open(report)
            assert page.locator("html").get_attribute("lang") == language
            for view in VIEWS:
                go_to(page, view)
                assert page.locator(".view.shown").count() == 1
                if view in LISTS:
                    open_card(page, view)


def test_search_finds_whatever_the_case_marks_and_width(
    looking: Looking, reports: dict[str, Path], contents: dict[str, Content]
) -> None:
    """One person is found by name in full-width capitals with an accent; what is nowhere is said
    to be nowhere; Esc shows all again."""
    people = contents["en"].people
    with looking() as look:
        page = look.open(reports["en"], "#people")
        search, status = page.locator("#people-search"), page.locator("#people [role=status]")
        assert len(keys(page, "people")) == len(people)
        search.fill("ＰÉＳＥＲＴＡ ｃｏｎｔｏｈ 012")
        assert keys(page, "people") == [one.id for one in people if one.name.endswith("012")]
        assert re.findall(r"\d+", status.inner_text()) == ["1", "1", str(len(people))]
        search.fill("nowhere to be found")
        assert keys(page, "people") == []
        assert page.locator("#people .empty").is_visible()
        search.press("Escape")
        assert len(keys(page, "people")) == len(people)


def test_sorting_by_score_is_told_and_right(
    looking: Looking, reports: dict[str, Path], contents: dict[str, Content]
) -> None:
    """Least first or greatest first as is told, then the other way, then the order of the list;
    nobody is lost, and those without a score stand last either way."""
    people = contents["en"].people
    scored = [one for one in people if one.score is not None]
    with looking() as look:
        page = look.open(reports["en"], "#people")
        head = page.locator("#people th", has=page.get_by_role("button", name="Score"))
        said = []
        for _ in range(2):
            head.get_by_role("button").click()
            said.append(head.get_attribute("aria-sort"))
            down = -1 if said[-1] == "descending" else 1
            order = keys(page, "people")
            ranks = sorted((down * (one.score or 0), one.place, one.id) for one in scored)
            assert order[: len(scored)] == [key for _, _, key in ranks]
            assert sorted(order) == sorted(one.id for one in people)
        assert sorted(map(str, said)) == ["ascending", "descending"]
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") is None
        assert keys(page, "people") == [one.id for one in people]


@pytest.mark.parametrize("language", ["id", "ja", "en"])
def test_days_sort_by_the_calendar(
    looking: Looking, reports: dict[str, Path], contents: dict[str, Content], language: str
) -> None:
    """Not by how the language writes them; job orders without the day stand last either way."""
    orders = contents[language].openings
    with looking() as look:
        page = look.open(reports[language], "#openings")
        sorter = page.locator("#openings-sort")
        days = ("entry_from", "entry_to", "interview", "closes")
        for field, name in enumerate(days, 8):
            told = [(getattr(one, name), one.place, one.id) for one in orders]
            known = [one for one in told if one[0] is not None]
            assert len({day for day, _, _ in known}) > 3
            sorter.select_option(f"{field}+")
            assert keys(page, "openings")[: len(known)] == [key for _, _, key in sorted(known)]
            sorter.select_option(f"{field}-")
            known.sort(key=lambda one: (-one[0].toordinal(), one[1]))
            assert keys(page, "openings")[: len(known)] == [key for _, _, key in known]


def test_every_column_of_every_list_sorts_and_keeps_all_rows(
    looking: Looking, reports: dict[str, Path]
) -> None:
    with looking() as look:
        page = look.open(reports["ja"])
        for view in LISTS:
            go_to(page, view)
            before = sorted(keys(page, view))
            columns = page.locator(f"#{view} table.rows > thead th button")
            for at in range(columns.count()):
                columns.nth(at).click()
                assert page.locator(f"#{view} table.rows > thead th[aria-sort]").count() == 1
                assert sorted(keys(page, view)) == before


def test_filters_show_who_is_meant(
    looking: Looking, reports: dict[str, Path], contents: dict[str, Content]
) -> None:
    """State and centre together leave exactly those of both; one press shows all again."""
    people = contents["id"].people
    state, centre = people[1].told, people[1].centre
    wanted = [one.id for one in people if one.told == state and one.centre == centre]
    assert 0 < len(wanted) < sum(one.told == state for one in people) < len(people)
    with looking() as look:
        page = look.open(reports["id"], "#people")
        for value in (state, centre):
            option = page.locator(f"option[value='={value}']")
            page.locator("#people select").filter(has=option).select_option(f"={value}")
        assert keys(page, "people") == wanted
        page.locator("#people .line button").click()
        assert len(keys(page, "people")) == len(people)


def test_a_card_adds_up_and_names_nobody_else(
    looking: Looking, reports: dict[str, Path], contents: dict[str, Content]
) -> None:
    """The points of the lines add up to the parts, these to the score, the bars end where the
    numbers do; no other person stands in the card."""
    people = contents["en"].people
    person = next(one for one in people if one.state == "conditional")
    with looking() as look:
        page = look.open(reports["en"], f"#people/{person.id}")
        card = page.locator("#people article.card")
        rows = card.locator(".waterfall tbody tr")
        told = [int(text.replace(".", "")) for text in rows.locator("td.number").all_inner_texts()]
        looks = [row.get_attribute("class") or "" for row in rows.all()]
        fit, consideration, total = (at for at, one in enumerate(looks) if one)
        assert told[total] == person.score
        assert told[fit] == person.fit == sum(told[:fit])
        assert told[consideration] == person.consideration == sum(told[fit + 1 : consideration])
        for row, points_told in zip(rows.all(), told, strict=True):
            bar = row.locator("rect.gained")
            assert int(bar.get_attribute("width") or -1) == points_told
        text = card.inner_text()
        assert person.id in text
        for one in people:
            if one is not person:
                assert not re.search(rf"\b{re.escape(one.id)}\b", text) and one.name not in text


def test_links_lead_from_card_to_card(
    looking: Looking, reports: dict[str, Path], contents: dict[str, Content]
) -> None:
    """From a person to the job order, to its host; the way back is the browser's."""
    person = next(one for one in contents["en"].people if one.opening)
    with looking() as look:
        page = look.open(reports["en"], f"#people/{person.id}")
        page.locator("#people article.card").get_by_role(
            "link", name=person.opening, exact=True
        ).first.click()
        page.locator("#openings.shown article.card h3", has_text=person.opening).wait_for()
        assert page.evaluate("document.activeElement.textContent").strip() == person.opening
        page.locator("#openings article.card").get_by_role("link", name=person.host).first.click()
        page.locator("#hosts.shown article.card h3", has_text=person.host).wait_for()
        page.go_back()
        page.locator("#openings.shown").wait_for()


def test_everything_is_reached_by_keyboard(looking: Looking, reports: dict[str, Path]) -> None:
    """Tab leads past the head, to search, to the rows; Enter opens a card, Esc closes it and the
    focus is where it was; focus is always seen, and Tab is caught nowhere."""
    with looking() as look:
        page = look.open(reports["en"])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.hash") == "#centres":
                break
        page.keyboard.press("Enter")
        page.locator("#centres.shown").wait_for()
        seen = _walk(page, 12)
        assert all(outlined for _, outlined in seen)
        assert any("centres-search" in where for where, _ in seen)
        page.locator("#centres-search").focus()
        page.keyboard.type("bekasi")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('button.key')"):
                break
        page.keyboard.press("Enter")
        card = page.locator("#centres article.card")
        card.wait_for()
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('article.card'))")
        page.keyboard.press("Escape")
        assert card.count() == 0
        assert page.evaluate("document.activeElement.matches('button.key')")
        places = [where for where, _ in _walk(page, 40)]
        assert "BODY" in places or len(set(places)) > 12


def _walk(page: Page, steps: int) -> list[tuple[str, bool]]:
    """Press Tab so often, and return where the focus stood and whether it could be seen."""
    told = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        where, outlined = page.evaluate(
            "(() => { const on = document.activeElement, look = getComputedStyle(on);"
            " return [on.tagName + '#' + on.id + ' ' + on.textContent.slice(0, 20),"
            " on === document.body || look.outlineStyle !== 'none'"
            " && parseFloat(look.outlineWidth) > 0]; })()"
        )
        told.append((where, outlined))
    return told


def test_a_phone_shows_all_without_sideways_scrolling(
    looking: Looking, reports: dict[str, Path]
) -> None:
    """At 360 pixels every view with an open card fits, in each language."""
    for report in reports.values():
        with looking(PHONE) as look:
            page = look.open(report)
            for view in VIEWS:
                go_to(page, view)
                if view in LISTS:
                    open_card(page, view)
                assert look.overflow == 0, view


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(looking: Looking, hostile: Hostile, scheme: str) -> None:
    """Axe finds nothing serious on any view with an open card; dark is dark, with contrast."""
    rules = ("color-contrast",) if scheme == "dark" else ()
    for view in VIEWS:
        with looking(scheme=scheme) as look:
            page = look.open(hostile.report, f"#{view}")
            ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
            shades = [int(shade) for shade in re.findall(r"\d+", ground)[:3]]
            assert (max(shades) < 80) if scheme == "dark" else (min(shades) > 200)
            if view in LISTS:
                open_card(page, view)
            page.locator(f"#{view} details").evaluate_all(UNFOLD)
            assert look.find_barriers(*rules) == [], view


def test_a_phone_keeps_nobody_out(looking: Looking, hostile: Hostile) -> None:
    with looking(PHONE) as look:
        page = look.open(hostile.report, "#people")
        page.locator("#people-search").fill("01")
        open_card(page, "people")
        assert look.find_barriers() == []


def test_the_first_screen_is_read_without_scripts(
    looking: Looking, reports: dict[str, Path], contents: dict[str, Content]
) -> None:
    """Summary, decisions and what is doubtful are there, and where the lists are is said."""
    with looking(scripts=False) as look:
        page = look.open(reports["en"])
        text = page.locator("main").inner_text()
        for line in (*contents["en"].summary, *contents["en"].asked):
            assert line in text
        assert "workbook.xlsx" in text


def test_paper_shows_the_lists_on_a4(
    looking: Looking, reports: dict[str, Path], contents: dict[str, Content]
) -> None:
    """Printed, every person and job order is on the pages, which are A4."""
    with looking() as look:
        pdf = look.open(reports["en"]).pdf(prefer_css_page_size=True)
    sizes = {
        tuple(map(float, box.split()))
        for box in re.findall(r"MediaBox \[([^]]*)\]", pdf.decode("latin-1"))
    }
    assert sizes and all(
        {round(box[2]), round(box[3])} <= {594, 595, 596, 841, 842, 843} for box in sizes
    )
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext: the PRINTED PAGE IS NOT READ AGAIN in this run")
    told = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    content = contents["en"]
    assert all(one.id in told for one in content.people)
    assert all(one.id in told for one in content.openings)


def test_paper_has_every_row_of_a_long_list(
    looking: Looking, contents: dict[str, Content], tmp_path: Path
) -> None:
    """What is shown step by step on a screen stands on paper whole."""
    content = contents["en"]
    number = len(content.people)
    twice = replace(
        content,
        people=content.people * 2,
        card_of=lambda place: content.card_of(place % number),
    )
    report = put(write_report(twice), tmp_path)
    with looking() as look:
        page = look.open(report)
        go_to(page, "people")
        assert len(keys(page, "people")) < 2 * number
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert len(keys(page, "people")) == 2 * number


def check_harmless(page: Page) -> None:
    """Check that no text of the tables became a part of the page, or ran."""
    assert page.evaluate("typeof hit") == "undefined"
    assert page.locator("img, iframe, object, embed, form, base, [onerror], [onload]").count() == 0
    assert page.locator("a[href^='javascript' i]").count() == 0
    assert page.locator("script:not([type='application/json'])").count() <= 1


def test_hostile_texts_are_shown_and_do_nothing(looking: Looking, hostile: Hostile) -> None:
    """Every list with every card open shows the texts of the tables as texts, in full."""
    with looking() as look:
        page = look.open(hostile.report)
        for view in VIEWS:
            go_to(page, view)
            if view in LISTS:
                page.locator(f"#{view} button.key").evaluate_all(PRESS)
            check_harmless(page)
        told = page.locator("body").evaluate("(body) => body.innerText + body.textContent")
    for name in ("candidates.name", "candidates.centre", "hosts.name", "decisions.reason"):
        assert shown(payload(name)) in told, name


def test_pages_of_details_are_linked_and_harmless(looking: Looking, hostile: Hostile) -> None:
    """A person's link leads to the card on its page, where the same holds, and back."""
    with looking() as look:
        page = look.open(hostile.paged, "#people")
        check_harmless(page)
        page.locator("#people a.key").first.click()
        page.locator("article.card").wait_for()
        assert "/details/people-0001.html#" in page.url
        assert page.locator("article.card h3").inner_text().startswith(hostile.content.people[0].id)
        page.locator("button.key[aria-expanded=false]").evaluate_all(PRESS)
        check_harmless(page)
        page.locator(".tabs a").first.click()
        page.locator("#overview.shown").wait_for()


def test_letters_and_minutes_are_harmless_and_keep_nobody_out(
    looking: Looking, hostile: Hostile
) -> None:
    assert len(hostile.pages) > 20
    with looking(PHONE) as look:
        for at, file in enumerate(hostile.pages):
            page = look.open(file)
            check_harmless(page)
            assert look.overflow == 0, file
            if at % 12 == 0 or file.name in ("minutes.html", "index.html"):
                assert look.find_barriers() == [], file
