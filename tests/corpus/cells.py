"""Damage inside cells: identifiers and numbers (A), missing and yes or no (B), dates, formulas and
errors (F)."""

from __future__ import annotations

from typing import Any

from tests.corpus.draft import DATE, ERA, PADDED, PERCENT, Xml, formula, number, styled
from tests.corpus.harms import (
    CANDIDATES,
    OPENINGS,
    book,
    case,
    fill,
    no_ids,
    person,
    put,
    separated,
)

ONE_OUT: dict[str, Any] = {"rows": (3, 2, 1, 0)}
ALL_OUT: dict[str, Any] = {"rows": (3, 0, 3, 0)}
PANDAS_MISSING = (
    *("#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A"),
    *("NA", "NULL", "NaN", "None", "n/a", "nan", "null", "Null", "Nan", "Inf", "Infinity", "TRUE"),
)
ERROR = '<c t="e"><f>VLOOKUP(A1,B:C,2,0)</f><v>{}</v></c>'

A = (
    case("A1.csv", "ID_DIGITS_LOST ID_MADE", put("C1.nik", "3,20E+15"), no_ids, **ONE_OUT),
    case("A1.id", "ID_DIGITS_LOST", put("C1.candidate_id", "3.20E+15"), **ONE_OUT),
    case("A1.with_id", "NIK_CHECK", put("C1.nik", "3,20E+15")),
    case(
        "A1.workbook",
        "ID_DIGITS_SUSPECT ID_MADE",
        put("C1.nik", number("3.2999901050100012E+15")),
        no_ids,
        **ONE_OUT,
    ),
    case(
        "A2.nik",
        "ID_DIGITS_SUSPECT ID_MADE",
        put("C1.nik", number("3299990105010000")),
        no_ids,
        **ONE_OUT,
    ),
    case(
        "A2.id", "ID_DIGITS_SUSPECT", put("C1.candidate_id", number("3299990105010000")), **ONE_OUT
    ),
    case("A2.whole", "ID_MADE", put("C1.nik", number("3299990105010001")), no_ids),
    case(
        "A3",
        "",
        put("C2.nik", ""),
        put("C1.candidate_id", "12345678901234567"),
        gives={"12345678901234567.name": "Example Welder One"},
    ),
    case(
        "A4.format",
        "ID_PADDED",
        put("C1.candidate_id", number("7", PADDED)),
        gives={"0000007.name": "Example Welder One"},
    ),
    case(
        "A4.known",
        "ID_ZEROS_LOST",
        put("H1.host_id", "007"),
        put("O1.host_id", "7"),
        put("O2.host_id", "H2"),
        table=OPENINGS,
        rows=(2, 1, 1, 0),
    ),
    case("A4.kept", "", put("C1.candidate_id", "007"), gives={"007.name": "Example Welder One"}),
    case("A4.phone", "PHONE", put("C1.phone", "81200000001")),
    case("A5", "ID_POINT_ZERO", put("C1.candidate_id", "12345.0"), gives={"12345.sex": "L"}),
    case("A6.text", "", fill(CANDIDATES, "candidate_id", "1E5", "2E3"), gives={"1E5.sex": "L"}),
    case("A6.number", "ID_IS_NUMBER", put("C1.candidate_id", number("1.5E-3")), **ONE_OUT),
    case("A6.whole", "", put("C1.candidate_id", number("12")), gives={"12.sex": "L"}),
    case("A7.id", "CODE_IS_DATE", put("C1.candidate_id", number("36955", DATE)), **ONE_OUT),
    case(
        "A7.job",
        "CODE_IS_DATE",
        put("O1.operation_no", number("37079", DATE)),
        table=OPENINGS,
        rows=(2, 1, 1, 0),
    ),
    case(
        "A7.text",
        "CODE_IS_DATE",
        put("O1.operation_no", "07-Jul-02"),
        table=OPENINGS,
        rows=(2, 1, 1, 0),
    ),
    case("A8.id", "APOSTROPHE", put("C1.candidate_id", "'C1"), gives={"C1.sex": "L"}),
    case("A8.nik", "ID_MADE", put("C1.nik", "'3299990105010001"), no_ids),
    case(
        "A9.comma",
        "NUMBER_FORM FILE_READ_AS",
        put("C1.assessment", "87,5"),
        separated(";"),
        gives={"C1.assessment": "87.5"},
    ),
    case(
        "A9.mixed",
        "NUMBER_STYLE",
        fill(CANDIDATES, "training_jp", "1.200", "1,200"),
        rows=(3, 1, 2, 0),
    ),
    case("A10.alone", "NUMBER_STYLE", put("C1.deposit", "2.500"), **ONE_OUT),
    case(
        "A10.declared",
        "NUMBER_FORM",
        put("C1.training_jp", "1.200"),
        how={"number_style": "id"},
        gives={"C1.training_jp": "1200"},
    ),
    case(
        "A10.plain", "NUMBER_FORM", put("C1.deposit", "1.000.000"), gives={"C1.deposit": "1000000"}
    ),
    case(
        "A10.proved",
        "NUMBER_FORM",
        put("C1.training_jp", "1.200"),
        put("C2.deposit", "1.000.000"),
        gives={"C1.training_jp": "1200"},
    ),
    case(
        "A11.format",
        "PERCENT_SCALED",
        put("C1.attendance", number("0.875", PERCENT)),
        gives={"C1.attendance": "87.5"},
    ),
    case("A11.sign", "NUMBER_FORM", put("C1.attendance", "87%"), gives={"C1.attendance": "87"}),
    case("A11.shares", "PERCENT", fill(CANDIDATES, "attendance", "0.9", "0.85", "1"), **ALL_OUT),
    case("A12.number", "NOT_A_NUMBER", put("C1.attendance", "Infinity"), **ONE_OUT),
    case("A12.nan", "NOT_A_NUMBER", put("C1.training_jp", "NaN"), **ONE_OUT),
    case("A12.name", "", put("C1.name", "Inf"), gives={"C1.name": "Inf"}),
    case(
        "A13.text",
        "FLOAT_NOISE",
        put("C1.training_jp", "639.9999999999999999"),
        gives={"C1.training_jp": "640"},
    ),
    case(
        "A13.workbook",
        "",
        put("C1.assessment", number("87.400000000000006")),
        gives={"C1.assessment": "87.4"},
    ),
    case(
        "A14.width",
        "NUMBER_FORM WIDTH",
        put("C1.training_jp", "６４０ JP"),
        put("C2.training_jp", "６４０"),
        gives={"C1.training_jp": "640", "C2.training_jp": "640"},
    ),
    case(
        "A14.currency",
        "NUMBER_FORM",
        put("O1.monthly_wage", "¥180,000"),
        put("O2.cost_to_candidate", "Rp. 25.000.000,-"),
        gives={"O1.monthly_wage": "180000", "O2.cost_to_candidate": "25000000"},
        table=OPENINGS,
        rows=(2, 2, 0, 0),
    ),
    case("A14.minus", "OUT_OF_RANGE", put("C1.jp_done", "－5"), **ONE_OUT),
    case(
        "A14.space", "NUMBER_FORM", put("C1.deposit", "10\u00a0000"), gives={"C1.deposit": "10000"}
    ),
    case("A14.unit", "NOT_A_NUMBER", put("C1.training_jp", "640 km"), **ONE_OUT),
    case("A14.hours", "NOT_A_NUMBER", put("C1.training_jp", "640 jam"), **ONE_OUT),
    case("A15.range", "OUT_OF_RANGE", put("C1.minutes_per_jp", "17"), **ONE_OUT),
    case(
        "A15.rank",
        "LOOKS_LIKE_RANK",
        *(person(f"C{n}", birth_date=f"2001-07-{n:02}") for n in range(4, 12)),
        fill(CANDIDATES, "assessment", *(str(n) for n in range(11, 0, -1))),
        rows=(11, 0, 11, 0),
    ),
)

