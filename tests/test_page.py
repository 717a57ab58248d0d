"""The page of a batch: what it holds, read back without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matcher.report.page as page_folder
from matcher.language import LANGUAGES, words_of
from matcher.report.content.values import (
    Asked,
    Bar,
    Card,
    Centre,
    Content,
    Due,
    Figure,
    Host,
    Line,
    Opening,
    Other,
    Person,
    Pictures,
    Quota,
    Reserve,
    RuleCount,
    Ruled,
    Table,
)
from matcher.report.page import write_report
from matcher.report.page.compact import write_packet
from matcher.report.page.labels import SCRIPT
from matcher.report.page.waterfall import build_waterfall
from matcher.report.sheets.values import visible

FOLDER = Path(page_folder.__file__).parent
DAY = date(2023, 4, 1)
HOSTILE = (
    '</script><script>alert("1")</script><img src=x onerror=alert(2)> ~0 {{ 7 * 7 }} \u202e\x1b[31m'
)
ONE_LINE = Line("skill_fit", "skill fit", "fit", 800, 700, 900, 380, 304_000, ("a fact",))
LINES = (ONE_LINE, Line("waiting", "time waited", "consideration", 500, 500, 500, 100, 50_000, ()))
RULE = Ruled("age", "age at entry", "fail", "17", "18", "T7", "later", DAY, "host", 2, "O1")


def person(place: int, text: str = "") -> Person:
    """Return a made-up person; every second one is proposed at a job order of their own."""
    proposed = place % 2 == 0
    key = f"C{place:05}"
    return Person(
        place=place,
        id=key,
        name=f"Peserta Contoh {place:03}{text}",
        state="conditional" if proposed else "unplaced",
        told="proposed, conditional" if proposed else "without a host so far",
        centre=f"BLK {place % 3}{text}",
        school=text,
        programme=text,
        trade=text,
        opening=f"O{place}" if proposed else "",
        work=text if proposed else "",
        host=f"H{place}{text}" if proposed else "",
        prefecture="Aichi" if proposed else "",
        score=354_000 if proposed else None,
        low=None,
        high=None,
        fit=304_000 if proposed else None,
        consideration=50_000 if proposed else None,
        conditions=("age at entry",) if proposed else (),
        due=DAY if proposed else None,
        doubts=(f"decided by lottery{text}",) if proposed else (),
        stays=40 if proposed else None,
        why="" if proposed else f"no seat{text}",
    )


def opening(place: int, people: int, text: str = "") -> Opening:
    """Return a made-up job order of a batch of so many people, of the host of the same number."""
    return Opening(
        place=place,
        id=f"O{place}",
        host=f"H{place}{text}",
        host_id=f"H{place}",
        work=text,
        group=text,
        prefecture="Aichi",
        supervisor=text,
        regime="TITP",
        entry_from=date(2023, 4, 1),
        entry_to=date(2023, 4, 30),
        interview=date(2022, 12, 12),
        closes=date(2022, 12, 1),
        seats=3,
        closed=1,
        filled=1,
        conditional=1,
        eligible=9,
        proposed=(f"C{place:05}",) if place % 2 == 0 and place < people else (),
        reserves=(Reserve(1, "C00001", text, 300_000, ""),),
        refused=(RuleCount(f"age{text}", 4, 2),),
        one_more=f"one more proposed{text}",
        more_people=1,
        more_points=60_000,
        terms=((f"wage{text}", text),),
        record=(text,) if text else (),
    )


def host(place: int, text: str = "") -> Host:
    """Return a made-up host."""
    quota = Quota(text, text, (f"O{place}",), 3, 0, 0, 3, None, 1, text, text)
    return Host(
        place=place,
        id=f"H{place}",
        name=text,
        prefecture=text,
        supervisor=text,
        staff=None,
        counted_on=DAY,
        excellent="",
        present=(1, None, 0),
        esd_people=None,
        promised=0,
        openings=(f"O{place}",),
        seats=3,
        closed=1,
        filled=1,
        conditional=1,
        quotas=(quota,),
        questions=(f"how many?{text}",),
    )


def card(text: str = "") -> Card:
    """Return a made-up card."""
    lines = tuple(replace(line, facts=(f"a fact{text}",)) for line in LINES)
    rule = replace(RULE, held=f"17{text}")
    other = Other(1, "O1", text, text, 300_000, None, 5_000, "outscored", f"why{text}")
    said = (f"a sentence{text}", text)
    return Card(lines, (rule,), (other,), (rule,), said, said, said, said)


def content(people: int, openings: int, language: str = "en", text: str = "") -> Content:
    """Return a made-up batch of so many people and job orders, `text` in every text of it."""
    persons = tuple(person(place, text) for place in range(people))
    orders = tuple(opening(place, people, text) for place in range(openings))
    ids = tuple(one.id for one in persons)
    table = Table(f"Proof{text}", text, (f"name{text}", "n", "day"), ((text, 1, DAY),))
    return Content(
        words=words_of(language),
        name="tiny",
        on=DAY,
        title=f"tiny{text}",
        mark=f"proposal{text}",
        blind=False,
        given=False,
        figures=(Figure("proposed", f"proposed{text}", 3, 4), Figure("held", "on hold", 2)),
        summary=(f"PROPOSAL{text}",),
        asked=(f"Please decide{text}",),
        notes=(f"a note{text}",),
        people=persons,
        openings=orders,
        hosts=tuple(host(place, text) for place in range(openings)),
        centres=(Centre(f"BLK{text}", people, people, 1, 1, 1, 0, 0, ids),) if people else (),
        dues=tuple(
            Due(day, text, one.id, one.name, one.opening, f"age{text}", text, text, text)
            for one in persons[:4]
            for day in (DAY,)
            if one.opening
        ),
        doubtful=tuple(range(0, min(people, 5), 2)),
        questions=(Asked("staff", "", text, ("O1",), (), f"how many?{text}"),),
        decisions=(),
        experience=(),
        pictures=Pictures((Bar(f"all{text}", 4, (4,)),), (), 740_000, (), (), (), (), (), ()),
        settings=table,
        problems=table,
        audit=table,
        review=(table,),
        draws=50,
        card_of=lambda place: card(text),
        keys=(),
    )


class Reader(HTMLParser):
    """Collects the elements of a page and the contents of its scripts."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.inside = ""
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        (self.scripts if self.inside == "script" else self.texts).append(data)

    def all(self, name: str) -> list[str]:
        """Return every value of an attribute."""
        return [given[name] or "" for _, given in self.found if name in given]


