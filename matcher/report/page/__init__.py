"""The page of a batch: one file that opens without network; where a batch is large, the cards of
people, job orders and hosts stand on pages of their own beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from markupsafe import Markup

from matcher.report.content.values import Content
from matcher.report.html import render_page
from matcher.report.page.cards import list_cards
from matcher.report.page.compact import write_packet
from matcher.report.page.fields import FORMS, TABLES, titled, told_fields
from matcher.report.page.labels import FRAME, MARKS, SCRIPT, SIGNS, told_labels
from matcher.report.page.links import A_PAGE, DETAILS, PAGED, Places, find_places
from matcher.report.page.overview import (
    show_doubtful,
    show_dues,
    show_figures,
    show_questions,
    show_table,
)
from matcher.report.page.pictures import draw_pictures
from matcher.report.page.rows import list_rows

FOLDER = Path(__file__).parent
PAGE, SCRIPT_FILE = "page.html", "page.js"
STYLES = ("page.css", "pictures/pictures.css")
REPORT = "report.html"


def write_report(content: Content) -> dict[str, bytes]:
    """Return the page `report.html` in UTF-8 and, where there are more than 2,000 people or job
    orders, its pages `details/people-0001.html` and so on with 500 cards each; the same bytes for
    the same content."""
    places = find_places(content)
    files = {REPORT: _first_page(content, places)}
    if places.paged:
        files |= dict(_detail_pages(content, places))
    return files


def _first_page(content: Content, places: Places) -> bytes:
    words = content.words
    rows = {kind: list_rows(content, kind, 0, None, places) for kind in FORMS}
    held = [kind for kind in FORMS if not (places.paged and kind in PAGED)]
    cards = {kind: list_cards(content, kind, 0, None, places) for kind in held}
    dues, more_dues = show_dues(content, places)
    doubtful, more_doubtful = show_doubtful(content, places)
    questions, more_questions = show_questions(content, places)
    tables = (*content.review, content.settings, content.audit)
    first = {
        "figures": show_figures(content.figures, words),
        "dues": dues,
        "more_dues": more_dues,
        "doubtful": doubtful,
        "more_doubtful": more_doubtful,
        "questions": questions,
        "more_questions": more_questions,
        "pictures": draw_pictures(content.pictures, content.draws, words),
        "tables": [show_table(table, words) for table in tables if table.rows or table.note],
    }
    packet = _packet(content, rows, cards, ("", 0), DETAILS)
    return _render(content, {"first": first, "lists": _titles(content, tuple(FORMS))}, packet)


def _detail_pages(content: Content, places: Places) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of cards one after another, by name."""
    for kind in PAGED:
        last = -(-len(places.of[kind]) // A_PAGE)
        for number in range(1, last + 1):
            part = ((number - 1) * A_PAGE, number * A_PAGE)
            rows = {kind: list_rows(content, kind, *part, places)}
            cards = {kind: list_cards(content, kind, *part, places)}
            packet = _packet(content, rows, cards, (kind, number), "")
            around = {
                "number": number,
                "last": last,
                "before": _name(kind, number - 1) if number > 1 else "",
                "after": _name(kind, number + 1) if number < last else "",
            }
            values = {"around": around, "lists": _titles(content, (kind,))}
            yield DETAILS + _name(kind, number), _render(content, values, packet)


def _name(kind: str, number: int) -> str:
    return f"{kind}-{number:04}.html"


def _packet(
    content: Content,
    rows: dict[str, list[tuple[object, ...]]],
    cards: dict[str, list[list[tuple[object, ...]]]],
    here: tuple[str, int],
    folder: str,
) -> Markup:
    """Return what the page's script is given. `here` is the list and number of a page of details,
    `folder` the way from the page to those pages."""
    words = content.words
    points = "number" if content.given else "points"
    value = {
        "lang": words.language,
        "marks": MARKS[words.language],
        "label": told_labels(SCRIPT, words),
        "signs": SIGNS,
        "order": list(SIGNS),
        "forms": {kind: FORMS[kind].told(words, points) for kind in rows},
        "tables": {name: told_fields(form, words, points) for name, form in TABLES.items()},
        "here": here,
        "folder": folder,
        "size": A_PAGE,
        "rows": rows,
        "cards": cards,
    }
    return Markup(write_packet(value, words))


def _titles(content: Content, kinds: tuple[str, ...]) -> list[tuple[str, str, str]]:
    counts = {
        "people": len(content.people),
        "openings": len(content.openings),
        "hosts": len(content.hosts),
        "centres": len(content.centres),
    }
    words = content.words
    return [(kind, titled(FORMS[kind].title, words), words(counts[kind])) for kind in kinds]


def _render(content: Content, values: Mapping[str, object], packet: Markup) -> bytes:
    given = {
        "content": content,
        "lang": content.words.language,
        "label": told_labels(FRAME, content.words),
        "packet": packet,
        "first": None,
        "around": None,
        **values,
    }
    return render_page(FOLDER, PAGE, STYLES, given, SCRIPT_FILE)