B = (
    case(
        "B1",
        "",
        *(
            person(f"N{n}", name=name, birth_date=f"1999-{1 + n // 28:02}-{1 + n % 28:02}")
            for n, name in enumerate(PANDAS_MISSING)
        ),
        rows=(3 + len(PANDAS_MISSING), 3 + len(PANDAS_MISSING), 0, 0),
        gives={f"N{n}.name": name for n, name in enumerate(PANDAS_MISSING)},
    ),
    case(
        "B2.optional",
        "NO_DATA_WORD BLANKS",
        put("C1.family_consent", "-"),
        put("C1.medical", "tidak ada"),
        put("C1.wishes_prefectures", "なし"),
        put("C1.former_trainee", "不明"),
        put("C1.jp_done", "N/A"),
        put("C1.available_from", "0000-00-00"),
        put("C1.deposit", "–"),
        put("C2.centre", "-"),
        gives={
            f"{key}.{column}": ""
            for key, columns in (
                ("C1", ("family_consent", "medical", "wishes_prefectures", "former_trainee")),
                ("C1", ("jp_done", "available_from", "deposit")),
                ("C2", ("centre",)),
            )
            for column in columns
        },
        rows=(3, 3, 0, 0),
    ),
    case("B2.required", "BLANK", put("C1.birth_date", "-"), **ONE_OUT),
    case(
        "B3",
        "SPACES UNSEEN",
        put("C1.medical", " "),
        put("C2.medical", "\u00a0"),
        put("C3.medical", "\u200b\u3000"),
        gives={"C1.medical": "", "C2.medical": "", "C3.medical": ""},
    ),
    case(
        "B4.words",
        "ANSWER_FORM",
        fill(CANDIDATES, "family_consent", "○", "あり", "v"),
        fill(CANDIDATES, "former_trainee", "0", "×", "FALSE"),
        fill(CANDIDATES, "wants_abroad", "はい", "ya", "1"),
        fill(CANDIDATES, "coe_refused", "いいえ", "tidak", "Tidak Pernah"),
        gives={
            "C1.family_consent": "ya",
            "C2.family_consent": "ya",
            "C3.family_consent": "ya",
            "C1.former_trainee": "tidak",
            "C3.former_trainee": "tidak",
            "C1.wants_abroad": "はい",
            "C2.wants_abroad": "ya",
            "C3.coe_refused": "tidak",
        },
    ),
    case(
        "B4.bool",
        "ANSWER_FORM",
        put("C1.family_consent", Xml('<c t="b"><v>1</v></c>')),
        gives={"C1.family_consent": "ya"},
    ),
    case("B4.other", "NOT_YES_NO", put("C1.family_consent", "mungkin"), **ONE_OUT),
    case("B5", "", put("C1.family_consent", ""), gives={"C1.family_consent": ""}),
    case(
        "B6.alike",
        "ANSWER_FORM",
        fill(CANDIDATES, "family_consent", "〇", "◯", "⭕"),
        fill(CANDIDATES, "former_trainee", "✕", "╳", "☓"),
        gives={"C2.family_consent": "ya", "C2.former_trainee": "tidak"},
    ),
    case("B6.circle", "NOT_YES_NO", put("C1.family_consent", "◎"), **ONE_OUT),
    case("B6.triangle", "NOT_YES_NO", put("C1.family_consent", "△"), **ONE_OUT),
    case("B6.dashes", "NO_DATA_WORD", fill(CANDIDATES, "medical", "ー", "－", "−")),
    case(
        "B7.day", "FORMULA_ZERO FORMULAS", put("C1.birth_date", formula("0", "n", DATE)), **ONE_OUT
    ),
    case("B7.answer", "FORMULA_ZERO FORMULAS", put("C1.former_trainee", formula("0")), **ONE_OUT),
    case("B7.name", "FORMULA_ZERO FORMULAS", put("C1.name", formula("0")), **ONE_OUT),
    case("B7.possible", "FORMULAS", put("C1.jp_done", formula("0")), gives={"C1.jp_done": "0"}),
)