def packet(page: bytes) -> dict[str, Any]:
    """Return what the script of a page is given, its texts put back, read as the script does."""
    read = json.loads(Reader(page).scripts[0])
    value: dict[str, Any] = unpack(read["value"], read["texts"])
    return value


def unpack(value: Any, texts: list[str]) -> Any:
    """Return a packed value with its texts."""
    if isinstance(value, str):
        return texts[int(value[1:])] if value.startswith("~") else value
    if isinstance(value, list):
        return [unpack(part, texts) for part in value]
    if isinstance(value, dict):
        return {name: unpack(part, texts) for name, part in value.items()}
    return value


def leaves(value: object) -> Iterator[object]:
    """Yield all that is no list and no dict."""
    if isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, list | tuple):
        parts = list(value)
    else:
        parts = []
        yield value
    for part in parts:
        yield from leaves(part)


TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["~", "~0", HOSTILE])
ROWS = st.recursive(
    TEXTS | st.integers(-9, 9) | st.none(),
    lambda part: st.lists(part, max_size=3).map(tuple),
    max_leaves=6,
)
VALUES = st.recursive(
    TEXTS | st.integers(-(10**9), 10**9) | st.none() | ROWS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=30,
)


@given(VALUES)
def test_what_is_packed_is_read_back_as_it_is_shown(value: object) -> None:
    written = write_packet(value, words_of("id"))
    assert not set("<>&\u2028\u2029") & set(written)
    read = json.loads(written)

    def shown(part: object) -> object:
        if isinstance(part, str):
            return visible(part)
        if isinstance(part, list | tuple):
            return [shown(one) for one in part]
        if isinstance(part, dict):
            return {name: shown(one) for name, one in part.items()}
        return part

    assert unpack(read["value"], read["texts"]) == shown(value)
    assert len(read["texts"]) <= len({leaf for leaf in leaves(value) if isinstance(leaf, str)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_told(language: str) -> None:
    words = words_of(language)
    assert json.loads(write_packet([DAY, (1, DAY, DAY)], words)) == {
        "value": ["2023-04-01", [1, "2023-04-01", "2023-04-01"]],
        "texts": [],
        "days": {"2023-04-01": words(DAY)},
    }


@pytest.mark.parametrize("value", [True, 0.5, {1}, [(1, b"")]])
def test_what_a_page_does_not_show_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"not a value of a page|unhashable"):
        write_packet(value, words_of("id"))


LINE_LISTS = st.lists(
    st.builds(
        lambda part, ends, weight, at: Line(
            "c", "c", part, ends[at], ends[0], ends[2], weight, ends[at] * weight, ()
        ),
        st.sampled_from(["fit", "consideration"]),
        st.tuples(*[st.integers(0, 1000)] * 3).map(lambda ends: sorted(ends)),
        st.integers(0, 400),
        st.integers(0, 2),
    ),
    max_size=8,
)


@given(LINE_LISTS)
def test_the_waterfall_ends_at_the_score(lines: list[Line]) -> None:
    bars = build_waterfall(lines, words_of("en"))
    score = sum(line.contribution for line in lines)
    if not any(line.weight for line in lines):
        assert not bars
        return
    *steps, total = bars
    assert (total.kind, total.start, total.end) == ("total", 0, score)
    at = 0
    for bar in steps:
        assert bar.start <= bar.end <= bar.high <= bar.reach
        if bar.kind == "line":
            assert bar.start == at and bar.value is not None and bar.weight is not None
            assert bar.end - bar.start == bar.value * bar.weight
            at = bar.end
        else:
            assert bar.end == at
    fit, consideration = (
        next(bar for bar in steps if bar.kind == part) for part in ("fit", "consideration")
    )
    assert fit.end - fit.start == sum(line.contribution for line in lines if line.part == "fit")
    assert (consideration.start, consideration.end) == (fit.end, score)
    assert total.low <= score <= total.most and total.reach >= total.high


def test_given_scores_have_no_waterfall() -> None:
    line = Line("given", "given score", "given", 0, 0, 0, 0, 12_345_678, ())
    assert build_waterfall([line], words_of("en")) == []
    one = replace(content(2, 2), given=True, card_of=lambda _: replace(card(), lines=(line,)))
    (page,) = write_report(one).values()
    read = packet(page)
    assert 12_345_678 in list(leaves(read["cards"]))
    assert "points" not in {kind for form in read["forms"].values() for _, kind in form["fields"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_stay_texts(language: str) -> None:
    tame, wild = (
        next(iter(write_report(content(7, 5, language, text)).values())) for text in ("", HOSTILE)
    )
    read = Reader(wild)
    assert {tag for tag, _ in read.found} <= {tag for tag, _ in Reader(tame).found} | {"ul", "li"}
    assert not [
        name
        for _, given in read.found
        for name in given
        if name.startswith("on") or name == "style"
    ]
    assert len(read.scripts) == 2 and read.scripts[1] == (FOLDER / "page.js").read_text("utf-8")
    assert "\u202e" not in wild.decode() and "\x1b" not in wild.decode()
    seen = visible(HOSTILE)
    assert any(seen in text for text in read.texts)
    assert any(isinstance(leaf, str) and seen in leaf for leaf in leaves(packet(wild)["cards"]))
    # every name is as harmless in the address of a link
    assert all(address.startswith("#") for address in read.all("href"))


def test_links_lead_somewhere() -> None:
    (page,) = write_report(content(9, 6)).values()
    read, given = Reader(page), packet(page)
    rows = given["rows"]
    assert isinstance(rows, dict)
    ids = read.all("id")
    assert len(set(ids)) == len(ids)
    for address in read.all("href"):
        kind, _, key = unquote(unescape(address)).removeprefix("#").partition("/")
        assert key in [row[0] for row in rows[kind]] if key else kind in ids
    for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
        assert set(read.all(name)) <= set(ids)


def test_the_policy_lets_nothing_in() -> None:
    (page,) = write_report(content(2, 2)).values()
    policy = next(
        g["content"] or "" for t, g in Reader(page).found if t == "meta" and "content" in g
    )
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not {tag for tag, _ in Reader(page).found} & {
        "link",
        "img",
        "iframe",
        "object",
        "base",
        "form",
    }


def test_the_script_is_small_and_writes_texts_only() -> None:
    script = (FOLDER / "page.js").read_text("utf-8")
    assert len(script.encode()) <= 20 * 1024
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "Function(",
    ):
        assert word not in script
    assert set(re.findall(r"\blabel\.(\w+)", script)) <= set(SCRIPT)
    # words for people come with the page: a text in quotes is a name of code, never a sentence
    quoted = re.findall(r'"([^"\n]*)"', script)
    assert not [text for text in quoted if re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", text)]


def test_small_batches_are_one_file_with_a_card_each() -> None:
    files = write_report(content(9, 6))
    given = packet(files["report.html"])
    assert list(files) == ["report.html"]
    for kind, n in (("people", 9), ("openings", 6), ("hosts", 6), ("centres", 1)):
        assert len(given["rows"][kind]) == len(given["cards"][kind]) == n
        fields = given["forms"][kind]["fields"]
        assert {len(row) for row in given["rows"][kind]} == {len(fields)}
    for cards in given["cards"].values():
        for kind, _, value, *form in (block for one in cards for block in one):
            assert kind in ("facts", "list", "table", "waterfall", "grounds")
            if form:
                assert {len(row) for row in value} == {len(given["tables"][form[0]])}


def test_large_batches_have_pages_of_cards() -> None:
    one = content(2001, 3)
    files = write_report(one)
    first = packet(files["report.html"])
    pages = {name: packet(page) for name, page in files.items() if name != "report.html"}
    assert len(first["rows"]["people"]) == 2001 and set(first["cards"]) == {"centres"}
    shown = [
        row[0] for name, read in pages.items() if "people" in name for row in read["rows"]["people"]
    ]
    assert shown == [one.id for one in one.people]
    assert sorted(pages) == [
        "details/hosts-0001.html",
        "details/openings-0001.html",
        *(f"details/people-{n:04}.html" for n in range(1, 6)),
    ]
    for name, read in pages.items():
        (kind,) = read["rows"]
        assert read["here"] == [kind, int(name[-9:-5])]
        assert len(read["rows"][kind]) == len(read["cards"][kind]) <= 500
    for name, page in files.items():
        for address in Reader(page).all("href"):
            path, _, _ = address.partition("#")
            assert not path or (
                Path("details") / path if name != "report.html" else Path(path)
            ).as_posix() in {*files, "details/../report.html"}


def test_links_of_large_batches_name_the_page_that_holds_them() -> None:
    files = write_report(content(2001, 1200))
    held = {
        (kind, row[0]): int(name[-9:-5])
        for name, page in files.items()
        if name != "report.html"
        for kind, rows in packet(page)["rows"].items()
        for row in rows
    }
    read = packet(files["report.html"])
    kinds = [kind for _, kind in read["forms"]["people"]["fields"]]
    links = [
        (kind, *value[:2])
        for row in read["rows"]["people"]
        for kind, value in zip(kinds, row, strict=True)
        if kind in ("openings", "hosts") and isinstance(value, list)
    ]
    assert len(links) > 1000
    assert all(held[kind, key] == number for kind, key, number in links)


@pytest.mark.parametrize("people,openings", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_empty_batches_have_a_page(people: int, openings: int) -> None:
    nothing = Pictures((), (), 0, (), (), (), (), (), ())
    one = replace(content(people, openings), figures=(), asked=(), notes=(), pictures=nothing)
    one = replace(one, questions=(), review=(), draws=0, card_of=lambda _: Card(*[()] * 8))
    (page,) = write_report(one).values()
    assert len(packet(page)["rows"]["people"]) == people
    assert 'href="#pictures"' not in page.decode()


def test_the_same_content_gives_the_same_bytes() -> None:
    assert write_report(content(9, 6, "ja")) == write_report(content(9, 6, "ja"))
