"""Cells as they come: what is read, what is mended and how, what is refused or asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.check import cells
from matcher.check.cells import Cell, CellFault, Found, Parse
from matcher.errors import load_codes
from matcher.explain.reasons.worded import MEDICALS
from matcher.language import LANGUAGES, say, words_of
from matcher.personal import mask, mask_numbers
from matcher.problem import (
    FIT,
    IN_PROGRESS,
    NO,
    NOT_PASSED,
    NOT_TESTED,
    PASSED,
    PENDING,
    UNFIT,
    YES,
    day_number,
    day_of,
)

BIRTHS = (day_number(date(1962, 12, 12)), day_number(date(2007, 12, 12)))
COURSES = (day_number(date(2007, 12, 12)), day_number(date(2037, 12, 12)))
PARSERS: dict[str, Parse[Any]] = {
    "one_line": cells.one_line,
    "free_text": cells.free_text,
    "day": cells.day(),
    "day dmy": cells.day("dmy", BIRTHS),
    "day mdy": cells.day("mdy", COURSES),
    "day ymd": cells.day("ymd", COURSES),
    "day serial": cells.day("serial"),
    "whole": cells.whole(),
    "whole id": cells.whole(-9, 10**6, style="id", units=cells.JP),
    "whole en": cells.whole(style="en", units=cells.PEOPLE),
    "months": cells.whole(0, 600, units=cells.MONTHS),
    "money": cells.money(),
    "money id": cells.money("id", currency="IDR"),
    "money en": cells.money("en", currency="JPY", low=1),
    "share": cells.share(),
    "share id": cells.share("id"),
    "share en": cells.share("en"),
    "yes_no": cells.yes_no,
    "result": cells.result,
    "medical": cells.medical,
    "sex": cells.sex,
    "choice": cells.choice({"titp": 0, "esd": 1}),
    "level": cells.level,
    "tested_level": cells.tested_level,
    "identifier": cells.identifier(),
    "identifier 7": cells.identifier(7),
    "known_id": cells.known_id({"A1", "007"}, say("host")),
    "phone": cells.phone,
}
MARKS = (
    *("", "number", "number long", "number padded", "number percent", "number formula"),
    *("date", "number date", "bool", "formula"),
)


def outcome(parse: Parse[Any], text: str, marks: str = "") -> tuple[Any, str, str]:
    """Return the value, text and code of a cell, or of its fault ("", "", code)."""
    try:
        found = parse(Cell(text, marks))
    except CellFault as fault:
        assert fault.code in load_codes()
        assert words_of("en")(fault.reason)
        assert fault.mend is not None and words_of("en")(fault.mend)
        return "", "", fault.code
    assert bool(found.code) == (found.text != text), found
    return found.value, found.text, found.code


def refusals(*cases: tuple[str, str]) -> list[tuple[str, str]]:
    """Return pairs of a code and one text, from codes with texts between bars."""
    return [(code, text) for code, texts in cases for text in texts.split("|")]


# Text


@pytest.mark.parametrize(
    ("written", "tidied", "code"),
    [
        ("Siti Aminah", "Siti Aminah", ""),
        ("山田　太郎", "山田 太郎", "SPACES"),
        (" Siti ", "Siti", "SPACES"),
        ("Siti  Aminah", "Siti Aminah", "SPACES"),
        ("10\u00a0000", "10 000", "SPACES"),
        ("10\u2009000", "10 000", "SPACES"),
        ("las\tCNC", "las CNC", "SPACES"),
        ("\u3000", "", "SPACES"),
        ("las\r\nCNC", "las\nCNC", "SPACES"),
        ("las \r CNC", "las\nCNC", "SPACES"),
        ("las\n\nCNC", "las\n\nCNC", ""),
        ("\u00a0Siti\u200b", "Siti", "UNSEEN"),
        ("\ufeffnik", "nik", "UNSEEN"),
        ("Siti\u202egnp.exe", "Sitignp.exe", "UNSEEN"),
        ("Siti\U000e0041", "Siti", "UNSEEN"),
        ("a\x00b\x08c", "abc", "UNSEEN"),
        ("a\x0bb", "a\nb", "UNSEEN"),
        ("a\u2028b", "a\nb", "UNSEEN"),
        ("\ud83d", "\ufffd", "UNSEEN"),
        ("a\ufffe", "a", "UNSEEN"),
        ("Siti\u200dNur", "SitiNur", "UNSEEN"),
        ("👩\u200d🏭 Siti", "👩\u200d🏭 Siti", ""),
        ("می\u200cخواهم", "می\u200cخواهم", ""),
        ("か\u3099", "が", "COMPOSED"),
        ("葛\U000e0100城", "葛\U000e0100城", ""),
        ("ﾔﾏﾀﾞ", "ﾔﾏﾀﾞ", ""),
        ("髙橋①㈱Ⅲ", "髙橋①㈱Ⅲ", ""),
        ("\U000323b0", "\U000323b0", ""),  # a kanji that Python 3.11 does not know yet
    ],
)
def test_tidy(written: str, tidied: str, code: str) -> None:
    assert cells.tidy(written) == (tidied, code)


@given(st.text(st.characters(), max_size=12))
@example("e\u200b\u0301\u200d日")
@example("K\u200d\u200d日")
@example("\u212a\u200d日")
def test_tidying_twice_is_tidying_once_and_never_silent(text: str) -> None:
    tidied, code = cells.tidy(text)
    assert cells.tidy(tidied) == (tidied, "")
    assert bool(code) == (tidied != text)


@pytest.mark.parametrize(
    "name", ["NA", "None", "Null", "NULL", "nan", "Inf", "Tidak Ada", "なし", "N/A", "0000", "#N/A"]
)
def test_a_name_is_a_name(name: str) -> None:
    assert cells.one_line(Cell(name)) == Found(name, name)


def test_names_and_free_text() -> None:
    assert outcome(cells.one_line, "las\nCNC") == ("las CNC", "las CNC", "LINE_BREAK")
    assert outcome(cells.free_text, "las\nCNC") == ("las\nCNC", "las\nCNC", "")
    for parse in (cells.one_line, cells.free_text):
        assert [outcome(parse, dash) for dash in "-–—ー"] == [("", "", "NO_DATA_WORD")] * 4
    assert outcome(cells.one_line, "2023-03-01", "date")[2] == "CODE_IS_DATE"


def test_words_for_no_data() -> None:
    for word in ("-", "–", "—", "--", "N/A", "NA", "tidak ada", "なし", "不明", "0000", "Ｎ／Ａ"):
        assert cells.is_no_data(word), word
    for word in ("", "0", "tidak", "Nama", "belum"):
        assert not cells.is_no_data(word), word
    assert not cells.is_no_data("Tidak ada", ("tidak ada",))


def test_lists() -> None:
    assert cells.parts("las; CNC；旋盤、溶接|bubut\nfrais;") == [
        *("las", "CNC", "旋盤", "溶接", "bubut", "frais"),
    ]
    assert cells.parts("Plate Welder 3G-UP/PF, dasar") == ["Plate Welder 3G-UP/PF, dasar"]
    assert cells.finer_parts("las, CNC／旋盤/溶接，bubut; frais") == [
        *("las", "CNC", "旋盤", "溶接", "bubut", "frais"),
    ]
    assert cells.listed("a;b", ["a", "b"]) == ("a;b", "")
    assert cells.listed("a; b", ["a", "b"]) == ("a; b", "")
    assert cells.listed("a、b", ["a", "b"]) == ("a; b", "LIST_MARKS")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "鬥ｬ蜷・",
            "ã‚¤",
            "ã\x81\x82",
            "Ã©",
            "\ufffd",
            "縺ゅ＞",
            "螻ｱ逕ｰ",
            "繧ｿ繝ｼ",
            "ï»¿nik",
            "itâ€™s",
        ),
        *(text.encode().decode("cp932", "replace") for text in ("山田太郎", "溶接技術", "かいご")),
        *(text.encode().decode("latin-1") for text in ("山田太郎", "溶接技術", "あ", "é")),
    ],
)
def test_text_decoded_wrongly_is_known(text: str) -> None:
    assert cells.has_mojibake(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Siti Nur'aini", "Renée Café", "JOÃO", "50 °C", "Rp 25.000", "“kutipan”", "…”", "naïf"),
        *(
            "山田太郎",
            "髙橋①㈱Ⅲ",
            "ﾔﾏﾀﾞ ﾀﾛｳ",
            "麒麟ﾋﾞｰﾙ",
            "溶接ﾌﾟﾗﾝﾄ",
            "糸の縺れ",
            "繧繝縁",
            "馬名",
            "点検連番,型式",
        ),
        *("蕎麦ﾔ", "檜ｻﾝ", "協同組合・会社", "３２０１", "한국어", "ภาษาไทย", "Nguyễn Văn Ã"),
    ],
)
def test_ordinary_text_is_not(text: str) -> None:
    assert not cells.has_mojibake(text)


def test_pictures_in_names() -> None:
    for text in ("👩\u200d🏭 Siti", "Siti ★", "\ue000", "Siti ✓️"):
        assert cells.is_emoji_or_odd(text), text
    for text in ("Siti", "Nur'aini, A.Md.", "髙橋㈱", "〒105", "№ 1", "José"):
        assert not cells.is_emoji_or_odd(text), text


# Days

DAYS = [
    # plain
    ("2023-04-01", "2023-04-01", ""),
    ("2023-04-01", "9999-12-31", ""),
    # digits only
    ("2023-04-01", "2023/4/1|2023.04.01|2023-4-1|20230401|'2023-04-01", "DATE_FORM"),
    ("2023-04-01", "２０２３－０４－０１|2023‐04‐01", "DATE_FORM"),
    ("2001-02-13", "13/02/2001|13-2-2001|13.02.2001", "DATE_FORM"),
    ("2001-02-13", "02/13/2001|13 / 02 / 2001|13 02 2001", "DATE_FORM"),
    ("2001-02-13", "１３／０２／２００１|13022001", "DATE_FORM"),
    ("2005-05-05", "5/5/2005|05.05.2005", "DATE_FORM"),
    # names of months and days
    ("2023-01-03", "3 Januari 2023|3 Jan 2023|3-Jan-2023", "DATE_FORM"),
    ("2023-01-03", "03 January 2023|January 3, 2023", "DATE_FORM"),
    ("2023-01-03", "Jan 3 2023|2023-Jan-03|3rd Jan 2023", "DATE_FORM"),
    ("2023-01-03", "3 JAN. 2023|Selasa, 3 Januari 2023", "DATE_FORM"),
    ("2002-08-05", "5 Agt 2002|5 Agu 2002|5 Ags 2002", "DATE_FORM"),
    ("2002-08-05", "5 Agustus 2002|5 Aug 2002|5Agt2002", "DATE_FORM"),
    ("2002-02-05", "5 Pebruari 2002|5 Peb 2002|5 Februari 2002|5/Feb/2002", "DATE_FORM"),
    ("2002-11-08", "8 Nopember 2002|8 Nop 2002", "DATE_FORM"),
    ("2002-11-08", "Jum'at, 8 November 2002|Jum’at 8 Nov 2002", "DATE_FORM"),
    ("2002-05-08", "8 Mei 2002|8 May 2002", "DATE_FORM"),
    ("2002-12-18", "18 Des 2002|18 Dec 2002|18 Desember 2002|Rabu, 18/12/2002", "DATE_FORM"),
    ("2002-10-18", "18 Okt 2002|18 Oktober 2002|18 Oct 2002", "DATE_FORM"),
    # Japanese
    ("2023-04-01", "2023年4月1日|2023 年 4 月 1 日|２０２３年４月１日", "DATE_FORM"),
    ("2023-04-01", "2023年4月1日(土)|2023年4月1日（土曜日）", "DATE_FORM"),
    ("2019-05-01", "令和元年5月1日|R1.5.1|R元.5.1|㋿元年5月1日", "ERA"),
    ("2019-05-01", "令和1年5月1日|r1/5/1|H31.5.1|平成31年5月1日", "ERA"),
    ("1985-01-08", "S60/1/8|昭和60年1月8日|S60.1.8|昭60.1.8|Ｓ６０．１．８", "ERA"),
    ("1989-01-08", "S64.1.8|H1.1.8|㍻元年1月8日", "ERA"),
    ("1912-07-30", "T1.7.30|大正元年7月30日|M45.7.30", "ERA"),
    # midnight
    ("2001-02-03", "2001-02-03 00:00:00|2001-02-03T00:00:00", "ZERO_TIME"),
    ("2001-02-03", "2001-02-03 00:00|2001/02/03 0:00", "ZERO_TIME"),
    ("2001-02-03", "2001-02-03 00:00:00.000|2001-02-03 12:00:00 AM", "ZERO_TIME"),
    # nothing
    ("", "-|–|tidak ada|なし|N/A|0000|0000-00-00|00/00/0000", "NO_DATA_WORD"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("iso", "written", "code"),
    [(iso, text, code) for iso, texts, code in DAYS for text in texts.split("|")],
)
def test_days(iso: str, written: str, code: str) -> None:
    found = cells.day()(Cell(written))
    expected = written if not code else iso
    assert found.text == expected
    assert found.code in (code, "WIDTH" if code == "DATE_FORM" else code)
    if iso:
        assert found.value == day_number(date.fromisoformat(found.text))


@pytest.mark.parametrize(
    ("code", "written"),
    refusals(
        ("DATE_ORDER", "01/02/2001|1.2.2001|12-4-1998|01022001|01/02/03|14/01/03|3.5.1|31年5月1日"),
        ("DATE_SERIAL", "44927|36925|44927.5|10000|80000"),
        ("DATE_IMPOSSIBLE", "31/02/2001|2001-02-31|2023-13-01|00/05/2001|29 Februari 2001"),
        ("DATE_IMPOSSIBLE", "令和0年5月1日|昭和65年1月1日|S111.1.1|平成32年1月1日|H31.2.30|M5.1.1"),
        ("DATE_IMPOSSIBLE", "Senin, 3 Januari 2023|2023年4月1日(日)|45/13/2001|0000-01-01"),
        ("DATE_TIME", "2001-02-03 10:30:00|2001-02-03T24:00:00|2001-02-03T00:00:00Z"),
        ("DATE_TIME", "2001-02-03 00:00:00+07:00|2001-02-03 12:00|2001-02-03 12:00 PM"),
        ("NOT_A_DATE", "20001-01-02|23-Jan-24|01/02/200|Apr-23|besok|2023|12/2023|640|9999"),
        ("NOT_A_DATE", "12/04-1998|1 Foo 2023|1e5|²⁰²³|٢٠٢٣-٠٤-٠١|90000|NaN"),
    ),
)
def test_days_refused_or_asked(code: str, written: str) -> None:
    assert outcome(cells.day(), written)[2] == code


@pytest.mark.parametrize(
    ("order", "written", "expected"),
    [
        ("dmy", "01/02/2001", "2001-02-01"),
        ("mdy", "01/02/2001", "2001-01-02"),
        ("dmy", "01022001", "2001-02-01"),
        ("dmy", "2001-01-02", "2001-01-02"),
        ("dmy", "02/13/2001", "DATE_IMPOSSIBLE"),
        ("mdy", "13/02/2001", "DATE_IMPOSSIBLE"),
        ("ymd", "01/02/2001", "DATE_ORDER"),
        ("dmy", "14/01/03", "2003-01-14"),
        ("mdy", "01/14/03", "2003-01-14"),
        ("ymd", "03-01-14", "2003-01-14"),
        ("dmy", "3.5.1", "NOT_A_DATE"),
        ("serial", "44927", "2023-01-01"),
        ("serial", "44927.5", "DATE_TIME"),
        ("serial", "44927.0", "2023-01-01"),
        ("serial", "01/02/2001", "DATE_ORDER"),
    ],
)
def test_days_in_the_declared_order(order: str, written: str, expected: str) -> None:
    _, text, code = outcome(cells.day(order, BIRTHS), written)
    assert (text or code) == expected


@pytest.mark.parametrize(
    ("window", "written", "expected"),
    [
        (COURSES, "23-Jan-24", "2024-01-23"),
        (COURSES, "15-May-25", "2025-05-15"),
        (BIRTHS, "23-Jan-99", "1999-01-23"),
        (BIRTHS, "5 Agt 02", "2002-08-05"),
        (BIRTHS, "23-Jan-24", "NOT_A_DATE"),
        ((BIRTHS[0] - 40_000, COURSES[1]), "23-Jan-24", "NOT_A_DATE"),  # both centuries
        (BIRTHS, "29-Feb-00", "2000-02-29"),
        (BIRTHS, "1 Jan 2", "NOT_A_DATE"),
    ],
)
def test_years_of_two_digits(window: tuple[int, int], written: str, expected: str) -> None:
    _, text, code = outcome(cells.day(None, window), written)
    assert (text or code) == expected


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("2023-04-01", "date", ("2023-04-01", "")),
        ("2023-04-01 00:00:00", "date", ("2023-04-01", "ZERO_TIME")),
        ("2023-04-01 10:30:00", "date", ("", "DATE_TIME")),
        ("1900-02-28", "date", ("", "DATE_IMPOSSIBLE")),
        ("1900-03-01", "date", ("1900-03-01", "")),
        ("-5", "number date", ("", "DATE_IMPOSSIBLE")),
        ("2958466", "number date", ("", "DATE_IMPOSSIBLE")),
        ("44927", "number", ("", "DATE_SERIAL")),
        ("60", "number", ("", "NOT_A_DATE")),
        ("20230401", "number", ("2023-04-01", "DATE_FORM")),
        ("-44927", "number", ("", "NOT_A_DATE")),
        ("TRUE", "bool", ("", "NOT_A_DATE")),
    ],
)
def test_days_of_workbooks(text: str, marks: str, expected: tuple[str, str]) -> None:
    assert outcome(cells.day(), text, marks)[1:] == expected


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1950, 2049), st.sampled_from("/-."))
def test_an_ambiguous_day_never_has_a_value(first: int, second: int, year: int, mark: str) -> None:
    if first != second:
        assert outcome(cells.day(), f"{first}{mark}{second}{mark}{year}")[2] == "DATE_ORDER"
        assert outcome(cells.day(), f"{first:02}{mark}{second:02}{mark}{year % 100:02}")[1] == ""


def test_the_order_that_a_column_proves() -> None:
    assert cells.prove_date_order(["01/02/2001", "13/02/2001", "x"]) == {"dmy"}
    assert cells.prove_date_order(["01/13/2001"]) == {"mdy"}
    assert cells.prove_date_order(["01/13/2001", "14.1.2001"]) == {"dmy", "mdy"}
    assert cells.prove_date_order(["01/02/2001", "2001-02-13", "13/14/2001", "14/01/03"]) == set()


def test_columns_that_excel_half_swapped() -> None:
    texts = [Cell(f"{day}/02/2001") for day in (13, 25, 28)]
    real = [Cell(f"2001-{month}-02", "date") for month in ("01", "03", "12")]
    assert cells.half_swapped(texts + real)
    assert not cells.half_swapped(texts[:2] + real)
    assert not cells.half_swapped(texts + real[:2])
    assert not cells.half_swapped([*texts, *real, Cell("5/02/2001")])
    assert not cells.half_swapped([*texts, *real, Cell("2001-01-13", "date")])
    assert not cells.half_swapped([])


def test_filler_days() -> None:
    assert {day_of(number).isoformat() for number in cells.FILLERS} == {
        *("1900-01-01", "1970-01-01", "2000-01-01"),
    }


# Numbers


@pytest.mark.parametrize(
    ("written", "value", "code"),
    [
        ("640", 640, ""),
        ("0", 0, ""),
        ("-5", -5, ""),
        ("0640", 640, "NUMBER_FORM"),
        ("+5", 5, "NUMBER_FORM"),
        ("'640", 640, "NUMBER_FORM"),
        ("640,0", 640, "NUMBER_FORM"),
        ("640.0", 640, "NUMBER_FORM"),
        ("25.000.000", 25_000_000, "NUMBER_FORM"),
        ("25,000,000", 25_000_000, "NUMBER_FORM"),
        ("1.234,0", 1234, "NUMBER_FORM"),
        ("1,234.00", 1234, "NUMBER_FORM"),
        ("10 000", 10_000, "NUMBER_FORM"),
        ("10\u00a0000", 10_000, "NUMBER_FORM"),
        ("６４０", 640, "WIDTH"),
        ("－5", -5, "WIDTH"),
        ("−5", -5, "NUMBER_FORM"),
        ("639.9999999999999999", 640, "FLOAT_NOISE"),
    ],
)
def test_whole_numbers(written: str, value: int, code: str) -> None:
    found = cells.whole(-100)(Cell(written))
    assert (found.value, found.text, found.code) == (value, str(value), code)


@pytest.mark.parametrize(
    ("code", "written"),
    refusals(
        ("NUMBER_STYLE", "1.200|1,200|12.345|999,000|2.500"),
        (
            "NOT_A_NUMBER",
            "2,5|2.5|1.65|1.234,5|0.875|1234.567|abc|5²|①|Infinity|inf|NaN|-inf|nan|1E5",
        ),
        (
            "NOT_A_NUMBER",
            "1e3|3,21E+15|²|٣|½|1.2.3|25.00.000|1.234.5|12-13|5.|.5|--5|640 xx|£5|0x1F",
        ),
        ("NOT_A_NUMBER", "APBN|Mandiri|1_000|10 00|1 2|TRUE|640 JP|sekitar 30|50%"),
        ("OUT_OF_RANGE", "1000001|-1|99999999999999999999"),
        ("NO_DATA_WORD", "-|–|tidak ada|なし|N/A|0000|不明"),
    ),
)
def test_whole_numbers_refused_or_asked(code: str, written: str) -> None:
    assert outcome(cells.whole(0, 1_000_000), written)[2] == code


@pytest.mark.parametrize(
    ("style", "written", "expected"),
    [
        ("id", "1.200", 1200),
        ("en", "1,200", 1200),
        ("id", "1,200", "NOT_A_NUMBER"),
        ("en", "1.200", "NOT_A_NUMBER"),
        ("id", "2,000", 2),
        ("id", "1,234.0", "NOT_A_NUMBER"),
        ("id", "10 000", 10_000),
    ],
)
def test_the_declared_style(style: str, written: str, expected: int | str) -> None:
    value, _, code = outcome(cells.whole(style=style), written)
    assert (code if value == "" else value) == expected


@pytest.mark.parametrize(
    ("units", "written", "value"),
    [
        (cells.JP, "340 JP", 340),
        (cells.JP, "340JP", 340),
        (cells.JP, "340 jam pelajaran", 340),
        (cells.HOURS, "340 jam", 340),
        (cells.HOURS, "５時間", 5),
        (cells.MONTHS, "36 bulan", 36),
        (cells.MONTHS, "36ヶ月", 36),
        (cells.MONTHS, "36か月", 36),
        (cells.MONTHS, "3年", 36),
        (cells.MONTHS, "3 tahun", 36),
        (cells.MONTHS, "1,5 tahun", 18),
        (("cm",), "１７０ cm", 170),
        (("cm",), "170㎝", 170),
        (cells.MINUTES, "45 menit", 45),
        (cells.PEOPLE, "12名", 12),
        (cells.PEOPLE, "５人", 5),
        (cells.PEOPLE, "12 org.", 12),
    ],
)
def test_units(units: Sequence[str], written: str, value: int) -> None:
    found = cells.whole(units=units)(Cell(written))
    assert (found.value, found.text, found.code) == (value, str(value), "NUMBER_FORM")


@pytest.mark.parametrize(
    ("units", "written"),
    [
        (cells.JP, "340 jam"),
        (cells.JP, "43 hari"),
        (cells.HOURS, "340 JP"),
        (cells.MONTHS, "1,5 bulan"),
        (cells.MONTHS, "43 hari"),
        ((), "340 JP"),
    ],
)
def test_units_of_other_columns(units: Sequence[str], written: str) -> None:
    assert outcome(cells.whole(units=units), written)[2] == "NOT_A_NUMBER"


def test_lesson_hours_are_no_clock_hours() -> None:
    with pytest.raises(CellFault) as fault:
        cells.whole(units=cells.JP)(Cell("340 jam"))
    assert "clock hours" in words_of("en")(fault.value.reason)


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("1200", "number", ("1200", "")),
        ("1.2", "number", ("", "NOT_A_NUMBER")),
        ("1.234", "number", ("", "NOT_A_NUMBER")),  # never 1234
        ("007", "number padded", ("7", "NUMBER_FORM")),
        ("0.5", "number percent", ("", "NOT_A_NUMBER")),
        ("1E+20", "number", ("", "OUT_OF_RANGE")),
        ("1E+999", "number", ("", "OUT_OF_RANGE")),
        ("2023-01-02", "date", ("", "NOT_A_NUMBER")),
        ("TRUE", "bool", ("", "NOT_A_NUMBER")),
        ("0", "number formula", ("0", "")),
    ],
)
def test_numbers_of_workbooks(text: str, marks: str, expected: tuple[str, str]) -> None:
    assert outcome(cells.whole(), text, marks)[1:] == expected


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Rp 25.000.000", 25_000_000),
        ("Rp. 25.000.000,-", 25_000_000),
        ("Rp25.000", 25_000),
        ("Rp 25.000,00", 25_000),
        ("25.000,-", 25_000),
        ("25 juta", 25_000_000),
        ("25jt", 25_000_000),
        ("1,5 juta", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("500 ribu", 500_000),
        ("500rb", 500_000),
        ("Rp 2 miliar", 2_000_000_000),
        ("¥180,000", 180_000),
        ("￥１８０，０００", 180_000),
        ("180,000円", 180_000),
        ("18万円", 180_000),
        ("180000 yen", 180_000),
        ("gratis", 0),
        ("Tanpa biaya", 0),
        ("無料", 0),
    ],
)
def test_money(written: str, value: int) -> None:
    assert outcome(cells.money(), written) == (value, str(value), "NUMBER_FORM")


@pytest.mark.parametrize(
    ("code", "written"),
    refusals(
        ("NUMBER_STYLE", "25.000|180,000|1.500 juta"),
        (
            "NOT_A_NUMBER",
            "APBN|Mandiri|25k|Rp|Rp -- 5|Rp 2.500,50|100 USD|Rp 5 yen|25 M|NaN|1E5|₹5",
        ),
        ("OUT_OF_RANGE", "-5|Rp -5|9000 miliar"),
        ("NO_DATA_WORD", "-|tidak ada"),
    ),
)
def test_money_refused_or_asked(code: str, written: str) -> None:
    assert outcome(cells.money(), written)[2] == code


def test_money_of_a_column_and_of_workbooks() -> None:
    assert outcome(cells.money("id"), "25.000")[0] == 25_000
    assert outcome(cells.money(currency="IDR"), "Rp 25.000")[0] == 25_000
    assert outcome(cells.money(currency="IDR"), "¥180,000")[2] == "NOT_A_NUMBER"
    assert outcome(cells.money(low=1), "gratis")[2] == "NOT_A_NUMBER"
    assert outcome(cells.money(), "25000000", "number") == (25_000_000, "25000000", "")


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("87", "", (87, "87", "")),
        ("87.5", "", (87, "87.5", "")),
        ("87,5", "", (87, "87.5", "NUMBER_FORM")),
        ("87.125", "", (87, "87.125", "")),
        ("87%", "", (87, "87", "NUMBER_FORM")),
        ("87 persen", "", (87, "87", "NUMBER_FORM")),
        ("８７％", "", (87, "87", "NUMBER_FORM")),
        ("0.875", "number percent", (87, "87.5", "PERCENT_SCALED")),
        ("1", "number percent", (100, "100", "PERCENT_SCALED")),
        ("0", "number percent", (0, "0", "")),
        ("87", "number percent", ("", "", "OUT_OF_RANGE")),
        ("100", "", (100, "100", "")),
        ("100.5", "", ("", "", "OUT_OF_RANGE")),
        ("1.000", "", (1, "1", "NUMBER_FORM")),
        ("87.19999999999999999", "", (87, "87.2", "FLOAT_NOISE")),
        ("14/16", "", ("", "", "NOT_A_NUMBER")),
        ("A", "", ("", "", "NOT_A_NUMBER")),
        ("-", "", (-1, "", "NO_DATA_WORD")),
    ],
)
def test_shares(text: str, marks: str, expected: tuple[object, str, str]) -> None:
    assert outcome(cells.share(), text, marks) == expected


def test_columns_of_shares_and_proofs_of_style() -> None:
    assert cells.looks_like_shares([Cell("0.875"), Cell("1"), Cell("0,5"), Cell("-")])
    assert not cells.looks_like_shares([Cell("1"), Cell("0")])
    assert not cells.looks_like_shares([Cell("0.875"), Cell("87")])
    assert not cells.looks_like_shares([Cell("0.875", "number percent")])
    assert not cells.looks_like_shares([Cell("0.875%"), Cell("0.5")])
    assert not cells.looks_like_shares([])
    assert cells.prove_number_style([Cell("1.200"), Cell("640"), Cell("10 000")]) == set()
    assert cells.prove_number_style([Cell("Rp 25.000.000"), Cell("3,45")]) == {"id"}
    assert cells.prove_number_style([Cell("1,234.5"), Cell("3,45")]) == {"id", "en"}
    assert cells.prove_number_style([Cell("3.45", "number")]) == set()


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_an_ambiguous_number_never_has_a_value(front: int, back: int, mark: str) -> None:
    for parse in (cells.whole(), cells.money(), cells.whole(units=cells.JP)):
        assert outcome(parse, f"{front}{mark}{back:03}") == ("", "", "NUMBER_STYLE")


# Words

WORDS: list[tuple[Parse[Any], Any, str, str]] = [
    (cells.yes_no, YES, "ya|Ya|YA|yes|はい", ""),
    (cells.yes_no, NO, "tidak|Tidak|no|いいえ", ""),
    (cells.yes_no, YES, "Y|1|TRUE|v|V|√|✓|✔|✔️|☑|○", "ANSWER_FORM"),
    (cells.yes_no, YES, "〇|◯|⭕|あり|有|ada|sudah|pernah|setuju|bersedia", "ANSWER_FORM"),
    (cells.yes_no, NO, "N|0|FALSE|x|X|×|✕|✖|╳", "ANSWER_FORM"),
    (cells.yes_no, NO, "☓|✗|なし|無|tidak ada|Belum Pernah|tdk|✘", "ANSWER_FORM"),
    (cells.yes_no, YES, "Ｙｅｓ", "WIDTH"),
    (cells.result, PASSED, "lulus|Lulus|LULUS|passed|修了", ""),
    (cells.result, NOT_PASSED, "tidak lulus|Tidak Lulus|not passed|不合格", ""),
    (cells.result, IN_PROGRESS, "dalam proses|Dalam Proses|in progress|受講中", ""),
    (cells.result, PASSED, "K|Kompeten|合格|competent", "WORD_FORM"),
    (cells.result, NOT_PASSED, "BK|Belum Kompeten|gagal|tidak_kompeten", "WORD_FORM"),
    (cells.result, IN_PROGRESS, "proses|sedang berjalan", "WORD_FORM"),
    (cells.medical, FIT, "fit|FIT|Fit", ""),
    (cells.medical, UNFIT, "unfit|UNFIT", ""),
    (cells.medical, PENDING, "pending", ""),
    (cells.medical, FIT, "layak kerja|fit to work|適|sehat|Sehat|異常なし", "WORD_FORM"),
    (cells.medical, UNFIT, "tidak layak kerja|否|tidak fit|Tidak Sehat", "WORD_FORM"),
    (cells.medical, PENDING, "menunggu hasil|Menunggu|保留|結果待ち", "WORD_FORM"),
    (cells.sex, "L", "L", ""),
    (cells.sex, "P", "P", ""),
    (cells.sex, "L", "l|Laki-laki|LAKI-LAKI|laki - laki|Laki laki|pria|LK|male|M|男", "WORD_FORM"),
    (cells.sex, "P", "p|Perempuan|Wanita|PR|female|F|女", "WORD_FORM"),
    (cells.sex, "P", "Ｐ", "WIDTH"),
    (cells.level, 2, "N4|n4", ""),
    (cells.level, 2, "NAT-TEST 4Q|nat-test 4q", ""),
    (cells.level, 0, "none|tidak ada|Tidak Ada|なし", ""),
    (cells.level, NOT_TESTED, "not tested|belum tes|Belum Tes|未受験", ""),
    (cells.level, 3, "Ｎ３", "WIDTH"),
    (cells.level, 2, "JLPT N4|JLPT-N4|n-4|N 4|lulus N4|N4 合格|日本語能力試験N4|N.4", "LEVEL_FORM"),
    (cells.level, 2, "NAT 4Q|NAT-TEST 4級|日本語NAT-TEST 4級|4Q|NAT-TEST N4", "LEVEL_FORM"),
    (cells.level, 2, "JFT Basic A2|JFT A2|J.TEST E|J-TEST E級", "LEVEL_FORM"),
    (cells.level, 3, "J.TEST D|JTEST D級", "LEVEL_FORM"),
    (cells.level, NOT_TESTED, "belum pernah tes|belum ujian", "LEVEL_FORM"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("parse", "value", "written", "code"),
    [
        (parse, value, text, code)
        for parse, value, texts, code in WORDS
        for text in texts.split("|")
    ],
)
def test_words(parse: Parse[Any], value: object, written: str, code: str) -> None:
    found = parse(Cell(written))
    assert (found.value, found.code) == (value, code)
    assert (found.text == written) == (not code)


@pytest.mark.parametrize(
    ("parse", "code", "written"),
    [
        *((cells.yes_no, *pair) for pair in refusals(
            ("NOT_YES_NO", "T|t|f|△|◎|o|O|Belum|belum|Normal|mungkin|2|yaa|?|ya/tidak"),
            ("NO_DATA_WORD", "-|–|ー|－|−|N/A|不明|0000"),
        )),
        *((cells.result, *pair) for pair in refusals(
            ("NOT_A_WORD", "Belum|Belum Lulus|Selesai|kawin|95|T"),
            ("NO_DATA_WORD", "-|tidak ada|なし"),
        )),
        *((cells.medical, *pair) for pair in refusals(
            ("NOT_A_WORD", "TBC|kurang sehat|異常あり|hipertensi|minus 2|belum"),
            ("NO_DATA_WORD", "-|tidak ada"),
        )),
        *((cells.sex, *pair) for pair in refusals(
            ("NOT_A_WORD", "lady|W|?|1|0|perempun|laki2|LP"),
            ("NO_DATA_WORD", "-|不明"),
        )),
        *((cells.level, *pair) for pair in refusals(
            ("NOT_A_LEVEL", "A1|A2|B1|4級|JLPT 4級|N0|N6|N4/N5|N45|belum|belum lulus N4|setara N4"),
            ("NOT_A_LEVEL", "N4 (2023)|N4 (target)|JFT|JFT-Basic"),
            ("NOT_A_LEVEL", "JFT-Basic A1|J.TEST|J.TEST C|J.TEST D-E"),
            ("NOT_A_LEVEL", "bab 25|4|N²|N٤"),
            ("NO_DATA_WORD", "-|N/A|不明"),
        )),
        (cells.tested_level, "NOT_A_LEVEL", "belum tes"),
    ],
)  # fmt: skip
def test_words_refused_or_blank(parse: Parse[Any], code: str, written: str) -> None:
    assert outcome(parse, written)[2] == code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [FIT, UNFIT, PENDING])
def test_what_outputs_print_of_a_medical_check_is_read(language: str, value: int) -> None:
    assert cells.medical(Cell(words_of(language)(MEDICALS[value]))).value == value


def test_booleans_of_workbooks() -> None:
    assert outcome(cells.yes_no, "TRUE", "bool") == (YES, "ya", "ANSWER_FORM")
    assert outcome(cells.yes_no, "0", "number") == (NO, "tidak", "ANSWER_FORM")


def test_other_closed_lists() -> None:
    parse = cells.choice({"titp": 0, "esd": 1}, (), {"技能実習": 0})
    assert outcome(parse, "ESD") == (1, "ESD", "")
    assert outcome(parse, "技能実習") == (0, "titp", "WORD_FORM")
    assert outcome(parse, "-")[2] == "NOT_A_WORD"
    assert outcome(cells.tested_level, "n3") == (3, "n3", "")


# Ids


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("BLK-001", "", ("BLK-001", "")),
        ("1E5", "", ("1E5", "")),
        ("007", "", ("007", "")),
        ("0000", "", ("0000", "")),
        ("7", "number", ("7", "")),
        ("0000007", "number padded", ("0000007", "")),
        ("3201011234567891", "number long", ("3201011234567891", "")),
        ("12345.0", "", ("12345", "ID_POINT_ZERO")),
        ("'3201", "", ("3201", "APOSTROPHE")),
        ("’3201", "", ("3201", "APOSTROPHE")),
        ('="007"', "", ("007", "APOSTROPHE")),
        ("３２０１Ａ", "", ("3201A", "WIDTH")),
        ("組合１", "", ("組合１", "")),
        ("AB\n01", "", ("AB 01", "LINE_BREAK")),
        ("-", "", ("", "NO_DATA_WORD")),
        ("'", "", ("", "NO_DATA_WORD")),
        ("なし", "", ("", "NO_DATA_WORD")),
        ("3,21E+15", "", ("", "ID_DIGITS_LOST")),
        ("3.21E+15", "", ("", "ID_DIGITS_LOST")),
        ("3E+15", "", ("", "ID_DIGITS_LOST")),
        ("3.20101123456789E+15", "number long", ("", "ID_DIGITS_LOST")),
        ("3201011234567890", "number long", ("", "ID_DIGITS_SUSPECT")),
        ("3201011234567890.0", "", ("", "ID_DIGITS_SUSPECT")),
        ("3.5", "number", ("", "ID_IS_NUMBER")),
        ("-7", "number", ("", "ID_IS_NUMBER")),
        ("TRUE", "bool", ("", "ID_IS_NUMBER")),
        ("2001-02-03", "date", ("", "CODE_IS_DATE")),
        ("x" * 65, "", ("", "ID_FORM")),
        ("x" * 64, "", ("x" * 64, "")),
    ],
)
def test_ids(text: str, marks: str, expected: tuple[str, str]) -> None:
    assert outcome(cells.identifier(), text, marks)[1:] == expected


def test_ids_of_one_length_and_of_another_table() -> None:
    parse = cells.identifier(7)
    assert outcome(parse, "0000007")[1:] == ("0000007", "")
    assert outcome(parse, "7")[2] == "ID_ZEROS_LOST"
    assert outcome(parse, "7", "number")[2] == "ID_ZEROS_LOST"
    assert outcome(parse, "00000007")[2] == outcome(parse, "A7")[2] == "ID_FORM"
    known = cells.known_id({"host-1"}, say("host"))
    assert outcome(known, "'host-1") == ("host-1", "host-1", "APOSTROPHE")
    assert outcome(known, "host-2")[2] == "UNKNOWN_NAME"
    assert outcome(cells.known_id(None, say("host")), "host-2")[0] == "host-2"


def test_what_a_nik_says() -> None:
    found = cells.nik("'3299 9952.0401 0002", provinces={"32"})
    assert (found.text, found.province, found.sex) == ("3299995204010002", "32", "P")
    births = [day_of(day).isoformat() for day in found.births]
    assert births == ["1901-04-12", "2001-04-12"]
    assert cells.check_nik(found, found.births[1], "P") == cells.check_nik(found) == ()
    assert len(cells.check_nik(found, 0, "L")) == 2
    assert len(cells.nik("3299992902000001").births) == 1  # no 29 February in 1900


@pytest.mark.parametrize(
    "written",
    [
        *("3299995204010", "9999995204010002", "3299993204010002", "3299997204010002"),
        *("3299990013010002", "3299991213010002", "3299993002010002", "3,21E+15", "", "abc"),
    ],
)
def test_damaged_niks(written: str) -> None:
    with pytest.raises(CellFault) as fault:
        cells.nik(written, provinces={"32"})
    assert fault.value.code == "NIK_CHECK"


def test_a_nik_that_excel_kept_as_a_number() -> None:
    with pytest.raises(CellFault) as fault:
        cells.nik("3299995204010000", "number long")
    assert fault.value.code == "ID_DIGITS_SUSPECT"


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("+628120000002", "", ("+628120000002", "")),
        ("+62 812-0000-0002", "", ("+6281200000002", "NUMBER_FORM")),
        ("0812 0000 0002", "", ("+6281200000002", "NUMBER_FORM")),
        ("628120000002", "", ("+628120000002", "NUMBER_FORM")),
        ("'08120000002", "", ("+628120000002", "NUMBER_FORM")),
        ("0812 0000 0003 / -", "", ("+6281200000003", "NUMBER_FORM")),
        ("(021) 555-0001", "", ("+62215550001", "NUMBER_FORM")),
        ("+81 90-0000-0000", "", ("+819000000000", "NUMBER_FORM")),
        ("8120000002", "number", ("+628120000002", "PHONE")),
        ("8120000002.0", "", ("+628120000002", "PHONE")),
        ("-", "", ("", "NO_DATA_WORD")),
        ("0812 0000 0003 / 0813 0000 0004", "", ("", "ID_FORM")),
        ("12345", "", ("", "ID_FORM")),
        ("tidak punya", "", ("", "ID_FORM")),
        ("8,12E+09", "", ("", "ID_DIGITS_LOST")),
    ],
)
def test_phones(text: str, marks: str, expected: tuple[str, str]) -> None:
    assert outcome(cells.phone, text, marks)[1:] == expected


def test_personal_numbers_are_masked() -> None:
    assert mask("3201010101010001") == "3201********0001"
    assert mask("081200000002") == "0812****0002"
    assert mask("A1234567") == "A1****67"
    assert mask("") == ""
    assert mask_numbers("NIK 3201010101010001!") == "NIK 3201********0001!"
    assert mask_numbers("+62 812-0000-0002") == "+62 81*-****-0002"
    assert mask_numbers("３２０１０１０１０１０１０００１") == "３２０１********０００１"
    for text in ("12345678", "2023-04-01", "2023-04-01 00:00:00", "01/02/2001", "4.500.000"):
        assert mask_numbers(text) == text


@given(st.text(st.sampled_from("0123456789 ./-+'ax０９"), max_size=40))
def test_no_nine_digits_stay_in_a_row(text: str) -> None:
    assert not any(run.isdigit() for run in _windows(mask_numbers(text), 9))


def _windows(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]


# Any text in any parser

PIECES = st.sampled_from(
    [
        *(
            "0",
            "1",
            "9",
            "12",
            "31",
            "2023",
            "44927",
            "25.000",
            "1,5",
            "-",
            "/",
            ".",
            ",",
            ";",
            "'",
        ),
        *(
            "=",
            '"',
            "%",
            "E+15",
            "年",
            "月",
            "日",
            "令和",
            "元",
            "S",
            "H31",
            "Jan",
            "Mei",
            "Rp",
            "¥",
        ),
        *(
            "円",
            "万",
            "juta",
            "jam",
            "JP",
            "ya",
            "tidak",
            "T",
            "○",
            "×",
            "N4",
            "JLPT",
            "NAT",
            "JFT",
        ),
        *("belum", "tes", "L", "P", "２", "－", "\u3000", "\n", "\t", "+62", ":", "T00:00", "Z"),
        *("NaN", "１", "²", "٣"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=24),
    st.lists(PIECES, max_size=6).map("".join),
    st.lists(PIECES, max_size=6).map(" ".join),
    st.floats().map(str),
    st.integers().map(str),
    st.dates().map(str),
)


@pytest.mark.parametrize("name", PARSERS)
@given(text=TEXTS, marks=st.sampled_from(MARKS))
def test_any_text_is_found_or_refused_and_the_canonical_text_stays(
    name: str, text: str, marks: str
) -> None:
    tidied = cells.tidy(text)[0]
    if not tidied:
        return
    value, canonical, code = outcome(PARSERS[name], tidied, marks)
    if canonical:
        assert outcome(PARSERS[name], canonical) == (value, canonical, ""), code


@given(TEXTS)
def test_the_columns_tools_take_any_text(text: str) -> None:
    column = [Cell(text or "x", marks) for marks in MARKS]
    assert cells.prove_date_order([text]) <= {"dmy", "mdy"}
    assert cells.prove_number_style(column) <= {"id", "en"}
    assert cells.half_swapped(column) in (True, False)
    assert cells.looks_like_shares(column) in (True, False)
    assert cells.has_mojibake(text) in (True, False)
    assert cells.is_emoji_or_odd(text) in (True, False)
    assert all(cells.parts(text)) and all(cells.finer_parts(text))
    assert len(mask(text)) == len(text)
    try:
        cells.check_nik(cells.nik(text), 0, "L")
    except CellFault as fault:
        assert fault.code in load_codes()