F = (
    case(
        "F1.column",
        "DATE_SERIAL",
        fill(CANDIDATES, "birth_date", "37012", "37377", "36678"),
        **ALL_OUT,
    ),
    case("F1.cell", "DATE_SERIAL", put("C1.birth_date", number("37012")), **ONE_OUT),
    case(
        "F1.declared",
        "DATE_FORM",
        put("C1.birth_date", "37012"),
        how={"date_order": "serial"},
        gives={"C1.birth_date": "2001-05-01"},
    ),
    case("F2.asked", "DATE_ORDER", put("C1.birth_date", "01/05/2001"), **ONE_OUT),
    case(
        "F2.proved",
        "DATE_FORM",
        fill(CANDIDATES, "birth_date", "01/05/2001", "13/05/2002"),
        put("C2.nik", ""),
        gives={"C1.birth_date": "2001-05-01", "C2.birth_date": "2002-05-13"},
    ),
    case(
        "F2.declared",
        "DATE_FORM",
        put("C1.birth_date", "1/5/2001"),
        how={"date_order": "dmy"},
        gives={"C1.birth_date": "2001-05-01"},
    ),
    case(
        "F2.names",
        "DATE_FORM",
        fill(CANDIDATES, "birth_date", "1 Mei 2001", "1-May-2002", "2000年6月1日"),
        gives={"C1.birth_date": "2001-05-01", "C3.birth_date": "2000-06-01"},
    ),
    case(
        "F3",
        "DATE_HALF_SWAPPED DATE_FORM",
        *(person(f"C{n}", birth_date=f"{n + 9}/07/2001") for n in range(4, 7)),
        *(put(f"C{n}.birth_date", number(str(37012 + n * 31), DATE)) for n in range(1, 4)),
        *(put(f"C{n}.nik", "") for n in range(1, 4)),
        rows=(6, 0, 6, 0),
    ),
    case(
        "F4",
        "",
        put("C1.birth_date", number("35550", DATE)),
        book(workbook='<workbookPr date1904="1"/>'),
        gives={"C1.birth_date": "2001-05-01"},
    ),
    case("F5", "DATE_IMPOSSIBLE", put("C1.birth_date", number("60", DATE)), **ONE_OUT),
    case("F6.negative", "DATE_IMPOSSIBLE", put("C1.birth_date", number("-5", DATE)), **ONE_OUT),
    case("F6.huge", "DATE_IMPOSSIBLE", put("C1.birth_date", number("2958466", DATE)), **ONE_OUT),
    case(
        "F7.eras",
        "ERA DATE_IMPOSSIBLE",
        put("C1.birth_date", "平成13年5月1日"),
        put("C2.birth_date", "H14.5.1"),
        put("C3.passport_until", "令和元年6月1日"),
        put("C1.passport_until", "平成32年6月1日"),
        rows=(3, 2, 1, 0),
    ),
    case(
        "F7.overrun",
        "ERA",
        put("C3.passport_until", "H31.5.1"),
        gives={"C3.passport_until": "2019-05-01"},
    ),
    case("F7.nought", "DATE_IMPOSSIBLE", put("C1.passport_until", "令和0年6月1日"), **ONE_OUT),
    case("F7.beyond", "DATE_IMPOSSIBLE", put("C1.passport_until", "昭和111年6月1日"), **ONE_OUT),
    case("F7.bare", "DATE_ORDER", put("C1.passport_until", "3.5.1"), **ONE_OUT),
    case(
        "F8", "", put("C1.birth_date", number("37012", ERA)), gives={"C1.birth_date": "2001-05-01"}
    ),
    case("F9.short", "DATE_ORDER", put("C1.birth_date", "01/05/01"), **ONE_OUT),
    case(
        "F9.window",
        "DATE_FORM",
        put("C1.birth_date", "01/05/01"),
        how={"date_order": "dmy"},
        gives={"C1.birth_date": "2001-05-01"},
    ),
    case("F9.long", "NOT_A_DATE", put("C1.birth_date", "20001-05-01"), **ONE_OUT),
    case("F9.no_day", "DATE_IMPOSSIBLE", put("C1.birth_date", "31/02/2001"), **ONE_OUT),
    case("F9.future", "BIRTH_DATE NIK_CHECK", put("C1.birth_date", "2031-05-01"), **ONE_OUT),
    case("F9.filler", "UNUSUAL NIK_CHECK", put("C1.birth_date", "2000-01-01")),
    case(
        "F10.midnight",
        "ZERO_TIME",
        put("C1.birth_date", "2001-05-01 00:00:00"),
        gives={"C1.birth_date": "2001-05-01"},
    ),
    case("F10.time", "DATE_TIME", put("C1.birth_date", "2001-05-01 10:30"), **ONE_OUT),
    case("F10.zone", "DATE_TIME", put("C1.birth_date", "2001-05-01T00:00:00+09:00"), **ONE_OUT),
    case("F10.end_of_day", "DATE_TIME", put("C1.birth_date", "2001-05-01 24:00"), **ONE_OUT),
    case("F11.lookup", "CELL_ERROR FORMULAS", put("C1.name", Xml(ERROR.format("#N/A"))), **ONE_OUT),
    case(
        "F11.number",
        "CELL_ERROR FORMULAS",
        put("C1.jp_done", Xml(ERROR.format("#DIV/0!"))),
        **ONE_OUT,
    ),
    case(
        "F11.csv",
        "CELL_ERROR",
        put("C1.name", "#N/A"),
        put("C2.jp_done", "#REF!"),
        rows=(3, 1, 2, 0),
    ),
    case("F12", "CELL_ERROR FORMULAS", put("C1.name", Xml(ERROR.format("#SPILL!"))), **ONE_OUT),
    case(
        "F12.waiting",
        "CELL_ERROR FORMULAS",
        put("C1.name", Xml(ERROR.format("#GETTING_DATA"))),
        **ONE_OUT,
    ),
    case("F13", "FORMULA_NO_VALUE", put("C1.jp_done", formula(None)), **ONE_OUT),
    case("F14", "FORMULAS", put("C1.jp_done", formula("160")), gives={"C1.jp_done": "160"}),
    case(
        "F15",
        "FORMULAS",
        put("C1.candidate_id", formula("007", "str")),
        gives={"007.sex": "L"},
    ),
    case("F17", "", put("C1.name", styled("=1+1", 0)), gives={"C1.name": "=1+1"}),
)
